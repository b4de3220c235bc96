"""`hoidap booklet`: questions and answers as a file to print."""

from __future__ import annotations

import asyncio
import os
from argparse import Namespace
from datetime import date
from pathlib import Path

from bot.audience import department
from bot.clock import SystemClock
from bot.errors import InputError, UsageError
from bot.settings import Settings
from bot.storage.base import Database
from bot.texts import booklet as texts
from bot.texts import staff
from knowledge import booklet, booklet_pages
from knowledge.booklet import Order
from knowledge.booklet_pages import Imprint
from web.publications import MEDIA_TYPES, written

_SAMPLES = "--samples"


async def make(settings: Settings, db: Database, arguments: Namespace) -> int:
    """Raises UsageError: another kind of file, an unknown topic or document; InputError: nothing to print, no room."""
    path: Path = arguments.file
    form = path.suffix.lower().removeprefix(".")
    if form not in MEDIA_TYPES:
        raise UsageError(texts.FORMAT_UNWRITABLE.format(name=path.name))
    clock = SystemClock()
    today = clock.now().astimezone(settings.timezone).date()
    order = _order(arguments, today)
    chosen = await db.read(booklet.choose, order, _SAMPLES)
    place = (await db.read(department.load)).place
    publication = booklet_pages.compose(chosen, Imprint(settings.organisation, place, today))
    content = await asyncio.to_thread(written, publication, order.sheet, form, clock)
    write_whole(path, content)
    told = texts.WRITTEN_MEETING if order.meeting else texts.WRITTEN
    count = len(chosen.items)
    print(told.format(documents=len(chosen.documents), count=count, path=path, sheet=order.sheet))
    return 0


def _order(arguments: Namespace, today: date) -> Order:
    first, last = arguments.first, arguments.last
    if arguments.meeting and not (first or last or arguments.topic or arguments.document):
        first, last = booklet.month(today.year, today.month)
    return Order(
        topic=arguments.topic,
        document=arguments.document,
        first=first,
        last=last,
        samples=arguments.samples,
        meeting=arguments.meeting,
        sheet=arguments.page,
    )


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(staff.FILE_UNWRITABLE.format(name=path.name, reason=error.strerror)) from error
