"""Who decides about what somebody wrote: approvers, and where four eyes are on, nobody about their own."""

from __future__ import annotations

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Tx
from handlers.context import Context


def is_own(context: Context, member: Member, *authors: int | None) -> bool:
    """Whether somebody else has to decide, because these wrote it."""
    return context.department().four_eyes and member.key in authors


def who_decide(tx: Tx, context: Context, *authors: int | None) -> list[Member]:
    approvers = staff.members(tx, context.admins, "approver")
    return [each for each in approvers if not is_own(context, each, *authors)]
