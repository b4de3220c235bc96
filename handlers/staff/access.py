"""Whether the person who writes is a member with enough of a role: the one place that every staff handler asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.audience.staff import Member, Role
from bot.model import Inbound, Outcome
from handlers import basics, buttons, questions
from handlers.commands import command
from handlers.context import Context, Handler
from handlers.expected import unless_expected
from handlers.staff.membership import member

StaffHandler = Callable[[Inbound, Context, Member], Awaitable[Outcome]]


def for_members(needed: Role, handle: StaffHandler) -> Handler:
    """The handler, for who may; for everybody else the words, or the button, mean nothing special."""

    async def checked(inbound: Inbound, context: Context) -> Outcome:
        found = await member(inbound, context, needed)
        return await (handle(inbound, context, found) if found else _as_anybody(inbound, context))

    return checked


async def _as_anybody(inbound: Inbound, context: Context) -> Outcome:
    if inbound.kind == "choice":
        return await buttons.press(inbound, context)
    if command(inbound):
        return await basics.unknown_command(inbound, context)
    if inbound.kind == "other":
        return await basics.unreadable(inbound, context)
    return await unless_expected(questions.ask)(inbound, context)
