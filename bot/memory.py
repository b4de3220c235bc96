"""What a channel remembers: small sealed values in the database, out of every backup (the key is not in it)."""

from __future__ import annotations

import json

from bot.clock import Clock, stamp
from bot.model import JSON, Tx
from bot.sealing import Seal
from bot.storage.base import Database


class ChannelMemory:
    """The memory of one channel. Values are JSON objects; a value sealed under a lost key is forgotten."""

    def __init__(self, db: Database, seal: Seal, clock: Clock, channel: str) -> None:
        self._db = db
        self._seal = seal
        self._clock = clock
        self._channel = channel

    async def load(self, name: str) -> JSON | None:
        """Raises StorageError, and SealBroken when its key is gone."""
        sealed = await self._db.read(_load, self._channel, name)
        if sealed is None:
            return None
        value: JSON = json.loads(self._seal.open(sealed, self._place(name)))
        return value

    async def keep(self, name: str, value: JSON) -> None:
        sealed = self._seal.close(json.dumps(value).encode(), self._place(name))
        await self._db.run(_keep, self._channel, name, sealed, stamp(self._clock.now()))

    def _place(self, name: str) -> str:
        return f"memory:{self._channel}:{name}"


def _load(tx: Tx, channel: str, name: str) -> bytes | None:
    row = tx.row(
        "SELECT payload FROM channel_memory WHERE channel = :channel AND name = :name",
        channel=channel,
        name=name,
    )
    return row["payload"] if row else None


def _keep(tx: Tx, channel: str, name: str, payload: bytes, now: str) -> None:
    tx.run(
        """INSERT INTO channel_memory (channel, name, payload, changed_at) VALUES (:channel, :name, :payload, :now)
            ON CONFLICT (channel, name) DO UPDATE SET payload = excluded.payload, changed_at = excluded.changed_at""",
        channel=channel,
        name=name,
        payload=payload,
        now=now,
    )
