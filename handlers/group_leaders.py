"""Who may set up a group: its administrators, as the network says at that moment; members of staff; whoever has just sent
a code, where the network does not tell."""

from __future__ import annotations

from typing import Literal

from bot.audience import staff
from bot.errors import SendError
from bot.model import Address, Inbound, Outcome, say
from bot.texts import groups as texts
from handlers.context import Context
from handlers.wording import plain

May = Literal["yes", "no", "nobody knows"]


async def refused(inbound: Inbound, context: Context) -> Outcome | None:
    """What somebody hears who may not: once in a while in one group, then silence. None for who may."""
    may = await _may(inbound, context)
    if may == "yes":
        return None
    if may == "nobody knows":
        return say(inbound.address, plain(texts.CANNOT_CHECK, to=inbound))
    if context.told.holds(inbound.group):
        return Outcome()
    context.told.note(inbound.group)
    knows = inbound.address.channel in context.knowing_admins
    said = texts.ONLY_ADMINS if knows else texts.ONLY_WITH_CODE
    return say(inbound.address, plain(said.format(**context.words(inbound.address.channel)), to=inbound))


async def _may(inbound: Inbound, context: Context) -> May:
    if inbound.as_group:
        return "yes"
    if not inbound.sender:
        return "no"
    account = Address(inbound.address.channel, inbound.sender)
    if context.setting_up.holds((inbound.group, inbound.sender)):
        return "yes"
    if await context.db.read(staff.member, context.admins, account):
        return "yes"
    try:
        return "yes" if await context.is_admin(inbound.group, inbound.sender) else "no"
    except SendError:
        return "nobody knows"
