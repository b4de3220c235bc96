"""The fake refuses what the Zalo Bot Platform would, in its own way: at HTTP 200."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes.zalo_bot import LAN, FakeZaloBot

JSON = dict[str, Any]


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as server:
        server.meet(LAN)
        yield server


async def call(fake: FakeZaloBot, method: str, token: str = "", **fields: Any) -> tuple[int, JSON]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.url}/bot{token or fake.token}/{method}", json=fields) as answer,
    ):
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("method", "fields", "code"),
    [
        ("sendmessage", {}, 400),
        ("sendDocument", {}, 400),
        ("sendMessage", {"chat_id": LAN, "text": "a", "reply_markup": {}}, 400),
        ("sendMessage", {"chat_id": 5, "text": "a"}, 400),
        ("sendMessage", {"chat_id": LAN}, 400),
        ("sendMessage", {"chat_id": LAN, "text": ""}, 400),
        ("sendMessage", {"chat_id": LAN, "text": "a" * 2001}, 400),
        ("sendMessage", {"chat_id": "nobody", "text": "a"}, 404),
        ("sendChatAction", {"chat_id": LAN, "action": "upload_photo"}, 400),
        ("setWebhook", {"url": "http://example.org", "secret_token": "a secret"}, 400),
        ("setWebhook", {"url": "https://example.org", "secret_token": "seven77"}, 400),
        ("deleteWebhook", {}, 400),
        ("getWebhookInfo", {}, 404),
        ("getUpdates", {"timeout": "0"}, 408),
    ],
)
async def test_refusals_come_at_200(fake: FakeZaloBot, method: str, fields: JSON, code: int) -> None:
    status, answer = await call(fake, method, **fields)
    assert (status, answer["ok"], answer["error_code"]) == (200, False, code)
    assert fake.sent == []


async def test_a_wrong_token_too(fake: FakeZaloBot) -> None:
    assert await call(fake, "getMe", "12:wrong") == (
        200,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_what_is_said_well_is_taken(fake: FakeZaloBot) -> None:
    _, sent = await call(fake, "sendMessage", chat_id=LAN, text="a" * 2000)
    assert sent["result"].keys() == {"message_id", "date"}
    assert await call(fake, "sendChatAction", chat_id=LAN, action="typing") == (200, {"ok": True})


async def test_an_idle_poll_may_be_408_in_both_ways(fake: FakeZaloBot) -> None:
    fake.idle_status = 408
    status, answer = await call(fake, "getUpdates", timeout="0")
    assert (status, answer["error_code"]) == (408, 408)


async def test_two_pollers_split_the_updates(fake: FakeZaloBot) -> None:
    polls = [asyncio.create_task(call(fake, "getUpdates", timeout="5")) for _ in range(2)]
    await fake.until(lambda: fake.count("getUpdates") == 2)
    sent = [fake.text(LAN, "một"), fake.text(LAN, "hai")]
    got = [answer["result"] for _, answer in await asyncio.gather(*polls)]
    assert sorted(one["message"]["text"] for one in got) == ["hai", "một"]
    assert fake.given == [update["message"]["message_id"] for update in sent]


async def test_the_quota_ends(fake: FakeZaloBot) -> None:
    fake.quota = 1
    answers = [(await call(fake, "sendMessage", chat_id=LAN, text="a"))[1] for _ in range(2)]
    assert [answer.get("error_code") for answer in answers] == [None, 429]
