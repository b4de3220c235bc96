"""How printed documents look, sheet by sheet: sizes, spaces, and the styles under which Word shows them to staff."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.files.printing import Sheet
from bot.files.times import Face
from bot.files.typesetting import Setting
from bot.files.word_xml import element, twips
from bot.texts import booklet as texts

FONT = "Times New Roman"
COMPATIBILITY = "15"  # Word 2013 and later; with less, its title bar says "Compatibility Mode"
_POINTS = 72 / 25.4  # in a millimetre
_KEPT = {"", "Default Paragraph Font", "Normal Table", "No List"}


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet; millimetres (inner is where it is bound), and of the text points."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    size: float
    leading: float

    @property
    def measure(self) -> float:
        """Points in a line."""
        return (self.width - self.inner - self.outer) * _POINTS

    @property
    def depth(self) -> float:
        """Points from the first line to the last."""
        return (self.height - self.top - self.bottom) * _POINTS


LAYOUTS: dict[Sheet, Layout] = {
    "A4": Layout(210, 297, 20, 20, 30, 20, size=14, leading=20),
    "A5": Layout(148, 210, 16, 16, 18, 14, size=11, leading=15.5),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A style; sizes and spaces are parts of the layout's.

    name     what Word shows
    indent   of the first line; hang: of all others, both in letters' sizes
    level    makes it a heading
    leaders  a dotted line runs to the right margin at each tab
    kept     with the paragraph that follows; headings always are
    """

    name: str
    face: Face = "regular"
    size: float = 1.0
    leading: float = 1.0
    after: float = 0.3
    align: str = "left"
    indent: float = 0.0
    hang: float = 0.0
    level: int | None = None
    leaders: bool = False
    kept: bool = False

    def setting(self, layout: Layout) -> Setting:
        return Setting(
            self.face,
            round(layout.size * self.size * 2) / 2,  # as fine as Word knows
            _fine(layout.leading * max(self.size, 1.0) * self.leading),
            _fine(layout.leading * self.after),
            _fine(layout.size * self.indent),
        )


LOOKS: dict[str, Look] = {
    "Heading1": Look("heading 1", "bold", size=1.07, after=0.4, level=0),
    "Heading2": Look("heading 2", "bold", after=0.2, level=1),
    "text": Look("Trả lời", indent=2),
    "source": Look("Nguồn", "italic", size=0.93, indent=2),
    "notice": Look("Lưu ý", "bold", size=0.93, indent=2),
    "item": Look("Mục", "bold"),
    "hint": Look("Gợi ý", "italic"),
    "blank": Look("Dòng để ghi", after=0.5, leaders=True),
    "Organisation": Look("Tên đơn vị", "bold", align="center"),
    "Title": Look("Title", "bold", size=2.3, after=0.8, align="center"),
    "Heading": Look("Tiêu đề tài liệu", "bold", size=1.4, align="center"),
    "Subtitle": Look("Subtitle", "bold", size=1.15, align="center"),
    "Note": Look("Ghi chú bìa", "italic", align="center"),
    "Dated": Look("Nơi và ngày", "italic", align="center", after=0),
    "Contents": Look("TOC Heading", "bold", size=1.15, after=0.8, align="center"),
    "TOC1": Look("toc 1", "bold", size=0.93, leading=0.85, after=0.2, leaders=True, kept=True),
    "TOC2": Look("toc 2", size=0.93, leading=0.85, after=0.15, hang=1.5, leaders=True),
    "Footer": Look("footer", size=0.93, after=0, align="center"),
}


def apply(document: Document, layout: Layout) -> None:
    """Put our styles in the place of the library's, let headings count themselves (so that numbers follow when staff
    edit), and tell Word the language."""
    styles = document.styles.element
    for style in list(styles):
        if style.tag == qn("w:style") and (style.find(qn("w:name")).get(qn("w:val")) not in _KEPT):
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.replace(defaults, _defaults(layout))
    styles.append(_normal())
    for id, look in LOOKS.items():
        styles.append(_style(id, look, layout))
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    # Two lists, and not two levels of one: LibreOffice begins a lower level anew below each heading.
    numbering.append(_number("1", "Heading1", "upperRoman", "%1."))
    numbering.append(_number("2", "Heading2", "decimal", texts.QUESTION_NUMBER.format(number="%1")))
    for id in ("1", "2"):
        numbering.append(element("num", element("abstractNumId", val=id), numId=id))
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), COMPATIBILITY)


def _defaults(layout: Layout) -> BaseOxmlElement:
    letters = element(
        "rPr",
        element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT),
        element("sz", val=_half_points(layout.size)),
        element("szCs", val=_half_points(layout.size)),
        element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"),
    )
    lines = element(
        "pPr",
        element("widowControl"),
        element("spacing", before="0", after="0", line=twips(layout.leading), lineRule="exact"),
    )
    return element("docDefaults", element("rPrDefault", letters), element("pPrDefault", lines))


def _normal() -> BaseOxmlElement:
    name = element("name", val="Normal")
    return element("style", name, element("qFormat"), type="paragraph", default="1", styleId="Normal")


def _style(id: str, look: Look, layout: Layout) -> BaseOxmlElement:
    setting = look.setting(layout)
    paragraph = element("pPr")
    if look.kept or look.level is not None:
        paragraph.extend((element("keepNext"), element("keepLines")))
    if look.level is not None:
        paragraph.append(element("numPr", element("numId", val=str(look.level + 1))))
    if look.leaders:
        stop = element("tab", val="right", leader="dot", pos=twips(layout.measure))
        paragraph.append(element("tabs", stop))
    paragraph.append(
        element("spacing", after=twips(setting.after), line=twips(setting.leading), lineRule="exact")
    )
    if look.indent or look.hang:
        hang = twips(layout.size * look.hang)
        paragraph.append(
            element("ind", left=hang, hanging=hang)
            if look.hang
            else element("ind", firstLine=twips(setting.indent))
        )
    paragraph.append(element("jc", val=look.align))
    if look.level is not None:
        paragraph.append(element("outlineLvl", val=str(look.level)))
    return element(
        "style",
        element("name", val=look.name),
        element("basedOn", val="Normal"),
        element("qFormat"),
        paragraph,
        _letters(setting),
        type="paragraph",
        styleId=id,
    )


def _letters(setting: Setting) -> BaseOxmlElement:
    faces = {"bold": ("b", "bCs"), "italic": ("i", "iCs"), "regular": ()}[setting.face]
    size = _half_points(setting.size)
    return element(
        "rPr", *(element(tag) for tag in faces), element("sz", val=size), element("szCs", val=size)
    )


def _number(of_list: str, style: str, form: str, text: str) -> BaseOxmlElement:
    level = element(
        "lvl",
        element("start", val="1"),
        element("numFmt", val=form),
        element("pStyle", val=style),
        element("suff", val="space"),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left="0", firstLine="0")),
        ilvl="0",
    )
    return element("abstractNum", element("multiLevelType", val="singleLevel"), level, abstractNumId=of_list)


def _fine(points: float) -> float:
    """Twentieths of a point, as fine as Word knows lengths: what is reckoned must be what is written."""
    return round(points * 20) / 20


def _half_points(points: float) -> str:
    return str(round(points * 2))
