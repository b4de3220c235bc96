"""A digest on one sheet of paper."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest

from bot.files import documents
from knowledge.booklet_pages import Imprint
from scheduler import notices
from tests.scheduler.issues import NQ57, digest, many

DAY = date(2026, 11, 23)
LINK = "https://hoidap.example.vn/d/abcd2345?u=3fa9c1"
OFFICE = "Ban Tuyên giáo và Dân vận"


def texts(link: str | None = LINK, count: int = 2) -> list[str]:
    made = notices.compose(digest() if count == 2 else many(count), Imprint(OFFICE, "Bình Minh", DAY), link)
    content = documents.write(made, "A4", datetime(2026, 11, 23, tzinfo=UTC))
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_what_hangs_on_the_board() -> None:
    assert texts() == [
        "BAN TUYÊN GIÁO VÀ DÂN VẬN",
        "Bình Minh, ngày 23/11/2026",
        "BẢN TIN",
        "Văn bản mới đến ngày 23/11/2026",
        "1. Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        "Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        "Kinh tế số đạt tối thiểu 30% GDP vào năm 2030. UBND các cấp thực hiện.",
        "2. Nghị quyết số 68-NQ/TW ngày 04/05/2025 của Bộ Chính trị",
        "Phát triển kinh tế tư nhân",
        "Đặt mục tiêu 2 triệu doanh nghiệp vào năm 2030.",
        "",  # the QR code
        "Quét mã bằng điện thoại để xem đầy đủ, hoặc mở:",
        LINK,
    ]


def test_without_an_address_of_ours_there_is_no_code_and_each_document_tells_where_it_stands() -> None:
    said = texts(link=None)
    assert "Toàn văn: https://tulieu.example.vn/57" in said
    assert "" not in said


@pytest.mark.parametrize("count", [5, 200])
def test_one_sheet_holds_what_fits_and_counts_the_rest(count: int) -> None:
    made = notices.compose(many(count), Imprint(OFFICE, "", DAY), LINK)
    assert documents.fits_one_page(made, "A4")
    shown = sum(paragraph.style == "item" for paragraph in made.chapters[0].paragraphs)
    assert 3 <= shown < count
    assert made.chapters[0].paragraphs[-1].text == f"… và {count - shown} văn bản khác"


def test_one_document_is_never_left_out_however_long() -> None:
    whole = replace(NQ57, title="Tên dài 📣 <b> " * 150, sentences="Câu. " * 200)
    made = notices.compose(digest(whole), Imprint("Ban " * 100, "", DAY), LINK)
    assert [paragraph.style for paragraph in made.chapters[0].paragraphs] == ["item", "text", "text"]
    assert documents.write(made, "A4", datetime(2026, 11, 23, tzinfo=UTC)).startswith(b"PK")
