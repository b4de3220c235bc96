"""Sliding windows under a simulated clock: never more than the platform lets through, whatever the schedule."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bot.channels.base import Pace
from bot.pacing import REMEMBERED, Pacer

TELEGRAM = Pace(per_second=30, conversation_per_second=1, group_per_minute=20)


def departures(pace: Pace, chooser: random.Random, *, count: int = 1500) -> list[tuple[float, str]]:
    """Sends to random conversations, each as early as the pacer allows and sometimes later."""
    pacer = Pacer(pace)
    names = [f"person {number}" for number in range(40)] + ["group 1", "group 2"]
    now, sent = 0.0, []
    for _ in range(count):
        name = chooser.choice(names if chooser.random() < 0.7 else names[-3:])
        now = max(now, pacer.free_at(name)) + chooser.choice((0.0, 0.0, 0.001, chooser.random() * 2))
        pacer.sent(name, now, group=name.startswith("group"))
        sent.append((now, name))
    return sent


def most_in(window: float, times: list[float]) -> int:
    """The most of these moments that any window of this many seconds holds (its end excluded)."""
    return max(
        sum(start <= other < start + window for other in times[place:]) for place, start in enumerate(times)
    )


@pytest.mark.parametrize("seed", range(6))
def test_no_window_ever_holds_more_than_the_platform_allows(seed: int) -> None:
    sent = departures(TELEGRAM, random.Random(seed))
    assert most_in(1.0, [at for at, _ in sent]) <= 30
    for name in {name for _, name in sent}:
        own = [at for at, other in sent if other == name]
        assert most_in(1.0, own) == 1
        if name.startswith("group"):
            assert most_in(60.0, own) <= 20


def test_as_much_goes_out_as_is_allowed() -> None:
    """A pacer that is too careful would pass every other test."""
    pacer, now, sent = Pacer(TELEGRAM), 0.0, 0
    while now < 10:
        now = pacer.free_at(f"person {sent}")
        pacer.sent(f"person {sent}", now, group=False)
        sent += 1
    assert sent >= 0.9 * 30 * 10


def test_a_group_gets_its_twenty_a_minute() -> None:
    pacer, now, times = Pacer(TELEGRAM), 0.0, []
    while now < 300:
        pacer.sent("group", now, group=True)
        times.append(now)
        now = pacer.free_at("group")
    assert most_in(60.0, times) == 20
    assert len(times) >= 90


def test_without_limits_nothing_waits() -> None:
    pacer = Pacer(Pace())
    for _ in range(1000):
        assert pacer.free_at("a") == pacer.channel_free_at() == 0.0
        pacer.sent("a", 5.0, group=True)


def test_fewer_than_one_in_a_second() -> None:
    pacer = Pacer(Pace(conversation_per_second=0.1))
    pacer.sent("a", 100.0, group=False)
    assert 110.0 <= pacer.free_at("a") <= 111.0
    assert pacer.free_at("b") == 0.0


def test_a_pause_of_the_channel_holds_everybody_and_is_never_shortened() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.pause(50.0)
    pacer.pause(20.0)
    assert pacer.channel_free_at() == pacer.free_at("a") == 50.0


def test_a_pause_of_a_conversation_holds_only_that_one() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.pause_conversation("a", 50.0)
    pacer.pause_conversation("a", 20.0)
    assert (pacer.free_at("a"), pacer.free_at("b"), pacer.channel_free_at()) == (50.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "act",
    [
        lambda pacer, name, now: pacer.sent(name, now, group=False),
        lambda pacer, name, now: pacer.pause_conversation(name, now + 1),
    ],
)
def test_it_does_not_remember_everybody_for_ever(act: Callable[[Pacer, str, float], None]) -> None:
    pacer = Pacer(Pace(conversation_per_second=1))
    for number in range(REMEMBERED + 10):
        act(pacer, str(number), 1000.0)
    assert pacer.free_at("0") == 0.0
    assert pacer.free_at(str(REMEMBERED + 9)) > 1000.0


def test_what_left_later_than_planned_is_counted_from_then() -> None:
    pacer = Pacer(TELEGRAM)
    for number in range(30):
        pacer.sent(f"person {number}", 0.0, group=False)
    pacer.departed([f"person {number}" for number in range(10, 30)], 0.8)  # the disk took its time
    assert 1.0 <= pacer.free_at("new") < 1.1
    for number in range(10):
        pacer.sent(f"new {number}", 1.05, group=False)
    assert pacer.free_at("newer") >= 1.8
    assert pacer.free_at("person 29") >= 1.8


def test_bulk_goes_out_evenly_and_leaves_room() -> None:
    pacer, now, times = Pacer(TELEGRAM), 100.0, []
    for number in range(300):
        now = max(now, pacer.bulk_free_at())
        pacer.sent(f"person {number}", now, group=False)
        times.append(now)
    assert most_in(0.2, times) <= 7
    assert times[-1] - times[0] < 1.06 * 300 / 30
    pacer.pause(now + 5, bulk_only=True)
    assert pacer.bulk_free_at() == now + 5
    assert pacer.free_at("somebody") < now + 0.1
