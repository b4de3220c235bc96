"""A real channel without the platform's pace, for tests and measurements that must not wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.channels.base import Limits, Pace, Polling, Signalling, Store
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import JSON, Address, Inbound, Reply


class Unpaced:
    """Everything but the pace is the channel's own."""

    pace = Pace()

    def __init__(self, channel: Telegram | ZaloBot | ZaloOA) -> None:
        self._channel = channel

    @property
    def name(self) -> str:
        return self._channel.name

    @property
    def limits(self) -> Limits:
        return self._channel.limits

    def is_group(self, conversation: str) -> bool:
        return self._channel.is_group(conversation)

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        return self._channel.verify(headers, body)

    def identify(self, raw: JSON) -> tuple[str, str]:
        return self._channel.identify(raw)

    def decode(self, raw: JSON) -> Inbound | None:
        return self._channel.decode(raw)

    async def start(self) -> None:
        await self._channel.start()

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        return await self._channel.send(to, reply, key)

    async def poll(self, store: Store) -> None:
        assert isinstance(self._channel, Polling)
        await self._channel.poll(store)

    async def signal(self, to: Address, kind: Literal["typing", "pressed"], press: str = "") -> None:
        if isinstance(self._channel, Signalling):
            await self._channel.signal(to, kind, press)

    async def close(self) -> None:
        await self._channel.close()
