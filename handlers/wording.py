"""Small pieces of text that several handlers show: how a document is named, dates, a plain reply."""

from __future__ import annotations

from collections.abc import Iterable

from bot.audience.department import Department
from bot.errors import InputError
from bot.model import Choice, Inbound, Part, Text
from bot.texts import linking

# How a number and a time are written and a document named: handlers take it from here.
from bot.texts.numbers import counted as counted
from bot.texts.times import day as day
from bot.texts.times import moment as moment
from knowledge.citations import cited as cited
from knowledge.citations import short_name as short_name
from knowledge.triage import Sensitive


def plain(text: str, *choices: Choice, to: Inbound | None = None) -> Text:
    """Words in one style; in a group they answer the message that asked."""
    return Text((Part(text),), choices, reply_to(to))


def reply_to(inbound: Inbound | None) -> str:
    return inbound.message_id if inbound and not inbound.private and inbound.kind == "text" else ""


def brief(text: str, room: int) -> str:
    """The text on one line, cut between words where it is longer than `room` characters."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rpartition(' ')[0] or text[: room - 1]}…"


def sentence(error: InputError) -> str:
    """What is said of a cell in a file, as a sentence of its own."""
    said = str(error)
    return said[:1].upper() + said[1:]


def where_to_turn(concern: Sensitive, department: Department) -> str:
    """What is said instead of an answer to what must go to people."""
    return {
        "complaint": department.complaint_text,
        "denunciation": department.denunciation_text,
        "emergency": department.emergency_text,
    }[concern]


def networks(channels: Iterable[str], joined_by: str = linking.AND) -> str:
    """ "Telegram, trang web và Zalo (bot)", as people call them."""
    *first, last = [linking.NETWORKS.get(channel, channel) for channel in channels]
    return joined_by.join((", ".join(first), last)) if first else last
