"""`/d/<code>`: the public page of a digest, its pictures, and the counting of its openings.

Openings are told by the page's own script, so that the robots that make link previews do not count. A number by digest, unit
and day is all that is kept: no cookie, no address, nothing that tells one reader from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import jinja2
from aiohttp import web

from bot.audience import units
from bot.clock import Clock
from bot.errors import StorageError
from bot.files import pictures
from bot.model import Tx
from bot.storage.base import Database
from bot.texts import digest_page as texts
from bot.texts import web as web_texts
from scheduler import kits, openings
from web import digest_pages, pages
from web.assets import Assets
from web.cards import FOLDER, Cards
from web.pages import Style
from web.posts import Refused, busy, check_origin, page_busy, place, read_json
from web.rates import Rate
from web.visitors import Network

# From one place, which may be a school or a mobile operator's gateway; the rest are not counted.
OPENINGS_A_MINUTE = 60


def add_digests(
    app: web.Application,
    db: Database,
    clock: Clock,
    cards: Cards,
    assets: Assets,
    *,
    organisation: str,
    timezone: ZoneInfo,
    public_url: str | None = None,
    trusted_proxies: Sequence[Network] = (),
    rate: Rate | None = None,
) -> None:
    """`assets` are served by the caller."""
    template, style = pages.template("digest.html"), pages.style("digest.css")
    page = _Page(db, cards, template, style, assets, organisation, public_url, timezone)
    if rate is None:  # not `or`: an unused one is empty
        rate = Rate(OPENINGS_A_MINUTE)
    counter = _Counter(db, clock, timezone, public_url, trusted_proxies, rate)
    address = rf"/{FOLDER}/{{code:[A-Za-z0-9]{{4,16}}}}"
    app.router.add_get(address, page.show)
    app.router.add_get(rf"{address}/{{name:[a-z0-9-]+\.png}}", page.picture)
    app.router.add_post(f"{address}/opened", counter.opened)


@dataclass(frozen=True, slots=True)
class _Page:
    db: Database
    cards: Cards
    template: jinja2.Template
    style: Style
    assets: Assets
    organisation: str
    public_url: str | None
    timezone: ZoneInfo

    async def show(self, request: web.Request) -> web.Response:
        code, slug = request.match_info["code"], request.query.get("u", "")
        try:
            found = await self.db.read(
                digest_pages.compose, code, slug, self.organisation, self.public_url, self.timezone
            )
        except StorageError as error:
            raise page_busy() from error
        html = self.template.render(
            page=found,
            texts=texts,
            organisation=self.organisation,
            style=self.style.text,
            asset=self.assets.address,
            base=self.public_url,
            sizes=pictures.SIZES,
        )
        return pages.page(
            html,
            status=200 if found else 404,
            # What is passed on by hand is no search result: years later it would stand there without what came after it.
            listed=False,
            cache_control="public, max-age=60" if found else "no-store",
            styles=self.style.source,
            connects="'self'",
        )

    async def picture(self, request: web.Request) -> web.Response:
        try:
            card = await self.cards.card(request.match_info["code"], request.match_info["name"])
        except StorageError as error:
            raise page_busy() from error
        if card is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": "public, max-age=86400" if card.lasting else "no-store",
            "ETag": f'"{card.name}"',
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
        }
        if any(tag.value == card.name for tag in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        return web.Response(body=card.content, content_type=pictures.MEDIA_TYPE, headers=headers)


@dataclass(frozen=True, slots=True)
class _Counter:
    db: Database
    clock: Clock
    timezone: ZoneInfo
    public_url: str | None
    trusted: Sequence[Network]
    rate: Rate

    async def opened(self, request: web.Request) -> web.Response:
        """204 when it has been counted; the page asks nobody to try again."""
        try:
            check_origin(request, self.public_url)
            unit = (await read_json(request)).get("u")
            slug = unit if isinstance(unit, str) and unit.isascii() else ""  # no half characters
            here = place(request, self.trusted)
            if wait := self.rate.wait(here):
                raise Refused(429, web_texts.TOO_FAST, wait)
            self.rate.take(here)
            day = self.clock.now().astimezone(self.timezone).date()
            code = request.match_info["code"]
            counted = await self.db.run(_count, code, slug, day)
        except Refused as refused:
            return refused.response()
        except StorageError:
            return busy().response()
        return web.Response(status=204 if counted else 404, headers={"Cache-Control": "no-store"})


def _count(tx: Tx, code: str, slug: str, day: date) -> bool:
    digest = kits.find(tx, code)
    if digest is None:
        return False
    openings.count(tx, digest.key, units.by_slug(tx, slug) if slug else None, day)
    return True
