"""What Zalo's OpenAPI refuses, and what goes wrong on demand between the bot and it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

from tests.fakes.loopback import drop, nonsense

JSON = dict[str, Any]

LONGEST_TEXT, MOST_BUTTONS, LONGEST_TITLE, LONGEST_PAYLOAD = 2000, 5, 100, 1000
_BUTTONS = {"oa.open.url": dict, "oa.query.show": str, "oa.query.hide": str, "oa.open.phone": dict}


class Refused(Exception):
    """An answer with an error, at HTTP 200."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.body: JSON = {"error": code, "message": message}


class OAuthRefused(Exception):
    """OAuth says it in other words, at HTTP 200 too."""

    def __init__(self, code: int, name: str, reason: str) -> None:
        super().__init__(reason)
        self.body: JSON = {
            "error": code,
            "error_name": name,
            "error_reason": reason,
            "error_description": f"{name}: {reason}",
        }


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next call.

    drop_before  the connection closes, nothing was done      drop_after  … after it was done
    error        an error of Zalo's own, at HTTP 200          status      … at this HTTP status, as JSON
    page         a page of a proxy that quotes the address    nonsense    200 with a body that is no JSON
    hold         the answer waits for `until`, before it is done; hold_after: after it
    """

    kind: Literal[
        "drop_before", "drop_after", "error", "status", "page", "nonsense", "hold", "hold_after", "strange"
    ]
    code: int = -200
    message: str = "Send message failed"
    status: int = 500
    until: asyncio.Event | None = None
    reached: asyncio.Event | None = None


def checked_message(message: Any) -> str:
    """The text of a message that Zalo would take. Raises Refused."""
    if not isinstance(message, dict):
        raise Refused(-201, "Params is invalid")
    if picture_of(message) and "text" not in message:
        return ""
    if not isinstance(message.get("text"), str) or not message["text"].strip():
        raise Refused(-201, "Params is invalid")
    if _units(message["text"]) > LONGEST_TEXT:
        raise Refused(-210, "Parameter exceeds the limit")
    if unknown := set(message) - {"text", "attachment", "quote_message_id"}:
        raise Refused(-201, f"Params is invalid: {sorted(unknown)}")
    for button in buttons_of(message):
        _check_button(button)
    if len(buttons_of(message)) > MOST_BUTTONS:
        raise Refused(-210, "Number of buttons exceeds the limit")
    return str(message["text"])


def _units(text: str) -> int:
    """The strictest way to count: nobody knows what Zalo takes for a character."""
    return len(text.encode("utf-16-le")) // 2


def buttons_of(message: JSON) -> list[JSON]:
    if "attachment" not in message:
        return []
    attachment = message["attachment"]
    if picture_of(message):
        return []
    if attachment.get("type") != "template" or set(attachment["payload"]) != {"buttons"}:
        raise Refused(-233, "Message type is not supported")
    buttons: list[JSON] = attachment["payload"]["buttons"]
    return buttons


def picture_of(message: JSON) -> str:
    """The address of the one picture of a message, "" where it has none."""
    payload = (message.get("attachment") or {}).get("payload", {})
    if payload.get("template_type") != "media":
        return ""
    elements = payload.get("elements")
    if set(payload) != {"template_type", "elements"} or not isinstance(elements, list) or len(elements) != 1:
        raise Refused(-201, "Params is invalid: elements")
    if set(elements[0]) != {"media_type", "url"} or elements[0]["media_type"] != "image":
        raise Refused(-201, "Params is invalid: elements")
    if not str(elements[0]["url"]).startswith(("http://", "https://")):
        raise Refused(-201, "Params is invalid: url")
    return str(elements[0]["url"])


def _check_button(button: JSON) -> None:
    if set(button) != {"title", "type", "payload"} or button["type"] not in _BUTTONS:
        raise Refused(-201, "Params is invalid: buttons")
    if not isinstance(button["payload"], _BUTTONS[button["type"]]) or not button["title"].strip():
        raise Refused(-201, "Params is invalid: buttons")
    if _units(button["title"]) > LONGEST_TITLE:
        raise Refused(-210, "Parameter exceeds the limit: title")
    if isinstance(button["payload"], str) and len(button["payload"]) > LONGEST_PAYLOAD:
        raise Refused(-210, "Parameter exceeds the limit: payload")
    if button["type"] == "oa.open.url" and not str(button["payload"].get("url", "")).startswith("http"):
        raise Refused(-201, "Params is invalid: url")


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def signature(app_id: str, body: bytes, timestamp: str, key: str) -> str:
    """As Zalo signs: plain SHA-256, no HMAC."""
    return "mac=" + hashlib.sha256(app_id.encode() + body + timestamp.encode() + key.encode()).hexdigest()


def spoil(fault: Fault, request: web.Request) -> web.Response | None:
    """The answer in place of Zalo's; None: go on as usual."""
    if fault.kind == "drop_before":
        drop(request)
        return web.Response()
    if fault.kind == "nonsense":
        return nonsense()
    if fault.kind == "strange":
        return web.json_response(["Hello"])
    if fault.kind == "page":
        page = f"<html>{request.path} {request.headers.get('access_token', '')} cannot be reached</html>"
        return web.Response(status=fault.status, text=page, content_type="text/html")
    if fault.kind in ("error", "status"):
        status = 200 if fault.kind == "error" else fault.status
        return web.json_response({"error": fault.code, "message": fault.message}, status=status)
    return None
