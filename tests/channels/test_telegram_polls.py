"""Polls in groups over the wire: what is sent, what is refused, what the answers say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram_updates import KINDS
from bot.channels.terminal import Terminal
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.errors import SendError
from bot.model import Address, Poll, PollAnswer, PollState, StopPoll
from tests.channels.telegram_setup import chat, connected
from tests.fakes.telegram import FakeTelegram, Fault

GROUP, BASIC, LAN = -1001234, -555, 7
ASKED = Poll("Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa", "Zalo", "Họp tổ"), least=20)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        for group in (GROUP, BASIC):
            server.meet(group)
            server.rooms[group].members = 21  # with the bot
        server.meet(LAN)
        yield server


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async with connected(fake) as channel:
        yield channel


async def test_a_poll_is_anonymous_final_and_hidden_until_it_closes(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    ends = datetime.now(UTC) + timedelta(days=7)
    several = Poll("Bạn cần gì?", ("Lớp học", "Mạng"), True, "Để làm gì: " + "x" * 2000, 20, ends)
    said = await telegram.send_poll(chat(GROUP), several)
    [sent] = fake.sent
    shown = fake.polls.by_name[sent.poll].fields
    assert said == PollAnswer("open", str(sent.message_id), PollState(sent.poll, False, 0, (0, 0)))
    assert (shown["is_anonymous"], shown["allows_revoting"], shown["hide_results_until_closes"]) == (
        True,
        False,
        True,
    )
    assert shown["allows_multiple_answers"]
    assert shown["close_date"] == int(ends.timestamp())
    assert len(shown["description"]) <= 1024


async def test_it_stands_in_the_topic_of_a_forum(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.rooms[GROUP].topics = {45}
    await telegram.send(Address("telegram", f"{GROUP}/45"), ASKED, "1")
    assert fake.sent[0].fields["message_thread_id"] == 45


async def test_stopping_tells_the_totals_of_the_end(fake: FakeTelegram, telegram: Telegram) -> None:
    said = await telegram.send_poll(chat(GROUP), ASKED)
    [sent] = fake.sent
    for person, option in ((1, 0), (2, 2), (3, 2)):
        fake.vote(sent.poll, person, option)
    stopped = await telegram.send_poll(chat(GROUP), StopPoll(said.message))
    assert stopped == PollAnswer("closed", said.message, PollState(sent.poll, True, 3, (1, 0, 2)))
    assert await telegram.send_poll(chat(GROUP), StopPoll(said.message)) == PollAnswer(
        "closed before", said.message
    )
    assert await telegram.send_poll(chat(GROUP), StopPoll("99999")) == PollAnswer("deleted", "99999")


async def test_a_group_that_has_become_small_gets_none(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.rooms[GROUP].members = 20  # nineteen people
    assert await telegram.send_poll(chat(GROUP), ASKED) == PollAnswer("few")
    assert not fake.sent


async def test_a_group_without_polls_is_not_closed_to_other_messages(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    fake.rooms[GROUP].polls = False
    assert await telegram.send_poll(chat(GROUP), ASKED) == PollAnswer("forbidden")


@pytest.mark.parametrize(
    ("poll", "reason"),
    [
        (Poll("?" * 301, ("a", "b")), "must not exceed 300"),
        (Poll("?", tuple("abcdefghijklm")), "more than 12 options"),
        (Poll("?", ("a", "b" * 101)), "must not exceed 100"),
        (Poll("?", ("a", " ")), "non-empty"),
        (Poll(" ", ("a", "b")), "non-empty"),
    ],
)
async def test_what_telegram_does_not_take_is_not_tried_again(
    fake: FakeTelegram, telegram: Telegram, poll: Poll, reason: str
) -> None:
    with pytest.raises(SendError, match=reason) as error:
        await telegram.send_poll(chat(GROUP), poll)
    assert not error.value.retryable
    assert not error.value.gone
    assert not error.value.forbidden


async def test_a_group_that_has_moved_or_thrown_us_out(fake: FakeTelegram, telegram: Telegram) -> None:
    said = await telegram.send_poll(chat(BASIC), ASKED)
    fake.migrate(BASIC, -100555, tell=False)
    for reply in (ASKED, StopPoll(said.message)):
        with pytest.raises(SendError) as error:
            await telegram.send_poll(chat(BASIC), reply)
        assert error.value.moved_to == "-100555"
    fake.block(GROUP, tell=False)
    with pytest.raises(SendError) as error:
        await telegram.send_poll(chat(GROUP), ASKED)
    assert error.value.gone


async def test_an_answer_without_a_poll_is_not_asked_for_again(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    fake.fail(Fault("strange"), method="sendPoll")
    assert await telegram.send_poll(chat(GROUP), ASKED) == PollAnswer("open")
    fake.fail(Fault("drop_after"), method="sendPoll")
    with pytest.raises(SendError) as error:
        await telegram.send_poll(chat(GROUP), ASKED)
    assert error.value.uncertain
    assert error.value.retryable


async def test_updates_about_polls_are_asked_for(fake: FakeTelegram, telegram: Telegram) -> None:
    assert "poll" in KINDS
    await telegram.send_poll(chat(GROUP), ASKED)
    fake.vote(fake.sent[0].poll, 1, 1)
    stored: list[Any] = []

    async def store(raws: Any) -> None:
        stored.extend(raws)

    await telegram.poll(store)
    [found] = [telegram.decode(raw) for raw in stored]
    assert found
    assert found.poll == PollState(fake.sent[0].poll, False, 1, (0, 1, 0))
    assert telegram.identify(stored[0])[1] == found.address.conversation


def test_only_groups_of_telegram_have_them() -> None:
    assert Telegram.group_limits.native_polls
    others = (Telegram.limits, ZaloBot.limits, ZaloOA.limits, ZaloOA.group_limits, WebChat.limits)
    assert not any(limits.native_polls for limits in (*others, Terminal.limits))


@pytest.mark.parametrize("reply", [ASKED, StopPoll("4711")])
async def test_in_private_a_poll_is_a_mistake(
    fake: FakeTelegram, telegram: Telegram, reply: Poll | StopPoll
) -> None:
    with pytest.raises(SendError, match="takes no polls") as error:
        await telegram.send(chat(LAN), reply, "1")
    assert not error.value.retryable
