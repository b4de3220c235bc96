"""What somebody has answered and not sent: sealed under the secret of its poll, for a day, and never counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.clock import stamp
from bot.model import Address, Tx
from surveys.poll_keys import PollKeys

LASTS = timedelta(days=1)


class BallotDrafts:
    def __init__(self, keys: PollKeys) -> None:
        self._keys = keys

    def keep(self, tx: Tx, at: Address, poll: int, run: Mapping[str, Any], now: datetime) -> None:
        """What somebody has answered so far; `run` is JSON. It lasts from its first answer on, not from its last."""
        if not self._keys.has(poll):
            return
        tx.run(
            """INSERT INTO ballot_drafts (channel, conversation, poll, payload, begun_at)
                VALUES (:channel, :conversation, :poll, :payload, :now)
                ON CONFLICT (channel, conversation, poll) DO UPDATE SET payload = excluded.payload""",
            channel=at.channel,
            conversation=at.conversation,
            poll=poll,
            payload=self._keys.of_drafts(poll).close_json(run, _place(at, poll)),
            now=stamp(now),
        )

    def find(self, tx: Tx, at: Address, poll: int) -> dict[str, Any] | None:
        row = tx.row(
            """SELECT payload FROM ballot_drafts
                WHERE channel = :channel AND conversation = :conversation AND poll = :poll""",
            channel=at.channel,
            conversation=at.conversation,
            poll=poll,
        )
        if row is None or not self._keys.has(poll):
            return None
        run: dict[str, Any] | None = self._keys.of_drafts(poll).open_json(row["payload"], _place(at, poll))
        return run


def drop(tx: Tx, at: Address, poll: int) -> int:
    return tx.run(
        "DELETE FROM ballot_drafts WHERE channel = :channel AND conversation = :conversation AND poll = :poll",
        channel=at.channel,
        conversation=at.conversation,
        poll=poll,
    )


def erase(tx: Tx, at: Address) -> int:
    """What somebody has begun. What they have sent cannot be found any more, by anybody: they were told before."""
    return tx.run(
        "DELETE FROM ballot_drafts WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )


def begun(tx: Tx, at: Address) -> int:
    """How many polls somebody has begun and not sent."""
    row = tx.row(
        "SELECT count(*) AS n FROM ballot_drafts WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )
    return int(row["n"]) if row else 0


def forget_before(tx: Tx, moment: datetime) -> int:
    """Abandoned: erased, uncounted."""
    return tx.run("DELETE FROM ballot_drafts WHERE begun_at < :moment", moment=stamp(moment))


def _place(at: Address, poll: int) -> str:
    return f"ballot draft:{at.channel}:{at.conversation}:{poll}"
