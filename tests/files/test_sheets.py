"""CSV in and out; what .xlsx needs beyond it is in test_workbooks.py."""

import codecs
from datetime import date
from pathlib import Path

import pytest

from bot.errors import InputError, UsageError
from bot.files import sheets
from bot.files.sheets import Column
from tests.files.old_text import SENTENCES, in_tcvn3, in_vni, in_windows_1258

TRICKY = ("=1+1", "+84", "-5", "@x", "'=1", "''@y", "'thường", "#N/A", 'có "ngoặc"', "hai\ndòng", "a;b,c\td")


def _csv(folder: Path, content: str | bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _cells(path: Path) -> list[tuple[object, ...]]:
    return [row.cells for row in sheets.read(path).tables[0].rows]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = [["Mã", "Câu hỏi", "Trả lời"], ["1", '"Một, hai; ba"', "Có"], ["2", "Ở đâu?", "Đây"]]
    path = _csv(tmp_path, "\r\n".join(delimiter.join(line) for line in lines))
    assert _cells(path) == [("Mã", "Câu hỏi", "Trả lời"), ("1", "Một, hai; ba", "Có"), ("2", "Ở đâu?", "Đây")]


def test_commas_in_the_text_do_not_win_over_semicolons(tmp_path: Path) -> None:
    path = _csv(tmp_path, "Câu hỏi;Trả lời\nMột, là gì?;Là một\nHai, là gì?;Là hai\n")
    assert _cells(path)[1] == ("Một, là gì?", "Là một")


def test_the_separator_line_of_excel_counts_as_no_row(tmp_path: Path) -> None:
    path = _csv(tmp_path, codecs.BOM_UTF8 + b"sep=|\r\na|b\r\n1|2\r\n")
    rows = sheets.read(path).tables[0].rows
    assert [(row.number, row.cells) for row in rows] == [(1, ("a", "b")), (2, ("1", "2"))]


def test_rows_keep_the_number_that_excel_shows(tmp_path: Path) -> None:
    table = sheets.read(_csv(tmp_path, 'a,b\n\n"một\nhai",c\n,\nd,e\n')).tables[0]
    assert [row.number for row in table.rows] == [1, 3, 5]
    assert table.place(5, 2) == "ô B5"


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
def test_old_fonts_are_converted_and_told(tmp_path: Path, encode: object, encoding: str) -> None:
    assert callable(encode)
    lines = ["Câu hỏi;Trả lời", *(f"{sentence};có" for sentence in SENTENCES)]
    book = sheets.read(_csv(tmp_path, encode("\r\n".join(lines)).encode(encoding)))
    assert [cell for row in book.tables[0].rows for cell in row.cells] == [
        cell for line in lines for cell in line.split(";")
    ]
    assert [notice.serious for notice in book.notices] == [False]
    assert "cột A, cột B" in book.notices[0].text


def test_only_the_old_column_is_converted(tmp_path: Path) -> None:
    lines = ["Câu hỏi|Trả lời|Đơn vị", *(f"{in_tcvn3(one)}|{one}|5 µm, café, là có" for one in SENTENCES)]
    rows = _cells(_csv(tmp_path, "sep=|\n" + "\n".join(lines)))
    assert rows[1:] == [(one, one, "5 µm, café, là có") for one in SENTENCES]


def test_short_cells_follow_their_column(tmp_path: Path) -> None:
    # "cã" alone might be a word; among TCVN3 it is "có"
    lines = [in_tcvn3(one) for one in SENTENCES] + ["cã", "Nghi", "§"]
    cells = [row[0] for row in _cells(_csv(tmp_path, "\n".join(f"{line}\t1" for line in lines)))]
    assert cells[-3:] == ["có", "Nghi", "Đ"]


def test_windows_1258(tmp_path: Path) -> None:
    path = _csv(tmp_path, in_windows_1258("Câu hỏi;Trả lời\r\n" + SENTENCES[0].replace(",", "") + ";Được"))
    assert _cells(path)[1] == (SENTENCES[0].replace(",", ""), "Được")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_comes_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    rows = [(text, date(2024, 12, 22), "57") for text in TRICKY]
    sheets.write(path, "Bảng", [Column("Chữ"), Column("Ngày"), Column("Số")], rows)
    day = "22/12/2024" if suffix == ".csv" else date(2024, 12, 22)
    assert _cells(path) == [("Chữ", "Ngày", "Số"), *((text, day, "57") for text in TRICKY)]
    assert [child.name for child in tmp_path.iterdir()] == [path.name]


def test_nothing_in_a_csv_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    sheets.write(path, "", [Column("Chữ")], [(text,) for text in TRICKY])
    text = path.read_text("utf-8-sig")
    assert not any(line.lstrip('"').startswith(("=", "+", "-", "@")) for line in text.splitlines())
    assert path.read_bytes().startswith(codecs.BOM_UTF8)  # without it Excel takes the file for ANSI


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", r"\.xlsx, \.csv"),
        ("a.csv", b"", "không có nội dung"),
        ("a.csv", b" \r\n", "không có nội dung"),
        ("a.csv", b'a,b\n"c,d\n', "ngoặc kép"),
        ("a.csv", "a,Tối mật\n".encode(), r"ô B1.*TỐI MẬT"),
        ("a.csv", in_tcvn3("a;Lưu hành nội bộ").encode("latin-1"), r"ô B1.*LƯU HÀNH NỘI BỘ"),
        ("a.csv", b"x" * 20_000_001, "20 MB"),
        ("a.csv", b"x\n" * 100_001, "100000 dòng"),
    ],
)
def test_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=says):
        sheets.read(tmp_path / name)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    for name in ("a.csv", "b.csv"):
        with pytest.raises(InputError, match="Không tìm thấy"):
            sheets.read(tmp_path / name)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        with pytest.raises(InputError, match="Không ghi được"):
            sheets.write(tmp_path / "none" / f"a{suffix}", "", [Column("Chữ")], [])
    with pytest.raises(UsageError, match="phải kết thúc bằng"):
        sheets.write(tmp_path / "a.ods", "", [Column("Chữ")], [])
