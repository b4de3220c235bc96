"""A document as an editor types it: one message of lines, with names before them or without, in any order. Pure.

"57-NQ/TW", "ngày 22/12/2024", "Bộ Chính trị" and an address are known by what they are; the first line of words is the
title, the others say what it is about.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from bot.exchange.tidying import tidy
from bot.texts import document_desk as texts
from knowledge.document_sketch import NEEDED, Name, Sketch
from knowledge.document_words import ISSUER, issuer_said
from knowledge.documents import Level
from knowledge.exchange import inference
from knowledge.normalise import fold
from knowledge.recognising import FIRST_YEAR, Recognised, recognise

LONGEST: dict[Name, int] = {
    "number": 100,
    "title": 1_000,
    "issuer": 200,
    "kind": 100,
    "summary": 1_000,
    "topics": 300,
    "address": 1_000,
    "issued_on": 100,
    "level": 100,
}

_LABEL = re.compile(r"\W*(?P<label>[a-z /]{2,24}?)\s*[:=]\s*(?P<value>.*)", re.IGNORECASE | re.DOTALL)
_LABELS: dict[str, Name] = {fold(label): name for name, labels in texts.LABELS.items() for label in labels}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DAY = re.compile(
    r"(?:ngay\s+)?(?P<day>\d{1,2})\s*(?:[/.-]|\s+thang\s+)\s*(?P<month>\d{1,2})\s*(?:[/.-]|\s+nam\s+)\s*(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_ISSUER = re.compile(ISSUER, re.IGNORECASE)
# Bodies that no list knows, as a line of their own begins with them.
_BODY = re.compile(
    r"(?:Ban|Bộ|Sở|Chi bộ|Đảng ủy|Đảng bộ|Tỉnh ủy|Thành ủy|Huyện ủy|Đại hội|HĐND|UBND|Hội đồng|Ủy ban|Mặt trận|Văn phòng"
    r"|Liên đoàn|Hội Nông dân|Hội Liên hiệp|Hội Cựu chiến binh|Tỉnh đoàn|Đoàn Thanh niên)(?!\w)[^;:()“”\"?\d]{0,120}"
)
_ABOUT = re.compile(r"^(?:về việc|về|v/v)\s+(?=\w)", re.IGNORECASE)
_LEVEL = re.compile(r"(?:cap\s+)?(?P<level>trung uong|tw|tinh|thanh pho|xa|phuong|dac khu)", re.IGNORECASE)
_LEVELS: dict[str, Level] = {
    "trung uong": "Trung ương",
    "tw": "Trung ương",
    "tinh": "tỉnh",
    "thanh pho": "tỉnh",
}
_UNKNOWN = frozenset(("khong", "khong co", "khong ro", "chua ro", "chua co", "bo qua", "khong biet", "-"))


class Unreadable(Exception):
    """Why a line, or something in it, cannot be taken; for staff. `known` has what of it could be, `too_long` says what it
    was to be."""

    def __init__(self, said: str, known: Sketch | None = None, too_long: Name | None = None) -> None:
        super().__init__(said)
        self.known = known
        self.too_long = too_long


def read(text: str, today: date, so_far: Sketch | None = None) -> tuple[Sketch, list[str]]:
    """What the lines say, over what is known already; and what cannot be taken."""
    known, wrong = so_far or Sketch(), list[str]()
    last: Name | None = None
    titled = bool(known.title)
    for line in filter(None, (tidy(line) for line in unicodedata.normalize("NFC", text).splitlines())):
        try:
            known, last = _with_line(known, line, last, today, titled=titled)
        except Unreadable as error:
            known, last = error.known or known, None if error.too_long else last
            titled = titled or error.too_long == "title"  # the next line is not the title instead
            wrong.append(str(error))
    return _inferred(known), wrong


def given(known: Sketch, name: Name, text: str, today: date) -> tuple[Sketch, list[str]]:
    """What answers a question about one thing; a full reference, or several lines, may say more than was asked."""
    lines = [line for line in text.splitlines() if line.strip()]
    if fold(text).strip(" .").lower() in _UNKNOWN and name not in NEEDED:
        return replace(known, skipped=(*known.skipped, name)), []
    if len(lines) > 1 and name != "summary":
        return read(text, today, known)
    if name in ("number", "title") and recognise(text, today=today).itself:
        return read(
            text, today, replace(known, number=None) if name == "number" else replace(known, title="")
        )
    try:
        return _inferred(_set(known, name, tidy(text))), []
    except Unreadable as error:
        return known, [str(error)]


def _with_line(
    known: Sketch, line: str, last: Name | None, today: date, *, titled: bool
) -> tuple[Sketch, Name | None]:
    labelled = _LABEL.fullmatch(fold(line))
    name = _LABELS.get(" ".join(labelled["label"].lower().split())) if labelled else None
    if labelled and name:
        value = line[labelled.start("value") :].strip()
        return (_set(known, name, value) if value else known), name
    if last and not getattr(known, last):  # its name stood on a line of its own
        return _set(known, last, line), last
    if last == "summary":
        return _more_summary(known, line), last
    return _told_apart(known, line, today, titled=titled), None


def _told_apart(known: Sketch, line: str, today: date, *, titled: bool) -> Sketch:
    """A line without a name before it. `titled`: the title has been said, be it one that cannot be taken."""
    if _ADDRESS.fullmatch(line):
        return _set(known, "address", line)
    if not known.issued_on and _DAY.fullmatch(fold(line).strip(" .")):
        return _set(known, "issued_on", line)
    if not known.level and _LEVEL.fullmatch(fold(line)):
        return _set(known, "level", line)
    if not known.issuer and (_ISSUER.fullmatch(line) or _BODY.fullmatch(line)):
        return _set(known, "issuer", line)
    found = recognise(line, today=today)
    if found.itself and known.number in (None, found.number):
        return _referred(known, found, line)
    if not known.title and not titled:
        return _set(known, "title", line)
    return _more_summary(known, line)


def _referred(known: Sketch, found: Recognised, line: str) -> Sketch:
    """A reference, with as much as it says."""
    known = replace(
        known,
        number=found.number,
        kind=found.kind or known.kind,
        title=known.title or found.title,
        issuer=known.issuer or found.issuer or "",
        level=known.level or found.level,
        issued_on=known.issued_on or found.issued_on,
    )
    if known.issued_on is None and (
        day := _DAY.search(fold(line))
    ):  # one that is still to come, or none at all
        try:
            return replace(known, issued_on=_day(line[day.start("day") : day.end()]))
        except Unreadable as error:
            raise Unreadable(str(error), known) from None
    return known


def _set(known: Sketch, name: Name, value: str) -> Sketch:
    if len(value) > LONGEST[name]:
        raise Unreadable(
            texts.TOO_LONG.format(what=texts.NAMES[name], length=len(value), longest=LONGEST[name]),
            too_long=name,
        )
    match name:
        case "issued_on":
            return replace(known, issued_on=_day(value))
        case "level":
            return replace(known, level=_level(value))
        case "address":
            return replace(known, address=_address(value))
        case "number":
            return replace(known, number=_number(value))
        case "issuer":
            return replace(known, issuer=issuer_said(value))
        case "topics":
            return replace(known, topics=_topics(value))
        case "kind":
            return replace(known, kind=value[:1].upper() + value[1:])
    if not any(map(str.isalpha, value)):
        raise Unreadable(texts.NO_WORDS.format(what=texts.NAMES[name]))
    if name == "summary":
        return replace(known, summary=value)
    title = _ABOUT.sub("", value)
    return replace(known, title=title[:1].upper() + title[1:])


def _more_summary(known: Sketch, line: str) -> Sketch:
    return _set(known, "summary", f"{known.summary} {line}".strip())


def _day(value: str) -> date:
    found = _DAY.fullmatch(fold(value).strip(" ."))
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        day = None
    if day is None or day.year < FIRST_YEAR:
        raise Unreadable(texts.NOT_A_DAY.format(text=value))
    return day


def _topics(value: str) -> tuple[str, ...]:
    """A comma belongs to the name: "Khoa học, công nghệ"."""
    parts = (part.strip(" .") for part in value.split(";"))
    return tuple(dict.fromkeys(part[:1].upper() + part[1:] for part in parts if part))


def _level(value: str) -> Level:
    found = _LEVEL.fullmatch(fold(value).strip(" ."))
    if not found:
        raise Unreadable(texts.NOT_A_LEVEL.format(text=value))
    return _LEVELS.get(" ".join(found["level"].lower().split()), "xã")


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise Unreadable(texts.NOT_AN_ADDRESS.format(text=value))
    return value if "://" in value else f"https://{value}"


def _number(value: str) -> str:
    found = recognise(value, today=date.max).number
    if not found and not any(map(str.isdigit, value)):
        raise Unreadable(texts.NOT_A_NUMBER.format(text=value))
    return found or re.sub(r"\s*([-/])\s*", r"\1", value.replace("–", "-"))


def _inferred(known: Sketch) -> Sketch:
    """What number, title and issuer leave no doubt about."""
    return replace(
        known,
        kind=known.kind or inference.kind(known.number, known.title) or "",
        level=known.level or inference.level(known.number, known.issuer),
    )
