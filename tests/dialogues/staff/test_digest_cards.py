"""What approvers read about a digest where it is easily wrong: times that have passed, words they have not seen, reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SendError
from bot.storage.base import Row
from knowledge import documents
from tests.dialogues.staff.digesting import CHIEF, EDUCATION, GROUP, HOA, PEOPLE, TUESDAY, Desk, desk


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


async def test_one_that_is_drafted_for_its_very_time_comes_with_its_exact_words(office: Desk) -> None:
    await office.has(replace(TUESDAY, name="Không báo trước", ahead_hours=0))
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    told = [await office.told(CHIEF, "Đã đến giờ gửi"), await office.told(CHIEF, "thấy đúng như sau")]
    assert "Theo lịch: Bản tin tuần" in told[0]
    assert "71-NQ/TW" in told[1]
    assert "Theo lịch: Không báo trước" in await office.told(CHIEF, "Đã đến giờ gửi")


async def test_chats_are_counted_not_messages_and_what_is_over_cannot_be_stopped(office: Desk) -> None:
    await office.alone()
    await _publish_long_ones(office)
    await office.picks(CHIEF, "Hủy bản tin")
    await office.picks(CHIEF, "Hủy")
    await office.has(replace(TUESDAY, name="Dài"))
    await office.minute()
    await office.told(CHIEF, "Theo lịch: Dài")
    await office.picks(CHIEF, "Duyệt")
    office.talk.clock.move(hours=23, minutes=31)
    await office.minute()
    assert "bắt đầu gửi tới 5 nơi" in await office.told(CHIEF, "bắt đầu gửi")
    assert len(await _bulk(office)) > 5
    for each in (*PEOPLE, GROUP):
        await office.told(each, "văn bản khác")
    await _until_recorded(office)
    await office.picks(CHIEF, "Dừng hẳn")
    assert "mọi tin đã gửi xong" in await office.picks(CHIEF, "Dừng hẳn")


async def _until_recorded(office: Desk) -> None:
    """Each look at the database takes its time, in which what has arrived is written down."""
    for _ in range(1_000):
        if all(each["state"] == "sent" for each in await _bulk(office)):
            return
    raise AssertionError(await _bulk(office))


async def _bulk(office: Desk) -> list[Row]:
    return [each for each in await office.talk.rows("outbox") if each["cause"].startswith("digest:")]


async def _publish_long_ones(office: Desk) -> None:
    drafts = [
        replace(EDUCATION, number=f"{number}-NQ/TW", title=f"{number} " + "Về việc rất dài " * 60)
        for number in range(100, 115)
    ]
    await office.talk.db.run(documents.save_all, drafts, office.talk.clock.now())
