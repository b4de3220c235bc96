"""What goes wrong on demand between the bot and Telegram."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

from tests.fakes.loopback import drop, nonsense, page
from tests.fakes.telegram_rules import Refused


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next call of a method.

    drop_before  the connection closes, nothing was done      drop_after  … after it was done
    status       an error of Telegram's own, as JSON          page        … of a proxy: HTML that quotes the address
    nonsense     200 with a body that is no JSON              flood       429 with retry_after = seconds
    strange      200 with a result of the wrong kind
    hold         the answer waits for `until`                 slow        the answer waits `seconds`
    """

    kind: Literal[
        "drop_before", "drop_after", "status", "page", "nonsense", "strange", "flood", "hold", "slow"
    ]
    status: int = 500
    seconds: float = 1
    until: asyncio.Event | None = None


async def spoil(fault: Fault, request: web.BaseRequest) -> web.Response | None:
    """The answer in place of Telegram's; None: go on as usual."""
    if fault.kind == "hold" and fault.until:
        await fault.until.wait()
        return None
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "drop_before":
        drop(request)
    if fault.kind == "flood":
        wait = int(fault.seconds)
        return as_json(Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait))
    if fault.kind == "nonsense":
        return nonsense()
    if fault.kind == "strange":
        return as_json("Hello")
    if fault.kind == "page":
        return page(request, fault.status)
    return as_json(Refused(fault.status, f"Internal Server Error at {request.path}"))


def as_json(answer: Any) -> web.Response:
    if isinstance(answer, Refused):
        return web.Response(
            status=answer.status, body=json.dumps(answer.body).encode(), content_type="application/json"
        )
    return web.Response(
        body=json.dumps({"ok": True, "result": answer}).encode(), content_type="application/json"
    )
