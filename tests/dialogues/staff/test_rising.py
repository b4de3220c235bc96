"""Staff hear early what many people ask about: people and not messages, once a day, without anybody's name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Address, Tx
from knowledge import entries
from knowledge.entries import EntryDraft
from tests.dialogues.several import Several, several

ADMIN = Address("telegram", "1")
MERGING = (
    "bao giờ thì sáp nhập các thôn",
    "khi nào sáp nhập thôn vậy ạ",
    "sap nhap thon khi nao",
    "khi nào thì sáp nhập thôn",
    "sáp nhập thôn bao giờ",
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """A service that has counted for eight days: one person a day asks about land."""
    async with several(tmp_path, admins=(ADMIN,)) as talk:
        await talk.db.run(_knowledge, talk)
        await talk.bot.refresh()
        for day in range(8):
            await asks_about_land(talk, f"day-{day}")
            talk.clock.move(days=1)
        yield talk


async def asks_about_land(talk: Several, person: str) -> None:
    assert "Luật Đất đai" in await talk.says("telegram", person, "thời hạn giao đất nông nghiệp là bao lâu")


async def told(talk: Several) -> list[str]:
    """What the administrator has been told since the last time; the answer to a thank-you comes after it."""
    await talk.bot.watch()
    await talk.bot.watch()
    notices: list[str] = []
    said = await talk.says("telegram", "1", "cảm ơn")
    while said.startswith("Nhiều người"):
        notices.append(said)
        said = await talk.next("telegram", "1")
    return notices


async def test_a_topic_that_many_ask_about_is_told_once_a_day(talk: Several) -> None:
    for person in "abcdefghij":
        await asks_about_land(talk, person)
    [notice] = await told(talk)
    assert "Chủ đề “Đất đai”: hôm nay 10 người hỏi, ngày thường đến giờ này khoảng 1 người." in notice
    assert "• Thời hạn giao đất nông nghiệp là bao lâu?" in notice
    await asks_about_land(talk, "k")
    assert await told(talk) == []
    talk.clock.move(days=1)
    for person in "abcdefghijklmnopqrstuvwxyz":
        await asks_about_land(talk, person)
    assert len(await told(talk)) == 1


async def test_one_person_who_asks_ten_times_is_one(talk: Several) -> None:
    for _ in range(10):
        await asks_about_land(talk, "a")
        await talk.says("telegram", "b", "khi nào sáp nhập thôn")
        await talk.says("telegram", "b", "bao giờ sáp nhập các thôn")
    assert await told(talk) == []


async def test_a_burst_of_one_unanswered_question_is_told_with_its_wordings(talk: Several) -> None:
    for number, words in enumerate(MERGING):
        await talk.says("web", f"visitor-{number}", f"{words}, gọi tôi 0912 345 678" if not number else words)
    [notice] = await told(talk)
    assert "Chưa có câu trả lời: hôm nay 5 người hỏi về một việc, ngày thường hầu như không ai hỏi." in notice
    assert "bao giờ thì sáp nhập các thôn" in notice or "khi nào sáp nhập thôn" in notice
    assert "0912" not in notice
    assert "visitor" not in notice
    await talk.says("web", "visitor-9", "khi nào sáp nhập thôn xóm")
    assert await told(talk) == []


async def test_without_staff_that_can_be_reached_it_waits_for_them(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("web", "first", "xin hỏi một việc không ai biết")
        talk.clock.move(days=8)
        for number, words in enumerate(MERGING):
            await talk.says("web", f"visitor-{number}", words)
        await talk.bot.watch()
        assert await talk.rows("rising_told") == []


def _knowledge(tx: Tx, talk: Several) -> None:
    for id, question, topic in (
        ("dat", "Thời hạn giao đất nông nghiệp là bao lâu?", "Đất đai"),
        ("thu-vien", "Thư viện xã mở cửa lúc nào?", "Văn hóa"),
    ):
        draft = EntryDraft(id, question, "Theo Luật Đất đai.", topic=topic, status="published")
        entries.save(tx, draft, talk.clock.now())
