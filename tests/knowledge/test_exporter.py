import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bot.errors import InputError
from bot.exchange import exporting
from bot.files import sheets
from bot.files.attachments import Attachment
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, inquiries, inquiry_groups, own_words
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from knowledge.exchange.kinds import KINDS
from knowledge.own_words import Word
from knowledge.short_forms import ShortForm, defaults
from tests.knowledge.import_files import NOW, apply, counts_of, read_file

BY_NAME = {kind.form.kind: kind for kind in KINDS}
FORMATS = ("xlsx", "csv", "jsonl")
OLD = DocumentDraft(
    "18-NQ/TW", "Nghị quyết", "Sắp xếp bộ máy", "Ban Chấp hành Trung ương", "Trung ương", date(2017, 10, 25),
    summary="Hai dòng\nở đây", address="https://example.vn/18?a=1&b=2", topics=("Tổ chức, bộ máy", "Biên chế"),
    status="expired", sample=True, file=Attachment("NQ 18 (bản ký).pdf", "application/pdf", b"%PDF-1.7"),
)  # fmt: skip
NEW = replace(OLD, title="=Đất đai", issued_on=date(2022, 6, 16), sample=False, status="in force", topics=())
NAMELESS = DocumentDraft(None, "Nghị quyết", "Đại hội của Đảng bộ xã", "Đảng ủy xã Ví Dụ", "xã")
QUESTIONS = (
    EntryDraft("nq18", "Nghị quyết 18 nói gì?", "- Một\n- Hai\n\n- Ba", ("=nq18", "nq 18; là gì"), cites="18-NQ/TW"),
    EntryDraft("@mã", "+Hỏi \"ngoặc\", phẩy; chấm?", "'=1+1", ("'-x",), "Dài", "18-NQ/TW ngày 25/10/2017", "Điều 1/2025",
               "Sổ tay", "Đất đai", "sample", date(2027, 1, 31)),
    EntryDraft("vi-du-ve-gi", "Ví dụ về gì?", "Không phải ví dụ"),
    EntryDraft("57", "57.0", "TRUE", (), status="published", source="#N/A"),
    EntryDraft("lưu trữ", "Câu cũ?", "đáp, " * 3_000 + "hết", status="archived", topic="\u00e0 \u1ec7 đ 🙂"),
)  # fmt: skip
WORDS = (
    Word(ShortForm("nvh", "Nhà văn hóa Ấp Bắc")), Word(ShortForm("tổ tự quản", "=tổ dân phố")),
    Word(ShortForm("đt", "điện thoại"), active=False), Word(ShortForm("nv", "nhiệm vụ", "before number")),
    Word(ShortForm("hs", "học sinh")),
)  # fmt: skip
ASKER = Address("net", "somebody")
ASKED = ("=Bao giờ sửa cầu; hay là đường?", '\'-Chợ họp "ngày" nào')
ANSWERED = {ASKED[1]: "- Ngày 5\n- Ngày 10, nghỉ tết"}


def _fill(tx: Tx) -> None:
    new = documents.save(tx, NEW, NOW)
    documents.save(tx, replace(OLD, superseded_by=new), NOW)
    documents.save(tx, NAMELESS, NOW)
    entries.save_all(tx, QUESTIONS, NOW)
    own_words.save_all(tx, WORDS, NOW)
    for text in ASKED:
        inquiry_groups.prepare(tx, inquiries.send(tx, text, ASKER, None, NOW).group, ANSWERED.get(text, ""))


def _state(tx: Tx) -> tuple[Sequence[object], ...]:
    tables = ("documents", "document_files", "entries", "phrasings", "entry_versions", "revisions", "words",
              "inquiries", "inquiry_groups", "inquiry_askers")  # fmt: skip
    return tuple(tx.rows(f"SELECT * FROM {table}") for table in tables)


@pytest.mark.parametrize("kind", BY_NAME)
@pytest.mark.parametrize("format", FORMATS)
async def test_importing_an_export_changes_nothing(
    db: SqliteDatabase, tmp_path: Path, kind: str, format: str
) -> None:
    await db.run(_fill)
    before = await db.read(_state)
    path = tmp_path / f"a.{format}"
    count = await db.read(exporting.export, BY_NAME[kind], path)
    applied = await apply(db, path)
    assert counts_of(applied) == (0, 0, count)
    assert (
        count
        == {"documents": 3, "entries": len(QUESTIONS), "words": len(defaults()) + 3, "inquiries": 2}[kind]
    )
    assert await db.read(_state) == before


@pytest.mark.parametrize("format", FORMATS)
async def test_an_export_moves_everything_to_another_database(
    db: SqliteDatabase, tmp_path: Path, format: str
) -> None:
    await db.run(_fill)
    other = SqliteDatabase.open(tmp_path / "other.db")
    for kind in ("documents", "entries"):
        path = tmp_path / f"{kind}.{format}"
        await db.read(exporting.export, BY_NAME[kind], path)
        await apply(other, path)
    moved = {entry.id: entries.as_draft(entry) for entry in await other.read(entries.all_entries)}
    assert moved == {draft.id: draft for draft in QUESTIONS}
    (old,) = await other.read(documents.find, "18-NQ/TW", date(2017, 10, 25))
    newest = await other.read(documents.newest, old)
    assert newest is not None
    assert newest.title == "=Đất đai"
    assert await other.read(documents.file_of, old.key) == OLD.file
    assert old.sample
    await other.close()


async def test_files_lie_beside_the_export(db: SqliteDatabase, tmp_path: Path) -> None:
    await db.run(_fill)
    path = tmp_path / "van-ban.jsonl"
    await db.read(exporting.export, BY_NAME["documents"], path)
    named = [json.loads(line)["file"] for line in path.read_text("utf-8").splitlines()]
    assert [name and name.rpartition("/")[2] for name in named] == ["NQ 18 (bản ký).pdf"] * 2 + [None]
    assert len({name for name in named if name}) == 2
    assert all((tmp_path / name).read_bytes() == b"%PDF-1.7" for name in named if name)


async def test_documents_that_are_called_alike_have_a_folder_each(db: SqliteDatabase, tmp_path: Path) -> None:
    for number, issuer in (("12-KH", "Một"), ("12-KH/2", "Hai"), ("12-KH", "Ba"), ("12 KH", "Bốn")):
        await db.run(documents.save, replace(OLD, number=number, issuer=issuer), NOW)
    path = tmp_path / "van-ban.jsonl"
    await db.read(exporting.export, BY_NAME["documents"], path)
    named = {json.loads(line)["file"].split("/")[1] for line in path.read_text("utf-8").splitlines()}
    assert named == {"12-kh", "12-kh-2", "12-kh-3", "12-kh-4"}


async def test_an_entry_in_jsonl_has_the_keys_of_the_contract(db: SqliteDatabase, tmp_path: Path) -> None:
    await db.run(_fill)
    await db.read(exporting.export, BY_NAME["entries"], tmp_path / "a.jsonl")
    first = json.loads((tmp_path / "a.jsonl").read_text("utf-8").splitlines()[0])
    assert {
        "id",
        "question",
        "phrasings",
        "answer",
        "detail",
        "document",
        "article",
        "source",
        "topic",
    } <= set(first)
    assert (first["phrasings"], first["document"], first["status"]) == (
        ["=nq18", "nq 18; là gì"],
        "18-NQ/TW",
        "draft",
    )


async def test_no_formula_leaves_in_a_workbook(db: SqliteDatabase, tmp_path: Path) -> None:
    await db.run(_fill)
    await db.read(exporting.export, BY_NAME["entries"], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Câu hỏi"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 20
    assert {cell.data_type for cell in cells} <= {"s", "d"}


@pytest.mark.parametrize("kind", BY_NAME)
@pytest.mark.parametrize("format", FORMATS)
async def test_the_examples_of_a_template_are_never_imported(
    db: SqliteDatabase, tmp_path: Path, kind: str, format: str
) -> None:
    path = tmp_path / f"a.{format}"
    exporting.template(BY_NAME[kind], path)
    parsed = read_file(path)
    assert parsed.kind == kind
    assert parsed.rows == ()
    assert parsed.report.errors == ()
    assert "dòng ví dụ" in parsed.report.warnings[0].text


def test_a_template_tells_how_to_fill_it_in(tmp_path: Path) -> None:
    exporting.template(BY_NAME["entries"], tmp_path / "a.xlsx")
    first, second = sheets.read(tmp_path / "a.xlsx").tables
    assert first.rows[0].cells[:3] == ("Mã", "Câu hỏi", "Cách hỏi khác")
    assert second.name == "Hướng dẫn"
    assert any("VÍ DỤ" in str(row.cells[0]) for row in second.rows)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    for name in ("none/a.csv", "none/a.xlsx", "none/a.jsonl", "a.ods"):
        with pytest.raises(InputError):
            exporting.template(BY_NAME["entries"], tmp_path / name)
