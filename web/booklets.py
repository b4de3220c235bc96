"""Booklets as files, made anew each time from what is published now, and `/so-tay/<ticket>`, where one can be had for a day.

A ticket is the sealed order: nothing is stored, nobody can guess or change one, and with its time it is worth nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from aiohttp import web

from bot.clock import Clock
from bot.errors import InputError
from bot.files.attachments import Attachment
from bot.files.printing import Publication
from bot.model import Tx
from bot.sealing import Tickets
from bot.storage.base import Database
from bot.texts import booklet as texts
from knowledge import booklet, booklet_pages
from knowledge.booklet import Order
from knowledge.booklet_pages import Imprint
from knowledge.revisions import revision
from web.giving_out import add_files
from web.last_few import LastFew
from web.publications import MEDIA_TYPES, written

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
        if order is None or form not in MEDIA_TYPES:
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
        return Attachment(booklet.file_name(order, form), MEDIA_TYPES[form], content)


def add_booklets(app: web.Application, booklets: Booklets) -> None:
    add_files(app, FOLDER, r"[\w-]+\.[a-z]+", booklets.file, texts.LINK_ENDED)


def _compose(tx: Tx, order: Order, imprint: Imprint) -> Publication:
    return booklet_pages.compose(booklet.choose(tx, order, ""), imprint)
