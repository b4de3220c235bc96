"""A private text that has just been asked for: it is no question of its own."""

from __future__ import annotations

from bot.model import JSON, Inbound, Outcome, Tx
from handlers import asking_officer, talks
from handlers.context import Context, Handler


def unless_expected(handle: Handler) -> Handler:
    """The handler, for texts that neither an officer is to get nor a talk has asked for."""

    async def handle_unexpected(inbound: Inbound, context: Context) -> Outcome:
        if not inbound.private:
            return await handle(inbound, context)
        for_officer, about_talk = await context.db.read(_expected, inbound, context)
        if for_officer:
            return await asking_officer.take(inbound, context)
        answered = await talks.answer(inbound, context, about_talk) if about_talk else None
        return answered or await handle(inbound, context)

    return handle_unexpected


def _expected(tx: Tx, inbound: Inbound, context: Context) -> tuple[bool, JSON | None]:
    """Everything that may wait for a text, in one read: every question that people type passes here."""
    return asking_officer.awaited(tx, inbound, context), talks.asked(tx, inbound, context)
