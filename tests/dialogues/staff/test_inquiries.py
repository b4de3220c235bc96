"""Members work on what people ask: they see it and answer it once to everybody who asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audience import interactions
from bot.errors import SendError
from bot.model import Address, Tx
from tests.dialogues.staff.inquiring import (
    ANSWER,
    BRIDGE,
    BRIDGE_BARE,
    CITIZEN,
    HOA,
    LAN,
    MINH,
    OA_CITIZEN,
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


async def test_everybody_on_duty_who_may_answer_gets_the_card(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    for card in await talk.read(LAN, HOA):
        assert card.startswith(f"Câu hỏi #1 (Telegram, 08:00 ngày 23/11/2026)\n“{BRIDGE}”")
        assert "trả lời (reply)" in card
    assert "gõ #1 rồi nội dung" in await talk.next(*MINH)
    assert talk.unread(TU) == []


async def test_a_reply_to_the_card_is_seen_before_it_is_sent(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    preview = await talk.replies(LAN, ANSWER)
    assert "Người hỏi #1 sẽ nhận đúng như sau" in preview
    assert talk.unread(CITIZEN) == []
    assert "Đã gửi câu trả lời #1 cho 1 người" in await talk.picks(LAN, "Gửi #1")
    got = await talk.next(*CITIZEN)
    assert got in preview
    assert got == (
        "Ban Tuyên giáo và Dân vận xã Bình Minh trả lời câu hỏi #1 của Bạn:\n"
        f"“{BRIDGE}”\n\n{ANSWER}\n\n"
        "Địa chỉ trò chuyện của Bạn giữ cho câu hỏi này đã được xóa. Cần hỏi thêm, Bạn cứ nhắn cho tôi."
    )
    assert await talk.rows("inquiry_askers") == []
    assert (await talk.audit())[-1] == "inquiry.answered"


async def test_the_number_answers_where_there_are_no_replies(talk: Office) -> None:
    await talk.asks(VISITOR, BRIDGE)
    await talk.read(MINH)
    await talk.says(*MINH, f"#1: {ANSWER}")
    assert "Đã gửi" in await talk.picks(MINH, "Gửi #1")
    assert ANSWER in await talk.next(*VISITOR)


async def test_everybody_who_asked_alike_is_told_once_with_their_own_words(talk: Office) -> None:
    for person, words in ((CITIZEN, BRIDGE), (ZALO_CITIZEN, BRIDGE_BARE), (VISITOR, BRIDGE.upper())):
        await talk.asks(person, words)
    await talk.read(LAN)
    card = await talk.says(*LAN, "#2")
    assert "3 người đã hỏi trong 30 ngày; 3 người chờ" in card
    assert f"Cùng nhóm: #2 “{BRIDGE_BARE}”" in card
    assert "3 người (#1, #2, #3)" in await talk.says(*LAN, f"#3 {ANSWER}")
    assert "cho 3 người" in await talk.picks(LAN, "Gửi #1")
    for number, person, words in ((1, CITIZEN, BRIDGE), (2, ZALO_CITIZEN, BRIDGE_BARE)):
        got = await talk.next(*person)
        assert f"#{number} của Bạn:\n“{words}”" in got
        assert ANSWER in got
    assert ANSWER in await talk.next(*VISITOR)
    await talk.settled()
    assert [talk.unread(person) for person in (CITIZEN, ZALO_CITIZEN, VISITOR)] == [[], [], []]


async def test_of_two_officers_the_first_wins_and_nothing_of_the_second_is_lost(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH, HOA)
    await talk.replies(LAN, ANSWER)
    await talk.says(*MINH, "#1 Tháng ba năm sau.")
    await talk.chooses(LAN, "Gửi #1")
    await talk.chooses(MINH, "Gửi #1")
    told = {"Đã gửi": 0, "trước đồng chí": 0}
    for said in await talk.read(LAN, MINH):
        for beginning in told:
            told[beginning] += beginning in said
    assert told == {"Đã gửi": 1, "trước đồng chí": 1}
    assert ANSWER in await talk.next(*CITIZEN) or "Tháng ba" in talk.last(CITIZEN).plain
    assert talk.unread(CITIZEN) == []
    late = LAN if "trước đồng chí" in talk.last(LAN).plain else MINH
    assert "Đã tạo bản nháp" in await talk.picks(late, "Đưa vào kho")


async def test_who_answers_what_has_been_answered_is_told(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN, MINH)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    talk.clock.move(days=40)
    late = await talk.says(*MINH, "#1 Tháng ba năm sau.")
    assert "đồng chí Lan trả lời lúc 08:00 ngày 23/11/2026" in late
    assert ANSWER in late
    assert "1 người đã nhận" in await talk.says(*MINH, "#1")


async def test_who_joins_after_the_preview_is_shown_before_anything_is_sent(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    changed = await talk.picks(LAN, "Gửi #1")
    assert "Nhóm của #1 vừa thay đổi" in changed
    assert "2 người (#1, #2)" in changed
    assert "cho 2 người" in await talk.picks(LAN, "Gửi #1")


async def test_pressing_twice_sends_once(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    payload = talk.last(LAN).choices[0].payload
    await talk.picks(LAN, "Gửi #1")
    await talk.hear(*LAN, "", payload=payload)
    assert "đã gửi" in await talk.next(*LAN)
    await talk.next(*CITIZEN)
    assert talk.unread(CITIZEN) == []


async def test_a_newer_text_does_not_go_out_by_an_older_button(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, "bản đầu")
    payload = talk.last(LAN).choices[0].payload
    await talk.says(*LAN, f"#1 {ANSWER}")
    await talk.hear(*LAN, "", payload=payload)
    await talk.next(*LAN)
    assert "bản đầu" in await talk.next(*CITIZEN)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("dài " * 2_500, "10.001 ký tự; tối đa 3.000"),
        ("Trả lời\nMẬT\nnội dung", "dấu “MẬT”"),
        ("Chưa rõ", "sẽ nhận đúng như sau"),
    ],
)
async def test_what_cannot_be_sent_is_said_so(talk: Office, words: str, said: str) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    assert said in await talk.says(*LAN, f"#1 {words}x")


async def test_a_reply_to_the_preview_is_a_new_version(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, "bản đầu")
    assert ANSWER in await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    assert ANSWER in await talk.next(*CITIZEN)


async def test_a_command_in_reply_to_a_card_is_a_command(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    assert "Việc của đồng chí" in await talk.replies(LAN, "/viec")


async def test_what_citizens_reply_to_what_they_read_is_what_it_says(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    assert "Về dữ liệu của Bạn" in await talk.replies(CITIZEN, "/riengtu")
    await talk.hear(*CITIZEN, "cảm ơn", quoted="Câu hỏi #1 (Telegram")
    assert "sẽ nhận" not in await talk.next(*CITIZEN)


async def test_a_photo_is_not_sent_and_said_so(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.hear(*LAN, "", kind="other", quoted=talk.last(LAN).plain)
    assert "ảnh hoặc tệp vừa rồi chưa gửi đi" in await talk.next(*LAN)
    await talk.hear(*CITIZEN, "", kind="other")
    assert "chỉ đọc được tin nhắn chữ" in await talk.next(*CITIZEN)


async def test_a_private_matter_is_answered_and_not_kept(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi riêng")
    assert ANSWER in await talk.next(*CITIZEN)
    assert (await talk.group(1))["answer"] == ""
    assert "không được giữ lại" in await talk.says(*LAN, "#1")
    assert "Đã gửi câu hỏi" in await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)


# What goes wrong


async def test_what_was_taken_back_meanwhile_is_sent_to_nobody(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    await talk.picks(ZALO_CITIZEN, "Rút lại")
    assert "cho 1 người" in await talk.picks(LAN, "Gửi #1")
    await talk.asks(VISITOR, ROAD)
    await talk.read(LAN)
    await talk.says(*LAN, f"#3 {ANSWER}")
    await talk.picks(VISITOR, "Rút lại")
    assert "Không có câu hỏi #3" in await talk.picks(LAN, "Gửi #3")


async def test_who_deleted_their_data_is_not_written_to(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
    await talk.read(LAN)
    await talk.says(*CITIZEN, "/xoadulieu")
    await talk.says(*LAN, f"#2 {ANSWER}")
    assert "cho 1 người" in await talk.picks(LAN, "Gửi #2")
    await talk.settled()
    assert talk.unread(CITIZEN) == []


@pytest.mark.parametrize(
    ("asker", "network", "chat", "refusal", "said"),
    [
        (
            CITIZEN,
            "telegram",
            "7",
            SendError("blocked", retryable=False, gone=True),
            "1 người không gửi được",
        ),
        (
            OA_CITIZEN,
            "zalo-oa",
            "binh",
            SendError("silent for too long", retryable=False, closed=True),
            "1 người sẽ nhận khi nhắn lại cho OA.",
        ),
    ],
)
async def test_who_is_not_reached_now_is_counted_by_the_reason(
    talk: Office, asker: tuple[str, str], network: str, chat: str, refusal: SendError, said: str
) -> None:
    await talk.asks(asker, BRIDGE)
    await talk.read(LAN)
    talk.networks[network].refuse(chat, refusal)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    await talk.settled()
    assert said in await talk.says(*LAN, "#1")


async def test_the_deadline_of_an_official_account_and_what_follows(talk: Office) -> None:
    await talk.asks(OA_CITIZEN, BRIDGE)
    card = await talk.next(*LAN)
    assert "Zalo OA: gửi miễn phí nếu trả lời trước 08:00 ngày 25/11/2026" in card
    assert "tự gửi khi người hỏi nhắn lại cho OA" in card
    talk.clock.move(days=3)
    assert "đã quá 48 giờ" in await talk.says(*LAN, "#1")

    def last(tx: Tx) -> object:
        return interactions.last(tx, Address(*OA_CITIZEN))

    assert await talk.db.read(last)


async def test_a_collaborator_is_told_what_they_can_do(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    assert "đề xuất" in await talk.says(*TU, f"#1 {ANSWER}")


async def test_to_anybody_else_the_number_is_a_question(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    assert "57-NQ/TW" in await talk.says(
        *ZALO_CITIZEN, "#1 nghị quyết 57 dành bao nhiêu ngân sách cho khoa học"
    )
    await talk.read(LAN)
    payload = talk.last(LAN).choices[0].payload
    await talk.hear(*CITIZEN, "", payload=payload)
    assert "không còn dùng được" in await talk.next(*CITIZEN)


async def test_a_number_that_nobody_has(talk: Office) -> None:
    assert "Không có câu hỏi #99" in await talk.says(*LAN, "#99 vâng")


async def test_who_adds_to_their_own_answer_is_told_that_it_was_theirs(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    said = await talk.says(*LAN, "#1 Xin bổ sung.")
    assert "chính đồng chí trả lời lúc 08:00" in said
    assert "trước đồng chí" not in said


@pytest.mark.parametrize("before", ["Trả lời ", "câu hỏi ", "tl câu "])
async def test_words_before_the_number_do_no_harm(talk: Office, before: str) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    assert f"Rồng?”\n\n{ANSWER}\n" in await talk.says(*LAN, f"{before}#1: {ANSWER}")


async def test_a_reply_to_what_refused_an_answer_is_the_answer(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.says(*LAN, f"#1 {'a' * 3001}")
    assert "Người hỏi #1 sẽ nhận" in await talk.replies(LAN, ANSWER)


async def test_it_is_not_handed_to_whom_may_not_answer(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    await talk.read(LAN)
    await talk.hear(*LAN, "", payload="inquiry/1/to/4")  # a button from before Tú became a collaborator
    assert "Chưa chuyển được cho đồng chí Tú" in await talk.next(*LAN)
    assert (await talk.group(1))["taken_by"] is None


async def test_after_the_answer_nothing_knows_which_question_was_whose(talk: Office) -> None:
    await talk.says(*CITIZEN, BRIDGE)
    (tap,) = [each.payload for each in talk.last(CITIZEN).choices if each.label == "Gửi cán bộ"]
    await talk.picks(CITIZEN, "Gửi cán bộ")
    await talk.hear(*CITIZEN, "", payload=tap)
    assert "chờ trả lời: #1" in await talk.next(*CITIZEN)
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    await talk.picks(LAN, "Gửi #1")
    await talk.next(*CITIZEN)
    await talk.hear(*CITIZEN, "", payload=tap)
    again = await talk.next(*CITIZEN)
    assert "đã gửi rồi" in again
    assert "#1" not in again
    assert len(await talk.rows("inquiries")) == 1


async def test_who_sends_the_same_again_waits_once(talk: Office) -> None:
    await talk.asks(CITIZEN, BRIDGE)
    again = await talk.asks(CITIZEN, BRIDGE_BARE)
    assert "đã gửi rồi" in again
    assert "#1" in again
    await talk.read(LAN)
    await talk.replies(LAN, ANSWER)
    assert "cho 1 người" in await talk.picks(LAN, "Gửi #1")
    await talk.next(*CITIZEN)
    await talk.settled()
    assert talk.unread(CITIZEN) == []
