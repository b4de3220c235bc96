"""What members did, append-only: who, what, to what; never a message, never a citizen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.clock import stamp
from bot.model import Tx


@dataclass(frozen=True, slots=True)
class Act:
    """actor    the member's name as it is now; "" for the command line and the service itself
    act      a short English word: "role.given", "inquiry.answered"
    subject  what it was done to: "inquiry:12", "member:5 editor"
    """

    at: datetime
    actor: str
    act: str
    subject: str


def record(tx: Tx, actor: int | None, act: str, subject: str, now: datetime) -> None:
    """Together with the act itself, in its transaction: what happened stands here, and nothing else does."""
    tx.run(
        "INSERT INTO audit (at, actor, act, subject) VALUES (:at, :actor, :act, :subject)",
        at=stamp(now),
        actor=actor,
        act=act,
        subject=subject,
    )


def recent(tx: Tx, limit: int) -> list[Act]:
    """The newest first."""
    rows = tx.rows(
        """SELECT audit.at, coalesce(staff.name, '') AS actor, audit.act, audit.subject
            FROM audit LEFT JOIN staff ON staff.key = audit.actor ORDER BY audit.key DESC LIMIT :limit""",
        limit=limit,
    )
    return [Act(datetime.fromisoformat(row["at"]), row["actor"], row["act"], row["subject"]) for row in rows]


def last_actor(tx: Tx, subject: str, acts: Collection[str]) -> int | None:
    """The member who last did one of these acts to the subject ("entry:12"), whatever its detail."""
    rows = tx.rows(
        """SELECT actor, act FROM audit
            WHERE (subject = :subject OR subject LIKE :detailed) AND actor IS NOT NULL ORDER BY key DESC""",
        subject=subject,
        detailed=f"{subject} %",
    )
    return next((int(row["actor"]) for row in rows if row["act"] in acts), None)
