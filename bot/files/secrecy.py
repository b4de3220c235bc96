"""Secrecy marks: a file that bears one must not come in here, and is refused with the reason and the place.

A mark is a text that consists of it ("Độ mật: TỐI MẬT"); "bảo mật" or "mật ong" in running text is none.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile

from bot.errors import InputError
from bot.files import legacy, package
from bot.texts import staff

_MARKS = {"mật": "MẬT", "tốimật": "TỐI MẬT", "tuyệtmật": "TUYỆT MẬT", "lưuhànhnộibộ": "LƯU HÀNH NỘI BỘ"}
# Without accents "MAT" is mắt, mất, mặt …, and "toi mat" is also "tôi mất"; the others are nothing else.
_BARE_MARKS = {"tuyetmat": "TUYỆT MẬT", "luuhanhnoibo": "LƯU HÀNH NỘI BỘ"}
_BARE_MARKS_AFTER_LABEL = _BARE_MARKS | {"mat": "MẬT", "toimat": "TỐI MẬT"}
_LABEL = re.compile(r"^(mứcđộmật|độmật|mucdomat|domat|tàiliệu|tailieu|vănbản|vanban|chỉ|chi)")
_LONGEST = 200  # characters; a mark with any spacing is shorter, running text is mostly longer
_POSSIBLE_END = re.compile(
    r"[tTộỘoOéÉäÄ][\W_]*$"
)  # of MẬT and BỘ in any encoding: spares most cells the rest


def mark_in(text: str) -> str | None:
    """The mark that this text consists of, in its usual spelling; None for any other text."""
    if len(text) > _LONGEST or not _POSSIBLE_END.search(text):
        return None
    text = unicodedata.normalize("NFC", text)
    for reading in {text, *legacy.readings(text)}:
        if mark := _mark(reading):
            return mark
    return None


def mark_among(text: str) -> str | None:
    """The mark that one of the lines of what somebody typed consists of."""
    return next(filter(None, map(mark_in, text.splitlines())), None)


def check(text: str, place: str) -> None:
    """Raises InputError when the text is a mark; `place` names where it stands."""
    if mark := mark_in(text):
        raise InputError(staff.SECRECY_MARK.format(mark=mark, place=place))


def check_package(archive: zipfile.ZipFile, name: str) -> None:
    """The same for what stands outside the cells of a workbook, and for every paragraph of a Word file."""
    for part, line in package.lines(archive):
        if mark := mark_in(line):
            raise InputError(staff.SECRECY_MARK.format(mark=mark, place=_place(part, name)))


def _mark(text: str) -> str | None:
    letters = "".join(char for char in text if char.isalnum())
    compact = letters.casefold()
    if mark := _MARKS.get(compact) or _BARE_MARKS.get(compact):
        return mark
    if letters == "TOIMAT":
        return _MARKS["tốimật"]
    rest, labelled = _LABEL.subn("", compact)
    if not labelled:
        return None
    bare = _BARE_MARKS_AFTER_LABEL if compact.startswith(("domat", "mucdomat")) else _BARE_MARKS
    return _MARKS.get(rest) or bare.get(rest)


def _place(part: str, name: str) -> str:
    if "omments" in part:
        where = staff.PLACE_COMMENT
    elif "/drawings/" in part:
        where = staff.PLACE_TEXT_BOX
    elif part.startswith("word/document"):
        where = staff.PLACE_PARAGRAPH
    else:
        where = staff.PLACE_HEADER_FOOTER
    return where.format(name=name)
