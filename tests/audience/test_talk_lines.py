"""A talk in one line, as people type it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.audience.talk_lines import TalkLine, count, opened, parse, sensible

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "buổi tuyên truyền: 45 người nghe, tổ dân phố 3, nghị quyết 57",
            TalkLine(45, None, "", ("tổ dân phố 3", "nghị quyết 57")),
        ),
        ("buoi tuyen truyen 45 nguoi nghe to dan pho 3 nghi quyet 57",
         TalkLine(45, None, "", ("to dan pho 3 nghi quyet 57",))),
        ("Buổi tuyên truyền, nghị quyết 57, tổ 3, 45 ng", TalkLine(45, None, "", ("nghị quyết 57", "tổ 3"))),
        ("ghi buổi nói chuyện: hôm qua, thôn 7, 1.200 lượt người", TalkLine(1200, date(2026, 11, 22), "", ("thôn 7",))),
        ("buổi tuyên truyền 20/11: 30 hội viên tại nhà văn hóa thôn 7; chỉ thị 40",
         TalkLine(30, date(2026, 11, 20), "nhà văn hóa thôn 7", ("tại nhà văn hóa thôn 7", "chỉ thị 40"))),
        ("buổi tuyên truyền: số người nghe: 45 – xã Tân Lập – an toàn giao thông",
         TalkLine(45, None, "", ("xã Tân Lập", "an toàn giao thông"))),
        ("buổi tuyên truyền: 45 người, 30 đảng viên, thôn 1", TalkLine(45, None, "", ("thôn 1",))),
        ("buổi tuyên truyền: khoảng 60 người dự thứ bảy vừa rồi, thôn 2",
         TalkLine(60, date(2026, 11, 21), "", ("thôn 2",))),
        ("buổi tuyên truyền: 50 bà con, chủ nhật, thôn 2", TalkLine(50, date(2026, 11, 22), "", ("thôn 2",))),
        ("buổi tuyên truyền: 15 người, 25 tháng 12, thôn 2", TalkLine(15, date(2026, 12, 25), "", ("thôn 2",))),
        ("buổi tuyên truyền: 15 người, 5.11.2026, thôn 2", TalkLine(15, date(2026, 11, 5), "", ("thôn 2",))),
        ("buổi tuyên truyền: 15 người, nghị quyết 18-NQ/TW ngày 25/10/2017, thôn 2",
         TalkLine(15, None, "", ("nghị quyết 18-NQ/TW ngày 25/10/2017", "thôn 2"))),
        ("buổi tuyên truyền: 15 người, luật số 72/2025/QH15", TalkLine(15, None, "", ("luật số 72/2025/QH15",))),
        ("buổi tuyên truyền: 0 người, thôn 2", TalkLine(0, None, "", ("thôn 2",))),
        ("buổi tuyên truyền: 100000 người, thôn 2", TalkLine(100_000, None, "", ("thôn 2",))),
        ("buổi tuyên truyền: thôn 2, kết luận 127", TalkLine(None, None, "", ("thôn 2", "kết luận 127"))),
        ("buổi tuyên truyền:", TalkLine()),
        ("buổi tuyên truyền", TalkLine()),
        ("buổi tuyên truyền 31/2: 20 người", TalkLine(20, None, "", ("31/2",))),
    ],
)  # fmt: skip
def test_what_a_line_says(typed: str, line: TalkLine) -> None:
    rest = opened(typed)
    assert rest is not None
    assert parse(rest, TODAY) == line


@pytest.mark.parametrize(
    "typed",
    [
        "buổi tuyên truyền nghị quyết 57 cần chuẩn bị gì",
        "buổi tuyên truyền: 45 người nghe có cần báo cáo không?",
        "nghị quyết 57 nói gì",
        "một buổi sáng 45 người",
        "buổi tuyên truyền: 45 người, " + "thôn 2, " * 100,
        "",
    ],
)
def test_what_is_no_such_line(typed: str) -> None:
    assert opened(typed) is None


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [
        ("28/12", date(2027, 1, 4), date(2026, 12, 28)),
        ("20/11", date(2026, 11, 20), date(2026, 11, 20)),
        ("24/11", date(2026, 11, 23), date(2026, 11, 24)),  # still to come: whoever asks has to say so
        ("29/2", date(2028, 3, 1), date(2028, 2, 29)),
        ("thứ 2", TODAY, TODAY),
        ("t3", TODAY, date(2026, 11, 17)),
        ("hôm kia", TODAY, date(2026, 11, 21)),
        ("20/11/2025", TODAY, date(2025, 11, 20)),
        ("20/11/2015", TODAY, None),
    ],
)
def test_days(said: str, today: date, day: date | None) -> None:
    assert parse(f"45 người, {said}, thôn 2", today).held_on == day


@pytest.mark.parametrize(
    ("typed", "number"),
    [("45", 45), ("45 người", 45), ("khoảng 1.200 ng.", 1200), ("45 người nghe", 45), ("45 câu", None), ("người", None),
     ("nghị quyết 57", None), ("1234567890123", None)],
)  # fmt: skip
def test_a_number_alone(typed: str, number: int | None) -> None:
    assert count(typed) == number


def test_what_nobody_believes() -> None:
    assert [sensible(number) for number in (0, 1, 45, 10_000, 10_001, 100_000)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
