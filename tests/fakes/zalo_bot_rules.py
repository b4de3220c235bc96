"""What the Zalo Bot Platform refuses, and what goes wrong on demand between the bot and it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

from tests.fakes.loopback import drop, nonsense, page

JSON = dict[str, Any]

LONGEST = 2000  # characters of a message
_SEND: dict[str, type[object]] = {"chat_id": str, "text": str}
# Ours, and only what we use. The platform ignores fields that it does not know; here a misspelt one is found.
_FIELDS: dict[str, dict[str, type[object]]] = {
    "getMe": {},
    "getUpdates": {"timeout": str},
    "setWebhook": {"url": str, "secret_token": str},
    "deleteWebhook": {},
    "getWebhookInfo": {},
    "sendMessage": _SEND,
    "sendPhoto": {"chat_id": str, "photo": str, "caption": str},
    "sendChatAction": {"chat_id": str, "action": str},
}


class Refused(Exception):
    """An answer with "ok": false."""

    def __init__(self, code: int, description: str, http: int = 200) -> None:
        super().__init__(description)
        self.http = http
        self.body: JSON = {"ok": False, "error_code": code, "description": description}


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next call of a method.

    drop_before  the connection closes, nothing was done      drop_after  … after it was done
    status       an error of Zalo's own, at HTTP 200          page        … of a proxy: HTML that quotes the address
    http         the same, with its code as HTTP status       nonsense    200 with a body that is no JSON
    strange      200 with a result of the wrong kind          nothing     200 without a result, though it was done
    hold         the answer waits for `until`                 slow        the answer waits `seconds`
    """

    kind: Literal[
        "drop_before",
        "drop_after",
        "status",
        "http",
        "page",
        "nonsense",
        "strange",
        "nothing",
        "hold",
        "slow",
    ]
    status: int = 500
    seconds: float = 1
    until: asyncio.Event | None = None


def checked(method: str, body: bytes) -> JSON:
    """The fields of a call; all that we send of a method are required."""
    known = _FIELDS.get(method)
    if known is None:
        raise Refused(400, "Bad Request: no such method")
    fields = json.loads(body or b"{}")
    if not isinstance(fields, dict):
        raise Refused(400, "Bad Request: not an object")
    for name, value in fields.items():
        if name not in known:
            raise Refused(400, f"Bad Request: {method} has no field {name}")
        if not isinstance(value, known[name]):
            raise Refused(400, f"Bad Request: {name} has another type")
    if missing := known.keys() - fields.keys():
        raise Refused(400, f"Bad Request: {method} needs {', '.join(missing)}")
    return fields


async def spoil(fault: Fault, request: web.BaseRequest) -> web.Response | None:
    """The answer in place of Zalo's; None: go on as usual."""
    if fault.kind in ("drop_after", "nothing"):
        return None
    if fault.kind == "hold" and fault.until:
        await fault.until.wait()
        return None
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "drop_before":
        drop(request)
    if fault.kind == "nonsense":
        return nonsense()
    if fault.kind == "strange":
        return web.json_response({"ok": True, "result": "Hello"})
    if fault.kind == "page":
        return page(request, fault.status)
    http = fault.status if fault.kind == "http" else 200
    return refusal(Refused(fault.status, f"Internal server error at {request.path}", http))


def refusal(refused: Refused) -> web.Response:
    return web.json_response(refused.body, status=refused.http)
