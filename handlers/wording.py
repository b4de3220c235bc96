"""Small pieces of text that several handlers show: how a document is named, dates, a plain reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.model import Choice, Inbound, Part, Text
from bot.texts import chat, linking
from knowledge.candidates import Cited
from knowledge.documents import Document


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


def day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def moment(value: datetime) -> str:
    """ "08:00 ngày 22/12/2024", of a time in the department's own zone."""
    return chat.AT_TIME.format(time=value.strftime("%H:%M"), date=day(value))


def networks(channels: Iterable[str], joined_by: str = linking.AND) -> str:
    """ "Telegram, trang web và Zalo (bot)", as people call them."""
    *first, last = [linking.NETWORKS.get(channel, channel) for channel in channels]
    return joined_by.join((", ".join(first), last)) if first else last


def cited(document: Document | Cited) -> str:
    """ "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"; what is unknown is left out."""
    name = (
        chat.NUMBERED.format(kind=document.kind, number=document.number)
        if document.number
        else document.title
    )
    when = chat.OF_DAY.format(date=day(document.issued_on)) if document.issued_on else ""
    issuer = chat.OF_ISSUER.format(issuer=document.issuer) if document.issuer else ""
    return " ".join(part for part in (name, when, issuer) if part)
