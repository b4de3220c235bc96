"""In which order chats get what nobody asked for, and when: around the quiet times of each, no burst after them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.audience import quiet
from bot.audience.quiet import Quiet
from bot.audience.recipients import Recipient
from bot.channels.base import Pace


@dataclass(frozen=True, slots=True)
class Turn:
    """A chat in the order in which it gets something; `ahead` is how many of its network come before it."""

    recipient: Recipient
    ahead: int


def turns(to: Sequence[Recipient]) -> list[Turn]:
    ahead: dict[str, int] = {}
    found = []
    for recipient in to:
        found.append(Turn(recipient, ahead.get(recipient.to.channel, 0)))
        ahead[recipient.to.channel] = found[-1].ahead + 1
    return found


def after_quiet(turn: Turn, service: Quiet, pace: Pace, now: datetime, timezone: ZoneInfo) -> datetime | None:
    """When it gets it after its quiet time, where it is quiet at the moment at which its turn will come."""
    quiets = (turn.recipient.quiet or service, service)
    moment = now + timedelta(seconds=turn.ahead / pace.per_second if pace.per_second else 0)
    end = quiet.until(quiets, moment, timezone)
    return quiet.place_after(end, turn.recipient.to) if end else None
