"""Numbers, kinds, dates, issuers and titles out of headlines as they are really written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge.recognising import Recognised, recognise, topics_in

TODAY = date(2026, 11, 23)
POLITBURO, COMMITTEE = "Bộ Chính trị", "Ban Chấp hành Trung ương"


def said(text: str, summary: str = "") -> Recognised:
    return recognise(text, summary, today=TODAY)


@pytest.mark.parametrize(
    ("text", "number", "kind", "day", "issuer", "title"),
    [
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới "
            "sáng tạo và chuyển đổi số quốc gia",
            "57-NQ/TW", "Nghị quyết", date(2024, 12, 22), POLITBURO,
            "Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        ),
        (
            "[Toàn văn] Nghị quyết 68-NQ/TW ngày 4 tháng 5 năm 2025 của Bộ Chính trị về phát triển kinh tế tư nhân",
            "68-NQ/TW", "Nghị quyết", date(2025, 5, 4), POLITBURO, "Phát triển kinh tế tư nhân",
        ),
        (
            "Bộ Chính trị ban hành Nghị quyết số 59–NQ/TW về hội nhập quốc tế trong tình hình mới",
            "59-NQ/TW", "Nghị quyết", None, POLITBURO, "Hội nhập quốc tế trong tình hình mới",
        ),
        (
            "nghị quyết số 18 - nq/tw ngày 25.10.2017 của BCH Trung ương Đảng khóa XII: Sắp xếp tổ chức bộ máy",
            "18-NQ/TW", "Nghị quyết", date(2017, 10, 25), COMMITTEE, "Sắp xếp tổ chức bộ máy",
        ),
        (
            "Chỉ thị số 01-CT/TW, ngày 23-01-2026 của Bộ Chính trị – Nghiên cứu, học tập, quán triệt",
            "01-CT/TW", "Chỉ thị", date(2026, 1, 23), POLITBURO, "Nghiên cứu, học tập, quán triệt",
        ),
        (
            "Kết luận số 126-KL/TW ngày 14/02/2025 của Bộ Chính trị, Ban Bí thư về sắp xếp, tinh gọn tổ chức bộ máy",
            "126-KL/TW", "Kết luận", date(2025, 2, 14), "Bộ Chính trị, Ban Bí thư",
            "Sắp xếp, tinh gọn tổ chức bộ máy",
        ),
        (
            "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội về việc sắp xếp đơn vị hành chính cấp tỉnh",
            "202/2025/QH15", "Nghị quyết", date(2025, 6, 12), "Quốc hội", "Sắp xếp đơn vị hành chính cấp tỉnh",
        ),
        (
            "Nghị quyết 35/2023/UBTVQH15 về sắp xếp đơn vị hành chính cấp huyện, cấp xã giai đoạn 2023–2030",
            "35/2023/UBTVQH15", "Nghị quyết", None, "Ủy ban Thường vụ Quốc hội",
            "Sắp xếp đơn vị hành chính cấp huyện, cấp xã giai đoạn 2023–2030",
        ),
        (
            "Nghị quyết 71/NQ-CP sửa đổi, bổ sung Chương trình hành động của Chính phủ",
            "71/NQ-CP", "Nghị quyết", None, "Chính phủ", "Sửa đổi, bổ sung Chương trình hành động của Chính phủ",
        ),
        (
            "Nghị quyết số 23/2025/NQ-HDND (28/10/2025) của Hội đồng nhân dân tỉnh Phú Thọ quy định mức chi cụ thể",
            "23/2025/NQ-HĐND", "Nghị quyết", date(2025, 10, 28), "HĐND tỉnh Phú Thọ", "Quy định mức chi cụ thể",
        ),
        (
            "Kế hoạch số 09-KH/DU ngày 29/4/2025 của Đảng ủy Viện kiểm sát nhân dân tối cao thực hiện Nghị quyết 57-NQ/TW",
            "09-KH/ĐU", "Kế hoạch", date(2025, 4, 29), "Đảng ủy Viện kiểm sát nhân dân tối cao",
            "Thực hiện Nghị quyết 57-NQ/TW",
        ),
        (
            "294-QĐ/TW: Quy định thi hành Điều lệ Đảng",
            "294-QĐ/TW", "Quy định", None, None, "Quy định thi hành Điều lệ Đảng",
        ),
        (
            "Chương trình hành động của Tỉnh ủy Thanh Hóa thực hiện Nghị quyết 57-NQ/TW",
            None, "Chương trình hành động", None, "Tỉnh ủy Thanh Hóa", "Thực hiện Nghị quyết 57-NQ/TW",
        ),
        (
            "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Nghệ An lần thứ XX, nhiệm kỳ 2025–2030",
            None, "Nghị quyết", None, "Đại hội đại biểu Đảng bộ tỉnh Nghệ An",
            "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Nghệ An lần thứ XX, nhiệm kỳ 2025–2030",
        ),
        (
            "Nghị quyết 80-NQ/TW năm 2026 phát triển văn hóa Việt Nam",
            "80-NQ/TW", "Nghị quyết", None, None, "Phát triển văn hóa Việt Nam",
        ),
        (
            "(Chinhphu.vn) - Bộ Chính trị: Nghị quyết 79-NQ/TW về phát triển kinh tế nhà nước",
            "79-NQ/TW", "Nghị quyết", None, POLITBURO, "Phát triển kinh tế nhà nước",
        ),
        (
            "Thường trực HĐND tỉnh vừa ký ban hành Nghị quyết số 616/NQ-HĐND về kỳ họp thứ 24",
            "616/NQ-HĐND", "Nghị quyết", None, None, "Kỳ họp thứ 24",
        ),
        ("Kế hoạch năm 2026 về chuyển đổi số", None, "Kế hoạch", None, None, "Kế hoạch năm 2026 về chuyển đổi số"),
        ("Thông báo số 72/TB-VPCP", "72/TB-VPCP", "Thông báo", None, "Văn phòng Chính phủ", ""),
        ("191-KH/BTGDVTW", "191-KH/BTGDVTW", "Kế hoạch", None, "Ban Tuyên giáo và Dân vận Trung ương", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_document(
    text: str, number: str | None, kind: str, day: date | None, issuer: str | None, title: str
) -> None:
    found = said(text)
    assert (found.number, found.kind, found.issued_on, found.issuer, found.title) == (
        number,
        kind,
        day,
        issuer,
        title,
    )
    assert found.itself


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Nghị quyết số 57-NQ/TW", "Trung ương"),
        ("Nghị quyết số 616/NQ-HĐND ngày 14/12/2024 của HĐND tỉnh Thanh Hóa", "tỉnh"),
        ("Kế hoạch số 12-KH/ĐU của Đảng ủy xã Bình Minh", "xã"),
        ("Kế hoạch số 12-KH/ĐU", None),
    ],
)
def test_the_level_where_it_can_be_told(text: str, level: str | None) -> None:
    assert said(text).level == level


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết 57 đi vào cuộc sống",
        "Kế hoạch hóa gia đình ở vùng cao",
        "Luật sư nói về đất đai",
        "Thông báo tuyển dụng viên chức năm 2026",
        "Kế hoạch năm mới",
        "Thời tiết ngày 22/12/2024: 57 điểm ngập",
        "Tỉ số 2-1/HP, trận đấu 12-KH",
        "",
        "📣🎉",
    ],
)
def test_what_is_no_document(text: str) -> None:
    found = said(text)
    assert (found.itself, found.number) == (False, None)


def test_a_text_about_a_document_is_not_the_document() -> None:
    found = said("Hội nghị quán triệt Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị tại tỉnh")
    assert (found.number, found.kind, found.issued_on) == ("57-NQ/TW", "Nghị quyết", date(2024, 12, 22))
    assert not found.itself
    assert found.title.startswith("Hội nghị")
    assert not said("UBND xã đề nghị ban hành Kế hoạch số 1/KH-UBND").itself
    assert not said("Bộ Chính trị sẽ ban hành Nghị quyết về kinh tế").itself


@pytest.mark.parametrize(
    ("text", "summary", "expected"),
    [
        (
            "Bộ Chính trị ban hành Nghị quyết về phát triển kinh tế tư nhân",
            "Ngày 4/5/2025, Bộ Chính trị đã ban hành Nghị quyết số 68-NQ/TW. Nghị quyết số 10-NQ/TW ban hành ngày 3/6/2017.",
            ("68-NQ/TW", date(2025, 5, 4)),
        ),
        (
            "Kế hoạch của ngành kiểm sát thực hiện Nghị quyết 57-NQ/TW",
            "Triển khai Kế hoạch số 1-KH/TW, ngày 29/4/2025 ban hành Kế hoạch số 09-KH/ĐU thực hiện Nghị quyết 57-NQ/TW.",
            ("09-KH/ĐU", date(2025, 4, 29)),
        ),
        (
            "Nghị quyết số 68-NQ/TW",
            "Ban hành kèm Nghị quyết số 57-NQ/TW ngày 22/12/2024.",
            ("68-NQ/TW", None),
        ),
        ("Tin trong ngày", "Nghị quyết số 57-NQ/TW ngày 22/12/2024 được nhắc đến.", (None, None)),
    ],
)
def test_the_summary_fills_in_what_the_title_leaves_open(text: str, summary: str, expected: Any) -> None:
    found = said(text, summary)
    assert (found.number, found.issued_on) == expected


@pytest.mark.parametrize("day", ["31/02/2025", "22/12/0001", "22/12/2035", "00/00/0000", "22/13/2024"])
def test_a_date_that_cannot_be_is_none(day: str) -> None:
    assert said(f"Nghị quyết số 57-NQ/TW ngày {day} của Bộ Chính trị").issued_on is None


def test_topics_that_a_text_names() -> None:
    known = ("Chuyển đổi số", "Giáo dục", "Đất đai")
    assert topics_in("Nghị quyết về CHUYỂN ĐỔI SỐ trong giáo dục", known) == ("Chuyển đổi số", "Giáo dục")


def test_a_huge_or_hostile_text_takes_no_time() -> None:
    for text in (
        "Nghị quyết số " * 50_000,
        "1/" * 50_000,
        "của A" * 20_000,
        "(" * 100_000,
        "toàn văn " * 50_000,
    ):
        assert not said(text, text).number
