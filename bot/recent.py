"""What a private conversation was about a moment ago: the document shown last, which "còn kinh phí thì sao?" goes on about;
what a member has just been asked about a talk, so that they may type the answer.

Transient: sealed, good for ten minutes by the clock, replaced by what comes next. Never of a group, where several people
talk at once: what one of them has just read says nothing about what another one means.

Apart from `drafts`, which is like it: what somebody wrote waits for a day; what they looked at is gone in minutes, and
/xoadulieu names the two apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.clock import Clock, stamp
from bot.model import JSON, Address, Tx
from bot.sealing import Seal

GOOD_FOR = timedelta(minutes=10)

Name = Literal["document", "talk"]


class Recent:
    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal = seal
        self._clock = clock

    def remember(self, tx: Tx, at: Address, name: Name, value: JSON) -> None:
        tx.run(
            """INSERT INTO recent (channel, conversation, name, payload, remembered_at)
                VALUES (:channel, :conversation, :name, :payload, :now)
                ON CONFLICT (channel, conversation, name) DO UPDATE
                SET payload = excluded.payload, remembered_at = excluded.remembered_at""",
            channel=at.channel,
            conversation=at.conversation,
            name=name,
            payload=self._seal.close_json(value, _place(at, name)),
            now=stamp(self._clock.now()),
        )

    def recall(self, tx: Tx, at: Address, name: Name) -> JSON | None:
        """What was remembered here, unless it is too long ago; a clock that was set back makes nothing younger."""
        now = self._clock.now()
        row = tx.row(
            """SELECT payload FROM recent
                WHERE channel = :channel AND conversation = :conversation AND name = :name
                  AND remembered_at > :earliest AND remembered_at <= :now""",
            channel=at.channel,
            conversation=at.conversation,
            name=name,
            earliest=stamp(now - GOOD_FOR),
            now=stamp(now),
        )
        return self._seal.open_json(row["payload"], _place(at, name)) if row else None

    def forget(self, tx: Tx, at: Address, name: Name) -> None:
        tx.run(
            "DELETE FROM recent WHERE channel = :channel AND conversation = :conversation AND name = :name",
            channel=at.channel,
            conversation=at.conversation,
            name=name,
        )


def erase(tx: Tx, address: Address) -> int:
    return tx.run(
        "DELETE FROM recent WHERE channel = :channel AND conversation = :conversation",
        channel=address.channel,
        conversation=address.conversation,
    )


def forget_old(tx: Tx, now: datetime) -> int:
    return tx.run("DELETE FROM recent WHERE remembered_at <= :moment", moment=stamp(now - GOOD_FOR))


def _place(at: Address, name: Name) -> str:
    return f"recent:{name}:{at.channel}:{at.conversation}"
