"""What a platform's rules keep from somebody: held until they write, offered or delivered then, each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot import campaigns, erasure, held, outbox
from bot.channels.base import Limits
from bot.clock import stamp
from bot.errors import SendError
from bot.model import Address, Inbound, Outcome, Text, say
from bot.texts import zalo_oa as texts
from tests.fakes.network import FakeNetwork, Hanging, pressed, typed
from tests.fakes.time import simulated
from tests.path.journey import Journey, journey, words

HERE = Address("net", "c1")


def closed() -> SendError:
    return SendError("silent for too long", retryable=False, closed=True)


def the_offer(count: int) -> str:
    return texts.HELD.format(count=count)


def shown(net: FakeNetwork) -> Text:
    reply = net.sent[-1].reply
    assert isinstance(reply, Text)
    return reply


@asynccontextmanager
async def kept(
    folder: Path, net: FakeNetwork, *bulk: str, replies: tuple[str, ...] = ()
) -> AsyncIterator[Journey]:
    """A journey in which the network's rules have kept these from somebody."""
    async with journey(folder, net) as trip:
        net.refuse("c1", *(closed() for _ in (*bulk, *replies)))
        for text in bulk:
            await trip.queue(f"digest:{text}", "c1", words(text), bulk=True)
        for text in replies:
            await trip.queue(f"officer:{text}", "c1", words(text))
        await asyncio.sleep(3)
        assert net.texts() == []
        assert trip.forgotten == []
        yield trip


@simulated
async def test_it_is_counted_sealed_and_in_nobodys_way(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin") as trip:
        [row] = await trip.outbox_rows()
        assert (row["state"], row["error"], row["conversation"]) == ("held", "silent for too long", "c1")
        assert b"tin" not in row["payload"]
        assert await trip.counts() == {"out held": 1}
        await trip.queue("reply", "c1", words("trả lời"))
        await asyncio.sleep(2)
        assert net.texts() == ["trả lời"]


@simulated
async def test_bulk_is_offered_behind_the_next_reply_and_comes_when_it_is_asked_for(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin 1", "tin 2") as trip:
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(2)
        assert net.texts() == ["re: hỏi", the_offer(2)]
        assert [choice.payload for choice in shown(net).choices] == [held.SHOW]
        await trip.hear(pressed("u2", "c1", held.SHOW))
        await asyncio.sleep(2)
        assert net.texts()[2:] == ["tin 1", "tin 2"]
        assert await trip.counts() == {}
        assert all(row["payload"] is row["conversation"] is None for row in await trip.outbox_rows())


@simulated
async def test_it_is_offered_once_until_there_is_more(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin 1") as trip:
        await trip.hear(typed("u1", "c1", "một"), typed("u2", "c1", "hai"))
        await asyncio.sleep(2)
        assert net.texts() == ["re: một", the_offer(1), "re: hai"]
        net.refuse("c1", closed())
        await trip.queue("digest:tin 2", "c1", words("tin 2"), bulk=True)
        await asyncio.sleep(2)
        await trip.hear(typed("u3", "c1", "ba"))
        await asyncio.sleep(2)
        assert net.texts()[3:] == ["re: ba", the_offer(2)]


@simulated
async def test_an_answer_to_ones_own_question_follows_without_being_offered(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin", replies=("cán bộ 1", "cán bộ 2")) as trip:
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(3)
        assert net.texts() == ["re: hỏi", "cán bộ 1", "cán bộ 2", the_offer(1)]
        assert await trip.counts() == {"out held": 1}


@simulated
async def test_a_message_in_pieces_is_one_and_stays_in_order(tmp_path: Path) -> None:
    net = FakeNetwork(limits=Limits(text=40, buttons=8))
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", *(closed() for _ in range(6)))
        await trip.queue("digest", "c1", words("một hai ba bốn năm " * 12), bulk=True)
        await asyncio.sleep(3)
        assert await trip.counts() == {"out held": 6}
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(2)
        assert "".join(net.texts()[1:]).replace(" ", "") == the_offer(1).replace(" ", "")
        before = len(net.sent)
        await trip.hear(pressed("u2", "c1", held.SHOW))
        await asyncio.sleep(2)
        assert " ".join(net.texts()[before:]).strip() == ("một hai ba bốn năm " * 12).strip()


@simulated
async def test_ten_taps_bring_it_once_and_a_late_one_is_answered(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin") as trip:
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(2)
        await trip.hear(*(pressed(f"t{number}", "c1", held.SHOW) for number in range(10)))
        await asyncio.sleep(2)
        assert net.texts()[2:] == ["tin"]
        await asyncio.sleep(60)
        await trip.hear(pressed("late", "c1", held.SHOW))
        await asyncio.sleep(2)
        assert net.texts()[3:] == [texts.HELD_NO_MORE]


@simulated
async def test_what_was_let_go_and_is_refused_again_is_parked(tmp_path: Path) -> None:
    """Else everything would come back with each message of somebody whom no message reaches."""
    net = FakeNetwork()
    async with kept(tmp_path, net, replies=("cán bộ",)) as trip:
        net.refuse("c1", closed(), closed())
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(3)
        assert net.texts() == []
        assert await trip.counts() == {"out held": 1, "out parked": 1}


@simulated
async def test_what_waited_for_days_is_not_given_up_as_too_old(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, replies=("cán bộ",)) as trip:
        await trip.change("UPDATE outbox SET wanted_at = '2026-11-17'")
        net.refuse("c1", SendError("down", retryable=True))
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(10)
        assert net.texts() == ["re: hỏi", "cán bộ"]


@simulated
async def test_what_is_paused_is_neither_offered_nor_given_until_it_goes_on(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin 1", "tin 2") as trip:
        assert await trip.db.run(campaigns.pause, "digest:tin 1") == 1
        await trip.hear(typed("u1", "c1", "một"))
        await asyncio.sleep(2)
        assert net.texts() == ["re: một", the_offer(1)]
        await trip.hear(pressed("u2", "c1", held.SHOW))
        await asyncio.sleep(2)
        assert net.texts()[2:] == ["tin 2"]
        await trip.db.run(campaigns.resume, "digest:tin 1", stamp(trip.clock.now()))
        await trip.hear(typed("u3", "c1", "hai"))
        await asyncio.sleep(60)
        await trip.hear(pressed("u4", "c1", held.SHOW))
        await asyncio.sleep(2)
        assert net.texts()[3:] == ["re: hai", the_offer(1), "tin 1"]


@simulated
async def test_a_message_without_an_answer_brings_no_offer(tmp_path: Path) -> None:
    net = FakeNetwork()

    async def silent(inbound: Inbound) -> Outcome:
        return say(inbound.address, words("chào")) if inbound.text == "chào" else Outcome()

    async with kept(tmp_path, net, "tin") as trip:
        trip.handle = silent
        await trip.hear(typed("u1", "c1", "…"))
        await asyncio.sleep(2)
        assert net.texts() == []
        await trip.hear(typed("u2", "c1", "chào"))
        await asyncio.sleep(2)
        assert net.texts() == ["chào", the_offer(1)]


@simulated
async def test_groups_hold_nothing(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("group 1", closed())
        await trip.queue("digest", "group 1", words("tin"), bulk=True)
        await asyncio.sleep(2)
        [row] = await trip.outbox_rows()
        assert (row["state"], row["payload"], row["conversation"]) == ("undeliverable", None, None)


@simulated
async def test_whoever_left_or_asked_to_be_forgotten_gets_nothing(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin", replies=("cán bộ",)) as trip:
        assert (await trip.db.read(erasure.kept, HERE, "c1")).messages == 2
        await trip.db.run(erasure.erase, HERE, "c1")
        await trip.hear(typed("u1", "c1", "hỏi"))
        await asyncio.sleep(2)
        assert net.texts() == ["re: hỏi"]


@simulated
async def test_what_is_called_off_while_its_call_is_under_way_is_not_held(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", Hanging(closed()))
        await trip.queue("digest:7:1", "c1", words("tin"), bulk=True)
        await asyncio.sleep(0.1)
        await trip.db.run(campaigns.cancel, "digest:7:", stamp(trip.clock.now()))
        net.answer()
        await asyncio.sleep(2)
        [row] = await trip.outbox_rows()
        assert (row["state"], row["error"], row["conversation"]) == ("undeliverable", "cancelled", None)


@simulated
@pytest.mark.parametrize("then", ["taken", "busy", "refused"])
async def test_whoever_is_forgotten_while_a_call_is_under_way_is_not_known_by_it(
    tmp_path: Path, then: str
) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang" if then == "taken" else Hanging(SendError(then, retryable=then == "busy")))
        await trip.queue("digest:7:1", "c1", words("tin"), bulk=True)
        await asyncio.sleep(0.1)
        await trip.db.run(erasure.erase, HERE, "c1")
        net.answer()
        await asyncio.sleep(10)
        [row] = await trip.outbox_rows()
        assert row["state"] == ("sent" if then == "taken" else "undeliverable")
        assert (row["conversation"], row["payload"]) == (None, None)
        assert row["finished_at"]


@simulated
async def test_whoever_stops_us_ends_what_is_held(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin") as trip:
        trip.handle = lambda inbound: asyncio.sleep(0, Outcome())
        await trip.hear({"id": "u1", "conversation": "c1", "kind": "stopped"})
        await asyncio.sleep(2)
        assert await trip.counts() == {"out undeliverable": 1}


@simulated
async def test_after_a_week_nothing_is_left_of_it(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with kept(tmp_path, net, "tin") as trip:
        start = trip.clock.now()
        for days, left in ((6.9, 1), (7.1, 0)):
            week_ago = stamp(start + timedelta(days=days) - timedelta(days=7))
            await trip.db.run(outbox.tidy, payloads_before=week_ago, rows_before=week_ago)
            await trip.db.run(held.give_up, week_ago)
            assert await trip.db.read(held.count, HERE) == left
        [row] = await trip.outbox_rows()
        assert (row["state"], row["payload"], row["conversation"]) == ("undeliverable", None, None)
        await trip.hear(pressed("u1", "c1", held.SHOW))
        await asyncio.sleep(2)
        assert net.texts() == [texts.HELD_NO_MORE]


@pytest.mark.parametrize("stop_after", range(10))
def test_a_stop_at_any_step_sends_each_once(tmp_path: Path, stop_after: int) -> None:
    @simulated
    async def stopped() -> None:
        net = FakeNetwork()
        async with kept(tmp_path, net, "tin 1", "tin 2", replies=("cán bộ",)) as trip:
            for raw in (typed("u1", "c1", "hỏi"), pressed("u2", "c1", held.SHOW)):
                await trip.hear(raw)
                for _ in range(stop_after):
                    await asyncio.sleep(0)
                await trip.stop()
                trip.start()
                await asyncio.sleep(3)
            assert net.texts() == ["re: hỏi", "cán bộ", the_offer(2), "tin 1", "tin 2"]

    stopped()
