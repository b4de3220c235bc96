"""Pictures to post: the card of a digest, and the report of what a department or a unit has reached.

Pure: the same words give the same bytes. Drawing takes a tenth of a second, so callers do it off the event loop and keep
what they got. No emblem is drawn: whose picture it is, its words say.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from bot.files import qr
from bot.files.lettering import Font, balanced, drawable, font, is_cut, largest, wrapped
from bot.texts import pictures as texts
from bot.texts.numbers import counted

MEDIA_TYPE = "image/png"
Shape = Literal["portrait", "preview"]
SIZES: dict[Shape, tuple[int, int]] = {"portrait": (1080, 1350), "preview": (1200, 630)}

RED, PAPER, WHITE, INK, SOFT, GOLD, CREAM = (
    "#8f1a20", "#fbf8f3", "#ffffff", "#231d1a", "#5d544e", "#d9a520", "#f8e3b0",
)  # fmt: skip
# Letters and what lies under them: the only pairs that are drawn, each with a contrast of at least 4.5.
ON = ((WHITE, RED), (CREAM, RED), (INK, PAPER), (SOFT, PAPER), (RED, PAPER))
_COLOURS = 64  # of the palette: flat colours and the soft edges of letters, in half the bytes

_MARGIN = 84
_WIDTH = SIZES["portrait"][0] - 2 * _MARGIN
_INDENT = 44
_BARS = 12
_LEADING = 1.34  # Vietnamese has two storeys of marks over a capital


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines in one font, placed by their left upper corner."""

    lines: Sequence[str]
    font: Font
    leading: float = _LEADING

    @property
    def height(self) -> int:
        return round(len(self.lines) * self.step)

    @property
    def step(self) -> float:
        return self.font.size * self.leading

    def draw(self, on: ImageDraw.ImageDraw, x: float, y: float, colour: str, anchor: str = "l") -> int:
        """Returns where the next thing may begin."""
        for number, line in enumerate(self.lines):
            middle = y + self.step * (number + 0.5) + self.font.size * 0.36  # of the letters without marks
            on.text((x, middle), line, fill=colour, font=self.font, anchor=f"{anchor}s")
        return round(y + self.height)


def card(
    title: str,
    lines: Sequence[str],
    address: str | None,
    organisation: str,
    day: date | None,
    shape: Shape = "portrait",
) -> bytes:
    """A PNG: who says it, what is new, three lines of it, and where to read it (a QR code; portrait only, since a preview
    is a link itself). Raises PictureError."""
    picture = Image.new("RGB", SIZES[shape], PAPER)
    words = [shown for line in lines if (shown := drawable(line))][:3]
    written = f"{day:%d/%m/%Y}" if day else ""
    dated = texts.DATE.format(date=written) if written and written not in title else ""
    if shape == "portrait":
        _portrait(picture, drawable(title), words, address, drawable(organisation), dated)
    else:
        _preview(picture, drawable(title), words, drawable(organisation), dated)
    return _png(picture)


def report(
    title: str,
    sums: Sequence[tuple[str, str]],
    bars: Sequence[tuple[str, int]],
    *,
    organisation: str = "",
    heading: str = "",
    note: str = "",
) -> bytes:
    """A PNG, as wide as a card and as high as it needs to be. Raises PictureError.

    sums     what is counted, and how many ("1.234"): two side by side
    bars     a unit's name and number, in the order given; of more than fit the last are added up in one
    heading  what the bars measure; note: what has to be said below
    """
    long = Image.new("RGB", (SIZES["portrait"][0], 4000), PAPER)
    on = ImageDraw.Draw(long)
    y = _head(on, drawable(title), drawable(organisation)) + 48
    y = _sums(on, [(drawable(label), drawable(value)) for label, value in sums], y)
    if heading:
        size = font("Bold", 38)
        y = _Block(wrapped(drawable(heading), size, _WIDTH, 2), size).draw(on, _MARGIN, y, INK) + 16
    y = _bars(on, [(drawable(name), number) for name, number in bars], y)
    if note:
        size = font("Regular", 30)
        y = _Block(wrapped(drawable(note), size, _WIDTH, 3), size).draw(on, _MARGIN, y + 20, SOFT)
    return _png(long.crop((0, 0, long.width, y + 60)))


def _portrait(
    picture: Image.Image, title: str, lines: list[str], address: str | None, organisation: str, dated: str
) -> None:
    on = ImageDraw.Draw(picture)
    top = _head(on, title, organisation)
    foot = _foot(picture, address, dated)
    _lines(on, lines, (_MARGIN, top, picture.width - _MARGIN, foot))


def _head(on: ImageDraw.ImageDraw, title: str, organisation: str) -> int:
    """Who says it, and what, on red across the picture. Returns where that ends."""
    across = SIZES["portrait"][0]
    owner = _Block(balanced(organisation, font("Bold", 34), _WIDTH, 2), font("Bold", 34))
    big = largest(title, "Bold", (80, 72, 64, 56, 50), _WIDTH, 4)
    heading = _Block(balanced(title, big, _WIDTH, 4), big, 1.26)
    bottom = 76 + owner.height + 70 + heading.height + 56
    on.rectangle((0, 0, across, bottom), RED)
    on.rectangle((0, bottom, across, bottom + 8), GOLD)
    y = owner.draw(on, _MARGIN, 76, CREAM) + 34
    on.rectangle((_MARGIN, y, _MARGIN + 96, y + 5), GOLD)
    heading.draw(on, _MARGIN, y + 36, WHITE)
    return bottom + 8


def _lines(on: ImageDraw.ImageDraw, lines: list[str], box: tuple[int, int, int, int]) -> None:
    """As large as they all fit, spread evenly; where nothing helps, the longest are cut."""
    left, top, right, bottom = box
    if not lines:
        return
    height, width = bottom - top, right - left - _INDENT
    blocks = _fitting(lines, width, height)
    space = (height - sum(block.height for block in blocks)) / (len(blocks) + 1)
    y = top + space
    for block in blocks:
        on.rectangle((left, y + block.step * 0.2, left + 8, y + block.height - block.step * 0.2), GOLD)
        y = block.draw(on, left + _INDENT, y, INK) + space


def _fitting(lines: list[str], width: float, height: float) -> list[_Block]:
    most = 9 // len(lines)
    for size in (58, 54, 50, 46, 43, 40, 37, 34):
        face = font("Regular", size)
        blocks = [_Block(balanced(line, face, width, most), face) for line in lines]
        while sum(block.height for block in blocks) > height - 30 * (len(blocks) + 1):
            longest = max(range(len(blocks)), key=lambda at: len(blocks[at].lines))
            shorter = wrapped(lines[longest], face, width, len(blocks[longest].lines) - 1)
            blocks[longest] = _Block(shorter, face)
        if not any(is_cut(block.lines, line) for block, line in zip(blocks, lines, strict=True)):
            break
    return blocks


def _foot(picture: Image.Image, address: str | None, dated: str) -> int:
    """Returns where it begins."""
    on = ImageDraw.Draw(picture)
    end = picture.height - 76
    date_line = _Block([dated] if dated else [], font("Bold", 34))
    if not address:
        top = end - date_line.height
        date_line.draw(on, _MARGIN, top, RED)
        return top - 30
    squares = qr.modules(address)
    module = max(4, 248 // len(squares))
    side = module * len(squares)
    # The paper around it is light enough to be its quiet zone.
    left, top = picture.width - _MARGIN - side, end - side
    for row, line in enumerate(squares):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + column * module, top + row * module
                on.rectangle((x, y, x + module - 1, y + module - 1), INK)
    width = left - _MARGIN - 60
    hint = _Block(balanced(texts.SCAN, font("Regular", 34), width, 3), font("Regular", 34))
    host = _Block(
        wrapped(urlsplit(address).netloc.removeprefix("www."), font("Regular", 30), width, 1),
        font("Regular", 30),
    )
    y = end - date_line.height - hint.height - host.height - 24
    y = date_line.draw(on, _MARGIN, y, RED) + 12
    y = hint.draw(on, _MARGIN, y, INK) + 12
    host.draw(on, _MARGIN, y, SOFT)
    on.rectangle((_MARGIN, top - 48, picture.width - _MARGIN, top - 47), CREAM)
    return top - 48


def _sums(on: ImageDraw.ImageDraw, sums: list[tuple[str, str]], y: int) -> int:
    column = _WIDTH // 2
    size, small = font("Bold", 64), font("Regular", 32)
    for at in range(0, len(sums), 2):
        ends = [y]
        for place, (label, value) in enumerate(sums[at : at + 2]):
            x = _MARGIN + place * column
            under = _Block([value], size, 1.2).draw(on, x, y, RED)
            ends.append(_Block(wrapped(label, small, column - 30, 2), small).draw(on, x, under, SOFT))
        y = max(ends) + 36
    return y + 12


def _bars(on: ImageDraw.ImageDraw, bars: list[tuple[str, int]], y: int) -> int:
    name, value = font("Regular", 34), font("Bold", 34)
    if not bars:
        return _Block([texts.NOTHING], name).draw(on, _MARGIN, y, SOFT)
    if len(bars) > _BARS:
        rest = bars[_BARS - 1 :]
        bars = [*bars[: _BARS - 1], (texts.OTHERS.format(count=len(rest)), sum(number for _, number in rest))]
    most = max(max(number for _, number in bars), 1)
    for label, number in bars:
        shown = counted(number)
        room = _WIDTH - value.getlength(shown) - 30
        _Block([shown], value).draw(on, _MARGIN + _WIDTH, y, INK, "r")
        y = _Block(wrapped(label, name, room, 1), name).draw(on, _MARGIN, y, INK)
        on.rectangle((_MARGIN, y, _MARGIN + _WIDTH, y + 15), CREAM)
        if number > 0:
            on.rectangle((_MARGIN, y, _MARGIN + max(6, round(_WIDTH * number / most)), y + 15), RED)
        y += 38
    return y


def _preview(picture: Image.Image, title: str, lines: list[str], organisation: str, dated: str) -> None:
    on = ImageDraw.Draw(picture)
    on.rectangle((0, 0, picture.width, picture.height), RED)
    on.rectangle((0, picture.height - 14, picture.width, picture.height), GOLD)
    margin = 72
    width = picture.width - 2 * margin
    date_line = _Block([dated] if dated else [], font("Bold", 28))
    foot = picture.height - 14 - 40 - date_line.height
    date_line.draw(on, margin, foot, CREAM)
    y = _Block(wrapped(organisation, font("Bold", 30), width, 1), font("Bold", 30)).draw(
        on, margin, 52, CREAM
    )
    on.rectangle((margin, y + 20, margin + 88, y + 24), GOLD)
    big = largest(title, "Bold", (72, 64, 56, 48), width, 3 - len(lines) // 3)
    y = (
        _Block(balanced(title, big, width, 3 - len(lines) // 3), big, 1.26).draw(on, margin, y + 46, WHITE)
        + 24
    )
    for line in lines:
        block = _Block(wrapped(line, font("Regular", 33), width - 36, 1), font("Regular", 33), 1.55)
        on.rectangle((margin, y + block.step * 0.25, margin + 6, y + block.step * 0.75), GOLD)
        y = block.draw(on, margin + 36, y, WHITE)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
