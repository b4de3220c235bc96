"""The department's own file of questions to measure with: .xlsx, .csv, or .jsonl lines of `{query, expect: [ids]}`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.errors import InputError, UsageError
from bot.exchange import lines, values
from bot.exchange.forms import Field, Form
from bot.exchange.report import Report
from bot.files import sheets
from bot.texts import evaluating as texts
from bot.texts import staff
from knowledge.evaluation import Asked, asked

FORM = Form(
    "questions",
    "Câu hỏi thử",
    (
        Field("query", "query", "Câu hỏi", ("cau hoi thu", "cach hoi"), longest=1_000),
        Field(
            "expect", "expect", "Mã cần tìm", ("ma", "ma dung", "ma cau hoi", "ma cau tra loi"), lines=True
        ),
    ),
    ("query", "expect"),
    "query",
)


def read(path: Path) -> list[Asked]:
    """The questions of a file. Raises UsageError: no such file; InputError: what is wrong with it, and where."""
    if not path.is_file():
        raise UsageError(staff.FILE_MISSING.format(name=path.name))
    return _from_lines(path) if path.suffix.lower() not in (".xlsx", ".csv") else _from_sheet(path)


def _from_sheet(path: Path) -> list[Asked]:
    """In a sheet the ids stand in one cell, apart by ";", "," or line breaks; none for a question from outside."""
    source = lines.read(path, (FORM,))
    questions: list[Asked] = []
    notices = list(source.notices)
    for line in source.lines:
        reading = values.read(line, FORM, {}, path.parent)
        notices += [each for each in reading.notices if each.place != line.place("expect")]
        ids = re.split(r"[;,\s]+", reading.given.get("expect") or "")
        questions.append(Asked(reading.given.get("query") or "", frozenset(filter(None, ids))))
    Report(tuple(notices)).require_no_errors()
    return questions


def _from_lines(path: Path) -> list[Asked]:
    questions: list[Asked] = []
    for number, line in enumerate(sheets.text(path).split("\n"), 1):
        if line.strip():
            try:
                questions += asked([json.loads(line)])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise InputError(texts.LINE_BROKEN.format(name=path.name, line=number)) from error
    return questions
