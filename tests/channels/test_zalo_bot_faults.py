"""What each refusal and fault of the Zalo Bot Platform means to the outbox, and that none of them shows a secret."""

from __future__ import annotations

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_bot_errors import Exhaustion
from bot.errors import ChannelOff, SendError
from bot.model import File
from tests.channels.zalo_bot_setup import SECRET, chat, connected, text
from tests.fakes.zalo_bot import GROUP, LAN, MINH, FakeZaloBot, Fault


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as server:
        for name in (LAN, MINH, GROUP):
            server.meet(name)
        yield server


@pytest.fixture
async def zalo(fake: FakeZaloBot) -> AsyncIterator[ZaloBot]:
    async with connected(fake) as channel:
        yield channel


async def refused(zalo: ZaloBot, name: str = LAN, words: str = "chào") -> SendError:
    with pytest.raises(SendError) as caught:
        await zalo.send(chat(name), text(words), "1")
    return caught.value


# What the outbox learns of a refusal: (retryable, retry_after, scope, uncertain)
LATER = (True, None, "conversation", False)
DOUBTFUL = (True, None, "conversation", True)
NEVER = (False, None, "conversation", False)


def verdict(error: SendError) -> tuple[bool, float | None, str, bool]:
    assert (error.gone, error.moved_to) == (False, "")  # Zalo never says so
    return error.retryable, error.retry_after, error.scope, error.uncertain


@pytest.mark.parametrize(
    ("fault", "expected", "arrived"),
    [
        (Fault("drop_before"), DOUBTFUL, 0),
        (Fault("drop_after"), DOUBTFUL, 1),
        (Fault("status", 403), DOUBTFUL, 0),
        (Fault("http", 403), DOUBTFUL, 0),
        (Fault("status", 408), DOUBTFUL, 0),
        (Fault("status", 500), DOUBTFUL, 0),
        (Fault("http", 504), DOUBTFUL, 0),
        (Fault("page", 502), DOUBTFUL, 0),
        (Fault("page", 302), DOUBTFUL, 0),
        (Fault("page", 403), LATER, 0),
        (Fault("page", 401), LATER, 0),
        (Fault("nonsense"), DOUBTFUL, 0),
        (Fault("status", 400), NEVER, 0),
        (Fault("status", 404), NEVER, 0),
        (Fault("status", 426), NEVER, 0),
        (Fault("status", 401), (True, 60.0, "channel", False), 0),
        (Fault("http", 401), (True, 60.0, "channel", False), 0),
        (Fault("status", 429), (True, 60.0, "conversation", False), 0),
        (Fault("http", 429), (True, 60.0, "conversation", False), 0),
    ],
    ids=lambda value: f"{value.kind} {value.status}" if isinstance(value, Fault) else "",
)
async def test_faults(
    fake: FakeZaloBot, zalo: ZaloBot, fault: Fault, expected: tuple[Any, ...], arrived: int
) -> None:
    fake.fail(fault)
    assert verdict(await refused(zalo)) == expected
    assert len(fake.sent) == arrived
    await zalo.send(chat(LAN), text("lại"), "1")  # the next call is not hurt
    assert fake.sent[-1].text == "lại"


@pytest.mark.parametrize("fault", [Fault("strange"), Fault("nothing")])
async def test_a_strange_answer_is_no_reason_to_say_it_again(
    fake: FakeZaloBot, zalo: ZaloBot, fault: Fault
) -> None:
    fake.fail(fault)
    assert await zalo.send(chat(LAN), text("chào"), "1") == ""


async def test_what_zalo_quotes_is_not_passed_on(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    fake.refuse(LAN, 400, f'cannot send "tên tôi là Lan" by {fake.token}')
    assert str(await refused(zalo)) == 'Zalo Bot: cannot send "…" by …'


async def test_what_the_platform_would_refuse_is_permanent(zalo: ZaloBot) -> None:
    for words in ("", "  \n", "a" * 2001):
        assert verdict(await refused(zalo, LAN, words)) == NEVER
    assert verdict(await refused(zalo, "somebody unknown")) == NEVER


async def test_one_person_who_is_refused_does_not_hold_up_the_others(
    fake: FakeZaloBot, zalo: ZaloBot
) -> None:
    fake.refuse(LAN, 429, "Quota exceeded")
    for _ in range(3):
        assert verdict(await refused(zalo, LAN)) == (True, 60.0, "conversation", False)
        await zalo.send(chat(MINH), text("chào"), "1")


async def test_refusals_to_two_hold_up_the_channel(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    fake.quota = 1
    await zalo.send(chat(LAN), text("chào"), "1")
    assert (await refused(zalo, LAN)).scope == "conversation"
    assert verdict(await refused(zalo, MINH)) == (True, 60.0, "channel", False)


def test_refused_again_after_a_minute_the_quota_is_probably_used_up() -> None:
    exhaustion = Exhaustion()
    moments = [("a", 0.0), ("a", 59.0), ("a", 61.0), ("b", 125.0)]
    judged = [exhaustion.judge(name, now) for name, now in moments]
    assert [used_up for _, used_up in judged] == [False, False, True, True]
    assert [error.retry_after for error, _ in judged] == [60, 60, 900, 900]
    assert [error.scope for error, _ in judged] == [*["conversation"] * 3, "channel"]
    assert "quota is probably used up" in str(judged[2][0])
    exhaustion.over()
    assert exhaustion.judge("a", 126.0)[1] is False


async def test_nobody_listens(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    await fake.stop()
    assert verdict(await refused(zalo)) == LATER


async def test_no_answer_in_time(fake: FakeZaloBot) -> None:
    until = asyncio.Event()
    fake.fail(Fault("hold", until=until))
    async with connected(fake, answer_seconds=0.05) as zalo:
        assert verdict(await refused(zalo)) == DOUBTFUL
        until.set()


async def test_a_wrong_address_is_a_sentence(fake: FakeZaloBot) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        async with connected(fake, api_url=f"http://127.0.0.1:{port}/") as channel:
            assert verdict(await refused(channel)) == LATER


FAULTS = [
    Fault("drop_before"),
    Fault("drop_after"),
    Fault("status", 500),
    Fault("status", 400),
    Fault("status", 403),
    Fault("http", 401),
    Fault("status", 401),
    Fault("status", 429),
    Fault("page", 502),
    Fault("page", 404),
    Fault("page", 301),
    Fault("nonsense"),
]


async def test_the_token_and_the_texts_stay_out_of_logs_and_errors(
    fake: FakeZaloBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.http_webhooks = True
    async with connected(fake, public_url="http://127.0.0.1:9") as channel:
        await channel.start()
        seen = [repr(channel), str(channel), await channel.describe()]
        for method, call in (
            ("sendMessage", lambda: channel.send(chat(LAN), text("câu hỏi riêng"), "1")),
            ("sendMessage", lambda: channel.send(chat(LAN), File("câu hỏi riêng", "x/y", "1"), "1")),
            ("getUpdates", lambda: channel.poll(_store)),
            ("getMe", channel.start),
            ("setWebhook", channel.start),
        ):
            fake.webhook = {}
            for fault in FAULTS:
                fake.fail(fault, method=method)
                with pytest.raises((SendError, ChannelOff)) as caught:
                    await call()
                assert caught.value.__cause__ is None
                seen += [str(caught.value), *traceback.format_exception(caught.value)]
        fake.fail(*FAULTS, method="sendChatAction")
        for _ in FAULTS:
            await channel.signal(chat(LAN), "typing")
        await fake.stop()
        seen.append(str(await refused(channel)))
    everything = "\n".join([*seen, caplog.text])
    for private in (fake.token, fake.token.partition(":")[2], SECRET, "câu hỏi riêng"):
        assert private not in everything


async def _store(updates: Any) -> None:
    raise AssertionError("nothing to store")
