"""A role that ends, or becomes a lesser one: what the member had taken on is free again, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.audience import invites, staff, talks
from bot.audience.staff import Member, Role
from bot.errors import InputError
from bot.model import Address, Tx
from knowledge import inquiry_groups
from scheduler import forwards


def leave(tx: Tx, settings_admins: Iterable[Address], key: int, by: int | None, now: datetime) -> None:
    """Raises InputError where the role has to stay."""
    for ended in staff.withdraw_role(tx, settings_admins, key, by, now):
        _release(tx, ended, now)


def change(
    tx: Tx, settings_admins: Iterable[Address], member: Member, role: Role, by: int | None, now: datetime
) -> None:
    """Raises InputError where the role has to stay."""
    staff.give_role(tx, settings_admins, member.account, role, "", by, now)
    if not staff.at_least(role, member.role):
        _release(tx, member.key, now)


def obstacle(tx: Tx, settings_admins: Iterable[Address], member: Member) -> str:
    """The sentence that says why the role has to stay; "" where it can end."""
    try:
        staff.refuse_to_lose(tx, settings_admins, member)
    except InputError as error:
        return str(error)
    return ""


def _release(tx: Tx, key: int, now: datetime) -> None:
    """Each subject has its line here."""
    invites.withdraw_of(tx, key, now)
    talks.forget_drafts_of(tx, key)
    forwards.let_go_of(tx, key)
    inquiry_groups.release(tx, key)
