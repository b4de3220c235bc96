"""Members take, hand on and end what people ask, and say what is the same question."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audience import staff
from bot.model import Address
from tests.dialogues.staff.inquiring import (
    ANSWER,
    BRIDGE,
    BRIDGE_BARE,
    CITIZEN,
    LAN,
    MINH,
    ROAD,
    TU,
    VISITOR,
    ZALO_CITIZEN,
    Office,
    office,
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as talk:
        yield talk


# Taking, handing on, ending


async def test_one_takes_it_and_the_others_see_it(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH)
    assert "đã nhận câu hỏi #1" in await talk.picks(LAN, "Nhận #1")
    assert "Lan đã nhận câu hỏi #1 trước" in await talk.picks(MINH, "Nhận #1")
    assert "đồng chí Lan đang nhận" in await talk.says(*MINH, f"#1 {ANSWER}")
    await talk.picks(MINH, "Gửi #1")
    assert "Đồng chí Minh vừa trả lời câu hỏi #1" in await talk.next(*LAN)


async def test_what_somebody_had_taken_who_has_left_is_open_again(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH)
    await talk.says(*LAN, "#1 nhận")
    await talk.db.run(staff.withdraw_role, (), 1, None, talk.clock.now())
    assert "Lan" not in await talk.says(*MINH, "#1")
    assert "đã nhận câu hỏi #1" in await talk.picks(MINH, "Nhận #1")
    offer = await talk.says(*LAN, f"#1 {ANSWER}")
    assert "sẽ nhận" not in offer
    assert talk.unread(CITIZEN) == []


async def test_it_is_handed_on_to_a_named_member(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH)
    await talk.picks(LAN, "Chuyển #1")
    assert [choice.label for choice in talk.last(LAN).choices] == ["Minh", "Hoa"]
    assert "cho đồng chí Minh" in await talk.picks(LAN, "Minh")
    card = await talk.next(*MINH)
    assert card.startswith("Đồng chí Lan chuyển câu hỏi này cho đồng chí.")
    assert "Đồng chí Minh đã nhận." in card
    await talk.db.run(staff.give_role, (), Address(*TU), "administrator", "", None, talk.clock.now())
    assert "Lan: chuyển câu hỏi #1 cho Minh" in await talk.says(*TU, "/nhatky")


async def test_what_is_out_of_scope_is_said_politely(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    assert "không thuộc phạm vi" in await talk.picks(LAN, "Ngoài phạm vi")
    assert "Đã gửi" in await talk.picks(LAN, "Gửi #1")
    got = await talk.next(*CITIZEN)
    assert "trả lời câu hỏi #1" in got
    assert "bộ phận một cửa" in got
    assert (await talk.group(1))["state"] == "out of scope"


async def test_a_refusal_has_a_reason(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(MINH)
    await talk.picks(MINH, "Từ chối")
    await talk.picks(MINH, "Chưa rõ câu hỏi")
    await talk.picks(MINH, "Gửi #1")
    assert "chưa rõ Bạn muốn hỏi việc gì" in await talk.next(*CITIZEN)


async def test_what_the_knowledge_base_says_already_answers_it(talk: Office) -> None:
    question = "Nghị quyết 57 dành bao nhiêu tiền cho các trường?"
    await talk.says(*CITIZEN, f"/gopy {question}")
    await talk.picks(CITIZEN, "Gửi cán bộ")
    await talk.read(LAN)
    await talk.picks(LAN, "Trả lời #1 bằng câu có sẵn")
    assert "3% tổng chi" in await talk.picks(LAN, "Nghị quyết 57 dành")
    await talk.picks(LAN, "Gửi #1")
    got = await talk.next(*CITIZEN)
    assert "Ít nhất 3% tổng chi ngân sách hằng năm." in got
    assert "Theo Nghị quyết số 57-NQ/TW" in got
    assert [row["text"] for row in await talk.rows("proposals")] == [question]


# Groups


async def test_a_question_is_split_off_and_joined_again(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    await talk.read(LAN)
    await talk.says(*LAN, "#1")
    await talk.picks(LAN, "Tách nhóm #1")
    assert "Đã tách #2" in await talk.picks(LAN, "#2")
    assert (await talk.next(*LAN)).startswith("Câu hỏi #2")
    assert "Đã gộp #2 vào nhóm của #1" in await talk.says(*LAN, "#2 gộp #1")
    assert "Cùng nhóm: #2" in await talk.next(*LAN)
    assert "Không gộp được" in await talk.says(*LAN, "#2 gộp #1")
    assert len(await talk.rows("inquiry_groups")) == 1


async def test_what_was_split_off_gets_its_own_answer(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    await talk.read(LAN)
    await talk.says(*LAN, "#1 tách")
    await talk.picks(LAN, "#2")
    await talk.next(*LAN)
    await talk.says(*LAN, f"#1 {ANSWER}")
    assert "cho 1 người" in await talk.picks(LAN, "Gửi #1")
    assert talk.unread(ZALO_CITIZEN) == []


async def test_who_asks_what_has_been_answered_gets_it_at_once(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    offered = await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    assert "vừa trả lời một câu hỏi tương tự" in offered
    assert ANSWER in offered
    assert await talk.rows("inquiry_askers") == []
    assert "số #2" in await talk.picks(ZALO_CITIZEN, "Chưa đúng ý tôi")
    assert "Câu hỏi #2" in await talk.next(*LAN)
    assert "Đã gửi câu hỏi" in await talk.asks(VISITOR, ROAD)


async def test_what_may_be_the_same_is_for_staff_to_say(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.asks(ZALO_CITIZEN, "Bao giờ sửa lan can cầu bắc qua suối Rồng?")
    _, card = await talk.read(LAN, LAN)
    assert f"Có thể cùng ý với #1 “{BRIDGE}”. Nếu đúng, gõ: #2 gộp #1" in card
    assert "Đã gộp #2" in await talk.says(*LAN, "#2 gộp #1")
    assert "Có thể cùng ý" not in await talk.next(*LAN)
