"""One form for letters however they were typed: NFC, no invisible characters, lower case, with and without accents.

Pure and bounded: a text of any length costs at most what LONGEST characters cost.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_REMEMBERED = 50_000  # syllables
_AT_HAND = 4  # texts: a message is looked at by many, one after another, and gone with those that come next
LONGEST_SYLLABLE = 12  # letters: "nghiêng" has seven
LONGEST = 2000  # characters that are looked at: the first half and the last half of a longer text

_WORD = re.compile(r"[^\W\d_]+(?:[&][^\W\d_]+)*|\d+")
_BETWEEN_WORDS = ",.;:"  # the most common
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_FINAL_Y = re.compile(r"(?<=^[bcdghklmnprstvx])y$|(?<=^qu)y$|(?<=^(?:th|nh|ph|tr|ch|kh)..)y$")


@lru_cache(maxsize=_AT_HAND)
def clean(text: str) -> str:
    """NFC and lower case, without zero-width, right-to-left and control characters; at most LONGEST long."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    if _NOT_PLAIN.search(text):
        text = unicodedata.normalize("NFC", text)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text.translate(_VISIBLE))
        text = text.translate(_CONTROLS)
    return " ".join(text.lower().split())


@lru_cache(maxsize=_AT_HAND)
def fold(text: str) -> str:
    """The text without accents, đ as d: "Nghị quyết" becomes "Nghi quyet"; as long as the NFC text given."""
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore")
    # Four times as fast as looking up each letter, where there is nothing but letters of ours.
    return bare.decode() if len(bare) == len(text) else text.translate(_BARE)


def both_forms(syllable: str) -> tuple[str, str]:
    """Folded and marked form of one lower-case syllable; "" as marked form where no accent was typed.

    Two spellings of one syllable have one marked form ("hoá" and "hóa", "kỹ" and "kĩ").
    """
    return _KNOWN_FORMS[syllable]


def all_forms(syllables: Iterable[str]) -> list[tuple[str, str]]:
    """`both_forms` of each."""
    return [*map(_KNOWN_FORMS.__getitem__, syllables)]


def tokens(cleaned: str) -> list[str]:
    """The words and numbers of a clean text; "gd&đt" is one word."""
    sentence = cleaned.rstrip(" ?.!")
    if sentence.replace(" ", "").isalpha():  # as most questions are
        return sentence.split()
    for mark in _BETWEEN_WORDS:
        sentence = sentence.replace(mark, " ")
    parts = sentence.split()
    if "".join(parts).isalpha():
        return parts
    found: list[str] = []
    for part in parts:
        if part.isalpha() or part.isdecimal():
            found.append(part)
        else:
            found += _WORD.findall(part)
    return found


class _BothForms(dict[str, tuple[str, str]]):
    """Syllable to its two forms, filled as syllables are met: texts repeat them."""

    def __missing__(self, syllable: str) -> tuple[str, str]:
        forms = _both_forms(syllable)
        # What is no syllable may be a telephone number, or as long as a message.
        if len(syllable) <= LONGEST_SYLLABLE and not syllable.isdigit():
            if len(self) >= _REMEMBERED:
                self.clear()
            self[syllable] = forms
        return forms


def _both_forms(syllable: str) -> tuple[str, str]:
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


_KNOWN_FORMS = _BothForms()


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
# What is not in nearly every text: other characters are NFC, and need no cleaning.
_NOT_PLAIN = re.compile(
    "[^ -~{}]".format(
        "".join(
            unicodedata.normalize("NFC", letter + tone)
            for small in "aăâeêioôơuưyđ"
            for letter in (small, small.upper())
            for tone in ("", *_TONES)
            if small != "đ" or not tone
        )
    )
)
_VISIBLE = _Visible()
_CONTROLS = dict.fromkeys([*range(32), 127], " ")
