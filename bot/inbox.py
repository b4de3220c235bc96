"""Raw updates, stored before they are acknowledged: what is not in here was never received.

A row is unique on channel + external id, so a platform may deliver as often as it likes. The payload is sealed, and gone
with the conversation's name once the row is finished.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import Channel
from bot.clock import Clock, stamp
from bot.errors import StorageError
from bot.model import JSON, Address, Tx
from bot.sealing import Seal
from bot.storage.base import Database, Row, among

log = logging.getLogger(__name__)

_COUNTS = """SELECT 'waiting' AS state, count(*) AS rows FROM inbox WHERE state = 'waiting'
    UNION ALL SELECT 'parked', count(*) FROM inbox WHERE state = 'parked'"""

NOWHERE = "-"  # the conversation of updates that name none
COMPLAIN_AGAIN = timedelta(minutes=1)  # platforms deliver again and again: not a line for each


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest unfinished row of a conversation."""

    id: int
    channel: str
    conversation: str
    external_id: str
    payload: bytes
    tries: int


class Inbox:
    def __init__(self, db: Database, seal: Seal, clock: Clock, added: Callable[[], None]) -> None:
        self._db = db
        self._seal = seal
        self._clock = clock
        self._added = added  # tells dispatch that there is work
        self._complained: datetime | None = None

    async def add(self, channel: Channel, raws: Sequence[JSON]) -> int:
        """Store the raw updates and return how many were new. Raises StorageError: then acknowledge nothing."""
        rows = [self._row(channel, raw) for raw in raws]
        try:
            new = await self._db.run(_insert, rows, stamp(self._clock.now()))
        except StorageError as error:
            self._complain(channel, error)
            raise
        if new:
            self._added()
        return new

    def open(self, waiting: Waiting) -> JSON:
        """The raw update of a row. Raises SealBroken."""
        data: JSON = json.loads(
            self._seal.open(waiting.payload, _place(waiting.channel, waiting.external_id))
        )
        return data

    def _complain(self, channel: Channel, error: StorageError) -> None:
        now = self._clock.now()
        if self._complained is None or not timedelta(0) <= now - self._complained < COMPLAIN_AGAIN:
            self._complained = now
            log.warning("%s: a message could not be taken in: %s", channel.name, error)

    def _row(self, channel: Channel, raw: JSON) -> Row:
        data = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        try:
            external_id, conversation = channel.identify(raw)
            (external_id + conversation).encode()  # half a character cannot be stored
        except (ValueError, KeyError, TypeError, AttributeError):
            # Not dropped: dispatch parks it where staff can see it.
            external_id, conversation = f"?{hashlib.sha256(data).hexdigest()[:32]}", NOWHERE
            log.warning("%s: an update without the fields that every update has", channel.name)
        return {
            "channel": channel.name,
            "external_id": external_id,
            "conversation": conversation,
            "payload": self._seal.close(data, _place(channel.name, external_id)),
        }


def heads(tx: Tx, channels: Collection[str], limit: int) -> list[Waiting]:
    """The oldest waiting row of each conversation, oldest first."""
    ours, names = among("channel", sorted(channels))
    found = tx.rows(
        f"""SELECT id, channel, conversation, external_id, payload, tries FROM inbox AS row
            WHERE state = 'waiting' AND channel IN {ours}
              AND NOT EXISTS (SELECT 1 FROM inbox AS older WHERE older.state = 'waiting'
                AND older.channel = row.channel AND older.conversation = row.conversation AND older.id < row.id)
            ORDER BY id LIMIT :limit""",  # noqa: S608 - `ours` holds parameter names only
        limit=limit,
        **names,
    )
    return [Waiting(**row) for row in found]


def waits(tx: Tx, before: datetime) -> bool:
    """Whether something that came before this moment is still to be handled."""
    return bool(
        tx.row(
            "SELECT 1 FROM inbox WHERE state = 'waiting' AND received_at <= :before LIMIT 1",
            before=stamp(before),
        )
    )


def received(tx: Tx, row: int) -> datetime:
    """When it came. Raises LookupError for a row that is not there."""
    found = tx.row("SELECT received_at FROM inbox WHERE id = :row", row=row)
    if found is None:
        raise LookupError(f"there is no inbox row {row}")
    return datetime.fromisoformat(found["received_at"])


def finish(tx: Tx, row: int, now: str) -> bool:
    """Blank the row: only its external id stays, against redelivery. False when it was finished before."""
    return bool(
        tx.run(
            """UPDATE inbox SET state = 'done', payload = NULL, conversation = NULL, finished_at = :now
                WHERE id = :row AND state = 'waiting'""",
            row=row,
            now=now,
        )
    )


def failed(tx: Tx, row: int, error: str) -> None:
    """One more failing try. `error` is the name of a cause, never the text of a message."""
    tx.run(
        "UPDATE inbox SET tries = tries + 1, error = :error WHERE id = :row AND state = 'waiting'",
        row=row,
        error=error,
    )


def park(tx: Tx, row: int, error: str, now: str) -> bool:
    """Take the row out of the way; its payload is kept sealed for staff until housekeeping blanks it.

    False when it was finished before.
    """
    return bool(
        tx.run(
            """UPDATE inbox SET state = 'parked', tries = tries + 1, error = :error, finished_at = :now
                WHERE id = :row AND state = 'waiting'""",
            row=row,
            error=error,
            now=now,
        )
    )


def erase(tx: Tx, address: Address) -> int:
    """Delete what is kept of a conversation: parked messages. What still waits is about to be handled."""
    return tx.run(
        "DELETE FROM inbox WHERE channel = :channel AND conversation = :conversation AND state = 'parked'",
        channel=address.channel,
        conversation=address.conversation,
    )


def counts(tx: Tx) -> dict[str, int]:
    """How many rows are waiting and how many are parked."""
    found = {row["state"]: row["rows"] for row in tx.rows(_COUNTS)}
    return {state: found.get(state, 0) for state in ("waiting", "parked")}


def parked(tx: Tx, limit: int = 100) -> list[Row]:
    """What could not be handled, newest first, with the cause."""
    return tx.rows(
        """SELECT id, channel, error, received_at FROM inbox WHERE state = 'parked'
            ORDER BY id DESC LIMIT :limit""",
        limit=limit,
    )


def tidy(tx: Tx, *, payloads_before: str, rows_before: str) -> None:
    """Blank what was parked long ago; delete what was finished so long ago that no platform delivers it again.

    What has waited as long, because its channel was switched off, is parked and blanked too: nobody expects an answer
    any more, and it would stay for ever.
    """
    tx.run(
        """UPDATE inbox SET state = 'parked', error = 'its channel was off', payload = NULL, conversation = NULL,
                finished_at = :moment
            WHERE state = 'waiting' AND received_at < :moment""",
        moment=payloads_before,
    )
    tx.run(
        """UPDATE inbox SET payload = NULL, conversation = NULL
            WHERE state = 'parked' AND payload IS NOT NULL AND finished_at < :moment""",
        moment=payloads_before,
    )
    tx.run("DELETE FROM inbox WHERE state <> 'waiting' AND finished_at < :moment", moment=rows_before)


def _insert(tx: Tx, rows: list[Row], now: str) -> int:
    return sum(
        tx.run(
            """INSERT INTO inbox (channel, external_id, conversation, payload, received_at)
                VALUES (:channel, :external_id, :conversation, :payload, :now)
                ON CONFLICT (channel, external_id) DO NOTHING""",
            now=now,
            **row,
        )
        for row in rows
    )


def _place(channel: str, external_id: str) -> str:
    return f"inbox:{channel}:{external_id}"
