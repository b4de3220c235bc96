"""Questions that go on about the document shown last: on every network, for ten minutes, and never in a group."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.model import Tx
from knowledge import documents, entries, revisions
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from tests.dialogues.several import TELEGRAM, WEB, ZALO, Several, several

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
NETWORKS = ("telegram", "zalo-bot", "zalo-oa", "web", "terminal")
FOLLOW_UP = "còn mục tiêu thì sao?"
AIMS_57, AIMS_68 = "Kinh tế số đạt 30% GDP.", "Có 2 triệu doanh nghiệp."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(
        tmp_path, telegram=TELEGRAM, zalo_bot=ZALO, zalo_oa=ZALO, web=WEB, terminal=TELEGRAM
    ) as talk:
        await talk.db.run(_knowledge)
        await talk.bot.refresh()
        yield talk


@pytest.mark.parametrize("network", NETWORKS)
async def test_a_follow_up_is_answered_on_every_network(talk: Several, network: str) -> None:
    await talk.says(network, "lan", "nghị quyết 57")
    answer = await talk.says(network, "lan", FOLLOW_UP)
    assert AIMS_57 in answer
    assert "Theo Nghị quyết số 57-NQ/TW" in answer


async def test_the_newer_document_counts_and_the_answer_of_one_is_one(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")
    assert "Thực hiện từ năm 2025" in await talk.says(
        "telegram", "lan", "nghị quyết 68 có hiệu lực từ khi nào"
    )
    assert AIMS_68 in await talk.says("telegram", "lan", FOLLOW_UP)
    await talk.says("telegram", "lan", "nghị quyết 57")
    assert AIMS_57 in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_it_is_over_after_ten_minutes(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")
    talk.clock.move(minutes=9, seconds=59)
    assert AIMS_57 in await talk.says("telegram", "lan", FOLLOW_UP)  # which begins ten minutes anew
    talk.clock.move(minutes=10)
    assert AIMS_57 not in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_a_question_about_something_else_ends_it(talk: Several) -> None:
    for other in (
        "nghị quyết 18",
        "nghị quyết 99 đặt mục tiêu gì",
        "giá vàng hôm nay",
        "thư viện xã mở cửa lúc nào",
    ):
        await talk.says("telegram", "lan", "nghị quyết 57")
        await talk.says("telegram", "lan", other)
        assert AIMS_57 not in await talk.says("telegram", "lan", FOLLOW_UP), other


async def test_a_document_that_is_not_there_is_the_one_that_is_talked_about(talk: Several) -> None:
    for ask in ("nghị quyết 99 đặt mục tiêu gì", "nghị quyết 99"):
        await talk.says("telegram", "lan", "nghị quyết 57")
        assert "chưa có văn bản “nghị quyết 99”" in await talk.says("telegram", "lan", ask)
        for text in ("còn ngân sách thì sao", "thế ngân sách lấy từ đâu?"):
            assert "chưa có văn bản “nghị quyết 99”" in await talk.says("telegram", "lan", text)
        assert "Từ 7 giờ." in await talk.says("telegram", "lan", "thư viện xã mở cửa lúc nào")
    await talk.says("telegram", "lan", "nghị quyết 99")
    await talk.says("telegram", "lan", FOLLOW_UP)
    assert [row["text"] for row in await talk.rows("question_log")][-1] == f"{FOLLOW_UP} (nghị quyết 99)"
    talk.clock.move(minutes=10)
    assert "nghị quyết 99" not in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_a_thank_you_and_a_follow_up_without_an_answer_do_not(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")
    await talk.says("telegram", "lan", "cảm ơn bạn")
    nothing = await talk.says("telegram", "lan", "nghị quyết này ai giám sát?")
    assert nothing.startswith("Tôi hiểu Bạn hỏi tiếp về Nghị quyết số 57-NQ/TW ngày 22/12/2024")
    assert "Ngày ban hành: 22/12/2024" in nothing
    assert AIMS_57 in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_of_two_documents_with_one_number_the_one_that_was_opened_is_meant(talk: Several) -> None:
    await talk.says("web", "lan", "nghị quyết 18")
    await talk.hear("web", "lan", "", kind="choice", payload="document/3")
    assert "ngày 25/10/2017" in (await talk.next("web", "lan")).replace("Ngày ban hành: ", "ngày ")
    answer = await talk.says("web", "lan", FOLLOW_UP)
    assert "Bộ máy tinh gọn." in answer
    assert "ngày 25/10/2017" in answer


async def test_a_document_that_was_looked_up_is_the_one(talk: Several) -> None:
    await talk.says("telegram", "lan", "/tracuu 57")
    assert AIMS_57 in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_a_button_of_the_document_makes_it_the_one(talk: Several) -> None:
    await talk.hear("telegram", "lan", "", kind="choice", payload="answer/1")
    assert "chi 3% ngân sách" in await talk.next("telegram", "lan")
    assert AIMS_57 in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_an_answer_out_of_a_superseded_document_says_so_again(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 19")
    answer = await talk.says("telegram", "lan", FOLLOW_UP)
    assert "Đất được giao lâu dài." in answer
    assert "đã được thay thế bởi Nghị quyết số 18-NQ/TW ngày 16/06/2022" in answer


async def test_a_document_that_was_withdrawn_since_helps_nobody(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")

    def withdraw(tx: Tx) -> None:
        tx.run("UPDATE documents SET status = 'draft' WHERE number = '57-NQ/TW'")
        revisions.touch(tx)

    await talk.db.run(withdraw)
    await talk.bot.refresh()
    assert "57-NQ/TW" not in await talk.says("telegram", "lan", "nghị quyết này có mục tiêu gì?")


async def test_suggestions_say_which_document_was_understood(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")
    suggested = await talk.says("telegram", "lan", "nghị quyết này dành ngân sách khoa học ở đâu?")
    assert suggested.startswith("Tôi hiểu Bạn hỏi tiếp về Nghị quyết số 57-NQ/TW")
    assert "bao nhiêu ngân sách" in suggested


async def test_in_a_group_nothing_is_remembered(talk: Several) -> None:
    """Several people talk there, and a sample of somebody's private chat must not come up in it."""
    await talk.says("telegram", "lan", "nghị quyết 68")
    await talk.says("telegram", "lan", "nghị quyết 57", group="xóm 3")
    assert AIMS_57 not in await talk.says("telegram", "lan", FOLLOW_UP, group="xóm 3")
    assert AIMS_68 not in await talk.says("telegram", "minh", FOLLOW_UP, group="xóm 3")
    assert [row["conversation"] for row in await talk.rows("recent")] == ["lan"]
    assert AIMS_68 in await talk.says("telegram", "lan", FOLLOW_UP)


async def test_it_is_logged_so_that_staff_understand_it(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")
    await talk.says("telegram", "lan", "còn kinh phí?")
    assert [row["text"] for row in await talk.rows("question_log")][-1] == (
        "còn kinh phí? (Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị)"
    )


async def test_what_is_remembered_is_sealed_and_erased_by_its_person(talk: Several) -> None:
    await talk.says("telegram", "lan", "nghị quyết 57")
    [row] = await talk.rows("recent")
    assert b"key" not in row["payload"]
    erased = await talk.says("telegram", "lan", "/xoadulieu")
    assert "• văn bản Bạn vừa xem" in erased
    assert await talk.rows("recent") == []
    assert AIMS_57 not in await talk.says("telegram", "lan", FOLLOW_UP)
    assert "Văn bản vừa xem, vừa hỏi được nhớ 10 phút" in await talk.says("telegram", "lan", "/riengtu")


def _knowledge(tx: Tx) -> None:
    def document(
        number: str, issued_on: date, *, superseded_by: int | None = None, sample: bool = False
    ) -> int:
        draft = DocumentDraft(
            number,
            "Nghị quyết",
            f"Văn bản số {number}",
            "Bộ Chính trị",
            "Trung ương",
            issued_on,
            status="in force",
            superseded_by=superseded_by,
            sample=sample,
        )
        return documents.save(tx, draft, NOW)

    def entry(question: str, answer: str, cites: str, status: entries.Status = "published") -> None:
        id = str(len(entries.all_entries(tx)))
        entries.save(tx, EntryDraft(id, question, answer, cites=cites, status=status), NOW)

    document("57-NQ/TW", date(2024, 12, 22))
    document("68-NQ/TW", date(2025, 5, 4), sample=True)
    document("18-NQ/TW", date(2017, 10, 25))
    land = document("18-NQ/TW", date(2022, 6, 16))
    document("19-NQ/TW", date(2012, 10, 31), superseded_by=land)
    entry(
        "Nghị quyết 57 dành bao nhiêu ngân sách cho khoa học?",
        "Mỗi năm chi 3% ngân sách trở lên.",
        "57-NQ/TW",
    )
    entry("Nghị quyết 57 đặt mục tiêu gì?", AIMS_57, "57-NQ/TW")
    entry("Nghị quyết 68 đặt mục tiêu gì?", AIMS_68, "68-NQ/TW", "sample")
    entry("Nghị quyết 68 có hiệu lực từ khi nào?", "Thực hiện từ năm 2025.", "68-NQ/TW", "sample")
    entry("Nghị quyết 18 năm 2017 đặt mục tiêu gì?", "Bộ máy tinh gọn.", "18-NQ/TW ngày 25/10/2017")
    entry("Nghị quyết 18 năm 2022 đặt mục tiêu gì?", "Đất dùng hiệu quả.", "18-NQ/TW ngày 16/06/2022")
    entry("Nghị quyết 19 đặt mục tiêu gì?", "Đất được giao lâu dài.", "19-NQ/TW")
    entry("Thư viện xã mở cửa lúc nào?", "Từ 7 giờ.", "")
    entry("Chi bộ sinh hoạt thường kỳ mấy lần một tháng?", "Mỗi tháng một lần.", "")
