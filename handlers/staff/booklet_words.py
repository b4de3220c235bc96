"""From "sổ tay nghị quyết 57 A5" or "tài liệu sinh hoạt chi bộ tháng 11" to the booklet that is meant. Pure."""

from __future__ import annotations

import re
from datetime import date

from bot.model import Inbound
from bot.texts import booklet as texts
from handlers.period_words import period_in, taken
from knowledge.booklet import Order, month
from knowledge.normalise import clean, fold
from knowledge.numbers import facts

LONGEST = 200  # characters: what is longer is no order

_SHEET = re.compile(r"\b(?:kho )?(?:giay )?a([45])\b")
_SAMPLES = re.compile(r"\b(?:(?:(?:tat )?ca|kem|co) )?(?:noi dung )?mau$")
_FILLERS = re.compile(r"(?:(?:ve|cua|cho|theo|trong|cac|van ban|ban hanh|chu de|tat ca)\b\s*)+")
_TO_BOT = re.compile(r"^(/\w+)@\w+")
# True: for meeting material.
_WORDINGS = tuple(
    (meeting, re.compile(rf"{fold(words)}(?!\w)"))
    for meeting, wordings in ((True, texts.WORDS_FOR_MEETING), (False, texts.WORDS_FOR_BOOKLET))
    for words in wordings
)


def is_order(inbound: Inbound) -> bool:
    """Whether the words ask for a booklet, whoever says them; a question mark makes a question of them."""
    text = inbound.text
    return inbound.kind == "text" and inbound.private and len(text) <= LONGEST and _rest(text) is not None


def read(text: str, today: date) -> Order:
    """What an order is for. Meeting material of nothing named is of this month. Raises UsageError: a day that is none."""
    meeting, rest = _rest(text) or (False, "")
    rest, sheet = taken(_SHEET, rest)
    rest, samples = taken(_SAMPLES, rest)
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


def _without_fillers(text: str) -> str:
    """The topic in "về chủ đề giáo dục"; "" where only such words are left."""
    found = _FILLERS.match(fold(text))
    return text[found.end() :].strip(" .,:") if found else text
