"""Replies as bytes and back: the form in which an outbox row keeps what it will send."""

from __future__ import annotations

import json
from typing import Any

from bot.model import Choice, File, Part, Reply, Text


def to_bytes(reply: Reply) -> bytes:
    return json.dumps(_to_json(reply), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def from_bytes(data: bytes) -> Reply:
    return _from_json(json.loads(data))


def _to_json(reply: Reply) -> dict[str, Any]:
    if isinstance(reply, File):
        return {
            "file": reply.reference,
            "name": reply.name,
            "type": reply.media_type,
            "caption": reply.caption,
        }
    return {
        "parts": [[part.text, part.style] for part in reply.parts],
        "choices": [[choice.label, choice.payload, choice.url] for choice in reply.choices],
        "reply_to": reply.reply_to,
    }


def _from_json(data: dict[str, Any]) -> Reply:
    if "file" in data:
        return File(data["name"], data["type"], data["file"], data["caption"])
    return Text(
        tuple(Part(text, style) for text, style in data["parts"]),
        tuple(Choice(label, payload, url) for label, payload, url in data["choices"]),
        data["reply_to"],
    )
