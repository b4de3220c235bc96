"""Documents of a file against those that are there, with what supersedes them and their files."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.errors import InputError
from bot.exchange import importing
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents
from tests.knowledge.import_files import (
    NOW,
    NQ18,
    NQ18_NEW,
    NQ57,
    apply,
    counts_of,
    csv,
    entry_of,
    errors_of,
    jsonl,
    lines_of,
    read_file,
)


def test_a_number_that_excel_made_a_date(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Số hiệu", "Trích yếu", "Cơ quan ban hành"])
    sheet.append([date(2024, 12, 1), "Việc", "Bộ Chính trị"])
    workbook.save(tmp_path / "a.xlsx")
    (error,) = errors_of(tmp_path / "a.xlsx")
    assert error.startswith("ô A2: Excel đã tự đổi thành ngày (01/12/2024)")


async def test_documents(db: SqliteDatabase, tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "Số hiệu;Loại;Trích yếu;Cơ quan ban hành;Cấp;Ngày ban hành;Địa chỉ;Tóm tắt;Chủ đề;Trạng thái;Được thay thế bởi",
        '18 – NQ/TW;;Bộ máy;Ban Chấp hành Trung ương;;25/10/2017;https://a.vn/18;T;"Tổ chức, bộ máy; Biên chế";'
        "còn hiệu lực;18-NQ/TW ngày 16/06/2022",
        "18-NQ/TW;;Đất đai;Ban Chấp hành Trung ương;;16/06/2022;;;;;",
        ";Nghị quyết;Nghị quyết Đại hội;Đảng bộ phường Ba Đình;;;;;;hết hiệu lực;",
    )
    assert counts_of(await apply(db, path)) == (3, 0, 0)
    new, old, congress = await db.read(documents.all_documents)
    assert (old.number, old.kind, old.level, old.status) == (
        "18-NQ/TW",
        "Nghị quyết",
        "Trung ương",
        "in force",
    )
    assert (old.issued_on, old.topics) == (date(2017, 10, 25), ("Tổ chức, bộ máy", "Biên chế"))
    assert (old.address, old.summary, old.superseded_by) == ("https://a.vn/18", "T", new.key)
    assert (new.status, new.superseded_by, new.sample) == ("draft", None, False)
    assert (congress.number, congress.level, congress.status) == (None, "xã", "expired")


async def test_samples_are_published_with_the_rest(db: SqliteDatabase, tmp_path: Path) -> None:
    path = jsonl(tmp_path, NQ57 | {"sample": True, "status": "in force"}, NQ18)
    await apply(db, path)
    assert {(one.status, one.sample) for one in await db.read(documents.all_documents)} == {
        ("in force", True),
        ("draft", False),
    }
    assert counts_of(await apply(db, path, publish=True)) == (0, 2, 0)
    assert {(one.status, one.sample) for one in await db.read(documents.all_documents)} == {
        ("in force", False)
    }


@pytest.mark.parametrize(
    ("items", "error"),
    [
        ([NQ57 | {"superseded_by": "1-NQ/TW"}], "không có văn bản “1-NQ/TW”"),
        ([NQ57 | {"superseded_by": "57-NQ/TW"}], "bởi chính nó"),
        ([NQ57 | {"superseded_by": "18-NQ/TW"}, NQ18 | {"superseded_by": "57-NQ/TW"}], "vòng tròn"),
        ([NQ57 | {"superseded_by": "18-NQ/TW"}, NQ18, NQ18_NEW], "khớp 2 văn bản"),
        ([NQ57 | {"number": "57-QĐ/TW"}], "chưa có loại văn bản"),
        ([NQ57 | {"number": None, "kind": "Nghị quyết", "issuer": "Viện Hàn lâm"}], "chưa có cấp ban hành"),
    ],
)
async def test_documents_that_do_not_fit_the_database(
    db: SqliteDatabase, tmp_path: Path, items: list[dict[str, Any]], error: str
) -> None:
    parsed = read_file(jsonl(tmp_path, *items))
    assert parsed.report.errors == ()
    preview = await db.read(importing.preview, parsed, publish=False)
    assert error in " ".join(lines_of(preview.report.errors))
    with pytest.raises(InputError, match=error):
        await db.run(importing.apply, parsed, publish=False, now=NOW)
    assert await db.read(documents.all_documents) == []


def test_a_document_twice_and_a_bad_address(tmp_path: Path) -> None:
    errors = errors_of(
        jsonl(tmp_path, NQ57 | {"address": "javascript:alert(1)"}, NQ57 | {"number": "57 - nq/tw"})
    )
    assert errors == [
        "dòng 1, khóa “address”: “javascript:alert(1)” không phải địa chỉ trang (http:// hoặc https://).",
        "dòng 2: văn bản đã có ở dòng 1 (cùng số hiệu, ngày và cơ quan ban hành).",
    ]


async def test_files_of_documents(db: SqliteDatabase, tmp_path: Path) -> None:
    (tmp_path / "tep").mkdir()
    (tmp_path / "tep" / "nq57.pdf").write_bytes(b"%PDF-1.7")
    path = jsonl(tmp_path, NQ57 | {"file": "tep\\nq57.pdf"})
    assert counts_of(await apply(db, path)) == (1, 0, 0)
    assert counts_of(await apply(db, path)) == (0, 0, 1)
    (document,) = await db.read(documents.all_documents)
    file = await db.read(documents.file_of, document.key)
    assert file is not None
    assert (file.name, file.media_type, file.content) == ("nq57.pdf", "application/pdf", b"%PDF-1.7")
    (tmp_path / "tep" / "nq57.pdf").write_bytes(b"%PDF-2.0")
    assert counts_of(await apply(db, path)) == (0, 1, 0)
    assert counts_of(await apply(db, jsonl(tmp_path, NQ57 | {"file": ""}))) == (0, 0, 1)


@pytest.mark.parametrize(
    "name", ["none.pdf", "../a.pdf", "/etc/passwd", "tep/../../a.pdf", "link/a.pdf", "a.exe"]
)
def test_files_that_are_not_taken(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "bang"
    folder.mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (folder / "a.exe").write_bytes(b"MZ")
    os.symlink(tmp_path, folder / "link")
    (error,) = errors_of(jsonl(folder, NQ57 | {"file": name}))
    assert error.startswith("dòng 1, khóa “file”: ")


UNDATED = {name: value for name, value in NQ18.items() if name != "issued_on"}


async def test_a_date_that_comes_later_makes_no_second_document(db: SqliteDatabase, tmp_path: Path) -> None:
    entry = {"id": "a", "question": "Hỏi?", "answer": "Đáp.", "document": "18-NQ/TW ngày 25/10/2017"}
    await apply(db, jsonl(tmp_path, UNDATED))
    await apply(db, jsonl(tmp_path, entry))
    assert counts_of(await apply(db, jsonl(tmp_path, NQ18))) == (0, 1, 0)
    (document,) = await db.read(documents.all_documents)
    assert document.issued_on == date(2017, 10, 25)
    assert (await entry_of(db, "a")).document == document.key
    assert counts_of(await apply(db, jsonl(tmp_path, NQ18))) == (0, 0, 1)


@pytest.mark.parametrize("row", [UNDATED, UNDATED | {"issued_on": ""}])
async def test_a_row_without_a_date_means_the_one_that_has_it(
    db: SqliteDatabase, tmp_path: Path, row: dict[str, Any]
) -> None:
    await apply(db, jsonl(tmp_path, NQ18))
    assert counts_of(await apply(db, jsonl(tmp_path, row))) == (0, 0, 1)
    assert counts_of(await apply(db, jsonl(tmp_path, row | {"summary": "Mới"}))) == (0, 1, 0)
    (document,) = await db.read(documents.all_documents)
    assert (document.issued_on, document.summary) == (date(2017, 10, 25), "Mới")


async def test_a_row_that_two_dated_documents_fit_is_refused(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, jsonl(tmp_path, NQ18, NQ18_NEW))
    with pytest.raises(InputError, match="có 2 văn bản mang số hiệu này"):
        await apply(db, jsonl(tmp_path, UNDATED))


async def test_two_dated_rows_for_the_one_without_a_date_are_refused(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    await apply(db, jsonl(tmp_path, UNDATED))
    both = read_file(jsonl(tmp_path, NQ18, NQ18_NEW))
    found = lines_of((await db.read(importing.preview, both, publish=False)).report.errors)
    assert [line[:40] for line in found] == [f"dòng {at}, khóa “issued_on”: 2 dòng mang số" for at in (1, 2)]
    other_title = await apply(db, jsonl(tmp_path, NQ18_NEW))
    assert counts_of(other_title) == (0, 1, 0)
    assert "được hiểu là văn bản đang lưu “Bộ máy”" in lines_of(other_title.report.warnings)[0]
    assert counts_of(await apply(db, jsonl(tmp_path, NQ18))) == (1, 0, 0)


def test_with_and_without_its_date_in_one_file(tmp_path: Path) -> None:
    (error,) = errors_of(jsonl(tmp_path, UNDATED, NQ18))
    assert error.startswith("dòng 2: có thể trùng với dòng 1")


async def test_a_date_that_comes_later_keeps_what_supersedes_what(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, jsonl(tmp_path, UNDATED, NQ57 | {"superseded_by": "18-NQ/TW"}))
    row = NQ57 | {"superseded_by": "18-NQ/TW"}
    assert counts_of(await apply(db, jsonl(tmp_path, row, NQ18))) == (0, 1, 1)
    old, new = await db.read(documents.all_documents)
    assert old.superseded_by == new.key
