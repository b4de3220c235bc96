"""How a file is read and judged, without a database."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.errors import InputError
from tests.knowledge.import_files import (
    HEADINGS,
    NQ57,
    csv,
    errors_of,
    jsonl,
    lines_of,
    read_file,
)


@pytest.mark.parametrize(
    "headings",
    [
        "Câu hỏi;Trả lời",
        "CAU HOI;TRA LOI",
        "question;answer",
        "Nội dung câu hỏi;Câu trả lời",
        "TT;Trả lời;Câu hỏi *",
    ],
)
def test_headings_in_any_dress(tmp_path: Path, headings: str) -> None:
    parsed = read_file(csv(tmp_path, headings, ";".join("1" * len(headings.split(";")))))
    assert parsed.kind == "entries"
    assert parsed.report.errors == ()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("a;;Đáp;s", "ô B2: chưa có câu hỏi."),
        ("a;Hỏi?;;s", "ô C2: chưa có trả lời."),
        (f"a;{'x' * 1001};Đáp;s", "ô B2: câu hỏi dài 1001 ký tự, quá giới hạn 1000."),
    ],
)
def test_errors_name_the_cell(tmp_path: Path, row: str, error: str) -> None:
    assert errors_of(csv(tmp_path, HEADINGS, row)) == [error]


@pytest.mark.parametrize(
    ("heading", "value", "error"),
    [
        ("Trạng thái", "xong", "ô C2: “xong” không có trong danh sách: nháp, mẫu, đã duyệt, lưu trữ."),
        ("Hạn rà soát", "31/02/2027", "ô C2: “31/02/2027” không phải ngày."),
        ("Hạn rà soát", "12/31/2027", "ô C2: “12/31/2027” không phải ngày."),
        ("Hạn rà soát", "1/1/27", "ô C2: “1/1/27” không phải ngày."),
        ("Hạn rà soát", "46000", "ô C2: “46000” không phải ngày."),
    ],
)
def test_values_that_do_not_fit(tmp_path: Path, heading: str, value: str, error: str) -> None:
    (told,) = errors_of(csv(tmp_path, f"Câu hỏi;Trả lời;{heading}", f"Hỏi?;Đáp;{value}"))
    assert told.startswith(error)


def test_every_fault_of_a_row_is_told(tmp_path: Path) -> None:
    path = csv(tmp_path, "Mã;Câu hỏi;Trả lời;Trạng thái", "a;;;xong", f"{'x' * 101};Hỏi?;Đáp;")
    assert [line.partition(":")[0] for line in errors_of(path)] == ["ô D2", "ô B2", "ô C2", "ô A3"]


def test_repeated_rows(tmp_path: Path) -> None:
    path = csv(tmp_path, HEADINGS, "a;Một?;Đáp;s", "a;Hai?;Đáp;s", "b;MỘT?;Đáp;s", ";Hai?;Đáp;s")
    report = read_file(path).report
    assert lines_of(report.errors) == [
        "ô A3: mã “a” đã có ở ô A2.",
        "ô B5: câu hỏi đã có ở ô B3; hai dòng cần có mã khác nhau.",
    ]
    assert lines_of(report.warnings) == ["ô B4: câu hỏi đã có ở ô B2."]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["Họ tên;Tuổi", "A;1"], "dòng tiêu đề.*“Văn bản” có “Trích yếu” và “Cơ quan ban hành”"),
        (["Câu hỏi;Trả lời"], "chưa có dòng dữ liệu"),
        (["Câu hỏi;Trả lời", "Hỏi?;Mật"], r"ô B2.*“MẬT”"),
        (["TỈNH ỦY;", '"Ban Tuyên giáo\nTối mật"', "Câu hỏi;Trả lời", "Hỏi?;Đáp"], r"ô A2.*“TỐI MẬT”"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, lines: list[str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_file(csv(tmp_path, *lines))


def test_secrecy_in_jsonl(tmp_path: Path) -> None:
    item = {"question": "Bảo mật là gì?", "answer": "Mật ong", "phrasings": ["mật mã", "TUYỆT MẬT"]}
    with pytest.raises(InputError, match=r"dòng 1, khóa “phrasings”.*“TUYỆT MẬT”"):
        read_file(jsonl(tmp_path, item))


def test_a_header_row_that_lacks_a_column(tmp_path: Path) -> None:
    assert (
        errors_of(csv(tmp_path, "Câu hỏi;Chủ đề", "Hỏi?;A"))[0]
        == "dòng 1: dòng tiêu đề thiếu cột: “Trả lời”."
    )
    twice = errors_of(csv(tmp_path, "Câu hỏi;Trả lời;Câu trả lời", "Hỏi?;A;B"))
    assert twice == ["dòng 1: cột “Câu trả lời” có hai lần."]


def test_unknown_columns_are_told_and_left_out(tmp_path: Path) -> None:
    report = read_file(csv(tmp_path, "Câu hỏi;Trả lời;Người soạn;Nguồn", "Hỏi?;A;B;C")).report
    assert lines_of(report.notices) == ["dòng 1: cột “Người soạn” không dùng đến, được bỏ qua."]
    items = [{"question": f"Hỏi {at}?", "answer": "Đáp", "score": 1} for at in range(3)]
    report = read_file(jsonl(tmp_path, *items)).report
    assert lines_of(report.notices) == ["dòng 1: khóa “score” không dùng đến, được bỏ qua."]


def test_sheets_without_headings_and_repeated_headings(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    first = workbook.active
    assert first is not None
    for title, rows in (("Xã A", 2), ("Xã B", 1)):
        sheet = workbook.create_sheet(title)
        for at in range(rows):
            sheet.append(["Câu hỏi", "Trả lời", "Nguồn"])
            sheet.append([f"Hỏi {title} {at}?", "Đáp", "s"])
    first.append(["Ghi chú thôi"])
    workbook.save(tmp_path / "a.xlsx")
    parsed = read_file(tmp_path / "a.xlsx")
    assert [row.line.place("question") for row in parsed.rows] == [
        "ô A2 (trang tính “Xã A”)", "ô A4 (trang tính “Xã A”)", "ô A2 (trang tính “Xã B”)",
    ]  # fmt: skip
    assert lines_of(parsed.report.notices) == ["trang tính “Sheet”: không có dòng tiêu đề nên được bỏ qua."]


def test_two_kinds_in_one_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tách mỗi loại thành một tệp"):
        read_file(jsonl(tmp_path, {"question": "Hỏi?", "answer": "Đáp"}, NQ57))


@pytest.mark.parametrize(
    ("item", "error"),
    [
        ({"question": "Hỏi?", "answer": ["Đáp"]}, "dòng 1, khóa “answer”: phải là chữ."),
        (
            {"question": "Hỏi?", "answer": "Đáp", "phrasings": [1]},
            "dòng 1, khóa “phrasings”: phải là danh sách chữ.",
        ),
        (
            {"question": "Hỏi?", "answer": "Đáp", "document": {"so": 1}},
            "dòng 1, khóa “document”: phải là chữ.",
        ),
        ({"question": "Hỏi?", "answer": None}, "dòng 1, khóa “answer”: chưa có trả lời."),
    ],
)
def test_wrong_types_in_jsonl(tmp_path: Path, item: dict[str, Any], error: str) -> None:
    assert error in errors_of(jsonl(tmp_path, item))


def test_lines_that_are_no_json(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"question": "Hỏi?", "answer": "Đáp"}\n{hỏng\n[1]\n' + "[" * 100_000, "utf-8")
    assert errors_of(path) == [f"dòng {row}: không phải một đối tượng JSON." for row in (2, 3, 4)]


def test_phrasings_that_no_cell_could_hold(tmp_path: Path) -> None:
    item = {"question": "Hỏi?", "answer": "Đáp", "phrasings": [f"{at} {'x' * 900}" for at in range(40)]}
    (error,) = errors_of(jsonl(tmp_path, item))
    assert error.startswith("dòng 1, khóa “phrasings”: cách hỏi khác dài")
