"""The Word file, read back: sheet, title page, contents that are filled in, numbered questions, what belongs together."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from bot.files import attachments, documents
from bot.files.printing import Chapter, Paragraph, Publication, Question, Sheet

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SOURCE = Paragraph("Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (Mục II).", "source")


def question(number: int, text: str = "Mục tiêu là gì?", *paragraphs: Paragraph) -> Question:
    return Question(number, text, (*(paragraphs or (Paragraph("Kinh tế số chiếm 30% GDP."),)), SOURCE))


def publication(*chapters: Chapter, **more: Any) -> Publication:
    made = chapters or (
        Chapter("I", "GIÁO DỤC", (), (question(1), question(2, "Nghị quyết 57-NQ/TW nói gì?"))),
        Chapter("II", "Y TẾ", (), (question(3, "Bao giờ miễn viện phí?"),)),
    )
    fixed = {
        "organisation": "Ban Tuyên giáo và Dân vận",
        "title": "HỎI – ĐÁP",
        "about": ("Về các nghị quyết",),
        "dated": "Đà Lạt, ngày 22/11/2026",
    }
    return Publication(**fixed | {"chapters": made} | more)


def written(of: Publication, sheet: Sheet = "A4") -> Document:
    return docx.Document(io.BytesIO(documents.write(of, sheet, NOW)))


def texts(document: Document, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style and each.style.style_id == style]


def contents(document: Document) -> list[tuple[str, int]]:
    """(entry, page) as they stand in the table of contents before any word processor has touched it."""
    lines = []
    for link in document.element.body.iter(qn("w:hyperlink")):
        shown = "".join(
            {"t": run.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(run.tag.partition("}")[2], "")
            for run in link.iter(qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen"))
        )
        entry, page = shown.split("\t")
        lines.append((entry, int(page)))
    return lines


@pytest.mark.parametrize(("sheet", "size", "points"), [("A4", (210, 297), 14), ("A5", (148, 210), 11)])
def test_sheet_and_letters(sheet: Sheet, size: tuple[int, int], points: int) -> None:
    document = written(publication(), sheet)
    for section in document.sections:
        assert section.page_width
        assert section.page_height
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}")
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:ascii")) == "Times New Roman"
    assert defaults.find(f".//{qn('w:sz')}").get(qn("w:val")) == str(points * 2)
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"  # else Word underlines every word


def test_title_page_and_properties() -> None:
    document = written(publication(notes=("Trong tài liệu có 3 câu là nội dung mẫu.",)))
    assert texts(document, "Organisation")[0] == "BAN TUYÊN GIÁO VÀ DÂN VẬN"
    assert texts(document, "Title") == ["HỎI – ĐÁP"]
    assert texts(document, "Note") == ["Trong tài liệu có 3 câu là nội dung mẫu."]
    assert [each.text for each in document.sections[0].footer.paragraphs] == ["Đà Lạt, ngày 22/11/2026"]
    properties = document.core_properties
    assert (properties.title, properties.author) == (
        "HỎI – ĐÁP – Về các nghị quyết",
        "Ban Tuyên giáo và Dân vận",
    )
    assert properties.created == NOW.replace(tzinfo=properties.created.tzinfo if properties.created else None)


def test_the_contents_are_there_when_the_file_is_opened() -> None:
    document = written(publication())
    assert contents(document) == [
        ("I. GIÁO DỤC", 1),
        ("Câu 1. Mục tiêu là gì?", 1),
        ("Câu 2. Nghị quyết 57-NQ/TW nói gì?", 1),
        ("II. Y TẾ", 1),
        ("Câu 3. Bao giờ miễn viện phí?", 1),
    ]
    body = document.element.body
    codes = [each.text.strip() for each in body.iter(qn("w:instrText"))]
    assert codes[0].startswith("TOC ")
    assert sum(code.startswith("PAGEREF ") for code in codes) == 5
    kinds = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 6
    bookmarks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    assert {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} == bookmarks


def test_word_opens_it_without_asking_anything() -> None:
    """Fields marked for updating make Word ask about "other files"; an old mode is told in its title bar."""
    document = written(publication())
    settings = document.settings.element
    assert settings.find(qn("w:updateFields")) is None
    assert not any(each.get(qn("w:dirty")) for each in document.element.body.iter(qn("w:fldChar")))
    modes = [
        each.get(qn("w:val"))
        for each in settings.iter(qn("w:compatSetting"))
        if each.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_pages_are_numbered_from_the_first_question_on() -> None:
    document = written(publication())
    cover, between, text = document.sections
    assert cover._sectPr.find(qn("w:pgBorders")) is not None
    assert [each.text for each in between.footer.paragraphs] == [""]
    numbers = text._sectPr.find(qn("w:pgNumType"))
    assert numbers is not None
    assert numbers.get(qn("w:start")) == "1"
    assert [each.text for each in text.footer.paragraphs[0]._p.iter(qn("w:instrText"))] == [" PAGE "]


def test_questions_count_themselves_and_stay_with_their_answers() -> None:
    document = written(publication())
    heading = document.styles["Heading 2"].element
    number = heading.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    forms = [
        each.get(qn("w:val"))
        for each in numbering.xpath(f".//w:abstractNum[@w:abstractNumId='{number}']//w:lvlText")
    ]
    assert forms == ["Câu %1."]
    assert heading.find(f".//{qn('w:keepNext')}") is not None
    assert texts(document, "Heading2") == [
        "Mục tiêu là gì?",
        "Nghị quyết 57-NQ/TW nói gì?",
        "Bao giờ miễn viện phí?",
    ]
    answers = [each for each in document.paragraphs if each.style and each.style.style_id == "text"]
    assert all(each.paragraph_format.keep_with_next for each in answers)
    assert document.styles.element.find(f".//{qn('w:pPrDefault')}//{qn('w:widowControl')}") is not None
    assert texts(document, "source") == [SOURCE.text] * 3


def test_later_questions_stand_on_later_pages() -> None:
    long = Paragraph("Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP của cả nước. " * 8)
    chapters = [
        Chapter("I", f"CHỦ ĐỀ {at}", (), tuple(question(at * 10 + n, "Gì?", long) for n in range(10)))
        for at in range(3)
    ]
    found = contents(written(publication(*chapters), "A5"))
    numbers = [page for _, page in found]
    assert numbers == sorted(numbers)
    assert numbers[-1] - numbers[0] in range(8, 16)  # three to a page


def test_handed_out_sheets_have_no_title_page_but_lines_to_write_on() -> None:
    lines = (Paragraph("(Ghi câu hỏi.)", "hint"), Paragraph("1.", "blank"), Paragraph("2.", "blank"))
    item = Paragraph("1. Nghị quyết số 71-NQ/TW", "item")
    chapters = (
        Chapter("I", "VĂN BẢN MỚI", (item, Paragraph("Về giáo dục."))),
        Chapter("II", "THẢO LUẬN", lines),
    )
    document = written(publication(*chapters, cover=False))
    assert len(document.sections) == 1
    assert contents(document) == []
    assert texts(document, "Heading") == ["HỎI – ĐÁP"]
    assert texts(document, "Dated") == ["Đà Lạt, ngày 22/11/2026"]
    assert texts(document, "blank") == ["1.\t", "2.\t"]
    (kept,) = (each for each in document.paragraphs if each.style and each.style.style_id == "item")
    assert kept.paragraph_format.keep_with_next


def test_characters_that_xml_forbids_and_titles_without_end() -> None:
    bad = "Mục\x00 tiêu\x0b\x1f \ud800của\ufffe <b>57-NQ/TW</b> & 30%"
    endless = "Rất dài " * 200
    document = written(
        publication(
            Chapter("I", bad, (), (question(1, bad, Paragraph(bad)), question(2, endless))),
            title=bad,
            about=(endless,),
            organisation=bad,
        )
    )
    assert texts(document, "Heading2")[0] == "Mục tiêu của <b>57-NQ/TW</b> & 30%"
    assert texts(document, "Subtitle") == [endless.strip()]
    assert len(contents(document)) == 3


def test_what_we_write_is_a_word_file_to_ourselves_too() -> None:
    assert attachments.kind_of(documents.write(publication(), "A4", NOW)) == documents.MEDIA_TYPE


def test_no_style_of_the_library_is_left_to_confuse_staff() -> None:
    names = {style.name for style in written(publication()).styles}
    assert {"Trả lời", "Nguồn", "Lưu ý"} <= names
    assert not [name for name in names if re.search("Grid|Shading|List", str(name)) and name != "No List"]
