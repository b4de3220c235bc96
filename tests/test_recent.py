"""What a conversation was about a moment ago: sealed, in its place, and gone after ten minutes."""

from __future__ import annotations

import pytest

from bot import recent
from bot.model import JSON, Address, Tx
from bot.recent import Recent
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.time import MovedClock

HERE, THERE = Address("net", "here"), Address("net", "there")


@pytest.fixture
def memory(seal: Seal, clock: MovedClock) -> Recent:
    return Recent(seal, clock)


async def remembered(db: SqliteDatabase, memory: Recent, key: int, at: Address = HERE) -> None:
    await db.run(memory.remember, at, "document", {"key": key})


async def recalled(db: SqliteDatabase, memory: Recent, at: Address = HERE) -> JSON | None:
    return await db.read(memory.recall, at, "document")


async def test_the_last_one_of_each_conversation_counts(db: SqliteDatabase, memory: Recent) -> None:
    assert await recalled(db, memory) is None
    await remembered(db, memory, 1)
    await remembered(db, memory, 2)
    await remembered(db, memory, 3, THERE)
    assert await recalled(db, memory) == {"key": 2}
    assert await recalled(db, memory, Address("other", "here")) is None
    await db.run(memory.forget, HERE, "document")
    assert await recalled(db, memory) is None
    assert await recalled(db, memory, THERE) == {"key": 3}


@pytest.mark.parametrize(("minutes", "known"), [(9.9, True), (10, False), (-1, False)])
async def test_it_is_good_for_ten_minutes(
    db: SqliteDatabase, memory: Recent, clock: MovedClock, minutes: float, known: bool
) -> None:
    """-1: the clock was set back, and nobody knows how long ago it was."""
    await remembered(db, memory, 1)
    clock.move(minutes=minutes)
    assert (await recalled(db, memory) is not None) == known
    assert await db.run(recent.forget_old, clock.now()) == (minutes == 10)


async def test_it_is_sealed_where_it_stands(db: SqliteDatabase, memory: Recent, clock: MovedClock) -> None:
    def move(tx: Tx) -> list[bytes]:
        tx.run("UPDATE recent SET conversation = 'there'")
        return [row["payload"] for row in tx.rows("SELECT payload FROM recent")]

    await remembered(db, memory, 4711)
    assert await recalled(db, Recent(Seal(b"q" * 32), clock)) is None
    assert b"4711" not in (await db.run(move))[0]
    assert await recalled(db, memory, THERE) is None
    assert await db.run(recent.erase, THERE) == 1
