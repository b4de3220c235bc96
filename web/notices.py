"""A digest as one sheet to print, at `/ban-in/<code>[-<unit>].docx` and `.html`: made anew each time, nothing is stored.

Whoever has a digest's code may have its sheet. What follows the code says whose passing on the QR code counts for.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock
from bot.files import documents
from bot.files.attachments import Attachment
from bot.files.printing import Publication
from bot.model import Tx
from bot.storage.base import Database
from bot.texts import forwarding as texts
from knowledge.booklet_pages import Imprint
from scheduler import forwarding, kits, notices
from web import pages
from web.booklets import given_out, written

_REMEMBERED = 8
_FORMS = ("docx", "html")
_Key = tuple[Publication, str]


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
        self._one_at_a_time = asyncio.Lock()  # they take their time, and the processor from everybody
        self._made: OrderedDict[_Key, bytes] = OrderedDict()

    async def file(self, name: str) -> Attachment:
        """ "abcd2345-3fa9c1.docx". Raises FileNotFoundError: no digest that has gone out has this code."""
        stem, _, form = name.rpartition(".")
        publication = await self._db.read(self._publication, stem) if form in _FORMS else None
        if publication is None:
            raise FileNotFoundError("no digest of this code has gone out")
        async with self._one_at_a_time:
            key = (publication, form)
            made = self._made.pop(key, None)
            if made is None:
                made = await asyncio.to_thread(written, publication, notices.SHEET, form, self._clock)
            self._made[key] = made
            if len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        media_type = documents.MEDIA_TYPE if form == "docx" else "text/html"
        return Attachment(notices.file_name(stem, form), media_type, made)

    def _publication(self, tx: Tx, stem: str) -> Publication | None:
        code, _, slug = stem.partition("-")
        digest = kits.find(tx, code)
        if digest is None:
            return None
        imprint = self._imprint()
        link = forwarding.link_to(self._public_url, digest, kits.known(tx, slug) or None)
        day = forwarding.day_of(digest, self._timezone)
        return notices.compose(digest, imprint.organisation, imprint.place, day, link)


def add_notices(app: web.Application, sheets: Notices) -> None:
    async def download(request: web.Request) -> web.Response:
        try:
            file = await sheets.file(request.match_info["name"])
        except FileNotFoundError:
            return web.Response(status=404, text=texts.NO_SHEET, headers=pages.SECRET)
        return given_out(file)

    app.router.add_get(rf"/{notices.FOLDER}/{{name:[a-z0-9-]+\.[a-z]+}}", download)
