"""Letters in pictures: our own font, what it can show of a text, and lines that fit into a width."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from bot.errors import PictureError

FONTS = Path(__file__).parent / "fonts"
CUT = "…"

# What the subset in fonts/ was made with: a test holds the two together.
_RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x107), (0x10A, 0x113), (0x116, 0x11B), (0x11E, 0x121), (0x126, 0x12B),
    (0x12E, 0x131), (0x139, 0x13A), (0x13D, 0x13E), (0x141, 0x144), (0x147, 0x148), (0x14C, 0x14D), (0x150, 0x155),
    (0x158, 0x15B), (0x15E, 0x16B), (0x16E, 0x17E), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1EA0, 0x1EF9), (0x2013, 0x2014),
    (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A),
    (0x20AB, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212), (0x2264, 0x2265),
)  # fmt: skip
DRAWABLE = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))
_INSTEAD = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "№": "Số", "→": "–", "\u202f": "\xa0"}
)
_LONGEST = 600  # characters that are looked at: more fits on no picture

Face = Literal["Regular", "Bold"]
Font = ImageFont.FreeTypeFont


def drawable(text: str) -> str:
    """The text in letters that the font has. Styled letters (𝗡𝗴𝗵ị) become plain ones; emoji and strange scripts go, so
    that nobody sees a box in their place."""
    shown = []
    for letter in unicodedata.normalize("NFC", text[: 4 * _LONGEST]).translate(_INSTEAD):
        if letter in DRAWABLE or unicodedata.combining(letter):  # it may belong to a styled letter
            shown.append(letter)
        elif letter.isspace():
            shown.append(" ")
        else:
            shown.append(unicodedata.normalize("NFKC", letter))
    joined = "".join(letter for letter in unicodedata.normalize("NFC", "".join(shown)) if letter in DRAWABLE)
    return re.sub(" +", " ", joined).strip()[:_LONGEST]


@cache
def font(face: Face, size: int) -> Font:
    """Raises PictureError."""
    try:
        return ImageFont.truetype(FONTS / f"BeVietnamPro-{face}.ttf", size)
    except OSError as error:
        raise PictureError("the font of the pictures is not there") from error


def wrapped(text: str, font: Font, width: float, lines: int) -> list[str]:
    """At most so many lines; what does not fit is cut with "…". A word wider than a line is broken."""
    done: list[str] = []
    words = text.split(" ")
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= width:
            line = longer
            continue
        if not line:
            line, rest = _broken(word, font, width)
            words.insert(0, rest)
        else:
            words.insert(0, word)
        if len(done) + 1 == lines:
            return [*done, _cut(line, font, width)]
        done.append(line)
        line = ""
    return [*done, line] if line else done


def balanced(text: str, font: Font, width: float, lines: int) -> list[str]:
    """As `wrapped`, with lines about as long as each other: no single word is left for the last one."""
    widest = wrapped(text, font, width, lines)
    if is_cut(widest, text):
        return widest
    low, high = width / 2, width
    while high - low > 4:
        middle = (low + high) / 2
        tried = wrapped(text, font, middle, lines)
        if len(tried) == len(widest) and not is_cut(tried, text):
            high = middle
        else:
            low = middle
    return wrapped(text, font, high, lines)


def is_cut(lines: Sequence[str], text: str) -> bool:
    """Whether `lines` leave out some of the text."""
    return sum(len(line.replace(" ", "")) for line in lines) < len(text.replace(" ", ""))


def largest(text: str, face: Face, sizes: Sequence[int], width: float, lines: int) -> Font:
    """The font in the first of the sizes in which nothing is cut; in the last one where something always is."""
    for size in sizes:
        if not is_cut(wrapped(text, font(face, size), width, lines), text):
            return font(face, size)
    return font(face, sizes[-1])


def _broken(word: str, font: Font, width: float) -> tuple[str, str]:
    at = max(1, bisect_right(range(1, len(word) + 1), width, key=lambda end: font.getlength(word[:end])))
    return word[:at], word[at:]


def _cut(line: str, font: Font, width: float) -> str:
    """Ends with a whole word, where the line has more than one."""
    if font.getlength(line + CUT) > width and " " in line:
        line = line.rpartition(" ")[0]
    while line and font.getlength(line + CUT) > width:
        line = line[:-1]
    return line.rstrip(" ,;:.–-") + CUT
