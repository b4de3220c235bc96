"""A digest as one sheet to print, at `/ban-in/<code>[-<unit>].docx` and `.html`: made anew each time, nothing is stored.

Whoever has a digest's code may have its sheet. What follows the code says whose passing on the QR code counts for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock
from bot.files.attachments import Attachment
from bot.files.printing import Publication
from bot.model import Tx
from bot.storage.base import Database
from bot.texts import forwarding as texts
from knowledge.booklet_pages import Imprint
from scheduler import forwarding, kits, notices
from web.giving_out import add_files
from web.last_few import LastFew
from web.publications import MEDIA_TYPES, written

_REMEMBERED = 8


class Notices:
    """imprint  who publishes, and where, at the moment of the call"""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        timezone: ZoneInfo,
        imprint: Callable[[], Imprint],
        public_url: str | None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._timezone = timezone
        self._imprint = imprint
        self._public_url = public_url
        self._last: LastFew[tuple[Publication, str], bytes] = LastFew(_REMEMBERED)

    async def file(self, name: str) -> Attachment:
        """ "abcd2345-3fa9c1.docx". Raises FileNotFoundError: no digest that has gone out has this code."""
        stem, _, form = name.rpartition(".")
        publication = await self._db.read(self._publication, stem) if form in MEDIA_TYPES else None
        if publication is None:
            raise FileNotFoundError("no digest of this code has gone out")
        make = partial(asyncio.to_thread, written, publication, notices.SHEET, form, self._clock)
        made = await self._last.made((publication, form), make)
        return Attachment(notices.file_name(stem, form), MEDIA_TYPES[form], made)

    def _publication(self, tx: Tx, stem: str) -> Publication | None:
        code, _, slug = stem.partition("-")
        digest = kits.find(tx, code)
        if digest is None:
            return None
        link = forwarding.link_to(self._public_url, digest, kits.known(tx, slug) or None)
        day = forwarding.day_of(digest, self._timezone)
        return notices.compose(digest, replace(self._imprint(), day=day), link)


def add_notices(app: web.Application, sheets: Notices) -> None:
    add_files(app, notices.FOLDER, r"[a-z0-9-]+\.[a-z]+", sheets.file, texts.NO_SHEET)
