"""What is unusual in the hours of a poll, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import hour
from surveys.flow import Sign, unusual

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def hours(*chat: int, web: tuple[int, ...] = ()) -> dict[tuple[str, str], int]:
    """The last of each is this hour."""
    found = {}
    for source, counts in (("chat", chat), ("web", web)):
        for back, times in enumerate(reversed(counts)):
            found[source, hour(NOW - timedelta(hours=back))] = times
    return found


@pytest.mark.parametrize(
    ("counted", "of_groups", "expected"),
    [
        (hours(), (), []),
        (hours(10, 20, 10, 0, 10, 20, 10, 150), (), ["burst"]),
        (hours(10, 20, 10, 0, 10, 20, 10, 150, 10), (), ["burst"]),  # the hour before this one
        (hours(10, 20, 10, 0, 10, 20, 10, 90), (), []),  # a meeting
        (hours(100, 120, 90, 110, 100, 120, 100, 300), (), []),  # always busy
        (hours(500), (), []),  # it has just begun: nobody knows what is usual
        (hours(10, 20, 150), (), []),
        (hours(5, web=(60,)), (), ["browsers"]),
        (hours(30, web=(60,)), (), []),
        (hours(0, web=(40,)), (), []),
        (hours(), (300, 40, 50), ["group"]),
        (hours(), (90, 4, 5), []),
        (hours(), (300, 40), []),
        (hours(), (300, 100, 120), []),
    ],
)
def test_signs(counted: dict[tuple[str, str], int], of_groups: tuple[int, ...], expected: list[Sign]) -> None:
    assert unusual(counted, of_groups, NOW) == expected
