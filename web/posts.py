"""What a browser asks of us: JSON of bounded size, from our own page, or a refusal in a calm sentence."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from aiohttp import web

from bot.model import JSON
from bot.texts import web as texts
from web.visitors import Network, client_address, is_trusted, rate_key

BODY_LIMIT = 50_000  # 4,000 characters take 48,000 bytes at worst: emoji, from a program that escapes them
FORM_LIMIT = 100_000  # ten open answers of 500 emoji, each as twelve characters, take 60,000 bytes
FORM_FIELDS = 200
RETRY_SECONDS = 5.0  # when the storage fails
BODY_SECONDS = 30.0  # a body that takes longer is not a browser's, even on a bad line


class Refused(Exception):
    """The answer to a request that we do not carry out.

    retry_after  seconds, where the same request may succeed later; the page then sends it again by itself
    """

    def __init__(self, status: int, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.retry_after = retry_after

    def response(self) -> web.Response:
        headers = {"Cache-Control": "no-store"}
        if self.retry_after is not None:
            headers["Retry-After"] = str(max(1, math.ceil(self.retry_after)))
        body = json.dumps({"error": self.sentence}, ensure_ascii=False)
        return web.Response(status=self.status, text=body, content_type="application/json", headers=headers)


def busy() -> Refused:
    """The storage fails, or there is no room: our page tries again by itself."""
    return Refused(503, texts.BUSY, RETRY_SECONDS)


def page_busy() -> web.HTTPServiceUnavailable:
    """The same to somebody who has opened a page, a picture or a file."""
    headers = {"Cache-Control": "no-store", "Retry-After": f"{RETRY_SECONDS:.0f}"}
    return web.HTTPServiceUnavailable(text=texts.PAGE_BUSY, headers=headers)


async def read_json(request: web.Request) -> JSON:
    """The posted object. Raises Refused."""
    # Of a kind that a foreign page cannot send without asking first.
    body = await _body(request, "application/json", BODY_LIMIT)
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, texts.NOT_UNDERSTOOD) from None
    if not isinstance(data, dict):
        raise Refused(400, texts.NOT_UNDERSTOOD)
    return data


async def read_form(request: web.Request) -> Mapping[str, Sequence[str]]:
    """The fields of a posted form, each with its values. Raises Refused."""
    body = await _body(request, "application/x-www-form-urlencoded", FORM_LIMIT)
    try:
        return parse_qs(body.decode("ascii"), max_num_fields=FORM_FIELDS, errors="replace")
    except ValueError:
        raise Refused(400, texts.NOT_UNDERSTOOD) from None


def check_origin(request: web.Request, public_url: str | None) -> None:
    """Refuse what another site makes a browser send. Raises Refused.

    Sec-Fetch-Site is the browser's own word and survives a proxy that changes Host; browsers from before 2023 send
    Origin only; programs send neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        ours = site == "same-origin"
    else:
        origin = request.headers.get("Origin")
        ours = origin is None or _authority(origin) in {request.host.lower(), _authority(public_url)} - {None}
    if not ours:
        raise Refused(403, texts.NOT_OUR_PAGE)


def is_https(request: web.Request, trusted: Sequence[Network]) -> bool:
    """Whether the visitor's side of the connection is encrypted, directly or up to a proxy of ours."""
    if request.secure:
        return True
    proto: str = request.headers.get("X-Forwarded-Proto", "")
    return is_trusted(request.remote or "", trusted) and proto.rpartition(",")[2].strip().lower() == "https"


def place(request: web.Request, trusted: Sequence[Network]) -> str:
    """Where a request comes from, as far as rates are concerned."""
    forwarded = request.headers.getall("X-Forwarded-For", [])
    return rate_key(client_address(request.remote or "", forwarded, trusted))


async def _body(request: web.Request, kind: str, limit: int) -> bytes:
    """Raises Refused."""
    if request.content_type != kind:
        raise Refused(415, texts.NOT_UNDERSTOOD)
    if (request.content_length or 0) > limit:
        raise Refused(413, texts.TOO_LONG)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > limit:
                    raise Refused(413, texts.TOO_LONG)
    except TimeoutError:
        raise Refused(400, texts.NOT_UNDERSTOOD) from None
    return bytes(body)


def _authority(url: str | None) -> str | None:
    """Host and port; None where there are none, as in the Origin "null" of a sandboxed frame."""
    try:
        return urlsplit(url or "").netloc.lower() or None
    except ValueError:
        return None
