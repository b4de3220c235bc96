"""Answers that people get and that somebody should look at again; each stands in one list only, the most used first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge.citations import day

USED_FOR = timedelta(days=28)  # what "used" looks back on
LONG = timedelta(days=365)  # unchanged for so long
_MOST = 10  # of the unchanged ones: the rest is used too little to matter


@dataclass(frozen=True, slots=True)
class Stale:
    """`on` is the day that makes it stale: its review-by date, or its last change; None for a superseded document.
    `times` it was shown in the last four weeks."""

    entry: int
    question: str
    document: int | None
    on: date | None
    times: int


@dataclass(frozen=True, slots=True)
class ToReview:
    """superseded: of documents that have been superseded; overdue: past their review-by date; unchanged: used much, and
    not changed for a year."""

    superseded: tuple[Stale, ...]
    overdue: tuple[Stale, ...]
    unchanged: tuple[Stale, ...]

    def __bool__(self) -> bool:
        return bool(self.superseded or self.overdue or self.unchanged)


def to_review(tx: Tx, today: date, now: datetime) -> ToReview:
    """`today` is the local day."""
    rows = tx.rows(
        """SELECT e.key, e.question, e.document, e.review_by, e.changed_at,
                coalesce((SELECT sum(times) FROM entry_usage WHERE entry = e.key AND day >= :since), 0) AS times,
                EXISTS (SELECT 1 FROM documents old JOIN documents new ON new.key = old.superseded_by
                    WHERE old.key = e.document AND old.status <> 'draft' AND new.status <> 'draft'
                      AND new.key <> old.key) AS superseded
            FROM entries e WHERE e.status IN ('published', 'sample') ORDER BY times DESC, e.key""",
        since=(today - USED_FOR).isoformat(),
    )
    superseded = [row for row in rows if row["superseded"]]
    others = [row for row in rows if not row["superseded"]]
    overdue = [row for row in others if _is_overdue(row, today)]
    unchanged = [row for row in others if not _is_overdue(row, today) and _is_unchanged(row, now)]
    return ToReview(
        tuple(_stale(row, None) for row in superseded),
        tuple(_stale(row, row["review_by"]) for row in overdue),
        tuple(_stale(row, row["changed_at"][:10]) for row in unchanged[:_MOST]),
    )


def _is_overdue(row: Row, today: date) -> bool:
    return bool(row["review_by"]) and row["review_by"] <= today.isoformat()


def _is_unchanged(row: Row, now: datetime) -> bool:
    return bool(row["times"]) and row["changed_at"] < stamp(now - LONG)


def _stale(row: Row, on: str | None) -> Stale:
    return Stale(row["key"], row["question"], row["document"], day(on), row["times"])
