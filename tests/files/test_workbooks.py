import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from bot.errors import InputError
from bot.files import sheets, workbooks
from bot.files.tables import Book
from tests.files.old_text import SENTENCES, in_tcvn3


def _book(**cells: Any) -> Any:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for name, value in cells.items():
        sheet[name] = value
    return workbook


def _bytes(workbook: Any) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _read(workbook: Any) -> Book:
    return workbooks.read(_bytes(workbook), "a.xlsx")


def _with_part(content: bytes, part: str, change: dict[str, str]) -> bytes:
    """The workbook with text of one part replaced (or the part added)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name).decode() for name in old.namelist()}
        for before, after in change.items():
            parts[part] = parts[part].replace(before, after) if before else after
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def test_values_become_text_or_dates() -> None:
    day = date(2024, 12, 22)
    workbook = _book(
        A1="chữ", B1=57.0, C1=57, D1=2.5, E1=True, F1=datetime.combine(day, time()), G1=day,
        H1=datetime.combine(day, time(8, 30)), I1=time(8, 30), C3="dưới",
    )  # fmt: skip
    rows = _read(workbook).tables[0].rows
    assert rows[0].cells == (
        "chữ", "57", "57", "2.5", "TRUE", day, day, "22/12/2024 08:30", "08:30:00",
    )  # fmt: skip
    assert (rows[1].number, rows[1].cells) == (3, ("", "", "dưới"))


def test_sheets_are_named_where_there_are_several() -> None:
    workbook = _book(A1="một")
    assert _read(workbook).tables[0].place(7, 3) == "ô C7"
    workbook.create_sheet("Xã A")["A1"] = "hai"
    assert _read(workbook).tables[1].place(7, 28) == "ô AB7 (trang tính “Xã A”)"


def test_hidden_things_are_told(tmp_path: Path) -> None:
    workbook = _book(A1="một", B2="hai", C3="ba")
    workbook.active.row_dimensions[2].hidden = True
    workbook.active.column_dimensions["C"].hidden = True
    hidden = workbook.create_sheet("Kho")
    hidden["A1"] = "ẩn"
    hidden.sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    book = sheets.read(tmp_path / "a.xlsx")
    assert [len(table.rows) for table in book.tables] == [3]
    told = " | ".join(f"{notice.place}: {notice.text}" for notice in book.notices)
    assert "dòng đang ẩn vẫn được đọc: 2." in told
    assert "cột đang ẩn vẫn được đọc: C." in told
    assert "trang tính “Kho”: trang tính đang ẩn" in told
    assert not any(notice.serious for notice in book.notices)


def test_cells_merged_over_rows_belong_to_each() -> None:
    workbook = _book(A1="Chủ đề", B1="Câu", A2="Nước sạch", B2="một", B3="hai", B4="ba", B6="bốn")
    workbook.active.merge_cells("A2:A4")
    workbook.active.merge_cells("B6:C6")
    book = _read(workbook)
    assert [row.cells[0] for row in book.tables[0].rows] == [
        "Chủ đề",
        "Nước sạch",
        "Nước sạch",
        "Nước sạch",
        "",
    ]
    assert [notice.place for notice in book.notices] == ["ô A2:A4"]


def test_formulas_count_by_their_stored_result() -> None:
    content = _with_part(
        _bytes(_book(A1="=1+1", B1="=2+2")),
        "xl/worksheets/sheet1.xml",
        {"<f>1+1</f><v></v>": "<f>1+1</f><v>2</v>"},
    )
    book = workbooks.read(content, "a.xlsx")
    assert book.tables[0].rows[0].cells[0] == "2"
    assert [(notice.place, notice.serious) for notice in book.notices] == [("ô B1", True)]


def test_error_values_are_errors() -> None:
    workbook = _book(A1="một", B2="#REF!")
    workbook.active["B2"].data_type = "e"
    notices = _read(workbook).notices
    assert [(notice.place, notice.serious) for notice in notices] == [("ô B2", True)]


def test_old_fonts_inside_a_workbook(tmp_path: Path) -> None:
    workbook = _book(A1=in_tcvn3("Câu hỏi"), B1="Trả lời")
    for at, sentence in enumerate(SENTENCES, 2):
        workbook.active[f"A{at}"] = in_tcvn3(sentence)
        workbook.active[f"B{at}"] = sentence
    workbook.save(tmp_path / "a.xlsx")
    book = sheets.read(tmp_path / "a.xlsx")
    assert [row.cells for row in book.tables[0].rows][1:] == [(one, one) for one in SENTENCES]
    assert "cột A theo bảng mã TCVN3" in " ".join(
        notice.text.removeprefix("chữ ở ") for notice in book.notices
    )


def _mark_cell(workbook: Any) -> None:
    workbook.active["C7"] = "Độ mật: Tối mật"


def _mark_hidden_cell(workbook: Any) -> None:
    sheet = workbook.create_sheet("Kho")
    sheet["A1"] = "Tối mật"
    sheet.sheet_state = "hidden"


def _mark_header(workbook: Any) -> None:
    workbook.active.oddHeader.right.text = "TỐI MẬT"
    workbook.active.oddHeader.right.font = "Times New Roman,Bold"
    workbook.active.oddHeader.right.size = 14
    workbook.active.oddHeader.left.text = "Tỉnh ủy"


def _mark_footer(workbook: Any) -> None:
    workbook.active.oddFooter.center.text = "Trang &P\nTối mật"


def _mark_sheet_name(workbook: Any) -> None:
    workbook.create_sheet("TỐI MẬT")


def _mark_comment(workbook: Any) -> None:
    workbook.active["A1"].comment = Comment("Văn thư:\nTỐI MẬT", "Văn thư")


@pytest.mark.parametrize(
    ("put", "place"),
    [
        (_mark_cell, "ô C7"),
        (_mark_hidden_cell, "ô A1"),
        (_mark_header, "đầu trang"),
        (_mark_footer, "chân trang"),
        (_mark_sheet_name, "tên trang tính"),
        (_mark_comment, "ghi chú"),
    ],
)
def test_secrecy_marks(tmp_path: Path, put: Any, place: str) -> None:
    workbook = _book(A1="Câu hỏi về bảo mật", B1="mật ong")
    workbook.active.oddHeader.center.text = "Tài liệu bảo mật thông tin"
    workbook.save(tmp_path / "a.xlsx")
    sheets.read(tmp_path / "a.xlsx")
    put(workbook)
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match=rf"{place}.*“TỐI MẬT”"):
        sheets.read(tmp_path / "a.xlsx")


def test_a_mark_in_a_text_box() -> None:
    box = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>M</a:t></a:r>'
        "<a:r><a:t>ẬT</a:t></a:r></a:p></xdr:wsDr>"
    )
    content = _with_part(_bytes(_book(A1="một")), "xl/drawings/drawing1.xml", {"": box})
    with pytest.raises(InputError, match="khung chữ"):
        workbooks.read(content, "a.xlsx")


def test_too_many_rows_and_columns() -> None:
    with pytest.raises(InputError, match="100000 dòng"):
        _read(_book(A1="một", A100001="hai"))
    with pytest.raises(InputError, match="Ô GS1"):
        _read(_book(A1="một", GS1="hai"))


def test_a_column_before_the_first() -> None:
    columns = '<cols><col min="-5" max="2" hidden="1"/></cols><sheetData>'
    odd = {"<sheetData>": columns}
    content = _with_part(_bytes(_book(A1="một", B1="hai")), "xl/worksheets/sheet1.xml", odd)
    with pytest.raises(InputError, match="bị hỏng"):
        workbooks.read(content, "a.xlsx")


def test_formatted_but_empty_rows_do_not_count() -> None:
    workbook = _book(A1="một")
    workbook.active["A1000000"].number_format = "@"
    assert len(_read(workbook).tables[0].rows) == 1


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return file.getvalue()


def _entities() -> bytes:
    declaration = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    return _with_part(_bytes(_book(A1="x")), "xl/workbook.xml", {"<workbook": f"{declaration}<workbook"})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 nothing more", "bị hỏng"),
        (b"<html>", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "mật khẩu"),
        (_bomb(), "bung ra quá lớn"),
        (_entities(), "bị hỏng"),
        (_with_part(_bytes(_book(A1="x")), "xl/workbook.xml", {"sheetId": "shitId"}), "bị hỏng"),
        (_with_part(_bytes(_book(A1="x")), "xl/worksheets/sheet1.xml", {"</row>": ""}), "bị hỏng"),
    ],
    ids=["not a zip", "not even nearly", "old or locked", "bomb", "entities", "odd workbook", "broken part"],
)
def test_files_that_are_no_workbooks(content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        workbooks.read(content, "a.xlsx")


def test_written_text_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets.write(
        path, "Bảng", [sheets.Column("Chữ", choices=("có", "không"))], [("=1+1",), ("#N/A",)], ["Đọc đi"]
    )
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Bảng"]
    assert [sheet[name].data_type for name in ("A2", "A3")] == ["s", "s"]
    assert sheet["A2"].quotePrefix
    assert sheet.data_validations.dataValidation[0].formula1 == '"có,không"'
    assert workbook["Hướng dẫn"]["A1"].value == "Đọc đi"


def test_a_character_that_no_file_may_hold_makes_no_file_unreadable() -> None:
    content = workbooks.figures([("Bảng", [sheets.Column("Chữ")], [("một\uffff \x0bhai\ufffe",)])], [])
    assert workbooks.read(content, "a.xlsx").tables[0].rows[1].cells == ("một hai",)
