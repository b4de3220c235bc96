"""A digest goes out without its picture: approvers are told once."""

from __future__ import annotations

from bot.audience import staff
from bot.model import Sending, Tx
from bot.texts import digests as texts
from handlers.context import Context
from handlers.staff.reaching import reached
from handlers.wording import plain
from scheduler.digests import Digest


def announce(tx: Tx, context: Context, digest: Digest) -> list[Sending]:
    notice = plain(texts.NO_CARD.format(title=digest.title))
    to = reached(tx, context, staff.members(tx, context.admins, "approver"))
    return [Sending(at, notice, f"undrawn:{digest.key}:{member.key}") for member, at in to]
