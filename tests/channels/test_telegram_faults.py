"""What each refusal and fault of Telegram means to the outbox, and that none of them shows a secret."""

from __future__ import annotations

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram_errors import FloodWatch, Refusal
from bot.errors import ChannelOff, SendError
from bot.model import Address, Choice, File
from tests.channels.telegram_setup import SECRET, chat, connected, text
from tests.fakes.telegram import FakeTelegram, Fault, Rates

LAN, GROUP = 7, -1001234


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.meet(LAN)
        server.meet(GROUP)
        yield server


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async with connected(fake) as channel:
        yield channel


async def refused(telegram: Telegram, number: int = LAN, words: str = "chào") -> SendError:
    with pytest.raises(SendError) as caught:
        await telegram.send(chat(number), text(words), "1")
    return caught.value


# What the outbox learns of a refusal: (retryable, retry_after, scope, gone, moved_to)
LATER = (True, None, "conversation", False, "")
NEVER = (False, None, "conversation", False, "")
GONE = (False, None, "conversation", True, "")


def verdict(error: SendError) -> tuple[bool, float | None, str, bool, str]:
    return error.retryable, error.retry_after, error.scope, error.gone, error.moved_to


@pytest.mark.parametrize(
    ("fault", "expected", "arrived"),
    [
        (Fault("drop_before"), LATER, 0),
        (Fault("drop_after"), LATER, 1),
        (Fault("status", 500), LATER, 0),
        (Fault("status", 504), LATER, 0),
        (Fault("page", 502), LATER, 0),
        (Fault("page", 302), LATER, 0),
        (Fault("nonsense"), LATER, 0),
        (Fault("page", 413), NEVER, 0),
        (Fault("page", 429), LATER, 0),
        (Fault("flood", seconds=13), (True, 13.0, "conversation", False, ""), 0),
        (Fault("status", 401), (True, 60.0, "channel", False, ""), 0),
        (Fault("status", 400), NEVER, 0),
    ],
    ids=lambda value: f"{value.kind} {value.status}" if isinstance(value, Fault) else "",
)
async def test_faults(
    fake: FakeTelegram, telegram: Telegram, fault: Fault, expected: tuple[Any, ...], arrived: int
) -> None:
    fake.fail(fault)
    assert verdict(await refused(telegram)) == expected
    assert len(fake.sent) == arrived
    await telegram.send(chat(LAN), text("lại"), "1")  # the next call is not hurt
    assert fake.sent[-1].text == "lại"


@pytest.mark.parametrize(
    ("status", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", GONE),
        (403, "Forbidden: user is deactivated", GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", GONE),
        (400, "Bad Request: chat not found", GONE),
        (400, "Bad Request: group chat was deactivated", GONE),
        (400, "Bad Request: not enough rights to send text messages to the chat", NEVER),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", NEVER),
        (400, "Bad Request: message is too long", NEVER),
        (400, "Bad Request: TOPIC_CLOSED", NEVER),
    ],
)
async def test_refusals(
    fake: FakeTelegram, telegram: Telegram, status: int, description: str, expected: tuple[Any, ...]
) -> None:
    fake.refuse(LAN, status, description)
    error = await refused(telegram)
    assert verdict(error) == expected
    assert error.forbidden == ("rights" in description or "FORBIDDEN" in description)
    assert description.partition(": ")[2] in str(error)


async def test_a_strange_answer_is_no_reason_to_say_it_again(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.fail(Fault("strange"))
    assert await telegram.send(chat(LAN), text("chào"), "1") == ""


async def test_what_telegram_quotes_of_a_message_is_not_passed_on(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    fake.refuse(LAN, 400, 'Bad Request: can\'t parse "tên tôi là Lan" at byte offset 4')
    assert str(await refused(telegram)) == 'Telegram: Bad Request: can\'t parse "…" at byte offset 4'


async def test_blocked_kicked_and_unknown_chats(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.block(LAN)
    fake.block(GROUP)
    assert [verdict(await refused(telegram, number)) for number in (LAN, GROUP, 99)] == [GONE] * 3


async def test_a_group_that_moved_says_where(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.migrate(GROUP, -1009999)
    assert verdict(await refused(telegram, GROUP)) == (True, None, "conversation", False, "-1009999")
    await telegram.send(chat(-1009999), text("chào"), "1")


async def test_floods_in_two_chats_at_once_concern_the_whole_channel(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    fake.fail(*[Fault("flood", seconds=3)] * 4)
    scopes = [(await refused(telegram, number)).scope for number in (LAN, LAN, GROUP, LAN)]
    assert scopes == ["conversation", "conversation", "channel", "channel"]


def test_floods_that_are_far_apart_concern_each_chat() -> None:
    flood, watch = Refusal(429, "Too Many Requests"), FloodWatch()
    moments = [("7", 0.0), ("8", 4.0), ("9", 6.9), ("9", 7.0)]
    scopes = [watch.scope(flood, name, now) for name, now in moments]
    assert scopes == ["conversation", "conversation", "channel", "conversation"]
    assert watch.scope(Refusal(500, "other trouble"), "5", 7.1) == "conversation"


async def test_the_rates_are_felt(telegram: Telegram) -> None:
    async with (
        FakeTelegram(rates=Rates(per_second=3, chat_seconds=60)) as strict,
        connected(strict) as channel,
    ):
        for number in range(1, 6):
            strict.meet(number)
        await channel.send(chat(1), text("một"), "1")
        error = await refused(channel, 1)
        assert (error.scope, error.retry_after) == ("conversation", 60)
        await channel.send(chat(2), text("hai"), "1")
        await channel.send(chat(3), text("ba"), "1")
        # Between this refusal and the first, messages were taken: it may still be this chat alone.
        assert verdict(await refused(channel, 4)) == (True, 1, "conversation", False, "")
        assert verdict(await refused(channel, 5)) == (True, 1, "channel", False, "")


async def test_what_the_platform_would_refuse_is_permanent(telegram: Telegram) -> None:
    for words in ("", "  \n", "a" * 4097):
        assert verdict(await refused(telegram, LAN, words)) == NEVER
    with pytest.raises(SendError) as caught:
        await telegram.send(chat(LAN), text("chào", Choice("Có", "ệ" * 22)), "1")  # 66 bytes
    assert verdict(caught.value) == NEVER
    with pytest.raises(SendError) as caught:
        await telegram.send(Address("telegram", "a browser"), text("chào"), "1")
    assert verdict(caught.value) == NEVER


async def test_nobody_listens(fake: FakeTelegram, telegram: Telegram) -> None:
    await fake.stop()
    assert verdict(await refused(telegram)) == LATER


async def test_no_answer_in_time(fake: FakeTelegram) -> None:
    until = asyncio.Event()
    fake.fail(Fault("hold", until=until))
    async with connected(fake, answer_seconds=0.05) as telegram:
        assert verdict(await refused(telegram)) == LATER
        until.set()


async def test_a_send_that_is_cancelled_is_cancelled(fake: FakeTelegram, telegram: Telegram) -> None:
    until = asyncio.Event()
    fake.fail(Fault("hold", until=until))
    sending = asyncio.create_task(telegram.send(chat(LAN), text("chào"), "1"))
    await asyncio.sleep(0)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    until.set()


FAULTS = [
    Fault("drop_before"),
    Fault("drop_after"),
    Fault("status", 500),
    Fault("status", 400),
    Fault("status", 403),
    Fault("status", 401),
    Fault("status", 409),
    Fault("page", 502),
    Fault("page", 404),
    Fault("page", 301),
    Fault("nonsense"),
    Fault("flood"),
]


async def test_the_token_and_the_texts_stay_out_of_logs_and_errors(
    fake: FakeTelegram, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("telegram").setLevel(logging.NOTSET)
    async with connected(fake, public_url="http://127.0.0.1", commands=[("help", "Trợ giúp")]) as channel:
        seen = [repr(channel), repr(channel._bot)]
        for method, call in (
            ("sendMessage", lambda: channel.send(chat(LAN), text("câu hỏi riêng"), "1")),
            ("sendDocument", lambda: channel.send(chat(LAN), File("a.pdf", "x/y", "1", content=b"1"), "1")),
            ("getUpdates", lambda: channel.poll(_store)),
            ("getMe", channel.start),
            ("setWebhook", channel.start),
        ):
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


async def test_a_wrong_address_is_a_sentence(fake: FakeTelegram) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        async with connected(fake, api_url=f"http://127.0.0.1:{port}/") as channel:
            assert verdict(await refused(channel)) == LATER
