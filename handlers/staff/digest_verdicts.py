"""Whoever wrote a digest hears what somebody else has decided about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.audience import audit
from bot.audience.staff import Member
from bot.model import Sending, Tx
from bot.texts import digest_desk as texts
from handlers.context import Context
from handlers.staff import digest_cards
from handlers.staff.reaching import others
from handlers.wording import plain
from scheduler import digests
from scheduler.digests import Digest

WROTE = ("digest.edited", "digest.urgent")


def to_authors(tx: Tx, context: Context, by: Member, before: Digest) -> Sequence[Sending]:
    """Once: it leaves the state in which it waited. Who has made urgent news, and who has last changed the words."""
    now = digests.by_key(tx, before.key)
    said = _verdict(context, by, before, now) if now else ""
    if not said:
        return ()
    wrote = {audit.last_actor(tx, f"digest:{before.key}", (act,)) for act in WROTE}
    return [Sending(to, plain(said)) for _, to in others(tx, context, wrote, by)]


def _verdict(context: Context, by: Member, before: Digest, now: Digest) -> str:
    if (before.state, now.state) == ("draft", "approved"):
        start = max(now.send_at, context.clock.now())
        when = digest_cards.at(context, digest_cards.quiet_until(context, now, start) or start)
        return texts.APPROVED_TO_AUTHOR.format(name=by.name, key=now.key, title=now.title, when=when)
    if before.state in ("draft", "approved") and now.state == "cancelled":
        return texts.CANCELLED_TO_AUTHOR.format(name=by.name, key=now.key, title=now.title)
    return ""
