"""The Zalo Bot Platform's updates as raw JSON: whose they are and what they say. Pure.

The same update comes wrapped ({"ok": true, "result": {"event_name", "message"}}) or flat, by webhook or by polling.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

from bot.model import JSON, Address, Inbound

NOBODY = "nobody"  # the conversation of events that have none: they are read, and concern nobody

_TEXT = "message.text.received"
_UNSUPPORTED = "message.unsupported.received"
_READ = frozenset(
    [_TEXT, "message.image.received", "message.sticker.received", "message.voice.received", _UNSUPPORTED]
)
_GROUP_ID = "zgr-"  # how the names of groups have begun so far
_GROUP = "group:"  # put before the name of a group that begins otherwise


def unwrapped(body: JSON) -> JSON:
    """The update inside a webhook body or an answer to getUpdates."""
    inner = body.get("result")
    return inner if isinstance(inner, dict) else body


def identify(raw: JSON) -> tuple[str, str]:
    """(message_id, conversation). Raises ValueError when it is no update.

    An update without message_id gets a name from its content: the same one when it is delivered again.
    """
    update = unwrapped(raw)
    event, message = update.get("event_name"), update.get("message")
    if not isinstance(event, str) or not event:
        raise ValueError("not an update of the Zalo Bot Platform: it has no event_name")
    if not isinstance(message, dict):
        return _from_content(event, update), NOBODY
    return _id(message.get("message_id")) or _from_content(event, message), _conversation(event, message)


def decode(channel: str, raw: JSON, mention: re.Pattern[str] | None) -> Inbound | None:
    """What happened; None for what does not concern us. `mention` is taken out of the text, see `mention_of`."""
    update = unwrapped(raw)
    event, message = update["event_name"], update.get("message")
    if event not in _READ or not isinstance(message, dict) or _sent_by_bot(message):
        return None
    private = not _in_group(message)
    words = _words(message, "text") or _words(message, "caption")
    if not (private or words):
        return None  # whatever it is that came without words, a group is not told that we cannot read it
    return Inbound(
        Address(channel, _conversation(event, message)),
        "text" if words else "other",
        sender=_id(_inside(message, "from").get("id")),
        text=_without(words, mention),
        private=private,
        addressed=True,  # of a group the platform delivers only what mentions us or answers us
        message_id=_id(message.get("message_id")),
    )


def chat_id(conversation: str) -> str:
    """The platform's name of a conversation."""
    return conversation.removeprefix(_GROUP)


def is_group(conversation: str) -> bool:
    return conversation.startswith((_GROUP_ID, _GROUP))


def mention_of(name: str) -> re.Pattern[str] | None:
    """Finds "@Bot Hỏi Đáp", however it is spaced and whatever its case; None for no name."""
    words = tidy(name).strip().removeprefix("@").split()
    if not words:
        return None
    return re.compile("@" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)


def tidy(text: str) -> str:
    """NFC; half characters, which no database takes, become U+FFFD."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", whole)


def _conversation(event: str, message: JSON) -> str:
    name = _id(_inside(message, "chat").get("id"))
    if not name:
        if event in _READ:
            raise ValueError("an update that names no chat")
        return NOBODY
    return _GROUP + name if _in_group(message) and not name.startswith(_GROUP_ID) else name


def _in_group(message: JSON) -> bool:
    """By chat_type; where that is missing, a private chat is named after the person."""
    chat = _inside(message, "chat")
    kind, name = chat.get("chat_type"), _id(chat.get("id"))
    if isinstance(kind, str) and kind:
        return kind.upper() == "GROUP"
    return name.startswith(_GROUP_ID) or name != _id(_inside(message, "from").get("id"))


def _sent_by_bot(message: JSON) -> bool:
    return str(_inside(message, "from").get("is_bot")).lower() in ("true", "1")


def _words(message: JSON, field: str) -> str:
    words = message.get(field)
    return tidy(words) if isinstance(words, str) and words.strip() else ""


def _without(words: str, mention: re.Pattern[str] | None) -> str:
    if mention is None or not mention.search(words):
        return words
    return re.sub(r"[^\S\n]{2,}", " ", mention.sub(" ", words)).strip().lstrip(",:; ")


def _id(value: Any) -> str:
    """Ids are strings; some senders make numbers of them. Anything else is none."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    return ""


def _inside(message: JSON, field: str) -> JSON:
    value = message.get(field)
    return value if isinstance(value, dict) else {}


def _from_content(event: str, content: JSON) -> str:
    # Not the whole content: the addresses of pictures may be signed anew for each delivery.
    sender, chat = _inside(content, "from").get("id"), _inside(content, "chat").get("id")
    named = [event, content.get("date"), sender, chat, content.get("text"), content.get("caption")]
    return "content-" + hashlib.sha256(json.dumps(named, default=str).encode()).hexdigest()[:32]
