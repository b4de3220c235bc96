"""What administrators are told: each of them, once, where they can be reached."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import pytest

from bot.audience import links, staff
from bot.model import Address
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.network import FakeNetwork
from tests.fakes.time import MovedClock

ONE, TWO, FAR, LOST = Address("net", "1"), Address("net", "2"), Address("off", "3"), Address("lost", "4")

Notices = Callable[[Sequence[Address]], AdministratorNotices]


class TroubledNetwork(FakeNetwork):
    trouble = "somebody has to consent"


@pytest.fixture
def notices(db: SqliteDatabase, seal: Seal, clock: MovedClock) -> Notices:
    channels = {"net": FakeNetwork("net"), "web": FakeNetwork("web"), "lost": TroubledNetwork("lost")}
    return lambda admins: AdministratorNotices(db, SendQueue(channels, seal, clock), channels, admins)


async def queued(db: SqliteDatabase) -> list[tuple[str, str]]:
    rows = await db.read(lambda tx: tx.rows("SELECT channel, conversation FROM outbox ORDER BY id"))
    return [(row["channel"], row["conversation"]) for row in rows]


async def test_every_administrator_is_told_once(
    db: SqliteDatabase, clock: MovedClock, notices: Notices
) -> None:
    await db.run(staff.give_role, (), TWO, "administrator", "", None, clock.now())
    told = notices((ONE,))
    await told.tell_administrators("Sắp hết hạn mức.", "quota 80")
    await told.tell_administrators("Sắp hết hạn mức!", "quota 80")
    assert await queued(db) == [("net", "1"), ("net", "2")]
    await told.tell_administrators("Sắp hết hạn mức.", "quota 95")
    assert len(await queued(db)) == 4


async def test_who_becomes_administrator_later_is_told_then(
    db: SqliteDatabase, clock: MovedClock, notices: Notices
) -> None:
    told = notices(())
    await told.tell_administrators("Mất kết nối.", "lost")
    assert await queued(db) == []
    await db.run(staff.give_role, (), ONE, "administrator", "", None, clock.now())
    await told.tell_administrators("Mất kết nối.", "lost")
    assert await queued(db) == [("net", "1")]


async def test_whose_network_is_off_is_told_on_a_linked_one_or_not_at_all(
    db: SqliteDatabase, notices: Notices
) -> None:
    told = notices((FAR, ONE))
    await told.tell_administrators("Mất kết nối.", "lost 1")
    assert await queued(db) == [("net", "1")]
    await db.run(links.join, FAR, Address("web", "v"), "x")
    await told.tell_administrators("Mất kết nối.", "lost 2")
    assert await queued(db) == [("net", "1"), ("web", "v"), ("net", "1")]


async def test_trouble_with_a_network_is_rather_told_on_another(db: SqliteDatabase, notices: Notices) -> None:
    await db.run(links.join, ONE, Address("web", "v"), "x")
    await notices((ONE, TWO)).tell_administrators("Mất kết nối.", "net consent 1")
    assert await queued(db) == [("web", "v"), ("net", "2")]


async def test_a_notice_does_not_wait_for_the_trouble_that_it_tells_of(
    db: SqliteDatabase, notices: Notices
) -> None:
    await notices((LOST, ONE)).tell_administrators("Mất kết nối.", "lost consent 1")
    assert await queued(db) == [("net", "1")]
    await notices((LOST, ONE)).tell_administrators("Sắp hết hạn mức.", "net quota 80")
    assert await queued(db) == [("net", "1"), ("lost", "4"), ("net", "1")]


async def test_one_person_with_two_roles_is_told_once(db: SqliteDatabase, notices: Notices) -> None:
    web = Address("web", "v")
    await db.run(links.join, ONE, web, "x")
    await notices((ONE, web)).tell_administrators("Mất kết nối.", "lost")
    assert await queued(db) == [("net", "1")]


async def test_with_nobody_to_tell_the_log_names_the_occasion_only(
    notices: Notices, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await notices((FAR,)).tell_administrators("https://secret.example", "token lost")
    assert "token lost" in caplog.text
    assert "secret" not in caplog.text
