"""Reports as pictures at `/bao-cao/<ticket>.png`, for a day: drawn anew each time, nothing is stored.

A ticket is the sealed order: nobody can guess or change one, and with its time it is worth nothing.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.clock import Clock
from bot.errors import PictureError
from bot.files import pictures
from bot.sealing import Tickets
from bot.storage.base import Database
from bot.texts import booklet as texts
from handlers import reports
from handlers.report_orders import FOLDER, Order
from web import pages


class ReportPictures:
    def __init__(self, db: Database, tickets: Tickets, clock: Clock, organisation: str) -> None:
        self._db = db
        self._tickets = tickets
        self._clock = clock
        self._organisation = organisation
        self._one_at_a_time = asyncio.Lock()  # they take the processor from everybody

    async def content(self, name: str) -> bytes:
        """`name` is a ticket with ".png". Raises FileNotFoundError: no such ticket, or too late, or it cannot be drawn."""
        order = self._tickets.read(FOLDER, name.removesuffix(".png"), self._clock.now())
        if order is None:
            raise FileNotFoundError("a report's ticket that is none, or has ended")
        drawn = await self._db.read(reports.drawn, Order.from_text(order))
        async with self._one_at_a_time:
            try:
                return await asyncio.to_thread(
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


def add_report_pictures(app: web.Application, drawing: ReportPictures) -> None:
    async def show(request: web.Request) -> web.Response:
        try:
            content = await drawing.content(request.match_info["name"])
        except FileNotFoundError:
            return web.Response(status=404, text=texts.LINK_ENDED, headers=pages.SECRET)
        return web.Response(body=content, content_type=pictures.MEDIA_TYPE, headers=pages.SECRET)

    app.router.add_get(rf"/{FOLDER}/{{name:[\w-]+\.png}}", show)
