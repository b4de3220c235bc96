from datetime import date

import pytest

from knowledge.numbers import facts
from knowledge.references import document_ref


@pytest.mark.parametrize(
    ("text", "kind", "number", "issuer", "year"),
    [
        ("nghị quyết 57", "nq", "57", None, None),
        ("nghi quyet so 57", "nq", "57", None, None),
        ("nq57", "nq", "57", None, None),
        ("NQ71 mục tiêu", "nq", "71", None, None),
        ("57-NQ/TW", "nq", "57", "tw", None),
        ("57/NQ-TW", "nq", "57", "tw", None),
        ("57/NQ-CP", "nq", "57", "cp", None),
        ("nghị quyết 57 của Chính phủ", "nq", "57", "cp", None),
        ("nghị quyết số 57 của BCT", "nq", "57", "tw", None),
        ("NQ 18 năm 2022", "nq", "18", None, 2022),
        ("nghị quyết 18/2022", "nq", "18", None, 2022),
        ("202/2025/QH15", None, "202", "qh", 2025),
        ("35/2023/UBTVQH15", None, "35", "ubtvqh", 2023),
        ("616/NQ-HĐND", "nq", "616", "hdnd", None),
        ("18/2025/NQ-HĐND", "nq", "18", "hdnd", 2025),
        ("191-KH/BTGDVTW", "kh", "191", "btgdvtw", None),
        ("09-KH/ĐU", "kh", "9", "du", None),
        ("72/TB-VPCP", "tb", "72", "vpcp", None),
        ("kl 128", "kl", "128", None, None),
        ("chỉ thị số 01-CT/TW", "ct", "1", "tw", None),
        ("quy định 144", "qd", "144", None, None),
        ("nghị quyết 57 mục tiêu đến năm 2030", "nq", "57", None, None),
    ],
)
def test_one_reference(
    text: str, kind: str | None, number: str, issuer: str | None, year: int | None
) -> None:
    (ref,) = facts(text).references
    assert (ref.kind, ref.number, ref.issuer, ref.year) == (kind, number, issuer, year)


@pytest.mark.parametrize(
    "text",
    [
        "mẫu CT07 là gì", "dưới 14 tuổi", "ngày 20/7", "bốn nghị quyết trụ cột", "kế hoạch 5 năm 2026-2030",
        "đại hội 14", "tăng 8% GDP", "0912345678", "báo cáo 6 tháng đầu năm", "nhóm 3 quốc gia",
    ],
)  # fmt: skip
def test_no_reference(text: str) -> None:
    assert facts(text).references == ()


def test_a_list_of_numbers_is_several_documents() -> None:
    assert [ref.number for ref in facts("nghị quyết 57, 59 và 68 khác nhau thế nào").references] == [
        "57",
        "59",
        "68",
    ]


def test_a_full_date_is_read() -> None:
    (ref,) = facts("Nghị quyết số 18-NQ/TW ngày 16/6/2022").references
    assert ref.issued_on == date(2022, 6, 16)
    (ref,) = facts("nghị quyết 18 ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương").references
    assert (ref.issued_on, ref.issuer) == (date(2017, 10, 25), "tw")


def test_an_impossible_date_leaves_the_year_unsaid() -> None:
    (ref,) = facts("nghị quyết 18 ngày 31/2/2022").references
    assert ref.issued_on is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("nghị quyết 18", True), ("18-NQ/TW", True), ("nq 18 năm 2022", True), ("nq 18 ngày 16/6/2022", True),
        ("nghị quyết 18 của Bộ Chính trị", True), ("nq 18 năm 2017", False), ("nq 19", False),
        ("chỉ thị 18", False), ("18/NQ-CP", False), ("18/2025/NQ-HĐND", False), ("nq 18 ngày 25/10/2017", False),
    ],
)  # fmt: skip
def test_a_document_fits_only_where_everything_said_agrees(text: str, fits: bool) -> None:
    (ref,) = facts(text).references
    assert ref.fits("18-NQ/TW", "Nghị quyết", date(2022, 6, 16)) is fits


def test_the_province_must_agree() -> None:
    (ref,) = facts("18/2025/NQ-HĐND của HĐND tỉnh Phú Thọ").references
    assert ref.fits("18/2025/NQ-HĐND", "Nghị quyết", None, "HĐND tỉnh Phú Thọ")
    assert not ref.fits("18/2025/NQ-HĐND", "Nghị quyết", None, "HĐND tỉnh Thanh Hóa")


def test_what_was_not_said_is_not_confirmed() -> None:
    (asked,) = facts("nghị quyết 57 năm 2024").references
    (named,) = facts("Nghị quyết 57").references
    assert not asked.conflicts(named)
    assert not asked.confirmed_by(named)
    assert named.confirmed_by(asked)


@pytest.mark.parametrize("number", [None, "", "không số", "abc"])
def test_a_document_without_a_number_is_no_reference(number: str | None) -> None:
    assert document_ref(number) is None


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Đại hội XIV", {14}), ("đại hội 14", {14}), ("ĐH XIII của Đảng", {13}), ("khóa XII", {12}),
        ("Đại hội VI (1976)", {6}), ("đại hội đại biểu toàn quốc lần thứ XIV", {14}), ("đại hội cổ đông", set()),
        ("trồng khoai 2 vụ", set()),
    ],
)  # fmt: skip
def test_congresses(text: str, terms: set[int]) -> None:
    assert facts(text).terms == terms


def test_years_and_ordinals() -> None:
    found = facts("mục tiêu giai đoạn 2026-2030 của năm thứ hai, ban hành 16/6/2022, GDP 8.500 USD")
    assert found.years == {2022, 2026, 2030}
    assert found.ordinals == {2}


def test_a_reference_becomes_one_form_in_the_text() -> None:
    assert facts("mục tiêu 57-NQ/TW").rest == facts("mục tiêu nq57").rest == "mục tiêu nghị quyết 57"
    assert facts("văn kiện Đại hội XIV").rest == "văn kiện đại hội 14"
    assert facts("cho tôi xem nq57").without.split() == ["cho", "tôi", "xem"]
