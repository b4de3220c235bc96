"""Start against the fake: which way messages come, and what the operator is told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.zalo_bot import ZaloBot
from bot.errors import ChannelOff, SendError
from bot.model import JSON
from tests.channels.zalo_bot_setup import SECRET, Remembered, Stored, connected
from tests.fakes.zalo_bot import LAN, FakeZaloBot, Fault


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as server:
        yield server


@pytest.fixture
async def zalo(fake: FakeZaloBot) -> AsyncIterator[ZaloBot]:
    async with connected(fake) as channel:
        await channel.start()
        yield channel


async def test_start_takes_no_webhook_away_where_there_is_none(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    assert [method for method, _ in fake.calls] == ["getMe", "getWebhookInfo"]


async def test_start_sets_the_webhook_also_when_another_was_saved_meanwhile(fake: FakeZaloBot) -> None:
    fake.webhook = {"url": "https://elsewhere.example/x", "secret_token": "another secret"}
    async with connected(fake, public_url="https://hoidap.example.vn/") as channel:
        await channel.start()
    assert fake.webhook == {"url": "https://hoidap.example.vn/webhook/zalo-bot", "secret_token": SECRET}
    assert fake.count("deleteWebhook") == 0


async def test_a_webhook_that_zalo_cannot_reach_is_saved_and_said(
    fake: FakeZaloBot, caplog: pytest.LogCaptureFixture
) -> None:
    fake.http_webhooks = True
    async with connected(fake, public_url="http://127.0.0.1:9") as channel:
        await channel.start()
    assert fake.webhook["url"] == "http://127.0.0.1:9/webhook/zalo-bot"
    assert "could not reach it (webhook.err.conn" in caplog.text


async def test_an_answer_without_verification_is_enough(fake: FakeZaloBot) -> None:
    fake.fail(Fault("nothing"), method="setWebhook")
    fake.fail(Fault("nothing"), method="getMe")
    async with connected(fake, public_url="https://hoidap.example.vn") as channel:
        await channel.start()


async def test_our_own_webhook_goes_when_public_url_goes(fake: FakeZaloBot) -> None:
    memory, stored = Remembered(), Stored()
    async with connected(fake, memory=memory, public_url="https://hoidap.example.vn") as channel:
        await channel.start()
    async with connected(fake, memory=memory) as channel:
        await channel.start()
        fake.text(LAN, "chào")
        await channel.poll(stored)
    assert (fake.webhook, stored.texts) == ({}, ["chào"])


async def test_somebody_elses_webhook_stays_and_the_operator_is_told(fake: FakeZaloBot) -> None:
    fake.webhook = theirs = {
        "url": "https://user:pw@elsewhere.example/hook?key=1",
        "secret_token": "their secret",
    }
    async with connected(fake) as channel:
        with pytest.raises(SendError, match=r"elsewhere\.example, .*set PUBLIC_URL") as caught:
            await channel.start()
        with pytest.raises(SendError, match="PUBLIC_URL"):
            await channel.describe()
        assert (caught.value.retryable, caught.value.retry_after) == (True, 60)
        assert not {"pw", "key=1"} & set(str(caught.value).replace("/", " ").replace(":", " ").split())
        assert fake.webhook is theirs
        fake.webhook = {}
        await channel.start()


@pytest.mark.parametrize("code", [400, 403, 404, 409])
async def test_a_webhook_that_is_set_while_we_poll_is_told_apart(
    fake: FakeZaloBot, zalo: ZaloBot, code: int
) -> None:
    fake.webhook_refusal = code
    fake.webhook = {"url": "https://elsewhere.example/hook", "secret_token": "their secret"}
    with pytest.raises(SendError, match=r"webhook at elsewhere\.example") as caught:
        await zalo.poll(Stored())
    assert (caught.value.retryable, caught.value.retry_after) == (True, 60)


@pytest.mark.parametrize("token", ["12345689:another-token", "nonsense", "12:3/../x"])
async def test_a_wrong_token_turns_the_channel_off_and_says_what_to_do(fake: FakeZaloBot, token: str) -> None:
    async with connected(fake, token=token) as channel:
        for call in (channel.start, channel.describe, lambda: channel.poll(Stored())):
            with pytest.raises(ChannelOff, match="ZALO_BOT_TOKEN") as caught:
                await call()
            assert token not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [{"public_url": "http://example.org"}, {"public_url": "https://example.org", "secret": "short"}],
)
async def test_settings_that_zalo_refuses_turn_the_channel_off(fake: FakeZaloBot, options: JSON) -> None:
    async with connected(fake, **options) as channel:
        with pytest.raises(ChannelOff, match=r"PUBLIC_URL.*ZALO_BOT_WEBHOOK_SECRET"):
            await channel.start()


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop_before"),
        Fault("status", 500),
        Fault("status", 403),
        Fault("http", 504),
        Fault("page", 502),
        Fault("page", 404),
        Fault("page", 401),
        Fault("nonsense"),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status}",
)
@pytest.mark.parametrize("method", ["getMe", "getWebhookInfo"])
async def test_a_platform_that_is_down_at_start_is_tried_again(
    fake: FakeZaloBot, fault: Fault, method: str
) -> None:
    fake.fail(fault, method=method)
    async with connected(fake) as channel:
        with pytest.raises(SendError) as caught:
            await channel.start()
        assert (caught.value.retryable, caught.value.scope) == (True, "channel")
        await channel.start()


async def test_it_describes_itself_to_the_operator_and_recommends_the_webhook(
    fake: FakeZaloBot, zalo: ZaloBot
) -> None:
    polling = await zalo.describe()
    assert polling.startswith("bot.VDKyGxQvc, long polling; set PUBLIC_URL: a webhook loses nothing")
    assert polling.endswith("0 of 3000 messages sent this month")
    async with connected(fake, public_url="https://hoidap.example.vn") as channel:
        assert (
            "not set yet, serve will set https://hoidap.example.vn/webhook/zalo-bot;"
            in await channel.describe()
        )
        fake.webhook = {"url": "https://elsewhere.example/hook?key=1", "secret_token": "their secret"}
        assert "in place of one at elsewhere.example;" in await channel.describe()
        await channel.start()
        assert (
            "bot.VDKyGxQvc, webhook https://hoidap.example.vn/webhook/zalo-bot;" in await channel.describe()
        )
