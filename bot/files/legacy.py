"""Vietnamese text in the font encodings from before Unicode, TCVN3 (ABC) and VNI: recognised and converted.

Such text arrives as Latin letters: "NghÞ quyÕt" (TCVN3), "Nghò quyeát" (VNI). Normal text is left as it is: an encoding
is only accepted where its reading gives Vietnamese syllables and the text as it stands does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.files.syllables import is_syllable

Encoding = Literal["TCVN3", "VNI"]

_TCVN3_LETTERS = (
    "¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ ¨ă ©â ªê «ô ¬ơ \xadư ®đ µà ¶ả ·ã ¸á ¹ạ »ằ ¼ẳ ½ẵ ¾ắ Æặ Çầ Èẩ Éẫ Êấ Ëậ Ìè Îẻ Ïẽ Ðé Ñẹ "
    "Òề Óể Ôễ Õế Öệ ×ì Øỉ Üĩ Ýí Þị ßò áỏ âõ ãó äọ åồ æổ çỗ èố éộ êờ ëở ìỡ íớ îợ ïù ñủ òũ óú ôụ õừ öử ÷ữ øứ ùự úỳ ûỷ "
    "üỹ ýý þỵ"
)
TCVN3 = {ord(pair[0]): pair[1] for pair in _TCVN3_LETTERS.split(" ")}

# VNI writes a mark after the plain letter; ơ and ư are letters of their own.
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    table = {}
    for letter in "aeouôöy":
        base = _VNI_ALONE.get(letter, letter)
        for mark, combining in _VNI_MARKS.items():
            composed = unicodedata.normalize("NFC", base + combining)
            if len(composed) == 1:
                table[letter + mark] = composed
                table[letter.upper() + mark.upper()] = table[letter.upper() + mark] = composed.upper()
    for letter, composed in _VNI_ALONE.items():
        table[letter] = composed
        table[letter.upper()] = composed.upper()
    return table


VNI = _vni_table()

_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile("(?=.*[ĐƯ])[A-ZĐƯ]{2,6}")  # HĐND, QĐ, ĐU
_LATIN_1 = "\xa1-\xff"
_WORD = re.compile(f"[A-Za-z{_LATIN_1}]*[{_LATIN_1}][A-Za-z{_LATIN_1}]*")
_UNICODE = re.compile("[\u0100-\u024f\u0300-\u036f\u1ea0-\u1ef9]")  # ă, đ, ơ, ư, ế … and marks of their own
_SHARE = 0.8  # of the accented words that must become syllables
_BETTER = 0.3  # by how much more of them must, in a column where everything else is in that encoding
_ENOUGH = 3  # different words that must speak for an encoding before anything is converted


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one text says about its encoding.

    words    the accented words as they stand; none: the text is the same in every encoding
    unicode  it has letters that legacy text cannot have
    plain, tcvn3, vni   the share of the words that are syllables as they stand, and read in each encoding
    """

    words: frozenset[str]
    unicode: bool
    plain: float
    tcvn3: float
    vni: float

    @property
    def encoding(self) -> Encoding | None:
        """The legacy encoding that this text alone makes likely."""
        best: Encoding = "TCVN3" if self.tcvn3 >= self.vni else "VNI"
        likely = not self.unicode and self.plain <= 0.5 and max(self.tcvn3, self.vni) >= _SHARE
        return best if likely else None

    def allows(self, encoding: Encoding) -> bool:
        """Whether the text may well be in this encoding, when the texts around it are."""
        share = self.tcvn3 if encoding == "TCVN3" else self.vni
        return not self.unicode and bool(self.words) and (share >= _SHARE or share > self.plain + _BETTER)


_SURELY_UNICODE = Verdict(frozenset(), True, 1.0, 0.0, 0.0)


def verdict(text: str) -> Verdict:
    if _UNICODE.search(text):  # nearly every sentence in Unicode: no need to look further
        return _SURELY_UNICODE
    # A single sign is no evidence: "µ", "·" and "ª" stand in normal text too.
    words = frozenset(word for word in _WORD.findall(text) if len(word) > 1)
    return Verdict(
        words, False, _share(words, _unquoted), _share(words, _from_tcvn3), _share(words, _from_vni)
    )


def encoding_of(texts: Iterable[str]) -> Encoding | None:
    """The legacy encoding that texts which belong together (a column, a table) have in common, if they have one."""
    votes: dict[Encoding, set[str]] = {"TCVN3": set(), "VNI": set()}
    for text in texts:
        if not text.isascii() and (found := verdict(text)).encoding:
            votes[found.encoding] |= found.words
    best: Encoding = "TCVN3" if len(votes["TCVN3"]) >= len(votes["VNI"]) else "VNI"
    return best if len(votes[best]) >= _ENOUGH else None


def converted(text: str, encoding: Encoding) -> str:
    """The text read in this encoding, NFC."""
    return _from_tcvn3(text) if encoding == "TCVN3" else _from_vni(text)


def readings(text: str) -> tuple[str, ...]:
    """What a short text would say in each legacy encoding, where that is something else."""
    if text.isascii():
        return ()
    return tuple(reading for reading in (_from_tcvn3(text), _from_vni(text)) if reading != text)


def _from_tcvn3(text: str) -> str:
    return _PLAIN_WORD.sub(lambda match: _in_case(match[0]), text.translate(TCVN3))


def _in_case(word: str) -> str:
    """TCVN3 writes accented capitals as small letters in a font of capitals: "NGHị" becomes "NGHỊ"."""
    plain = [char for char in word if char.isascii()]
    return word.upper() if len(plain) >= 2 and all(char.isupper() for char in plain) else word


def _from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda match: VNI[match[0]], text)


def _unquoted(word: str) -> str:
    return word.lstrip("«").rstrip("»®©")


def _share(words: frozenset[str], read: Callable[[str], str]) -> float:
    return sum(_is_vietnamese(read(word)) for word in words) / len(words) if words else 0.0


def _is_vietnamese(word: str) -> bool:
    return is_syllable(word) or bool(_ABBREVIATION.fullmatch(word))
