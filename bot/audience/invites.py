"""Invitations: a role for somebody whose account nobody knows yet. Their code, sent once within 7 days, gives it to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.audience import audit, codes, staff
from bot.audience.codes import Codes
from bot.audience.staff import Role
from bot.clock import stamp
from bot.model import Address, Tx
from bot.storage.base import Row

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invitation:
    """made_by  the administrator's key; None for the command line
    unit     where they will belong
    """

    key: int
    role: Role
    name: str
    made_by: int | None
    unit: int | None
    expires_at: datetime


def make(
    tx: Tx, of: Codes, code: str, role: Role, name: str, unit: int | None, by: int | None, now: datetime
) -> None:
    """`code` is fresh, and gives the role to whoever sends it."""
    row = tx.row(
        """INSERT INTO invitations (role, name, unit, made_by, expires_at)
            VALUES (:role, :name, :unit, :by, :expires_at) RETURNING key""",
        role=role,
        name=name,
        unit=unit,
        by=by,
        expires_at=stamp(now + LASTS),
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    of.issue(tx, "role", code, _owner(row["key"]), now, LASTS)
    audit.record(tx, by, "invitation.made", f"invitation:{row['key']} {role}", now)


def find(tx: Tx, of: Codes, code: str) -> Invitation | None:
    """What the code gives, also for a while after it has expired; None for one that nobody has, or had."""
    issued = of.find(tx, "role", code)
    row = (
        tx.row("SELECT * FROM invitations WHERE key = :key", key=int(issued.owner.conversation))
        if issued
        else None
    )
    return _invitation(row) if row else None


def accept(
    tx: Tx,
    of: Codes,
    code: str,
    settings_admins: Iterable[Address],
    accepted: Invitation,
    account: Address,
    now: datetime,
) -> None:
    """Raises LookupError when somebody else has just used the code: then nothing of that message may happen."""
    of.spend(tx, "role", code)
    tx.run("DELETE FROM invitations WHERE key = :key", key=accepted.key)
    by = accepted.made_by
    key = staff.give_role(tx, settings_admins, account, accepted.role, accepted.name, by, now)
    if accepted.unit is not None:
        staff.place(tx, key, accepted.unit, by, now)


def outstanding(tx: Tx, now: datetime) -> list[Invitation]:
    rows = tx.rows("SELECT * FROM invitations WHERE expires_at > :now ORDER BY key", now=stamp(now))
    return [_invitation(row) for row in rows]


def withdraw(tx: Tx, key: int, by: int | None, now: datetime) -> None:
    """The code stops working."""
    codes.withdraw(tx, "role", _owner(key))
    if tx.run("DELETE FROM invitations WHERE key = :key", key=key):
        audit.record(tx, by, "invitation.withdrawn", f"invitation:{key}", now)


def withdraw_of(tx: Tx, member: int, now: datetime) -> None:
    """Of an administrator who is one no longer: their codes must not outlive their right to give them."""
    for row in tx.rows("SELECT key FROM invitations WHERE made_by = :member", member=member):
        withdraw(tx, row["key"], None, now)


def forget_expired(tx: Tx, before: datetime) -> None:
    tx.run("DELETE FROM invitations WHERE expires_at < :moment", moment=stamp(before))


def _owner(key: int) -> Address:
    """Whose code it is: the invitation's, so that an administrator may have several of them out."""
    return Address("", str(key))


def _invitation(row: Row) -> Invitation:
    return Invitation(
        row["key"],
        row["role"],
        row["name"],
        row["made_by"],
        row["unit"],
        datetime.fromisoformat(row["expires_at"]),
    )
