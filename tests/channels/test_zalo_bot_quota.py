"""The monthly quota: counted on disk, told in time, and kept for answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Pace
from bot.channels.zalo_bot_quota import MONTHLY, Quota
from bot.clock import SystemClock
from bot.errors import SealBroken
from bot.memory import ChannelMemory
from bot.model import JSON
from bot.networks import ZALO_BOT_WORDS
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from tests.channels.zalo_bot_setup import Remembered, Told, chat, connected, text
from tests.fakes.network import FakeNetwork
from tests.fakes.time import MovedClock, simulated
from tests.fakes.zalo_bot import LAN, FakeZaloBot, Fault
from tests.path.journey import journey, words

LAST_HOUR = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)  # 23:30 on the last of November in Viet Nam


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as server:
        server.meet(LAN)
        yield server


def spent(sent: int, month: str = "2026-11", warned: int = 0) -> Remembered:
    return Remembered(quota={"month": month, "sent": sent, "warned": warned})


async def test_what_was_taken_is_counted_and_what_was_refused_is_not(fake: FakeZaloBot) -> None:
    memory = Remembered()
    async with connected(fake, memory=memory) as channel:
        await channel.start()
        await channel.send(chat(LAN), text("một"), "1")
        await channel.signal(chat(LAN), "typing")
        for fault in (Fault("status", 400), Fault("status", 429), Fault("page", 403), Fault("drop_after")):
            fake.fail(fault)
            with pytest.raises(Exception, match="Zalo Bot"):
                await channel.send(chat(LAN), text("hai"), "2")
    assert memory.kept["quota"]["sent"] == 2  # the one whose answer was lost counts


async def test_the_count_goes_on_after_a_restart_and_begins_again_with_the_month_of_viet_nam(
    fake: FakeZaloBot,
) -> None:
    memory, clock = Remembered(), MovedClock(LAST_HOUR)
    for _ in range(2):
        async with connected(fake, memory=memory, clock=clock) as channel:
            await channel.start()
            await channel.send(chat(LAN), text("một"), "1")
    assert memory.kept["quota"] == {"month": "2026-11", "sent": 2, "warned": 0}
    clock.move(hours=1)
    async with connected(fake, memory=memory, clock=clock) as channel:
        await channel.start()
        await channel.send(chat(LAN), text("một"), "1")
    assert memory.kept["quota"] == {"month": "2026-12", "sent": 1, "warned": 0}


async def test_administrators_are_told_once_at_80_and_at_95_percent(fake: FakeZaloBot) -> None:
    memory, told = spent(2398), Told()
    async with connected(fake, memory=memory, notices=told) as channel:
        await channel.start()
        await channel.send(chat(LAN), text("một"), "1")
        assert (told.by_occasion, channel.allows_bulk()) == ({}, True)
        for _ in range(3):
            await channel.send(chat(LAN), text("hai"), "2")
    [(occasion, words)] = told.by_occasion.items()
    assert occasion == "zalo-bot quota 2026-11 80"
    assert "2400 tin" in words
    assert "80% của hạn mức 3000 tin" in words
    memory.kept["quota"]["sent"] = 2849
    async with connected(fake, memory=memory, notices=told) as channel:
        await channel.start()
        await channel.send(chat(LAN), text("ba"), "3")
    assert list(told.by_occasion)[1:] == ["zalo-bot quota 2026-11 95"]


async def test_from_80_percent_on_the_rest_is_kept_for_answers(fake: FakeZaloBot) -> None:
    clock = MovedClock(LAST_HOUR)
    async with connected(fake, memory=spent(2400), clock=clock) as channel:
        assert channel.allows_bulk()  # not started: nothing is known, and nothing is sent
        await channel.start()
        assert not channel.allows_bulk()
        assert "2400 of 3000" in await channel.describe()
        clock.move(hours=1)
        assert channel.allows_bulk()


async def test_refusals_that_last_are_told(fake: FakeZaloBot) -> None:
    told = Told()
    fake.quota = 0
    async with connected(fake, notices=told, haste_seconds=0) as channel:
        for _ in range(2):
            with pytest.raises(Exception, match="quota is probably used up"):
                await channel.send(chat(LAN), text("một"), "1")
    assert list(told.by_occasion) == ["zalo-bot quota 2026-11 used up"]


async def test_a_full_disk_does_not_undo_a_message_that_was_sent(fake: FakeZaloBot) -> None:
    memory = Remembered()
    async with connected(fake, memory=memory) as channel:
        await channel.start()
        memory.full = True
        assert await channel.send(chat(LAN), text("một"), "1")
        memory.full = False
        await channel.send(chat(LAN), text("hai"), "2")
    assert memory.kept["quota"]["sent"] == 2


async def test_messages_that_go_together_share_a_write() -> None:
    class Slow(Remembered):
        async def keep(self, name: str, value: JSON) -> None:
            await asyncio.sleep(0)
            await super().keep(name, value)

    memory = Slow()
    quota = Quota(memory, Told(), MovedClock(), ZALO_BOT_WORDS.quota)
    await asyncio.gather(*(quota.count() for _ in range(100)))
    assert memory.kept["quota"]["sent"] == 100
    assert memory.writes < 5


async def test_a_count_sealed_under_a_lost_key_begins_again() -> None:
    class Lost(Remembered):
        async def load(self, name: str) -> JSON | None:
            raise SealBroken("its key is gone")

    quota = Quota(Lost(), Told(), MovedClock(), ZALO_BOT_WORDS.quota)
    await quota.load()
    assert quota.percent == 0


async def test_the_count_is_on_disk(db: SqliteDatabase, seal: Seal) -> None:
    def counting() -> Quota:
        memory = ChannelMemory(db, seal, SystemClock(), "zalo-bot")
        return Quota(memory, Told(), MovedClock(), ZALO_BOT_WORDS.quota)

    first = counting()
    for _ in range(30):
        await first.count()
    second = counting()
    await second.load()
    assert str(second) == f"30 of {MONTHLY} messages sent this month"


class MeteredNetwork(FakeNetwork):
    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.plenty = True

    def allows_bulk(self) -> bool:
        return self.plenty


@simulated
async def test_bulk_waits_for_the_quota_and_holds_up_no_reply(tmp_path: Path) -> None:
    net = MeteredNetwork(pace=Pace())
    net.plenty = False
    async with journey(tmp_path, net) as trip:
        for number in range(200):
            await trip.queue(f"bulk {number}", f"c{number}", words("digest"), bulk=True)
        await trip.queue("reply", "c1", words("reply"))
        await asyncio.sleep(5)
        assert net.texts() == ["reply"]
        net.plenty = True
        await asyncio.sleep(5)
        assert len(net.texts()) == 201
