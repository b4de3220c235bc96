"""`/r/<code>`: a poll as a page. While it is open a form that needs no script; once it is closed, its result.

Nothing is stored before somebody presses "Gửi": until then the answers travel in the form itself. A cookie with a random
name, one for each poll, set when somebody takes part and gone with the poll's end, lets a browser send one ballot.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock
from bot.errors import PictureError, StorageError
from bot.files import pictures
from bot.model import Address, Tx
from bot.storage.base import Database
from bot.texts import survey_page as texts
from surveys import polls
from surveys.ballot import Ballot
from surveys.ballots import Ballots
from surveys.polls import Poll
from web import survey_forms as forms
from web import survey_pages as pages
from web.assets import Assets
from web.posts import RETRY_SECONDS, Refused, check_origin, is_https, page_busy, place, read_form
from web.rates import Rate
from web.survey_forms import Filled
from web.survey_look import Look
from web.survey_pages import View
from web.survey_pictures import SurveyPictures
from web.visitors import Network, Visitors

FOLDER = "r"
CHANNEL = "web-page"  # of voters who are browsers
KEY_OF_COOKIES = "polls on the web"  # what it is derived for
ANSWERED = pages.plain(200, texts.ANSWERED_TITLE, texts.ANSWERED)


@dataclass(frozen=True, slots=True)
class Rates:
    """From one place, which may be a school or a mobile operator's gateway."""

    posts: Rate = field(default_factory=lambda: Rate(300))
    browsers: Rate = field(default_factory=lambda: Rate(120))


def add_surveys(
    app: web.Application,
    db: Database,
    box: Ballots,
    clock: Clock,
    assets: Assets,
    *,
    organisation: str,
    timezone: ZoneInfo,
    secret: bytes,
    public_url: str | None = None,
    trusted_proxies: Sequence[Network] = (),
    rates: Rates | None = None,
) -> None:
    """`secret` signs the cookies; `assets` are served by the caller."""
    composer = pages.Composer(organisation, public_url, timezone)
    look = Look(assets, organisation, public_url)
    page = _Page(
        db,
        box,
        clock,
        composer,
        look,
        SurveyPictures(organisation),
        Visitors(secret),
        public_url,
        trusted_proxies,
        rates or Rates(),
    )
    address = rf"/{FOLDER}/{{code:[A-Za-z0-9-]{{4,16}}}}"
    app.router.add_get(address, page.show)
    app.router.add_post(address, page.take)
    app.router.add_get(f"{address}/preview.png", page.picture)


@dataclass(frozen=True, slots=True)
class _Page:
    db: Database
    box: Ballots
    clock: Clock
    composer: pages.Composer
    look: Look
    drawn: SurveyPictures
    visitors: Visitors
    public_url: str | None
    trusted: Sequence[Network]
    rates: Rates

    async def show(self, request: web.Request) -> web.Response:
        code, now = request.match_info["code"], self.clock.now()
        try:
            view = await self.db.read(self._shown, code, self._browser(request, code), now)
        except StorageError as error:
            raise page_busy() from error
        return self.look.response(view)

    async def picture(self, request: web.Request) -> web.Response:
        """What previews of a link show: whose poll it is, and of a closed one what most have said."""
        try:
            lines = await self.db.read(self._card, request.match_info["code"], self.clock.now())
            if lines is None:
                raise web.HTTPNotFound
            content = await self.drawn.preview(*lines)
        except StorageError as error:
            raise page_busy() from error
        except PictureError as error:
            raise web.HTTPNotFound from error
        headers = {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
        }
        return web.Response(body=content, content_type=pictures.MEDIA_TYPE, headers=headers)

    def _card(self, tx: Tx, code: str, now: datetime) -> tuple[str, tuple[str, ...]] | None:
        poll = polls.by_code(tx, code)
        if poll is None or not poll.has_opened:
            return None
        return poll.title, self.composer.card_lines(tx, poll, now)

    async def take(self, request: web.Request) -> web.Response:
        """What a button of the form does; without script, so that every answer is a page."""
        now = self.clock.now()  # when it arrived: a slow line makes nobody late
        code = request.match_info["code"]
        try:
            check_origin(request, self.public_url)
            fields = await read_form(request)
        except Refused as refused:
            return self.look.response(pages.plain(refused.status, texts.REFUSED_TITLE, refused.sentence))
        do, browser = (fields.get("do") or [""])[0], self._browser(request, code)
        filled = forms.EMPTY
        try:
            poll = await self.db.read(polls.by_code, code)
            filled = forms.read(poll, fields) if poll else filled
            if wait := self._wait(request, browser):
                return self._again(poll, filled, 429, texts.TOO_FAST, wait)
            view = await self._done(do, code, poll, browser, filled, now)
        except StorageError:
            return self._again(poll if filled.given else None, filled, 503, texts.BUSY, RETRY_SECONDS)
        response = self.look.response(view)
        if poll and view.name == "questions" and browser is None:
            self._set_cookie(request, response, poll, now)
        return response

    async def _done(
        self, do: str, code: str, poll: Poll | None, browser: str | None, filled: Filled, now: datetime
    ) -> View:
        if do in ("no", "stop"):
            return pages.plain(200, texts.DECLINED_TITLE, texts.DECLINED)
        if do == "send" and poll and browser and filled.answers and not filled.problems:
            return await self.db.run(self._send, poll, browser, filled, now)
        return await self.db.read(self._asked, code, browser, filled, do, now)

    def _shown(self, tx: Tx, code: str, browser: str | None, now: datetime) -> View:
        found = self._open(tx, code, browser, now)
        return found if isinstance(found, View) else self.composer.consent(tx, found)

    def _asked(self, tx: Tx, code: str, browser: str | None, filled: Filled, do: str, now: datetime) -> View:
        """The questions, or the look back at the answers, where they are in order."""
        found = self._open(tx, code, browser, now, filled)
        if isinstance(found, View):
            return found
        if do not in ("look", "send"):
            return self.composer.questions(found, filled)
        if filled.problems:
            return self.composer.questions(found, filled, texts.HAS_PROBLEMS)
        if not filled.answers:
            return self.composer.questions(found, filled, texts.NOTHING)
        if browser is None:
            return self.composer.questions(found, filled, texts.NO_COOKIE)
        return self.composer.look_back(found, filled)

    def _open(
        self, tx: Tx, code: str, browser: str | None, now: datetime, filled: Filled = forms.EMPTY
    ) -> Poll | View:
        """The poll, where it takes a ballot from this browser now; else what is shown instead."""
        poll = polls.by_code(tx, code)
        if poll is None:
            return pages.plain(404, texts.UNKNOWN_TITLE, texts.UNKNOWN)
        if view := self.composer.instead(tx, poll, now, filled):
            return view
        if browser and self.box.has_answered(tx, poll.key, [Address(CHANNEL, browser)]):
            return ANSWERED
        return poll

    def _send(self, tx: Tx, poll: Poll, browser: str, filled: Filled, now: datetime) -> View:
        voter = Address(CHANNEL, browser)
        became = self.box.submit(tx, poll.key, [voter], Ballot("web", filled.answers), now)
        if became in ("sent", "twice"):
            return self.composer.thanks(poll) if became == "sent" else ANSWERED
        now_is = polls.by_key(tx, poll.key) or poll
        return self.composer.instead(tx, now_is, now, filled) or self.composer.late(poll)

    def _again(
        self, poll: Poll | None, filled: Filled, status: int, notice: str, wait: float
    ) -> web.Response:
        if poll is None or not filled.given:
            view = pages.plain(status, texts.REFUSED_TITLE, notice)
        else:
            view = self.composer.kept(poll, filled, notice, status)
        response = self.look.response(view)
        response.headers["Retry-After"] = str(max(1, math.ceil(wait)))
        return response

    def _wait(self, request: web.Request, browser: str | None) -> float:
        here = place(request, self.trusted)
        limits = [self.rates.posts, *([self.rates.browsers] if browser is None else [])]
        wait = max(rate.wait(here) for rate in limits)
        if not wait:
            for rate in limits:
                rate.take(here)
        return wait

    # The cookie

    def _browser(self, request: web.Request, code: str) -> str | None:
        """The random name that this browser has for this poll; None where it has not taken part."""
        return self.visitors.of_cookie(request.cookies.get(_cookie(code, self._https(request))))

    def _set_cookie(self, request: web.Request, response: web.Response, poll: Poll, now: datetime) -> None:
        https = self._https(request)
        response.set_cookie(
            _cookie(poll.code, https),
            self.visitors.cookie(self.visitors.named_from(secrets.token_hex(16))),
            max_age=max(60, int((poll.closes_at - now).total_seconds())),
            httponly=True,
            samesite="Strict",
            secure=https,
            path="/",
        )

    def _https(self, request: web.Request) -> bool:
        return is_https(request, self.trusted)


def _cookie(code: str, https: bool) -> str:
    """A name that a browser takes from this host only, where the connection is encrypted."""
    bare = "".join(letter for letter in code.lower() if letter.isalnum())
    return f"__Host-hoidap_poll_{bare}" if https else f"hoidap_poll_{bare}"
