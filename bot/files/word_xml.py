"""The few elements of a Word file that the library has no words for, made by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.files import xml_text

_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")  # of a number such as 57-NQ/TW: no line ends there
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """`<w:tag>` with attributes in the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def twips(points: float) -> str:
    return str(round(points * 20))


def field(instruction: str, *result: BaseOxmlElement) -> tuple[BaseOxmlElement, ...]:
    """A field with what it shows until Word reckons it anew."""
    return (*field_begin(instruction), *result, field_end())


def field_begin(instruction: str) -> tuple[BaseOxmlElement, ...]:
    """For a result of several paragraphs: `field_end` stands in the last one."""
    code = element("instrText")
    code.text = instruction
    code.set(_SPACE, "preserve")
    return (
        element("r", element("fldChar", fldCharType="begin")),
        element("r", code),
        element("r", element("fldChar", fldCharType="separate")),
    )


def field_end() -> BaseOxmlElement:
    return element("r", element("fldChar", fldCharType="end"))


def paragraph(
    style: str, *content: BaseOxmlElement, after: float | None = None, kept: Sequence[str] = ()
) -> BaseOxmlElement:
    properties = element("pPr", element("pStyle", val=style), *(element(tag) for tag in kept))
    if after is not None:
        properties.append(element("spacing", after=twips(after)))
    return element("p", properties, *content)


def runs(text: str) -> list[BaseOxmlElement]:
    """The text; none for an empty one."""
    run = element("r")
    for at, piece in enumerate(_HYPHEN.split(printable(text))):
        if at:
            run.append(element("noBreakHyphen"))
        letters = element("t")
        letters.text = piece
        letters.set(_SPACE, "preserve")
        run.append(letters)
    return [run] if text else []


def printable(text: str) -> str:
    """Without the characters that would make the whole file unreadable, and in one line."""
    return " ".join(xml_text.allowed(text).split())
