"""The document that a private conversation is about just now, for a follow-up; in a group there is no such thing.

It is the one shown last, or one that was named and is not there: "kinh phí?" must not be answered from another one then.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.model import Inbound, Tx
from handlers.context import Context
from knowledge import follow_up
from knowledge.documents import Document

Write = Callable[[Tx], object]


async def of(inbound: Inbound, context: Context) -> int | str | None:
    """The key of the document shown last, or the words for one that is not there, where the message may be going on about
    it."""
    if not inbound.private or follow_up.read(inbound.text) is None:
        return None
    topic = await context.db.read(context.recent.recall, inbound.address, "document")
    if topic is None:
        return None
    return int(topic["key"]) if "key" in topic else str(topic["unknown"])


def after_question(
    inbound: Inbound, context: Context, outcome: str, document: Document | None, unknown: str | None
) -> tuple[Write, ...]:
    """A follow-up that found nothing leaves the conversation where it was; any other question moves it on."""
    if outcome in ("suggest", "none") and follow_up.read(inbound.text):
        return ()
    return now_about(inbound, context, document.key if document else unknown)


def now_about(inbound: Inbound, context: Context, document: int | str | None) -> tuple[Write, ...]:
    """What makes the document the one that is talked about; None: from now on it is about none."""
    if not inbound.private:
        return ()

    def note(tx: Tx) -> None:
        if document is None:
            context.recent.forget(tx, inbound.address, "document")
        else:
            name = "key" if isinstance(document, int) else "unknown"
            context.recent.remember(tx, inbound.address, "document", {name: document})

    return (note,)
