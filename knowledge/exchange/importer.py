"""From a file of questions or documents into the database: read and judged first, without a database; then all of it
in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.model import Tx
from bot.texts import staff
from knowledge.exchange import document_plan, entry_plan, lines, values
from knowledge.exchange.forms import DOCUMENTS, ENTRIES, EXAMPLE, Form
from knowledge.exchange.plan import Given, Plan
from knowledge.exchange.report import Notice, Report
from knowledge.identities import Identities
from knowledge.normalise import clean


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that has been read. `report` tells what is wrong with it; with errors in it nothing is applied."""

    kind: str
    rows: tuple[Given, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did, or would do; `report` adds what only the database could tell."""

    kind: str
    added: int
    changed: int
    unchanged: int
    report: Report


def import_file(path: Path) -> Parsed:
    """Read .xlsx, .csv or .jsonl of any kind that FORMS has.

    Raises InputError where the file as a whole cannot be used: unreadable, no headings, a secrecy mark.
    """
    source = lines.read(path)
    rows: list[Given] = []
    notices = list(source.notices)
    for line in source.lines:
        if _is_example(line, source.form):
            notices.append(Notice(line.place(), staff.EXAMPLE_SKIPPED))
            continue
        reading = values.read(line, source.form, path.parent)
        notices += reading.notices
        rows.append(Given(line, reading.given))
    notices += _repeated(rows) if source.form is ENTRIES else _repeated_documents(rows)
    return Parsed(source.form.kind, tuple(rows), Report(tuple(notices)))


def preview(tx: Tx, parsed: Parsed, *, publish: bool) -> Applied:
    """What `apply` would do, without writing anything. Works on a read-only connection."""
    if parsed.report.errors:
        return Applied(parsed.kind, 0, 0, 0, parsed.report)
    return _told(parsed, _plan(tx, parsed, publish=publish))


def apply(tx: Tx, parsed: Parsed, *, publish: bool, now: datetime) -> Applied:
    """Write all rows; `publish` makes drafts and samples among them public.

    A new row without a status is a draft; an entry that is there keeps what the file has no column for.
    Raises InputError, and writes nothing, where the report has errors.
    """
    parsed.report.require_no_errors()
    plan = _plan(tx, parsed, publish=publish)
    Report(plan.notices).require_no_errors()
    plan.write(tx, now)
    return _told(parsed, plan)


def _plan(tx: Tx, parsed: Parsed, *, publish: bool) -> Plan:
    if parsed.kind == DOCUMENTS.kind:
        return document_plan.plan(tx, parsed.rows, publish=publish)
    return entry_plan.plan(tx, parsed.rows, publish=publish)


def _told(parsed: Parsed, plan: Plan) -> Applied:
    return Applied(
        parsed.kind, plan.added, plan.changed, plan.unchanged, parsed.report.and_also(plan.notices)
    )


def _is_example(line: lines.Line, form: Form) -> bool:
    cells = line.values.get("id" if form is ENTRIES else "number", ())
    return bool(cells) and isinstance(cells[0], str) and values.tidy(cells[0]).startswith(f"{EXAMPLE} ")


def _repeated(rows: list[Given]) -> list[Notice]:
    """Ids and questions that stand in the file twice."""
    ids: dict[str, Given] = {}
    questions: dict[str, Given] = {}
    notices: list[Notice] = []
    for row in rows:
        if id := row.values.get("id"):
            if id in ids:
                text = staff.ID_TWICE.format(id=id, place=ids[id].line.place("id"))
                notices.append(Notice(row.line.place("id"), text, serious=True))
            ids.setdefault(id, row)
        if question := clean(row.values.get("question") or ""):
            first = questions.setdefault(question, row)
            if first is not row:
                notices.append(_question_twice(row, first))
    return notices


def _question_twice(row: Given, first: Given) -> Notice:
    told_apart = bool(row.values.get("id") and first.values.get("id"))
    text = staff.QUESTION_TWICE if told_apart else staff.QUESTION_AND_ID_TWICE
    place = first.line.place("question")
    return Notice(row.line.place("question"), text.format(place=place), serious=not told_apart)


def _repeated_documents(rows: list[Given]) -> list[Notice]:
    seen: Identities[Given] = Identities({})
    notices: list[Notice] = []
    for row in rows:
        if not _complete(row.values):
            continue
        own = document_plan.identity(row.values)
        if fitting := seen.fitting(own):
            same_day = document_plan.identity(fitting[0].values) == own
            text = staff.DOCUMENT_TWICE if same_day else staff.DOCUMENT_TWICE_WITHOUT_DATE
            place = fitting[0].line.place()
            notices.append(Notice(row.line.place(), text.format(place=place), serious=True))
        else:
            seen.put(own, row)
    return notices


def _complete(given: Mapping[str, Any]) -> bool:
    return bool(given.get("title") and given.get("issuer"))
