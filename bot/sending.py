"""Sends what the outbox holds for one channel: at the platform's pace, in order, again when it may help.

Only here is a platform written to. What a refusal means (try again, park, give up the conversation) is decided here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import held, outbox, outbox_chats
from bot.channels.base import Channel, Metered, NativePolls, whole
from bot.channels.layout import words_of
from bot.clock import Clock, stamp
from bot.errors import SealBroken, SendError, StorageError
from bot.model import Address, Edit, File, Picture, Poll, PollAnswer, Reply, StopPoll, Tx
from bot.outbox import BULK, REPLY, Due
from bot.pacing import Pacer
from bot.payloads import from_bytes
from bot.sealing import Seal
from bot.storage.base import Database

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64  # calls to one platform at a time
BULK_SIDE_BY_SIDE = (
    48  # of them at most: a platform that is slow must not make people wait for what nobody asked for
)
LOOK_AT = 4 * SIDE_BY_SIDE  # rows: some of them may not go yet
LOOK_AGAIN = 1.0  # seconds: another process may have queued something
GIVE_UP_AFTER = timedelta(hours=24)  # an answer that comes later than that helps nobody
LONGEST_BACKOFF = 60.0
LAST_CALLS = 30.0  # seconds in which calls under way may end and be recorded, after the order to stop
FAULTS = 3  # tries of a row whose sending fails in our own code
FileContent = Callable[[str], Awaitable[bytes]]
# Of a network's conversations those where it is quiet at that moment, with when they get what waits for its end.
Resting = Callable[[Tx, str, Collection[str], datetime], Mapping[str, datetime]]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What else is written in the transaction that records what a platform has said about a conversation.

    gone       it is closed to us: blocked, kicked, left
    forbidden  we are in the group and may not write; also told the causes of what never arrived, and when
    moved      it is called otherwise now: another group, or the forum where one of its topics has gone
    polled     what it has said to a poll of a cause, or to stopping one; also told when
    """

    gone: Callable[[Tx, Address], object]
    forbidden: Callable[[Tx, Address, Set[str], str], object]
    moved: Callable[[Tx, Address, str], object]
    polled: Callable[[Tx, str, PollAnswer, str], object]


class Sender:
    """Sends the rows of one channel, at the platform's pace."""

    def __init__(
        self,
        channel: Channel,
        db: Database,
        seal: Seal,
        clock: Clock,
        file_content: FileContent,
        aftermath: Aftermath,
        resting: Resting,
    ) -> None:
        self._channel = channel
        self._db = db
        self._seal = seal
        self._clock = clock
        self._file_content = file_content
        self._aftermath = aftermath
        self._resting = resting
        self._pacer = Pacer(channel.pace)
        self._work = asyncio.Event()
        self._under_way: dict[asyncio.Task[None], int] = {}  # with the priority of its row
        self._failures_in_a_row = 0
        self._backing_off_until = 0.0

    def wake(self) -> None:
        """There is something new to send."""
        self._work.set()

    async def run(self) -> None:
        """Send until cancelled; a cancelled outbox finishes the calls that are under way."""
        try:
            await self._db.run(outbox.doubt, self._channel.name, counted=not self._channel.limits.knows_keys)
            while True:
                self._work.clear()
                await self._wait(await self._send_what_may_go())
        finally:
            if self._under_way:
                _, late = await asyncio.wait(self._under_way, timeout=LAST_CALLS)
                for task in late:  # a full disk, most likely; at the next start they count as interrupted
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)

    # Choosing

    async def _send_what_may_go(self) -> float:
        """Start the sends that the pace allows now; returns the seconds until the next look."""
        now = asyncio.get_running_loop().time()
        if len(self._under_way) >= SIDE_BY_SIDE:
            return LOOK_AGAIN  # a finished send wakes us
        if (pause := self._pacer.channel_free_at() - now) > 0:
            return min(pause, LOOK_AGAIN)
        room = self._room_for_bulk()
        bulk_pause = self._pacer.bulk_free_at() - now
        least_urgent = BULK if room > 0 and bulk_pause <= 0 else REPLY
        try:
            due = await self._db.read(
                outbox.due, self._channel.name, stamp(self._clock.now()), LOOK_AT, least_urgent
            )
            chosen, pause = self._choose(due, room, asyncio.get_running_loop().time())
            if chosen:
                await self._claim_and_start(chosen, due)
        except StorageError as error:
            log.warning("%s: the outbox waits for the database: %s", self._channel.name, error)
            return LOOK_AGAIN
        if room > 0 and bulk_pause > 0:
            pause = min(pause or bulk_pause, bulk_pause)
        return (
            0.0 if chosen and len(due) > len(chosen) and not pause else min(pause or LOOK_AGAIN, LOOK_AGAIN)
        )

    def _room_for_bulk(self) -> int:
        """How many of them may be started; none while what is left of a quota is kept for replies."""
        if isinstance(self._channel, Metered) and not self._channel.allows_bulk():
            return 0
        return BULK_SIDE_BY_SIDE - sum(priority == BULK for priority in self._under_way.values())

    def _choose(self, due: list[Due], bulk_room: int, now: float) -> tuple[list[Due], float]:
        """What may go now, counted as gone; and the shortest wait of what may not (0 for none)."""
        chosen: list[Due] = []
        waits: list[float] = []
        for row in due:
            bulk = row.priority == BULK
            if len(chosen) + len(self._under_way) >= SIDE_BY_SIDE or (bulk and bulk_room <= 0):
                break
            counted = whole(self._channel, row.conversation)
            free_at = self._pacer.free_at(counted)
            if (free_at := max(free_at, self._pacer.bulk_free_at() if bulk else 0.0)) > now:
                waits.append(free_at - now)
                continue
            self._pacer.sent(counted, now, group=self._channel.is_group(counted))
            bulk_room -= bulk
            chosen.append(row)
        return chosen, min(waits, default=0.0)

    async def _claim_and_start(self, rows: list[Due], due: list[Due]) -> None:
        """Both or neither: a stop between them would leave rows that look as if a kill had interrupted them."""

        async def both() -> None:
            payloads = await self._db.run(self._claim, rows, due)
            if len(payloads) < len(rows):
                self._work.set()  # more may be due behind what does not go out now
            departure = asyncio.get_running_loop().time()  # the disk may have taken its time
            self._pacer.departed([row.conversation for row in rows], departure)
            for row in rows:
                if row.id in payloads:
                    self._start(row, payloads[row.id])

        task = asyncio.ensure_future(both())
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    def _claim(self, tx: Tx, rows: list[Due], due: list[Due]) -> dict[int, bytes]:
        """The payloads of those that go out now. What heeds quiet times and meets one is put off instead; where one does,
        most likely all do, as after an outage over the evening: so all that is due is seen to at once."""
        quiet = self._at_rest(tx, rows)
        if quiet:
            quiet = self._at_rest(tx, due)
            outbox_chats.put_off(tx, self._channel.name, quiet, self._clock.now())
        may_go = [row.id for row in rows if not (row.heeds_quiet and row.conversation in quiet)]
        return outbox.claim(tx, may_go)

    def _at_rest(self, tx: Tx, rows: list[Due]) -> Mapping[str, datetime]:
        chats = {row.conversation for row in rows if row.heeds_quiet}
        return self._resting(tx, self._channel.name, chats, self._clock.now()) if chats else {}

    def _start(self, row: Due, payload: bytes) -> None:
        task = asyncio.create_task(self._send(row, payload))
        self._under_way[task] = row.priority
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self._work.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("%s: a send ended in %s", self._channel.name, type(error).__name__, exc_info=error)

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            # Not wait_for: in Python 3.11 it loses a cancellation that comes together with the event.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._work.wait()

    # Sending

    async def _send(self, row: Due, payload: bytes) -> None:
        to = Address(self._channel.name, row.conversation)
        try:
            reply = await self._ready(row, payload, to)
            said = await self._say(to, reply, f"outbox:{row.id}") if reply else ""
        except SendError as error:
            await self._after_refusal(row, to, error)
        except (SealBroken, FileNotFoundError) as error:
            await self._record(outbox.end, row.id, "parked", type(error).__name__)
        except StorageError as error:
            await self._after_refusal(row, to, SendError(str(error), retryable=True))
        except Exception as error:  # a fault of ours: trying for a day would only hold up the conversation
            log.exception("%s: sending row %d failed", self._channel.name, row.id)
            again = row.tries + 1 < FAULTS
            await self._after_refusal(row, to, SendError(type(error).__name__, retryable=again))
        else:
            self._failures_in_a_row = 0
            await self._record(self._sent, row, said)

    async def _say(self, to: Address, reply: Reply, key: str) -> str | PollAnswer:
        if isinstance(reply, Poll | StopPoll) and isinstance(self._channel, NativePolls):
            return await self._channel.send_poll(to, reply)
        return await self._channel.send(to, reply, key)

    def _sent(self, tx: Tx, row: Due, said: str | PollAnswer, now: str) -> None:
        outbox.sent(tx, row.id, said if isinstance(said, str) else said.message, now=now)
        if isinstance(said, PollAnswer):
            self._aftermath.polled(tx, row.cause, said, now)

    async def _ready(self, row: Due, payload: bytes, to: Address) -> Reply | None:
        """With what is loaded just before sending; None when there is nothing to send any more."""
        reply = from_bytes(self._seal.open(payload, outbox.place(row.cause, row.position)))
        if isinstance(reply, File):
            return replace(reply, content=await self._file_content(reply.reference))
        if isinstance(reply, Picture):
            try:
                return replace(reply, content=await self._file_content(reply.reference))
            except FileNotFoundError:
                log.warning("%s: row %d goes out without its picture", self._channel.name, row.id)
                return words_of(reply)
        if isinstance(reply, Edit) and not reply.message:
            message = await self._db.read(outbox.message_name, reply.cause, to.channel)
            return replace(reply, message=message) if message else None
        return reply

    async def _after_refusal(self, row: Due, to: Address, error: SendError) -> None:
        log.info("%s: row %d was refused: %s", self._channel.name, row.id, error)
        if error.moved_to:
            await self._record(self._move, to, error.moved_to, row.id)
        elif error.gone or (error.forbidden and not self._channel.is_group(row.conversation)):
            await self._record(self._close, to, row.id, str(error))
        elif error.forbidden:
            await self._record(self._forbid, to, row.id, str(error))
        elif error.closed:
            # In a group nobody in particular could be asked whether to hear it later.
            group = self._channel.is_group(row.conversation)
            await self._record(outbox.not_now if group else held.hold, row.id, str(error))
        elif not error.retryable or self._too_old(row):
            await self._record(outbox.end, row.id, "parked", str(error))
        else:
            doubt = error.uncertain and not self._channel.limits.knows_keys
            await self._record(outbox.again, row.id, str(error), self._next_try(row, error), doubt)

    def _move(self, tx: Tx, to: Address, moved_to: str, row: int, now: str) -> None:
        outbox_chats.readdress(tx, to, moved_to, row, now=now)
        self._aftermath.moved(tx, to, moved_to)

    def _close(self, tx: Tx, to: Address, row: int, error: str, now: str) -> None:
        outbox_chats.abandon(tx, self._whole(to), now, also=row, error=error)
        self._aftermath.gone(tx, self._whole(to))

    def _forbid(self, tx: Tx, to: Address, row: int, error: str, now: str) -> None:
        lost = outbox_chats.abandon(tx, self._whole(to), now, also=row, error=error)
        self._aftermath.forbidden(tx, self._whole(to), lost, now)

    def _whole(self, to: Address) -> Address:
        return Address(to.channel, whole(self._channel, to.conversation))

    def _next_try(self, row: Due, error: SendError) -> str:
        loop = asyncio.get_running_loop()
        if error.retry_after is None:
            self._back_off(loop.time())
            seconds = min(2.0 ** min(row.tries, 10), LONGEST_BACKOFF)
        else:
            seconds = error.retry_after
            if error.scope == "channel":
                # A reply is tried all the same: what is too much for the platform is most likely the bulk.
                self._pacer.pause(loop.time() + seconds, bulk_only=row.priority == BULK)
            else:
                counted = whole(self._channel, row.conversation)
                self._pacer.pause_conversation(counted, loop.time() + seconds)
        return stamp(self._clock.now() + timedelta(seconds=seconds))

    def _back_off(self, now: float) -> None:
        """The platform is in trouble rather than this message: hold the others back too, more each time.

        Calls that fail together, as when a connection drops, are one time.
        """
        if now >= self._backing_off_until:
            self._failures_in_a_row += 1
            self._backing_off_until = now + min(0.5 * 2 ** min(self._failures_in_a_row, 6), 30.0)
            self._pacer.pause(self._backing_off_until)

    def _too_old(self, row: Due) -> bool:
        return row.wanted_at < stamp(self._clock.now() - GIVE_UP_AFTER)

    async def _record(self, fn: Callable[..., object], *args: object) -> None:
        """Write down what became of a send. It has happened: forgetting it would send it again, so insist."""
        while True:
            try:
                await self._db.run(lambda tx: fn(tx, *args, now=stamp(self._clock.now())))
                return
            except StorageError as error:
                log.warning("%s: cannot record a send yet: %s", self._channel.name, error)
                await asyncio.sleep(LOOK_AGAIN)
