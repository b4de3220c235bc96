"""`/webhook/<channel>`: verify, store, and only then say 200. Nothing is decoded here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from aiohttp import web

from bot.channels.base import Channel, Probed
from bot.errors import StorageError
from bot.model import JSON

LARGEST = 1024 * 1024  # bytes; no platform sends updates that long


class Inbox(Protocol):
    async def add(self, channel: Channel, raws: Sequence[JSON]) -> int: ...


def add_webhooks(app: web.Application, channels: Mapping[str, Channel], inbox: Inbox) -> None:
    async def take(request: web.Request) -> web.Response:
        channel = channels.get(request.match_info["channel"])
        if channel is None:
            raise web.HTTPNotFound
        body = await _body(request)
        if isinstance(channel, Probed) and channel.is_probe(request.headers, body):
            return web.json_response({"ok": True})
        if not channel.verify(request.headers, body):
            raise web.HTTPForbidden
        try:
            await inbox.add(channel, [_update(body)])
        except StorageError:
            # Not stored, not acknowledged: the platform will deliver it again.
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"}) from None
        return web.json_response({"ok": True})

    app.router.add_post("/webhook/{channel}", take)


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    body = await request.content.read(LARGEST + 1)
    while len(body) <= LARGEST and (more := await request.content.read(LARGEST + 1 - len(body))):
        body += more
    if len(body) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, len(body))
    return body


def _update(body: bytes) -> JSON:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="not JSON") from None
    if not isinstance(update, dict):
        raise web.HTTPBadRequest(text="not an update")
    return update
