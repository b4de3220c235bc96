"""Where it is quiet at the moment of sending: the service's hours, a chat's own, a group's for its topics, a person's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.audience import groups, links, subscriptions
from bot.audience.quiet import DEFAULT, SPREAD, parse
from bot.audience.resting import resting
from bot.audience.subscriptions import Subscription
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
CHATS = ("-100123/45", "-100123", "7", "8", "9")
NEVER = parse("không")


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}").replace(tzinfo=HERE)


def people(tx: Tx) -> None:
    now = at(22, "10:00")
    groups.add(tx, Address("telegram", "-100123"), now)
    found = groups.find(tx, Address("telegram", "-100123"))
    assert found
    groups.change(tx, found.key, None, now, state="on", quiet="11:00-13:00", thread="45")
    subscriptions.keep(tx, Subscription(Address("telegram", "7"), quiet="12:00-14:00"), now)
    subscriptions.keep(tx, Subscription(Address("zalo-bot", "lan"), quiet="11:30-12:30"), now)
    links.join(tx, Address("telegram", "8"), Address("zalo-bot", "lan"), "random")
    subscriptions.keep(tx, Subscription(Address("telegram", "9")), now)
    subscriptions.keep(tx, Subscription(Address("zalo-bot", "9"), quiet="00:00-23:00"), now)  # somebody else


async def test_by_day_those_who_have_asked_for_it(db: SqliteDatabase) -> None:
    await db.run(people)
    ends = await db.read(resting, "telegram", CHATS, DEFAULT, at(23, "12:15"), HERE)
    over = {"-100123/45": "13:00", "-100123": "13:00", "7": "14:00", "8": "12:30"}
    assert ends.keys() == over.keys()
    for chat, end in over.items():
        assert at(23, end) <= ends[chat] < at(23, end) + SPREAD
    assert ends["7"] == (await db.read(resting, "telegram", ["7"], NEVER, at(23, "13:59"), HERE))["7"]
    assert await db.read(resting, "telegram", CHATS, DEFAULT, at(23, "14:30"), HERE) == {}


async def test_by_night_everybody_each_at_their_place(db: SqliteDatabase) -> None:
    await db.run(people)
    ends = await db.read(resting, "telegram", CHATS, DEFAULT, at(23, "22:00"), HERE)
    assert ends.keys() == set(CHATS)
    assert all(at(24, "06:30") <= end < at(24, "07:00") for end in ends.values())
    assert len(set(ends.values())) == len(CHATS)


async def test_where_it_is_always_quiet_what_has_waited_goes_out(db: SqliteDatabase) -> None:
    await db.run(people)
    by_day = parse("23:00-00:00")
    ends = await db.read(resting, "zalo-bot", ["9"], by_day, at(23, "12:00"), HERE)
    assert ends == {}
