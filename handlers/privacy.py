"""/riengtu says what is kept, /xoadulieu deletes it at once and says what it was."""

from __future__ import annotations

from bot.audience import subscriptions
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import chat, roles
from handlers import subscribing
from handlers.context import Context, Kept
from handlers.staff import leaving
from handlers.staff.membership import member as member_of
from handlers.wording import networks, plain


async def privacy(inbound: Inbound, context: Context) -> Outcome:
    said = [chat.PRIVACY.format(**context.words(inbound.address.channel))]
    if inbound.private:
        present = await context.db.read(subscriptions.of_person, inbound.address)
        said.append(subscribing.about(present, inbound.address.channel, context))
    if member := await member_of(inbound, context):
        said.append(roles.MEMBER_PRIVACY.format(role=roles.ROLES[member.role]))
    return say(inbound.address, plain("\n\n".join(said), to=inbound))


async def erase(inbound: Inbound, context: Context) -> Outcome:
    """In a group only the sender's own row goes: the group's messages are not one person's to delete, and
    it is nobody's business there where else they write."""
    kept = await context.db.read(context.kept, inbound.address, inbound.sender)
    member = await member_of(inbound, context)
    stays = await context.db.read(leaving.obstacle, context.admins, member) if member else ""
    now = context.clock.now()

    def forget(tx: Tx) -> None:
        if member and not stays:  # before the links go: the role ends on all their networks
            leaving.leave(tx, context.admins, member.key, member.key, now)
        context.erase(tx, inbound.address, inbound.sender)

    items = _items(kept)
    said = [chat.ERASED.format(items="\n".join(items)) if items else chat.ERASED_NOTHING, chat.ERASED_REST]
    if member:
        ending = roles.KEPT_ROLE if stays else roles.ERASED_ROLE
        said.append(ending.format(role=roles.ROLES[member.role], reason=stays))
    if not inbound.private:
        said.append(chat.ERASED_IN_GROUP)
    return say(inbound.address, plain("\n\n".join(said), to=inbound), writes=(forget,))


def _items(kept: Kept) -> list[str]:
    return [
        *([chat.ERASED_PERSON] if kept.person else []),
        *([chat.ERASED_MESSAGES.format(count=kept.messages)] if kept.messages else []),
        *([chat.ERASED_CHOICES] if kept.choices else []),
        *([chat.ERASED_RECENT] if kept.recent else []),
        *([chat.ERASED_DRAFTS] if kept.drafts else []),
        *([chat.ERASED_POLLS.format(count=kept.polls)] if kept.polls else []),
        *([chat.ERASED_ASKED.format(count=kept.asked)] if kept.asked else []),
        *([chat.ERASED_INQUIRIES.format(numbers=_numbers(kept))] if kept.inquiries else []),
        *([chat.ERASED_SUBSCRIPTION] if kept.subscribed else []),
        *([chat.ERASED_LINKS.format(networks=networks(kept.linked))] if kept.linked else []),
    ]


def _numbers(kept: Kept) -> str:
    return ", ".join(f"#{number}" for number in kept.inquiries)
