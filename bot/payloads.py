"""Replies as bytes and back: the form in which an outbox row keeps what it will send."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from bot.model import JSON, Choice, Edit, File, Part, Picture, Poll, Reply, StopPoll, Text


def to_bytes(reply: Reply) -> bytes:
    return json.dumps(_to_json(reply), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def from_bytes(data: bytes) -> Reply:
    return _from_json(json.loads(data))


def _to_json(reply: Reply) -> JSON:
    match reply:
        case Edit():
            return {"edit": reply.cause, "message": reply.message, "text": _to_json(reply.text)}
        case File():
            return {"file": reply.reference, **_described(reply)}
        case Picture():
            more = {"alt": reply.alt, "choices": _choices(reply.choices)}
            return {"picture": reply.reference, **_described(reply), **more}
        case Poll():
            return {"poll": _poll(reply)}
        case StopPoll():
            return {"stop": reply.message}
        case Text():
            return {
                "parts": [[part.text, part.style] for part in reply.parts],
                "choices": _choices(reply.choices),
                "reply_to": reply.reply_to,
            }


def _from_json(data: JSON) -> Reply:
    if "edit" in data:
        return Edit(data["edit"], _text(data["text"]), data.get("message", ""))
    if "file" in data:
        return File(data["name"], data["type"], data["file"], data["caption"])
    if "picture" in data:
        choices = _choices_from(data["choices"])
        return Picture(data["name"], data["type"], data["picture"], data["caption"], data["alt"], choices)
    if "poll" in data:
        return _poll_from(data["poll"])
    if "stop" in data:
        return StopPoll(data["stop"])
    return _text(data)


def _poll(poll: Poll) -> JSON:
    return asdict(poll) | {"ends": poll.ends.isoformat() if poll.ends else None}


def _poll_from(data: JSON) -> Poll:
    ends = datetime.fromisoformat(data["ends"]) if data["ends"] else None
    return Poll(**{**data, "options": tuple(data["options"]), "ends": ends})


def _text(data: JSON) -> Text:
    parts = tuple(Part(text, style) for text, style in data["parts"])
    return Text(parts, _choices_from(data["choices"]), data["reply_to"])


def _described(reply: File | Picture) -> JSON:
    return {"name": reply.name, "type": reply.media_type, "caption": reply.caption}


def _choices(choices: Sequence[Choice]) -> list[list[str]]:
    return [[choice.label, choice.payload, choice.url] for choice in choices]


def _choices_from(data: list[list[str]]) -> tuple[Choice, ...]:
    return tuple(Choice(label, payload, url) for label, payload, url in data)
