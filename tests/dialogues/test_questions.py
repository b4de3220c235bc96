"""Questions and what comes back, on the fake network."""

from __future__ import annotations

import asyncio

import pytest

from bot.model import Tx
from knowledge import entries
from knowledge.entries import EntryDraft
from tests.dialogues.conftest import NOW, ORGANISATION, Talk, buttons, labels


async def test_an_answer_has_its_text_its_source_and_its_buttons(talk: Talk) -> None:
    answer = await talk.says(7, "muc tieu kinh te so cua nghi quyet 57")
    assert "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP." in answer.text
    assert "Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (Mục II)" in answer.text
    assert labels(answer) == ["Xem chi tiết", "Câu hỏi liên quan", "👍 Hữu ích", "👎 Chưa tốt"]
    assert "Nội dung mẫu" not in answer.text


async def test_the_first_message_alone_says_who_is_speaking(talk: Talk) -> None:
    first = await talk.says(7, "mục tiêu kinh tế số của nghị quyết 57")
    again = await talk.says(7, "mục tiêu kinh tế số của nghị quyết 57")
    assert f"dịch vụ trả lời tự động của {ORGANISATION}" in first.text
    assert "tự động" not in again.text


async def test_detail_is_shown_with_its_signs_as_they_were_written(talk: Talk) -> None:
    answer = await talk.says(7, "mục tiêu kinh tế số của nghị quyết 57")
    detail = await talk.presses(7, answer, "Xem chi tiết")
    assert "tỉ trọng kinh tế số <tối thiểu> 30% GDP & tăng dần." in detail.text


async def test_related_questions_are_those_of_the_same_document(talk: Talk) -> None:
    answer = await talk.says(7, "mục tiêu kinh tế số của nghị quyết 57")
    related = await talk.presses(7, answer, "Câu hỏi liên quan")
    assert labels(related) == ["Nghị quyết 57 dành bao nhiêu ngân sách cho khoa học?"]
    other = await talk.presses(7, related, "Nghị quyết 57 dành")
    assert "Ít nhất 3% tổng chi ngân sách hằng năm." in other.text


async def test_a_number_that_the_question_names_is_exact(talk: Talk) -> None:
    reply = await talk.says(7, "nghị quyết 58 đặt mục tiêu gì cho kinh tế số")
    assert "30% GDP" not in reply.text
    assert "Tôi chưa có văn bản" in reply.text


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("15-kh/tu", "15-KH/TU"), ("nq 58 noi gi", "NQ 58"), ("Nghị quyết 57/nq-cp", "Nghị quyết 57/NQ-CP"),
        ("quyết định 99/qđ-ubnd của UBND tỉnh Lâm Đồng", "quyết định 99/QĐ-UBND của UBND tỉnh Lâm Đồng"),
    ],
)  # fmt: skip
async def test_a_number_that_is_not_known_is_quoted_as_it_is_printed(
    talk: Talk, typed: str, quoted: str
) -> None:
    reply = await talk.says(7, typed)
    assert f"Tôi chưa có văn bản “{quoted}”" in reply.text


async def test_what_is_not_known_is_said_to_be_not_known_and_logged_without_the_asker(talk: Talk) -> None:
    reply = await talk.says(70_123, "giá vàng hôm nay, gọi tôi 0912 345 678")
    assert "chưa có câu trả lời" in reply.text

    def log(tx: Tx) -> list[dict[str, object]]:
        return tx.rows("SELECT * FROM question_log")

    [row] = await talk.db.read(log)
    assert row["outcome"] == "none"
    assert row["text"] == "giá vàng hôm nay, gọi tôi [số điện thoại]"
    assert "70123" not in str(row)


async def test_a_sample_answer_says_that_nobody_has_approved_it(talk: Talk) -> None:
    answer = await talk.says(7, "nghị quyết 68 đặt mục tiêu có bao nhiêu doanh nghiệp")
    assert "2 triệu doanh nghiệp" in answer.text
    assert answer.text.endswith(f"Nội dung mẫu, chưa được {ORGANISATION} duyệt.")


async def test_an_answer_from_a_superseded_document_says_so_and_leads_to_the_newer_one(talk: Talk) -> None:
    answer = await talk.says(7, "nghị quyết 19 quy định thời hạn giao đất nông nghiệp ra sao")
    notice, text = (
        answer.text.index("đã được thay thế bởi Nghị quyết số 18-NQ/TW ngày 16/06/2022"),
        answer.text.index("Thời hạn giao đất nông nghiệp được kéo dài."),
    )
    assert notice < text
    newer = await talk.presses(7, answer, "Xem văn bản mới")
    assert "Quản lý và sử dụng đất" in newer.text


async def test_a_number_opens_its_document(talk: Talk) -> None:
    for words in ("nghị quyết 57", "57-NQ/TW", "nq57"):
        page = await talk.says(8, words)
        assert "Nghị quyết số 57-NQ/TW" in page.text
        assert "Ngày ban hành: 22/12/2024" in page.text
        assert "Đặt mục tiêu cho năm 2030." in page.text
        assert "Nghị quyết 57 đặt mục tiêu gì cho kinh tế số?" in labels(page)
        assert ("Mở toàn văn", "https://example.vn/57?a=1&b=2") in buttons(page)


async def test_of_two_documents_with_one_number_none_is_picked(talk: Talk) -> None:
    which = await talk.says(7, "nghị quyết 18")
    assert "Có nhiều văn bản mang số này" in which.text
    assert [label[:38] for label in labels(which)] == [
        "Nghị quyết số 18-NQ/TW ngày 16/06/2022",
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017",
    ]
    page = await talk.presses(7, which, "Nghị quyết số 18-NQ/TW ngày 25/10/2017")
    assert "Sắp xếp tổ chức bộ máy" in page.text


async def test_small_talk_gets_no_knowledge(talk: Talk) -> None:
    for words in ("xin chào", "cảm ơn bạn nhiều", "bạn là ai"):
        reply = await talk.says(7, words)
        assert "Theo " not in reply.text
        assert labels(reply) == []


async def test_complaints_denunciations_and_emergencies_are_told_where_to_turn(talk: Talk) -> None:
    assert "không tiếp nhận đơn khiếu nại" in (await talk.says(7, "tôi muốn khiếu nại việc thu hồi đất")).text
    assert "113" in (await talk.says(7, "tôi muốn tố cáo cán bộ xã nhận tiền")).text
    assert "114" in (await talk.says(7, "cứu với nhà tôi đang cháy")).text

    def logged(tx: Tx) -> object:
        return tx.rows("SELECT * FROM question_log")

    assert await talk.db.read(logged) == []


async def test_an_emergency_is_answered_below_the_numbers_to_call(talk: Talk) -> None:
    def add(tx: Tx) -> None:
        question, answer = "Bị chó cắn phải làm gì?", "Rửa vết thương 15 phút, đến trạm y tế tiêm phòng."
        entries.save(tx, EntryDraft("cho-can", question, answer, status="published"), NOW)

    await talk.db.run(add)
    await talk.bot.refresh()
    for text in ("Bị chó cắn phải làm gì?", "bi cho can phai lam gi"):
        reply = await talk.says(7, text)
        assert reply.text.index("• 115") < reply.text.index("Rửa vết thương 15 phút")
        assert "Câu hỏi liên quan" in labels(reply)
    assert "trạm y tế" not in (await talk.says(7, "cứu với nhà tôi đang cháy")).text
    assert "trạm y tế" not in (await talk.says(7, "tôi khiếu nại, bị chó cắn phải làm gì")).text

    def kept(tx: Tx) -> tuple[object, object]:
        return tx.rows("SELECT * FROM question_log"), tx.rows("SELECT * FROM drafts")

    assert await talk.db.read(kept) == ([], [])


async def test_feedback_is_counted_once_an_answer_and_a_thumb_down_asks_why(talk: Talk) -> None:
    answer = await talk.says(7, "mục tiêu kinh tế số của nghị quyết 57")
    why = await talk.presses(7, answer, "👎")
    await talk.presses(7, why, "Đã cũ")

    def given(tx: Tx) -> list[dict[str, object]]:
        return tx.rows("SELECT verdict, reason FROM feedback")

    assert await talk.db.read(given) == [{"verdict": "down", "reason": "outdated"}]
    await talk.presses(7, answer, "👍")
    assert await talk.db.read(given) == [{"verdict": "up", "reason": ""}]


async def test_privacy_and_deletion(talk: Talk) -> None:
    assert "/xoadulieu" in (await talk.says(7, "/riengtu")).text
    await talk.says(7, "xin chào")
    erased = await talk.says(7, "/xoadulieu")
    assert "ghi nhớ rằng Bạn đã từng nhắn tin" in erased.text

    def people(tx: Tx) -> object:
        return tx.rows("SELECT * FROM people")

    assert await talk.db.read(people) == []
    assert "không còn giữ dữ liệu nào" in (await talk.says(7, "/xoadulieu")).text


async def test_after_the_deletion_no_file_names_the_person(talk: Talk) -> None:
    person = 7_001_234_567
    await talk.says(person, "mục tiêu kinh tế số của nghị quyết 57")
    await talk.says(person, "/xoadulieu")

    def naming() -> list[str]:
        files = (file for file in talk.db.path.parent.rglob("*") if file.is_file())
        return [file.name for file in files if str(person).encode() in file.read_bytes()]

    async with asyncio.timeout(20):
        while naming():  # noqa: ASYNC110 - nothing tells when the log has been emptied
            await asyncio.sleep(0.1)


async def test_looking_through_the_documents_with_buttons(talk: Talk) -> None:
    root = await talk.says(7, "/tracuu")
    assert labels(root) == ["Mới nhất", "Trung ương (5)"]
    level = await talk.presses(7, root, "Trung ương")
    assert labels(level)[:2] == [
        "68-NQ/TW (04/05/2025): Phát triển kinh tế tư nhân",
        "57-NQ/TW (22/12/2024): Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
    ]
    page = await talk.presses(7, level, "57-NQ/TW")
    assert "Đặt mục tiêu cho năm 2030." in page.text
    assert (await talk.presses(7, page, "Về danh sách")).text == level.text
