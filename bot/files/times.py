"""How wide each letter of Times New Roman is, in 1/2048 of its size: enough to know where lines break.

Vietnamese marks do not widen a letter, so "ế" is as wide as "e"; ơ and ư are letters of their own. What is not listed is
as wide as a digit.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Literal

Face = Literal["regular", "bold", "italic"]

EM = 2048
_DIGIT = 1024
_HORN = "\u031b"


@cache
def width(letter: str, face: Face) -> int:
    """The advance of one letter, of one size unit."""
    return _TABLE[face].get(_bare(letter), _DIGIT)


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]


_WIDTHS: dict[Face, dict[int, str]] = {
    "regular": {
        369: "'",
        410: "|",
        512: " ,.",
        569: "/:;\\ijlt",
        614: "²³",
        682: "!()-I[]`fr‘’·",
        717: "•",
        797: "Js",
        819: "°",
        836: '"',
        909: "?acez“”",
        961: "^",
        983: "{}",
        1050: "₫",
        1083: "ơ",
        1108: "~",
        1110: "ư",
        1139: "FPS",
        1155: "+<=>×",
        1251: "ELTZ",
        1366: "BCR",
        1479: "ADGHKNOQUVXYwĐƠ",
        1536: "½",
        1589: "Ư",
        1593: "&m",
        1706: "%",
        1821: "M",
        1886: "@",
        1933: "W",
        2048: "—…",
    },
    "bold": {
        451: "|",
        512: " ,.",
        569: "'/\\il",
        614: "²³",
        682: "!()-:;[]`fjt‘’",
        683: "·",
        717: "•",
        797: "Is",
        807: "{}",
        819: "°",
        909: "cerz",
        1050: "₫",
        1065: "~",
        1134: "ơ",
        1137: '"',
        1139: "Sbdhknpquđ",
        1167: "+<=>×",
        1190: "^",
        1229: "ư",
        1251: "FP",
        1366: "BELTZ",
        1479: "ACDNRUVXYwĐ",
        1536: "½",
        1593: "GHKOQƠ",
        1630: "Ư",
        1706: "&m",
        1905: "@",
        1933: "M",
        2048: "%W—…",
    },
    "italic": {
        438: "'",
        512: " ,.·",
        563: "|",
        569: "/\\fijlt",
        614: "²³",
        682: "!()-:;I`‘’",
        717: "•",
        797: "[]rsz",
        819: "{}°",
        860: '"',
        864: "^",
        909: "Jcekvxy",
        1050: "₫",
        1093: "ơ",
        1108: "~",
        1117: "ư",
        1139: "LTYZ“”",
        1251: "ABEFPRVX",
        1366: "CKNw",
        1382: "+<=>×",
        1479: "DGHOQUmĐƠ",
        1536: "½",
        1544: "Ư",
        1593: "&",
        1706: "%MW",
        1821: "—…",
        1884: "@",
    },
}
_TABLE: dict[Face, dict[str, int]] = {
    face: {letter: width for width, letters in widths.items() for letter in letters}
    for face, widths in _WIDTHS.items()
}
