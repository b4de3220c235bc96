"""Whether something is asked by far more people than usual. Pure; the counts come from interest.py.

Small numbers jump by chance, and an alarm that cries wolf is not read any more. So the count must be next to impossible by
chance at the usual rate (a Poisson count whose rate is itself only known from the days before), twice what is usual on such
a day of the week, and more than on any day but one of the last four weeks; and below five people nothing is "many".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5  # people
LOOKED_BACK = 28  # days
_KNOWN_FROM = 7  # days of counts, from which on "usual" means anything
_WEEK = 7
_BY_CHANCE = 1e-4
_TIMES_USUAL = 2.0


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people asked today so far, and until the same time on the days before, the oldest first."""

    today: int
    before: tuple[int, ...]

    @property
    def usual(self) -> float:
        """A day: of all days before, or of the same weekday where that is more."""
        if not self.before:
            return 0.0
        weekday = self.before[-_WEEK::-_WEEK]
        return max(_mean(self.before), _mean(weekday) if weekday else 0.0)

    @property
    def is_rising(self) -> bool:
        days = len(self.before)
        return (
            self.today >= LEAST
            and days >= _KNOWN_FROM
            and self.today >= _TIMES_USUAL * self.usual
            and self.today > sorted(self.before)[-2]
            and _chance(self.today, self.usual * days, days) < _BY_CHANCE
        )


def _chance(count: int, total: float, days: int) -> float:
    """The probability of at least `count` in a day after `total` in so many days.

    Negative binomial: Poisson with a rate that those days leave uncertain (Jeffreys' prior).
    """
    shape, more = total + 0.5, 1 / (days + 1)
    exactly, fewer = (1 - more) ** shape, 0.0
    for number in range(count):
        fewer += exactly
        exactly *= (shape + number) / (number + 1) * more
    return max(0.0, 1 - fewer)


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)
