"""What is in the inbox was received, what is not was never acknowledged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import inbox
from bot.clock import stamp
from bot.errors import SealBroken, StorageError
from bot.inbox import Inbox, Waiting
from bot.model import Address
from bot.sealing import Seal
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.disk import full_disk
from tests.fakes.network import FakeNetwork, typed
from tests.fakes.time import MovedClock

NET, OTHER = FakeNetwork("net"), FakeNetwork("other")


class Rings:
    """Counts how often dispatch was woken."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def rings() -> Rings:
    return Rings()


@pytest.fixture
def box(db: SqliteDatabase, seal: Seal, clock: MovedClock, rings: Rings) -> Inbox:
    return Inbox(db, seal, clock, rings)


async def heads(db: SqliteDatabase, *channels: str, limit: int = 100) -> list[Waiting]:
    return await db.read(inbox.heads, channels or ("net",), limit)


async def rows(db: SqliteDatabase) -> list[Row]:
    return await db.read(lambda tx: tx.rows("SELECT * FROM inbox ORDER BY id"))


async def test_what_is_new_is_counted_and_wakes_dispatch(box: Inbox, rings: Rings) -> None:
    assert await box.add(NET, [typed("u1", "c1", "a"), typed("u2", "c1", "b")]) == 2
    assert rings.count == 1
    assert await box.add(NET, [typed("u1", "c1", "a")]) == 0
    assert await box.add(NET, []) == 0
    assert rings.count == 1
    assert await box.add(OTHER, [typed("u1", "c1", "a")]) == 1


async def test_the_words_are_sealed_and_come_back_as_they_were(db: SqliteDatabase, box: Inbox) -> None:
    raw = typed("u1", "c1", "điều riêng tư \U0001f44d \ud83d") | {"unknown": [1, None, {"deep": 1.5}]}
    await box.add(NET, [raw])
    (waiting,) = await heads(db)
    assert b"ri\xc3\xaang" not in waiting.payload
    assert "riêng".encode() not in db.path.with_name(f"{db.path.name}-wal").read_bytes()
    assert box.open(waiting) == raw


async def test_a_payload_opens_only_in_its_own_row(db: SqliteDatabase, box: Inbox) -> None:
    await box.add(NET, [typed("u1", "c1", "a"), typed("u2", "c2", "b")])
    first, second = await heads(db)
    swapped = Waiting(second.id, second.channel, second.conversation, second.external_id, first.payload, 0)
    with pytest.raises(SealBroken):
        box.open(swapped)


async def test_the_oldest_waiting_row_of_each_conversation(db: SqliteDatabase, box: Inbox) -> None:
    await box.add(NET, [typed(f"u{number}", f"c{number % 3}", "x") for number in range(9)])
    await box.add(OTHER, [typed("u0", "c0", "x")])
    assert [row.external_id for row in await heads(db)] == ["u0", "u1", "u2"]
    assert [row.external_id for row in await heads(db, limit=2)] == ["u0", "u1"]
    assert [row.channel for row in await heads(db, "other")] == ["other"]
    assert await heads(db, "net", "other", limit=1) == (await heads(db))[:1]
    await db.run(inbox.finish, 1, "now")
    await db.run(inbox.park, 2, "bad", "now")
    assert [row.external_id for row in await heads(db)] == ["u2", "u3", "u4"]


async def test_without_a_channel_that_runs_nothing_is_handled(db: SqliteDatabase, box: Inbox) -> None:
    await box.add(NET, [typed("u1", "c1", "x")])
    assert await db.read(inbox.heads, (), 10) == []


async def test_a_full_disk_stores_nothing_and_wakes_nobody(
    db: SqliteDatabase, box: Inbox, rings: Rings
) -> None:
    with full_disk(), pytest.raises(StorageError):
        await box.add(NET, [typed("u1", "c1", "x")])
    assert (await rows(db), rings.count) == ([], 0)


async def test_a_row_is_finished_once(db: SqliteDatabase, box: Inbox) -> None:
    await box.add(NET, [typed("u1", "c1", "x")])
    assert await db.run(inbox.finish, 1, "now") is True
    assert await db.run(inbox.finish, 1, "now") is False
    assert await db.run(inbox.park, 1, "late", "now") is False
    assert (await rows(db))[0]["state"] == "done"


async def test_an_update_without_the_usual_fields_is_kept_once(db: SqliteDatabase, box: Inbox) -> None:
    assert await box.add(NET, [{"strange": 1}, {"strange": 1}, {"strange": 2}]) == 2
    assert await box.add(NET, [{"strange": 1}]) == 0
    assert {row["conversation"] for row in await rows(db)} == {inbox.NOWHERE}


async def test_erasing_a_conversation_deletes_what_was_parked_there(db: SqliteDatabase, box: Inbox) -> None:
    await box.add(NET, [typed("u1", "c1", "x"), typed("u2", "c1", "y"), typed("u3", "c2", "z")])
    await db.run(inbox.park, 1, "bad", "now")
    await db.run(inbox.park, 3, "bad", "now")
    assert await db.run(inbox.erase, Address("net", "c1")) == 1
    assert [row["external_id"] for row in await rows(db)] == ["u2", "u3"]


async def test_tidying(db: SqliteDatabase, box: Inbox, clock: MovedClock) -> None:
    await box.add(NET, [typed(f"u{number}", "c1", "x") for number in range(4)])
    await db.run(inbox.finish, 1, stamp(clock.now()))
    await db.run(inbox.park, 2, "bad", stamp(clock.now()))
    clock.move(days=8)
    await db.run(inbox.park, 3, "bad", stamp(clock.now()))
    week, month = stamp(clock.now() - timedelta(days=7)), stamp(clock.now() - timedelta(days=30))
    await db.run(inbox.tidy, payloads_before=week, rows_before=month)
    found = await rows(db)
    assert [row["payload"] is None for row in found] == [True, True, False, True]
    assert [row["conversation"] for row in found] == [None, None, "c1", None]
    await db.run(inbox.tidy, payloads_before=week, rows_before=week)
    assert [row["external_id"] for row in await rows(db)] == ["u2", "u3"]


async def test_counts_and_the_list_of_what_was_parked(db: SqliteDatabase, box: Inbox) -> None:
    assert await db.read(inbox.counts) == {"waiting": 0, "parked": 0}
    await box.add(NET, [typed("u1", "c1", "x"), typed("u2", "c1", "y")])
    await db.run(inbox.park, 1, "KeyError, code 123456", "now")
    assert await db.read(inbox.counts) == {"waiting": 1, "parked": 1}
    (listed,) = await db.read(inbox.parked)
    assert set(listed) == {"id", "channel", "error", "received_at"}


async def test_what_cannot_be_stored_is_logged_once_a_minute(
    db: SqliteDatabase, seal: Seal, clock: MovedClock, caplog: pytest.LogCaptureFixture
) -> None:
    box = Inbox(db, seal, clock, lambda: None)
    with full_disk():
        for seconds in (0, 10, 49, 1):
            clock.move(seconds=seconds)
            with pytest.raises(StorageError):
                await box.add(FakeNetwork("net"), [typed("u1", "c1", "hush-hush")])
    said = [record.getMessage() for record in caplog.records if record.name == "bot.inbox"]
    assert len(said) == 2
    assert said[0].startswith("net: a message could not be taken in: ")
    assert "hush" not in "".join(said)
