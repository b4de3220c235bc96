"""How people say it: what somebody typed before they picked a suggestion teaches the knowledge base, without who it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.model import Address, Inbound, Tx
from handlers.context import Context
from knowledge import follow_up, learning, question_log
from knowledge.answering import Finding
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.wordings import same

PICKED_WITHIN = timedelta(minutes=10)  # later somebody may press it for any reason

Write = Callable[[Tx], object]


def teaches(text: str, finding: Finding) -> bool:
    """Whether the wording says by itself what is meant; "còn kinh phí?" does not, and an unknown number may be a slip."""
    return not (finding.about or finding.unknown_document or follow_up.read(text))


async def picked(
    inbound: Inbound, context: Context, entry: Entry, document: Document | None, token: str
) -> tuple[Write, ...]:
    """Counts that this entry was what somebody meant; `token` names what they had typed, in its conversation."""
    now, today = context.clock.now(), context.today
    typed = await context.db.read(context.drafts.find, inbound.address, token, PICKED_WITHIN)
    if typed is None:
        return ()
    text = str(typed["text"])
    sender = Address(inbound.address.channel, inbound.sender)
    mark = question_log.subject_mark(context.day_key(today), sender, f"pick:{entry.key}:{same(text)}")
    return (lambda tx: learning.pick(tx, entry, document, text, mark, now, today),)
