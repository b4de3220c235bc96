"""Until when a digest is postponed, as people say it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import InputError
from handlers.staff.digest_times import chosen, read

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)  # a Monday


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("1 giờ", "23/11/2026 09:00"),
        ("2 tiếng nữa", "23/11/2026 10:00"),
        ("nửa giờ", "23/11/2026 08:30"),
        ("một giờ rưỡi", "23/11/2026 09:30"),
        ("hoãn 45 phút", "23/11/2026 08:45"),
        ("2 ngày", "25/11/2026 08:00"),
        ("sáng mai", "24/11/2026 07:30"),
        ("chieu nay", "23/11/2026 14:00"),
        ("tối nay", "23/11/2026 18:00"),
        ("15h30", "23/11/2026 15:30"),
        ("15:30", "23/11/2026 15:30"),
        ("7h", "24/11/2026 07:00"),
        ("7 giờ 15", "24/11/2026 07:15"),
        ("ngày mai 9h", "24/11/2026 09:00"),
        ("25/11 07:30", "25/11/2026 07:30"),
        ("30/11/2026 lúc 17h", "30/11/2026 17:00"),
        ("thứ Năm 7h", "26/11/2026 07:00"),
        ("1/11/2026 07:00", "01/11/2026 07:00"),  # past: it is refused elsewhere
    ],
)
def test_a_time_in_words(typed: str, until: str) -> None:
    found = read(typed, NOW, ZONE)
    assert found is not None
    assert found.astimezone(ZONE).strftime("%d/%m/%Y %H:%M") == until


@pytest.mark.parametrize("typed", ["", "khi nào rảnh", "25h", "hôm nào đó 99:99", "?", "🙂", "sau" * 300])
def test_what_is_no_time(typed: str) -> None:
    assert read(typed, NOW, ZONE) is None


def test_a_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputError, match="Tháng 2 không có ngày 31"):
        read("31/02 07:30", NOW, ZONE)


def test_what_buttons_offer() -> None:
    assert chosen("1h", NOW, ZONE) == NOW + timedelta(hours=1)
    assert chosen("morning", NOW, ZONE) == datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)
    assert chosen("evening", NOW.replace(hour=20), ZONE) == datetime(2026, 11, 24, 18, 0, tzinfo=ZONE)
    assert chosen("explode", NOW, ZONE) is None
