"""All files that are given out: to browsers at addresses of their own, and to the outbox by the reference in a reply."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.audience.department import Department
from bot.clock import Clock
from bot.sealing import Tickets
from bot.storage.base import Database
from handlers import report_orders
from knowledge import booklet, documents
from knowledge.booklet_pages import Imprint
from scheduler import notices
from surveys import report
from web import cards
from web.booklets import Booklets, add_booklets
from web.cards import Cards, Undrawn
from web.documents import add_documents
from web.notices import Notices, add_notices
from web.report_pictures import ReportPictures, add_report_pictures
from web.survey_reports import SurveyReports, add_survey_reports


class Files:
    """
    department  the newest settings at the moment of the call
    undrawn     is told of a digest that goes out without its card, because it cannot be drawn
    """

    def __init__(
        self,
        db: Database,
        tickets: Tickets,
        clock: Clock,
        *,
        timezone: ZoneInfo,
        organisation: str,
        public_url: str | None,
        department: Callable[[], Department],
        undrawn: Undrawn,
    ) -> None:
        def imprint() -> Imprint:
            return Imprint(organisation, department().place, clock.now().astimezone(timezone).date())

        self._db = db
        self.booklets = Booklets(db, tickets, clock, imprint)
        self.cards = Cards(db, organisation, public_url, timezone, undrawn)
        self.notices = Notices(db, clock, timezone, imprint, public_url)
        self.report_pictures = ReportPictures(db, tickets, clock, organisation)
        self.survey_reports = SurveyReports(
            db, tickets, clock, timezone, organisation, public_url, department
        )

    def add_routes(self, app: web.Application) -> None:
        """Except those of cards, which belong to the page of their digest."""
        add_documents(app, self._db)
        add_booklets(app, self.booklets)
        add_notices(app, self.notices)
        add_report_pictures(app, self.report_pictures)
        add_survey_reports(app, self.survey_reports)

    async def content(self, reference: str) -> bytes:
        """Raises FileNotFoundError: there is no such file, or not any more."""
        folder, _, name = reference.partition("/")
        if folder == cards.FOLDER:
            return await self.cards.content(name)
        made = {
            booklet.FOLDER: self.booklets.file,
            notices.FOLDER: self.notices.file,
            report_orders.FOLDER: self.report_pictures.file,
            report.FOLDER: self.survey_reports.file,
        }
        if folder in made:
            return (await made[folder](name)).content
        file = await self._db.read(documents.file_of, int(name))
        if file is None:
            raise FileNotFoundError(f"document {name} has no file any more")
        return file.content
