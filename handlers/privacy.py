"""/riengtu says what is kept, /xoadulieu deletes it at once and says what it was."""

from __future__ import annotations

from bot.model import Inbound, Outcome, Tx, say
from bot.texts import chat
from handlers.context import Context, Kept
from handlers.wording import plain


async def privacy(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(chat.PRIVACY.format(organisation=context.organisation), to=inbound))


async def erase(inbound: Inbound, context: Context) -> Outcome:
    """In a group only the sender's own row goes: the group's messages are not one person's to delete."""
    kept = await context.db.read(context.kept, inbound.address, inbound.sender)

    def forget(tx: Tx) -> None:
        context.erase(tx, inbound.address, inbound.sender)

    items = _items(kept)
    said = chat.ERASED.format(items="\n".join(items)) if items else chat.ERASED_NOTHING
    return say(inbound.address, plain(f"{said}\n\n{chat.ERASED_REST}", to=inbound), writes=(forget,))


def _items(kept: Kept) -> list[str]:
    return [
        *([chat.ERASED_PERSON] if kept.person else []),
        *([chat.ERASED_MESSAGES.format(count=kept.messages)] if kept.messages else []),
        *([chat.ERASED_CHOICES] if kept.choices else []),
    ]
