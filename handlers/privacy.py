"""/riengtu says what is kept, /xoadulieu deletes it at once and says what it was."""

from __future__ import annotations

from bot.audience import staff
from bot.model import Address, Inbound, Outcome, Tx, say
from bot.texts import chat
from handlers.context import Context, Kept
from handlers.wording import networks, plain


async def privacy(inbound: Inbound, context: Context) -> Outcome:
    said = chat.PRIVACY.format(**context.words(inbound.address.channel))
    return say(inbound.address, plain(said, to=inbound))


async def erase(inbound: Inbound, context: Context) -> Outcome:
    """In a group only the sender's own row goes: the group's messages are not one person's to delete, and
    it is nobody's business there where else they write."""
    kept = await context.db.read(context.kept, inbound.address, inbound.sender)
    me = Address(inbound.address.channel, inbound.sender)
    holders = await context.db.read(staff.administrator_accounts, context.admins, me)

    def forget(tx: Tx) -> None:
        context.erase(tx, inbound.address, inbound.sender)

    items = _items(kept)
    said = [chat.ERASED.format(items="\n".join(items)) if items else chat.ERASED_NOTHING, chat.ERASED_REST]
    if holders and inbound.private:
        said.append(chat.ERASED_ROLE.format(networks=networks(holder.channel for holder in holders)))
    if not inbound.private:
        said.append(chat.ERASED_IN_GROUP)
    return say(inbound.address, plain("\n\n".join(said), to=inbound), writes=(forget,))


def _items(kept: Kept) -> list[str]:
    return [
        *([chat.ERASED_PERSON] if kept.person else []),
        *([chat.ERASED_MESSAGES.format(count=kept.messages)] if kept.messages else []),
        *([chat.ERASED_CHOICES] if kept.choices else []),
        *([chat.ERASED_LINKS.format(networks=networks(kept.linked))] if kept.linked else []),
    ]
