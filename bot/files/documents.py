"""Publications as Word files. The table of contents is filled in: it is right when the file is first opened.

Word fills an empty one only when somebody presses F9, and one that is marked for updating makes it ask about "other
files" at each opening. So entries and their pages are written here, inside a field that can still be updated.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt

from bot.files import document_styles, qr, typesetting
from bot.files.document_styles import LAYOUTS, LOOKS, Layout
from bot.files.printing import Chapter, Publication, Question, Sheet
from bot.files.typesetting import Block
from bot.files.word_xml import element, field, field_begin, field_end, paragraph, printable, runs
from bot.texts import booklet as texts

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_CHAPTER_GAP = 1.5  # lines of white above a chapter
_QUESTION_GAP = 0.8
_CODE_SIDE = 92.0  # points: a telephone finds it from an arm's length
_MOST_KEPT = 12  # lines: a longer paragraph may be broken over two pages


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph of the text. `label` is its number where it is a heading, `gap` the white below where not the style's."""

    style: str
    text: str
    block: Block
    label: str = ""
    gap: float | None = None


def write(publication: Publication, sheet: Sheet, made_at: datetime) -> bytes:
    """The file's content. `made_at` stands in its properties."""
    layout = LAYOUTS[sheet]
    document = docx.Document()
    document_styles.apply(document, layout)
    _describe(document, publication, made_at)
    section = document.sections[0]
    _set_up(section, layout)
    flow = _flow(publication, layout)
    body = document.element.body
    if publication.cover:
        _cover(body, publication, layout)
        _footer(section, publication.dated, "Dated")
        _next_section(document, body)
        body.insert_element_before(_contents(flow, layout), "w:sectPr")
        section = _next_section(document, body)
        _footer(document.sections[1], "", "Footer")
        _frame(document.sections[0], layout)
    else:
        _heading(body, publication, layout)
    for at, piece in enumerate(flow):
        body.insert_element_before(_of(piece, at), "w:sectPr")
    if publication.link:
        _link(document, publication.link)
    _number_pages(section)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def fits_one_page(publication: Publication, sheet: Sheet) -> bool:
    """Whether a publication without a cover is one page."""
    layout = LAYOUTS[sheet]
    lines = [*_heading_lines(publication, layout)]
    head = [replace(_piece(style, text, layout), gap=after) for style, text, after in lines]
    blocks = _blocks([*head, *_flow(publication, layout)])
    if publication.link:
        captions = [_piece("Note", text, layout).block for text in (texts.SCAN, publication.link)]
        blocks += [Block(1, _CODE_SIDE, 0), *captions]
    return typesetting.pages([*blocks, Block(0, 0, 0)], layout.depth)[-1] == 1


def _describe(document: Document, publication: Publication, made_at: datetime) -> None:
    properties = document.core_properties
    properties.title = printable(" – ".join((publication.title, *publication.about)))[:255]
    properties.author = properties.last_modified_by = printable(publication.organisation)[:255]
    properties.language = "vi-VN"
    properties.comments = ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)


def _set_up(section: Section, layout: Layout) -> None:
    section.page_width, section.page_height = Mm(layout.width), Mm(layout.height)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.inner), Mm(layout.outer)
    section.header_distance = section.footer_distance = Mm(layout.bottom / 2)


# The title page


def _cover(body: BaseOxmlElement, publication: Publication, layout: Layout) -> None:
    _add(body, "Organisation", publication.organisation.upper())
    _add(body, "Organisation", "―――――", after=layout.depth * 0.22)
    _add(body, "Title", publication.title)
    for style, text, after in _about_lines(publication, layout):
        _add(body, style, text, after)


def _heading(body: BaseOxmlElement, publication: Publication, layout: Layout) -> None:
    """Instead of a title page: for a few sheets that are handed out."""
    for style, text, after in _heading_lines(publication, layout):
        _add(body, style, text, after)


def _heading_lines(publication: Publication, layout: Layout) -> Iterator[tuple[str, str, float | None]]:
    """Style, text and the white below where it is not the style's."""
    yield "Organisation", publication.organisation.upper(), None
    yield "Dated", publication.dated, layout.leading
    yield "Heading", publication.title, None
    yield from _about_lines(publication, layout)


def _about_lines(publication: Publication, layout: Layout) -> Iterator[tuple[str, str, float | None]]:
    for line in publication.about[:-1]:
        yield "Subtitle", line, None
    yield "Subtitle", publication.about[-1], layout.leading
    for note in publication.notes:
        yield "Note", note, layout.leading


def _add(body: BaseOxmlElement, style: str, text: str, after: float | None = None) -> None:
    body.insert_element_before(paragraph(style, *runs(text), after=after), "w:sectPr")


def _frame(section: Section, layout: Layout) -> None:
    """A double line around the title page; its foot stands within, its text in the middle."""
    section.left_margin = section.right_margin = Mm((layout.inner + layout.outer) / 2)
    section.bottom_margin = Mm(layout.bottom * 2)
    section.footer_distance = Mm(layout.bottom)
    sides = ("top", "left", "bottom", "right")
    lines = (element(side, val="double", sz="12", space="24", color="auto") for side in sides)
    section._sectPr.insert_element_before(
        element("pgBorders", *lines, offsetFrom="page"), "w:pgNumType", "w:cols"
    )


# The text


def _flow(publication: Publication, layout: Layout) -> list[_Piece]:
    flow: list[_Piece] = []
    for chapter in publication.chapters:
        if flow:
            flow[-1] = replace(flow[-1], gap=_CHAPTER_GAP * layout.leading)
        flow += _chapter(chapter, layout)
    return flow


def _chapter(chapter: Chapter, layout: Layout) -> list[_Piece]:
    pieces: list[_Piece] = []
    if chapter.heading:
        pieces.append(_piece("Heading1", chapter.heading, layout, label=f"{chapter.number}."))
    pieces += [
        _piece(each.style, each.text, layout, with_next=each.style in ("item", "notice"))
        for each in chapter.paragraphs
    ]
    for question in chapter.questions:
        pieces += _question(question, layout)
    return pieces


def _question(question: Question, layout: Layout) -> list[_Piece]:
    """The question stays with the beginning of its answer, and the source with the end of it."""
    label = texts.QUESTION_NUMBER.format(number=question.number)
    pieces = [_piece("Heading2", question.text, layout, label=label)]
    for at, each in enumerate(question.paragraphs, 1):
        following = question.paragraphs[at].style if at < len(question.paragraphs) else ""
        with_next = each.style == "notice" or following == "source"
        pieces.append(_piece(each.style, each.text, layout, with_next=with_next))
    pieces[-1] = replace(pieces[-1], gap=_QUESTION_GAP * layout.leading)
    return pieces


def _piece(style: str, text: str, layout: Layout, *, label: str = "", with_next: bool = False) -> _Piece:
    setting = LOOKS[style].setting(layout)
    text = printable(text)
    lines = typesetting.count_lines(f"{label} {text}".strip(), setting, layout.measure)
    whole = bool(label) or lines <= _MOST_KEPT
    kept = bool(label) or (with_next and whole)
    return _Piece(style, text, Block(lines, setting.leading, setting.after, whole, kept), label)


def _of(piece: _Piece, at: int) -> BaseOxmlElement:
    content = runs(piece.text)
    if piece.style == "blank":
        content.append(element("r", element("tab")))
    if not piece.label:
        return paragraph(piece.style, *content, after=piece.gap, kept=_keeping(piece.block))
    begin = element("bookmarkStart", id=str(at), name=_anchor(at))
    return paragraph(piece.style, begin, *content, element("bookmarkEnd", id=str(at)), after=piece.gap)


def _keeping(block: Block) -> Sequence[str]:
    return [tag for tag, wanted in (("keepNext", block.with_next), ("keepLines", block.whole)) if wanted]


def _blocks(flow: Sequence[_Piece]) -> list[Block]:
    return [
        replace(piece.block, after=piece.gap if piece.gap is not None else piece.block.after)
        for piece in flow
    ]


def _link(document: Document, address: str) -> None:
    """Its QR code, and below it the address for who has no camera at hand."""
    code = document.add_picture(io.BytesIO(qr.png(address)), width=Pt(_CODE_SIDE))
    code._inline.docPr.set("descr", address)
    picture = document.paragraphs[-1]._p
    # A line of the styles' fixed height would show a strip of the picture.
    free = element("spacing", before="0", after="0", line="240", lineRule="auto")
    picture.insert(0, element("pPr", element("keepNext"), free, element("jc", val="center")))
    for text in (texts.SCAN, address):
        _add(document.element.body, "Note", text)


# The table of contents


def _contents(flow: Sequence[_Piece], layout: Layout) -> BaseOxmlElement:
    """What Word itself would make: it offers to update it when somebody clicks into it."""
    numbers = typesetting.pages(_blocks(flow), layout.depth)
    lines = [
        _line(at, piece, number)
        for at, (piece, number) in enumerate(zip(flow, numbers, strict=True))
        if piece.label
    ]
    for run in reversed(field_begin(' TOC \\o "1-2" \\h \\z \\u ')):
        lines[0].insert(1, run)  # after the paragraph's properties
    lines.append(paragraph("TOC2", field_end()))
    gallery = element(
        "docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique")
    )
    content = element("sdtContent", paragraph("Contents", *runs(texts.CONTENTS)), *lines)
    return element("sdt", element("sdtPr", gallery), content)


def _line(at: int, piece: _Piece, page: int) -> BaseOxmlElement:
    style = "TOC1" if piece.style == "Heading1" else "TOC2"
    link = element(
        "hyperlink",
        *runs(f"{piece.label} {piece.text}"),
        element("r", element("tab")),
        *field(f" PAGEREF {_anchor(at)} \\h ", *runs(str(page))),
        anchor=_anchor(at),
        history="1",
    )
    return paragraph(style, link)


def _anchor(at: int) -> str:
    return f"_Toc{at:06}"


# Sections and their feet


def _next_section(document: Document, body: BaseOxmlElement) -> Section:
    """The library ends a section with an empty paragraph: as low as can be, lest it begin a page of its own."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    end = body.findall(qn("w:p"))[-1]
    end.pPr.insert_element_before(element("spacing", after="0", line="20", lineRule="exact"), "w:sectPr")
    return section


def _footer(section: Section, text: str, style: str) -> None:
    footer = section.footer
    footer.is_linked_to_previous = False
    old = footer.paragraphs[0]._p
    old.addprevious(paragraph(style, *runs(text)))
    old.getparent().remove(old)


def _number_pages(section: Section) -> None:
    """The text begins on page 1, however long the contents are."""
    section._sectPr.insert_element_before(element("pgNumType", start="1"), "w:cols")
    _footer(section, "", "Footer")
    section.footer.paragraphs[0]._p.extend(field(" PAGE ", *runs("1")))
