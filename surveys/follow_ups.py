"""What was done about the result of a survey: written by one member, decided by another, then told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import stamp
from bot.masking import mask
from bot.model import Tx
from surveys import polls, reach, surveys
from surveys.polls import Poll


@dataclass(frozen=True, slots=True)
class Proposed:
    survey: int
    text: str
    author: int


def propose(tx: Tx, survey: int, text: str, author: int, now: datetime) -> Proposed:
    """In place of what waited before."""
    tx.run(
        """UPDATE surveys SET follow_up_proposed = :text, follow_up_by = :author, changed_at = :now
            WHERE key = :survey""",
        survey=survey,
        text=mask(text),
        author=author,
        now=stamp(now),
    )
    return Proposed(survey, mask(text), author)


def waiting(tx: Tx) -> list[Proposed]:
    rows = tx.rows(
        """SELECT key, follow_up_proposed, follow_up_by FROM surveys
            WHERE follow_up_proposed <> '' AND follow_up_by IS NOT NULL ORDER BY key"""
    )
    return [Proposed(row["key"], row["follow_up_proposed"], row["follow_up_by"]) for row in rows]


def publish(tx: Tx, one: Proposed, now: datetime) -> None:
    surveys.follow_up(tx, one.survey, one.text, now)
    drop(tx, one)


def drop(tx: Tx, one: Proposed) -> None:
    tx.run(
        "UPDATE surveys SET follow_up_proposed = '', follow_up_by = NULL WHERE key = :survey",
        survey=one.survey,
    )


def last_closed(tx: Tx, survey: int) -> Poll | None:
    """The poll that people remember it by."""
    closed = [each for each in polls.of_survey(tx, survey) if each.state == "closed"]
    return closed[-1] if closed else None


def chats(tx: Tx, survey: int) -> int:
    """How many chats will hear of it."""
    return sum(
        len(reach.chats(tx, poll.key)) for poll in polls.of_survey(tx, survey) if poll.state == "closed"
    )
