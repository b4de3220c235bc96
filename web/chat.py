"""The web chat: the page at `/`, and what its script posts to. How replies travel back is in web/replies.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import jinja2
from aiohttp import web

from bot.channels.base import Channel
from bot.errors import StorageError
from bot.model import JSON
from bot.texts import web as texts
from web import pages
from web.assets import Assets
from web.posts import Refused, busy, check_origin, is_https, place, read_json
from web.rates import Rate
from web.replies import Listening, Mail, Replies, StreamLimits
from web.visitors import Network, Visitors

COOKIE = "hoidap_visitor"
COOKIE_DAYS = 30  # after the last message
TEXT_LIMIT = 4000  # code points

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_START = re.compile(r"[0-9a-f]{32}")
_PAYLOAD = re.compile(r"[\x21-\x7e]{1,64}")


class Inbox(Protocol):
    async def add(self, channel: Channel, raws: Sequence[JSON]) -> int: ...


class ChatChannel(Channel, Listening, Protocol):
    """The web chat as a channel whose replies can be waited for."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Generous to places that many people share: a school, an office, a mobile operator's gateway."""

    messages: Rate = field(default_factory=lambda: Rate(20))
    messages_from_place: Rate = field(default_factory=lambda: Rate(300))
    visitors_from_place: Rate = field(default_factory=lambda: Rate(120))
    connections: Rate = field(default_factory=lambda: Rate(120))


@dataclass(frozen=True, slots=True)
class _Post:
    """A message as the page sent it, checked."""

    id: str
    content: JSON  # {"text": …} or {"payload": …}
    start: str  # random, from a browser without cookie; else ""
    seen: int


def add_chat(
    app: web.Application,
    *,
    inbox: Inbox,
    mailbox: Mail,
    channel: ChatChannel,
    assets: Assets,
    organisation: str,
    secret: bytes,
    trusted_proxies: Sequence[Network] = (),
    public_url: str | None = None,
    examples: Callable[[], Sequence[str]] = tuple,
    zalo_verification: str | None = None,
    rates: Rates | None = None,
    stream_limits: StreamLimits | None = None,
) -> None:
    """Add the page and its routes.

    secret    signs the visitors' cookies
    assets    are served by the caller
    examples  questions that can be answered now, for those who do not know how to begin
    zalo_verification  shown in the head: how Zalo sees whose domain this is
    """
    rates = rates or Rates()
    visitors = Visitors(secret)
    chat = _Chat(inbox, mailbox, channel, visitors, trusted_proxies, public_url, rates)
    page = _Page(pages.template("chat.html"), assets, organisation, examples, zalo_verification)
    replies = Replies(mailbox, channel, chat.visitor_of, rates.connections, stream_limits or StreamLimits())
    app.router.add_get("/", page.show)
    app.router.add_post("/chat/messages", chat.take_message)
    app.router.add_post("/chat/forget", chat.forget)
    replies.add_routes(app)


@dataclass(frozen=True, slots=True)
class _Page:
    template: jinja2.Template
    assets: Assets
    organisation: str
    examples: Callable[[], Sequence[str]]
    zalo_verification: str | None

    async def show(self, request: web.Request) -> web.Response:  # noqa: ARG002
        html = self.template.render(
            texts=texts,
            asset=self.assets.address,
            organisation=self.organisation,
            examples=self.examples(),
            zalo_verification=self.zalo_verification,
            limit=TEXT_LIMIT,
        )
        return pages.page(html, listed=True, cache_control="no-cache", connects="'self'")


@dataclass(frozen=True, slots=True)
class _Chat:
    inbox: Inbox
    mailbox: Mail
    channel: ChatChannel
    visitors: Visitors
    trusted: Sequence[Network]
    public_url: str | None
    rates: Rates

    async def take_message(self, request: web.Request) -> web.Response:
        """202 once the message is stored; the same id twice is one message."""
        try:
            check_origin(request, self.public_url)
            post = _checked(await read_json(request))
            visitor = self._admit(request, post)
            await self.inbox.add(self.channel, [{"visitor": visitor, "id": post.id, **post.content}])
        except Refused as refused:
            return refused.response()
        except StorageError:
            return busy().response()
        if post.seen:
            with suppress(StorageError):  # it will be confirmed another time
                await self.mailbox.confirm(visitor, post.seen)
        response = web.json_response({"id": post.id}, status=202, headers={"Cache-Control": "no-store"})
        response.set_cookie(
            COOKIE,
            self.visitors.cookie(visitor),
            max_age=COOKIE_DAYS * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=is_https(request, self.trusted),
        )
        return response

    async def forget(self, request: web.Request) -> web.Response:
        """The visitor has deleted the conversation: nothing here is to recognise this browser again."""
        try:
            check_origin(request, self.public_url)
            await read_json(request)
            if visitor := self.visitor_of(request):
                await self.mailbox.forget(visitor)
        except Refused as refused:
            return refused.response()
        except StorageError:
            return busy().response()
        response = web.Response(status=204, headers={"Cache-Control": "no-store"})
        response.del_cookie(COOKIE, httponly=True, samesite="Lax")
        return response

    def visitor_of(self, request: web.Request) -> str | None:
        return self.visitors.of_cookie(request.cookies.get(COOKIE))

    def _admit(self, request: web.Request, post: _Post) -> str:
        """The visitor's name, within the rates. Raises Refused."""
        known = self.visitor_of(request)
        if known is None and not post.start:
            raise Refused(400, texts.NOT_UNDERSTOOD)
        visitor = known or self.visitors.named_from(post.start)
        here = place(request, self.trusted)
        limits = [(self.rates.messages, visitor), (self.rates.messages_from_place, here)]
        if known is None:
            limits.append((self.rates.visitors_from_place, here))
        if wait := max(rate.wait(key) for rate, key in limits):
            raise Refused(429, texts.TOO_FAST, wait)
        for rate, key in limits:
            rate.take(key)
        return visitor


def _checked(data: JSON) -> _Post:
    """Raises Refused for what our page never sends."""
    message, start, seen = data.get("id"), data.get("start", ""), data.get("seen", 0)
    if not (isinstance(message, str) and _CLIENT_ID.fullmatch(message)):
        raise Refused(400, texts.NOT_UNDERSTOOD)
    if not (isinstance(start, str) and (not start or _START.fullmatch(start))):
        raise Refused(400, texts.NOT_UNDERSTOOD)
    if not (type(seen) is int and 0 <= seen < 2**53):
        raise Refused(400, texts.NOT_UNDERSTOOD)
    return _Post(message, _content(data), start, seen)


def _content(data: JSON) -> JSON:
    text, payload = data.get("text"), data.get("payload")
    if isinstance(payload, str) and _PAYLOAD.fullmatch(payload):
        return {"payload": payload}
    if payload is not None or not isinstance(text, str):
        raise Refused(400, texts.NOT_UNDERSTOOD)
    if not text.strip():
        raise Refused(400, texts.EMPTY)
    if len(text) > TEXT_LIMIT:
        raise Refused(413, texts.TOO_LONG)
    return {"text": text}
