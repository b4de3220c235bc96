"""Start, long polling and webhooks against the fake: nothing is confirmed that was not stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from aiohttp import web

from bot.channels.telegram import Telegram
from bot.channels.telegram_updates import KINDS
from bot.errors import ChannelOff, SendError
from bot.model import JSON
from tests.channels.telegram_setup import SECRET, connected
from tests.fakes.telegram import FakeTelegram, Fault

COMMANDS = (("start", "Bắt đầu"), ("help", "Trợ giúp"), ("riengtu", "Quyền riêng tư"))


class Stored:
    """What an inbox would hold."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.full = False

    async def __call__(self, updates: Sequence[dict[str, Any]]) -> None:
        if self.full:
            raise OSError("disk full")
        self.updates += updates

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async with connected(fake, commands=COMMANDS) as channel:
        await channel.start()
        yield channel


async def test_start_registers_the_commands_and_no_webhook(fake: FakeTelegram, telegram: Telegram) -> None:
    assert fake.commands == [{"command": name, "description": words} for name, words in COMMANDS]
    assert [method for method, _ in fake.calls] == ["getMe", "setMyCommands", "deleteWebhook"]


async def test_start_takes_a_webhook_away_and_keeps_what_waits(fake: FakeTelegram) -> None:
    fake.queue.set_webhook({"url": "http://127.0.0.1:9/elsewhere"})
    fake.text(7, "chào")
    stored = Stored()
    async with connected(fake) as channel:
        with pytest.raises(SendError, match="webhook is active"):
            await channel.poll(stored)
        await channel.start()
        await channel.poll(stored)
    assert stored.texts == ["chào"]


async def test_start_sets_the_webhook(fake: FakeTelegram) -> None:
    async with connected(fake, public_url="https://example.org/") as channel:
        await channel.start()
    assert fake.webhook == {
        "url": "https://example.org/webhook/telegram",
        "secret_token": SECRET,
        "allowed_updates": list(KINDS),
    }


async def test_it_describes_itself_to_the_operator(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.text(7, "xin chào")
    assert await telegram.describe() == "@hoidap_bot, long polling, 1 updates wait"


async def test_a_menu_that_is_refused_stops_nothing(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.fail(Fault("status", 400), method="setMyCommands")
    await telegram.start()
    fake.text(7, "xin chào")
    stored: list[JSON] = []

    async def store(raws: Sequence[JSON]) -> None:
        stored.extend(raws)

    await telegram.poll(store)
    assert len(stored) == 1


@pytest.mark.parametrize("token", ["123456789:AAAnotherTokenThatNobodyKnows", "nonsense", "12:3/../x"])
async def test_a_wrong_token_turns_the_channel_off_and_says_what_to_do(
    fake: FakeTelegram, token: str
) -> None:
    async with connected(fake, token=token) as channel:
        with pytest.raises(ChannelOff, match="TELEGRAM_BOT_TOKEN") as caught:
            await channel.start()
    assert token not in str(caught.value)


@pytest.mark.parametrize(
    "options", [{"public_url": "http://example.org"}, {"public_url": "https://example.org", "secret": "a b"}]
)
async def test_settings_that_telegram_refuses_turn_the_channel_off(
    fake: FakeTelegram, options: dict[str, str]
) -> None:
    async with connected(fake, **options) as channel:
        with pytest.raises(ChannelOff, match="PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET"):
            await channel.start()


@pytest.mark.parametrize(
    "fault", [Fault("drop_before"), Fault("status"), Fault("page", 502), Fault("nonsense"), Fault("strange")]
)
async def test_a_platform_that_is_down_at_start_is_tried_again(fake: FakeTelegram, fault: Fault) -> None:
    fake.fail(fault, method="getMe")
    async with connected(fake) as channel:
        with pytest.raises(SendError) as caught:
            await channel.start()
        assert (caught.value.retryable, caught.value.scope) == (True, "channel")
        await channel.start()
    assert fake.calls[-1][0] == "deleteWebhook"


async def test_updates_are_confirmed_only_after_they_are_stored(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    first, second = fake.text(7, "một"), fake.text(8, "hai")
    stored = Stored()
    stored.full = True
    for _ in range(2):
        with pytest.raises(OSError, match="disk full"):
            await telegram.poll(stored)
    assert fake.confirmed == []
    stored.full = False
    await telegram.poll(stored)
    assert (stored.updates, fake.confirmed) == ([first, second], [])
    third = fake.text(7, "ba")
    await telegram.poll(stored)
    assert stored.updates == [first, second, third]
    assert fake.confirmed == [first["update_id"], second["update_id"]]
    await telegram.poll(stored)
    assert (fake.unconfirmed, len(stored.updates)) == ([], 3)


async def test_a_restart_gets_again_what_was_not_confirmed(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.text(7, "một")
    stored = Stored()
    await telegram.poll(stored)
    async with connected(fake) as restarted:
        await restarted.poll(stored)
    assert stored.texts == ["một", "một"]


async def test_numbers_that_start_again_lower_are_not_missed(fake: FakeTelegram, telegram: Telegram) -> None:
    stored = Stored()
    late = fake.text(7, "một")
    await telegram.poll(stored)
    await telegram.poll(stored)
    fake.repeat(late | {"update_id": 5})
    await telegram.poll(stored)
    assert [update["update_id"] for update in stored.updates] == [late["update_id"], 5]


async def test_a_poll_waits_for_the_next_update(fake: FakeTelegram) -> None:
    stored = Stored()
    async with connected(fake, poll_seconds=30) as channel:
        polling = asyncio.create_task(channel.poll(stored))
        await fake.until(lambda: fake.count("getUpdates") == 1)
        fake.text(7, "chào")
        await asyncio.wait_for(polling, 5)
    assert stored.texts == ["chào"]


async def test_one_bad_update_does_not_hold_up_the_others(fake: FakeTelegram, telegram: Telegram) -> None:
    poison = fake.push("poll", {"id": "1", "question": "?"})
    odd = fake.push("message", {"nonsense": [], "chat": {"id": 7}})
    fake.text(7, "chào")
    fake.queue._allowed = []  # as Telegram does with updates from before our first call
    fake.repeat(poison)
    stored = Stored()
    await telegram.poll(stored)
    await telegram.poll(stored)
    assert {odd["update_id"], poison["update_id"]} < {update["update_id"] for update in stored.updates}
    assert fake.unconfirmed == []


async def test_two_pollers_are_told_of_each_other(fake: FakeTelegram) -> None:
    stored = Stored()
    async with connected(fake, poll_seconds=30) as first, connected(fake) as second:
        polling = asyncio.create_task(first.poll(stored))
        await fake.until(lambda: fake.count("getUpdates") == 1)
        await second.poll(stored)
        with pytest.raises(SendError, match="other getUpdates request") as caught:
            await asyncio.wait_for(polling, 5)
    assert (caught.value.retryable, caught.value.scope) == (True, "channel")


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop_before"),
        Fault("drop_after"),
        Fault("status"),
        Fault("page", 502),
        Fault("nonsense"),
        Fault("strange"),
    ],
)
async def test_a_poll_that_fails_loses_nothing(fake: FakeTelegram, telegram: Telegram, fault: Fault) -> None:
    fake.text(7, "chào")
    fake.fail(fault, method="getUpdates")
    stored = Stored()
    with pytest.raises(SendError) as caught:
        await telegram.poll(stored)
    assert caught.value.retryable
    await telegram.poll(stored)
    assert stored.texts == ["chào"]


async def test_a_token_that_is_taken_back_turns_polling_off(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.fail(Fault("status", 401), method="getUpdates")
    with pytest.raises(ChannelOff):
        await telegram.poll(Stored())


@pytest.mark.parametrize(
    ("headers", "genuine"),
    [
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, True),
        ({"x-telegram-bot-api-secret-token": SECRET}, True),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}, False),
        ({"X-Telegram-Bot-Api-Secret-Token": "bí mật"}, False),
        ({"X-Telegram-Bot-Api-Secret-Token": "\udcff"}, False),
        ({"X-Telegram-Bot-Api-Secret-Token": ""}, False),
        ({}, False),
    ],
)
def test_a_webhook_is_known_by_its_secret(telegram: Telegram, headers: dict[str, str], genuine: bool) -> None:
    assert telegram.verify(headers, b"{}") is genuine


async def test_without_a_secret_nothing_is_genuine(fake: FakeTelegram) -> None:
    async with connected(fake, secret="") as channel:
        assert not channel.verify({"X-Telegram-Bot-Api-Secret-Token": ""}, b"{}")


async def test_the_fake_posts_to_a_webhook_until_it_is_taken_in_order(telegram: Telegram) -> None:
    seen: list[tuple[str, bool]] = []
    done = asyncio.Event()

    async def webhook(request: web.BaseRequest) -> web.Response:
        body = await request.read()
        seen.append((json.loads(body)["message"]["text"], telegram.verify(request.headers, body)))
        if len(seen) == 5:
            done.set()
        return web.Response(status=500 if len(seen) < 3 else 200)

    runner = web.ServerRunner(web.Server(webhook))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with FakeTelegram(http_webhooks=True) as fake:
        fake.queue.retry_after = 0
        fake.text(7, "một")
        async with connected(fake, public_url=f"http://127.0.0.1:{site.port}") as channel:
            await channel.start()
            fake.text(7, "hai")
            fake.text(7, "ba")
            await asyncio.wait_for(done.wait(), 5)
            await fake.until(lambda: len(fake.confirmed) == 3)
    await runner.cleanup()
    assert seen == [(words, True) for words in ("một", "một", "một", "hai", "ba")]


async def test_a_proxy_is_used_when_it_is_set(fake: FakeTelegram) -> None:
    # Nobody listens at the address; the fake answers in the place of a proxy.
    async with connected(fake, proxy=fake.url, api_url="http://telegram.invalid") as channel:
        await channel.start()
    assert fake.count("getMe") == 1
