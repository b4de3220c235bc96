"""Small files to import, and what an import says of them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.exchange import importing
from bot.exchange.importing import Applied, Parsed
from bot.files.tables import Notice
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries
from knowledge.entries import Entry
from knowledge.exchange.kinds import KINDS

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HEADINGS = "Mã;Câu hỏi;Trả lời;Nguồn"
NQ57 = {"number": "57-NQ/TW", "title": "Khoa học", "issuer": "Bộ Chính trị", "issued_on": "2024-12-22"}
NQ18 = {
    "number": "18-NQ/TW",
    "title": "Bộ máy",
    "issuer": "Ban Chấp hành Trung ương",
    "issued_on": "2017-10-25",
}
NQ18_NEW = NQ18 | {"title": "Đất đai", "issued_on": "2022-06-16"}


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "a.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def jsonl(folder: Path, *items: dict[str, Any]) -> Path:
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), "utf-8")
    return path


def read_file(path: Path) -> Parsed:
    return importing.read(path, KINDS)


def lines_of(notices: Sequence[Notice]) -> list[str]:
    return [f"{notice.place}: {notice.text}" for notice in notices]


def errors_of(path: Path) -> list[str]:
    return lines_of(read_file(path).report.errors)


async def apply(db: SqliteDatabase, path: Path, *, publish: bool = False) -> Applied:
    return await db.run(importing.apply, read_file(path), publish=publish, now=NOW)


def counts_of(applied: Applied) -> tuple[int, int, int]:
    """Added, changed, unchanged."""
    return applied.added, applied.changed, applied.unchanged


async def entry_of(db: SqliteDatabase, id: str) -> Entry:
    found = await db.read(entries.by_id, id)
    assert found is not None
    return found
