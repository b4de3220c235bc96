"""A schedule in one message: what is understood, and which sentence says what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.audience.unit_names import Names
from bot.audience.units import Tree, Unit
from bot.errors import InputError
from scheduler.schedule_lines import read
from scheduler.schedule_words import parse
from scheduler.schedules import Schedule

TODAY = date(2026, 11, 23)
TOPICS = ("Đất đai", "Khoa học, công nghệ", "Giáo dục")
WARD = Unit(1, "Xã Bình Minh", "xã", code="BM")
MONDAY = parse("thứ Hai hàng tuần 07:30")


def names() -> Names:
    return Names(Tree((WARD,)))


def said(text: str, base: Schedule | None = None) -> Schedule:
    return read(text, names(), TOPICS, TODAY, base)


def test_when_alone_is_a_schedule_with_a_name() -> None:
    assert said("thứ Hai hàng tuần 07:30") == Schedule("Bản tin thứ Hai hàng tuần 07:30", MONDAY)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("cấp xã", {"levels": ("xã",)}),
        ("cấp xã và tỉnh", {"levels": ("tỉnh", "xã")}),
        ("chủ đề Đất đai", {"topics": ("Đất đai",)}),
        ("chu de khoa hoc, cong nghe", {"topics": ("Khoa học, công nghệ",)}),
        ("chủ đề: giáo dục, đất đai", {"topics": ("Giáo dục", "Đất đai")}),
        ("đơn vị xã Bình Minh", {"unit": 1}),
        ("chỉ nhóm", {"audience": "groups"}),
        ("chỉ gửi cho cá nhân", {"audience": "private"}),
        ("không cần duyệt", {"automatic": True}),
        ("bản thảo trước 24 giờ, hạn 6 giờ", {"ahead_hours": 24, "valid_hours": 6}),
        ("kèm câu hỏi nhiều, kèm khảo sát", {"most_asked": True, "poll": True}),
        ("tên: Tin đất đai", {"name": "Tin đất đai"}),
        (
            "cấp xã, chủ đề Đất đai; chỉ nhóm. Tên: Tin xã",
            {"levels": ("xã",), "topics": ("Đất đai",), "audience": "groups", "name": "Tin xã"},
        ),
    ],
)
def test_what_else_is_decided_in_any_place(text: str, more: dict[str, object]) -> None:
    wanted = replace(Schedule("Bản tin thứ Hai hàng tuần 07:30", MONDAY), **more)  # type: ignore[arg-type]  # by name
    assert said(f"thứ Hai hàng tuần 07:30, {text}") == wanted


def test_of_what_is_changed_the_rest_stays() -> None:
    old = Schedule("Tin xã", MONDAY, levels=("xã",), topics=("Đất đai",), automatic=True, key=7)
    assert said("thứ Ba 8h", old) == replace(old, rule=parse("thứ Ba hàng tuần 08:00"))
    assert said("cần duyệt", old) == replace(old, automatic=False)
    assert said("nhóm và cá nhân", replace(old, audience="groups")) == old


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "chưa có giờ"),
        ("cấp xã", "chưa có giờ"),
        ("khi nào rảnh thì gửi", "Tôi chưa hiểu"),
        ("thứ Hai", "chưa có giờ"),
        ("31/02 07:30", "Tháng 2 không có ngày 31"),
        ("thứ Hai 07:30, cấp huyện", "không có cấp “huyện”"),
        ("thứ Hai 07:30, chủ đề Bóng đá", "chủ đề “Bóng đá”. Các chủ đề đang có: Đất đai"),
        ("thứ Hai 07:30, đơn vị Xã Không Có", "không có đơn vị"),
        ("thứ Hai 07:30, hạn 500 giờ", "từ 1 đến 168"),
        ("thứ Hai 07:30, tên:", "Tên lịch gửi từ 1"),
        ("a" * 600, "tối đa 500 ký tự"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        said(text)
