"""Text typed in Telex or VNI while the keyboard's Vietnamese mode was off: "nghij quyeets", "nghi5 quye6t1"."""

import re
import unicodedata
from collections.abc import Callable

from bot.files.syllables import is_syllable
from knowledge.short_forms import shipped_forms

_WORD = re.compile(r"[A-Za-z]+[A-Za-z1-9]*")
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"} | {
    "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323",
}  # fmt: skip
_SHAPES = {
    "a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "w": {"a": "ă", "o": "ơ", "u": "ư"}, "d": {"d": "đ"},
    "6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"},
}  # fmt: skip
_VOWELS = "aeiouyăâêôơư"
_LONGEST = 12  # keys of one syllable: "nghieengx" has nine
_MOST = 2_000  # characters of a text that are looked at


def decoded(text: str, is_known: Callable[[str], bool]) -> str:
    """The text with its raw keys read as letters. Only where no accent was typed and one word at least can be nothing
    else: it needs a tone key and a letter key ("quyeets"), or has a digit inside ("to6i"), or ends in "j". `is_known`
    tells the words of the knowledge base, which stay as they are, as abbreviations and possible syllables do."""
    if len(text) > _MOST or not text.isascii():
        return text
    readings = {word: _read(word.lower()) for word in set(_WORD.findall(text))}
    found = {
        word: reading
        for word, reading in readings.items()
        if reading and not _stays(word.lower(), is_known) and is_syllable(reading)
    }
    if not any(_is_certain(word.lower(), reading) for word, reading in found.items()):
        return text
    return _WORD.sub(lambda match: found.get(match[0]) or match[0], text)


def _stays(word: str, is_known: Callable[[str], bool]) -> bool:
    # "khoong" is a syllable by its letters too, but it was meant to be "không".
    return is_known(word) or word in shipped_forms() or (is_syllable(word) and "oo" not in word)


def _is_certain(word: str, reading: str) -> bool:
    if re.search(r"[a-z]\d+[a-z]", word):
        return True
    marks = set(unicodedata.normalize("NFD", reading)).intersection(_TONES.values())
    shaped = any(letter in "ăâêôơưđ" for letter in _without_tone(reading))
    return bool(marks) and (shaped or word.endswith("j"))


def _without_tone(reading: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFD", reading) if char not in _TONES.values())
    return unicodedata.normalize("NFC", plain)


def _read(keys: str) -> str | None:
    """The letters that the keys of one word stand for; None where no key is a mark, or two tones were typed."""
    if len(keys) > _LONGEST:
        return None
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TONES and any(letter in _VOWELS for letter in letters):
            if tone:
                return None
            tone = _TONES[key]
        elif not _shaped(letters, key):
            if key.isdigit():
                return None
            letters.append(key)
    if not tone and "".join(letters) == keys:
        return None
    return _with_tone(letters, tone)


def _shaped(letters: list[str], key: str) -> bool:
    """Gives the last letter that the key can change its mark, both letters of "uo" together; False if none can."""
    shapes = _SHAPES.get(key, {})
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in shapes:
            if key in "w7" and letters[at] == "o" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
            letters[at] = shapes[letters[at]]
            return True
    return False


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
