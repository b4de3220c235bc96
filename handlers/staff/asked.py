"""What a member of staff has just been asked for and may type: a line of a document, the greeting of a digest.

Transient, as everything that is not sent on yet: see bot/drafts.py.
"""

from __future__ import annotations

from datetime import timedelta

from bot.model import JSON, Address, Inbound, Tx
from handlers.context import Context

AWAITED = "asked of staff"
AWAITED_FOR = timedelta(minutes=30)  # time to look a number up


def ask(tx: Tx, context: Context, at: Address, what: str, **more: object) -> None:
    """From now on a text here answers this, until it is answered or something else is asked."""
    context.drafts.keep(tx, at, AWAITED, {"what": what, **more})


def asked(tx: Tx, inbound: Inbound, context: Context) -> JSON | None:
    return context.drafts.find(tx, inbound.address, AWAITED, AWAITED_FOR)


def done(tx: Tx, context: Context, at: Address) -> None:
    context.drafts.drop(tx, at, AWAITED)
