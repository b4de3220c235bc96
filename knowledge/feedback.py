"""👍 and 👎 on one shown answer: counted by entry, without who pressed. One verdict an answer; the last one holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model import Tx

REASONS = frozenset({"wrong", "unclear", "outdated", "other question"})


def give(tx: Tx, answer: str, entry: int, verdict: str, today: date) -> None:
    """`answer` is the random name of the shown answer; an entry that is gone by now takes no verdict."""
    tx.run(
        """INSERT INTO feedback (answer, entry, verdict, given_on)
            SELECT :answer, key, :verdict, :today FROM entries WHERE key = :entry
            ON CONFLICT (answer) DO UPDATE SET verdict = excluded.verdict,
                reason = CASE WHEN feedback.verdict = excluded.verdict THEN feedback.reason ELSE '' END""",
        answer=answer,
        entry=entry,
        verdict=verdict,
        today=today.isoformat(),
    )


def explain(tx: Tx, answer: str, reason: str) -> None:
    """Why it was a 👎."""
    tx.run(
        "UPDATE feedback SET reason = :reason WHERE answer = :answer AND verdict = 'down'",
        answer=answer,
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class Criticised:
    """What staff have not been told about an entry: each reason of a 👎 with how often it was given, the most first."""

    entry: int
    reasons: tuple[tuple[str, int], ...]


def untold(tx: Tx) -> list[Criticised]:
    """The most criticised entry first."""
    rows = tx.rows(
        """SELECT entry, reason, count(*) AS times FROM feedback
            WHERE verdict = 'down' AND reason <> '' AND told = 0
            GROUP BY entry, reason ORDER BY times DESC, reason"""
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for row in rows:
        found.setdefault(row["entry"], []).append((row["reason"], row["times"]))
    return sorted(
        (Criticised(entry, tuple(reasons)) for entry, reasons in found.items()),
        key=lambda each: (-sum(times for _, times in each.reasons), each.entry),
    )


def mark_told(tx: Tx, entry: int) -> None:
    tx.run(
        "UPDATE feedback SET told = 1 WHERE entry = :entry AND verdict = 'down' AND reason <> '' AND told = 0",
        entry=entry,
    )
