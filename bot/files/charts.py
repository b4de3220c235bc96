"""Bars for print: shares of a result, readable in black and white. Pure: the same words give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from bot.files.lettering import drawable, font, wrapped

WIDTH = 1_600  # pixels: 160 mm at 250 dots an inch
_NAME, _GAP, _BAR, _ROW = 620, 30, 46, 92
_INK, _FILL, _TRACK = "#000000", "#8f1a20", "#e8e4de"


def bars(lines: Sequence[tuple[str, int]]) -> bytes:
    """A PNG: each a name and its per cent, of a hundred. Raises PictureError."""
    picture = Image.new("RGB", (WIDTH, _ROW * max(1, len(lines)) + 8), "#ffffff")
    on = ImageDraw.Draw(picture)
    plain, bold = font("Regular", 36), font("Bold", 36)
    left, room = _NAME + _GAP, WIDTH - _NAME - _GAP - 130
    for at, (name, share) in enumerate(lines):
        middle = at * _ROW + _ROW / 2 + 4
        words = wrapped(drawable(name), plain, _NAME, 2)
        for number, line in enumerate(words):
            y = middle + (number - (len(words) - 1) / 2) * 42
            on.text((_NAME, y), line, fill=_INK, font=plain, anchor="rm")
        top, bottom = middle - _BAR / 2, middle + _BAR / 2
        on.rectangle((left, top, left + room, bottom), _TRACK)
        width = room * min(share, 100) / 100
        if width >= 1:
            on.rectangle((left, top, left + width, bottom), _FILL)
        on.text((WIDTH - 4, middle), f"{share}%", fill=_INK, font=bold, anchor="rm")
    out = io.BytesIO()
    picture.quantize(32, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
