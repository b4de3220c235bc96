"""Groups of the loopback Telegram: who leads them, what the bot may do there, forums with topics."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import telegram_updates as updates
from tests.fakes.telegram_rules import JSON, Refused


@dataclass
class Room:
    """A group as the platform knows it.

    admins     the people who lead it
    members    all of them, with the bot
    bot        the bot's own status: "member", "administrator", "restricted", "left"
    writing    whether ordinary members may write
    polls      whether polls may be sent
    topics     of a forum, those that are open
    """

    title: str = ""
    admins: set[int] = field(default_factory=set)
    members: int = 12
    bot: str = "member"
    writing: bool = True
    polls: bool = True
    topics: set[int] = field(default_factory=set)

    @property
    def bot_writes(self) -> bool:
        return self.bot == "administrator" or (self.bot == "member" and self.writing)


class Rooms:
    def __init__(self, me: JSON) -> None:
        self._me = me
        self._rooms: dict[int, Room] = defaultdict(Room)

    def __getitem__(self, chat: int) -> Room:
        return self._rooms[chat]

    def check(self, chat: int, fields: JSON) -> None:
        """What keeps a message from being taken."""
        room = self._rooms.get(chat)
        if room is None:
            return
        if not room.bot_writes:
            raise Refused(400, "Bad Request: not enough rights to send text messages to the chat")
        if "message_thread_id" in fields and fields["message_thread_id"] not in room.topics:
            raise Refused(400, "Bad Request: message thread not found")

    def answer(self, method: str, chat: int, fields: JSON) -> Any:
        room = self._rooms[chat]
        if method == "getChatMemberCount":
            return room.members
        if method == "getChatAdministrators":
            leading = [_leader(updates.user(person)) for person in sorted(room.admins)]
            return [*leading, *([_leader(self._me)] if room.bot == "administrator" else [])]
        if method == "getChatMember":
            return self._member(room, fields["user_id"])
        return updates.chat(chat) | {
            **({"title": room.title} if room.title else {}),
            "accent_color_id": 3,
            "max_reaction_count": 11,
            "permissions": {"can_send_messages": room.writing},
            **({"is_forum": True} if room.topics else {}),
        }

    def _member(self, room: Room, person: int) -> JSON:
        if person != self._me["id"]:
            # Telegram promises this of others only to administrators.
            raise Refused(400, "Bad Request: member list is inaccessible")
        member: JSON = {"user": self._me, "status": room.bot}
        if room.bot == "administrator":
            return _leader(self._me)
        return member | ({"is_member": True, "can_send_messages": False} if room.bot == "restricted" else {})


def _leader(user: JSON) -> JSON:
    return {
        "user": user,
        "status": "administrator",
        "can_be_edited": False,
        "is_anonymous": False,
        "can_manage_chat": True,
        "a_right_of_2031": True,
    }
