"""When a person last wrote, to the hour, on networks that let us write for some days after it only."""

from __future__ import annotations

from datetime import datetime

from bot.clock import hour
from bot.model import Address, Tx


def note(tx: Tx, at: Address, now: datetime) -> None:
    tx.run(
        """INSERT INTO last_interactions (channel, conversation, hour) VALUES (:channel, :conversation, :hour)
            ON CONFLICT (channel, conversation) DO UPDATE SET hour = excluded.hour""",
        channel=at.channel,
        conversation=at.conversation,
        hour=hour(now),
    )


def last(tx: Tx, at: Address) -> datetime | None:
    """The beginning of that hour; None when nothing is known, or it was long ago."""
    row = tx.row(
        "SELECT hour FROM last_interactions WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )
    return datetime.fromisoformat(row["hour"]) if row else None


def of_channel(tx: Tx, channel: str) -> dict[str, datetime]:
    """The same of every conversation of which it is known."""
    rows = tx.rows(
        "SELECT conversation, hour FROM last_interactions WHERE channel = :channel", channel=channel
    )
    return {row["conversation"]: datetime.fromisoformat(row["hour"]) for row in rows}


def erase(tx: Tx, at: Address) -> int:
    return tx.run(
        "DELETE FROM last_interactions WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )


def forget_before(tx: Tx, moment: datetime) -> int:
    """What is so old that no network cares any more."""
    return tx.run("DELETE FROM last_interactions WHERE hour < :hour", hour=hour(moment))
