"""What nobody asked for keeps to quiet hours when it is sent, however long it has waited; everything else goes on."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot import outbox_chats
from bot.channels.base import Pace
from bot.errors import SendError
from bot.model import Address, Tx
from bot.outbox import BULK
from bot.queueing import SendQueue
from bot.storage.base import Row
from tests.fakes.network import FakeNetwork
from tests.fakes.time import simulated, skip
from tests.path.journey import Journey, journey, words


def night(trip: Journey, *chats: str) -> datetime:
    """From now on, for nine hours, it is quiet there."""
    morning = trip.clock.now() + timedelta(hours=9)
    trip.resting |= dict.fromkeys(chats, morning)
    return morning


async def waiting(trip: Journey) -> list[Row]:
    return await trip.rows("SELECT * FROM outbox WHERE state = 'waiting' ORDER BY id")


@simulated
async def test_in_its_order_holding_up_nothing_and_as_if_never_tried(tmp_path: Path) -> None:
    net = FakeNetwork()
    net.refuse("c1", SendError("busy", retryable=True, retry_after=30))
    async with journey(tmp_path, net) as trip:
        await trip.queue("digest:1:1", "c1", words("1"), words("2"), bulk=True)
        await asyncio.sleep(5)
        morning = night(trip, "c1")
        queue = SendQueue(trip.networks, trip.seal, trip.clock)
        urgent = [(Address("net", "c1"), words("urgent"))]
        await trip.db.run(lambda tx: queue.put(tx, "digest:2:1", urgent, BULK, heeds_quiet=False))
        await trip.queue("digest:1:2", "c2", words("elsewhere"), bulk=True)
        await asyncio.sleep(60)
        assert net.texts("c1") == ["urgent"]
        await trip.queue("inbox:1", "c1", words("reply"))
        await asyncio.sleep(60)
        assert net.texts() == ["elsewhere", "urgent", "reply"]
        assert [(row["tries"], datetime.fromisoformat(row["due_at"])) for row in await waiting(trip)] == [
            (0, morning)
        ] * 2
        skip(hours=9)
        await asyncio.sleep(5)
        assert net.texts()[3:] == ["1", "2"]


@simulated
async def test_what_follows_after_a_while_follows_after_it_in_the_morning_too(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        queue, to = SendQueue(trip.networks, trip.seal, trip.clock), Address("net", "c1")
        morning = night(trip, "c1")

        def ask(tx: Tx) -> None:
            for number in range(3):
                at = trip.clock.now() + number * timedelta(minutes=1)
                queue.put(tx, f"poll:1:native:{number}", [(to, words(str(number)))], BULK, at)

        await trip.db.run(ask)
        trip.wake("net")
        await asyncio.sleep(300)
        assert net.sent == []
        begin = (morning - trip.clock.now()).total_seconds() + asyncio.get_running_loop().time()
        skip(hours=8, minutes=50)
        await asyncio.sleep(600)
        assert [round((sent.at - begin) / 60) for sent in net.sent] == [0, 1, 2]
        assert net.texts() == ["0", "1", "2"]


@simulated
async def test_after_an_outage_thousands_are_put_off_at_once_and_nobody_waits_for_that(
    tmp_path: Path,
) -> None:
    net = FakeNetwork(pace=Pace(per_second=5))
    async with journey(tmp_path, net) as trip:
        await trip.stop()
        chats = [f"c{number}" for number in range(700)]
        for chat in chats:
            await trip.queue(f"digest:1:{chat}", chat, words(chat), bulk=True)
        await trip.change(
            "UPDATE outbox SET state = 'sending' WHERE conversation = 'c9'"
        )  # as a kill leaves it
        skip(hours=11)
        night(trip, *chats)
        trip.start()
        await trip.queue("digest:1:awake", "awake", words("awake"), bulk=True)
        await trip.queue("inbox:1", "person", words("reply"))
        await asyncio.sleep(1)
        assert net.texts() == ["reply", "awake"]
        assert len({row["due_at"] for row in await waiting(trip)}) == 1
        # Long after it was written it is not too old to be tried again: its day begins in the morning.
        net.refuse("c1", SendError("busy", retryable=True), SendError("busy", retryable=True))
        skip(hours=14)
        await asyncio.sleep(200)
        assert sorted(net.texts()[2:]) == sorted(chats)
        assert [row["conversation"] for row in await trip.outbox_rows() if row["doubts"]] == ["c9"]


@simulated
async def test_what_a_chat_is_to_wait_with_is_found_however_much_waits(tmp_path: Path) -> None:
    async with journey(tmp_path, FakeNetwork()) as trip:
        values = {"channel": "net", "conversation": "c1", "end": ""}
        [plan] = await trip.rows(f"EXPLAIN QUERY PLAN {outbox_chats.HEEDING}", **values)
        assert "USING INDEX outbox_order (channel=? AND conversation=?" in plan["detail"]
