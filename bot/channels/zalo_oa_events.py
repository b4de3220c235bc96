"""Zalo OA webhook bodies: whose they are, what they are called, what they mean. Pure.

A pressed button comes back as a text: its payload. What we send is signed for its recipient, so that typing cannot press.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import Any

from bot.model import JSON, Address, GroupFacts, Inbound

GROUP = "group/"  # before a group's id: a conversation that starts like this has many people in it
NOBODY = "events"  # the conversation of events that concern no person; they are stored and ignored

_FROM_PERSON = re.compile(r"user_send_(?!group_)\w+")
_FROM_GROUP = re.compile(r"user_send_group_\w+")
_MENTION = re.compile(r"\[@([^\]\s]{0,64})\]")
_PRESS = re.compile(r"#([ -~]{0,64})\.([0-9a-z]{0,16})\.([0-9a-f]{24})")
_NUMBER = re.compile(r"\d{1,3}[.)]?", re.ASCII)
# The second of them tells of groups that were there before us.
_GROUP_STARTS, _GROUP_ENDS = ("create_group", "user_join_group"), ("delete_group",)


class Presses:
    """Makes what a button carries, and recognises it when it comes back from the one person that it was made for."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def close(self, payload: str, person: str, message: str) -> str:
        """message  a short name of the message that has the button: 0-9 a-z, at most 16"""
        return f"#{payload}.{message}.{self._mark(payload, person, message)}"

    def open(self, text: str, person: str) -> tuple[str, str] | None:
        """(payload, message) of a pressed button; payload "" when nobody gave it to this person; None: an ordinary text."""
        found = _PRESS.fullmatch(text.strip())
        if not found:
            return None
        payload, message, mark = found.groups()
        proven = hmac.compare_digest(mark, self._mark(payload, person, message))
        return (payload if proven else "", message)

    def _mark(self, payload: str, person: str, message: str) -> str:
        said = f"zalo-oa press\n{person}\n{message}\n{payload}".encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()[:24]


def identify(raw: JSON) -> tuple[str, str]:
    """(external id, conversation). Raises ValueError when it is no event."""
    event = raw.get("event_name")
    if not isinstance(event, str) or not event:
        raise ValueError("an event without a name")
    conversation = _conversation(event, raw)
    if event.startswith(("user_send_", "oa_send_")) and (message := message_id(raw)):
        return message, conversation
    # Reactions and receipts name somebody else's message: under its name they would hide it.
    when, who = _id(raw.get("timestamp")), _person(raw) or conversation
    return f"{event}/{when}/{who}/{message_id(raw)}", conversation


def decode(channel: str, raw: JSON, presses: Presses, own_names: frozenset[str]) -> Inbound | None:
    """What happened; None for what does not concern us, and for every event that we do not know.

    own_names  the OA's id and display name, case-folded: what mentions it in a group
    """
    event = raw["event_name"]
    address = Address(channel, _conversation(event, raw))
    if address.conversation == NOBODY:
        return None
    if _FROM_GROUP.fullmatch(event):
        return _in_group(address, raw, own_names)
    if _FROM_PERSON.fullmatch(event):
        return _in_private(address, raw, presses)
    if event == "follow":
        return Inbound(address, "text", sender=address.conversation, text="/start")
    if event == "unfollow":
        return Inbound(address, "stopped", sender=address.conversation)
    if event in (*_GROUP_STARTS, *_GROUP_ENDS):
        kind: Any = "joined" if event in _GROUP_STARTS else "stopped"
        return Inbound(address, kind, private=False)
    return None


def group_facts(answer: JSON) -> GroupFacts:
    """What getgroup says of a group; every message of it is delivered to us, whoever it was said to."""
    info = _part(answer, "group_info")
    members, name = info.get("total_member"), info.get("name")
    count = int(members) if isinstance(members, int | str) and str(members).isdigit() else None
    return GroupFacts(
        unicodedata.normalize("NFC", name) if isinstance(name, str) else "",
        count,
        can_read=True,
        can_write=info.get("status") != "disabled",
    )


def message_id(raw: JSON) -> str:
    return _id(_part(raw, "message").get("msg_id"))


def _in_private(address: Address, raw: JSON, presses: Presses) -> Inbound:
    person, words, message = address.conversation, _text(raw), message_id(raw)
    pressed = presses.open(words, person)
    if pressed is not None:
        payload, shown_in = pressed
        press = message or "press"
        return Inbound(address, "choice", sender=person, payload=payload, message_id=shown_in, press=press)
    kind: Any = "text" if _says_something(raw, words) else "other"
    return Inbound(address, kind, sender=person, text=words, message_id=message)


def _in_group(address: Address, raw: JSON, own_names: frozenset[str]) -> Inbound:
    words = _text(raw)
    stripped, mentioned = _without_mentions(words, own_names)
    kind: Any = "text" if _says_something(raw, words) else "other"
    return Inbound(
        address,
        kind,
        sender=_id(_part(raw, "sender").get("id")),
        text=stripped,
        private=False,
        addressed=mentioned or stripped.startswith("/") or _answers_us(raw, stripped, own_names),
        message_id=message_id(raw),
    )


def _answers_us(raw: JSON, words: str, own_names: frozenset[str]) -> bool:
    """Whether it quotes a message of ours. Where nobody says whose it is, a lone number is taken for a choice of ours."""
    message = _part(raw, "message")
    quoted = _part(message, "quote_msg")
    if author := _id(_part(quoted, "sender").get("id")):
        return author in own_names
    quotes = _id(quoted.get("msg_id")) or _id(message.get("quote_msg_id"))
    return bool(quotes and _NUMBER.fullmatch(words))


def _without_mentions(words: str, own_names: frozenset[str]) -> tuple[str, bool]:
    """The words without "[@id]" of anybody and "@Name" of ours; and whether one of them was ours."""
    mentioned = any(name.casefold() in own_names for name in _MENTION.findall(words))
    stripped = _MENTION.sub(" ", words)
    for name in sorted(own_names, key=len, reverse=True):
        stripped, found = re.subn(rf"(?<!\w)@{re.escape(name)}(?!\w)", " ", stripped, flags=re.IGNORECASE)
        mentioned = mentioned or found > 0
    return (re.sub(r"[ \t]+", " ", stripped).strip() if stripped != words else words), mentioned


def _says_something(raw: JSON, words: str) -> bool:
    return bool(words.strip()) or raw["event_name"] in ("user_send_text", "user_send_group_text")


def _conversation(event: str, raw: JSON) -> str:
    if "_group_" in event or event.endswith("_group"):
        group = _group(raw)
        return f"{GROUP}{group}" if group else NOBODY
    if event.startswith("anonymous_"):
        return NOBODY  # somebody without an account: nothing can be sent to them
    if event.startswith("oa_"):
        return _id(_part(raw, "recipient").get("id")) or NOBODY
    return _person(raw) or NOBODY


def _group(raw: JSON) -> str:
    """Sources differ about where it stands."""
    recipient = _part(raw, "recipient")
    places = (
        recipient.get("group_id"),
        raw.get("group_id"),
        recipient.get("id") if "_send_group_" in str(raw.get("event_name")) else None,
        _part(raw, "message").get("conversation_id"),
    )
    return next((found for place in places if (found := _id(place))), "")


def _person(raw: JSON) -> str:
    places = (_part(raw, "sender").get("id"), _part(raw, "follower").get("id"), raw.get("user_id"))
    return next((found for place in places if (found := _id(place))), "")


def _text(raw: JSON) -> str:
    """NFC; halves of characters, which no database takes, become U+FFFD."""
    text = _part(raw, "message").get("text")
    whole = (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(text, str) else ""
    )
    return unicodedata.normalize("NFC", whole)


def _part(raw: JSON, name: str) -> JSON:
    part = raw.get(name)
    return part if isinstance(part, dict) else {}


def _id(value: object) -> str:
    """Ids are strings; where a number comes, it is the same id."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()
