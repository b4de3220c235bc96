"""What a reply shows, counted in the transaction that sends it: for each document and entry, never for a person."""

from __future__ import annotations

from collections.abc import Callable

from bot.model import Address, Inbound, Tx
from handlers.context import Context
from knowledge import interest, question_log, usage
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.wordings import Question

Write = Callable[[Tx], object]


def viewed(document: int, context: Context) -> Write:
    today = context.today
    return lambda tx: usage.count_view(tx, document, today)


def downloaded(document: int, context: Context) -> Write:
    today = context.today
    return lambda tx: usage.count_download(tx, document, today)


def answered(entry: int, context: Context) -> Write:
    today = context.today
    return lambda tx: usage.count_answer(tx, entry, today)


def asked_about(inbound: Inbound, context: Context, entry: Entry | None, document: Document | None) -> Write:
    """One more person who wants to know about the topics of what was shown; in a day each person is counted once."""
    own = (entry.topic,) if entry and entry.topic else ()
    now, today = context.clock.now(), context.today
    topics = own or (document.topics if document else ())
    marked = [(topic, _mark(inbound, context, f"topic:{topic}")) for topic in topics]
    return lambda tx: interest.count_topics(tx, marked, now, today)


def unanswered(inbound: Inbound, context: Context, question: Question) -> Write:
    """One more person whose question found no answer."""
    now, today = context.clock.now(), context.today
    mark = _mark(inbound, context, "unanswered")
    return lambda tx: interest.count_unanswered(tx, question, mark, now, today)


def _mark(inbound: Inbound, context: Context, subject: str) -> bytes:
    sender = Address(inbound.address.channel, inbound.sender)
    return question_log.subject_mark(context.day_key(context.today), sender, subject)
