"""What an officer answered becomes knowledge: a draft or a phrasing, which somebody else publishes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audience import department
from bot.model import Tx
from knowledge import entries
from tests.dialogues.staff.inquiring import (
    ANSWER,
    BRIDGE,
    BRIDGE_BARE,
    CITIZEN,
    HOA,
    LAN,
    MINH,
    TU,
    VISITOR,
    ZALO_CITIZEN,
    Office,
    Person,
    office,
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as talk:
        yield talk


async def answered(talk: Office, by: Person = LAN) -> None:
    """Somebody asked, and got an answer."""
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH, HOA)
    await talk.says(*by, f"#1 {ANSWER}")
    await talk.picks(by, "Gửi #1")
    await talk.next(*CITIZEN)


async def published(talk: Office, question: str) -> bool:
    def found(tx: Tx) -> bool:
        return any(entry.question == question for entry in entries.answerable(tx))

    return await talk.db.read(found)


async def test_one_tap_makes_a_draft_and_another_person_publishes_it(talk: Office) -> None:
    await answered(talk)
    assert "chuyển người duyệt" in await talk.picks(LAN, "Đưa vào kho")
    card = await talk.next(*HOA)
    assert "Bản nháp chờ duyệt" in card
    assert f"Hỏi: {BRIDGE}\nTrả lời: {ANSWER}" in card
    assert "đồng chí Lan soạn" in card
    assert not await published(talk, BRIDGE)
    assert "được dùng ngay" in await talk.picks(HOA, "Duyệt")
    assert "Đồng chí Hoa đã duyệt" in await talk.next(*LAN)
    await talk.bot.refresh()
    assert ANSWER in await talk.says(*VISITOR, BRIDGE_BARE)
    assert (await talk.audit())[-3:] == ["inquiry.answered", "entry.proposed", "entry.accepted"]


async def test_the_second_tap_makes_no_second_draft(talk: Office) -> None:
    await answered(talk)
    payload = talk.last(LAN).choices[0].payload
    await talk.picks(LAN, "Đưa vào kho")
    await talk.hear(*LAN, "", payload=payload)
    assert "đã có trong kho, hoặc đang chờ duyệt" in await talk.next(*LAN)
    assert len(await talk.rows("proposals")) == 1


async def test_nobody_publishes_their_own_words_where_four_eyes_are_on(talk: Office) -> None:
    await answered(talk, by=HOA)
    await talk.picks(HOA, "Đưa vào kho")
    await talk.says(*HOA, "việc của tôi")
    await talk.picks(HOA, "Bản nháp")
    assert "cần một người duyệt khác" in await talk.picks(HOA, "Duyệt")
    assert not await published(talk, BRIDGE)
    await talk.db.run(department.change, "four_eyes", "không", talk.clock.now())
    await talk.bot.refresh()
    await talk.says(*HOA, "việc của tôi")
    await talk.picks(HOA, "Bản nháp")
    assert "được dùng ngay" in await talk.picks(HOA, "Duyệt")


async def test_an_editor_cannot_publish(talk: Office) -> None:
    await answered(talk)
    await talk.picks(LAN, "Đưa vào kho")
    await talk.next(*HOA)
    payload = talk.last(HOA).choices[0].payload
    await talk.hear(*LAN, "", payload=payload)
    assert "không còn dùng được" in await talk.next(*LAN)
    assert not await published(talk, BRIDGE)


async def test_what_is_not_approved_is_told_to_its_author(talk: Office) -> None:
    await answered(talk)
    await talk.picks(LAN, "Đưa vào kho")
    await talk.next(*HOA)
    assert "đưa vào lưu trữ" in await talk.picks(HOA, "Không duyệt")
    assert "Đồng chí Hoa không duyệt" in await talk.next(*LAN)


async def test_a_draft_that_was_archived_meanwhile_is_not_published(talk: Office) -> None:
    await answered(talk)
    await talk.picks(LAN, "Đưa vào kho")
    await talk.next(*HOA)
    (proposal,) = await talk.rows("proposals")
    await talk.db.run(entries.set_status, proposal["entry"], "archived", talk.clock.now())
    assert "vừa được đưa vào lưu trữ" in await talk.picks(HOA, "Duyệt")
    assert not await published(talk, BRIDGE)


async def test_an_officer_may_wait_for_approval_and_everybody_is_told_once(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH, HOA)
    await talk.says(*LAN, f"#1 {ANSWER}")
    assert "Duyệt xong, bot tự gửi" in await talk.picks(LAN, "Chờ duyệt")
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    assert talk.unread(CITIZEN) == []
    await talk.next(*HOA)
    assert "Đã gửi câu trả lời cho 2 người" in await talk.picks(HOA, "Duyệt")
    for person in (CITIZEN, ZALO_CITIZEN):
        assert ANSWER in await talk.next(*person)
    assert await talk.rows("inquiry_askers") == []
    await talk.settled()
    assert [talk.unread(person) for person in (CITIZEN, ZALO_CITIZEN)] == [[], []]


async def test_what_is_published_by_a_file_reaches_who_waits_too(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.says(*LAN, f"#1 {ANSWER}")
    await talk.picks(LAN, "Chờ duyệt")
    (proposal,) = await talk.rows("proposals")
    await talk.db.run(entries.set_status, proposal["entry"], "published", talk.clock.now())
    for _ in range(2):
        await talk.bot.see_to_inquiries()
    assert ANSWER in await talk.next(*CITIZEN)
    await talk.settled()
    assert talk.unread(CITIZEN) == []


async def test_what_was_turned_down_may_be_proposed_again(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, HOA)
    await talk.says(*LAN, f"#1 {ANSWER}")
    await talk.picks(LAN, "Chờ duyệt")
    await talk.next(*HOA)
    await talk.picks(HOA, "Không duyệt")
    await talk.next(*LAN)
    assert "1 người chờ trả lời" in await talk.says(*LAN, "#1")
    await talk.says(*LAN, f"#1 {ANSWER} Xin cảm ơn.")
    await talk.picks(LAN, "Gửi #1")
    assert "chuyển người duyệt" in await talk.picks(LAN, "Đưa vào kho")


async def test_the_question_becomes_a_phrasing_of_what_is_there(talk: Office) -> None:
    await talk.says(*CITIZEN, "/gopy Nghị quyết 57 dành bao nhiêu tiền cho các trường?")
    await talk.picks(CITIZEN, "Gửi cán bộ")
    await talk.read(LAN, HOA)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    await talk.picks(LAN, "Thêm cách hỏi")
    assert "Đã đề xuất thêm cách hỏi" in await talk.picks(LAN, "Nghị quyết 57 dành")
    assert "là cách hỏi khác của" in await talk.next(*HOA)
    assert "nhận ra ngay" in await talk.picks(HOA, "Duyệt")

    def phrasings(tx: Tx) -> tuple[str, ...]:
        entry = entries.by_id(tx, "kinh-phi-57")
        assert entry
        return entry.phrasings

    assert await talk.db.read(phrasings) == ("Nghị quyết 57 dành bao nhiêu tiền cho các trường?",)


# The desk


async def test_the_desk_shows_what_waits_the_most_asked_first(talk: Office) -> None:
    await talk.says(*CITIZEN, "/gopy Đề nghị trồng cây ở sân chợ")
    await talk.picks(CITIZEN, "Gửi cán bộ")
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    await talk.asks(VISITOR, BRIDGE)
    await talk.read(LAN, LAN)
    desk = await talk.says(*LAN, "viec")
    assert "Câu hỏi của người dân (2)" in desk
    assert desk.index(f"#2 “{BRIDGE_BARE}” · 2 người hỏi") < desk.index("#1 “Đề nghị trồng cây")
    assert "Câu hỏi #1" in await talk.picks(LAN, "Xem #1")
    await talk.says(*LAN, "#1 nhận")
    desk = await talk.says(*LAN, "viec")
    assert desk.index("#1 “") < desk.index("#2 “")
    assert "đồng chí Lan đã nhận" in desk
    assert "Câu hỏi của người dân" not in await talk.says(*TU, "viec")


# In one message


async def test_a_collaborator_proposes_a_question_with_its_answer(talk: Office) -> None:
    said = "đề xuất: câu hỏi Trạm y tế trực đến mấy giờ? / trả lời Đến 21 giờ hằng ngày."
    assert "chuyển người duyệt" in await talk.says(*TU, said)
    card = await talk.next(*HOA)
    assert "Hỏi: Trạm y tế trực đến mấy giờ?\nTrả lời: Đến 21 giờ hằng ngày." in card
    assert "Đồng chí Tú đề xuất." in card
    await talk.picks(HOA, "Duyệt")
    assert "đã duyệt đề xuất của đồng chí" in await talk.next(*TU)
    assert await published(talk, "Trạm y tế trực đến mấy giờ?")


async def test_without_accents_and_on_lines_of_its_own_as_well(talk: Office) -> None:
    await talk.says(*TU, "De xuat:\nHoi: Chợ họp ngày nào?\nDap: Ngày 5 và 10.")
    assert "Hỏi: Chợ họp ngày nào?\nTrả lời: Ngày 5 và 10." in await talk.next(*HOA)


@pytest.mark.parametrize("of", ["kinh-phi-57", "nghị quyết 57 dành bao nhiêu ngân sách cho khoa học"])
async def test_a_way_to_ask_is_proposed_by_id_or_by_question(talk: Office, of: str) -> None:
    await talk.says(*TU, f"đề xuất: cách hỏi tiền cho khoa học là mấy phần trăm / cho {of}")
    assert "là cách hỏi khác của: Nghị quyết 57 dành bao nhiêu ngân sách" in await talk.next(*HOA)
    assert "đã có cách hỏi này" not in await talk.says(*TU, f"đề xuất: cách hỏi khoa học mấy tiền / cho {of}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("đề xuất: mở thêm lớp", "gõ theo một trong hai cách"),
        ("đề xuất: câu hỏi / trả lời", "gõ theo một trong hai cách"),
        ("đề xuất: hỏi mục tiêu kinh tế số của nghị quyết 57 / đáp 30%", "mã muc-tieu-57"),
        ("đề xuất: cách hỏi gì đó / cho không có đâu", "Chưa rõ “không có đâu”"),
        (f"đề xuất: hỏi A là gì? / đáp {'x' * 3001}", "3.001 ký tự"),
        ("đề xuất: hỏi A là gì?\nđáp B\nMẬT", "dấu “MẬT”"),
    ],
)
async def test_what_cannot_be_proposed_is_said_so(talk: Office, words: str, said: str) -> None:
    assert said in await talk.says(*TU, words)
    assert await talk.rows("proposals") == []


async def test_from_anybody_else_it_is_a_question(talk: Office) -> None:
    assert "đồng chí" not in await talk.says(*CITIZEN, "đề xuất: hỏi A là gì? / đáp B")


async def test_without_a_colon_and_with_a_question_mark_between_as_well(talk: Office) -> None:
    await talk.says(*TU, "đề xuất câu hỏi Chợ họp ngày nào? trả lời: Ngày 5 và 10.")
    assert "Hỏi: Chợ họp ngày nào?\nTrả lời: Ngày 5 và 10." in await talk.next(*HOA)


async def test_what_was_to_be_sent_and_is_not_approved_is_answered_anew(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, HOA)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Chờ duyệt")
    await talk.next(*HOA)
    assert "Người hỏi #1 vẫn đang chờ" in await talk.picks(HOA, "Không duyệt")
    assert "Người hỏi #1 vẫn đang chờ" in await talk.next(*LAN)
    await talk.replies(LAN, "Cầu đang chờ cấp vốn.")
    await talk.picks(LAN, "Gửi #1")
    assert "Đã tạo bản nháp" in await talk.picks(LAN, "Đưa vào kho")


async def test_where_nobody_else_may_decide_it_is_said(talk: Office) -> None:
    said = "đề xuất: câu hỏi Trạm y tế trực đến mấy giờ? / trả lời Đến 21 giờ."
    assert "chưa có ai khác để duyệt" in await talk.says(*HOA, said)
    await talk.settled()
    assert talk.unread(HOA) == []
