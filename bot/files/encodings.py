"""From the bytes of a text file to text: UTF-8, UTF-16 and Windows-1258 as Excel and Windows write them.

Text in TCVN3 or VNI comes out as the Latin letters that its bytes are; bot/files/legacy.py converts it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from bot.errors import InputError
from bot.files import legacy
from bot.files.syllables import is_syllable
from bot.texts import staff

_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_LIKELY = 0.6  # of the accented words that must be syllables for a reading to be believed
_SAMPLE = 200_000  # bytes are enough to tell
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Excel and Word put their own quotation marks and dashes, which are no letters, between 80 and 9F.
_WINDOWS_SIGNS = {byte: bytes((byte,)).decode("cp1252", errors="replace") for byte in range(0x80, 0xA0)}


def decode(content: bytes, name: str) -> str:
    """The text, NFC, without a byte order mark. Raises InputError when no encoding fits."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, name)
    if wide := _utf_16_without_mark(content):
        return _strictly(content, wide, name)
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8"))
    except UnicodeDecodeError:
        return _eight_bit(content, name)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return unicodedata.normalize("NFC", content.decode(encoding))
    except UnicodeDecodeError as error:
        raise InputError(staff.ENCODING_UNKNOWN.format(name=name)) from error


def _utf_16_without_mark(content: bytes) -> str | None:
    """Plain letters leave every second byte zero; no other encoding of text has zeros."""
    head = content[:2000]
    if head.count(0) * 5 < len(head) or len(content) % 2:
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _eight_bit(content: bytes, name: str) -> str:
    sample = content[:_SAMPLE]
    windows = _share(unicodedata.normalize("NFC", sample.decode("cp1258", errors="replace")))
    fonts = legacy.verdict(sample.decode("latin-1"))
    if max(windows, fonts.tcvn3, fonts.vni) < _LIKELY:
        raise InputError(staff.ENCODING_UNKNOWN.format(name=name))
    if windows >= max(fonts.tcvn3, fonts.vni):
        return _strictly(content, "cp1258", name)
    return content.decode("latin-1").translate(_WINDOWS_SIGNS)


def _share(text: str) -> float:
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
