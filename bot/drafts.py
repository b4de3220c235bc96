"""What somebody has written and not sent on yet: a question that a tap may send to an officer, an answer in preview.

Transient: sealed for one conversation, the latest few of it, gone after a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import Clock, stamp
from bot.model import JSON, Address, Tx
from bot.sealing import Seal
from bot.storage.base import among

LASTS = timedelta(days=1)
LATEST = 8  # of a conversation; the oldest gives way


class Drafts:
    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal = seal
        self._clock = clock

    def keep(self, tx: Tx, at: Address, name: str, content: JSON) -> None:
        """Under a name of this conversation; what had that name before is replaced."""
        tx.run(
            """INSERT INTO drafts (channel, conversation, name, payload, kept_at)
                VALUES (:channel, :conversation, :name, :payload, :now)
                ON CONFLICT (channel, conversation, name) DO UPDATE
                SET payload = excluded.payload, kept_at = excluded.kept_at""",
            channel=at.channel,
            conversation=at.conversation,
            name=name,
            payload=self._seal.close_json(content, _place(at, name)),
            now=stamp(self._clock.now()),
        )
        tx.run(
            """DELETE FROM drafts WHERE channel = :channel AND conversation = :conversation AND kept_at <
                (SELECT kept_at FROM drafts WHERE channel = :channel AND conversation = :conversation
                    ORDER BY kept_at DESC LIMIT 1 OFFSET :latest)""",
            channel=at.channel,
            conversation=at.conversation,
            latest=LATEST - 1,
        )

    def find(self, tx: Tx, at: Address, name: str, within: timedelta = LASTS) -> JSON | None:
        """None when there is none of that name, or it is older than `within`."""
        return self.find_all(tx, at, {name: within}).get(name)

    def find_all(self, tx: Tx, at: Address, within: Mapping[str, timedelta]) -> dict[str, JSON]:
        """Those that are there of several, in one look; each name with how old it may be."""
        names, values = among("name", within)
        rows = tx.rows(
            f"""SELECT name, payload, kept_at FROM drafts
                WHERE channel = :channel AND conversation = :conversation AND name IN {names}""",  # noqa: S608
            channel=at.channel,
            conversation=at.conversation,
            **values,
        )
        now = self._clock.now()
        opened = {
            row["name"]: self._seal.open_json(row["payload"], _place(at, row["name"]))
            for row in rows
            if row["kept_at"] > stamp(now - within[row["name"]])
        }
        return {name: content for name, content in opened.items() if content is not None}

    def drop(self, tx: Tx, at: Address, name: str) -> int:
        return tx.run(
            "DELETE FROM drafts WHERE channel = :channel AND conversation = :conversation AND name = :name",
            channel=at.channel,
            conversation=at.conversation,
            name=name,
        )


def erase(tx: Tx, at: Address) -> int:
    return tx.run(
        "DELETE FROM drafts WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )


def forget_before(tx: Tx, moment: datetime) -> int:
    return tx.run("DELETE FROM drafts WHERE kept_at < :moment", moment=stamp(moment))


def _place(at: Address, name: str) -> str:
    return f"draft:{at.channel}:{at.conversation}:{name}"
