"""What approvers read about a digest where it is easily wrong: times that have passed, words they have not seen, reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SendError
from tests.dialogues.staff.digesting import CHIEF, HOA, PEOPLE, TUESDAY, Desk, desk


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as office:
        await office.has(TUESDAY)
        await office.minute()
        await office.told(CHIEF, "chờ đồng chí duyệt")
        yield office


async def test_no_evening_is_offered_that_is_over(office: Desk) -> None:
    await office.picks(CHIEF, "Hoãn")
    assert "18:00 chiều nay" in office.talk.labels("telegram", "1")
    await office.picks(CHIEF, "Quay lại")
    office.talk.clock.move(hours=11)  # 19:00
    await office.picks(CHIEF, "Hoãn")
    assert office.talk.labels("telegram", "1")[:3] == ["1 giờ nữa", "3 giờ nữa", "Sáng mai 07:30"]


async def test_choices_by_number_are_not_numbered_twice(office: Desk) -> None:
    card = await office.told(HOA, "chờ đồng chí duyệt")
    assert "\n• 71-NQ/TW ngày 22/08/2025: Đột phá" in card
    asked = await office.picks(HOA, "Bỏ mục")
    assert "\n1. 71-NQ/TW ngày 22/08/2025: Đột phá" in asked


async def test_a_rehearsal_stands_above_what_is_said_about_it(office: Desk) -> None:
    await office.picks(CHIEF, "Gửi thử")
    assert "[Gửi thử]" in await office.picks(CHIEF, "Gửi cho tôi")
    assert "ngay trên đây" in await office.next(CHIEF)


async def test_what_everybody_has_already_is_skipped_for_that_reason(office: Desk) -> None:
    await office.alone()
    first = office.payload(CHIEF, "Duyệt")
    await office.has(replace(TUESDAY, name="Tin khác"))
    await office.minute()
    assert "Theo lịch: Tin khác" in await office.told(CHIEF, "chờ đồng chí duyệt")
    second = office.payload(CHIEF, "Duyệt")
    await office.presses(CHIEF, first)
    await office.presses(CHIEF, second)
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    told = await office.told(CHIEF, "bỏ qua")
    assert "mọi nơi đã nhận các văn bản này" in told
    assert "lần sau" not in told


async def test_reasons_are_in_the_language_of_those_who_read_them(office: Desk) -> None:
    await office.alone()
    closed = SendError("Zalo OA: nobody wrote there for too long", retryable=False, closed=True)
    office.talk.networks["zalo-oa"].refuse("14", closed)
    await office.picks(CHIEF, "Duyệt")
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    await office.told(CHIEF, "bắt đầu gửi")
    for each in PEOPLE[:3]:
        await office.next(each)
    for _ in range(100):
        await office.minute()
        if (await office.digest()).state == "sent":
            break
    assert "người nhận lâu chưa nhắn, Zalo chưa cho gửi (1 tin)" in await office.told(CHIEF, "Chờ người nhận")
