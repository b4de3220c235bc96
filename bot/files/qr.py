"""QR codes of addresses, as squares to draw and as pictures to place into documents."""

from __future__ import annotations

import io

import segno

from bot.errors import PictureError

QUIET = 4  # modules that stay white around it, or phones do not find it


def modules(address: str) -> list[list[bool]]:
    """Rows of squares, True where it is dark; without the quiet zone. Raises PictureError: too long an address."""
    return [[bool(square) for square in row] for row in _code(address).matrix]


def png(address: str, scale: int = 8) -> bytes:
    """A picture with its quiet zone, `scale` points a module. Raises PictureError."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", scale=scale, border=QUIET)
    return out.getvalue()


def svg(address: str) -> str:
    """An <svg> element that takes the size of what it stands in. Raises PictureError."""
    return str(_code(address).svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None))


def _code(address: str) -> segno.QRCode:
    try:
        # M: a sixth of it may be creased or stained on a notice board. segno takes more where there is room for it.
        return segno.make_qr(address, error="m")
    except ValueError as error:
        raise PictureError("an address does not fit into a QR code") from error
