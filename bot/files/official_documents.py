"""Official reports as Word files: in the form of the Party's offices (Hướng dẫn 36-HD/VPTW, 2018) or of the state's
(Nghị định 30/2020/NĐ-CP). A4, Times New Roman 14; staff write number, remarks and signature into them."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.files import charts
from bot.files.official import Chart, Grid, Letterhead, Paper, Paragraph
from bot.files.word_xml import element, field, printable
from bot.texts import official as texts

FONT = "Times New Roman"
SIZE = 14
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # millimetres
WIDTH = 210 - LEFT - RIGHT
_LEFT_OF_HEAD = {"party": 75, "state": 64}  # millimetres: the state's name is one line


def write(paper: Paper, made_at: datetime) -> bytes:
    """The file's content. Raises PictureError."""
    document = docx.Document()
    _set_up(document, paper, made_at)
    _head(document, paper.head)
    _title(document, paper)
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Paragraph):
            _paragraph(document, block, kept=isinstance((*paper.blocks, None)[at + 1], Grid))
        elif isinstance(block, Grid):
            _grid(document, block)
        else:
            _chart(document, block)
    _foot(document, paper)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Document, paper: Paper, made_at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.element.rPr.append(element("lang", val="vi-VN"))
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    numbers = section.header.paragraphs[0]
    numbers.alignment = ALIGN.CENTER
    for part in field("PAGE"):
        numbers._p.append(part)
    properties = document.core_properties
    properties.title = printable(" ".join((texts.KIND, *paper.about)))[:255]
    properties.author = properties.last_modified_by = printable(paper.head.organisation)[:255]
    properties.language, properties.comments = "vi-VN", ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)


def _head(document: Document, head: Letterhead) -> None:
    """On the left who sends it and its number; on the right whose form it has, place and date."""
    split = _LEFT_OF_HEAD[head.form]
    left, right = _bare_table(document, (split, WIDTH - split)).rows[0].cells
    party = head.form == "party"
    size = SIZE if party else 12
    if head.superior:
        _line(left, head.superior.upper(), size)
    _line(left, head.organisation.upper(), size, bold=True)
    _line(left, texts.STAR if party else texts.RULE, size)
    number = (texts.NUMBER if party else texts.NUMBER_OF_STATE).format(symbol=head.symbol or texts.NO_SYMBOL)
    _line(left, number, size)
    if party:
        _line(right, texts.PARTY, 15, bold=True, underlined=True)
        _line(right, "", 6)
    else:
        _line(right, texts.STATE, size, bold=True)
        _line(right, texts.MOTTO, SIZE, bold=True, underlined=True)
    dated = texts.DATED.format(
        place=head.place or texts.NO_PLACE, day=f"{head.day:%d}", month=f"{head.day:%m}", year=head.day.year
    )
    _line(right, dated, SIZE, italic=True)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)  # the empty one that every cell begins with


def _title(document: Document, paper: Paper) -> None:
    party = paper.head.form == "party"
    _line(document, "", SIZE)
    _line(document, texts.KIND, 16 if party else SIZE, bold=True)
    for line in paper.about:
        _line(document, line, SIZE, bold=True)
    _line(document, texts.DASHES if party else texts.RULE, SIZE).paragraph_format.space_after = Pt(10)


def _paragraph(document: Document, block: Paragraph, *, kept: bool) -> None:
    """`kept`: on one page with what follows."""
    if block.style == "blank":
        line = document.add_paragraph("\t")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        return
    written = document.add_paragraph()
    run = written.add_run(printable(block.text))
    form = written.paragraph_format
    form.space_after, form.line_spacing, form.keep_with_next = Pt(6), 1.1, kept
    run.bold = block.style in ("heading", "heading2")
    run.italic = block.style in ("note", "quote")
    if block.style in ("heading", "heading2"):
        form.keep_with_next = True
        form.space_before = Pt(8)
    else:
        written.alignment = ALIGN.JUSTIFY
        form.first_line_indent = Mm(10)
    if block.style == "note":
        run.font.size = Pt(12)


def _grid(document: Document, grid: Grid) -> None:
    total = sum(grid.weights)
    table = document.add_table(len(grid.rows) + 1, len(grid.header))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, weight in enumerate(grid.weights):
        table.columns[column].width = Mm(WIDTH * weight / total)
    for at, cells in enumerate((grid.header, *grid.rows)):
        row = table.rows[at]
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Mm(WIDTH * grid.weights[column] / total)
            written = cell.paragraphs[0]
            run = written.add_run(printable(text))
            run.font.size = Pt(12)
            run.bold = at == 0
            written.alignment = ALIGN.LEFT if column == 0 and at else ALIGN.CENTER
            written.paragraph_format.space_after = Pt(2)
            written.paragraph_format.keep_with_next = at < len(grid.rows)
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _chart(document: Document, chart: Chart) -> None:
    placed = document.add_paragraph()
    placed.alignment = ALIGN.CENTER
    picture = placed.add_run().add_picture(io.BytesIO(charts.bars(chart.bars)), width=Mm(150))
    picture._inline.docPr.set("descr", printable(chart.says))
    placed.paragraph_format.space_after = Pt(6)


def _foot(document: Document, paper: Paper) -> None:
    """On the left who gets it, on the right who signs."""
    party = paper.head.form == "party"
    _line(document, "", SIZE)
    left, right = _bare_table(document, (WIDTH // 2, WIDTH - WIDTH // 2)).rows[0].cells
    first = _line(left, texts.RECIPIENTS, SIZE if party else 12, underlined=party, bold=not party)
    first.alignment = ALIGN.LEFT
    first.runs[0].italic = not party
    for line in paper.recipients:
        _line(left, line, 12 if party else 11).alignment = ALIGN.LEFT
    _line(right, paper.head.signer.upper() or texts.NO_SIGNER, SIZE, bold=True)
    _line(right, texts.SIGNATURE, 12, italic=True)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def _bare_table(document: Document, widths: tuple[int, int]) -> Any:
    """A row without lines. Widths in millimetres."""
    table = document.add_table(1, len(widths))
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(element("cantSplit"))
    for at, width in enumerate(widths):
        table.columns[at].width = table.rows[0].cells[at].width = Mm(width)
    return table


def _line(
    place: Any, text: str, size: int, *, bold: bool = False, italic: bool = False, underlined: bool = False
) -> Any:
    written = place.add_paragraph()
    written.alignment = ALIGN.CENTER
    written.paragraph_format.space_after = written.paragraph_format.space_before = Pt(0)
    run = written.add_run(printable(text))
    run.font.size = Pt(size)
    run.bold, run.italic, run.underline = bold, italic, underlined
    return written
