"""From a file into the database: read and judged first, without a database; then all in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.exchange import lines, values
from bot.exchange.forms import EXAMPLE, Form
from bot.exchange.kinds import Kind
from bot.exchange.lines import Line
from bot.exchange.plan import Given, Plan
from bot.exchange.report import Report
from bot.exchange.tidying import tidy
from bot.files.tables import Notice
from bot.model import Tx
from bot.texts import staff


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that has been read. `report` tells what is wrong with it; with errors in it nothing is applied."""

    of: Kind
    rows: tuple[Given, ...]
    report: Report

    @property
    def kind(self) -> str:
        return self.of.form.kind


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did, or would do; `report` adds what only the database could tell."""

    kind: str
    added: int
    changed: int
    unchanged: int
    report: Report


def read(path: Path, kinds: Sequence[Kind]) -> Parsed:
    """Read .xlsx, .csv or .jsonl of one of these kinds.

    Raises InputError where the file as a whole cannot be used: unreadable, no headings, a secrecy mark.
    """
    source = lines.read(path, tuple(kind.form for kind in kinds))
    kind = next(kind for kind in kinds if kind.form is source.form)
    rows: list[Given] = []
    notices = list(source.notices)
    for line in source.lines:
        if _is_example(line, kind.form):
            notices.append(Notice(line.place(), staff.EXAMPLE_SKIPPED))
            continue
        reading = values.read(line, kind.form, kind.parsers, path.parent)
        notices += reading.notices
        rows.append(Given(line, reading.given))
    notices += kind.repeated(rows)
    return Parsed(kind, tuple(rows), Report(tuple(notices)))


def preview(tx: Tx, parsed: Parsed, *, publish: bool) -> Applied:
    """What `apply` would do, without writing anything. Works on a read-only connection."""
    if parsed.report.errors:
        return Applied(parsed.kind, 0, 0, 0, parsed.report)
    return _told(parsed, parsed.of.plan(tx, parsed.rows, publish=publish))


def apply(tx: Tx, parsed: Parsed, *, publish: bool, now: datetime) -> Applied:
    """Write all rows; `publish` makes drafts and samples among them public.

    A new row without a status is a draft; what is there keeps what the file has no column for.
    Raises InputError, and writes nothing, where the report has errors.
    """
    parsed.report.require_no_errors()
    plan = parsed.of.plan(tx, parsed.rows, publish=publish)
    Report(plan.notices).require_no_errors()
    plan.write(tx, now)
    return _told(parsed, plan)


def _told(parsed: Parsed, plan: Plan) -> Applied:
    return Applied(
        parsed.kind, plan.added, plan.changed, plan.unchanged, parsed.report.and_also(plan.notices)
    )


def _is_example(line: Line, form: Form) -> bool:
    cells = line.values.get(form.first, ())
    return bool(cells) and isinstance(cells[0], str) and tidy(cells[0]).startswith(f"{EXAMPLE} ")
