"""Working hours as people write them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.audience.duty import OFFICE_HOURS, next_duty, on_duty, shifts

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, clock: str) -> datetime:
    """November 2026: the 23rd is a Monday."""
    return datetime.fromisoformat(f"2026-11-{day}T{clock}").replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("day", "clock", "there"),
    [
        (23, "07:29:59", False),
        (23, "07:30", True),
        (23, "11:30", False),
        (23, "13:30", True),
        (27, "16:59", True),
        (27, "17:00", False),
        (28, "09:00", False),
        (29, "09:00", False),
    ],
)
def test_office_hours(day: int, clock: str, there: bool) -> None:
    assert on_duty(OFFICE_HOURS, at(day, clock)) is there


@pytest.mark.parametrize(
    "typed",
    [
        "T2-T6 7h30-11h30; T7 8h-11h",
        "t2 – t6 07:30 – 11:30, T7 8:00–11:00",
        "T2, T3, T4–T6 7:30 đến 11:30 T7 8h đến 11h",
    ],
)
def test_however_it_is_written(typed: str) -> None:
    assert [(sorted(shift.days), str(shift.begin), str(shift.end)) for shift in shifts(typed)] == [
        ([0, 1, 2, 3, 4], "07:30:00", "11:30:00"),
        ([5], "08:00:00", "11:00:00"),
    ]


@pytest.mark.parametrize(
    "typed",
    ["", "T2", "T2-", "7h-11h", "T2 7h", "T2 7h-", "T2 11h-7h", "T2 7h 11h", "T2 7h-11h-", "T2 7h-T3", "T6-T2 7h-9h",
     "T8 7h-11h", "T2 7h-25h", "T2 7h60-9h", "giờ hành chính", "T2 -7h-9h", "T2 7h-9h T3"],
)  # fmt: skip
def test_what_is_no_hours(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        shifts(typed)


@pytest.mark.parametrize(
    ("day", "clock", "then"),
    [
        (23, "08:00", (23, "08:00")),
        (23, "06:00", (23, "07:30")),
        (23, "12:00", (23, "13:30")),
        (23, "17:00", (24, "07:30")),
        (27, "18:00", (30, "07:30")),
        (29, "00:00", (30, "07:30")),
    ],
)
def test_when_somebody_is_there_next(day: int, clock: str, then: tuple[int, str]) -> None:
    assert next_duty(OFFICE_HOURS, at(day, clock)) == at(*then)


def test_a_single_shift_a_week_comes_round() -> None:
    assert next_duty("T2 8h-9h", at(23, "10:00")) == at(30, "08:00")
