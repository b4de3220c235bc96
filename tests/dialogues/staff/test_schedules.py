"""Schedules of digests by chat: listed, added in words, changed, paused, removed; what cannot be read is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler import schedules
from scheduler.schedules import Schedule
from tests.dialogues.staff.digesting import CHIEF, HOA, LAN, TUESDAY, Desk, desk


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as office:
        yield office


async def all_of(office: Desk) -> list[Schedule]:
    return await office.talk.db.read(schedules.all_schedules)


async def test_added_in_words_changed_paused_and_removed_by_typing(office: Desk) -> None:
    assert "Chưa có lịch gửi" in await office.says(HOA, "lịch gửi")
    added = await office.says(HOA, "them lich thu Hai hang tuan 7h30, cap xa, chi nhom, ten: Tin xã")
    assert "Đã thêm lịch. Tôi hiểu là:" in added
    assert "Lịch #1: Tin xã\nthứ Hai hàng tuần 07:30 · cấp xã · chỉ các nhóm · cần duyệt" in added
    assert "Lần tới: 07:30 ngày 30/11/2026" in added
    changed = await office.says(HOA, "đổi lịch 1 thứ Ba 8h, hạn 6 giờ")
    assert "thứ Ba hàng tuần 08:00 · cấp xã" in changed
    assert "quá giờ gửi 6 giờ" in changed
    assert "Đã tạm dừng" in await office.says(HOA, "tạm dừng lịch 1")
    assert "#1 Tin xã: thứ Ba hàng tuần 08:00" in (listed := await office.says(CHIEF, "/lichbantin"))
    assert "Đang tạm dừng" in listed
    assert "Lịch đã chạy lại" in await office.says(HOA, "chạy lại lịch 1")
    assert "Xóa lịch #1 “Tin xã”?" in await office.says(HOA, "xóa lịch 1")
    assert len(await all_of(office)) == 1
    assert "Đã xóa lịch #1" in await office.picks(HOA, "Xóa")
    assert await all_of(office) == []
    assert await office.acts(5) == ["schedule.removed", *["schedule.changed"] * 3, "schedule.added"]
    assert "Hoa: xóa lịch gửi số 1" in await office.says(CHIEF, "nhật ký")


async def test_with_buttons_and_asked(office: Desk) -> None:
    await office.says(CHIEF, "lịch bản tin")
    assert "thêm lịch thứ Hai hàng tuần 07:30" in await office.picks(CHIEF, "Thêm lịch")
    assert "Tôi chưa hiểu" in await office.says(CHIEF, "khi nào rảnh thì gửi")
    assert "hằng ngày 06:45" in await office.says(CHIEF, "hằng ngày 6h45")  # still asked
    await office.picks(CHIEF, "Đổi")
    assert "chỉ cá nhân" in await office.says(CHIEF, "chỉ cá nhân")
    assert "cần duyệt trước khi gửi" in await office.picks(CHIEF, "Tạm dừng")
    await office.picks(CHIEF, "Chạy lại")
    await office.picks(CHIEF, "Đổi")
    assert "Không có gì thay đổi" in await office.says(CHIEF, "thôi")
    (schedule,) = await all_of(office)
    assert (schedule.audience, schedule.active) == ("private", True)


async def test_what_cannot_be_is_said_and_nothing_is_written(office: Desk) -> None:
    for typed, why in (
        ("thêm lịch 31/02 07:30", "Tháng 2 không có ngày 31"),
        ("thêm lịch 1/11/2026 07:30", "đã qua"),
        ("thêm lịch thứ Hai", "chưa có giờ"),
        ("thêm lịch thứ Hai 7h30, cấp huyện", "Không có cấp “huyện”"),
        ("thêm lịch thứ Hai 7h30, đơn vị Xã Xa Lạ", "Không có đơn vị"),
        ("đổi lịch 9 thứ Ba 8h", "không còn nữa"),
        ("xóa lịch", "ghi số của lịch, ví dụ: xóa lịch 2"),
        ("/tạm dừng lịch", "ví dụ: tạm dừng lịch 2"),
    ):
        assert why in await office.says(HOA, typed), typed
    assert await all_of(office) == []
    await office.has(TUESDAY)
    assert "Đã có lịch tên" in await office.says(HOA, "thêm lịch thứ Hai 8h, tên: bản tin tuần")
    assert "Cùng giờ với lịch #1" in await office.says(HOA, "thêm lịch thứ Ba 7h30, tên: Khác")


async def test_schedules_that_are_due_together_are_named_however_their_times_are_written(
    office: Desk,
) -> None:
    await office.says(HOA, "thêm lịch hằng ngày 7h30, tên: Ngày")
    assert "Cùng giờ với lịch #1;" in await office.says(HOA, "thêm lịch thứ Hai hàng tuần 7h30, tên: Tuần")
    other = await office.says(HOA, "thêm lịch thứ Hai hàng tuần 8h, tên: Muộn hơn")
    assert "Đã thêm lịch" in other
    assert "Cùng giờ" not in other
    assert "Cùng giờ với lịch #1;" in await office.says(HOA, "thêm lịch ngày 1 hàng tháng 7h30, tên: Tháng")
    paused = await office.says(HOA, "tạm dừng lịch 1")
    assert "Cùng giờ" not in paused
    assert "Cùng giờ" not in await office.says(
        HOA, "đổi lịch 2 thứ Năm 7h30"
    )  # a first of the month, but not soon


async def test_sending_without_approval_is_for_administrators_where_four_eyes_are_on(office: Desk) -> None:
    assert "chỉ quản trị viên đặt" in await office.says(HOA, "thêm lịch thứ Hai 8h, không cần duyệt")
    await office.says(HOA, "thêm lịch thứ Hai 8h")
    assert "chỉ quản trị viên" in await office.picks(HOA, "Gửi không cần duyệt")
    assert "gửi không cần duyệt" in await office.presses(CHIEF, "schedule/1/auto/1")
    assert "chỉ quản trị viên" in await office.says(HOA, "đổi lịch 1 thứ Hai 9h, gửi nhóm")
    assert "08:00" in await office.presses(HOA, "schedule/1")
    assert "09:00" in await office.says(CHIEF, "đổi lịch 1 thứ Hai 9h")
    assert "cần duyệt trước khi gửi" in await office.presses(HOA, "schedule/1/auto/0")
    await office.alone()
    assert "gửi không cần duyệt" in await office.presses(HOA, "schedule/1/auto/1")


async def test_only_approvers(office: Desk) -> None:
    await office.says(LAN, "thêm lịch thứ Hai 8h")
    assert "không còn dùng được" in await office.presses(LAN, "schedule/1/remove/yes")
    assert "không còn dùng được" in await office.presses(CHIEF, "schedule/1/explode")
    assert "không còn nữa" in await office.presses(CHIEF, "schedule/77/pause")
    assert await all_of(office) == []
