"""A poll has closed: the chats that were asked read the result once, and later what was done, which another approved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.audience import staff
from bot.channels.zalo_bot import ZaloBot
from bot.model import Address, Tx
from surveys import polls, reach, surveys
from tests.dialogues.several import TELEGRAM, Several, several
from tests.dialogues.staff.staffed import picks
from tests.surveys.setup import QUESTIONS, ballot, opened, voter

CHIEF, EDITOR = Address("telegram", "1"), Address("zalo-bot", "lan")
LAN, GROUP, OLD = Address("telegram", "700001"), Address("telegram", "-100500"), Address("viber", "9")
WISH = "Thăm dò poll1 đã làm: Phường đã mở hai lớp học buổi tối."
DONE = "đã làm gì:\n\nPhường đã mở hai lớp học buổi tối."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """A poll of 40 answers that has closed; an administrator on Telegram, an editor on Zalo Bot."""
    networks = {"telegram": TELEGRAM, "zalo_bot": ZaloBot.limits}
    async with several(tmp_path, (CHIEF,), "https://hoidap.example", **networks) as talk:
        await talk.db.run(staff.give_role, (CHIEF,), EDITOR, "editor", "Lan", None, talk.clock.now())
        for each in (CHIEF, EDITOR):
            await talk.says(each.channel, each.conversation, "xin chào")
        yield talk


async def closed(talk: Several, *, answers: int = 40) -> int:
    box, now = talk.bot.box, talk.clock.now()

    def scene(tx: Tx) -> int:
        key = opened(tx, box, now, *QUESTIONS)
        for to in (LAN, GROUP, OLD):
            reach.note_chat(tx, key, to)
        for number in range(answers):
            one = ballot(q1=(1 if number < 25 else 2,), q2=(1,), q3=(number % 3 + 1,))
            assert box.submit(tx, key, [voter(number)], one, now) == "sent"
        box.close(tx, key, "time", now)
        return key

    return await talk.db.run(scene)


async def test_chats_read_the_result_once(talk: Several) -> None:
    key = await closed(talk)
    await talk.bot.poll_news.go_on()
    for at in (LAN, GROUP):
        said = await talk.next(at.channel, at.conversation)
        assert "Bà con đã trả lời thế này: Bà con và chuyển đổi số\n(40 phiếu qua tin nhắn)" in said
        assert "1. Bạn biết Nghị quyết 57-NQ/TW qua đâu?\n→ Loa phường: 60%" in said
        assert "không đại diện cho mọi người" in said
    last = talk.networks["telegram"].last(LAN.conversation)
    assert [choice.url for choice in last.choices] == ["https://hoidap.example/r/poll1"]
    assert await talk.db.read(reach.untold, key, "result", 9) == []
    await talk.bot.poll_news.go_on()
    assert talk.networks["telegram"].unread(LAN.conversation) == []


async def test_of_too_few_answers_nobody_hears(talk: Several) -> None:
    await closed(talk, answers=9)
    await talk.bot.poll_news.go_on()
    assert await talk.rows("outbox WHERE cause LIKE 'poll-news%'") == []


async def test_at_night_it_waits_for_the_morning(talk: Several) -> None:
    talk.clock.move(hours=14)
    await closed(talk)
    await talk.bot.poll_news.go_on()
    due = {row["due_at"] for row in await talk.rows("outbox WHERE cause LIKE 'poll-news%'")}
    assert len(due) == 2
    assert all(moment[10:15] >= "T23:3" or moment[10:13] == "T23" for moment in due)


async def test_who_was_asked_before_a_change_hears_of_the_new_version(talk: Several) -> None:
    old = await closed(talk)

    def change(tx: Tx) -> int:
        poll = polls.by_key(tx, old)
        assert poll is not None
        tx.run("UPDATE polls SET why_closed = 'changed'")
        now = talk.clock.now()
        return polls.add(tx, poll.survey, polls.as_draft(poll), "k7m2qx", poll.closes_at, now, poll)

    new = await talk.db.run(change)
    await talk.bot.poll_news.go_on()
    assert len(await talk.db.read(reach.chats, new)) == 3
    assert await talk.rows("outbox WHERE cause LIKE 'poll-news%'") == []


async def test_what_was_done_is_approved_by_another_and_told_once(talk: Several) -> None:
    key = await closed(talk)
    shown = await talk.says(EDITOR.channel, EDITOR.conversation, WISH)
    assert DONE in shown
    assert "Đã chuyển người duyệt" in await talk.next(EDITOR.channel, EDITOR.conversation)
    assert DONE in await talk.next(CHIEF.channel, CHIEF.conversation)
    assert "Đã công bố" in await picks(talk, CHIEF, "Công bố và gửi")
    assert "đã được duyệt" in await talk.next(EDITOR.channel, EDITOR.conversation)
    await talk.bot.poll_news.go_on()
    assert DONE in await talk.next(LAN.channel, LAN.conversation)
    assert await talk.db.read(reach.chats, key) == []
    survey = await talk.db.read(surveys.by_key, 1)
    assert survey is not None
    assert survey.follow_up == "Phường đã mở hai lớp học buổi tối."


async def test_nobody_approves_their_own_words(talk: Several) -> None:
    await closed(talk)
    await talk.says(CHIEF.channel, CHIEF.conversation, WISH)
    assert "cần một đồng chí có vai trò duyệt" in await talk.next(CHIEF.channel, CHIEF.conversation)
    await talk.says(CHIEF.channel, CHIEF.conversation, "/viec")
    assert DONE in await picks(talk, CHIEF, "Bà con và chuyển đổi số")
    assert "Tin do chính đồng chí viết" in await picks(talk, CHIEF, "Công bố và gửi")


async def test_nobody_approves_other_words_than_were_shown(talk: Several) -> None:
    await closed(talk)
    await talk.says(EDITOR.channel, EDITOR.conversation, WISH)
    await talk.next(CHIEF.channel, CHIEF.conversation)
    await talk.says(EDITOR.channel, EDITOR.conversation, WISH + " Và một lớp nữa.")
    first = talk.networks[CHIEF.channel].last(CHIEF.conversation).choices[0].payload
    await talk.hear(CHIEF.channel, CHIEF.conversation, "", payload=first)
    assert "Và một lớp nữa." in await talk.next(CHIEF.channel, CHIEF.conversation)
    assert "vừa được viết lại" in await talk.next(CHIEF.channel, CHIEF.conversation)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("thăm dò zzzz99 đã làm: việc gì đó", "Không có cuộc thăm dò nào mã “zzzz99”"),
        ("thăm dò poll1 đã làm", "Đồng chí viết trong một tin: thăm dò poll1 đã làm:"),
        ("thăm dò poll1 đã làm: " + "a" * 1501, "dài 1501 chữ cái"),
    ],
)
async def test_what_cannot_be_told_is_said(talk: Several, words: str, told: str) -> None:
    await closed(talk)
    assert told in await talk.says(EDITOR.channel, EDITOR.conversation, words)


async def test_of_a_poll_that_runs_nothing_is_told(talk: Several) -> None:
    await talk.db.run(opened, talk.bot.box, talk.clock.now() - timedelta(hours=1), *QUESTIONS)
    assert "chưa kết thúc" in await talk.says(EDITOR.channel, EDITOR.conversation, WISH)
