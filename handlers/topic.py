"""The document that a private conversation is about just now, for a follow-up; in a group there is no such thing."""

from __future__ import annotations

from collections.abc import Callable

from bot.model import Inbound, Tx
from handlers.context import Context
from knowledge import follow_up
from knowledge.documents import Document

Write = Callable[[Tx], object]


async def last_document(inbound: Inbound, context: Context) -> int | None:
    """The key of the document shown last, where the message may be going on about it."""
    if not inbound.private or follow_up.read(inbound.text) is None:
        return None
    document = await context.db.read(context.recent.recall, inbound.address, "document")
    return int(document["key"]) if document else None


def after_question(
    inbound: Inbound, context: Context, outcome: str, document: Document | None
) -> tuple[Write, ...]:
    """A follow-up that found nothing leaves the conversation where it was; any other question moves it on."""
    if outcome in ("suggest", "none") and follow_up.read(inbound.text):
        return ()
    return now_about(inbound, context, document.key if document else None)


def now_about(inbound: Inbound, context: Context, document: int | None) -> tuple[Write, ...]:
    """What makes the document the one that is talked about; None: from now on it is about none."""
    if not inbound.private:
        return ()

    def note(tx: Tx) -> None:
        if document is None:
            context.recent.forget(tx, inbound.address, "document")
        else:
            context.recent.remember(tx, inbound.address, "document", {"key": document})

    return (note,)
