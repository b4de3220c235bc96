"""A talk as a propagandist notes it in one line: "buổi tuyên truyền: 45 người nghe, tổ dân phố 3, nghị quyết 57". Pure.

Order and accents do not matter. Which unit and which documents are meant is for others to say: `rest` has the words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST, MOST = 1, 10_000  # listeners of one talk: beyond, somebody's finger has slipped
LONGEST = 500  # characters of a line
LONG_AGO = timedelta(days=92)  # a day without its year that lay further back is more likely still to come

_OPENING = re.compile(
    r"[\W_]*/?(?:(?:ghi|bao|them)\s+)?(?:1\s+|mot\s+)?buoi\s+(?:tuyen\s+truyen|noi\s+chuyen|bao\s+cao\s+vien|tt)\b"
    r"(?P<mark>\s*[:,;.–-]+)?\s*"
)
_PEOPLE = (
    r"(?:nguoi|ng|luot\s+nguoi|luot|dang\s+vien|hoi\s+vien|doan\s+vien|dai\s+bieu|cu\s+tri|ba\s+con|hoc\s+sinh)\b"
    r"(?:\s*(?:nghe|du|tham\s+du|tham\s+gia|den\s+du))?"
)
_NUMBER = r"(?<![\d/.,-])(?P<number>\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?![\d/])"
_LISTENERS = (
    re.compile(rf"(?:khoang|gan|hon|tren|co|voi)?\s*{_NUMBER}\s*{_PEOPLE}"),
    re.compile(rf"(?:so\s+)?(?:nguoi|luot)(?:\s+(?:nghe|du|tham\s+du))?\s*[:=]?\s*{_NUMBER}"),
)
_DAYS_AGO = {"hom nay": 0, "sang nay": 0, "chieu nay": 0, "toi nay": 0, "hom qua": 1, "toi qua": 1, "chieu qua": 1,
             "sang qua": 1, "hom kia": 2}  # fmt: skip
_SAID_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS_AGO)})\b")
_WEEKDAY = re.compile(
    r"\b(?:(?:sang|chieu|toi)\s+)?(?:thu\s*(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|t(?P<short>[2-7])|chu\s+nhat|cn)\b"
    r"(?:\s+(?:vua\s+roi|tuan\s+truoc|tuan\s+nay))?"
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_DATE = re.compile(
    r"(?:\bngay\s+)?(?<![\d/.-])(?P<day>\d{1,2})\s*(?:[/.-]|\s+thang\s+)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|\s+nam\s+)\s*(?P<year>\d{4}))?(?![\d/]|[/-]?[a-z])"
)
_PLACE = re.compile(r"\b(?:tai|o)\s+(?P<place>[^,;\n]+)")
_BETWEEN = re.compile(r"[,;\n]|\s[–-]\s")


@dataclass(frozen=True, slots=True)
class TalkLine:
    """What a line says; None and "" for what it does not.

    listeners  as said, also where it is nonsense
    held_on    a day that is still to come, too, where that is what it says
    rest       the parts that name the unit and what the talk was about
    """

    listeners: int | None = None
    held_on: date | None = None
    place: str = ""
    rest: tuple[str, ...] = ()


def opened(text: str) -> str | None:
    """What follows the words that a line begins with; None for a text that is none, or would rather be a question."""
    if len(text) > LONGEST or "?" in text:
        return None
    text = unicodedata.normalize("NFC", text)
    flat = flatten(text)
    opening = _OPENING.match(flat)
    if not opening:
        return None
    rest = text[opening.end() :]
    return rest if opening["mark"] or not rest or _listeners(flat[opening.end() :])[1] else None


def parse(text: str, today: date) -> TalkLine:
    """What a line says after the words that it begins with."""
    text = unicodedata.normalize("NFC", text)
    flat = flatten(text)
    listeners, gone = _listeners(flat)
    held_on, day_gone = _day(_blanked(flat, *gone), today)
    text, flat = (_blanked(each, *gone, *day_gone) for each in (text, flat))
    place = _PLACE.search(flat)
    said = _tidy(text[place.start("place") : place.end("place")]) if place else ""
    parts = (_tidy(part) for part in _BETWEEN.split(text))
    return TalkLine(listeners, held_on, said, tuple(part for part in parts if any(map(str.isalnum, part))))


def count(text: str) -> int | None:
    """ "45" of "45", "45 người", "khoảng 45 ng"; None for a text that says more, or something else."""
    flat = flatten(text).strip(" .!")
    if flat.isascii() and flat.isdigit() and len(flat) < 10:
        return int(flat)
    found = _LISTENERS[0].fullmatch(flat)
    return _as_number(found["number"]) if found else None


def sensible(listeners: int) -> bool:
    return FEWEST <= listeners <= MOST


def flatten(text: str) -> str:
    """Lower case without accents, as long as the NFC text."""
    return unicodedata.normalize("NFC", text).translate(_LETTERS)


Span = tuple[int, int]


def _listeners(flat: str) -> tuple[int | None, list[Span]]:
    """The first number of people, and everywhere that numbers of people stand: "45 người, 30 đảng viên" are 45."""
    for pattern in _LISTENERS:
        if found := [*pattern.finditer(flat)]:
            return _as_number(found[0]["number"]), [match.span() for match in found]
    return None, []


def _day(flat: str, today: date) -> tuple[date | None, list[Span]]:
    if match := _SAID_DAY.search(flat):
        return today - timedelta(days=_DAYS_AGO[match[0]]), [match.span()]
    for match in _DATE.finditer(flat):
        day = _date(int(match["day"]), int(match["month"]), int(match["year"] or 0), today)
        if day and day.year >= today.year - 1:  # an older one is that of a document
            return day, [match.span()]
    if match := _WEEKDAY.search(flat):
        name = match["day"] or match["short"] or ""
        weekday = int(name) - 2 if name.isdigit() else _WEEKDAYS.get(name, 6)
        return today - timedelta(days=(today.weekday() - weekday) % 7), [match.span()]
    return None, []


def _date(day: int, month: int, year: int, today: date) -> date | None:
    try:
        if year:
            return date(year, month, day)
        this_year = date(today.year, month, day)
        if this_year > today and today - (last_year := date(today.year - 1, month, day)) <= LONG_AGO:
            return last_year
    except ValueError:
        return None
    return this_year


def _blanked(text: str, *spans: Span) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _tidy(part: str) -> str:
    return " ".join(part.split()).strip(" .:–-")


def _as_number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


class _Letters(dict[int, str]):
    """Code point to its lower-case letter without accents, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = letter = "d" if base == "đ" else base[0]
        return letter


_LETTERS = _Letters()
