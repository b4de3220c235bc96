"""What people ask, without who asked: no sender, the time to the hour, the text masked.

"How many people asked" counts one person once a day through a keyed hash; its key is thrown away when the day ends.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.clock import hour
from bot.model import Address, Tx
from bot.storage.base import among
from knowledge.wordings import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what became of it."""

    question: Question
    outcome: Literal["answer", "suggest", "none", "document"]
    score: float
    entry: int | None = None


def record(tx: Tx, asked: Asked, channel: str, asker: bytes, now: datetime, today: date) -> None:
    """Log the question and count its asker. `asker` comes from `asker_mark`."""
    tx.run(
        """INSERT INTO question_log (asked_in, channel, text, outcome, entry, score)
            VALUES (:hour, :channel, :text, :outcome, :entry, :score)""",
        hour=hour(now),
        channel=channel,
        text=asked.question.text,
        outcome=asked.outcome,
        entry=asked.entry,
        score=asked.score,
    )
    _count(tx, asked.question.same, asker, today)


def asker_mark(day_key: bytes, sender: Address, question: Question) -> bytes:
    """Tells one person's same question twice in a day; nobody can undo it once the day's key is gone."""
    said = "\x00".join((sender.channel, sender.conversation, question.same))
    return hmac.new(day_key, said.encode(), hashlib.sha256).digest()[:16]


def subject_mark(day_key: bytes, sender: Address, subject: str) -> bytes:
    """Tells one person's second question about a subject in a day, as `asker_mark` tells the same question."""
    said = "\x00".join((sender.channel, sender.conversation, "", subject))
    return hmac.new(day_key, said.encode(), hashlib.sha256).digest()[:16]


def first_today(tx: Tx, mark: bytes, today: date) -> bool:
    """Whether the mark is new today; from now on it is not."""
    return bool(
        tx.run(
            "INSERT INTO askings_today (hash, day) VALUES (:hash, :day) ON CONFLICT (hash) DO NOTHING",
            hash=mark,
            day=today.isoformat(),
        )
    )


def people_asking(tx: Tx, forms: Collection[str], since: date) -> int:
    """How many people asked any of these (each in the one form of its spellings), one person counted once a day."""
    some, values = among("form", forms)
    row = tx.row(
        f"SELECT coalesce(sum(people), 0) AS people FROM askings WHERE question IN {some} AND day >= :since",  # noqa: S608
        since=since.isoformat(),
        **values,
    )
    return int(row["people"]) if row else 0


def close_days_before(tx: Tx, today: date) -> int:
    """The hashes of days that have ended go; the counts stay."""
    return tx.run("DELETE FROM askings_today WHERE day < :today", today=today.isoformat())


def forget_before(tx: Tx, moment: datetime) -> int:
    """Retention: questions and counts older than this go."""
    tx.run("DELETE FROM askings WHERE day < :day", day=moment.date().isoformat())
    return tx.run("DELETE FROM question_log WHERE asked_in < :hour", hour=hour(moment))


def _count(tx: Tx, question: str, asker: bytes, today: date) -> None:
    if first_today(tx, asker, today):
        tx.run(
            """INSERT INTO askings (question, day, people) VALUES (:question, :day, 1)
                ON CONFLICT (question, day) DO UPDATE SET people = askings.people + 1""",
            question=question,
            day=today.isoformat(),
        )
