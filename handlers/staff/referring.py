"""Which inquiry a message of a member is about: "#12 …", "trả lời #12: …", or a reply to what we have said of it."""

from __future__ import annotations

import re
import unicodedata

from bot.model import Inbound
from bot.texts import inquiries as texts
from handlers.commands import command
from knowledge.normalise import fold

_NUMBERED = re.compile(
    r"\s*(?:(?:tra loi|tl|cau hoi|cau|so)\s+){0,3}#\s?(\d{1,7})\b[\s:.,;)–-]*", re.IGNORECASE
)
_IN_OURS = re.compile(r"#(\d{1,7})\b")
_CARD = texts.CARD.partition("{")[0]


def is_about(inbound: Inbound) -> bool:
    """Whether a private message names an inquiry: at its beginning, or in the message for staff that it replies to."""
    if not inbound.private or inbound.kind != "text" or command(inbound):
        return False
    return bool(_NUMBERED.match(fold(inbound.text)) or quoted(inbound))


def is_wordless_reply(inbound: Inbound) -> bool:
    """A photo, a voice … in reply to a card."""
    return inbound.private and inbound.kind == "other" and bool(quoted(inbound))


def read(inbound: Inbound) -> tuple[int, str]:
    """The number, and what is said about it."""
    text = unicodedata.normalize("NFC", inbound.text)
    if found := _NUMBERED.match(fold(text)):
        return int(found[1]), text[found.end() :].strip()
    return quoted(inbound), inbound.text.strip()


def quoted(inbound: Inbound) -> int:
    """The number in a message for staff that this one replies to; 0 for none. Citizens have messages with numbers too."""
    found = _IN_OURS.search(inbound.quoted)
    return (
        int(found[1]) if found and (_CARD in inbound.quoted or texts.COMRADE in inbound.quoted.lower()) else 0
    )
