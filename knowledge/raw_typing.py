"""Text typed in Telex or VNI while the keyboard's Vietnamese mode was off: "nghij quyeets", "nghi5 quye6t1"."""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from itertools import chain

from bot.files.syllables import is_syllable
from knowledge.letters import both_forms, fold, tokens
from knowledge.short_forms import defaults
from knowledge.tables import table

_WORD = re.compile(r"[^\W_]+")
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"} | {
    "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323",
}  # fmt: skip
_SHAPES = {
    "a": {"a": "â", "ă": "â"}, "e": {"e": "ê"}, "o": {"o": "ô", "ơ": "ô"}, "d": {"d": "đ"},
    "w": {"a": "ă", "â": "ă", "o": "ơ", "ô": "ơ", "u": "ư"},
    "6": {"a": "â", "ă": "â", "e": "ê", "o": "ô", "ơ": "ô"}, "7": {"o": "ơ", "ô": "ơ", "u": "ư"},
    "8": {"a": "ă", "â": "ă"}, "9": {"d": "đ"},
}  # fmt: skip
_SHAPED = re.compile(
    r"aa|ee|oo|dd|[jw6-9]"
)  # keys of marks that stand together, or that foreign words have not: "reset"
_VOWELS = "aeiouyăâêôơư"
_LONGEST = 12  # keys of one syllable: "nghieengx" has nine
_MOST = 2_000  # characters of a text that are looked at
_CERTAIN = 2  # points from which on a text, or a word among words with accents, was typed raw
# Letters and a digit after these are a thing and its number ("lop1", "muc2", "quy3"), not a tone.
_NUMBERED = frozenset(
    (
        "lop", "muc", "quy", "dieu", "khoan", "diem", "to", "khu", "tang", "so", "hang", "phan", "chuong", "cap", "bac",
        "ky", "khoa", "thang", "ngay", "nam", "loai", "nhom", "buoc", "dot", "cau", "bai", "trang", "phong", "mau", "bang",
        "doi", "ban", "lan", "thu", "tap", "tuan", "hinh", "bieu", "tuyen", "vung", "lo", "nha", "cum", "xom", "ap", "thon",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """What keys stand for: `letters` with their marks; `shapes` and `toned` tell which kinds of marks were typed."""

    letters: str
    shapes: int
    toned: bool


def decoded(text: str, known: Set[str]) -> str:
    """The text with its raw keys read as letters, once enough of it can be nothing else; among words that were typed
    with accents, only words that can be nothing else. `known`: the words of the knowledge base and short forms, which
    stay as they are, as possible syllables do."""
    if len(text) > _MOST:
        return text
    unknown = set(text.lower().split()).difference(known)
    found = {
        word: read
        for part in unknown
        if not part.isalpha() or part.isascii()
        for word in ((part,) if part.isalnum() else _WORD.findall(part))
        if word.isascii() and word not in known and not _stays(word) and (read := _read(word))
    }
    if not found:  # as in most texts
        return text
    points = {word: _points(word, read) for word, read in found.items()}
    if text.isascii():
        least = 0 if sum(points.values()) >= _CERTAIN else _CERTAIN
    else:
        least = 1 if _CERTAIN in points.values() else _CERTAIN
    meant = {
        word: letters
        for word, read in found.items()
        if points[word] >= least and (letters := _meant(read, known))
    }
    return _WORD.sub(lambda match: meant.get(match[0].lower(), match[0]), text) if meant else text


def _stays(word: str) -> bool:
    # "khoong" is a syllable by its letters too, but it was meant to be "không".
    return not word[0].isalpha() or (is_syllable(word) and "oo" not in word)


def _points(word: str, read: _Read) -> int:
    """How surely the keys are raw: 2 can be nothing else, 1 may be a foreign word or a slip, 0 says nothing."""
    if not is_syllable(read.letters):
        return 0
    is_common = both_forms(read.letters) in _common_words()
    if read.shapes > 1 or (read.shapes and read.toned and (is_common or _SHAPED.search(word))):
        return _CERTAIN
    if not is_common:
        return _CERTAIN if word.endswith("j") or re.search(r"[a-z]\d+[a-z]", word) else 0
    if word[-1].isdigit():
        return _CERTAIN if word.rstrip("0123456789") not in _NUMBERED else 0
    is_plain = "j" in word or word.startswith("dd") or (word.endswith("f") and len(word) > 3)
    return _CERTAIN if is_plain else 1


def _meant(read: _Read, known: Set[str]) -> str | None:
    """The syllable; where a mark is missing ("quyets") its letters alone, if the knowledge base has them."""
    if is_syllable(read.letters):
        return read.letters
    bare = fold(read.letters)
    return bare if bare in known else None


def _read(keys: str) -> _Read | None:
    """The letters that the keys of one word stand for; None where no key is a mark, or a digit is none."""
    if len(keys) > _LONGEST:
        return None
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TONES and any(letter in _VOWELS for letter in letters):
            if tone and (tone == _TONES[key] or key.isdigit()):
                return None  # twice takes the mark back ("pass" is "pas"); "lop12" is a number
            tone = _TONES[key]
        elif key == "z" and tone:
            tone = ""
        elif not _shaped(letters, key):
            if key.isdigit():
                return None
            letters.append(key)
    if re.search(r"\d{4}$", keys) or not (tone or "z" in keys or "".join(letters) != keys):
        return None
    shaped = _joined("".join(letters))
    marks = ("đ" in shaped) + bool(set(shaped).intersection("ăâêôơư"))
    return _Read(_with_tone(list(shaped), tone), marks, bool(tone))


def _shaped(letters: list[str], key: str) -> bool:
    """Gives the last letter that the key can change its mark, both letters of "uo" together; "w" where there is none is
    "ư" itself; False if the key is a letter."""
    shapes = _SHAPES.get(key, {})
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in shapes:
            if key in "w7" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
                if letters[at] == "u":
                    return True  # "uu" is "ưu"
            letters[at] = shapes[letters[at]]
            return True
    if key == "w":
        letters.append("ư")
    return key == "w"


def _joined(letters: str) -> str:
    """One mark is enough for both letters of "ươ" before a consonant: "dduwocj" is "được"."""
    return re.sub(r"ưo|uơ(?=[cimnpptu])", "ươ", letters)


def _with_tone(letters: list[str], tone: str) -> str:
    """The tone stands on the last vowel with a mark, else on the first that is not part of "qu" or "gi"; where exactly
    does not matter to the matcher ("hoá" is "hóa")."""
    vowels = [at for at, letter in enumerate(letters) if letter in _VOWELS]
    if not vowels:
        return "".join(letters)
    shaped = [at for at in vowels if letters[at] in "ăâêôơư"]
    if len(vowels) > 1 and "".join(letters[:2]) in ("qu", "gi"):
        vowels = vowels[1:]
    at = (shaped or vowels[:1])[-1]
    return unicodedata.normalize("NFC", "".join([*letters[: at + 1], tone, *letters[at + 1 :]]))


@cache
def _common_words() -> frozenset[tuple[str, str]]:
    """Words of the shipped tables with accents: a tone alone is a sign of raw typing only where it makes one of them
    ("chaof"), for many foreign words end as if in a tone key ("tax")."""
    stopwords, talk = table("stopwords"), table("small_talk")
    texts = chain(
        *table("concepts"), *stopwords.values(), *talk.values(), (form.means for form in defaults())
    )
    return frozenset(both_forms(word) for text in texts for word in tokens(text))
