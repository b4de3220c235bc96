"""One channel through good and bad days, while the others do not notice."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

from bot.connection import OFF_WAIT, Status
from bot.errors import ChannelOff, SendError, StorageError
from tests.fakes.network import FakeNetwork, PolledNetwork, typed
from tests.fakes.time import simulated
from tests.path.journey import Journey, journey, words


def down() -> SendError:
    return SendError("the platform cannot be reached", retryable=True)


def status(trip: Journey, name: str) -> Status:
    return trip.connections[name].status


@simulated
async def test_a_channel_whose_settings_are_wrong_is_off_with_the_reason_and_the_others_run(
    tmp_path: Path,
) -> None:
    net, other = FakeNetwork("net"), FakeNetwork("other")
    net.start_faults.append(ChannelOff("the token is wrong"))
    async with journey(tmp_path, net, other) as trip:
        await trip.hear(typed("u1", "c1", "kept"), network="net")
        await trip.hear(typed("u1", "c1", "hello"), network="other")
        await asyncio.sleep(OFF_WAIT - 1)
        assert status(trip, "net") == Status("off", "the token is wrong")
        assert status(trip, "other") == Status("on")
        assert (len(net.starts), net.calls, other.texts()) == (1, [], ["re: hello"])
        assert await trip.counts() == {"in waiting": 1}


@simulated
async def test_a_channel_that_is_off_from_the_start_comes_on_when_its_token_is_put_right(
    tmp_path: Path,
) -> None:
    net = FakeNetwork("net")
    net.start_faults.extend(ChannelOff("the token is wrong") for _ in range(3))
    async with journey(tmp_path, net) as trip:
        await trip.hear(typed("u1", "c1", "kept"))
        await asyncio.sleep(OFF_WAIT * 2.5)
        assert status(trip, "net") == Status("off", "the token is wrong")
        await asyncio.sleep(OFF_WAIT)
        assert status(trip, "net") == Status("on")
        assert net.texts() == ["re: kept"]
        assert [round(later - earlier) for earlier, later in pairwise(net.starts)] == [OFF_WAIT] * 3


@simulated
async def test_a_platform_that_is_down_at_the_start_is_tried_until_it_is_there(tmp_path: Path) -> None:
    net, other = FakeNetwork("net"), FakeNetwork("other")
    net.start_faults.extend(down() for _ in range(9))
    async with journey(tmp_path, net, other) as trip:
        await trip.hear(typed("u1", "c1", "early"), network="net")
        await trip.hear(typed("u1", "c1", "hello"), network="other")
        await asyncio.sleep(5)
        assert status(trip, "net") == Status("waiting", "the platform cannot be reached")
        assert (net.calls, other.texts()) == ([], ["re: hello"])
        await asyncio.sleep(300)
        assert status(trip, "net") == Status("on")
        assert net.texts() == ["re: early"]
        waits = [round(later - earlier) for earlier, later in pairwise(net.starts)]
        assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@simulated
async def test_a_platform_that_asks_for_patience_at_the_start_gets_it(tmp_path: Path) -> None:
    net = FakeNetwork("net")
    net.start_faults.append(SendError("too fast", retryable=True, retry_after=30))
    async with journey(tmp_path, net) as trip:
        await asyncio.sleep(100)
        assert status(trip, "net") == Status("on")
        assert net.starts[1] >= 30


@simulated
async def test_a_fault_of_our_own_at_the_start_is_tried_again_too(tmp_path: Path) -> None:
    net = FakeNetwork("net")
    net.start_faults.append(TypeError("an answer that nobody expected"))
    async with journey(tmp_path, net) as trip:
        await trip.hear(typed("u1", "c1", "hello"))
        await asyncio.sleep(10)
        assert status(trip, "net") == Status("on")
        assert net.texts() == ["re: hello"]


@simulated
async def test_what_is_polled_is_stored_before_it_is_confirmed_and_answered_once(tmp_path: Path) -> None:
    net = PolledNetwork()
    async with journey(tmp_path, net):
        net.deliver(typed("u1", "c1", "1"), typed("u2", "c1", "2"))
        await asyncio.sleep(1)
        net.deliver(typed("u1", "c1", "1"), typed("u3", "c1", "3"))
        await asyncio.sleep(2)
        assert net.texts() == ["re: 1", "re: 2", "re: 3"]
        assert net.confirmed == 4


@simulated
async def test_polling_survives_bad_days_and_says_how_it_is(tmp_path: Path) -> None:
    net = PolledNetwork()
    net.poll_faults.extend([down(), down(), StorageError("the disk is full"), down()])
    async with journey(tmp_path, net) as trip:
        net.deliver(typed("u1", "c1", "hello"))
        await asyncio.sleep(2)
        assert status(trip, "polled").state == "waiting"
        await asyncio.sleep(60)
        assert status(trip, "polled") == Status("on")
        assert net.texts() == ["re: hello"]
        waits = [round(later - earlier) for earlier, later in pairwise(net.polls)]
        assert waits[:4] == [1, 2, 4, 8]


@simulated
async def test_after_a_good_round_waits_begin_small_again(tmp_path: Path) -> None:
    net = PolledNetwork()
    net.poll_faults.extend(down() for _ in range(5))
    async with journey(tmp_path, net):
        net.deliver(typed("u1", "c1", "1"))
        await asyncio.sleep(60)
        net.poll_faults.append(down())
        net.deliver(typed("u2", "c1", "2"))  # ends the round that waits; the next one fails
        await asyncio.sleep(3)
        net.deliver(typed("u3", "c1", "3"))
        await asyncio.sleep(3)
        assert net.texts() == ["re: 1", "re: 2", "re: 3"]


@simulated
async def test_patience_that_the_platform_asks_for_while_polling(tmp_path: Path) -> None:
    net = PolledNetwork()
    net.poll_faults.append(SendError("too fast", retryable=True, retry_after=17))
    async with journey(tmp_path, net):
        await asyncio.sleep(60)
        assert net.polls[1] - net.polls[0] >= 17


@simulated
async def test_a_token_refused_while_running_is_tried_again_and_keeps_what_is_to_be_sent(
    tmp_path: Path,
) -> None:
    net = PolledNetwork()
    net.poll_faults.extend(ChannelOff("the token is not known any more") for _ in range(2))
    net.deliver(typed("u1", "c1", "hello"))
    async with journey(tmp_path, net) as trip:
        await asyncio.sleep(OFF_WAIT * 1.5)
        assert status(trip, "polled") == Status("off", "the token is not known any more")
        assert len(net.polls) == 2
        await trip.queue("a", "c1", words("still tried"))
        await asyncio.sleep(2)
        assert net.texts() == ["still tried"]
        await asyncio.sleep(OFF_WAIT)
        assert status(trip, "polled") == Status("on")
        assert net.texts() == ["still tried", "re: hello"]


@simulated
async def test_a_fault_of_our_own_while_polling_is_a_bad_day_and_not_the_end(tmp_path: Path) -> None:
    net = PolledNetwork()
    net.poll_faults.append(KeyError("result"))
    async with journey(tmp_path, net) as trip:
        net.deliver(typed("u1", "c1", "hello"))
        await asyncio.sleep(10)
        assert net.texts() == ["re: hello"]
        assert status(trip, "polled") == Status("on")


@simulated
async def test_with_webhooks_nobody_polls(tmp_path: Path) -> None:
    net = PolledNetwork()
    async with journey(tmp_path, net, polled=False):
        await asyncio.sleep(10)
        assert (len(net.starts), net.polls) == (1, [])
