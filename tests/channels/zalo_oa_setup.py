"""The real Zalo OA channel on a session of its own, against the fake; what it remembers and tells, in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Choice, Part, Text
from bot.texts import zalo_oa as words
from tests.channels.zalo_bot_setup import Remembered, Told
from tests.fakes.time import MovedClock
from tests.fakes.zalo_oa import FakeZaloOA

__all__ = ["KEY", "PUBLIC_URL", "Remembered", "Told", "connected", "person", "text"]

KEY = b"a key of the tests"
PUBLIC_URL = "https://hoidap.example.vn"


async def _always(conversation: str) -> bool:
    return True


@asynccontextmanager
async def connected(fake: FakeZaloOA, **options: Any) -> AsyncIterator[ZaloOA]:
    """With a refresh token of the settings, unless `memory` or `refresh_token` is given."""
    settings: dict[str, Any] = {
        "app_id": fake.app_id,
        "app_secret": fake.app_secret,
        "secret_key": fake.secret_key,
        "api_url": fake.url,
        "oauth_url": fake.url,
        "public_url": PUBLIC_URL,
        "key": KEY,
        "memory": Remembered(),
        "clock": MovedClock(),
        "notices": Told(),
        "sentences": words.NOTICES,
        "button_of_file": words.FILE_BUTTON,
        "may_write": _always,
    }
    if "refresh_token" not in options:
        settings["refresh_token"] = "" if "memory" in options else fake.issue()[1]
    async with aiohttp.ClientSession() as session:
        channel = ZaloOA(session, **settings | options)
        yield channel
        await channel.close()


def person(name: str) -> Address:
    return Address("zalo-oa", name)


def text(words: str, *choices: Choice) -> Text:
    return Text((Part(words),), choices)
