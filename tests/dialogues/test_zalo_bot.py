"""Questions and what comes back on Zalo Bot: no buttons, numbers instead, on the fake platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Tx
from tests.dialogues.conftest import ORGANISATION
from tests.dialogues.on_zalo_bot import ANSWER, NAME, QUESTION, Talk, number, talking
from tests.fakes.zalo_bot import GROUP, LAN, MINH, Fault


@pytest.fixture(params=["polling", "webhook"])
async def talk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, webhook=request.param == "webhook") as made:
        yield made


async def test_question_detail_and_related_by_numbers(talk: Talk) -> None:
    answer = await talk.says(LAN, "muc tieu kinh te so cua nghi quyet 57")
    assert ANSWER in answer
    assert f"dịch vụ trả lời tự động của {ORGANISATION}" in answer
    assert "Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (Mục II)" in answer
    detail = await talk.says(LAN, number(answer, "Xem chi tiết"))
    assert "tỉ trọng kinh tế số <tối thiểu> 30% GDP & tăng dần." in detail
    page = await talk.says(LAN, f"{number(detail, 'Xem văn bản')}.")
    assert "Ngày ban hành: 22/12/2024" in page
    assert "Mở toàn văn: https://example.vn/57?a=1&b=2" in page
    other = await talk.says(LAN, number(page, "Nghị quyết 57 dành bao nhiêu"))
    assert "Ít nhất 3% tổng chi ngân sách hằng năm." in other


async def test_looking_through_the_documents_by_numbers(talk: Talk) -> None:
    root = await talk.says(LAN, "tra cứu")
    level = await talk.says(LAN, number(root, "Trung ương (5)"))
    page = await talk.says(LAN, number(level, "57-NQ/TW (22/12/2024)"))
    assert "Đặt mục tiêu cho năm 2030." in page
    assert await talk.says(LAN, number(page, "Về danh sách")) == level


async def test_a_number_means_the_choices_last_shown_to_whoever_types_it(talk: Talk) -> None:
    await talk.says(LAN, QUESTION)
    page = await talk.says(MINH, "nghị quyết 57")
    detail = await talk.says(LAN, "1")
    assert "Chi tiết:" in detail
    assert "Chi tiết:" not in await talk.says(MINH, number(page, "Nghị quyết 57 đặt mục tiêu"))
    assert "không thấy lựa chọn số 77" in await talk.says(LAN, "77")


async def test_a_thumb_down_asks_why_and_both_are_numbers(talk: Talk) -> None:
    answer = await talk.says(LAN, QUESTION)
    why = await talk.says(LAN, number(answer, "👎"))
    assert "chưa tốt ở điểm nào" in why
    thanks = await talk.says(LAN, number(why, "Đã cũ"))
    assert "góp ý đã được ghi lại" in thanks

    def given(tx: Tx) -> list[dict[str, object]]:
        return tx.rows("SELECT verdict, reason FROM feedback")

    assert await talk.db.read(given) == [{"verdict": "down", "reason": "outdated"}]


async def test_a_file_comes_as_an_address_where_there_is_one(talk: Talk) -> None:
    page = await talk.says(LAN, "nghị quyết 68")
    file = await talk.says(LAN, number(page, "Tải tệp"))
    assert "nq68.pdf" in file
    assert ("/documents/" in file) is bool(talk.fake.webhook)


async def test_privacy_and_deletion(talk: Talk) -> None:
    assert "Về dữ liệu của Bạn" in await talk.says(LAN, "/riengtu")
    await talk.says(LAN, "xin chào")
    assert "ghi nhớ rằng Bạn đã từng nhắn tin" in await talk.says(LAN, "/xoadulieu")

    def kept(tx: Tx) -> object:
        return tx.rows("SELECT * FROM people"), tx.rows("SELECT * FROM shown_choices")

    assert await talk.db.read(kept) == ([], [])
    assert "không còn giữ dữ liệu nào" in await talk.says(LAN, "/xoadulieu")


async def test_groups_get_answers_by_the_name_of_the_bot(talk: Talk) -> None:
    answer = await talk.asks_in_group(f"@{NAME} {QUESTION}")
    assert ANSWER in answer
    assert "tự động" not in answer
    detail = await talk.asks_in_group(f"{number(answer, 'Xem chi tiết')} @{NAME}")
    assert "Chi tiết:" in detail


async def test_nothing_to_read(talk: Talk) -> None:
    for event in ("image", "sticker", "voice", "unsupported"):
        talk.fake.push(f"message.{event}.received", talk.fake.message(LAN, url="https://x.zdn.vn/1"))
        assert "chỉ đọc được tin nhắn chữ" in await talk.reply(LAN)
        talk.fake.push(f"message.{event}.received", talk.fake.message(GROUP, LAN))
    talk.fake.push("message.of.later", talk.fake.message(LAN, text=QUESTION))
    talk.fake.text(LAN, QUESTION, **{"from": {"id": LAN, "is_bot": True}})
    await talk.silence(LAN, GROUP)

    def parked(tx: Tx) -> object:
        return tx.rows("SELECT * FROM inbox WHERE state <> 'done'")

    assert await talk.db.read(parked) == []


async def test_the_same_update_again_is_answered_once(talk: Talk) -> None:
    update = talk.fake.text(LAN, QUESTION)
    await talk.reply(LAN)
    talk.fake.repeat(update)
    await talk.silence(LAN)


async def test_what_the_platform_does_not_take_at_once_arrives_in_order(talk: Talk) -> None:
    talk.fake.fail(Fault("status", 403))
    assert ANSWER in await talk.says(LAN, QUESTION)
    talk.fake.fail(Fault("drop_after"))  # it arrives, and nobody knows
    first = await talk.says(LAN, QUESTION)
    assert await talk.reply(LAN) == first

    def doubts(tx: Tx) -> list[int]:
        return [row["doubts"] for row in tx.rows("SELECT doubts FROM outbox ORDER BY id")]

    await talk.silence(LAN)
    assert (await talk.db.read(doubts))[:2] == [1, 1]
