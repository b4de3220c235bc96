"""Telegram's updates as raw JSON: whose they are, what of them may be decoded, who let us in or out. Pure."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram_polls import conversation_of
from bot.model import JSON, Address, Inbound

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "poll")

# Content that nobody can read as words. Everything else without text is a notice ("… pinned a message").
_UNREADABLE = frozenset(
    [
        *("animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "location"),
        *(
            "paid_media",
            "photo",
            "poll",
            "rich_message",
            "sticker",
            "story",
            "venue",
            "video",
            "video_note",
            "voice",
        ),
    ]
)


def identify(raw: JSON) -> tuple[str, str]:
    """(update_id, conversation or "-"). Raises ValueError when it is no update."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError("not a Telegram update: it has no update_id")
    event: Any = next((raw[kind] for kind in KINDS if isinstance(raw.get(kind), dict)), {})
    for place in (event, event.get("message")):
        if isinstance(place, dict) and isinstance(place.get("chat"), dict) and "id" in place["chat"]:
            return str(number), conversation(place["chat"]["id"], thread_of(place))
    return str(number), conversation_of(raw.get("poll")) or "-"


def conversation(chat: object, thread: str) -> str:
    """ "-100123", or "-100123/45" in a topic of a forum."""
    return f"{chat}/{thread}" if thread else str(chat)


def thread_of(message: JSON) -> str:
    """The topic of a forum that a message stands in; "" in General, and in chains of replies, which are none."""
    thread, chat = message.get("message_thread_id"), message.get("chat")
    if not (message.get("is_topic_message") and isinstance(thread, int)):
        return ""
    private = isinstance(chat, dict) and chat.get("type") == "private"
    return (
        "" if private else str(thread)
    )  # a private chat may have topics too: they are one person's all the same


def unreadable(message: JSON) -> bool:
    """Whether a message holds a picture, a voice … rather than being a mere notice."""
    return not _UNREADABLE.isdisjoint(message)


def from_person(message: JSON) -> bool:
    """Not a channel, a bot, or a post that a channel passes on; an administrator hidden behind the group is a person."""
    chat, behind, sender = message["chat"], message.get("sender_chat"), message.get("from") or {}
    if chat["type"] == "channel" or message.get("is_automatic_forward"):
        return False
    if behind:
        return bool(behind["id"] == chat["id"])
    return not sender.get("is_bot")


def change_of_chat(channel: str, raw: JSON) -> Inbound | None:
    """ "moved", "joined", "stopped" or "rights", where the update says so."""
    message, change = raw.get("message"), raw.get("my_chat_member")
    if isinstance(message, dict) and message.get("migrate_to_chat_id"):
        address = Address(channel, str(message["chat"]["id"]))
        return Inbound(address, "moved", private=False, moved_to=str(message["migrate_to_chat_id"]))
    return _membership(channel, change) if isinstance(change, dict) else None


def _membership(channel: str, change: JSON) -> Inbound | None:
    chat = change["chat"]
    before, after = _belongs(change["old_chat_member"]), _belongs(change["new_chat_member"])
    private = chat["type"] == "private"
    address, sender = Address(channel, str(chat["id"])), str(change["from"]["id"])
    if chat["type"] == "channel" or (before == after and (private or not after)):
        return None
    if before == after:
        return Inbound(address, "rights", sender=sender, private=False)
    if after and private:
        return None  # unblocked: the person writes when there is something to say
    if not after:
        return Inbound(address, "stopped", sender=sender, private=private)
    return Inbound(address, "joined", sender=sender, private=False, title=str(chat.get("title") or ""))


def _belongs(member: JSON) -> bool:
    if member["status"] == "restricted":
        return bool(member.get("is_member"))
    return member["status"] not in ("left", "kicked")
