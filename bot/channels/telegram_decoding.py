"""Telegram's updates as raw JSON: who says what to us, and where. Pure.

Raw, because only a few fields matter: the library's wire types demand those that an older API server leaves out, fail at
those of a newer one, and take longer to make than the answer to a question that has been asked before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.channels.telegram_format import spans_naming, tidy, without
from bot.channels.telegram_polls import told
from bot.channels.telegram_updates import change_of_chat, conversation, from_person, thread_of, unreadable
from bot.errors import SendError
from bot.model import JSON, Address, Inbound


@dataclass(slots=True)
class Ourselves:
    """username  casefolded, without "@"; "" until getMe has told it"""

    id: str
    username: str = ""

    def name(self) -> str:
        if not self.username:
            raise SendError("Telegram has not yet told us our name", retryable=True, scope="channel")
        return self.username

    def wrote(self, message: JSON) -> bool:
        return bool(message.get("from")) and str(message["from"]["id"]) == self.id


def decode(channel: str, raw: JSON, us: Ourselves) -> Inbound | None:
    """None for what is nothing to us."""
    if found := change_of_chat(channel, raw) or told(channel, raw):
        return found
    if press := raw.get("callback_query"):
        return _press(channel, press)
    if (message := raw.get("message")) and from_person(message):
        return _message(channel, message, us, thread_of(message), strange=unreadable(message))
    edited = raw.get("edited_message")
    if edited and from_person(edited) and edited["chat"]["type"] == "private":
        # Only words that were changed are a new question; a moving location is edited every few seconds.
        return _message(channel, edited, us, "", strange=False)
    return None


def _message(channel: str, message: JSON, us: Ourselves, thread: str, *, strange: bool) -> Inbound | None:
    words, chat, answered = _words(message), message["chat"], message.get("reply_to_message") or {}
    if not (words or strange):
        return None
    group = chat["type"] != "private"
    naming = spans_naming(words, _entities(message), us.name)
    if naming is None and group:
        return None  # a command for another bot
    as_group = bool(message.get("sender_chat"))  # of others, `from_person` has said no
    return Inbound(
        Address(channel, conversation(chat["id"], thread)),
        "text" if words else "other",
        sender="" if as_group or not message.get("from") else str(message["from"]["id"]),
        text=tidy(without(words, naming or ())),
        private=not group,
        addressed=not group or bool(naming) or us.wrote(answered),
        message_id=str(message["message_id"]),
        quoted=tidy(_words(answered)) if us.wrote(answered) and not group else "",
        thread=thread,
        as_group=as_group,
    )


def _words(message: JSON) -> str:
    return message.get("text") or message.get("caption") or ""


def _entities(message: JSON) -> list[tuple[str, int, int]]:
    found: list[Any] = message.get("entities") or message.get("caption_entities") or []
    return [(each["type"], each["offset"], each["length"]) for each in found]


def _press(channel: str, press: JSON) -> Inbound | None:
    message = press.get("message")
    if not message or press.get("data") is None or press["from"].get("is_bot"):
        return None
    thread = thread_of(message)
    return Inbound(
        Address(channel, conversation(message["chat"]["id"], thread)),
        "choice",
        sender=str(press["from"]["id"]),
        payload=press["data"],
        private=message["chat"]["type"] == "private",
        message_id=str(message["message_id"]),
        press=press["id"],
        thread=thread,
    )
