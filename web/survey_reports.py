"""Reports and tables of closed polls at `/du-luan/<ticket>.docx|.xlsx`, for a day: made anew each time, nothing is stored.

A ticket is the sealed order: nobody can guess or change one, and with its time it is worth nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.audience.department import Department
from bot.clock import Clock
from bot.errors import InputError, PictureError
from bot.files import official_documents, workbooks
from bot.files.attachments import Attachment
from bot.files.official import Letterhead
from bot.files.sheets import Column
from bot.sealing import Tickets
from bot.storage.base import Database
from bot.texts import booklet as booklet_texts
from bot.texts import survey_report as texts
from surveys import report, ways_in
from surveys.report import FOLDER, MEDIA_TYPES, Found
from web.giving_out import add_files

_RESULTS = (
    Column(texts.NUMBER, 6),
    Column(texts.ASKED, 40),
    Column(texts.WAY, 18),
    Column(texts.BY, 28),
    Column(texts.GROUP, 18),
    Column(texts.OPTION, 30),
    Column(texts.PEOPLE, 12),
    Column(texts.PER_CENT, 10),
)
_WORDS = (Column(texts.NUMBER, 6), Column(texts.ASKED, 40), Column(texts.WRITTEN, 80))


class SurveyReports:
    """department  the newest settings at the moment of the call"""

    def __init__(
        self,
        db: Database,
        tickets: Tickets,
        clock: Clock,
        timezone: ZoneInfo,
        organisation: str,
        public_url: str | None,
        department: Callable[[], Department],
    ) -> None:
        self._db = db
        self._tickets = tickets
        self._clock = clock
        self._timezone = timezone
        self._organisation = organisation
        self._public_url = public_url
        self._department = department
        self._one_at_a_time = asyncio.Lock()  # they take the processor from everybody

    async def file(self, name: str) -> Attachment:
        """`name` is a ticket with ".docx" or ".xlsx". Raises FileNotFoundError: no such ticket, too late, or no result."""
        ticket, _, form = name.rpartition(".")
        now = self._clock.now()
        code = self._tickets.read(FOLDER, ticket, now)
        if code is None or form not in MEDIA_TYPES:
            raise FileNotFoundError("a survey report's ticket that is none, or has ended")
        try:
            found = await self._db.read(report.find, code, now)
            head = letterhead(self._department(), self._organisation, now.astimezone(self._timezone).date())
            async with self._one_at_a_time:
                content = await asyncio.to_thread(
                    written, found, form, head, self._timezone, ways_in.page(self._public_url, code), now
                )
        except (InputError, PictureError) as error:
            raise FileNotFoundError("a survey report that cannot be made") from error
        return Attachment(report.file_name(found.poll, form), MEDIA_TYPES[form], content)


def add_survey_reports(app: web.Application, reports: SurveyReports) -> None:
    add_files(app, FOLDER, r"[\w-]+\.[a-z]+", reports.file, booklet_texts.LINK_ENDED)


def written(found: Found, form: str, head: Letterhead, timezone: ZoneInfo, link: str, now: datetime) -> bytes:
    """The content of the file. Raises PictureError."""
    if form == "docx":
        return official_documents.write(report.paper(found, head, timezone), now.astimezone(UTC))
    sheets = [
        (texts.SHEET_RESULTS, _RESULTS, report.rows(found)),
        (texts.SHEET_WORDS, _WORDS, report.words(found)),
    ]
    return workbooks.figures(sheets, report.guidance(found, link))


def letterhead(department: Department, organisation: str, today: date) -> Letterhead:
    return Letterhead(
        department.report_form,
        organisation,
        department.report_superior,
        department.report_symbol,
        department.place,
        today,
        department.report_signer,
    )
