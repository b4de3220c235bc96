"""Members: who may do more than ask. A role is given by an administrator, by a code, or named in the settings (ADMINS).

It belongs to an account; whoever holds it on one network holds it on all that they have linked. A member who has left keeps
a row with their name, for the audit log, and without their address.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from bot.audience import audit, links
from bot.clock import stamp
from bot.errors import InputError
from bot.masking import mask
from bot.model import Address, Tx
from bot.storage.base import Row
from bot.texts import roles as texts

Role = Literal["collaborator", "editor", "approver", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Member:
    """account      the one that holds the role
    unit         where they belong
    by_settings  ADMINS gives the role, and only whoever sets that can take it
    """

    key: int
    name: str
    role: Role
    account: Address
    unit: int | None = None
    by_settings: bool = False


def at_least(role: Role, needed: Role) -> bool:
    return ROLES.index(role) >= ROLES.index(needed)


def enrol(tx: Tx, settings_admins: Iterable[Address], now: datetime) -> None:
    """A row, and with it a key, for whoever the settings name; without a role: what the settings give ends with them."""
    for account in settings_admins:
        tx.run(
            """INSERT INTO staff (channel, person, name, since) VALUES (:channel, :person, :name, :now)
                ON CONFLICT (channel, person) DO NOTHING""",
            channel=account.channel,
            person=account.conversation,
            name=texts.ROLES["administrator"].capitalize(),
            now=stamp(now),
        )


def member(tx: Tx, settings_admins: Iterable[Address], account: Address) -> Member | None:
    """The person with this account, or a linked one; with the highest role where they hold several."""
    named = set(settings_admins)
    rows = (_row_of(tx, each) for each in links.accounts(tx, account))
    found = [one for row in rows if row and (one := _as_member(row, named))]
    return _highest(found) if found else None


def members(tx: Tx, settings_admins: Iterable[Address], needed: Role = "collaborator") -> list[Member]:
    """Each person once, in the order in which they joined."""
    named = set(settings_admins)
    rows = tx.rows(
        "SELECT key, channel, person, name, role, unit FROM staff WHERE left_on IS NULL ORDER BY key"
    )
    people = (member(tx, named, Address(row["channel"], row["person"])) for row in rows)
    once = {each.key: each for each in people if each}
    return [each for each in once.values() if at_least(each.role, needed)]


def by_key(tx: Tx, settings_admins: Iterable[Address], key: int) -> Member | None:
    """A present member."""
    row = tx.row("SELECT channel, person FROM staff WHERE key = :key AND left_on IS NULL", key=key)
    return member(tx, settings_admins, Address(row["channel"], row["person"])) if row else None


def name_of(tx: Tx, key: int) -> str:
    """Also of somebody who has left; "" for nobody."""
    row = tx.row("SELECT name FROM staff WHERE key = :key", key=key)
    return str(row["name"]) if row else ""


def since(tx: Tx, key: int) -> datetime:
    """When they became a member."""
    row = tx.row("SELECT since FROM staff WHERE key = :key", key=key)
    if row is None:
        raise LookupError(f"there is no member {key}")
    return datetime.fromisoformat(row["since"])


def reachable(tx: Tx, of: Member, channels: Container[str]) -> Address | None:
    """Where to write to them: the account with the role, else a linked one, on one of these channels."""
    return next((each for each in links.accounts(tx, of.account) if each.channel in channels), None)


def give_role(
    tx: Tx,
    settings_admins: Iterable[Address],
    account: Address,
    role: Role,
    name: str,
    by: int | None,
    now: datetime,
) -> int:
    """The member's key. A member has this role from now on; `name` "" leaves the name that they have.

    Raises InputError where the role comes from the settings, or no administrator would remain.
    """
    present = member(tx, settings_admins, account)
    row = _row_of(tx, present.account if present else account)
    if row is None:
        key = _insert(tx, account, role, name, now)
    else:
        key = int(row["key"])
        if present and role != "administrator":
            refuse_to_lose(tx, settings_admins, present)
        tx.run(
            "UPDATE staff SET role = :role, name = coalesce(nullif(:name, ''), name) WHERE key = :key",
            role=role,
            name=name,
            key=key,
        )
    audit.record(tx, by, "role.given", f"member:{key} {role}", now)
    return key


def rename(tx: Tx, key: int, name: str, now: datetime) -> None:
    tx.run("UPDATE staff SET name = :name WHERE key = :key", name=name, key=key)
    audit.record(tx, key, "member.renamed", f"member:{key}", now)


def place(tx: Tx, key: int, unit: int, by: int | None, now: datetime) -> None:
    """They belong to this unit from now on."""
    tx.run("UPDATE staff SET unit = :unit WHERE key = :key", key=key, unit=unit)
    audit.record(tx, by, "member.placed", f"member:{key} unit:{unit}", now)


def withdraw_role(
    tx: Tx, settings_admins: Iterable[Address], key: int, by: int | None, now: datetime
) -> list[int]:
    """They have left, on all networks; the keys that end: none of somebody who has left already.

    Raises InputError where the role comes from the settings, or no administrator would remain.
    """
    leaving = by_key(tx, settings_admins, key)
    if leaving is None:
        return []
    refuse_to_lose(tx, settings_admins, leaving)
    rows = [row for each in links.accounts(tx, leaving.account) if (row := _row_of(tx, each))]
    for row in rows:
        tx.run(
            "UPDATE staff SET channel = NULL, person = NULL, left_on = :now WHERE key = :key",
            key=row["key"],
            now=stamp(now),
        )
        audit.record(tx, by, "role.withdrawn", f"member:{row['key']}", now)
    return [row["key"] for row in rows]


def refuse_to_lose(tx: Tx, settings_admins: Iterable[Address], one: Member) -> None:
    """Raises InputError where the settings give the role, or no administrator would remain without this one."""
    if one.by_settings:
        raise InputError(texts.NAMED_IN_SETTINGS.format(name=one.name))
    if one.role == "administrator" and len(members(tx, settings_admins, "administrator")) == 1:
        raise InputError(texts.LAST_ADMINISTRATOR)


def name_from(typed: str) -> str:
    """A person's name as it is kept. Raises InputError for what is none."""
    name = " ".join(mask(typed).split()).strip(" .,;:–-")
    if not any(map(str.isalpha, name)) or len(name) > LONGEST_NAME:
        raise InputError(texts.NO_NAME.format(longest=LONGEST_NAME))
    return name


# Administrators


def administrators(tx: Tx, settings_admins: Iterable[Address]) -> list[Address]:
    """The accounts that hold the role themselves."""
    rows = tx.rows(
        "SELECT channel, person FROM staff WHERE role = 'administrator' AND left_on IS NULL ORDER BY key"
    )
    return list(dict.fromkeys((*settings_admins, *(Address(row["channel"], row["person"]) for row in rows))))


def _row_of(tx: Tx, account: Address) -> Row | None:
    return tx.row(
        "SELECT key, channel, person, name, role, unit FROM staff WHERE channel = :channel AND person = :person",
        channel=account.channel,
        person=account.conversation,
    )


def _as_member(row: Row, named: set[Address]) -> Member | None:
    """What the settings say goes before the row; None where neither gives a role."""
    account = Address(row["channel"], row["person"])
    role: Role | None = "administrator" if account in named else row["role"]
    return Member(row["key"], row["name"], role, account, row["unit"], account in named) if role else None


def _highest(found: list[Member]) -> Member:
    return max(found, key=lambda each: (ROLES.index(each.role), each.by_settings, -each.key))


def _insert(tx: Tx, account: Address, role: Role, name: str, now: datetime) -> int:
    row = tx.row(
        """INSERT INTO staff (channel, person, name, role, since) VALUES (:channel, :person, :name, :role, :now)
            RETURNING key""",
        channel=account.channel,
        person=account.conversation,
        name=name or texts.ROLES[role].capitalize(),
        role=role,
        now=stamp(now),
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    return int(row["key"])
