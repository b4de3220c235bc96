"""From "sổ tay nghị quyết 57 A5" or "tài liệu sinh hoạt chi bộ tháng 11" to the booklet that is meant. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errors import UsageError
from bot.model import Inbound
from bot.texts import booklet as texts
from knowledge.booklet import Order, month
from knowledge.normalise import clean, fold
from knowledge.numbers import facts

LONGEST = 200  # characters: what is longer is no order

_DAY = r"(?:ngay )?(\d{1,2}/\d{1,2}/\d{4})"
_OF_YEAR = r"(?:\s*(?:/|nam)\s*(\d{4}))?"
_SHEET = re.compile(r"\b(?:kho )?(?:giay )?a([45])\b")
_SAMPLES = re.compile(r"\b(?:(?:(?:tat )?ca|kem|co) )?(?:noi dung )?mau$")
_BETWEEN = re.compile(rf"\btu {_DAY}(?: den {_DAY})?|\bden {_DAY}")
_MONTH = re.compile(rf"\bthang (?:(\d{{1,2}})\b{_OF_YEAR}|(nay)\b|(truoc)\b)")
_QUARTER = re.compile(rf"\bquy ([1-4]|iv|i{{1,3}})\b{_OF_YEAR}")
_YEAR = re.compile(r"\bnam (\d{4})\b")
_FILLERS = re.compile(r"(?:(?:ve|cua|cho|theo|trong|cac|van ban|ban hanh|chu de|tat ca)\b\s*)+")
_TO_BOT = re.compile(r"^(/\w+)@\w+")
# True: for meeting material.
_WORDINGS = tuple(
    (meeting, re.compile(rf"{fold(words)}(?!\w)"))
    for meeting, wordings in ((True, texts.WORDS_FOR_MEETING), (False, texts.WORDS_FOR_BOOKLET))
    for words in wordings
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def is_order(inbound: Inbound) -> bool:
    """Whether the words ask for a booklet, whoever says them; a question mark makes a question of them."""
    text = inbound.text
    return inbound.kind == "text" and inbound.private and len(text) <= LONGEST and _rest(text) is not None


def read(text: str, today: date) -> Order:
    """What an order is for. Meeting material of nothing named is of this month. Raises UsageError: a day that is none."""
    meeting, rest = _rest(text) or (False, "")
    rest, sheet = _taken(_SHEET, rest)
    rest, samples = _taken(_SAMPLES, rest)
    document = topic = ""
    first = last = None
    if facts(rest).references or rest.isdecimal():
        document = rest
    else:
        rest, first, last = period_in(rest, today)
        topic = _without_fillers(rest)
        if topic.isdecimal() or facts(topic).references:
            document, topic = topic, ""
    if meeting and not (document or topic or first or last):
        first, last = month(today.year, today.month)
    return Order(
        topic=topic,
        document=document,
        first=first,
        last=last,
        samples=samples is not None,
        meeting=meeting,
        sheet="A5" if sheet and sheet[1] == "5" else "A4",
    )


def _rest(text: str) -> tuple[bool, str] | None:
    """What follows the words for meeting material (True) or for a booklet (False)."""
    said = _TO_BOT.sub(r"\1", clean(text)).strip(" .!:")
    if "?" in said:
        return None
    bare = fold(said)
    for meeting, wording in _WORDINGS:
        if found := wording.match(bare):
            return meeting, said[found.end() :].strip(" .,:")
    return None


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what fits the pattern, written without accents; and what did."""
    found = pattern.search(fold(text))
    if found is None:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" .,:"), found


def period_in(text: str, today: date) -> tuple[str, date | None, date | None]:
    """What is left of the text without the period in it, and its first and last day. Raises UsageError."""
    rest, found = _taken(_BETWEEN, text)
    if found:
        first, last, until = found.groups()
        return rest, _day(first), _day(last or until)
    rest, found = _taken(_MONTH, text)
    if found:
        return rest, *_month(found, today)
    rest, found = _taken(_QUARTER, text)
    if found:
        quarter = _ROMAN.get(found[1]) or int(found[1])
        year = _year(found[2]) or _latest(today, 3 * quarter - 2)
        return rest, date(year, 3 * quarter - 2, 1), month(year, 3 * quarter)[1]
    rest, found = _taken(_YEAR, text)
    if found:
        year = _year(found[1])
        return rest, date(year, 1, 1), date(year, 12, 31)
    return text, None, None


def _month(found: re.Match[str], today: date) -> tuple[date, date]:
    number, year, this, _ = found.groups()
    if not number:
        day = today if this else today.replace(day=1) - timedelta(days=1)
        return month(day.year, day.month)
    if not 1 <= int(number) <= 12:
        raise UsageError(texts.NOT_A_DAY.format(text=texts.MONTH_ALONE.format(month=number)))
    return month(_year(year) or _latest(today, int(number)), int(number))


def _year(said: str | None) -> int:
    """0 where none was said. Raises UsageError for the year 0, which there was not."""
    if said and not int(said):
        raise UsageError(texts.NOT_A_DAY.format(text=texts.YEAR.format(year=said)))
    return int(said or 0)


def _latest(today: date, number: int) -> int:
    """The year of the last time that this month began: in January, "tháng 11" was last year's."""
    return today.year if number <= today.month else today.year - 1


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day, number, year = map(int, text.split("/"))
        return date(year, number, day)
    except ValueError:
        raise UsageError(texts.NOT_A_DAY.format(text=text)) from None


def _without_fillers(text: str) -> str:
    """The topic in "về chủ đề giáo dục"; "" where only such words are left."""
    found = _FILLERS.match(fold(text))
    return text[found.end() :].strip(" .,:") if found else text
