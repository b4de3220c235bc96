"""Members: who holds which role, how it is given and withdrawn, and what the audit log keeps of it."""

from __future__ import annotations

import sqlite3

import pytest

from bot.audience import audit, links, staff
from bot.audience.staff import ROLES, Role, at_least
from bot.errors import InputError
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.time import MovedClock

AN, BINH, CHI = Address("telegram", "1"), Address("zalo-bot", "b"), Address("zalo-oa", "c")


class Staff:
    """The functions, without the arguments that are always the same."""

    def __init__(self, db: SqliteDatabase, clock: MovedClock) -> None:
        self.db = db
        self.clock = clock
        self.admins: tuple[Address, ...] = ()

    async def give(self, account: Address, role: Role, name: str = "", by: int | None = None) -> int:
        return await self.db.run(staff.give_role, self.admins, account, role, name, by, self.clock.now())

    async def withdraw(self, key: int, by: int | None = None) -> None:
        await self.db.run(staff.withdraw_role, self.admins, key, by, self.clock.now())

    async def role(self, account: Address) -> str | None:
        found = await self.db.read(staff.member, self.admins, account)
        return found.role if found else None

    async def names(self, needed: Role = "collaborator") -> list[str]:
        return [each.name for each in await self.db.read(staff.members, self.admins, needed)]

    async def log(self) -> list[tuple[str, str, str]]:
        return [(act.actor, act.act, act.subject) for act in await self.db.read(audit.recent, 20)]


@pytest.fixture
def of(db: SqliteDatabase, clock: MovedClock) -> Staff:
    return Staff(db, clock)


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert [[at_least(role, needed) for needed in ROLES].count(True) for role in ROLES] == [1, 2, 3, 4]
    assert at_least("approver", "editor")
    assert not at_least("editor", "approver")


async def test_a_role_is_given_changed_and_withdrawn(of: Staff) -> None:
    chief = await of.give(AN, "administrator", "An")
    key = await of.give(BINH, "collaborator", "Bình", by=chief)
    assert await of.role(BINH) == "collaborator"
    assert await of.give(BINH, "approver", by=chief) == key
    assert await of.names("approver") == ["An", "Bình"]
    await of.withdraw(key, by=chief)
    assert await of.role(BINH) is None
    assert await of.names() == ["An"]
    assert await of.log() == [
        ("An", "role.withdrawn", f"member:{key}"),
        ("An", "role.given", f"member:{key} approver"),
        ("An", "role.given", f"member:{key} collaborator"),
        ("", "role.given", f"member:{chief} administrator"),
    ]


async def test_of_who_has_left_the_name_stays_and_the_address_goes(of: Staff) -> None:
    await of.give(AN, "administrator", "An")
    key = await of.give(BINH, "editor", "Bình")
    await of.withdraw(key)
    await of.withdraw(key)
    [row] = await of.db.read(lambda tx: tx.rows("SELECT * FROM staff WHERE key = :key", key=key))
    assert (row["channel"], row["person"], row["name"]) == (None, None, "Bình")
    assert row["left_on"]
    assert await of.db.read(staff.name_of, key) == "Bình"
    assert await of.db.read(staff.by_key, (), key) is None
    assert await of.give(BINH, "editor", "Bình") != key


async def test_the_last_administrator_stays(of: Staff) -> None:
    first = await of.give(AN, "administrator", "An")
    await of.give(BINH, "approver", "Bình")
    with pytest.raises(InputError, match="cuối cùng"):
        await of.withdraw(first)
    with pytest.raises(InputError, match="cuối cùng"):
        await of.give(AN, "editor")
    await of.give(BINH, "administrator")
    await of.withdraw(first)
    assert await of.names("administrator") == ["Bình"]


async def test_who_the_settings_name_is_a_member_as_long_as_they_do(of: Staff) -> None:
    of.admins = (AN,)
    await of.db.run(staff.enrol, of.admins, of.clock.now())
    await of.db.run(staff.enrol, of.admins, of.clock.now())
    [chief] = await of.db.read(staff.members, of.admins, "administrator")
    assert (chief.account, chief.by_settings, chief.name) == (AN, True, "Quản trị viên")
    with pytest.raises(InputError, match="ADMINS"):
        await of.withdraw(chief.key)
    with pytest.raises(InputError, match="ADMINS"):
        await of.give(AN, "editor")
    other = await of.give(BINH, "administrator", "Bình", by=chief.key)
    await of.withdraw(other)  # the settings name one
    of.admins = ()
    assert await of.role(AN) is None


async def test_one_person_has_one_role_on_all_their_networks(of: Staff) -> None:
    await of.give(AN, "administrator", "An")
    key = await of.give(BINH, "editor", "Bình")
    await of.db.run(links.join, BINH, CHI, "identity")
    assert await of.role(CHI) == "editor"
    assert await of.give(CHI, "approver") == key
    assert await of.role(BINH) == "approver"
    assert await of.names() == ["An", "Bình"]
    await of.withdraw(key)
    assert await of.role(CHI) is None


async def test_two_members_who_turn_out_to_be_one_hold_the_higher_role_and_leave_together(of: Staff) -> None:
    chief = await of.give(AN, "administrator", "An")
    low = await of.give(BINH, "collaborator", "Bình ở Zalo")
    high = await of.give(CHI, "approver", "Bình ở OA")
    await of.db.run(links.join, BINH, CHI, "identity")
    found = await of.db.read(staff.member, (), BINH)
    assert found is not None
    assert (found.key, found.role) == (high, "approver")
    assert await of.names() == ["An", "Bình ở OA"]
    await of.withdraw(low, by=chief)
    assert await of.names() == ["An"]


async def test_where_to_write_to_a_member(of: Staff) -> None:
    await of.give(BINH, "editor", "Bình")
    await of.db.run(links.join, BINH, CHI, "identity")
    found = await of.db.read(staff.member, (), CHI)
    assert found is not None
    assert await of.db.read(staff.reachable, found, ("zalo-bot", "zalo-oa")) == BINH
    assert await of.db.read(staff.reachable, found, ("zalo-oa",)) == CHI
    assert await of.db.read(staff.reachable, found, ("telegram",)) is None


@pytest.mark.parametrize("change", ["DELETE FROM audit", "UPDATE audit SET act = 'nothing'"])
async def test_nobody_changes_the_audit_log(of: Staff, change: str) -> None:
    def try_it(tx: Tx) -> None:
        tx.run(change)

    await of.give(AN, "administrator")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await of.db.run(try_it)
    assert len(await of.log()) == 1
