"""Texts on Telegram's wire: HTML and keyboards out, UTF-16 offsets in. Pure, plain JSON."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from bot.errors import SendError
from bot.model import JSON, Address, Choice, Part, Picture, Text

_STYLES = {"plain": "{}", "bold": "<b>{}</b>", "italic": "<i>{}</i>"}
_SHORT_LABEL = 12  # code points: "👍 Hữu ích" and "👎 Chưa tốt" stand side by side
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+")
_ROW = 2  # of these, so that a narrow phone shows them whole


def where(to: Address) -> JSON:
    """The fields that say where a message goes: the chat, and the topic of a forum. Raises SendError."""
    chat, _, thread = to.conversation.partition("/")
    try:
        return {"chat_id": int(chat)} | ({"message_thread_id": int(thread)} if thread else {})
    except ValueError:
        raise SendError("not the name of a Telegram chat", retryable=False) from None


def message_fields(reply: Text) -> JSON:
    """The fields of sendMessage, without the chat. Texts of parts are escaped; link previews are off."""
    fields: JSON = {
        "text": _html(reply.parts),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if rows := keyboard(reply.choices):
        fields["reply_markup"] = {"inline_keyboard": rows}
    if reply.reply_to:
        # The message may have been deleted since: the answer is still worth having.
        fields["reply_parameters"] = {
            "message_id": int(reply.reply_to),
            "allow_sending_without_reply": True,
        }
    return fields


def picture_fields(picture: Picture) -> JSON:
    """The fields of sendPhoto, without the chat and the photo."""
    fields: JSON = {"caption": picture.caption} if picture.caption else {}
    if rows := keyboard(picture.choices):
        fields["reply_markup"] = {"inline_keyboard": rows}
    return fields


def keyboard(choices: Sequence[Choice]) -> list[list[JSON]]:
    """One button in a row; neighbours with very short labels share one. An address that Telegram would not take is
    left out: it would refuse the whole message for it."""
    rows: list[list[JSON]] = []
    shown = [choice for choice in choices if not choice.url or _ADDRESS.match(choice.url)]
    for short, run in groupby(shown, key=lambda choice: len(choice.label) <= _SHORT_LABEL):
        buttons = [_button(choice) for choice in run]
        width = _ROW if short else 1
        rows += [buttons[at : at + width] for at in range(0, len(buttons), width)]
    return rows


def spans_naming(
    text: str, entities: Iterable[tuple[str, int, int]], own_name: Callable[[], str]
) -> list[tuple[int, int]] | None:
    """The (offset, length) spans that only say that we are meant: a mention, the tail of "/help@our_bot" (of length 0
    when the command names nobody). None for a command to another bot.

    entities  (type, offset, length), counted in UTF-16 units
    own_name  our user name, casefolded, without "@"; asked for only where somebody is named
    """
    spans = []
    for kind, offset, length in entities:
        command, at, named = _span(text, offset, length).casefold().partition("@")
        if kind == "mention" and named == own_name():
            spans.append((offset, length))
        elif kind == "bot_command" and offset == 0:
            if at and named != own_name():
                return None
            spans.append((len(command), len(at + named)))
    return spans


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` without these (offset, length) spans of UTF-16 units, and without the gaps they leave."""
    spans = sorted((span for span in spans if span[1]), reverse=True)
    if not spans:
        return text
    data = _to_utf16(text)
    for offset, length in spans:
        data = data[: 2 * max(offset, 0)] + data[2 * max(offset + length, 0) :]
    return re.sub(r"[^\S\n]{2,}", " ", _from_utf16(data)).strip().lstrip(",:; ")


def tidy(text: str) -> str:
    """NFC; half characters, which no database takes, become U+FFFD."""
    return unicodedata.normalize("NFC", _from_utf16(_to_utf16(text)))


def _html(parts: Sequence[Part]) -> str:
    return "".join(_STYLES[part.style].format(html.escape(part.text, quote=False)) for part in parts)


def _span(text: str, offset: int, length: int) -> str:
    return _from_utf16(_to_utf16(text)[2 * max(offset, 0) : 2 * max(offset + length, 0)])


def _button(choice: Choice) -> JSON:
    if choice.url:
        return {"text": choice.label, "url": choice.url}
    return {"text": choice.label, "callback_data": choice.payload}


def _to_utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _from_utf16(data: bytes) -> str:
    return data.decode("utf-16-le", "replace")
