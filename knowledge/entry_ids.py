"""The id of an entry for which nobody has chosen one: made of its question."""

from __future__ import annotations

import re
from collections.abc import Container

from knowledge.normalise import clean, fold

_LONGEST = 60  # characters


def made(question: str, taken: Container[str]) -> str:
    """ "muc-tieu-kinh-te-so" of "Mục tiêu kinh tế số?"; with a number behind it where that is taken."""
    words = re.findall(r"[a-z0-9]+", fold(clean(question)))
    slug = "cau-hoi"
    if words:
        slug = words[0][:_LONGEST]
        for word in words[1:]:
            if len(slug) + len(word) >= _LONGEST:
                break
            slug += f"-{word}"
    number = 1
    while (id := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return id
