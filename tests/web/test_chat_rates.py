from __future__ import annotations

import pytest

from web.rates import Rate


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_in_a_row_then_one_at_a_time() -> None:
    seconds = Seconds()
    rate = Rate(20, seconds=seconds)
    for _ in range(20):
        assert rate.wait("an") == 0
        rate.take("an")
    assert rate.wait("an") == pytest.approx(3)
    seconds.now += 3.001
    assert rate.wait("an") == 0
    rate.take("an")
    assert rate.wait("an") > 2.9


def test_asking_takes_nothing_and_keys_do_not_share() -> None:
    rate = Rate(1, seconds=Seconds())
    rate.take("an")
    assert rate.wait("an") == pytest.approx(60)
    assert rate.wait("an") == pytest.approx(60)
    assert rate.wait("bình") == 0


def test_rest_refills_up_to_the_limit_only() -> None:
    seconds = Seconds()
    rate = Rate(2, seconds=seconds)
    rate.take("an")
    seconds.now += 3600
    rate.take("an")
    rate.take("an")
    assert rate.wait("an") > 0


def test_memory_is_bounded_and_those_used_last_are_remembered() -> None:
    rate = Rate(1, keys=100, seconds=Seconds())
    for number in range(1000):
        rate.take(str(number))
    assert len(rate) == 100
    assert rate.wait("999") > 0
    assert rate.wait("0") == 0
