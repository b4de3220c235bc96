"""`hoidap import`, `export` and `evaluate`, and the starter knowledge of an empty database."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.audience import department
from bot.audience.unit_exchange import UNITS
from bot.clock import Clock, SystemClock
from bot.errors import InputError, UsageError
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from bot.files.tables import Notice
from bot.storage.base import Database
from bot.texts import staff
from handlers.context import thresholds_of
from knowledge import entries, evaluation, starting
from knowledge.evaluation import Asked, Evaluation
from knowledge.exchange import kinds
from knowledge.library import Library

KINDS = {kind.form.kind: kind for kind in (*kinds.KINDS, UNITS)}
WARNINGS_SHOWN = 20  # more would push the errors and the outcome off the screen; --json has them all


async def load_starter(db: Database, clock: Clock) -> None:
    """Into an empty database only."""
    parsed = await asyncio.to_thread(starting.read)
    await db.run(starting.load_if_empty, parsed, clock.now())


async def import_(db: Database, arguments: Namespace) -> int:
    """All of the file or nothing; the report names each cell. Raises InputError when it was not applied."""
    try:
        told = await _import(db, arguments)
    except InputError as error:  # the file as a whole; who reads --json is told there too
        if arguments.json:
            place = staff.PLACE_FILE.format(name=arguments.file.name)
            print(
                json.dumps(
                    {"applied": False, "errors": _listed([Notice(place, str(error))])}, ensure_ascii=False
                )
            )
        raise
    _report(told, arguments)
    if told.report.errors:
        raise InputError(staff.REFUSED.format(errors=len(told.report.errors)))
    return 0


async def export(db: Database, arguments: Namespace) -> int:
    """Import of what this writes changes nothing."""
    if arguments.template:
        await asyncio.to_thread(exporting.template, KINDS[arguments.kind], arguments.file)
        print(staff.TEMPLATE_WRITTEN.format(path=arguments.file))
    else:
        count = await db.read(exporting.export, KINDS[arguments.kind], arguments.file)
        print(staff.EXPORTED.format(count=count, path=arguments.file))
    return 0


async def evaluate(db: Database, arguments: Namespace) -> int:
    """The department's own file of questions against what the database answers now."""
    library = Library(db)
    await library.refresh()
    thresholds = thresholds_of(await db.read(department.load))
    questions = await asyncio.to_thread(_questions, arguments.file)
    known = {entry.id for entry in await db.read(entries.answerable)}
    if unknown := sorted({id for question in questions for id in question.expect} - known):
        print(staff.EXPECTED_UNKNOWN.format(ids=", ".join(unknown)), file=sys.stderr)
    measured = await asyncio.to_thread(evaluation.evaluate, library.index, questions, thresholds)
    if arguments.json:
        result: dict[str, Any] = measured.figures()
        if arguments.rows:
            result["rows"] = [row.as_json() for row in measured.rows]
        print(json.dumps(result, ensure_ascii=False))
    else:
        _show(measured, rows=arguments.rows)
    return 0


async def _import(db: Database, arguments: Namespace) -> Applied:
    parsed = await asyncio.to_thread(importing.read, arguments.file, tuple(KINDS.values()))
    told = await db.read(importing.preview, parsed, publish=arguments.publish)
    if told.report.errors or arguments.dry_run:
        return told
    return await db.run(importing.apply, parsed, publish=arguments.publish, now=SystemClock().now())


def _report(told: Applied, arguments: Namespace) -> None:
    refused = bool(told.report.errors)
    done = not (refused or arguments.dry_run)
    if arguments.json:
        result = {
            "kind": told.kind,
            "applied": done,
            "added": told.added,
            "changed": told.changed,
            "unchanged": told.unchanged,
            "errors": _listed(told.report.errors),
            "warnings": _listed(told.report.warnings),
        }
        print(json.dumps(result, ensure_ascii=False))
        return
    for notice in told.report.errors:
        print(f"{staff.ERROR} {notice.place}: {notice.text}")
    for notice in told.report.warnings[:WARNINGS_SHOWN]:
        print(f"{staff.WARNING} {notice.place}: {notice.text}")
    if (more := len(told.report.warnings) - WARNINGS_SHOWN) > 0:
        print(staff.MORE_WARNINGS.format(count=more))
    if not refused:
        outcome = staff.APPLIED if done else staff.WOULD_APPLY
        print(outcome.format(added=told.added, changed=told.changed, unchanged=told.unchanged))


def _listed(notices: Sequence[Notice]) -> list[dict[str, str]]:
    return [{"place": notice.place, "text": notice.text} for notice in notices]


def _questions(path: Path) -> list[Asked]:
    if not path.is_file():
        raise UsageError(staff.FILE_MISSING.format(name=path.name))
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text: {error}") from error
    questions: list[Asked] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions += evaluation.asked([json.loads(line)])
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f'line {number} of {path} must look like {{"query": "…", "expect": ["id"]}}'
                ) from error
    return questions


def _show(measured: Evaluation, *, rows: bool) -> None:
    for name, value in measured.figures().items():
        print(f"{name:20} {value}")
    for worst in measured.confusions():
        print(f"\n{worst['score']:.2f} {worst['outcome']}: {worst['query']}")
        print(
            f"     got {worst['got']}, expected {', '.join(worst['expect']) or 'nothing'} (rank {worst['rank']})"
        )
    if rows:
        for row in measured.rows:
            print(json.dumps(row.as_json(), ensure_ascii=False))
