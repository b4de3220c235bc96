"""Many sends that belong together: paused, resumed, cancelled, counted; and those that wait for their time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import campaigns, outbox, outbox_chats
from bot.campaigns import Failure, Progress
from bot.channels.base import Limits, Pace
from bot.clock import stamp
from bot.errors import SendError
from bot.model import Address, Choice, Edit, Inbound, Outcome, Part, Picture, Sending, Text, say
from bot.queueing import SendQueue
from tests.fakes.network import FakeNetwork, Hanging
from tests.fakes.time import simulated, skip
from tests.path.journey import Journey, journey, words

DIGEST = "digest:7:"
PICTURE = Picture(
    "card.png", "image/png", "d/ab/card.png", "Mới", "Nghị quyết 57", (Choice("Xem", "kit/ab"),)
)


async def deliver(trip: Journey, chats: int, digest: str = DIGEST) -> None:
    for number in range(chats):
        await trip.queue(f"{digest}{number}", f"c{number}", words(f"{digest}{number}"), bulk=True)


async def look(trip: Journey, prefix: str = DIGEST) -> Progress:
    return await trip.db.read(campaigns.progress, prefix)


@simulated
async def test_paused_and_resumed_nothing_is_left_out_and_nothing_comes_twice(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(per_second=1))
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 10)
        await deliver(trip, 2, "digest:70:")
        await asyncio.sleep(3.5)
        assert await trip.db.run(campaigns.pause, DIGEST) == 10 - len(net.sent)
        gone = len(net.sent)
        await asyncio.sleep(20)
        assert net.texts()[gone:] == ["digest:70:0", "digest:70:1"]  # another one, that begins alike, goes on
        assert await look(trip) == Progress(waiting=10 - gone, sent=gone, paused=10 - gone)
        await trip.queue("inbox:1", "c9", words("reply"))
        await asyncio.sleep(3)
        assert net.texts("c9") == ["reply"]  # what is paused holds up no answer
        await trip.db.run(campaigns.resume, DIGEST, stamp(trip.clock.now()))
        await asyncio.sleep(20)
        assert await look(trip) == Progress(sent=10)
        assert sorted(text for text in net.texts() if text.startswith(DIGEST)) == [
            f"{DIGEST}{number}" for number in range(10)
        ]


@simulated
async def test_a_long_pause_makes_nothing_too_old(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.db.run(campaigns.pause, DIGEST)
        net.refuse("c0", SendError("busy", retryable=True), SendError("busy", retryable=True))
        await deliver(trip, 1)
        await asyncio.sleep(0.1)
        await trip.db.run(campaigns.pause, DIGEST)
        skip(days=3)
        await asyncio.sleep(2)
        assert net.texts() == []
        await trip.db.run(campaigns.resume, DIGEST, stamp(trip.clock.now()))
        await asyncio.sleep(60)
        assert net.texts() == [f"{DIGEST}0"]


@simulated
async def test_what_has_been_paused_for_too_long_says_so(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(per_second=1))
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 10)
        await asyncio.sleep(3.5)
        left = await trip.db.run(campaigns.pause, DIGEST)
        later = stamp(trip.clock.now() + timedelta(days=8))
        await trip.db.run(lambda tx: outbox.tidy(tx, payloads_before=later, rows_before=""))
        assert await trip.db.read(campaigns.failures, DIGEST) == [Failure("net", "paused for too long", left)]


@simulated
async def test_cancelled_is_what_has_not_gone_out_also_what_is_under_way_and_fails(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(per_second=2))
    net.refuse("c0", Hanging(SendError("busy", retryable=True)))
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 6)
        await asyncio.sleep(0.1)
        assert net.calls[0][0] == "c0"
        cancelled = await trip.db.run(campaigns.cancel, DIGEST, stamp(trip.clock.now()))
        assert cancelled == 6 - len(net.calls)
        net.answer()
        await asyncio.sleep(60)
        now = await look(trip)
        assert (now.unfinished, now.sent) == (0, len(net.sent))
        assert now.sent + now.undeliverable == 6
        ended = [row for row in await trip.outbox_rows() if row["error"]]
        assert {(row["payload"], row["conversation"]) for row in ended} == {(None, None)}
        assert await trip.db.read(campaigns.failures, DIGEST) == [
            Failure("net", "cancelled", now.undeliverable)
        ]


@simulated
async def test_what_was_under_way_at_a_kill_and_is_cancelled_is_not_tried_again(tmp_path: Path) -> None:
    net = FakeNetwork(pace=Pace(per_second=1))
    async with journey(tmp_path, net) as trip:
        await trip.stop()
        await deliver(trip, 2)
        await trip.change(
            "UPDATE outbox SET state = 'sending' WHERE conversation = 'c0'"
        )  # as a kill leaves it
        await trip.db.run(campaigns.cancel, DIGEST, stamp(trip.clock.now()))
        trip.start()
        await asyncio.sleep(30)
        assert net.sent == []
        assert await look(trip) == Progress(undeliverable=2, doubts=1)


@simulated
async def test_failures_are_counted_by_their_reasons(tmp_path: Path) -> None:
    net = FakeNetwork()
    for chat, error in {
        "c0": SendError("blocked", retryable=False, gone=True),
        "c1": SendError("blocked", retryable=False, gone=True),
        "c2": SendError("too long", retryable=False),
        "c3": SendError("silent for 7 days", retryable=False, closed=True),
    }.items():
        net.refuse(chat, error)
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 6)
        await asyncio.sleep(5)
        assert await look(trip) == Progress(sent=2, held=1, parked=1, undeliverable=2)
        assert await trip.db.read(campaigns.failures, DIGEST) == [
            Failure("net", "blocked", 2),
            Failure("net", "silent for 7 days", 1),
            Failure("net", "too long", 1),
        ]


@simulated
async def test_what_waits_for_its_time_holds_up_nothing_to_the_same_chat(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        queue = SendQueue(trip.networks, trip.seal, trip.clock)
        to = Address("net", "c1")
        later = trip.clock.now() + timedelta(hours=30)
        sendings = (
            Sending(to, words("in the morning"), "digest:1:1", not_before=later, bulk=True),
            Sending(to, words("urgent"), "digest:2:1", bulk=True),
            Sending(to, words("long due"), "digest:3:1", not_before=later - timedelta(days=9), bulk=True),
            Sending(to, words("reply"), "told:1"),
        )
        await trip.db.run(lambda tx: [queue.send(tx, each) for each in sendings])
        trip.wake("net")
        await asyncio.sleep(5)
        assert net.texts() == ["reply", "urgent", "long due"]
        # Refused when its time has come, it is not too old: its day begins only then.
        net.refuse("c1", SendError("busy", retryable=True))
        skip(hours=31)
        await asyncio.sleep(5)
        assert net.texts()[3:] == ["in the morning"]


@simulated
async def test_what_is_tried_again_keeps_its_place_in_the_conversation(tmp_path: Path) -> None:
    net = FakeNetwork()
    net.refuse("c1", SendError("busy", retryable=True, retry_after=30))
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "c1", words("1"), bulk=True)
        await trip.queue("b", "c1", words("2"), bulk=True)
        await asyncio.sleep(20)
        assert net.texts() == []
        await asyncio.sleep(20)
        assert net.texts() == ["1", "2"]


@simulated
async def test_a_refusal_for_everything_pauses_bulk_and_no_reply_that_gets_through(tmp_path: Path) -> None:
    net = FakeNetwork()
    net.refuse("c0", SendError("too fast", retryable=True, retry_after=60, scope="channel"))
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 1)
        await asyncio.sleep(1)
        await trip.queue("digest:7:9", "c9", words("bulk"), bulk=True)
        await trip.queue("inbox:1", "c1", words("reply"))
        await asyncio.sleep(1)
        assert net.texts() == ["reply"]
        net.refuse("c2", SendError("too fast", retryable=True, retry_after=20, scope="channel"))
        await trip.queue("inbox:2", "c2", words("second"))
        await asyncio.sleep(1)
        await trip.queue("inbox:3", "c3", words("third"))
        await asyncio.sleep(10)
        assert net.texts() == ["reply"]  # replies are too much as well: they wait as long as is asked
        await asyncio.sleep(60)
        assert sorted(net.texts()[1:3]) == ["second", "third"]
        assert sorted(net.texts()[3:]) == ["bulk", f"{DIGEST}0"]


@simulated
async def test_bulk_leaves_room_for_replies_when_the_platform_is_slow(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        for number in range(100):
            net.refuse(f"c{number}", "hang")
        await deliver(trip, 100)
        await asyncio.sleep(2)
        await trip.queue("inbox:1", "person", words("reply"))
        await asyncio.sleep(1)
        assert net.texts() == ["reply"]
        net.answer()


@simulated
async def test_a_reply_waits_for_a_moment_however_much_bulk_goes_out(tmp_path: Path) -> None:
    """Evenly spread, bulk leaves a place within a moment; a burst would leave none for a second."""
    net = FakeNetwork(pace=Pace(per_second=30, conversation_per_second=1))
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 300)
        waits = []
        for number in range(40):
            await asyncio.sleep(0.13)
            asked = asyncio.get_running_loop().time()
            await trip.queue(f"inbox:{number}", f"person{number}", words("reply"))
            await asyncio.sleep(0.12)
            waits += [sent.at - asked for sent in net.sent if sent.conversation == f"person{number}"]
        assert len(waits) == 40
        assert max(waits) < 0.12
        await asyncio.sleep(8)
        assert len(net.sent) == 340
        assert net.sent[-1].at - net.sent[0].at < 1.1 * 340 / 30


@simulated
async def test_pictures_go_out_with_their_content_or_their_words_alone(tmp_path: Path) -> None:
    net = FakeNetwork(limits=Limits(text=200, buttons=8, caption=100, picture_buttons=True))
    async with journey(tmp_path, net) as trip:
        trip.file = b"\x89PNG"
        await trip.queue("a", "c1", PICTURE)
        await asyncio.sleep(1)
        trip.file = b""  # it could not be rendered
        await trip.queue("b", "c2", PICTURE)
        await asyncio.sleep(1)
        shown, alone = (sent.reply for sent in net.sent)
        assert isinstance(shown, Picture)
        assert (shown.content, shown.caption, shown.choices) == (b"\x89PNG", "Mới", PICTURE.choices)
        assert alone == Text((Part("Mới"),), PICTURE.choices)


@simulated
async def test_where_pictures_cannot_be_sent_their_words_go_out(tmp_path: Path) -> None:
    net = FakeNetwork(limits=Limits(text=200))
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "c1", PICTURE)
        await asyncio.sleep(1)
        [said] = net.texts()
        assert said.startswith("Mới\n\n1. Xem\n")


@simulated
async def test_below_a_picture_without_buttons_a_number_chooses(tmp_path: Path) -> None:
    async def chosen(inbound: Inbound) -> Outcome:
        return say(inbound.address, words(inbound.payload))

    net = FakeNetwork(limits=Limits(text=200, buttons=5, numbers=True, caption=100))
    async with journey(tmp_path, net, handle=chosen) as trip:
        long = Picture("card.png", "image/png", "d/ab/card.png", "chữ " * 100, "", PICTURE.choices)
        await trip.queue("a", "c1", long)
        await asyncio.sleep(1)
        [sent] = net.sent
        assert isinstance(sent.reply, Picture)
        assert len(sent.reply.caption) <= 100
        assert "…\n\n1. Xem" in sent.reply.caption
        assert sent.reply.choices == ()
        await trip.hear({"id": "1", "conversation": "c1", "text": "1"})
        await asyncio.sleep(1)
        assert net.texts()[1:] == ["kit/ab"]


@pytest.mark.parametrize("edits", [True, False])
def test_an_edit_replaces_what_arrived_where_the_network_can(tmp_path: Path, edits: bool) -> None:
    @simulated
    async def run() -> None:
        net = FakeNetwork(limits=Limits(text=40, buttons=8, edits=edits))
        async with journey(tmp_path, net) as trip:
            await trip.queue("progress", "c1", words("0 of 10"))
            await asyncio.sleep(1)
            await trip.queue("progress:1", "c1", Edit("progress", words("5 of 10")))
            await trip.queue("progress:2", "c1", Edit("never sent", words("lost")))
            await trip.queue("progress:3", "c1", Edit("progress", words("word " * 20)))
            await asyncio.sleep(1)
            assert net.texts()[:2] == ["0 of 10", "5 of 10"][: 1 + edits]
            assert len(net.sent) == (3 if edits else 1)  # one message takes the place of one
            if edits:
                changed = net.sent[1].reply
                assert isinstance(changed, Edit)
                assert changed.message == "message-1"
            assert {row["state"] for row in await trip.outbox_rows()} == {"sent"}

    run()


@simulated
async def test_what_is_due_is_found_however_much_waits(tmp_path: Path) -> None:
    """By the plan, not by the clock: no look may walk through all that is not due, or sort all that is."""
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        values = {"channel": "net", "priority": outbox.BULK, "now": "", "limit": 10}
        plans = [row["detail"] for row in await trip.rows(f"EXPLAIN QUERY PLAN {outbox.DUE}", **values)]
        assert any("USING INDEX outbox_due (channel=? AND priority=? AND due_at<?)" in plan for plan in plans)
        assert any("USING INDEX outbox_order (channel=? AND conversation=?" in plan for plan in plans)
        assert not any("TEMP B-TREE" in plan or plan.startswith("SCAN") for plan in plans)


@simulated
async def test_who_leaves_nothing_behind_is_not_named_by_what_was_sent_either(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await deliver(trip, 2)
        await asyncio.sleep(1)
        await trip.db.run(outbox_chats.erase, Address("net", "c0"))
        assert [row["conversation"] for row in await trip.outbox_rows()] == [None, "c1"]
        plan = await trip.rows(
            "EXPLAIN QUERY PLAN UPDATE outbox SET conversation = NULL "
            "WHERE state = 'sent' AND channel = 'net' AND conversation = 'c1'"
        )
        assert "USING INDEX outbox_arrived" in plan[0]["detail"]
