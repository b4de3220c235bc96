"""Schedules from a file: what each means, what is refused where, and an export that changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.audience import units
from bot.audience.units import Unit
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from bot.files import sheets
from bot.storage.sqlite import SqliteDatabase
from knowledge.exchange import kinds
from scheduler import schedules
from scheduler.schedule_exchange import schedules_kind
from scheduler.schedules import Schedule

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
HEAD = "Tên lịch;Thời gian;Cấp văn bản;Chủ đề;Đơn vị;Gửi cho;Hạn gửi (giờ);Bản thảo trước (giờ);Tự động duyệt;Trạng thái"
ALL = (*kinds.KINDS, schedules_kind(VIET_NAM, lambda: NOW))


def file(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "lich.csv"
    path.write_text("\n".join((head, *lines)), "utf-8")
    return path


async def load(db: SqliteDatabase, path: Path) -> Applied:
    return await db.run(importing.apply, importing.read(path, ALL), publish=False, now=NOW)


async def told(db: SqliteDatabase, path: Path) -> list[str]:
    shown = await db.read(importing.preview, importing.read(path, ALL), publish=False)
    return [f"{notice.place}: {notice.text}" for notice in shown.report.errors]


async def there(db: SqliteDatabase) -> list[Schedule]:
    return await db.read(schedules.all_schedules)


async def test_rows_become_schedules_and_the_same_name_is_the_same_schedule(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    ward = await db.run(units.add, Unit(0, "Phường Bình Minh", "phường"), NOW)
    path = file(
        tmp_path,
        "Bản tin tuần;thu hai hang tuan 7h30;Trung ương, tỉnh;Đất đai; Giáo dục;Phường Bình Minh;nhóm;6 giờ;24;x;",
        "Sáng;hằng ngày 06:45;xã và TW;;;;;;;tắt",
        head=HEAD,
    )
    path.write_text(path.read_text("utf-8").replace("Đất đai; Giáo dục", '"Đất đai; Giáo dục"'), "utf-8")
    done = await load(db, path)
    assert (done.added, done.changed) == (2, 0)
    weekly, daily = await there(db)
    assert (weekly.words, weekly.levels, weekly.topics) == (
        "thứ Hai hàng tuần 07:30",
        ("Trung ương", "tỉnh"),
        ("Đất đai", "Giáo dục"),
    )
    assert (weekly.unit, weekly.audience, weekly.valid_hours, weekly.ahead_hours) == (ward, "groups", 6, 24)
    assert weekly.automatic
    assert weekly.next_run_at == datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    assert (daily.active, daily.next_run_at, daily.valid_hours) == (False, None, 12)
    assert daily.levels == ("Trung ương", "xã")
    changed = await load(
        db, file(tmp_path, "bản tin  TUẦN;thứ Ba hàng tuần 07:30", head="Tên lịch;Thời gian")
    )
    assert (changed.added, changed.changed) == (0, 1)
    after = (await there(db))[0]
    assert (after.key, after.words, after.valid_hours) == (weekly.key, "thứ Ba hàng tuần 07:30", 6)


@pytest.mark.parametrize("form", exporting.FORMATS)
async def test_import_of_an_export_changes_nothing(db: SqliteDatabase, tmp_path: Path, form: str) -> None:
    old = await db.run(units.add, Unit(0, "Xã Cũ", "xã"), NOW)
    new = await db.run(units.add, Unit(0, "Xã Mới", "xã"), NOW)
    await load(
        db,
        file(
            tmp_path,
            'Một;thứ Hai hàng tuần 07:30;tỉnh;"Đất đai; Y tế";Xã Cũ;cá nhân;5;0;có;bật',
            "Hai;ngày 1 và cuối tháng 8h;;;;;;;;tắt",
            "Ba;30/11/2026 07:30;;;;;;;;",
        ),
    )
    await db.run(units.merge, old, new, NOW)
    before = await there(db)
    path = tmp_path / f"xuat{form}"
    assert await db.read(exporting.export, ALL[-1], path) == 3
    done = await load(db, path)
    assert (done.added, done.changed, done.unchanged) == (0, 0, 3)
    assert await there(db) == before


@pytest.mark.parametrize("form", exporting.FORMATS)
async def test_the_template_is_understood_and_its_examples_are_left_out(
    db: SqliteDatabase, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"mau{form}"
    exporting.template(ALL[-1], path)
    parsed = importing.read(path, ALL)
    assert (parsed.kind, parsed.rows, parsed.report.errors) == ("schedules", (), ())


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("A;khi nào rảnh;;;;;;;;", "ô B2: Tôi chưa hiểu “khi nào rảnh”"),
        ("A;31/02/2027 08:00;;;;;;;;", "ô B2: Tháng 2 không có ngày 31."),
        ("A;20/11/2026 07:30;;;;;;;;", "ô B2: Thời điểm này đã qua"),
        ("A;30/11 07:30;;;;;;;;", "ô B2: Ngày cần ghi đủ cả năm"),
        ("A;;;;;;;;;", "ô B2: "),
        ("A;hằng ngày 7h;huyện;;;;;;;", "ô C2: không có cấp “huyện”"),
        ("A;hằng ngày 7h;;;Xã Không Có;;;;;", "ô E2: không có đơn vị “Xã Không Có”"),
        ("A;hằng ngày 7h;;;;mọi người;;;;", "ô F2: "),
        ("A;hằng ngày 7h;;;;;0;;;", "ô G2: Thời hạn gửi tính bằng giờ"),
        ("A;hằng ngày 7h;;;;;;999;;", "ô H2: Thời gian gửi bản thảo trước"),
        ("A;hằng ngày 7h;;;;;;;chắc thế;", "ô I2: "),
    ],
)
async def test_what_cannot_be_used_is_told_cell_by_cell(
    db: SqliteDatabase, tmp_path: Path, row: str, error: str
) -> None:
    found = await told(db, file(tmp_path, row))
    assert len(found) == 1
    assert found[0].startswith(error)


async def test_a_time_that_excel_made_a_date_of_is_told(db: SqliteDatabase, tmp_path: Path) -> None:
    path = tmp_path / "lich.xlsx"
    columns = [sheets.Column("Tên lịch", 20), sheets.Column("Thời gian", 20)]
    sheets.write(path, "Lịch gửi", columns, [["Một lần", date(2026, 11, 30)]], ())
    (error,) = await told(db, path)
    assert "Excel đã tự đổi thành ngày (30/11/2026)" in error


async def test_a_name_that_stands_twice_is_refused(db: SqliteDatabase, tmp_path: Path) -> None:
    path = file(tmp_path, "A;hằng ngày 7h;;;;;;;;", "a;hằng ngày 8h;;;;;;;;")
    assert await told(db, path) == ["ô A3: lịch “a” đã có ở ô A2."]


async def test_a_single_schedule_that_has_run_may_stand_in_the_file_for_good(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    await load(db, file(tmp_path, "Một lần;23/11/2026 09:00;;;;;;;;"))
    later = datetime(2026, 12, 1, tzinfo=UTC)
    kind = schedules_kind(VIET_NAM, lambda: later)
    parsed = importing.read(file(tmp_path, "Một lần;23/11/2026 09:00;;;;;;;;"), (kind,))
    done = await db.run(importing.apply, parsed, publish=False, now=later)
    assert done.unchanged == 1


async def test_what_is_switched_off_and_on_again_finds_its_next_time(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    await load(db, file(tmp_path, "A;hằng ngày 07:30;;;;;;;;"))
    schedule = (await there(db))[0]
    off = await db.run(schedules.save, replace(schedule, active=False), None, NOW, VIET_NAM)
    assert off.next_run_at is None
    on = await db.run(schedules.switch, schedule.key, active=True, by=None, now=NOW, timezone=VIET_NAM)
    assert on.next_run_at == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    await db.run(schedules.remove, schedule.key, None, NOW)
    assert await there(db) == []
