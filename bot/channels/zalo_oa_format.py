"""Replies as Zalo OA's messages: words and buttons, files as addresses. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

from bot.errors import SendError
from bot.model import JSON, Choice, File, Part, Picture, Text


def message_of(text: Text, carry: Callable[[str], str]) -> JSON:
    """carry  what the button of a payload carries. Raises SendError for a message without words."""
    words = unicodedata.normalize("NFC", text.plain)
    if not words.strip():
        raise SendError("Zalo OA takes no message without words", retryable=False)
    if not text.choices:
        return {"text": words}
    buttons = [_button(choice, carry) for choice in text.choices]
    return {"text": words, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def linked(file: File, public_url: str, title: str) -> Text:
    """A file as its address: uploads are counted, small, and gone after a week. title  of the button; "": no buttons"""
    address = f"{public_url}/{quote(file.reference)}"
    words = file.caption or file.name
    if title:
        return Text((Part(words),), (Choice(title, url=address),))
    return Text((Part(f"{words}\n{address}"),))


def picture_of(picture: Picture, public_url: str) -> JSON:
    """A picture with words; its choices stand in them as numbered lines."""
    element = {"media_type": "image", "url": f"{public_url}/{quote(picture.reference)}"}
    media = {"template_type": "media", "elements": [element]}
    words = unicodedata.normalize("NFC", picture.caption)
    return {
        **({"text": words} if words.strip() else {}),
        "attachment": {"type": "template", "payload": media},
    }


def short(key: str) -> str:
    """A name of a message that fits into its buttons."""
    return re.sub(r"[^0-9a-z]", "", key.lower())[-16:]


def _button(choice: Choice, carry: Callable[[str], str]) -> JSON:
    title = unicodedata.normalize("NFC", choice.label)
    if choice.url:
        return {"title": title, "type": "oa.open.url", "payload": {"url": choice.url}}
    return {"title": title, "type": "oa.query.hide", "payload": carry(choice.payload)}
