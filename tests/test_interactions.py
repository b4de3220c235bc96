"""When somebody last wrote: kept to the hour, gone with the person, and what the department accepts to pay for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.audience import department, interactions, people
from bot.errors import InputError
from bot.model import Address
from bot.storage.sqlite import SqliteDatabase

LAN, MINH = Address("zalo-oa", "246845883529197922"), Address("zalo-oa", "2512523625412515")
NOW = datetime(2026, 11, 23, 1, 47, 12, tzinfo=UTC)


async def test_the_last_one_counts_to_the_hour(db: SqliteDatabase) -> None:
    assert await db.read(interactions.last, LAN) is None
    await db.run(interactions.note, LAN, NOW - timedelta(days=2))
    await db.run(interactions.note, LAN, NOW)
    assert await db.read(interactions.last, LAN) == NOW.replace(minute=0, second=0)
    assert await db.read(interactions.last, MINH) is None


async def test_who_is_forgotten_is_forgotten_here_too(db: SqliteDatabase) -> None:
    for each in (LAN, MINH):
        await db.run(interactions.note, each, NOW)
    await db.run(people.forget, LAN.channel, LAN.conversation)
    assert await db.read(interactions.last, LAN) is None
    assert await db.read(interactions.last, MINH) is not None


async def test_what_is_old_goes(db: SqliteDatabase) -> None:
    await db.run(interactions.note, LAN, NOW - timedelta(days=9))
    await db.run(interactions.note, MINH, NOW - timedelta(days=7))
    assert await db.run(interactions.forget_before, NOW - timedelta(days=8)) == 1
    assert await db.read(interactions.last, MINH) is not None


@pytest.mark.parametrize(
    ("value", "accepted"), [("có", True), ("Yes", True), ("không", False), (None, False)]
)
async def test_the_price_is_accepted_in_words(db: SqliteDatabase, value: str | None, accepted: bool) -> None:
    assert department.Department().oa_paid_window is False
    await db.run(department.change, "oa_paid_window", value, NOW)
    assert (await db.read(department.load)).oa_paid_window is accepted


async def test_other_words_are_refused(db: SqliteDatabase) -> None:
    with pytest.raises(InputError, match="có hoặc không"):
        await db.run(department.change, "oa_paid_window", "maybe", NOW)
