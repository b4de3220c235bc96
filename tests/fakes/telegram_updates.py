"""Updates as Telegram writes them. Pure."""

from __future__ import annotations

import re
import time
from itertools import count
from typing import Any

from tests.fakes.telegram_rules import utf16

JSON = dict[str, Any]

_NAMED = re.compile(r"(?<!\S)/\w{1,32}(?:@\w+)?|(?<!\w)@\w{4,32}")
_presses = count(4_000_000_000_000_000_001)


def chat(chat_id: int) -> JSON:
    if chat_id > 0:
        return {"id": chat_id, "first_name": f"Người {chat_id}", "type": "private"}
    kind = "supergroup" if str(chat_id).startswith("-100") else "group"
    return {"id": chat_id, "title": f"Nhóm {-chat_id}", "type": kind}


def user(user_id: int) -> JSON:
    return {"id": user_id, "is_bot": False, "first_name": f"Người {user_id}", "language_code": "vi"}


def entities(text: str) -> list[JSON]:
    """The commands and mentions that the platform finds in a text, in UTF-16 units."""
    return [
        {
            "type": "bot_command" if found[0].startswith("/") else "mention",
            "offset": utf16(text[: found.start()]),
            "length": utf16(found[0]),
        }
        for found in _NAMED.finditer(text)
    ]


def message(message_id: int, chat_id: int, user_id: int, content: JSON) -> JSON:
    made: JSON = {
        "message_id": message_id,
        "from": user(user_id),
        "chat": chat(chat_id),
        "date": int(time.time()),
    }
    for words, runs in (("text", "entities"), ("caption", "caption_entities")):
        if words in content and (found := entities(content[words])):
            made[runs] = found
    return made | content


def in_topic(chat_id: int, thread: int) -> JSON:
    """The fields of a message in a topic of a forum: one that answers nothing answers the topic's beginning."""
    beginning = {
        "message_id": thread,
        "from": user(501),
        "chat": chat(chat_id),
        "date": 1,
        "forum_topic_created": {"name": "Thông báo", "icon_color": 7322096},
    }
    return {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": beginning}


def own_message(message_id: int, chat_id: int, text: str, me: JSON) -> JSON:
    return {
        "message_id": message_id,
        "from": {name: me[name] for name in ("id", "is_bot", "first_name", "username")},
        "chat": chat(chat_id),
        "date": int(time.time()),
        "text": text,
    }


def press(chat_id: int, message_id: int, data: str, user_id: int, me: JSON) -> JSON:
    return {
        "id": str(next(_presses)),
        "from": user(user_id),
        "message": own_message(message_id, chat_id, "…", me),
        "chat_instance": "-1234567890123456789",
        "data": data,
    }


def membership(chat_id: int, me: JSON, before: str, after: str, user_id: int | None = None) -> JSON:
    def member(status: str) -> JSON:
        more: dict[str, JSON] = {"kicked": {"until_date": 0}, "restricted": {"is_member": True}}
        return {"user": me, "status": status, **more.get(status, {})}

    return {
        "chat": chat(chat_id),
        "from": user(user_id or abs(chat_id)),
        "date": int(time.time()),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
