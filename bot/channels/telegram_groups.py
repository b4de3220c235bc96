"""What Telegram tells about a group, read from raw JSON: who leads it, what we may do there. Pure.

Raw, because the wire types of members demand every right by name, and Telegram adds rights every year.
"""

from __future__ import annotations

from typing import Any

from bot.model import JSON, GroupFacts

_LEAD = ("creator", "administrator")


def leads(administrators: list[Any], person: str) -> bool:
    """Whether this person is among those whom getChatAdministrators names. The method is sure to know all of them;
    getChatMember is, about others, only where we are an administrator ourselves."""
    return any(
        isinstance(one, dict) and one.get("status") in _LEAD and str(_inside(one, "user").get("id")) == person
        for one in administrators
    )


def facts(chat: JSON, own: JSON, members: int, *, reads_all: bool) -> GroupFacts:
    """chat       of getChat
    own        of getChatMember, about ourselves
    reads_all  getMe: whether @BotFather has switched privacy mode off
    """
    status = own.get("status")
    may_all = bool(_inside(chat, "permissions").get("can_send_messages", True))
    can_write = {
        "administrator": True,
        "creator": True,
        "restricted": bool(own.get("is_member")) and bool(own.get("can_send_messages")),
    }.get(str(status), may_all)
    title = chat.get("title")
    return GroupFacts(
        title if isinstance(title, str) else "",
        max(members - 1, 0),  # without ourselves
        can_read=reads_all or status == "administrator",
        can_write=can_write,
    )


def _inside(value: JSON, name: str) -> JSON:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}
