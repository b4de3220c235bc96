"""The real Zalo Bot channel on a session of its own, against the fake; what it remembers and tells, in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.channels.zalo_bot import ZaloBot
from bot.errors import StorageError
from bot.model import JSON, Address, Choice, Part, Text
from bot.networks import ZALO_BOT_WORDS
from tests.fakes.time import MovedClock
from tests.fakes.zalo_bot import FakeZaloBot

SECRET = "webhook-secret of Zalo 1"
NAME = "Bot Hỏi Đáp"


class Remembered:
    """A Memory without a disk."""

    def __init__(self, **kept: JSON) -> None:
        self.kept = dict(kept)
        self.writes = 0
        self.full = False

    async def load(self, name: str) -> JSON | None:
        return self.kept.get(name)

    async def keep(self, name: str, value: JSON) -> None:
        if self.full:
            raise StorageError("the disk is full")
        self.writes += 1
        self.kept[name] = value


class Told:
    """Administrators who listen."""

    def __init__(self) -> None:
        self.by_occasion: dict[str, str] = {}

    async def tell_administrators(self, text: str, once: str) -> None:
        self.by_occasion.setdefault(once, text)


@asynccontextmanager
async def connected(fake: FakeZaloBot, **options: Any) -> AsyncIterator[ZaloBot]:
    settings: dict[str, Any] = {
        "token": fake.token,
        "secret": SECRET,
        "memory": Remembered(),
        "notices": Told(),
        "clock": MovedClock(),
        "words": ZALO_BOT_WORDS,
        "api_url": fake.url,
        "name": NAME,
        "poll_seconds": 0,
    }
    async with aiohttp.ClientSession() as session:
        yield ZaloBot(session, **settings | options)


def chat(name: str) -> Address:
    return Address("zalo-bot", name)


def text(words: str, *choices: Choice) -> Text:
    return Text((Part(words),), choices)


class Stored:
    """What an inbox would hold."""

    def __init__(self) -> None:
        self.updates: list[JSON] = []
        self.full = False

    async def __call__(self, updates: Sequence[JSON]) -> None:
        if self.full:
            raise StorageError("disk full")
        self.updates += updates

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]
