"""The real Telegram channel on a session of its own, against the fake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.channels.telegram import Telegram
from bot.model import Address, Choice, Part, Text
from tests.fakes.telegram import FakeTelegram

SECRET = "webhook-secret_1"


@asynccontextmanager
async def connected(fake: FakeTelegram, **options: Any) -> AsyncIterator[Telegram]:
    settings: dict[str, Any] = {"token": fake.token, "secret": SECRET, "api_url": fake.url, "poll_seconds": 0}
    async with aiohttp.ClientSession() as session:
        yield Telegram(session, **settings | options)


def chat(number: int) -> Address:
    return Address("telegram", str(number))


def text(words: str, *choices: Choice, reply_to: str = "") -> Text:
    return Text((Part(words),), choices, reply_to)
