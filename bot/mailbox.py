"""Replies on their way to a browser: kept, sealed, until the browser confirms that it has them.

A web page is not always there when its answer is. What the outbox delivers waits here, and is deleted as soon as the
browser says that it keeps it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.clock import Clock, stamp
from bot.model import JSON, Tx
from bot.storage.base import Database, Row

KEPT = timedelta(days=30)  # an officer's answer may come days later; as long as the visitor's cookie lasts
BATCH = 100  # mails read at once: bounds the memory of one reading


class Sealing(Protocol):
    def close_json(self, value: object, bound_to: str) -> bytes: ...
    def open_json(self, sealed: bytes, bound_to: str) -> Any: ...


class Mailbox:
    def __init__(self, db: Database, seal: Sealing, clock: Clock) -> None:
        self._db = db
        self._seal = seal
        self._clock = clock

    async def put(self, visitor: str, payload: JSON, key: str) -> int:
        """Keep a reply and return its sequence, which only grows. The same key again is the same mail.

        Raises StorageError.
        """
        sealed = self._seal.close_json(payload, _place(visitor, key))
        return await self._db.run(_insert, visitor, key, sealed, self._clock.now())

    async def after(self, visitor: str, sequence: int) -> list[tuple[int, JSON]]:
        """What the browser does not have yet: (sequence, payload), oldest first, at most BATCH. Raises StorageError."""
        rows = await self._db.read(_after, visitor, self._believable(sequence))
        opened = ((row["sequence"], self._open(visitor, row)) for row in rows)
        return [(number, payload) for number, payload in opened if payload is not None]

    async def confirm(self, visitor: str, up_to: int) -> int:
        """The browser keeps everything up to this sequence: delete it here. Returns how many. Raises StorageError."""
        return await self._db.run(_confirm, visitor, self._believable(up_to))

    async def forget(self, visitor: str) -> int:
        """Delete all mail of a visitor. Returns how many. Raises StorageError."""
        return await self._db.run(erase, visitor)

    def _believable(self, sequence: int) -> int:
        """A sequence from the future was given by a clock that has been set back since: it confirms nothing."""
        return sequence if sequence <= _sequence(self._clock.now()) else 0

    def _open(self, visitor: str, row: Row) -> JSON | None:
        """None where its key is gone for good: it must not stand in the way of what came later."""
        payload: JSON | None = self._seal.open_json(row["payload"], _place(visitor, row["send_key"]))
        return payload


def erase(tx: Tx, visitor: str) -> int:
    """Delete all mail of a visitor (for /xoadulieu). Returns how many."""
    return tx.run("DELETE FROM web_mail WHERE visitor = :visitor", visitor=visitor)


def remove_old(tx: Tx, now: datetime) -> int:
    """Delete mail that nobody fetched in time. Returns how many."""
    return tx.run("DELETE FROM web_mail WHERE created_at < :limit", limit=stamp(now - KEPT))


def _insert(tx: Tx, visitor: str, key: str, payload: bytes, now: datetime) -> int:
    present = tx.row("SELECT sequence FROM web_mail WHERE send_key = :key", key=key)
    if present:
        return int(present["sequence"])
    # The clock, not a counter: after a restored backup a counter would give numbers again that browsers
    # already have, and they would wait for ever. Microseconds fit a JavaScript number until the year 2255.
    last = tx.rows("SELECT coalesce(max(sequence), 0) AS sequence FROM web_mail")[0]
    sequence = max(_sequence(now), int(last["sequence"]) + 1)
    tx.run(
        """INSERT INTO web_mail (sequence, send_key, visitor, payload, created_at)
            VALUES (:sequence, :key, :visitor, :payload, :now)""",
        sequence=sequence,
        key=key,
        visitor=visitor,
        payload=payload,
        now=stamp(now),
    )
    return sequence


def _after(tx: Tx, visitor: str, sequence: int) -> list[Row]:
    return tx.rows(
        """SELECT sequence, send_key, payload FROM web_mail
            WHERE visitor = :visitor AND sequence > :sequence ORDER BY sequence LIMIT :limit""",
        visitor=visitor,
        sequence=sequence,
        limit=BATCH,
    )


def _confirm(tx: Tx, visitor: str, up_to: int) -> int:
    return tx.run(
        "DELETE FROM web_mail WHERE visitor = :visitor AND sequence <= :up_to", visitor=visitor, up_to=up_to
    )


def _sequence(now: datetime) -> int:
    return int(now.timestamp() * 1_000_000)


def _place(visitor: str, key: str) -> str:
    return f"web_mail:{visitor}:{key}"
