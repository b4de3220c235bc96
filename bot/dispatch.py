"""From a stored update to a committed outcome: decode, route, handle; writes, sends and the finished row in one transaction.

Conversations go side by side; within one, the order of arrival is kept. A crash before the commit is replayed from the
inbox; a replay cannot say or count anything twice, because the inbox row is finished by the same transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from bot import choices, held, inbox, outbox_chats
from bot.channels.base import Channel, Signalling, limits_in
from bot.clock import Clock, stamp
from bot.errors import StorageError
from bot.inbox import Inbox, Waiting
from bot.model import Address, Inbound, Outcome, Part, Text, Tx
from bot.queueing import SendQueue
from bot.sealing import Seal
from bot.storage.base import Database
from bot.texts import chat as texts

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64  # conversations handled at a time
LOOK_AGAIN = 1.0  # seconds
TRIES = 3
TYPING_AFTER = 0.7  # seconds: "a moment"
SAME_PRESS_FOR = 30.0  # seconds in which pressing the same button again is impatience, not a wish
AFTER_APOLOGY = 3.0  # seconds in which they still are, when the first one has failed
PRESSES = 5_000  # remembered at most

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Route(Generic[C]):
    """A line of the ROUTES table: the first that matches handles the message."""

    matches: Callable[[Inbound], bool]
    handle: Callable[[Inbound, C], Awaitable[Outcome]]


class Dispatch(Generic[C]):
    """Handles what is in the inbox for `channels`.

    context  what every handler gets
    queued   tells the sender of a channel that there is something to send
    spoken   the command that words mean, where people know no slash: "trợ giúp" is "/help"
    seen     what else to write about a message that came in, in the transaction that finishes it
    """

    def __init__(
        self,
        db: Database,
        seal: Seal,
        clock: Clock,
        channels: Mapping[str, Channel],
        routes: Sequence[Route[C]],
        context: C,
        queued: Callable[[str], None],
        spoken: Callable[[str], str] = str,
        seen: Callable[[Tx, Inbound], object] | None = None,
    ) -> None:
        self._db = db
        self._seal = seal
        self._clock = clock
        self._channels = channels
        self._routes = routes
        self._context = context
        self._queued = queued
        self._spoken = spoken
        self._seen = seen
        self._queue = SendQueue(channels, seal, clock)
        self.inbox = Inbox(db, seal, clock, self.wake)
        self._presses = _Presses()
        self._work = asyncio.Event()
        self._open: set[str] = set()
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._signals: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There is something new in the inbox."""
        self._work.set()

    def open(self, channel: Channel) -> None:
        """From now on handle what is stored for this channel: it has started, and knows its own name in groups."""
        self._open.add(channel.name)
        self._work.set()

    async def run(self) -> None:
        """Handle messages until cancelled; a cancelled dispatch finishes what it has begun."""
        try:
            while True:
                self._work.clear()
                await self._start_what_waits()
                # Not wait_for: in Python 3.11 it loses a cancellation that comes together with the event.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN):
                        await self._work.wait()
        finally:
            if self._busy:
                await asyncio.wait(self._busy.values())

    async def _start_what_waits(self) -> None:
        room = SIDE_BY_SIDE - len(self._busy)
        if room <= 0:
            return
        try:
            waiting = await self._db.read(inbox.heads, self._open, SIDE_BY_SIDE + room)
        except StorageError as error:
            log.warning("dispatch waits for the database: %s", error)
            return
        for row in waiting:
            key = (row.channel, row.conversation)
            if key not in self._busy and len(self._busy) < SIDE_BY_SIDE:
                self._busy[key] = asyncio.create_task(self._one(key, row))

    async def _one(self, key: tuple[str, str], row: Waiting) -> None:
        try:
            await self._handle(row)
        except StorageError as error:  # not the message's fault: it waits, and is tried again
            log.warning("row %d waits for the database: %s", row.id, error)
            await asyncio.sleep(LOOK_AGAIN)
        except Exception as error:
            await self._after_failure(row, error)
        finally:
            del self._busy[key]
            self._work.set()

    # One message

    async def _handle(self, row: Waiting) -> None:
        channel = self._channels[row.channel]
        if row.conversation == inbox.NOWHERE:  # nobody to answer, whatever else it says
            await self._park(row, "an update without the fields that every update has")
            return
        try:
            inbound = channel.decode(self.inbox.open(row))
        except Exception as error:  # it will not get better by trying again
            await self._park(row, f"{type(error).__name__} while decoding")
            return
        outcome = Outcome()
        if inbound is not None:
            inbound = await self._with_choice_resolved(replace(inbound, id=row.id), channel)
            if inbound.kind == "text" and not channel.limits.slash_commands:
                inbound = replace(inbound, text=self._spoken(inbound.text))
            self._acknowledge(inbound, channel)
            if not self._presses.repeated(inbound, asyncio.get_running_loop().time()):
                try:
                    outcome = await self._decide(inbound, channel)
                except Exception:
                    self._presses.failed(inbound, asyncio.get_running_loop().time())
                    raise
        for name in await self._db.run(self._commit, row.id, inbound, outcome):
            self._queued(name)

    async def _with_choice_resolved(self, inbound: Inbound, channel: Channel) -> Inbound:
        limits = limits_in(channel, inbound.address.conversation)
        if (limits.buttons and not limits.numbers) or inbound.kind != "text":
            return inbound
        payload = await self._db.read(choices.resolve, self._seal, inbound.address, inbound.text)
        return replace(inbound, kind="choice", payload=payload) if payload else inbound

    async def _decide(self, inbound: Inbound, channel: Channel) -> Outcome:
        if held.asks(inbound):
            return held.requested(inbound.address, stamp(self._clock.now()))
        for route in self._routes:
            if route.matches(inbound):
                typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._type, inbound, channel)
                try:
                    return await route.handle(inbound, self._context)
                finally:
                    typing.cancel()
        return Outcome()

    def _commit(self, tx: Tx, row: int, inbound: Inbound | None, outcome: Outcome) -> set[str]:
        """Returns the channels that have something to send."""
        now = stamp(self._clock.now())
        if not inbox.finish(tx, row, now):
            return set()  # somebody has done it already: nothing may happen twice
        if inbound and inbound.kind == "moved":
            outbox_chats.readdress(tx, inbound.address, inbound.moved_to, now=now)
        if inbound and inbound.kind == "stopped":
            outbox_chats.abandon(tx, inbound.address, now)
        if inbound and self._seen:
            self._seen(tx, inbound)  # before the writes: what they erase stays erased
        for write in outcome.writes:
            write(tx)
        settled = outcome.settle(tx) if outcome.settle else ()
        sends = (*outcome.sends, *((each.to, each.reply) for each in settled if not each.cause))
        self._queue.put(tx, f"inbox:{row}", sends)
        for each in settled:
            if each.cause:
                self._queue.send(tx, each)
        to_send = {to.channel for to, _ in outcome.sends} | {each.to.channel for each in settled}
        if inbound and held.opens(inbound):
            answered = any(to == inbound.address for to, _ in sends)
            held.follow(tx, self._queue, row, inbound.address, now, answered=answered)
            to_send.add(inbound.address.channel)
        return to_send

    # When it fails

    async def _after_failure(self, row: Waiting, error: Exception) -> None:
        code = secrets.token_hex(3).upper()
        log.error("row %d failed, code %s: %s", row.id, code, type(error).__name__, exc_info=error)
        try:
            if row.tries + 1 < TRIES:
                await self._db.run(inbox.failed, row.id, type(error).__name__)
                await asyncio.sleep(LOOK_AGAIN * (row.tries + 1))
            else:
                await self._park(row, f"{type(error).__name__}, code {code}", apology=code)
        except StorageError as storage_error:
            log.warning("row %d waits for the database: %s", row.id, storage_error)
            await asyncio.sleep(LOOK_AGAIN)

    async def _park(self, row: Waiting, error: str, apology: str = "") -> None:
        log.warning("row %d of %s is parked: %s", row.id, row.channel, error)
        to = Address(row.channel, row.conversation)
        sends = [(to, Text((Part(texts.APOLOGY.format(code=apology)),)))] if apology else []

        def park(tx: Tx) -> None:
            if inbox.park(tx, row.id, error, stamp(self._clock.now())):
                self._queue.put(tx, f"inbox:{row.id}", sends)

        await self._db.run(park)
        if sends:
            self._queued(row.channel)

    # Best effort, never stored

    def _acknowledge(self, inbound: Inbound, channel: Channel) -> None:
        if inbound.press and isinstance(channel, Signalling):
            self._signal(channel.signal(inbound.address, "pressed", inbound.press))

    def _type(self, inbound: Inbound, channel: Channel) -> None:
        if isinstance(channel, Signalling):
            self._signal(channel.signal(inbound.address, "typing"))

    def _signal(self, call: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._quietly(call))
        self._signals.add(task)
        task.add_done_callback(self._signals.discard)

    async def _quietly(self, call: Coroutine[Any, Any, None]) -> None:
        try:
            await call
        except Exception as error:
            log.debug("a signal was not delivered: %s", type(error).__name__)


class _Presses:
    """Buttons pressed a moment ago: pressing ten times asks once. A restart forgets them, and that does no harm."""

    def __init__(self) -> None:
        self._latest: OrderedDict[tuple[Address, str, str], tuple[str, float, int]] = OrderedDict()

    def repeated(self, inbound: Inbound, now: float) -> bool:
        """Whether the same person pressed the same button of the same message within the last moments, and no other of its
        buttons since: a menu may change in its place, and lead back to where it was.

        A press that is tried again after a failure has its own row's id, and is no repetition.
        """
        key = self._key(inbound)
        if key is None:
            return False
        payload, before, row = self._latest.pop(key, ("", now - SAME_PRESS_FOR, inbound.id))
        same = payload == inbound.payload
        repeated = same and row != inbound.id and now - before < SAME_PRESS_FOR
        self._latest[key] = (payload, before, row) if repeated else (inbound.payload, now, inbound.id)
        if len(self._latest) > PRESSES:
            self._latest.popitem(last=False)
        return repeated

    def failed(self, inbound: Inbound, now: float) -> None:
        """Whoever presses again after reading the apology means it; what was pressed before it is impatience still."""
        if (key := self._key(inbound)) in self._latest and key is not None:
            self._latest[key] = (inbound.payload, now - SAME_PRESS_FOR + AFTER_APOLOGY, inbound.id)

    @staticmethod
    def _key(inbound: Inbound) -> tuple[Address, str, str] | None:
        if inbound.kind == "choice" and inbound.press:
            return (inbound.address, inbound.sender, inbound.message_id)
        return None
