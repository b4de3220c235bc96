"""The department's short forms and synonyms: by spreadsheet, judged row by row, read at once by what is running."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import InputError
from bot.exchange import importing
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries, own_words
from knowledge.answering import Thresholds
from knowledge.entries import EntryDraft
from knowledge.library import Library
from knowledge.short_forms import defaults, shipped_forms
from tests.knowledge.import_files import NOW, apply, counts_of, csv, lines_of, read_file

HEADINGS = "Cách viết;Nghĩa là;Khi nào;Trạng thái"
HALL = EntryDraft(
    "nha-van-hoa", "Nhà văn hóa thôn mở cửa lúc mấy giờ?", "Từ 7 giờ đến 21 giờ.", status="published"
)
HOUSE = EntryDraft("nha-o", "Mua nhà ở xã hội cần điều kiện gì?", "Có xác nhận của xã.", status="published")


def _publish(tx: Tx) -> None:
    entries.save_all(tx, (HALL, HOUSE), NOW)


async def _doubts(db: SqliteDatabase, path: Path) -> list[str]:
    told = await db.read(importing.preview, read_file(path), publish=False)
    return lines_of(told.report.notices)


async def test_a_row_adds_changes_or_switches_off(db: SqliteDatabase, tmp_path: Path) -> None:
    path = csv(tmp_path, HEADINGS, "NVH;nhà văn hóa thôn;;", "hs;học sinh;mọi chỗ;dùng", "đt;điện thoại;;Tắt")
    applied = await apply(db, path)
    assert (applied.kind, counts_of(applied)) == ("words", (1, 2, 0))
    words = {word.key: word for word in await db.read(own_words.all_words)}
    assert len(words) == len(defaults()) + 1
    assert words["nvh", "anywhere"].form.means == "nhà văn hóa thôn"
    assert words["hs", "anywhere"].shipped == "hồ sơ"
    forms = await db.read(own_words.load)
    assert "nvh" in forms.words
    assert "dt" not in forms.words
    assert counts_of(await apply(db, path)) == (0, 0, 3)


async def test_a_row_that_is_as_shipped_again_is_forgotten(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, csv(tmp_path, HEADINGS, "hs;học sinh;;", "ko;không;;tắt"))
    await apply(db, csv(tmp_path, HEADINGS, "hs;hồ sơ;;", "ko;không;;dùng"))
    assert await db.read(lambda tx: tx.rows("SELECT * FROM words")) == []
    assert await db.read(own_words.load) is shipped_forms()


async def test_a_running_library_reads_them_in_questions_and_in_phrasings(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    await db.run(_publish)
    library = Library(db)
    await library.refresh()
    assert library.find("nvh mở cửa lúc mấy giờ", Thresholds()).outcome != "answer"

    other = SqliteDatabase.open(tmp_path / "hoidap.db")  # as `hoidap import` beside `serve`
    await apply(other, csv(tmp_path, HEADINGS, "nvh;nhà văn hóa thôn;;", "nhà sinh hoạt;nhà văn hóa thôn;;"))
    await other.close()
    assert await library.refresh()
    for question in ("nvh mở cửa lúc mấy giờ", "nha sinh hoat mo cua luc may gio"):
        found = library.find(question, Thresholds())
        assert found.entry is not None, question
        assert found.entry.id == "nha-van-hoa"
    assert not await library.refresh()

    await db.run(entries.save, EntryDraft("nvh", "NVH cho thuê sân không?", "Có.", status="published"), NOW)
    assert await library.refresh()
    found = library.find("nhà văn hóa thôn có cho thuê sân không", Thresholds())
    assert found.entry is not None
    assert found.entry.id == "nvh"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (";nhà văn hóa;;", "ô A2: chưa có cách viết."),
        ("nvh;;;", "ô B2: chưa có nghĩa là."),
        ("??;nhà văn hóa;;", "ô A2: “??” không có chữ nào."),
        ("nvh;…;;", "ô B2: “…” không có chữ nào."),
        ("NVH;nvh;;", "ô B2: “nvh” giống hệt cách viết."),
        ("thôn;nhà văn hóa thôn;;", "ô B2: nghĩa “nhà văn hóa thôn” lại chứa “thôn”."),
        ("khoán 10;nghị quyết 10;;", "ô B2: “nghị quyết 10” có số văn bản"),
        ("nvh;nhà văn hóa;giữa câu;", "ô C2: “giữa câu” không có trong danh sách: mọi chỗ, trước số"),
        ("nvh;nhà văn hóa;;có lẽ", "ô D2: “có lẽ” không có trong danh sách: dùng, tắt."),
        ("nvh;" + "dài " * 40 + ";;", "ô B2: nghĩa là dài 159 ký tự, quá giới hạn 120."),
    ],
)
async def test_what_cannot_be(db: SqliteDatabase, tmp_path: Path, row: str, error: str) -> None:
    path = csv(tmp_path, HEADINGS, row, "bqt;ban quản trị;;")
    assert any(line.startswith(error) for line in await _doubts(db, path)), await _doubts(db, path)
    with pytest.raises(InputError):
        await apply(db, path)
    assert await db.read(lambda tx: tx.rows("SELECT * FROM words")) == []


async def test_words_in_a_circle(db: SqliteDatabase, tmp_path: Path) -> None:
    await apply(db, csv(tmp_path, HEADINGS, "khối phố;tổ dân phố;;"))
    path = csv(tmp_path, HEADINGS, "tổ dân phố;cụm dân cư;;", "cụm dân cư;khối phố;;")
    circle = "tổ dân phố → cụm dân cư → khối phố → tổ dân phố"
    assert any(circle in line for line in await _doubts(db, path))
    with pytest.raises(InputError, match="dẫn vòng"):
        await apply(db, path)
    # A chain is none: all of them are read as the last.
    await apply(db, csv(tmp_path, HEADINGS, "tổ dân phố;cụm dân cư;;"))


async def test_the_same_twice(db: SqliteDatabase, tmp_path: Path) -> None:
    doubts = await _doubts(
        db, csv(tmp_path, HEADINGS, "hoá đơn;biên lai;;", "HÓA  ĐƠN;chứng từ;;", "hóa đơn;phiếu;trước số;")
    )
    assert doubts == ["ô A3: “HÓA ĐƠN” đã có ở ô A2."]


async def test_a_short_form_that_is_a_word_is_told_with_an_example(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    await db.run(_publish)
    path = csv(
        tmp_path, HEADINGS, "nha;nhé;;", "xá;xã;;", "khuâng;không;;", "nhà;trụ sở;;", "nx;nữa;;", "nvh;nhà văn hóa;;",
        "hs;học sinh;;",
    )  # fmt: skip
    nha, xa, khuang, house, hs = await _doubts(db, path)
    assert "“nha” cũng là “nhà” gõ không dấu, ví dụ “nhà văn hóa”" in nha
    assert "cuối câu" in nha
    assert "“xá” cũng là một từ thường, ví dụ “trạm xá”" in xa
    assert khuang.startswith("ô A4: “khuâng” đọc lên thành tiếng")
    assert "“nhà” cũng là một từ thường, ví dụ “nhà văn hóa”" in house
    assert hs == "ô B8: thay cho nghĩa có sẵn “hồ sơ”."
    # They are warnings: the department decides.
    assert counts_of(await apply(db, path)) == (5, 1, 1)


async def test_at_the_end_only_is_no_doubt(db: SqliteDatabase, tmp_path: Path) -> None:
    assert await _doubts(db, csv(tmp_path, HEADINGS, "he;nhé;cuối câu;")) == []
