"""What Telegram refuses: unknown methods, fields and types, bad HTML, too much text, too many messages. Pure.

The table is ours and holds only what we use; it is stricter than the platform, which ignores fields that it does not
know: a misspelt field would be lost there in silence.
"""

from __future__ import annotations

import html
import json
import math
import re
import struct
from collections import defaultdict, deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JSON = dict[str, Any]

TABLE: JSON = json.loads(Path(__file__).with_name("telegram_methods.json").read_text("utf-8"))

_PLAIN: dict[str, type] = {"Integer": int, "String": str, "Boolean": bool, "InputFile": tuple}
_TAGS = frozenset(["b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote"])
_TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)(>?)")


class Refused(Exception):
    """An answer with "ok": false."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.body: JSON = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def check_fields(method: str, fields: JSON, form: bool) -> JSON:
    """The fields as values. form: they came as text (a form) and are read as their types say."""
    known = TABLE["methods"].get(method)
    if known is None:
        raise Refused(404, "Not Found: method not found")
    values = {}
    for name, value in fields.items():
        if name not in known:
            raise Refused(400, f"Bad Request: {method} has no field {name}")
        types = known[name]["types"]
        values[name] = _check(_from_form(value, types) if form else value, types, name)
    _required(known, values, method)
    return values


def parse_html(text: str) -> tuple[str, list[JSON]]:
    """(text as shown, entities) of sendMessage's text with parse_mode HTML."""
    shown, units, at = [], 0, 0
    open_tags: list[tuple[str, int]] = []
    entities: list[JSON] = []
    for tag in _TAG.finditer(text):
        run = html.unescape(text[at : tag.start()])
        shown.append(run)
        units += utf16(run)
        at = tag.end()
        closing, name, _, end = tag.groups()
        if not end or name not in _TAGS:
            raise Refused(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{name}"')
        if not closing:
            open_tags.append((name, units))
        elif not open_tags or open_tags[-1][0] != name:
            raise Refused(400, f"Bad Request: can't parse entities: Unmatched end tag, found {name}")
        else:
            kind = {"b": "bold", "i": "italic"}.get(name, name)
            start = open_tags.pop()[1]
            entities.append({"type": kind, "offset": start, "length": units - start})
    if open_tags:
        raise Refused(400, f"Bad Request: can't parse entities: Can't find end tag {open_tags[-1][0]}")
    shown.append(html.unescape(text[at:]))
    return "".join(shown), entities


def check_text(text: str, most: int, empty: str) -> None:
    if empty and not text.strip():
        raise Refused(400, f"Bad Request: {empty}")
    if utf16(text) > most:
        raise Refused(400, "Bad Request: message is too long")


def check_photo(content: bytes) -> None:
    """As Telegram processes it: a PNG or a JPEG of bounded bytes and sides."""
    if not content:
        raise Refused(400, "Bad Request: file must be non-empty")
    if len(content) > 10_000_000:
        raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", content[16:24].ljust(8, b"\0"))
        if width + height > 10_000 or not width or not height or max(width, height) > 20 * min(width, height):
            raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    elif not content.startswith(b"\xff\xd8\xff"):
        raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")


def check_keyboard(markup: JSON) -> None:
    for row in markup["inline_keyboard"]:
        for button in row:
            if not button["text"].strip():
                raise Refused(400, "Bad Request: text buttons are not allowed to be empty")
            if ("url" in button) == ("callback_data" in button):
                raise Refused(400, "Bad Request: exactly one kind of button is allowed")
            if not 1 <= len(button.get("callback_data", "-").encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if not re.match(r"https?://[^\s/]+\.[^\s/]+", button.get("url", "https://o.k")):
                raise Refused(400, "Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Rates:
    """Telegram's published limits. `slack`: the share of a window that a network's jitter may take away."""

    per_second: int = 30
    chat_seconds: float = 1.0
    group_per_minute: int = 20
    slack: float = 0.05


class Meter:
    """Counts messages in sliding windows and refuses what is over the rates."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._windows: dict[object, deque[float]] = defaultdict(deque)

    def take(self, chat: int, now: float) -> None:
        rates = self._rates
        windows: list[tuple[object, int, float]] = [
            ("all", rates.per_second, 1.0),
            (chat, 1, rates.chat_seconds),
        ]
        if chat < 0:
            windows.append((("group", chat), rates.group_per_minute, 60.0))
        for key, most, seconds in windows:
            times = self._windows[key]
            while times and now - times[0] >= seconds * (1 - rates.slack):
                times.popleft()
            if len(times) >= most:
                wait = max(1, math.ceil(times[0] + seconds - now))
                raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for key, _, _ in windows:
            self._windows[key].append(now)


def _from_form(value: Any, types: list[str]) -> Any:
    if not isinstance(value, str) or "String" in types:
        return value
    try:
        return json.loads(value.lower() if types == ["Boolean"] else value)
    except ValueError:
        raise Refused(400, "Bad Request: can't parse a field") from None


def _check(value: Any, types: list[str], name: str) -> Any:
    for kind in types:
        if _fits(value, kind):
            return value
    raise Refused(400, f"Bad Request: field {name} must be {' or '.join(types)}")


def _fits(value: Any, kind: str) -> bool:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return isinstance(value, list) and all(_fits(item, inner) for item in value)
    if kind in _PLAIN:
        return isinstance(value, _PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
    if not isinstance(value, dict):
        return False
    known = TABLE["types"][kind]
    for name, inner_value in value.items():
        if name not in known:
            raise Refused(400, f"Bad Request: {kind} has no field {name}")
        _check(inner_value, known[name]["types"], name)
    _required(known, value, kind)
    return True


def _required(known: JSON, values: JSON, what: str) -> None:
    for name, rule in known.items():
        if rule.get("required") and name not in values:
            raise Refused(400, f"Bad Request: {what} needs {name}")
