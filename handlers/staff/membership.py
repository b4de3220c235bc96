"""Who writes here, if they are a member: what every handler for members asks."""

from __future__ import annotations

from bot.audience import staff
from bot.audience.staff import Member, Role
from bot.model import Address, Inbound
from handlers.context import Context


async def member(inbound: Inbound, context: Context, needed: Role = "collaborator") -> Member | None:
    """Who writes here in private, if they may; asked again at every press of a button, since roles end."""
    if not (inbound.private and inbound.sender):
        return None
    account = Address(inbound.address.channel, inbound.sender)
    found = await context.db.read(staff.member, context.admins, account)
    return found if found and staff.at_least(found.role, needed) else None
