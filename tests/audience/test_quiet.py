"""Quiet hours: as people write them, when they end, and how what waited goes out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.audience import department
from bot.audience.quiet import DEFAULT, SPREAD, Quiet, parse, spread, until
from bot.errors import InputError
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.time import START

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}").replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("21:00-06:30", Quiet(time(21), time(6, 30))),
        (" 21h – 6h30 ", Quiet(time(21), time(6, 30))),
        ("từ 22 đến 5", Quiet(time(22), time(5))),
        ("22 giờ 15 đến 5 giờ", Quiet(time(22, 15), time(5))),
        ("12:00-13:30", Quiet(time(12), time(13, 30))),
        ("21:00-24:00", Quiet(time(21), time(0))),
        ("Không", Quiet(time(0), time(0))),
        ("khong", Quiet(time(0), time(0))),
    ],
)
def test_as_people_write_them(typed: str, means: Quiet) -> None:
    assert parse(typed) == means
    assert parse(str(means)) == means  # as a row keeps it


@pytest.mark.parametrize(
    "typed", ["", "buổi tối", "21:00", "25:00-06:00", "21:60-06:00", "24:30-06:00", "21-6-7"]
)
def test_what_is_none(typed: str) -> None:
    with pytest.raises(InputError, match="21:00-06:30"):
        parse(typed)


@pytest.mark.parametrize(
    ("now", "over"),
    [
        (at(23, "20:59:59"), None),
        (at(23, "21:00"), at(24, "06:30")),
        (at(23, "23:59"), at(24, "06:30")),
        (at(24, "00:00"), at(24, "06:30")),
        (at(24, "06:29:59"), at(24, "06:30")),
        (at(24, "06:30"), None),
    ],
)
def test_over_midnight(now: datetime, over: datetime | None) -> None:
    assert until([DEFAULT], now, HERE) == over
    assert until([DEFAULT], now.astimezone(ZoneInfo("UTC")), HERE) == over


def test_within_a_day_and_never() -> None:
    noon = parse("12:00-13:30")
    assert until([noon], at(23, "12:30"), HERE) == at(23, "13:30")
    assert until([noon], at(23, "13:30"), HERE) is None
    assert until([parse("không")], at(23, "00:00"), HERE) is None
    assert until([], at(23, "23:00"), HERE) is None


def test_the_end_of_one_may_lie_in_the_other() -> None:
    morning = parse("06:00-08:00")
    assert until([DEFAULT, morning], at(23, "22:00"), HERE) == at(24, "08:00")
    assert until([morning, DEFAULT], at(24, "06:10"), HERE) == at(24, "08:00")


def test_together_they_may_not_silence_a_chat_for_ever() -> None:
    end = until([parse("06:00-18:00"), parse("18:00-06:00")], at(23, "12:00"), HERE)
    assert end is not None
    assert timedelta(days=1) <= end - at(23, "12:00") < timedelta(days=2)


def test_what_waited_goes_out_in_order_and_not_in_a_burst() -> None:
    end = at(24, "06:30")
    moments = [spread(end, position, 10_000) for position in range(10_000)]
    assert moments[0] == end
    assert moments == sorted(set(moments))
    assert moments[-1] < end + SPREAD
    a_minute = [moment for moment in moments if moment < end + timedelta(minutes=1)]
    assert len(a_minute) == 334  # of 10,000 in 30 minutes
    assert spread(end, 0, 1) == end


async def test_the_department_has_its_own(db: SqliteDatabase) -> None:
    assert (await db.read(department.load)).quiet_hours == "21:00-06:30"
    await db.run(department.change, "quiet_hours", "20h-7h", START)
    assert (await db.read(department.load)).quiet_hours == "20:00-07:00"
    with pytest.raises(InputError, match="quiet_hours: "):
        await db.run(department.change, "quiet_hours", "tối", START)
