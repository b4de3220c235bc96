"""Reports as pictures at `/bao-cao/<ticket>.png`, for a day: drawn anew each time, nothing is stored.

A ticket is the sealed order: nobody can guess or change one, and with its time it is worth nothing.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.clock import Clock
from bot.errors import PictureError
from bot.files import pictures
from bot.files.attachments import Attachment
from bot.sealing import Tickets
from bot.storage.base import Database
from bot.texts import booklet as texts
from handlers import reports
from handlers.report_orders import FOLDER, Order
from web.giving_out import add_files


class ReportPictures:
    def __init__(self, db: Database, tickets: Tickets, clock: Clock, organisation: str) -> None:
        self._db = db
        self._tickets = tickets
        self._clock = clock
        self._organisation = organisation
        self._one_at_a_time = asyncio.Lock()  # they take the processor from everybody

    async def file(self, name: str) -> Attachment:
        """`name` is a ticket with ".png". Raises FileNotFoundError: no such ticket, or too late, or it cannot be drawn."""
        order = self._tickets.read(FOLDER, name.removesuffix(".png"), self._clock.now())
        if order is None:
            raise FileNotFoundError("a report's ticket that is none, or has ended")
        drawn = await self._db.read(reports.drawn, Order.from_text(order))
        async with self._one_at_a_time:
            try:
                content = await asyncio.to_thread(
                    pictures.report,
                    drawn.title,
                    drawn.sums,
                    drawn.bars,
                    organisation=self._organisation,
                    heading=drawn.heading,
                    note=drawn.note,
                )
            except PictureError as error:
                raise FileNotFoundError("a report that cannot be drawn") from error
        return Attachment(name, pictures.MEDIA_TYPE, content)


def add_report_pictures(app: web.Application, drawing: ReportPictures) -> None:
    add_files(app, FOLDER, r"[\w-]+\.png", drawing.file, texts.LINK_ENDED)
