"""Accounts that are one person."""

from __future__ import annotations

import pytest

from bot.audience import links
from bot.model import Address
from bot.storage.sqlite import SqliteDatabase

A1, A2, B1, C1 = Address("a", "1"), Address("a", "2"), Address("b", "1"), Address("c", "1")


async def test_an_account_alone_is_its_own_person(db: SqliteDatabase) -> None:
    assert await db.read(links.accounts, A1) == [A1]
    await db.run(links.leave, A1)
    assert await db.read(links.clash, A1, B1) == ""
    assert await db.read(links.clash, A1, A2) == "a"


async def test_joining_is_for_all_whom_they_are_linked_to(db: SqliteDatabase) -> None:
    await db.run(links.join, A1, B1, "x")
    await db.run(links.join, C1, A1, "y")
    assert await db.read(links.accounts, C1) == [C1, A1, B1]
    assert await db.read(links.clash, B1, A2) == "a"
    assert await db.read(links.clash, B1, C1) == ""


async def test_two_accounts_of_one_channel_are_never_joined(db: SqliteDatabase) -> None:
    await db.run(links.join, A1, B1, "x")
    with pytest.raises(LookupError):
        await db.run(links.join, A2, B1, "y")
    assert await db.read(links.accounts, A2) == [A2]


async def test_leaving_leaves_nobody_linked_to_nobody(db: SqliteDatabase) -> None:
    await db.run(links.join, A1, B1, "x")
    await db.run(links.join, C1, A1, "y")
    await db.run(links.leave, A1)
    assert await db.read(links.accounts, B1) == [B1, C1]
    await db.run(links.leave, C1)
    assert await db.read(lambda tx: tx.rows("SELECT * FROM links")) == []
