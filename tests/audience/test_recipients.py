"""Who gets digests: groups that are set up, people who have asked; each once."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bot.audience import groups, links, staff, subscriptions, units
from bot.audience.quiet import Quiet
from bot.audience.recipients import Recipient, all_recipients
from bot.audience.subscriptions import Subscription
from bot.audience.units import Unit
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
GROUP, OTHER = Address("telegram", "-100123"), Address("zalo-bot", "zgr-1")
LAN, LAN_ON_ZALO = Address("telegram", "7"), Address("zalo-bot", "lan")


def key_of(tx: Tx, at: Address) -> int:
    found = groups.find(tx, at)
    assert found
    return found.key


async def test_a_group_gets_digests_once_it_is_set_up_where_and_as_it_was_told(db: SqliteDatabase) -> None:
    def prepare(tx: Tx) -> None:
        unit = units.add(tx, Unit(0, "Phường Bình Minh", "phường"), NOW)
        assert groups.add(tx, GROUP, NOW, "Tổ dân phố 3")
        assert groups.add(tx, OTHER, NOW)
        assert not groups.add(tx, GROUP, NOW)
        groups.change(
            tx,
            key_of(tx, GROUP),
            None,
            NOW,
            state="on",
            unit=unit,
            topics=("Đất đai",),
            quiet="22:00-05:30",
            thread="45",
        )

    await db.run(prepare)
    assert await db.read(all_recipients) == [
        Recipient(
            Address("telegram", "-100123/45"),
            "group",
            1,
            ("Đất đai",),
            (),
            Quiet(time(22), time(5, 30)),
            None,
        )
    ]


async def test_a_group_that_has_moved_is_the_same_group(db: SqliteDatabase) -> None:
    def prepare(tx: Tx) -> None:
        groups.add(tx, Address("telegram", "-5"), NOW)
        groups.change(tx, key_of(tx, Address("telegram", "-5")), None, NOW, state="on")
        groups.add(tx, GROUP, NOW)  # we have heard of its new name first
        groups.move(tx, Address("telegram", "-5"), GROUP.conversation)
        groups.move(tx, Address("telegram", "-5"), GROUP.conversation)  # told twice

    await db.run(prepare)
    assert [each.to for each in await db.read(all_recipients)] == [GROUP]


async def test_one_person_with_two_accounts_gets_it_once_where_they_asked_last(db: SqliteDatabase) -> None:
    def prepare(tx: Tx) -> None:
        unit = units.add(tx, Unit(0, "Thôn 1", "thôn"), NOW)
        key = staff.give_role(tx, (), LAN, "collaborator", "Lan", None, NOW)
        staff.place(tx, key, unit, None, NOW)
        links.join(tx, LAN, LAN_ON_ZALO, "x")
        subscriptions.keep(tx, Subscription(LAN), NOW)
        subscriptions.keep(tx, Subscription(LAN_ON_ZALO, levels=("tỉnh",)), NOW)

    await db.run(prepare)
    assert await db.read(all_recipients) == [Recipient(LAN_ON_ZALO, "private", 1, (), ("tỉnh",))]
    assert await db.run(subscriptions.stop, LAN)
    assert await db.read(all_recipients) == []


async def test_a_group_goes_with_its_unit(db: SqliteDatabase) -> None:
    def prepare(tx: Tx) -> None:
        for name in ("Thôn 1", "Thôn 2"):
            units.add(tx, Unit(0, name, "thôn"), NOW)
        groups.add(tx, GROUP, NOW)
        groups.change(tx, key_of(tx, GROUP), None, NOW, state="on", unit=1)
        units.merge(tx, 1, 2, NOW)

    await db.run(prepare)
    assert [each.unit for each in await db.read(all_recipients)] == [2]
