"""`hoidap survey-report`: the report on public opinion, or the numbers, of a closed poll."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from pathlib import Path

from bot.audience import department
from bot.clock import SystemClock
from bot.commands.booklets import write_whole
from bot.errors import UsageError
from bot.settings import Settings
from bot.storage.base import Database
from bot.texts import survey_report as texts
from surveys import report, ways_in
from web.survey_reports import letterhead, written


async def make(settings: Settings, db: Database, arguments: Namespace) -> int:
    """Raises UsageError: another kind of file; InputError: no such poll, it still runs, no room; PictureError."""
    path: Path = arguments.file
    form = path.suffix.lower().removeprefix(".")
    if form not in report.MEDIA_TYPES:
        raise UsageError(texts.FORMAT_UNWRITABLE.format(name=path.name))
    now = SystemClock().now()
    found = await db.read(report.find, arguments.code, now)
    today = now.astimezone(settings.timezone).date()
    head = letterhead(await db.read(department.load), settings.organisation, today)
    link = ways_in.page(settings.public_url, found.poll.code)
    content = await asyncio.to_thread(written, found, form, head, settings.timezone, link, now)
    write_whole(path, content)
    print(texts.FILE_WRITTEN.format(path=path))
    return 0
