"""What staff write about times is understood as they mean it, or refused with what to write; never guessed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import InputError
from scheduler.due_times import following, last_between
from scheduler.schedule_words import parse, said

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 23)  # a Monday
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VIET_NAM)


@pytest.mark.parametrize(
    ("written", "shown", "next_times"),
    [
        ("thứ Hai hàng tuần 07:30", "thứ Hai hàng tuần 07:30", ["30/11/2026 07:30", "07/12/2026 07:30"]),
        ("thu hai hang tuan 7h30", "thứ Hai hàng tuần 07:30", ["30/11/2026 07:30"]),
        ("sáng thứ 2 lúc 7 giờ rưỡi", "thứ Hai hàng tuần 07:30", ["30/11/2026 07:30"]),
        ("hằng ngày 06:45", "hằng ngày 06:45", ["24/11/2026 06:45", "25/11/2026 06:45"]),
        (
            "6h sáng và 5h chiều mỗi ngày",
            "hằng ngày 06:00 và 17:00",
            ["23/11/2026 17:00", "24/11/2026 06:00"],
        ),
        (
            "ngày 1 và 15 hàng tháng 08:00",
            "ngày 1 và 15 hàng tháng 08:00",
            ["01/12/2026 08:00", "15/12/2026 08:00"],
        ),
        (
            "mùng 1, 10, 20 hàng tháng 8h",
            "ngày 1, 10 và 20 hàng tháng 08:00",
            ["01/12/2026 08:00", "10/12/2026 08:00"],
        ),
        (
            "thứ Hai, thứ Năm 17h",
            "thứ Hai, thứ Năm hàng tuần 17:00",
            ["23/11/2026 17:00", "26/11/2026 17:00"],
        ),
        (
            "thứ 2, 4 và 6 7h",
            "thứ Hai, thứ Tư, thứ Sáu hàng tuần 07:00",
            ["25/11/2026 07:00", "27/11/2026 07:00"],
        ),
        ("t7,cn 8h", "thứ Bảy, Chủ nhật hàng tuần 08:00", ["28/11/2026 08:00", "29/11/2026 08:00"]),
        ("ngày cuối tháng 17h", "ngày cuối tháng 17:00", ["30/11/2026 17:00", "31/12/2026 17:00"]),
        (
            "ngày 1 và cuối tháng 8h",
            "ngày 1 và ngày cuối hàng tháng 08:00",
            ["30/11/2026 08:00", "01/12/2026 08:00"],
        ),
        ("ngày làm việc 7g30", "ngày làm việc 07:30", ["24/11/2026 07:30", "25/11/2026 07:30"]),
        ("T2-T6 7:30", "ngày làm việc 07:30", ["24/11/2026 07:30"]),
        ("thứ Hai đến Chủ nhật 7.30", "hằng ngày 07:30", ["24/11/2026 07:30"]),
        (
            "thứ Hai đầu tiên của tháng 8h",
            "thứ Hai đầu tiên hàng tháng 08:00",
            ["07/12/2026 08:00", "04/01/2027 08:00"],
        ),
        (
            "thứ Sáu cuối tháng 16h30",
            "thứ Sáu cuối cùng hàng tháng 16:30",
            ["27/11/2026 16:30", "25/12/2026 16:30"],
        ),
        ("11 giờ đêm hằng ngày", "hằng ngày 23:00", ["23/11/2026 23:00"]),
        ("30/11 7h30", "ngày 30/11/2026 07:30", ["30/11/2026 07:30"]),
        ("20-11 7h30", "ngày 20/11/2027 07:30", ["20/11/2027 07:30"]),
        ("7h30 thứ Hai ngày 30 tháng 11 năm 2026", "ngày 30/11/2026 07:30", ["30/11/2026 07:30"]),
        ("ngày mai 7h", "ngày 24/11/2026 07:00", ["24/11/2026 07:00"]),
        ("29/02 08:00", "ngày 29/02/2028 08:00", ["29/02/2028 08:00"]),
    ],
)
def test_words_are_understood_shown_and_computed(written: str, shown: str, next_times: list[str]) -> None:
    rule = parse(written, TODAY)
    assert said(rule) == shown
    assert parse(shown) == rule  # what is shown and exported is read back, without knowing the day
    found, after = [], NOW
    for _ in next_times:
        moment = following(rule, after, VIET_NAM)
        assert moment is not None
        found.append(f"{moment:%d/%m/%Y %H:%M}")
        after = moment
    assert found == next_times


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("khi nào rảnh", "Tôi chưa hiểu “khi nào rảnh”"),
        ("hằng ngày trừ Chủ nhật 7h", "Tôi chưa hiểu “trừ”"),
        ("thứ Hai 30/11/2026 hàng tuần 7h30", "nhiều kiểu ngày"),
        ("thứ Tám 8h", "Tôi chưa hiểu “thứ Tám”"),
        ("thứ Hai", "chưa có giờ"),
        ("07:30", "chưa có ngày"),
        ("thứ Hai 25h", "Không có giờ “25:00”"),
        ("thứ Hai 7:75", "Không có giờ “7:75”"),
        ("31/02 08:00", "Tháng 2 không có ngày 31"),
        ("30/13/2026 08:00", "Không có tháng 13"),
        ("ngày 31 hàng tháng 8h", "Không phải tháng nào cũng có ngày 31"),
        ("ngày 32 hàng tháng 8h", "Không tháng nào có ngày 32"),
        ("hai tuần một lần thứ Hai 7h", "Lịch gửi chỉ lặp theo ngày"),
        ("2/9 hàng năm 7h", "Lịch gửi chỉ lặp theo ngày"),
        ("thứ Hai ngày 1 hàng tháng 8h", "nhiều kiểu ngày"),
        ("thứ Ba 30/11/2026 07:30", "Ngày 30/11/2026 là thứ Hai"),
        ("30/11/2026 và 02/12/2026 7h", "chỉ ghi được một ngày cụ thể"),
        ("thứ Sáu đến thứ Ba 7h", "từ thứ trước đến thứ sau"),
        ("", "chưa có giờ"),
        ("thứ Hai 7h " * 40, "Tôi chưa hiểu"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_to_write(written: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse(written, TODAY)


def test_a_day_in_the_past_has_no_time_to_come() -> None:
    assert following(parse("20/11/2026 07:30"), NOW, VIET_NAM) is None


def test_of_several_missed_times_the_last_counts() -> None:
    rule = parse("hằng ngày 06:45 và 17:00")
    first = datetime(2026, 11, 20, 6, 45, tzinfo=VIET_NAM)
    assert last_between(rule, first, NOW, VIET_NAM) == datetime(2026, 11, 23, 6, 45, tzinfo=VIET_NAM)
    assert last_between(rule, NOW.replace(hour=7), NOW, VIET_NAM) == NOW.replace(hour=7)
