"""Text as people paste it, without what nobody sees. Pure, and light to import."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def tidy(text: str, *, lines: bool = False) -> str:
    """NFC, without invisible characters; one line unless `lines`, whose ends are bare."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", text).replace("\xa0", " ")
    if lines:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return " ".join(text.split())
