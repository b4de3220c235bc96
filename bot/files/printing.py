"""A publication as it will be printed: the Word file and the page for the browser are both made from it. Frozen, no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Sheet = Literal["A4", "A5"]
Style = Literal["text", "source", "notice", "item", "hint", "blank"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. A "blank" one is a dotted line to write on, "item" a bold line that begins a list's item."""

    text: str
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """`number` runs through the whole publication."""

    number: int
    text: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """number  in Roman figures; heading "": the only chapter of its publication"""

    number: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """
    about   what it is about, below the title, a line each
    dated   place and date: "Tân Phú, ngày 22/11/2026"
    notes   what readers have to know before they begin
    cover   whether it has a title page and a table of contents; else the title stands above the text
    link    an address that leads on from it, printed at its end as words and as a QR code
    """

    organisation: str
    title: str
    about: tuple[str, ...]
    dated: str
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...] = ()
    cover: bool = True
    link: str = ""

    @property
    def questions(self) -> Iterator[Question]:
        return (question for chapter in self.chapters for question in chapter.questions)
