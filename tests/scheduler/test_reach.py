"""How far digests went: counted where units belong now, the same before and after it is forgotten which chat got what."""

from __future__ import annotations

from datetime import date, timedelta

from bot.audience import links, staff, units
from bot.audience.units import Unit
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from scheduler import forwards, openings, reach, reached
from scheduler.digests import by_code
from scheduler.reach import Reach
from tests.fakes.time import START as NOW
from tests.scheduler.issues import digest, put

DAY = NOW.date()
GROUP, FORUM, LAN, SOMEBODY = (Address("telegram", each) for each in ("-1", "-2/45", "lan", "x"))
PERIOD = (date(2026, 11, 1), date(2026, 11, 30))
EXPECTED = {1: Reach(2, 41), 2: Reach(1, 120, 0, 2), None: Reach(1, 1)}


def prepare(tx: Tx) -> None:
    put(tx, digest())
    for name in ("Phường Bình Minh", "Xã Tân Lập"):
        units.add(tx, Unit(0, name, "xã"), NOW)
    for conversation, unit, members in (("-1", 1, 40), ("-2", 2, 120)):
        tx.run(
            """INSERT INTO groups (channel, conversation, state, unit, members, since)
                VALUES ('telegram', :conversation, 'on', :unit, :members, '2026-11-01T00:00:00')""",
            conversation=conversation,
            unit=unit,
            members=members,
        )
    key = staff.give_role(tx, (), LAN, "collaborator", "Lan", None, NOW)
    staff.place(tx, key, 1, None, NOW)
    of = by_code(tx, "abcd2345")
    assert of
    for to in (GROUP, FORUM, LAN, SOMEBODY):
        reached.take(tx, of, to, (item.document for item in of.items), DAY)
    openings.count(tx, of.key, 2, DAY)
    openings.count(tx, of.key, 2, DAY)
    tx.run("UPDATE digests SET finished_at = started_at")


async def test_each_chat_once_for_a_digest_and_members_as_the_platforms_tell(db: SqliteDatabase) -> None:
    await db.run(prepare)
    assert await db.read(reach.by_unit, *PERIOD) == EXPECTED
    assert await db.read(reach.by_unit, date(2026, 12, 1), date(2026, 12, 31)) == {}


async def test_a_member_counts_for_their_unit_on_each_of_their_networks(db: SqliteDatabase) -> None:
    await db.run(prepare)
    elsewhere = Address("zalo-bot", "lan")

    def link(tx: Tx) -> None:
        links.join(tx, LAN, elsewhere, "who")
        tx.run("UPDATE digest_chats SET channel = 'zalo-bot' WHERE conversation = 'lan'")

    await db.run(link)
    assert await db.read(reach.by_unit, *PERIOD) == EXPECTED


async def test_the_numbers_outlive_the_chats(db: SqliteDatabase) -> None:
    await db.run(prepare)
    await db.run(reach.settle, NOW + timedelta(days=1))
    assert await db.read(_kept) == 0  # it may still reach somebody
    for _ in range(2):
        await db.run(reach.settle, NOW + timedelta(days=3))
    assert await db.read(_kept) == 3
    await db.run(reached.forget_before, DAY + timedelta(days=1))
    await db.run(lambda tx: tx.run("DELETE FROM groups"))
    assert await db.read(reach.by_unit, *PERIOD) == EXPECTED


async def test_what_members_report_counts_for_the_unit_they_were_in(db: SqliteDatabase) -> None:
    await db.run(prepare)

    def say(tx: Tx) -> None:
        forwards.report(tx, 1, 1, 1, 3, DAY)
        forwards.report(tx, 1, 1, 1, 5, DAY)
        forwards.let_go_of(tx, 1)

    await db.run(say)
    assert (await db.read(reach.by_unit, *PERIOD))[1].forwards == 5


def _kept(tx: Tx) -> int:
    return len(tx.rows("SELECT * FROM digest_reach"))
