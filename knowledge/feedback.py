"""👍 and 👎 on one shown answer: counted by entry, without who pressed. One verdict an answer; the last one holds."""

from __future__ import annotations

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
