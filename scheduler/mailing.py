"""What goes out to many chats that have not asked for it just now: where it can go, when, and some hundred at a time.

Answers never wait long for the database. How far something has come stands in its own row, changed in the transaction that
queues its messages: a kill neither leaves out a chat nor queues one twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from bot.audience import quiet
from bot.audience.department import Department
from bot.audience.quiet import Quiet
from bot.audience.recipients import Recipient
from bot.model import Address, Reply, Sending, Tx
from bot.outbox import BULK
from bot.queueing import SendQueue
from bot.storage.base import Database
from scheduler.media import Media
from scheduler.rendering import Medium
from scheduler.selection import place

BATCH = 100  # chats in one transaction: some 50 ms, for which an answer may have to wait
END = "~"  # behind every place: all are queued

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Turn:
    """A chat in the order in which it gets something; `ahead` is how many of its network come before it."""

    recipient: Recipient
    ahead: int


# Queues what has this key for some chats, and moves the mark of how far it is from one place to another; False where it is
# not at the first any more, or is not to go on.
Put = Callable[[Tx, int, str, Sequence[Turn], str], bool]


class Mailing:
    """
    department  the newest settings, at the moment of the call
    queued      is told a network that is on, for which messages have been queued
    """

    def __init__(
        self,
        db: Database,
        queue: SendQueue,
        media: Media,
        timezone: ZoneInfo,
        *,
        department: Callable[[], Department],
        queued: Callable[[str], None],
    ) -> None:
        self._db = db
        self._queue = queue
        self._media = media
        self._timezone = timezone
        self._department = department
        self._queued = queued

    def medium(self, to: Address) -> Medium | None:
        """How things look there; None where the network is off."""
        return self._media.of(to)

    def rests_until(self, now: datetime) -> datetime | None:
        """When the quiet time of the service ends, where it holds now."""
        return quiet.until((self._department().quiet,), now, self._timezone)

    def not_before(self, to: Address, own: Quiet | None, now: datetime, ahead: int = 0) -> datetime | None:
        """When a chat gets it after its quiet time, or the service's, where one holds when its turn comes.

        own    the quiet time that it has chosen itself
        ahead  how many of its network come before it
        """
        service, pace = self._department().quiet, self._media.pace(to.channel)
        moment = now + timedelta(seconds=ahead / pace.per_second if pace.per_second else 0)
        end = quiet.until((own or service, service), moment, self._timezone)
        return quiet.place_after(end, to) if end else None

    def put(
        self,
        tx: Tx,
        cause: str,
        to: Address,
        replies: Iterable[Reply],
        not_before: datetime | None = None,
        *,
        priority: int = BULK,
        heeds_quiet: bool = True,
    ) -> None:
        sends = [(to, reply) for reply in replies]
        self._queue.put(tx, cause, sends, priority, not_before, heeds_quiet=heeds_quiet)

    def send(self, tx: Tx, sending: Sending) -> None:
        """Queue what has a cause of its own."""
        self._queue.send(tx, sending)

    async def write(
        self, fn: Callable[Concatenate[Tx, P], set[str]], /, *args: P.args, **kwargs: P.kwargs
    ) -> set[str]:
        """Run in one transaction what queues messages, and returns the networks that they are for."""
        names = await self._db.run(fn, *args, **kwargs)
        self._tell(names)
        return names

    async def bring(self, key: int, to: Sequence[Recipient], done: str, put: Put) -> bool:
        """To those of these chats, in the order of their places, that stand behind `done`. False where it was stopped."""
        left = [turn for turn in turns(to) if place(turn.recipient) > done]
        for some in (left[at : at + BATCH] for at in range(0, len(left), BATCH)):
            following = place(some[-1].recipient)
            if not await self._db.run(put, key, done, some, following):
                return False
            done = following
            self._tell({turn.recipient.to.channel for turn in some})
        return await self._db.run(put, key, done, (), END)

    def _tell(self, networks: set[str]) -> None:
        for name in networks & self._media.networks:
            self._queued(name)


def turns(to: Sequence[Recipient]) -> list[Turn]:
    ahead: dict[str, int] = {}
    found = []
    for recipient in to:
        found.append(Turn(recipient, ahead.get(recipient.to.channel, 0)))
        ahead[recipient.to.channel] = found[-1].ahead + 1
    return found
