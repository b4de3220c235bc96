"""Where members are told what concerns them: in a chat that a message of ours reaches."""

from __future__ import annotations

from collections.abc import Iterable

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Address, Tx
from handlers.context import Context


def reached(tx: Tx, context: Context, members: Iterable[Member]) -> list[tuple[Member, Address]]:
    """Those of the members who can be written to, and where."""
    return [(member, at) for member in members if (at := staff.reachable(tx, member, context.tells))]


def others(
    tx: Tx, context: Context, members: Iterable[int | None], by: Member
) -> list[tuple[Member, Address]]:
    """Those of the members with these keys who have not just done it themselves."""
    keys = sorted({key for key in members if key and key != by.key})
    there = (staff.by_key(tx, context.admins, key) for key in keys)
    return reached(tx, context, [member for member in there if member])
