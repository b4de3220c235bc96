"""More people than usual: robust against small numbers, against Mondays, and against days on which nothing was counted."""

from __future__ import annotations

import random

import pytest

from knowledge.rising import Counted

NONE = (0,) * 28
MONDAYS = (12, 4, 5, 4, 5, 1, 1) * 4  # the oldest first, so that today is a Monday


@pytest.mark.parametrize(
    ("today", "before", "rising"),
    [
        (4, NONE, False),
        (5, NONE, True),
        (5, NONE[:6], False),  # what is usual is not known yet
        (5, NONE[:8], True),
        (5, (1,) * 28, False),
        (9, (1,) * 28, True),
        (30, (10,) * 28, True),
        (19, (10,) * 28, False),  # not even twice as many
        (14, MONDAYS, False),
        (30, MONDAYS, True),
        (15, (*NONE[:27], 40), True),  # one burst does not hide the next
        (15, (*NONE[:26], 40, 40), False),  # two are how it goes here
    ],
)
def test_many_more_than_usual(today: int, before: tuple[int, ...], rising: bool) -> None:
    assert Counted(today, before).is_rising == rising


def test_usual_is_that_of_the_weekday_where_that_is_more() -> None:
    assert Counted(0, MONDAYS).usual == 12
    assert Counted(0, MONDAYS[:-1]).usual == pytest.approx(sum(MONDAYS[:-1]) / 27)
    assert Counted(3, ()).usual == 0


def test_chance_alone_hardly_ever_alarms() -> None:
    """30 topics of all sizes, a season long, each day unlike the next."""
    dice = random.Random(11)

    def people(usual: float) -> int:
        swing = dice.lognormvariate(0, 0.2)
        return sum(dice.random() < usual * swing / 1000 for _ in range(1000))

    alarms = 0
    for topic in range(30):
        usual = 0.2 * 100 ** (topic / 29)
        days = [people(usual) for _ in range(28 + 60)]
        alarms += sum(Counted(days[at], tuple(days[at - 28 : at])).is_rising for at in range(28, 88))
    assert alarms <= 3
