"""`hoidap import` and `export`, and the starter knowledge of an empty database."""

from __future__ import annotations

import asyncio
import json
from argparse import Namespace
from collections.abc import Sequence
from random import SystemRandom

from bot.audience import unit_exchange, unit_names
from bot.audience.unit_exchange import UNITS
from bot.clock import Clock, SystemClock
from bot.errors import InputError
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from bot.exchange.kinds import Kind
from bot.files.tables import Notice
from bot.settings import Settings
from bot.storage.base import Database
from bot.texts import staff
from knowledge import starting
from knowledge.exchange import kinds
from scheduler import schedule_exchange
from scheduler.feed_exchange import FEEDS
from surveys import survey_exchange
from surveys.survey_exchange import Places

_TIMELESS = (*kinds.KINDS, UNITS, FEEDS)
KINDS = (*(kind.form.kind for kind in _TIMELESS), schedule_exchange.KIND, survey_exchange.KIND)
WARNINGS_SHOWN = 20  # more would push the errors and the outcome off the screen; --json has them all


async def load_starter(db: Database, clock: Clock) -> None:
    """Into an empty database only."""
    parsed = await asyncio.to_thread(starting.read)
    await db.run(starting.load_if_empty, parsed, clock.now())


async def import_(settings: Settings, db: Database, arguments: Namespace) -> int:
    """All of the file or nothing; the report names each cell. Raises InputError when it was not applied."""
    try:
        told = await _import(settings, db, arguments)
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


async def export(settings: Settings, db: Database, arguments: Namespace) -> int:
    """Import of what this writes changes nothing."""
    kind = _kinds(settings)[arguments.kind]
    if arguments.template:
        await asyncio.to_thread(exporting.template, kind, arguments.file)
        print(staff.TEMPLATE_WRITTEN.format(path=arguments.file))
    else:
        count = await db.read(exporting.export, kind, arguments.file)
        print(staff.EXPORTED.format(count=count, path=arguments.file))
    return 0


def _kinds(settings: Settings) -> dict[str, Kind]:
    of_schedules = schedule_exchange.schedules_kind(settings.timezone, SystemClock().now)
    places = Places(unit_names.one_of, unit_exchange.named)
    of_surveys = survey_exchange.surveys_kind(settings.timezone, SystemClock().now, places, SystemRandom())
    return {kind.form.kind: kind for kind in (*_TIMELESS, of_schedules, of_surveys)}


async def _import(settings: Settings, db: Database, arguments: Namespace) -> Applied:
    parsed = await asyncio.to_thread(importing.read, arguments.file, tuple(_kinds(settings).values()))
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
