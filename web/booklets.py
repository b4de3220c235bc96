"""Booklets as files, made anew each time from what is published now, and `/so-tay/<ticket>`, where one can be had for a day.

A ticket is the sealed order: nothing is stored, nobody can guess or change one, and with its time it is worth nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC
from functools import partial

from aiohttp import web
from markupsafe import Markup

from bot.clock import Clock
from bot.errors import InputError
from bot.files import documents, qr
from bot.files.attachments import Attachment
from bot.files.printing import Publication, Sheet
from bot.model import Tx
from bot.sealing import Tickets
from bot.storage.base import Database
from bot.texts import booklet as texts
from knowledge import booklet, booklet_pages
from knowledge.booklet import Order
from knowledge.booklet_pages import Imprint
from knowledge.revisions import revision
from web import pages
from web.giving_out import add_files
from web.last_few import LastFew

FOLDER = booklet.FOLDER
_REMEMBERED = 8


class Booklets:
    """imprint  who publishes, where and when, at the moment of the call"""

    def __init__(self, db: Database, tickets: Tickets, clock: Clock, imprint: Callable[[], Imprint]) -> None:
        self._db = db
        self._tickets = tickets
        self._clock = clock
        self._imprint = imprint
        # They take a second each.
        self._last: LastFew[tuple[str, int, Imprint], Attachment] = LastFew(_REMEMBERED)

    async def file(self, name: str) -> Attachment:
        """`name` is a ticket with ".docx" or ".html". Raises FileNotFoundError: no such ticket, or too late, or nothing
        is published any more of what it is for."""
        ticket, _, form = name.rpartition(".")
        order = self._tickets.read(FOLDER, ticket, self._clock.now())
        if order is None or form not in booklet.FORMS:
            raise FileNotFoundError("a booklet's ticket that is none, or has ended")
        imprint = self._imprint()
        key = (name, await self._db.read(revision), imprint)
        return await self._last.made(key, partial(self._make, Order.from_text(order), form, imprint))

    async def _make(self, order: Order, form: str, imprint: Imprint) -> Attachment:
        try:
            publication = await self._db.read(_compose, order, imprint)
        except InputError as error:
            raise FileNotFoundError("nothing is published any more of what a booklet was for") from error
        content = await asyncio.to_thread(written, publication, order.sheet, form, self._clock)
        media_type = documents.MEDIA_TYPE if form == "docx" else "text/html"
        return Attachment(booklet.file_name(order, form), media_type, content)


def add_booklets(app: web.Application, booklets: Booklets) -> None:
    add_files(app, FOLDER, r"[\w-]+\.[a-z]+", booklets.file, texts.LINK_ENDED)


def written(publication: Publication, sheet: Sheet, form: str, clock: Clock) -> bytes:
    """The content of the file: form is one of booklet.FORMS."""
    if form == "docx":
        return documents.write(publication, sheet, clock.now().astimezone(UTC))
    code = Markup(qr.svg(publication.link)) if publication.link else ""  # noqa: S704 - made of squares alone
    return (
        pages.template("booklet.html")
        .render(booklet=publication, sheet=sheet, texts=texts, code=code)
        .encode()
    )


def _compose(tx: Tx, order: Order, imprint: Imprint) -> Publication:
    return booklet_pages.compose(booklet.choose(tx, order, ""), imprint)
