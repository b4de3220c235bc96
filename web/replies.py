"""How replies reach the page: server-sent events, or long polling where those do not get through.

Both start after the sequence that the page names and confirm it: what the page has is deleted here. A connection may
break at any moment; the page comes back with the last sequence that it has stored.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from bot.errors import StorageError
from bot.model import JSON
from bot.texts import web as texts
from web.posts import RETRY_SECONDS, Refused, busy
from web.rates import Rate

POLL_SECONDS = 25.0

NOT_KEPT = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
STREAM_HEADERS = NOT_KEPT | {
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",  # nginx would hold events back until its buffer is full
}


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """
    beat     seconds of silence; proxies close connections that are silent for longer, often after 30 or 60
    streams  open at once (each takes a file descriptor); beyond it pages poll
    tabs     streams of one visitor
    """

    beat: float = 15.0
    streams: int = 2000
    tabs: int = 8


class Mail(Protocol):
    async def after(self, visitor: str, sequence: int) -> list[tuple[int, JSON]]: ...
    async def confirm(self, visitor: str, up_to: int) -> int: ...
    async def forget(self, visitor: str) -> int: ...


class Stream(Protocol):
    @property
    def closed(self) -> bool: ...

    async def wait(self, seconds: float) -> bool:
        """Until there is news or the time is over. True: show that an answer is being written."""


class Listening(Protocol):
    @property
    def open_streams(self) -> int: ...

    def streams_of(self, visitor: str) -> int: ...

    def listen(self, visitor: str) -> AbstractContextManager[Stream]: ...


class Replies:
    def __init__(
        self,
        mailbox: Mail,
        channel: Listening,
        visitor_of: Callable[[web.Request], str | None],
        connections: Rate,
        limits: StreamLimits,
    ) -> None:
        self._mailbox = mailbox
        self._channel = channel
        self._visitor_of = visitor_of
        self._connections = connections
        self._limits = limits

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/chat/events", self.events, allow_head=False)
        app.router.add_get("/chat/replies", self.poll, allow_head=False)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: `reply` (its id is the sequence), `typing`, and `beat` while there is nothing to say.

        A beat is an event and not a comment: so the page can tell a silent line from a dead one.
        """
        try:
            visitor = self._admit(request)
            self._check_room(visitor)
            seen = max(_number(request.query.get("after")), _number(request.headers.get("Last-Event-ID")))
            await self._confirm(visitor, seen)
            with self._channel.listen(visitor) as stream:
                mails = await self._mailbox.after(visitor, seen)
                response = web.StreamResponse(headers=STREAM_HEADERS)
                await response.prepare(request)
                await self._pour(response, visitor, stream, mails, seen)
        except Refused as refused:
            return refused.response()
        except StorageError:
            return busy().response()
        return response

    async def poll(self, request: web.Request) -> web.Response:
        """{"replies": [{"sequence", …}], "typing"}: at once when there is one, else within `wait` seconds."""
        try:
            visitor = self._admit(request)
            seen = _number(request.query.get("after"))
            seconds = min(POLL_SECONDS, _number(request.query.get("wait")))
            if self._channel.open_streams >= self._limits.streams:
                seconds = 0
            await self._confirm(visitor, seen)
            mails, typing = await self._wait_for_mail(visitor, seen, seconds)
        except Refused as refused:
            return refused.response()
        except StorageError:
            return busy().response()
        replies = [{"sequence": sequence, **payload} for sequence, payload in mails]
        return web.json_response({"replies": replies, "typing": typing}, headers=NOT_KEPT)

    def _admit(self, request: web.Request) -> str:
        """Raises Refused."""
        # Reading confirms, so another site's link must not be able to read in the visitor's name.
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise Refused(403, texts.NOT_OUR_PAGE)
        visitor = self._visitor_of(request)
        if visitor is None:
            raise Refused(401, texts.NOBODY_YET)
        if wait := self._connections.wait(visitor):
            raise Refused(429, texts.TOO_FAST, wait)
        self._connections.take(visitor)
        return visitor

    def _check_room(self, visitor: str) -> None:
        if self._channel.streams_of(visitor) >= self._limits.tabs:
            raise Refused(429, texts.TOO_FAST, RETRY_SECONDS)
        if self._channel.open_streams >= self._limits.streams:
            raise busy()

    async def _confirm(self, visitor: str, seen: int) -> None:
        if seen:
            with suppress(StorageError):  # a full disk is no reason to keep replies back
                await self._mailbox.confirm(visitor, seen)

    async def _pour(
        self,
        response: web.StreamResponse,
        visitor: str,
        stream: Stream,
        mails: list[tuple[int, JSON]],
        cursor: int,
    ) -> None:
        """Until the browser leaves, the channel closes, or the storage fails: the page comes back by itself."""
        typing = False
        with suppress(ConnectionError, StorageError):
            while not stream.closed:
                lines = [_event("reply", payload, sequence) for sequence, payload in mails]
                if typing and not mails:
                    lines.append(_event("typing", {}))
                await response.write("".join(lines or [_event("beat", {})]).encode())
                cursor = mails[-1][0] if mails else cursor
                typing = await stream.wait(self._limits.beat)
                mails = await self._mailbox.after(visitor, cursor)

    async def _wait_for_mail(
        self, visitor: str, seen: int, seconds: float
    ) -> tuple[list[tuple[int, JSON]], bool]:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        typing = False
        with self._channel.listen(visitor) as stream:
            while not (mails := await self._mailbox.after(visitor, seen)):
                left = until - loop.time()
                if left <= 0 or typing or stream.closed:
                    break
                typing = await stream.wait(left)
        return mails, typing and not mails


def _event(kind: str, data: JSON, sequence: int | None = None) -> str:
    name = f"id: {sequence}\n" if sequence is not None else ""
    return f"{name}event: {kind}\ndata: {json.dumps(data, ensure_ascii=True)}\n\n"


def _number(text: str | None) -> int:
    """A sequence or a time as sent; 0 for nothing, or nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 16 else 0
