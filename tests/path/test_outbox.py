"""One row is one call: in order, at the platform's pace, once, and never in silence when it fails."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from bot import outbox, sending
from bot.channels.base import Limits, Pace
from bot.errors import SendError
from bot.model import Address, File, Part, Text
from tests.fakes.disk import full_disk
from tests.fakes.network import FakeNetwork
from tests.fakes.time import simulated
from tests.path.journey import journey, words


def down() -> SendError:
    return SendError("the platform is down", retryable=True)


def too_fast(seconds: float, scope: str = "conversation") -> SendError:
    return SendError("too fast", retryable=True, retry_after=seconds, scope=scope)  # type: ignore[arg-type]


@simulated
async def test_messages_to_one_conversation_arrive_in_order(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(conversation_per_second=1))
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "c1", words("1"), words("2"), words("3"))
        await trip.queue("b", "c1", words("4"))
        await asyncio.sleep(10)
        assert net.texts() == ["1", "2", "3", "4"]
        times = [sent.at for sent in net.sent]
        assert all(later - earlier >= 1 for earlier, later in pairwise(times))
        assert times[-1] < 4.5


@simulated
async def test_conversations_do_not_wait_for_each_other(tmp_path: Path) -> None:
    net = FakeNetwork()
    net.refuse("slow", "hang")
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "slow", words("1"), words("2"))
        for number in range(100):
            await trip.queue(f"b{number}", f"c{number}", words("hello"))
        await asyncio.sleep(3)
        assert len(net.sent) == 100
        net.answer()
        await asyncio.sleep(3)
        assert net.texts("slow") == ["1", "2"]
        assert net.most_at_once <= sending.SIDE_BY_SIDE


@simulated
async def test_overall_pace(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(per_second=30))
    async with journey(tmp_path, net) as trip:
        for number in range(100):
            await trip.queue(f"b{number}", f"c{number}", words("hello"))
        await asyncio.sleep(6)
        times = [sent.at for sent in net.sent]
        assert len(times) == 100
        assert max(sum(start <= at < start + 1 for at in times) for start in times) <= 30
        assert times[-1] - times[0] < 5


@simulated
async def test_replies_go_before_bulk_also_to_the_same_conversation(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(per_second=1))
    async with journey(tmp_path, net) as trip:
        await trip.queue("bulk", "c1", *(words(f"bulk {number}") for number in range(3)), bulk=True)
        await trip.queue("other", "c2", words("other bulk"), bulk=True)
        await asyncio.sleep(0.5)
        await trip.queue("reply", "c1", words("reply"))
        await asyncio.sleep(20)
        assert net.texts() == ["bulk 0", "reply", "bulk 1", "bulk 2", "other bulk"]


@simulated
async def test_what_was_sent_keeps_neither_words_nor_the_one_who_was_answered(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "c1", words("secret"))
        await asyncio.sleep(1)
        (row,) = await trip.outbox_rows()
        assert (row["state"], row["external_id"]) == ("sent", "message-1")
        assert (row["payload"], row["conversation"], row["error"]) == (None, None, None)
        assert b"secret" not in (tmp_path / "journey.db").read_bytes()


@simulated
async def test_a_cause_happens_once(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        for _ in range(3):
            await trip.queue("inbox:1", "c1", words("1"), words("2"))
        await asyncio.sleep(2)
        assert net.texts() == ["1", "2"]


@simulated
async def test_a_long_reply_is_several_rows_and_a_failure_repeats_no_part(tmp_path: Path) -> None:
    net = FakeNetwork(limits=Limits(text=10, buttons=8))
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", down())
        await trip.queue("a", "c1", Text((Part("một hai ba bốn năm sáu bảy"),)))
        await asyncio.sleep(10)
        assert " ".join(net.texts()) == "một hai ba bốn năm sáu bảy"
        assert all(len(text) <= 10 for text in net.texts())
        assert len(await trip.outbox_rows()) == len(net.sent) > 1


@simulated
async def test_a_platform_in_trouble_is_tried_again_later_and_later(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", *(down() for _ in range(6)))
        await trip.queue("a", "c1", words("1"), words("2"))
        await asyncio.sleep(200)
        assert net.texts() == ["1", "2"]
        assert len(net.calls) == 8
        assert 30 < net.sent[0].at < 130
        (first, _) = await trip.outbox_rows()
        assert (first["state"], first["tries"]) == ("sent", 6)


@simulated
async def test_a_dropped_connection_under_load_costs_seconds_not_half_a_minute(tmp_path: Path) -> None:
    net = FakeNetwork()
    net.refuse("*", *(down() for _ in range(sending.SIDE_BY_SIDE)))
    async with journey(tmp_path, net) as trip:
        for number in range(sending.SIDE_BY_SIDE):
            await trip.queue(f"b{number}", f"c{number}", words("hello"))
        await asyncio.sleep(5)
        assert len(net.sent) == sending.SIDE_BY_SIDE


@simulated
async def test_a_row_that_has_failed_a_thousand_times_is_still_tried(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang")
        await trip.queue("first", "c1", words("0"))
        await trip.queue("a", "c1", words("1"))
        await asyncio.sleep(1)
        await trip.change("UPDATE outbox SET tries = 2000 WHERE cause = 'a'")
        net.refuse("c1", down())
        net.answer()
        await asyncio.sleep(90)
        assert net.texts() == ["0", "1"]


@simulated
async def test_after_a_day_it_is_given_up_and_the_rest_goes_on(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang", down())
        await trip.queue("first", "c1", words("0"))
        await trip.queue("a", "c1", words("old"), words("new"))
        await asyncio.sleep(1)
        await trip.change("UPDATE outbox SET wanted_at = '2026-11-01' WHERE cause = 'a' AND position = 0")
        net.answer()
        await asyncio.sleep(5)
        assert net.texts() == ["0", "new"]
        assert await trip.counts() == {"out parked": 1}


@simulated
async def test_a_chat_that_asks_to_wait_is_left_alone_while_others_go_on(tmp_path: Path) -> None:
    """Also a reply that overtakes the bulk message which was refused."""
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", too_fast(30))
        await trip.queue("bulk", "c1", words("bulk"), bulk=True)
        await asyncio.sleep(1)
        await trip.queue("reply", "c1", words("reply"))
        await trip.queue("other", "c2", words("other"))
        await asyncio.sleep(60)
        assert net.texts() == ["other", "reply", "bulk"]
        assert net.sent[0].at < 3
        assert all(30 <= sent.at < 33 for sent in net.sent[1:])


@simulated
async def test_a_platform_that_asks_to_wait_holds_everybody(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", too_fast(30, scope="channel"))
        await trip.queue("a", "c1", words("1"))
        await asyncio.sleep(1)
        await trip.queue("b", "c2", words("2"))
        await asyncio.sleep(60)
        assert sorted(net.texts()) == ["1", "2"]
        assert all(30 <= sent.at < 32 for sent in net.sent)


@simulated
async def test_a_permanent_refusal_is_parked_with_its_reason_and_the_next_goes_out(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", SendError("message is too strange", retryable=False))
        await trip.queue("a", "c1", words("1"), words("2"))
        await asyncio.sleep(3)
        assert net.texts() == ["2"]
        parked = await trip.db.read(outbox.parked)
        assert [(row["channel"], row["error"]) for row in parked] == [("net", "message is too strange")]


@simulated
async def test_blocked_ends_everything_that_waits_there_and_forgets_the_person(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", SendError("blocked", retryable=False, gone=True))
        await trip.queue("a", "c1", words("1"), words("2"))
        await trip.queue("b", "c1", words("3"), bulk=True)
        await trip.queue("c", "c2", words("4"))
        await asyncio.sleep(3)
        assert net.texts() == ["4"]
        assert trip.forgotten == [Address("net", "c1")]
        rows = await trip.outbox_rows()
        assert [row["state"] for row in rows] == ["undeliverable"] * 3 + ["sent"]
        assert all(row["payload"] is row["conversation"] is None for row in rows)


@simulated
async def test_a_moved_group_gets_what_waits_under_its_new_name_in_order(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("group 1", SendError("moved", retryable=False, moved_to="group 2"))
        await trip.queue("a", "group 1", words("1"), words("2"))
        await asyncio.sleep(3)
        assert [(sent.conversation, sent.text) for sent in net.sent] == [("group 2", "1"), ("group 2", "2")]


@simulated
async def test_a_fault_of_our_own_is_parked_after_three_tries_and_blocks_nobody(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", *(TypeError("ours") for _ in range(10)))
        await trip.queue("a", "c1", words("bad"))
        await asyncio.sleep(30)
        net.refuse("c1")
        assert len(net.calls) == 3
        (row,) = await trip.outbox_rows()
        assert (row["state"], row["error"]) == ("parked", "TypeError")


@simulated
async def test_a_seal_that_cannot_be_opened_is_parked_and_blocks_nobody(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang")
        await trip.queue("a", "c1", words("1"), words("2"), words("3"))
        await asyncio.sleep(1)
        await trip.change("UPDATE outbox SET payload = x'01' WHERE position = 1")
        net.answer()
        await asyncio.sleep(3)
        assert net.texts() == ["1", "3"]
        assert await trip.counts() == {"out parked": 1}


@simulated
async def test_a_file_is_loaded_just_before_it_is_sent(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "c1", File("a.pdf", "application/pdf", "7"))
        await asyncio.sleep(1)
        assert net.sent[0].reply == File("a.pdf", "application/pdf", "7", content=b"%PDF")
        trip.file = b""
        await trip.queue("b", "c1", File("gone.pdf", "application/pdf", "8"), words("next"))
        await asyncio.sleep(1)
        assert net.texts() == ["a.pdf", "next"]
        assert await trip.counts() == {"out parked": 1}


# Ends and starts


@simulated
async def test_an_orderly_stop_finishes_what_is_under_way(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang")
        await trip.queue("a", "c1", words("1"), words("2"))
        await asyncio.sleep(1)
        stopping = asyncio.ensure_future(trip.stop())
        await asyncio.sleep(1)
        net.answer()
        await stopping
        assert [row["state"] for row in await trip.outbox_rows()] == ["sent", "waiting"]
        trip.start()
        await asyncio.sleep(1)
        assert net.texts() == ["1", "2"]
        assert await trip.counts() == {}


@pytest.mark.parametrize("steps", range(12))
def test_an_orderly_stop_leaves_no_doubt_whenever_it_comes(tmp_path: Path, steps: int) -> None:
    @simulated
    async def stopped_after(steps: int) -> None:
        net = FakeNetwork()
        async with journey(tmp_path, net) as trip:
            await asyncio.sleep(1)
            await trip.queue("a", "c1", words("1"), words("2"))
            for _ in range(steps):
                await asyncio.sleep(0)
            await trip.stop()
            assert "out sending" not in await trip.counts()
            trip.start()
            await asyncio.sleep(2)
            assert net.texts() == ["1", "2"]
            assert await trip.counts() == {}

    stopped_after(steps)


@simulated
async def test_a_send_that_a_kill_interrupted_is_repeated_once_counted_and_listed(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.stop()
        await trip.queue("a", "c1", words("1"), words("2"))
        await trip.change("UPDATE outbox SET state = 'sending' WHERE position = 0")  # as a kill leaves it
        trip.start()
        await asyncio.sleep(2)
        assert net.texts() == ["1", "2"]
        assert await trip.counts() == {"out doubtful": 1}
        (listed,) = await trip.db.read(outbox.doubtful)
        assert (listed["channel"], listed["doubts"], listed["state"]) == ("net", 1, "sent")


@simulated
async def test_a_network_that_knows_keys_leaves_no_doubt(tmp_path: Path) -> None:
    net = FakeNetwork(limits=Limits(text=200, buttons=8, knows_keys=True))
    async with journey(tmp_path, net) as trip:
        await trip.stop()
        await trip.queue("a", "c1", words("1"))
        (row,) = await trip.outbox_rows()
        await trip.change("UPDATE outbox SET state = 'sending'")
        trip.start()
        await asyncio.sleep(2)
        assert [sent.key for sent in net.sent] == [f"outbox:{row['id']}"]
        assert await trip.counts() == {}


@simulated
async def test_a_full_disk_while_a_send_is_recorded_sends_nothing_twice(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang")
        await trip.queue("a", "c1", words("1"), words("2"))
        await asyncio.sleep(1)
        with full_disk():
            net.answer()
            await asyncio.sleep(30)
            assert net.texts() == ["1"]
        await asyncio.sleep(5)
        assert net.texts() == ["1", "2"]
        assert len(net.calls) == 2
        assert await trip.counts() == {}


@simulated
async def test_a_full_disk_does_not_keep_the_service_from_stopping(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        net.refuse("c1", "hang")
        await trip.queue("a", "c1", words("1"))
        await asyncio.sleep(1)
        with full_disk():
            net.answer()
            await asyncio.sleep(5)
            await trip.stop()
        trip.start()
        await asyncio.sleep(2)
        assert net.texts() == ["1", "1"]
        assert await trip.counts() == {"out doubtful": 1}
