"""Entries that have to be looked at again, because the document that they cite has been superseded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.clock import stamp
from bot.model import Tx
from knowledge import entries


@contextmanager
def of_superseded(tx: Tx, now: datetime) -> Iterator[None]:
    """What comes to be superseded inside puts its entries up for review today, in the same transaction.

    It is superseded as people see it: both documents are published. A draft supersedes nothing until it is published.
    Today is the day of `now` in its own zone.
    """
    before = _superseded(tx)
    yield
    after = _superseded(tx)
    for document in sorted(after - before):
        _put_up(tx, document, now)
    for document in before - after:
        tx.run("DELETE FROM supersedings WHERE document = :document", document=document)


@dataclass(frozen=True, slots=True)
class Superseded:
    """A document that has been superseded, since this moment, and has entries to review."""

    document: int
    since: str


def untold(tx: Tx) -> list[Superseded]:
    """Those of which staff have not been told."""
    rows = tx.rows("SELECT document, since FROM supersedings WHERE told_at IS NULL ORDER BY since, document")
    return [Superseded(row["document"], row["since"]) for row in rows]


def waiting(tx: Tx, today: date) -> list[tuple[int, int]]:
    """Superseded documents of which people still get answers that are up for review, and how many."""
    rows = tx.rows(
        """SELECT s.document, count(*) AS entries FROM supersedings s JOIN entries e ON e.document = s.document
            WHERE e.status IN ('published', 'sample') AND e.review_by <= :today
            GROUP BY s.document ORDER BY s.since, s.document""",
        today=today.isoformat(),
    )
    return [(row["document"], row["entries"]) for row in rows]


def mark_told(tx: Tx, document: int, now: datetime) -> None:
    tx.run(
        "UPDATE supersedings SET told_at = :now WHERE document = :document AND told_at IS NULL",
        document=document,
        now=stamp(now),
    )


def _superseded(tx: Tx) -> set[int]:
    rows = tx.rows(
        """SELECT old.key FROM documents old JOIN documents new ON new.key = old.superseded_by
            WHERE old.status <> 'draft' AND new.status <> 'draft' AND new.key <> old.key"""
    )
    return {int(row["key"]) for row in rows}


def _put_up(tx: Tx, document: int, now: datetime) -> None:
    today = now.date()
    found = [entry for entry in entries.citing(tx, document) if entry.status != "archived"]
    entries.save_all(
        tx,
        [replace(entries.as_draft(entry), review_by=min(entry.review_by or today, today)) for entry in found],
        now,
    )
    if found:
        tx.run(
            """INSERT INTO supersedings (document, since) VALUES (:document, :now)
                ON CONFLICT (document) DO UPDATE SET since = excluded.since, told_at = NULL""",
            document=document,
            now=stamp(now),
        )
