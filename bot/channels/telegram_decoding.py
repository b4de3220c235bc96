"""Telegram's updates through the library's wire types: who says what to us, and where. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import telegram
from telegram.constants import ChatType

from bot.channels.telegram_format import spans_naming, tidy, without
from bot.channels.telegram_polls import told
from bot.channels.telegram_updates import change_of_chat, conversation, readable, thread_of, unreadable
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

    def wrote(self, message: telegram.Message | None) -> bool:
        return bool(message and message.from_user and str(message.from_user.id) == self.id)


def decode(channel: str, raw: JSON, us: Ourselves) -> Inbound | None:
    """None for what is nothing to us."""
    if found := change_of_chat(channel, raw) or told(channel, raw):
        return found
    update = telegram.Update.de_json(readable(raw))
    if update.callback_query:
        return _press(channel, update.callback_query, thread_of(raw["callback_query"].get("message") or {}))
    if update.message:
        strange = unreadable(raw["message"])
        return _message(channel, update.message, us, thread_of(raw["message"]), strange=strange)
    if update.edited_message and update.edited_message.chat.type == ChatType.PRIVATE:
        # Only words that were changed are a new question; a moving location is edited every few seconds.
        return _message(channel, update.edited_message, us, "", strange=False)
    return None


def _message(
    channel: str, message: telegram.Message, us: Ourselves, thread: str, *, strange: bool
) -> Inbound | None:
    words, entities = message.text or message.caption or "", message.entities or message.caption_entities
    if not (words or strange):
        return None
    group = message.chat.type != ChatType.PRIVATE
    naming = spans_naming(words, ((e.type, e.offset, e.length) for e in entities), us.name)
    if naming is None and group:
        return None  # a command for another bot
    return Inbound(
        Address(channel, conversation(message.chat.id, thread)),
        "text" if words else "other",
        sender="" if message.sender_chat or not message.from_user else str(message.from_user.id),
        text=tidy(without(words, naming or ())),
        private=not group,
        addressed=not group or bool(naming) or us.wrote(message.reply_to_message),
        message_id=str(message.message_id),
        quoted="" if group else _quoted(message.reply_to_message, us),
        thread=thread,
        as_group=message.sender_chat is not None,  # of others, `readable` has left nothing
    )


def _quoted(message: telegram.Message | None, us: Ourselves) -> str:
    return tidy(message.text or message.caption or "") if message and us.wrote(message) else ""


def _press(channel: str, press: telegram.CallbackQuery, thread: str) -> Inbound | None:
    if press.message is None or press.data is None or press.from_user.is_bot:
        return None
    return Inbound(
        Address(channel, conversation(press.message.chat.id, thread)),
        "choice",
        sender=str(press.from_user.id),
        payload=press.data,
        private=press.message.chat.type == ChatType.PRIVATE,
        message_id=str(press.message.message_id),
        press=press.id,
        thread=thread,
    )
