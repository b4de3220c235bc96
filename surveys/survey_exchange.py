"""Surveys as a file, a line for each question: what the columns are, and all of them in that form.

What a line leaves empty is as in the line above: the name of a survey and of a poll are written once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.exchange.forms import EXAMPLE, Field, Form, folded
from bot.exchange.kinds import Item, Kind
from bot.exchange.plan import Given, Plan
from bot.exchange.values import (
    YES_NO,
    Fault,
    Reading,
    cell_text,
    choice,
    day,
    day_as_text,
    day_in,
    in_words,
    plain,
    ticked,
    yes_or_no,
)
from bot.files.tables import Notice, Value
from bot.model import Tx
from bot.texts import surveys as texts
from surveys import polls, survey_plan, surveys
from surveys.drafting import LONGEST_PURPOSE
from surveys.polls import Poll
from surveys.surveys import Survey

KIND = "surveys"

FORM = Form(
    KIND,
    "Khảo sát",
    (
        Field("survey", "survey", "Khảo sát", ("ten khao sat", "chuong trinh"), width=26, longest=120),
        Field("purpose", "purpose", "Mục đích", ("de lam gi",), width=32, longest=LONGEST_PURPOSE),
        Field("begins_on", "begins_on", "Từ ngày", ("ngay bat dau",), width=12),
        Field("ends_on", "ends_on", "Đến ngày", ("ngay ket thuc",), width=12),
        Field("units", "units", "Đơn vị", ("dia ban", "don vi khao sat"), width=24, longest=1_000, listed=True),
        Field("poll", "poll", "Cuộc thăm dò", ("tham do", "ten cuoc tham do"), width=26, longest=1_000),
        Field("opens_at", "opens_at", "Mở lúc", ("gio mo", "mo ngay"), width=18),
        Field("audiences", "audiences", "Gửi tới", ("noi nhan",), width=20, listed=True),
        Field("with_digest", "with_digest", "Kèm bản tin", width=12, choices=YES_NO),
        Field("question", "question", "Câu hỏi thăm dò", ("cau hoi khao sat", "noi dung cau hoi"), width=44, longest=2_000),
        Field("kind", "kind", "Loại câu", ("loai cau hoi", "kieu cau"), width=16, choices=tuple(texts.KINDS.values())),
        Field(
            "options", "options", "Phương án", ("lua chon", "dap an"), 40, 5_000, several=True, listed=True, lines=True
        ),
        Field("most", "most", "Chọn tối đa", width=12),
        Field("crossing", "crossing", "Tách kết quả", ("tach theo cau nay",), width=12, choices=YES_NO),
    ),
    ("question", "kind"),
    "survey",
)  # fmt: skip

_CLOCK = re.compile(
    r"(?:T|[\s,]*(?:lúc\s+)?)(?P<hour>\d{1,2})\s*(?::|h|g|giờ)?\s*(?P<minute>\d{2})?(?::00)?(?:\s*phút)?[\s,]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Places:
    """What surveys need of units: which one a text names, and how one is named so that it is found again."""

    find: Callable[[Tx, str], int | None]
    name: Callable[[Tx, int], str]


def surveys_kind(timezone: ZoneInfo, now: Callable[[], datetime], places: Places, chance: Random) -> Kind:
    """`chance` is a secret one: codes cannot be guessed."""
    parsers = {
        "purpose": _purpose,
        "begins_on": day,
        "ends_on": day,
        "opens_at": _moment(timezone),
        "units": _units,
        "kind": choice(texts.KINDS, {"mot": "one", "nhieu": "several", "thang": "scale", "mo": "open"}),
        "audiences": _audiences,
        "options": _options,
        "most": _number,
        "with_digest": yes_or_no,
        "crossing": ticked,
    }

    def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:  # noqa: ARG001 - a poll opens in chat, with approval
        return survey_plan.plan(tx, rows, now(), timezone, places.find, chance)

    return Kind(
        FORM,
        parsers,
        _repeated,
        plan,
        lambda tx, path: _items(tx, path, timezone, places),
        _cell,
        _EXAMPLES,
    )


def _repeated(rows: Sequence[Given]) -> list[Notice]:  # noqa: ARG001 - a question may be asked in several polls
    return []


# In


def _purpose(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
    """As it stands inside a sentence of ours, which begins before it and goes on after it."""
    return re.sub(r"^(?:để|nhằm)\s+|[\s.;]+$", "", plain(cells, field, reading, folder), flags=re.IGNORECASE)


def _moment(timezone: ZoneInfo) -> Callable[..., datetime | None]:
    def parse(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> datetime | None:
        text = day_as_text(cells, field, reading, folder)
        if not text:
            return None
        found = day_in(text)
        at = _clock(found[1]) if found else None
        if found is None or at is None:
            raise Fault(texts.NOT_A_MOMENT.format(text=text))
        return datetime.combine(found[0], at, timezone)

    return parse


def _clock(said: str) -> time | None:
    """ "07:30", "lúc 7h30", "7 giờ"; seven in the morning where nothing is said; None for what is no hour."""
    found = _CLOCK.fullmatch(said or "07:00")
    try:
        return time(int(found["hour"]), int(found["minute"] or 0)) if found else None
    except ValueError:
        return None


def _lines(cells: tuple[Value, ...], field: Field, reading: Reading, separators: str) -> Iterator[str]:
    for cell in cells:
        for line in re.split(separators, cell_text(cell, field, reading)):
            if tidied := " ".join(line.split()):
                yield tidied


def _options(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    """A line or a column for each, with or without its number."""
    return tuple(
        re.sub(r"^(?:\d{1,2}|[a-hA-H])[.)]\s+", "", line) for line in _lines(cells, field, reading, r"[\n;]")
    )


def _units(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(_lines(cells, field, reading, r"[\n;]"))


def _audiences(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> tuple[str, ...]:  # noqa: ARG001
    known = {folded(word): name for name, word in texts.AUDIENCES.items()} | {
        name: name for name in texts.AUDIENCES
    }
    found = []
    for word in _lines(cells, field, reading, r"[\n;,]"):
        if folded(word) not in known:
            raise Fault(texts.UNKNOWN_AUDIENCE.format(text=word, known=", ".join(texts.AUDIENCES.values())))
        found.append(known[folded(word)])
    return tuple(name for name in texts.AUDIENCES if name in found)


def _number(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> int:
    text = plain(cells, field, reading, folder)
    if text and not (text.isascii() and text.isdigit()):
        raise Fault(texts.NOT_A_NUMBER)
    return int(text or 0)


# Out


def _items(tx: Tx, path: Path, timezone: ZoneInfo, places: Places) -> list[Item]:  # noqa: ARG001 - no files go beside it
    return [
        item
        for survey in reversed(surveys.all_surveys(tx))
        for poll in polls.of_survey(tx, survey.key)
        if polls.newest_version(tx, poll).key == poll.key
        for item in _lines_of(tx, survey, poll, timezone, places)
    ]


def _lines_of(tx: Tx, survey: Survey, poll: Poll, timezone: ZoneInfo, places: Places) -> Iterator[Item]:
    for question in poll.questions:
        yield {
            "survey": survey.name,
            "purpose": survey.purpose,
            "begins_on": survey.begins_on,
            "ends_on": survey.ends_on,
            "units": [places.name(tx, unit) for unit in survey.units],
            "poll": poll.title,
            "opens_at": f"{poll.opens_at.astimezone(timezone):%d/%m/%Y %H:%M}" if poll.opens_at else "",
            "audiences": list(poll.audiences),
            "with_digest": poll.with_digest,
            "question": question.text,
            "kind": question.kind,
            "options": list(question.options),
            "most": question.most,
            "crossing": question.crossing,
        }


def _cell(name: str, value: Any) -> Value:
    if isinstance(value, bool):
        return in_words(value)
    if name == "audiences":
        return "; ".join(texts.AUDIENCES[each] for each in value)
    if name == "kind":
        return texts.KINDS[value]
    if isinstance(value, list):
        return "\n".join(value)
    return value if isinstance(value, date) else str(value or "")


def _example(number: int, question: str, kind: str, *options: str, crossing: bool = False) -> Item:
    return {
        "survey": f"{EXAMPLE} {number}",
        "purpose": texts.EXAMPLE_PURPOSE,
        "begins_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 31),
        "units": [],
        "poll": texts.EXAMPLE_POLL,
        "opens_at": "01/12/2026 07:30",
        "audiences": ["subscribers", "groups", "link"],
        "with_digest": False,
        "question": question,
        "kind": kind,
        "options": list(options),
        "most": 0,
        "crossing": crossing,
    }


_EXAMPLES: tuple[Item, ...] = tuple(
    _example(number, question, kind, *options, crossing=kind == "one" and number == 2)
    for number, (question, kind, options) in enumerate(texts.EXAMPLES, 1)
)
