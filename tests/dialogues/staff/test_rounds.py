"""What happens to inquiries by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import SendError
from tests.dialogues.staff.inquiring import (
    ANSWER,
    BRIDGE,
    CITIZEN,
    HOA,
    LAN,
    MINH,
    VISITOR,
    ZALO_CITIZEN,
    Office,
    office,
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as talk:
        yield talk


async def test_what_came_in_the_night_is_told_in_the_morning_once(talk: Office) -> None:
    talk.clock.move(hours=12)
    await talk.asks(CITIZEN, BRIDGE)
    await talk.bot.see_to_inquiries()
    assert talk.unread(LAN) == []
    talk.clock.move(hours=12)
    for _ in range(2):
        await talk.bot.see_to_inquiries()
    assert "Câu hỏi #1" in await talk.next(*LAN)
    assert "Nhận #1" in await talk.next(*MINH)
    assert "đã nhận câu hỏi #1" in await talk.picks(MINH, "Nhận #1")
    assert talk.unread(LAN) == []


async def test_what_is_many_comes_as_a_list(talk: Office) -> None:
    talk.clock.move(hours=12)
    for number, thing in enumerate(("cây xanh", "sân bóng", "chợ đêm", "thư viện")):
        await talk.says("web", f"v{number}", f"/gopy Đề nghị mở thêm {thing}")
        await talk.picks(("web", f"v{number}"), "Gửi cán bộ")
    talk.clock.move(hours=12)
    await talk.bot.see_to_inquiries()
    told = await talk.next(*HOA)
    assert "Có 4 câu hỏi mới" in told
    assert "#4 “Đề nghị mở thêm thư viện”" in told
    assert "Câu hỏi #3" in await talk.says(*HOA, "#3")


async def test_after_thirty_days_the_address_goes_and_its_owner_is_told(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.asks(VISITOR, "Đề nghị trồng cây ở sân chợ")
    await talk.read(LAN, LAN)
    talk.clock.move(days=29, hours=11)
    await talk.bot.see_to_inquiries()
    assert len(await talk.rows("inquiry_askers")) == 2
    talk.clock.move(hours=3)  # ten in the evening: not before the next morning, the thirtieth
    await talk.bot.see_to_inquiries()
    assert len(await talk.rows("inquiry_askers")) == 2
    talk.clock.move(hours=10)
    for _ in range(2):
        await talk.bot.see_to_inquiries()
    assert await talk.rows("inquiry_askers") == []
    assert "sau 30 ngày câu hỏi #1 của Bạn vẫn chưa có trả lời" in await talk.next(*CITIZEN)
    assert "câu hỏi #2" in await talk.next(*VISITOR)
    card = await talk.says(*LAN, "#1")
    assert "Không còn ai chờ trả lời" in card
    preview = await talk.says(*LAN, f"#1 {ANSWER}")
    assert "sẽ không gửi cho ai" in preview
    assert "Không còn ai chờ nên không gửi" in await talk.picks(LAN, "Gửi #1")
    await talk.settled()
    assert talk.unread(CITIZEN) == []


async def test_who_answered_hears_that_it_did_not_arrive_once(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    talk.networks["telegram"].refuse("7", SendError("blocked", retryable=False, gone=True))
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    while not await lost(talk):
        await talk.settled()
    for _ in range(2):
        await talk.bot.see_to_inquiries()
    assert "#1 không gửi được" in await talk.next(*LAN)
    await talk.says(*ZALO_CITIZEN, "xin chào")
    assert talk.unread(LAN) == []


async def lost(talk: Office) -> bool:
    return any(
        row["state"] == "undeliverable" for row in await talk.rows("outbox") if row["cause"] == "inquiry:1"
    )
