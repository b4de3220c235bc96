"""What has been decided to say, and the only place that says it: one row is one call to a platform.

A row waits, is marked as being sent (committed before the call), then is sent, parked (shown to staff) or undeliverable.
No platform has an idempotency key: a row found "sending" after a kill, or one whose connection broke, may have arrived. It
is sent once more, counted (`doubts`) and listed. Order is kept within a conversation; conversations go side by side, replies
before bulk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.channels.base import Channel, Metered, limits_in
from bot.channels.layout import fit
from bot.clock import Clock, stamp
from bot.errors import SealBroken, SendError, StorageError
from bot.model import Address, File, Reply, Text, Tx
from bot.pacing import Pacer
from bot.payloads import from_bytes, to_bytes
from bot.sealing import Seal
from bot.storage.base import Database, Row, among
from bot.texts import chat as texts

log = logging.getLogger(__name__)

REPLY, BULK = 0, 1  # priorities
SIDE_BY_SIDE = 32  # calls to one platform at a time
LOOK_AGAIN = 1.0  # seconds: another process may have queued something
GIVE_UP_AFTER = timedelta(hours=24)  # an answer that comes later than that helps nobody
LONGEST_BACKOFF = 60.0
LAST_CALLS = 30.0  # seconds in which calls under way may end and be recorded, after the order to stop
FAULTS = 3  # tries of a row whose sending fails in our own code

FileContent = Callable[[str], Awaitable[bytes]]


class SendQueue:
    """Writes outbox rows; used inside the transaction that decided them."""

    def __init__(self, channels: Mapping[str, Channel], seal: Seal, clock: Clock) -> None:
        self._channels = channels
        self._seal = seal
        self._clock = clock

    def put(self, tx: Tx, cause: str, sends: Iterable[tuple[Address, Reply]], priority: int = REPLY) -> int:
        """Split what is too long and queue it; `cause` and position make it happen once. Returns the rows added."""
        now = stamp(self._clock.now())
        added = 0
        for position, (to, piece) in enumerate(self._pieces(sends)):
            added += tx.run(
                """INSERT INTO outbox (cause, position, channel, conversation, priority, payload, due_at, created_at)
                    VALUES (:cause, :position, :channel, :conversation, :priority, :payload, :now, :now)
                    ON CONFLICT (cause, position) DO NOTHING""",
                cause=cause,
                position=position,
                channel=to.channel,
                conversation=to.conversation,
                priority=priority,
                payload=self._seal.close(to_bytes(piece), _place(cause, position)),
                now=now,
            )
        return added

    def _pieces(self, sends: Iterable[tuple[Address, Reply]]) -> Iterable[tuple[Address, Reply]]:
        for to, reply in sends:
            if isinstance(reply, Text):
                channel = self._channels[to.channel]
                group = channel.is_group(to.conversation)
                hint = texts.TYPE_A_NUMBER_IN_GROUP if group else texts.TYPE_A_NUMBER
                for piece in fit(reply, limits_in(channel, to.conversation), hint):
                    yield to, piece
            else:
                yield to, reply


@dataclass(frozen=True, slots=True)
class _Due:
    id: int
    cause: str
    position: int
    conversation: str
    payload: bytes
    tries: int
    created_at: str


class Outbox:
    """Sends the rows of one channel, at the platform's pace."""

    def __init__(
        self,
        channel: Channel,
        db: Database,
        seal: Seal,
        clock: Clock,
        file_content: FileContent,
        when_gone: Callable[[Tx, Address], object],
    ) -> None:
        self._channel = channel
        self._db = db
        self._seal = seal
        self._clock = clock
        self._file_content = file_content
        self._when_gone = when_gone  # what else to write when a conversation is closed to us
        self._pacer = Pacer(channel.pace)
        self._work = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._failures_in_a_row = 0
        self._backing_off_until = 0.0

    def wake(self) -> None:
        """There is something new to send."""
        self._work.set()

    async def run(self) -> None:
        """Send until cancelled; a cancelled outbox finishes the calls that are under way."""
        try:
            await self._db.run(_doubt, self._channel.name, counted=not self._channel.limits.knows_keys)
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
        loop = asyncio.get_running_loop()
        room = SIDE_BY_SIDE - len(self._under_way)
        if room <= 0:
            return LOOK_AGAIN  # a finished send wakes us
        if (pause := self._pacer.channel_free_at() - loop.time()) > 0:
            return min(pause, LOOK_AGAIN)
        try:
            due = await self._db.read(
                _due, self._channel.name, stamp(self._clock.now()), room * 4, self._least_urgent()
            )
            chosen, pause = self._choose(due, room, loop.time())
            if chosen:
                await self._claim_and_start(chosen)
        except StorageError as error:
            log.warning("%s: the outbox waits for the database: %s", self._channel.name, error)
            return LOOK_AGAIN
        return (
            0.0 if chosen and len(due) > len(chosen) and not pause else min(pause or LOOK_AGAIN, LOOK_AGAIN)
        )

    def _least_urgent(self) -> int:
        """Bulk waits while what is left of a quota is kept for replies."""
        bulk = not isinstance(self._channel, Metered) or self._channel.allows_bulk()
        return BULK if bulk else REPLY

    def _choose(self, due: list[_Due], room: int, now: float) -> tuple[list[_Due], float]:
        """What may go now, counted as gone; and the shortest wait of what may not (0 for none)."""
        chosen: list[_Due] = []
        waits: list[float] = []
        for row in due:
            if len(chosen) == room:
                break
            if (free_at := self._pacer.free_at(row.conversation)) > now:
                waits.append(free_at - now)
                continue
            self._pacer.sent(row.conversation, now, group=self._channel.is_group(row.conversation))
            chosen.append(row)
        return chosen, min(waits, default=0.0)

    async def _claim_and_start(self, rows: list[_Due]) -> None:
        """Both or neither: a stop between them would leave rows that look as if a kill had interrupted them."""

        async def both() -> None:
            claimed = await self._db.run(_claim, [row.id for row in rows])
            for row in rows:
                if row.id in claimed:
                    self._start(row)

        task = asyncio.ensure_future(both())
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    def _start(self, row: _Due) -> None:
        task = asyncio.create_task(self._send(row))
        self._under_way.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
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

    async def _send(self, row: _Due) -> None:
        to = Address(self._channel.name, row.conversation)
        try:
            reply = await self._ready(row)
            external_id = await self._channel.send(to, reply, f"outbox:{row.id}")
        except SendError as error:
            await self._after_refusal(row, to, error)
        except (SealBroken, FileNotFoundError) as error:
            await self._record(_end, row.id, "parked", type(error).__name__)
        except StorageError as error:
            await self._after_refusal(row, to, SendError(str(error), retryable=True))
        except Exception as error:  # a fault of ours: trying for a day would only hold up the conversation
            log.exception("%s: sending row %d failed", self._channel.name, row.id)
            again = row.tries + 1 < FAULTS
            await self._after_refusal(row, to, SendError(type(error).__name__, retryable=again))
        else:
            self._failures_in_a_row = 0
            await self._record(_sent, row.id, external_id)

    async def _ready(self, row: _Due) -> Reply:
        reply = from_bytes(self._seal.open(row.payload, _place(row.cause, row.position)))
        if isinstance(reply, File):
            return replace(reply, content=await self._file_content(reply.reference))
        return reply

    async def _after_refusal(self, row: _Due, to: Address, error: SendError) -> None:
        log.info("%s: row %d was refused: %s", self._channel.name, row.id, error)
        if error.moved_to:
            await self._record(readdress, to, error.moved_to, row.id)
        elif error.gone:
            await self._record(self._close, to, row.id)
        elif error.closed:
            await self._record(_not_now, row.id, str(error))
        elif not error.retryable or self._too_old(row):
            await self._record(_end, row.id, "parked", str(error))
        else:
            doubt = error.uncertain and not self._channel.limits.knows_keys
            await self._record(_again, row.id, str(error), self._next_try(row, error), doubt)

    def _close(self, tx: Tx, to: Address, row: int, now: str) -> None:
        abandon(tx, to, now, also=row)
        self._when_gone(tx, to)

    def _next_try(self, row: _Due, error: SendError) -> str:
        loop = asyncio.get_running_loop()
        if error.retry_after is None:
            self._back_off(loop.time())
            seconds = min(2.0 ** min(row.tries, 10), LONGEST_BACKOFF)
        else:
            seconds = error.retry_after
            if error.scope == "channel":
                self._pacer.pause(loop.time() + seconds)
            else:
                self._pacer.pause_conversation(row.conversation, loop.time() + seconds)
        return stamp(self._clock.now() + timedelta(seconds=seconds))

    def _back_off(self, now: float) -> None:
        """The platform is in trouble rather than this message: hold the others back too, more each time.

        Calls that fail together, as when a connection drops, are one time.
        """
        if now >= self._backing_off_until:
            self._failures_in_a_row += 1
            self._backing_off_until = now + min(0.5 * 2 ** min(self._failures_in_a_row, 6), 30.0)
            self._pacer.pause(self._backing_off_until)

    def _too_old(self, row: _Due) -> bool:
        return row.created_at < stamp(self._clock.now() - GIVE_UP_AFTER)

    async def _record(self, fn: Callable[..., object], *args: object) -> None:
        """Write down what became of a send. It has happened: forgetting it would send it again, so insist."""
        while True:
            try:
                await self._db.run(lambda tx: fn(tx, *args, now=stamp(self._clock.now())))
                return
            except StorageError as error:
                log.warning("%s: cannot record a send yet: %s", self._channel.name, error)
                await asyncio.sleep(LOOK_AGAIN)


def readdress(tx: Tx, old: Address, conversation: str, retry: int = 0, *, now: str) -> int:
    """A group has a new name: what waits for it goes there. `retry` is a row whose call was under way."""
    return tx.run(
        """UPDATE outbox SET conversation = :new,
                due_at = CASE WHEN id = :retry THEN :now ELSE due_at END,
                state = CASE WHEN id = :retry THEN 'waiting' ELSE state END
            WHERE channel = :channel AND conversation = :old AND (state = 'waiting' OR id = :retry)""",
        new=conversation,
        old=old.conversation,
        channel=old.channel,
        retry=retry,
        now=now,
    )


def abandon(tx: Tx, to: Address, now: str, *, also: int = 0) -> int:
    """We may not write there any more: end what waits for it. `also` is a row whose call was under way."""
    return tx.run(
        """UPDATE outbox SET state = 'undeliverable', payload = NULL, conversation = NULL, finished_at = :now
            WHERE channel = :channel AND conversation = :conversation AND (state = 'waiting' OR id = :also)""",
        channel=to.channel,
        conversation=to.conversation,
        also=also,
        now=now,
    )


def erase(tx: Tx, address: Address) -> int:
    """Delete what still waits for a conversation, and what was parked."""
    return tx.run(
        """DELETE FROM outbox WHERE channel = :channel AND conversation = :conversation
            AND state IN ('waiting', 'parked')""",
        channel=address.channel,
        conversation=address.conversation,
    )


def doubtful(tx: Tx, limit: int = 100) -> list[Row]:
    """The sends that a kill interrupted and that may have arrived twice, newest first."""
    return tx.rows(
        """SELECT id, channel, doubts, state, created_at FROM outbox WHERE doubts > 0
            ORDER BY id DESC LIMIT :limit""",
        limit=limit,
    )


def parked(tx: Tx, limit: int = 100) -> list[Row]:
    """What no platform took, newest first, with the reason."""
    return tx.rows(
        """SELECT id, channel, error, created_at FROM outbox WHERE state = 'parked'
            ORDER BY id DESC LIMIT :limit""",
        limit=limit,
    )


def counts(tx: Tx) -> dict[str, int]:
    """How many rows wait, are parked, are undeliverable; and how many sends may have arrived twice ("doubtful")."""
    states = tx.rows("SELECT state, count(*) AS rows FROM outbox WHERE state <> 'sent' GROUP BY state")
    found = {row["state"]: row["rows"] for row in states}
    doubts = tx.rows("SELECT coalesce(sum(doubts), 0) AS doubts FROM outbox WHERE doubts > 0")
    shown = ("waiting", "sending", "parked", "undeliverable")
    return {state: found.get(state, 0) for state in shown} | {"doubtful": doubts[0]["doubts"]}


def tidy(tx: Tx, *, payloads_before: str, rows_before: str) -> None:
    """Blank what was parked long ago; delete what was finished longer ago than anybody asks about.

    What has waited as long, because its channel was switched off, is parked and blanked too.
    """
    tx.run(
        """UPDATE outbox SET state = 'parked', error = 'its channel was off', payload = NULL, conversation = NULL,
                finished_at = :moment
            WHERE state IN ('waiting', 'sending') AND created_at < :moment AND due_at < :moment""",
        moment=payloads_before,
    )
    tx.run(
        """UPDATE outbox SET payload = NULL, conversation = NULL
            WHERE state = 'parked' AND payload IS NOT NULL AND finished_at < :moment""",
        moment=payloads_before,
    )
    tx.run(
        "DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending') AND finished_at < :moment",
        moment=rows_before,
    )


def _doubt(tx: Tx, channel: str, *, counted: bool) -> None:
    """After a start: what was being sent at the kill may or may not have arrived."""
    tx.run(
        """UPDATE outbox SET state = 'waiting', doubts = doubts + :counted
            WHERE state = 'sending' AND channel = :channel""",
        channel=channel,
        counted=int(counted),
    )


def _due(tx: Tx, channel: str, now: str, limit: int, least_urgent: int = BULK) -> list[_Due]:
    """The first unfinished row of each conversation, where it waits and is due: replies first, then by age."""
    found = tx.rows(
        """SELECT id, cause, position, conversation, payload, tries, created_at FROM outbox AS row
            WHERE state = 'waiting' AND channel = :channel AND due_at <= :now AND priority <= :least_urgent
              AND NOT EXISTS (SELECT 1 FROM outbox AS other
                WHERE other.state IN ('waiting', 'sending') AND other.channel = row.channel
                  AND other.conversation = row.conversation
                  AND (other.state = 'sending' OR (other.priority, other.id) < (row.priority, row.id)))
            ORDER BY priority, id LIMIT :limit""",
        channel=channel,
        now=now,
        limit=limit,
        least_urgent=least_urgent,
    )
    return [_Due(**row) for row in found]


def _claim(tx: Tx, rows: list[int]) -> set[int]:
    some, values = among("row", rows)
    claimed = tx.rows(
        f"UPDATE outbox SET state = 'sending' WHERE id IN {some} AND state = 'waiting' RETURNING id",  # noqa: S608
        **values,
    )
    return {row["id"] for row in claimed}


def _sent(tx: Tx, row: int, external_id: str, *, now: str) -> None:
    # A reply's conversation goes with its payload: what stays cannot tell who was answered.
    tx.run(
        """UPDATE outbox SET state = 'sent', payload = NULL, external_id = :external_id, finished_at = :now,
                error = NULL, conversation = CASE WHEN priority = 0 THEN NULL ELSE conversation END
            WHERE id = :row""",
        row=row,
        external_id=external_id,
        now=now,
    )


def _again(tx: Tx, row: int, error: str, due_at: str, doubt: bool, *, now: str) -> None:  # noqa: ARG001 - see _record
    tx.run(
        """UPDATE outbox SET state = 'waiting', tries = tries + 1, doubts = doubts + :doubt, error = :error,
                due_at = :due_at
            WHERE id = :row""",
        row=row,
        error=error,
        due_at=due_at,
        doubt=int(doubt),
    )


def _end(tx: Tx, row: int, state: str, error: str, *, now: str) -> None:
    tx.run(
        "UPDATE outbox SET state = :state, tries = tries + 1, error = :error, finished_at = :now WHERE id = :row",
        row=row,
        state=state,
        error=error,
        now=now,
    )


def _not_now(tx: Tx, row: int, error: str, *, now: str) -> None:
    """The platform's rules keep it from this conversation today: it is counted, and the person stays subscribed."""
    tx.run(
        """UPDATE outbox SET state = 'undeliverable', tries = tries + 1, error = :error, payload = NULL,
                conversation = NULL, finished_at = :now
            WHERE id = :row""",
        row=row,
        error=error,
        now=now,
    )


def _place(cause: str, position: int) -> str:
    return f"outbox:{cause}:{position}"
