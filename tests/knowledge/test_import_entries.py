"""Entries of a file against those that are there."""

import time
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from bot.errors import InputError
from bot.exchange import importing
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries
from tests.knowledge.import_files import (
    HEADINGS,
    NOW,
    NQ18,
    NQ18_NEW,
    NQ57,
    apply,
    counts_of,
    csv,
    entry_of,
    jsonl,
    lines_of,
    read_file,
)

EVALUATION_SETS = sorted(Path(__file__).parents[3].glob("shared/eval/*/entries.jsonl"))


async def test_every_column_of_an_entry(db: SqliteDatabase, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["BẢNG CÂU HỎI"])
    sheet.append([])
    sheet.append([
        "STT", "Mã", "CÂU HỎI (*)", "Cách hỏi khác", "Cách hỏi khác 2", "Câu trả lời", "chi tiet", "Văn bản", "Điều, mục",
        "Nguồn", "Chủ đề", "Trạng thái", "Hạn rà soát",
    ])  # fmt: skip
    sheet.append([
        1, 57.0, " Mục tiêu\u200b  là gì? ", "một\n hai \n\nMột", "ba", "Dòng 1 \r\nDòng 2", "Thêm", "57-NQ/TW", 2,
        "Báo Đảng",
        "Khoa học", "Đã duyệt", datetime.combine(date(2027, 1, 31), datetime.min.time()),
    ])  # fmt: skip
    workbook.save(tmp_path / "a.xlsx")
    applied = await apply(db, tmp_path / "a.xlsx")
    assert counts_of(applied) == (1, 0, 0)
    assert entries.as_draft(await entry_of(db, "57")) == entries.EntryDraft(
        id="57", question="Mục tiêu là gì?", answer="Dòng 1\nDòng 2", phrasings=("một", "hai", "ba"), detail="Thêm",
        cites="57-NQ/TW", article="2", source="Báo Đảng", topic="Khoa học", status="published",
        review_by=date(2027, 1, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "31/1/2027",
        "31.01.2027",
        "31-1-2027",
        "2027-01-31",
        "ngày 31 tháng 01 năm 2027",
        "2027-01-31 00:00:00",
        "31/01/2027 07:30",
    ],
)
async def test_dates_as_people_write_them(db: SqliteDatabase, tmp_path: Path, text: str) -> None:
    await apply(db, csv(tmp_path, "Mã;Câu hỏi;Trả lời;Hạn rà soát", f"a;Hỏi?;Đáp;{text}"))
    assert (await entry_of(db, "a")).review_by == date(2027, 1, 31)


async def test_publishing(db: SqliteDatabase, tmp_path: Path) -> None:
    lines = [
        "Mã;Câu hỏi;Trả lời;Trạng thái",
        "mới;M?;1;",
        "nháp;N?;1;nháp",
        "mẫu;S?;1;mẫu",
        "cũ;C?;1;lưu trữ",
    ]

    async def statuses(publish: bool) -> dict[str, str]:
        await apply(db, csv(tmp_path, *lines), publish=publish)
        return {entry.id: entry.status for entry in await db.read(entries.all_entries)}

    assert await statuses(False) == {"mới": "draft", "nháp": "draft", "mẫu": "sample", "cũ": "archived"}
    assert await statuses(True) == {
        "mới": "published",
        "nháp": "published",
        "mẫu": "published",
        "cũ": "archived",
    }
    lines[0] = "Mã;Câu hỏi;Trả lời;Ghi chú"  # no status any more: it is kept
    assert await statuses(False) == {
        "mới": "published",
        "nháp": "published",
        "mẫu": "published",
        "cũ": "archived",
    }


async def test_a_missing_column_keeps_and_an_empty_cell_clears(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, csv(tmp_path, "Mã;Câu hỏi;Trả lời;Chủ đề;Chi tiết", "a;Hỏi?;Đáp;Đất;Dài"))
    applied = await apply(db, csv(tmp_path, "Mã;Câu hỏi;Trả lời;Chủ đề", "a;Hỏi?;Đáp;"))
    assert counts_of(applied) == (0, 1, 0)
    entry = await entry_of(db, "a")
    assert (entry.topic, entry.detail, entry.version) == ("", "Dài", 2)


async def test_made_ids_are_stable(db: SqliteDatabase, tmp_path: Path) -> None:
    lines = ["Câu hỏi;Trả lời", "Đất đai là gì?;1", "Đất đai, là gì;2", "???;3"]
    assert counts_of(await apply(db, csv(tmp_path, *lines))) == (3, 0, 0)
    ids = [entry.id for entry in await db.read(entries.all_entries)]
    assert ids == ["dat-dai-la-gi", "dat-dai-la-gi-2", "cau-hoi"]
    lines[1], lines[2] = "Đất đai, là gì;2 mới", "đất đai là GÌ?;1"
    assert counts_of(await apply(db, csv(tmp_path, *lines))) == (0, 2, 1)
    assert (await entry_of(db, "dat-dai-la-gi-2")).answer == "2 mới"
    assert counts_of(await apply(db, csv(tmp_path, "Câu hỏi;Trả lời", f"{'dài ' * 100};1"))) == (1, 0, 0)
    assert len((await db.read(entries.all_entries))[-1].id) <= 60


async def test_citations_that_cannot_be_linked_are_told(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, jsonl(tmp_path, NQ18, NQ18_NEW))
    path = jsonl(
        tmp_path,
        {"id": "a", "question": "A?", "answer": "1", "document": "57-NQ/TW"},
        {"id": "b", "question": "B?", "answer": "1", "document": "18-NQ/TW"},
        {
            "id": "c",
            "question": "C?",
            "answer": "1",
            "document": {"number": "18-NQ/TW", "issued_on": "2022-06-16"},
        },
        {"id": "d", "question": "D?", "answer": "1"},
        {"id": "e", "question": "E?", "answer": "1", "document": "57-NQ/TW"},
    )
    applied = await apply(db, path)
    assert [told.split(";")[0] for told in lines_of(applied.report.notices)] == [
        "dòng 2, khóa “document”: “18-NQ/TW” khớp 2 văn bản",
        "dòng 4: câu trả lời chưa ghi văn bản hoặc nguồn.",
        "dòng 1, khóa “document” và 1 ô khác: chưa có văn bản “57-NQ/TW” trong hệ thống",
    ]
    assert (await entry_of(db, "c")).document is not None
    await apply(db, jsonl(tmp_path, NQ57))
    assert (await entry_of(db, "a")).document is not None
    assert (await entry_of(db, "b")).document is None


async def test_nothing_is_written_where_anything_is_wrong(db: SqliteDatabase, tmp_path: Path) -> None:
    path = csv(tmp_path, HEADINGS, "a;Một?;Đáp;s", "b;Hai?;;s")
    parsed = read_file(path)
    with pytest.raises(InputError, match="1 lỗi, đầu tiên là ô C3: chưa có trả lời"):
        await db.run(importing.apply, parsed, publish=True, now=NOW)
    assert await db.read(entries.all_entries) == []
    preview = await db.read(importing.preview, parsed, publish=True)
    assert counts_of(preview) == (0, 0, 0)
    assert preview.report == parsed.report


async def test_a_preview_counts_and_writes_nothing(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, csv(tmp_path, HEADINGS, "a;Một?;Đáp;s", "b;Hai?;Đáp;s"))
    parsed = read_file(csv(tmp_path, HEADINGS, "a;Một?;Khác;s", "b;Hai?;Đáp;s", "c;Ba?;Đáp;s"))
    before = await db.read(entries.all_entries)
    assert counts_of(await db.read(importing.preview, parsed, publish=False)) == (1, 1, 1)
    assert await db.read(entries.all_entries) == before


async def test_long_answers_are_only_a_warning(db: SqliteDatabase, tmp_path: Path) -> None:
    applied = await apply(
        db, jsonl(tmp_path, {"id": "a", "question": "Hỏi?", "answer": "dài " * 1500, "source": "s"})
    )
    assert [told.split(",")[0] for told in lines_of(applied.report.warnings)] == ["dòng 1"]
    assert "5999 ký tự" in applied.report.warnings[0].text


@pytest.mark.parametrize("path", EVALUATION_SETS, ids=lambda path: path.parent.name)
async def test_the_evaluation_sets(db: SqliteDatabase, path: Path) -> None:
    applied = await apply(db, path, publish=True)
    assert applied.added > 0
    assert applied.report.errors == ()
    assert len(await db.read(entries.answerable)) == applied.added


async def test_ten_thousand_entries_in_a_moment(db: SqliteDatabase, tmp_path: Path) -> None:
    items = [
        {
            "id": f"c{at}",
            "question": f"Câu hỏi {at}?",
            "phrasings": [f"hỏi {at}", f"câu {at}"],
            "answer": "Đáp",
        }
        for at in range(10_000)
    ]
    parsed = read_file(jsonl(tmp_path, *items))
    begin = time.process_time()
    applied = await db.run(importing.apply, parsed, publish=True, now=NOW)
    assert counts_of(applied) == (10_000, 0, 0)
    assert time.process_time() - begin < 3
