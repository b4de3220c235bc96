"""Which chats are at rest when something that nobody asked for is about to go there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta, tzinfo

from bot.audience.quiet import Quiet, parse, place_after, until
from bot.model import Address, Tx
from bot.storage.base import among

_A_DAY = timedelta(days=1)


def resting(
    tx: Tx, channel: str, chats: Collection[str], service: Quiet, now: datetime, timezone: tzinfo
) -> dict[str, datetime]:
    """Those where it is quiet now, by their own quiet times or the service's, with when they get what has waited."""
    own = _own(tx, channel, chats)
    usual = until((service,), now, timezone)
    ends = {hours: until((parse(hours), service), now, timezone) for hours in {*own.values()}}
    found = {chat: ends[own[chat]] if chat in own else usual for chat in chats}
    # Where there is no end, what has waited for a day goes out: it was put off when it was queued.
    return {
        chat: place_after(end, Address(channel, chat))
        for chat, end in found.items()
        if end is not None and end - now < _A_DAY
    }


def _own(tx: Tx, channel: str, chats: Collection[str]) -> dict[str, str]:
    """The quiet times that chats have chosen themselves: a group for its topics too, a person for all their accounts."""
    groups = {chat: chat.partition("/")[0] for chat in chats}
    some, values = among("chat", {*chats, *groups.values()})
    rows = tx.rows(
        f"""SELECT conversation, quiet FROM groups
                WHERE channel = :channel AND conversation IN {some} AND quiet IS NOT NULL
            UNION ALL
            SELECT conversation, quiet FROM subscriptions
                WHERE channel = :channel AND conversation IN {some} AND quiet IS NOT NULL
            UNION ALL
            SELECT here.person, there.quiet FROM links AS here
                JOIN links AS other ON other.identity = here.identity
                JOIN subscriptions AS there ON there.channel = other.channel AND there.conversation = other.person
                WHERE here.channel = :channel AND here.person IN {some} AND there.quiet IS NOT NULL""",  # noqa: S608
        channel=channel,
        **values,
    )
    found = {row["conversation"]: row["quiet"] for row in rows}
    return {chat: found[name] for chat, group in groups.items() for name in (group, chat) if name in found}
