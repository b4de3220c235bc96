"""How many people ask about what, hour by hour, for rising.py: topics that were shown, and questions without an answer.

A person counts once a day for a topic, and for the first of their questions that found no answer: somebody who asks five
times in other words is one person, and nothing tells which.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import hour
from bot.model import Tx
from bot.storage.base import among
from knowledge import question_log
from knowledge.bursts import Wording
from knowledge.rising import LOOKED_BACK, Counted
from knowledge.wordings import Question, kept, same


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What found no answer: today so far, and until the same time on each day before, the oldest first."""

    today: tuple[Wording, ...]
    before: tuple[tuple[Wording, ...], ...]


def count_topics(tx: Tx, topics: Iterable[tuple[str, bytes]], now: datetime, today: date) -> None:
    """Each topic with the mark of the person for it (question_log.subject_mark)."""
    for topic, mark in topics:
        if question_log.first_today(tx, mark, today):
            tx.run(
                """INSERT INTO topic_askings (topic, hour, people) VALUES (:topic, :hour, 1)
                    ON CONFLICT (topic, hour) DO UPDATE SET people = topic_askings.people + 1""",
                topic=topic,
                hour=hour(now),
            )


def count_unanswered(tx: Tx, question: Question, mark: bytes, now: datetime, today: date) -> None:
    if question_log.first_today(tx, mark, today):
        tx.run(
            """INSERT INTO unanswered_askings (same, hour, text, people) VALUES (:same, :hour, :text, 1)
                ON CONFLICT (same, hour) DO UPDATE SET people = unanswered_askings.people + 1""",
            same=question.same,
            hour=hour(now),
            text=question.text,
        )


def count_answered_after_all(tx: Tx, text: str, now: datetime) -> None:
    """Somebody has picked a suggestion: what they had typed did find its answer."""
    tx.run(
        """UPDATE unanswered_askings SET people = people - 1
            WHERE same = :same AND people > 0 AND hour =
                (SELECT max(hour) FROM unanswered_askings WHERE same = :same AND hour >= :recent)""",
        same=same(kept(text)),
        recent=hour(now - timedelta(hours=1)),
    )


def topics(tx: Tx, midnight: datetime, now: datetime) -> dict[str, Counted]:
    """Topics that somebody asked about today. `midnight` is when the local day began."""
    rows = tx.rows(
        "SELECT topic, hour, people FROM topic_askings WHERE hour >= :since",
        since=hour(midnight - timedelta(days=LOOKED_BACK)),
    )
    days = _days(_first_hour(tx), midnight)
    counts: dict[str, list[int]] = {}
    for row in rows:
        if (ago := _days_ago(row["hour"], midnight, now)) is not None and ago <= days:
            counts.setdefault(row["topic"], [0] * (days + 1))[ago] += row["people"]
    return {topic: Counted(each[0], tuple(reversed(each[1:]))) for topic, each in counts.items() if each[0]}


def unanswered(tx: Tx, midnight: datetime, now: datetime) -> Unanswered:
    rows = tx.rows(
        "SELECT same, hour, text, people FROM unanswered_askings WHERE hour >= :since AND people > 0",
        since=hour(midnight - timedelta(days=LOOKED_BACK)),
    )
    days = _days(_first_hour(tx), midnight)
    found: list[dict[str, Wording]] = [{} for _ in range(days + 1)]
    for row in rows:
        if (ago := _days_ago(row["hour"], midnight, now)) is not None and ago <= days:
            before = found[ago].get(row["same"])
            people = row["people"] + (before.people if before else 0)
            found[ago][row["same"]] = Wording(row["text"], row["same"], people)
    today, *past = (tuple(each.values()) for each in found)
    return Unanswered(today, tuple(reversed(past)))


def forget_before(tx: Tx, moment: datetime) -> None:
    for table in ("topic_askings", "unanswered_askings"):
        tx.run(f"DELETE FROM {table} WHERE hour < :hour", hour=hour(moment))  # noqa: S608 - names of ours
    tx.run("DELETE FROM rising_told WHERE day < :day", day=moment.date().isoformat())


def _first_hour(tx: Tx) -> str | None:
    """Since when anything is counted: a quiet day counts as well, a day before that does not."""
    row = tx.row(
        """SELECT min(hour) AS first FROM
            (SELECT min(hour) AS hour FROM topic_askings UNION ALL SELECT min(hour) FROM unanswered_askings)"""
    )
    return row["first"] if row else None


def _days(first: str | None, midnight: datetime) -> int:
    """How many whole days before today are known."""
    if first is None:
        return 0
    return min(LOOKED_BACK, max(0, (midnight - datetime.fromisoformat(first)).days))


def _days_ago(at: str, midnight: datetime, now: datetime) -> int | None:
    """The day of an hour, 0 for today; None when on its day it was later than it is now."""
    since = datetime.fromisoformat(at) - midnight
    ago = -(since // timedelta(days=1))
    return ago if ago >= 0 and since + timedelta(days=ago) <= now - midnight else None


# What staff have been alerted to


def told_today(tx: Tx, subjects: Iterable[str], today: date) -> bool:
    """Whether staff have heard of any of these today."""
    some, values = among("subject", subjects)
    found = tx.row(
        f"SELECT 1 AS told FROM rising_told WHERE day = :day AND subject IN {some}",  # noqa: S608
        day=today.isoformat(),
        **values,
    )
    return found is not None


def mark_told(tx: Tx, subjects: Iterable[str], today: date) -> None:
    for subject in subjects:
        tx.run(
            """INSERT INTO rising_told (subject, day) VALUES (:subject, :day)
                ON CONFLICT (subject, day) DO NOTHING""",
            subject=subject,
            day=today.isoformat(),
        )
