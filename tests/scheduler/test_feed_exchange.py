"""Feeds from a file; an export that changes nothing when it comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.audience.unit_exchange import UNITS
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from bot.storage.sqlite import SqliteDatabase
from knowledge.exchange.kinds import KINDS as OF_KNOWLEDGE
from scheduler import feeds
from scheduler.feed_exchange import FEEDS
from scheduler.feeds import FeedDraft
from tests.fakes.time import START

KINDS = (*OF_KNOWLEDGE, UNITS, FEEDS)  # as the command does: the kind is read from the headings
HEAD = "Địa chỉ nguồn tin;Tên nguồn;Chủ đề;Cấp;Cơ quan ban hành;Lấy gì;Trạng thái"
ONE = FeedDraft(
    "https://example.vn/a.xml?x=1&y=2", "Báo Ví Dụ", "Văn bản mới", "tỉnh", "Tỉnh ủy Ví Dụ", "all", False
)
TWO = FeedDraft("http://example.vn/b")


async def load(db: SqliteDatabase, path: Path) -> Applied:
    parsed = importing.read(path, KINDS)
    return await db.run(importing.apply, parsed, publish=False, now=START)


async def there(db: SqliteDatabase) -> list[FeedDraft]:
    return [feeds.draft_of(feed) for feed in await db.read(feeds.all_feeds)]


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "a.csv"
    path.write_text("\n".join((HEAD, *lines)), "utf-8")
    return path


async def test_a_file_of_feeds(db: SqliteDatabase, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        f"{ONE.address};Báo Ví Dụ;Văn bản mới;cấp tỉnh;Tỉnh ủy Ví Dụ;tất cả;tạm dừng",
        f"{TWO.address};;;;;;",
    )
    told = await load(db, path)
    assert (told.kind, told.added) == ("feeds", 2)
    assert await there(db) == [ONE, TWO]
    told = await load(db, sheet(tmp_path, f"{TWO.address};Hai;;;;;"))
    assert (told.added, told.changed, told.unchanged) == (0, 1, 0)
    assert await there(db) == [ONE, replace(TWO, name="Hai")]


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "jsonl"])
async def test_importing_an_export_changes_nothing(db: SqliteDatabase, tmp_path: Path, suffix: str) -> None:
    for draft in (ONE, TWO):
        await db.run(feeds.save, draft, START)
    path = tmp_path / f"feeds.{suffix}"
    assert await db.read(exporting.export, FEEDS, path) == 2
    told = await load(db, path)
    assert (told.added, told.changed, told.unchanged) == (0, 0, 2)
    assert await there(db) == [ONE, TWO]


async def test_the_template_is_never_imported(tmp_path: Path) -> None:
    exporting.template(FEEDS, tmp_path / "a.xlsx")
    assert importing.read(tmp_path / "a.xlsx", KINDS).rows == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ftp://example.vn/a;;;;;;", "ô A2: địa chỉ nguồn tin phải bắt đầu bằng http"),
        ("https://lan:matkhau@example.vn/a;;;;;;", "không kèm tên đăng nhập hay mật khẩu"),
        (";Tên;;;;;", "chưa có địa chỉ nguồn tin"),
        ("https://example.vn/a;;;huyện;;;", "không có trong danh sách"),
        ("https://example.vn/a;;;;;;\nhttps://example.vn/a;Hai;;;;;", "ô A3: địa chỉ này đã có ở ô A2"),
    ],
)
def test_what_is_wrong_with_a_file(tmp_path: Path, line: str, told: str) -> None:
    errors = importing.read(sheet(tmp_path, line), KINDS).report.errors
    said = [f"{notice.place}: {notice.text}" for notice in errors]
    assert any(told in each for each in said), said
    assert "matkhau" not in str(said)
