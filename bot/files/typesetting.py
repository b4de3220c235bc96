"""On which page a heading will stand: lines are broken and pages filled as a word processor does. Pure.

A table of contents has to be right when the file is first opened, and no word processor is at hand to tell the pages. So
documents are set in a way that can be followed exactly: letters of known width, lines of a fixed height, ragged right
(justified lines are squeezed differently by each version of Word), and space below paragraphs only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.files.times import EM, Face, width

_ALONE = 2  # lines: fewer never stand alone at the foot or the head of a page
_BREAKS_AFTER = re.compile(r"(?<=[–—])(?=\S)")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set; lengths in points. `indent` is of the first line."""

    face: Face
    size: float
    leading: float
    after: float
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph whose lines have been counted.

    whole      never broken over two pages
    with_next  begins no page that the next one ends
    """

    lines: int
    leading: float
    after: float
    whole: bool = False
    with_next: bool = False

    @property
    def height(self) -> float:
        return self.lines * self.leading


def count_lines(text: str, setting: Setting, measure: float) -> int:
    lines, room = 1, measure - setting.indent
    left = room
    space = width(" ", setting.face) * setting.size / EM
    for word, spaced in _words(text):
        needed = _length(word, setting)
        if left < room and needed + (space if spaced else 0) > left:
            lines, room = lines + 1, measure
            left = room
        elif left < room and spaced:
            left -= space
        while needed > room:  # an address that is longer than a line
            lines, needed = lines + 1, needed - room
            room = left = measure
        left -= needed
    return lines


def pages(blocks: Sequence[Block], height: float) -> list[int]:
    """The page on which each block begins, from 1, where a page holds `height` points."""
    found: list[int] = []
    page, left = 1, height
    for at, each in enumerate(blocks):
        if left < height and _needed(blocks, at) > left + 0.01:
            page, left = page + 1, height
        found.append(page)
        if each.whole:
            left -= each.height + each.after
            continue
        lines = each.lines
        while lines * each.leading > left + 0.01:
            here = int((left + 0.01) / each.leading)
            lines -= min(here, lines - _ALONE)
            page, left = page + 1, height
        left -= lines * each.leading + each.after
    return found


def _needed(blocks: Sequence[Block], at: int) -> float:
    """The height that has to be free for the block to begin here: with all that is kept with it."""
    height = 0.0
    for each in blocks[at:]:
        if not each.whole:
            few = _ALONE if each.lines > _ALONE + 1 else each.lines
            return height + few * each.leading
        if not each.with_next:
            return height + each.height
        height += each.height + each.after
    return height


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each piece that is not broken, and whether a space stands before it."""
    for word in text.split():
        for at, piece in enumerate(_BREAKS_AFTER.split(word)):
            yield piece, at == 0


def _length(word: str, setting: Setting) -> float:
    return sum(width(letter, setting.face) for letter in word) * setting.size / EM
