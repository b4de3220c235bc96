"""One form for text however it was typed: NFC, no invisible characters, case, accents, abbreviations, chat spelling.

Pure and bounded: a text of any length costs at most what LONGEST characters cost.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.tables import table

LONGEST = 2000  # characters that are looked at: the first half and the last half of a longer text

_ACCENTED = 0.5  # from this share of syllables with accents on, the keyboard had them

_WORD = re.compile(r"[^\W\d_]+(?:[&][^\W\d_]+)?|\d+")
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_FINAL_Y = re.compile(r"(?<=^[bcdghklmnprstvx])y$|(?<=^qu)y$|(?<=^(?:th|nh|ph|tr|ch|kh)..)y$")
_LABEL = frozenset(
    (
        "hang", "nhom", "loai", "bang", "mau", "khoan", "diem", "muc", "khoi", "gan", "vitamin", "lop", "to", "hep",
        "phan", "khu", "lo", "so", "nha", "dieu",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A normalised text: one entry per syllable or number, the two tuples side by side.

    `folded` has no accents; `marked` keeps them in one spelling ("hoá" and "hóa" are equal). A syllable without
    accents is itself in a text that was typed with them, and empty text (unknown) in one that was not.
    """

    clean: str
    folded: tuple[str, ...]
    marked: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.folded)


def clean(text: str) -> str:
    """NFC and lower case, without zero-width, right-to-left and control characters; at most LONGEST long."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    text = unicodedata.normalize("NFC", text)
    if _PLAIN.issuperset(text):
        return " ".join(text.lower().split())
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_VISIBLE))
    return " ".join(text.lower().translate(_CONTROLS).split())


def fold(text: str) -> str:
    """The text without accents, đ as d: "Nghị quyết" becomes "Nghi quyet"; as long as the NFC text given."""
    return text if text.isascii() else text.translate(_BARE)


def words(text: str, synonyms: Mapping[str, str] | None = None) -> Words:
    """The words of a text; `synonyms` are the department's own, folded short form to written-out form."""
    cleaned = clean(text)
    folded: list[str] = []
    marked: list[str] = []
    raw = _WORD.findall(cleaned)
    short = _all_short_forms()
    for at, word in enumerate(raw):
        expansion = _expanded(word, raw, at, synonyms) if synonyms or word in short else None
        for syllable in expansion.split() if expansion else (word,):
            bare, accented = _forms(syllable)
            folded.append(bare)
            marked.append(accented)
    if sum(map(bool, marked)) >= _ACCENTED * len(marked):
        marked = [mark or bare for bare, mark in zip(folded, marked, strict=True)]
    return Words(cleaned, tuple(folded), tuple(marked))


def is_short_form(word: str) -> bool:
    """Whether a lower-case word is an abbreviation or chat spelling of the tables."""
    return word in _all_short_forms()


def _expanded(word: str, raw: list[str], at: int, synonyms: Mapping[str, str] | None) -> str | None:
    if synonyms and (own := synonyms.get(word) or synonyms.get(fold(word))):
        return own
    short = _short_forms()
    after = raw[at + 1] if at + 1 < len(raw) else ""
    if word in short["before_number"] and (after.isdigit() or _is_roman(after)):
        return short["before_number"][word]
    if word in short["always"]:
        return short["always"][word]
    if len(word) == 1 and at and fold(raw[at - 1]) in _LABEL:
        return None  # "hạng a", "điểm c" are names, not "anh" and "chị"
    return short["chat"].get(word)


@cache
def _short_forms() -> dict[str, dict[str, str]]:
    abbreviations = table("abbreviations")
    return {
        "always": abbreviations["always"],
        "before_number": abbreviations["before_number"],
        "chat": table("chat"),
    }


@cache
def _all_short_forms() -> frozenset[str]:
    return frozenset(word for forms in _short_forms().values() for word in forms)


def _is_roman(word: str) -> bool:
    return bool(word) and not word.strip("ivxl") and len(word) > 1


@lru_cache(maxsize=50_000)
def _forms(syllable: str) -> tuple[str, str]:
    """Folded and marked form of one lower-case syllable; "" as marked form where no accent was typed."""
    bare = _FINAL_Y.sub("i", fold(syllable))
    if bare.isdigit():
        return bare.lstrip("0") or "0", ""
    if syllable.isascii():
        return bare, ""
    tone = ""
    letters = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return bare, unicodedata.normalize("NFC", _FINAL_Y.sub("i", "".join(letters))) + tone


class _Bare(dict[int, str]):
    """Code point to its letter without accents, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0]
        self[code] = bare = {"đ": "d", "Đ": "D"}.get(letter, letter)
        return bare


class _Visible(dict[int, str]):
    """Code point to what is left of it: nothing of invisible characters, a space for symbols, digits as 0-9."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category in ("Cf", "Co", "Cn", "Cs", "Mn", "Me"):
            seen = ""
        elif category in ("Cc", "So"):
            seen = " "
        elif category == "Nd":
            seen = str(unicodedata.digit(char))
        else:
            seen = char
        self[code] = seen
        return seen


_BARE = _Bare()
# What nearly every text consists of, and what needs no cleaning.
_PLAIN = frozenset(map(chr, range(32, 127))).union(
    unicodedata.normalize("NFC", letter + tone)
    for small in "aăâeêioôơuưyđ"
    for letter in (small, small.upper())
    for tone in ("", *_TONES)
    if small != "đ" or not tone
)
_VISIBLE = _Visible()
_CONTROLS = dict.fromkeys([*range(32), 127], " ")
