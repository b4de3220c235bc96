from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.mailbox import KEPT, Mailbox, erase, remove_old
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.time import START, MovedClock


def mailbox_of(db: SqliteDatabase, clock: MovedClock | None = None, key: bytes = b"k") -> Mailbox:
    return Mailbox(db, Seal(key * 32), clock or MovedClock())


async def test_mail_waits_in_order_until_it_is_confirmed(db: SqliteDatabase) -> None:
    mailbox = mailbox_of(db)
    first = await mailbox.put("an", {"n": 1}, "outbox:1")
    second = await mailbox.put("an", {"n": 2}, "outbox:2")
    await mailbox.put("bình", {"n": 3}, "outbox:3")
    assert await mailbox.after("an", 0) == [(first, {"n": 1}), (second, {"n": 2})]
    assert await mailbox.after("an", first) == [(second, {"n": 2})]
    assert await mailbox.confirm("an", first) == 1
    assert await mailbox.after("an", 0) == [(second, {"n": 2})]
    assert len(await mailbox.after("bình", 0)) == 1


async def test_the_same_outbox_row_delivered_twice_is_one_mail(db: SqliteDatabase) -> None:
    mailbox = mailbox_of(db)
    sequence = await mailbox.put("an", {"n": 1}, "outbox:1")
    assert await mailbox.put("an", {"n": 1}, "outbox:1") == sequence
    assert await mailbox.after("an", 0) == [(sequence, {"n": 1})]


async def test_sequences_grow_although_the_clock_stands_or_the_box_was_emptied(db: SqliteDatabase) -> None:
    clock = MovedClock()
    mailbox = mailbox_of(db, clock)
    first = await mailbox.put("an", {}, "1")
    second = await mailbox.put("an", {}, "2")
    assert second > first
    clock.move(milliseconds=1)
    await mailbox.forget("an")
    assert await mailbox.put("an", {}, "3") > second


async def test_a_sequence_from_the_future_confirms_nothing(db: SqliteDatabase) -> None:
    clock = MovedClock()
    mailbox = mailbox_of(db, clock)
    clock.move(hours=1)
    seen = await mailbox.put("an", {}, "1")
    await mailbox.confirm("an", seen)
    clock.move(hours=-1)  # the clock was wrong, and has been set right
    sequence = await mailbox.put("an", {"n": 2}, "2")
    assert await mailbox.confirm("an", seen) == 0
    assert await mailbox.after("an", seen) == [(sequence, {"n": 2})]


async def test_forgetting_deletes_all_of_one_visitor(db: SqliteDatabase) -> None:
    mailbox = mailbox_of(db)
    await mailbox.put("an", {}, "1")
    await mailbox.put("an", {}, "2")
    await mailbox.put("bình", {}, "3")
    assert await mailbox.forget("an") == 2
    assert await db.run(erase, "bình") == 1


async def test_mail_that_nobody_fetches_goes_after_a_day(db: SqliteDatabase) -> None:
    mailbox = mailbox_of(db)
    await mailbox.put("an", {}, "1")
    assert await db.run(remove_old, START + KEPT) == 0
    assert await db.run(remove_old, START + KEPT + timedelta(seconds=1)) == 1
    assert await mailbox.after("an", 0) == []


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_nothing_of_a_mail_can_be_read_in_the_file(db: SqliteDatabase, tmp_path: Path) -> None:
    await mailbox_of(db).put("an", {"parts": [["Lời nhắn riêng tư", "plain"]]}, "1")
    written = everything_in(tmp_path)
    assert "Lời nhắn".encode() not in written
    assert b"parts" not in written


async def test_mail_whose_key_is_gone_does_not_stand_in_the_way(db: SqliteDatabase) -> None:
    await mailbox_of(db, key=b"a").put("an", {"n": 1}, "1")
    mailbox = mailbox_of(db, key=b"b")
    sequence = await mailbox.put("an", {"n": 2}, "2")
    assert await mailbox.after("an", 0) == [(sequence, {"n": 2})]
