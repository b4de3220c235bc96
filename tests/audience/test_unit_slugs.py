"""What stands for a unit in public links: there from the start, its own, and the same after a change."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.audience import units
from bot.audience.units import Unit
from bot.model import Tx
from bot.storage.migrations import MIGRATIONS
from bot.storage.sqlite import SqliteDatabase

NOW = datetime(2026, 11, 22, tzinfo=UTC)


async def test_a_slug_stays_with_its_unit(db: SqliteDatabase) -> None:
    def use(tx: Tx) -> None:
        ward = Unit(0, "Phường Bình Minh", "phường")
        key, other = units.add(tx, ward, NOW), units.add(tx, Unit(0, "Xã Tân Lập", "xã"), NOW)
        slug = units.slug_of(tx, key)
        assert slug is not None
        assert len(slug) == 10
        assert slug != units.slug_of(tx, other)
        units.change(tx, replace(ward, key=key), replace(ward, key=key, name="Phường Hoàng Hôn"), NOW)
        units.merge(tx, key, other, NOW)
        assert units.slug_of(tx, key) == slug
        assert units.by_slug(tx, slug) == key
        assert units.by_slug(tx, "zzz") is None
        assert units.slug_of(tx, 99) is None

    await db.run(use)


async def test_units_of_before_get_one(tmp_path: Path) -> None:
    path = tmp_path / "hoidap.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "CREATE TABLE migrations (version INTEGER PRIMARY KEY, why TEXT, applied_at TEXT) STRICT"
        )
        for migration in MIGRATIONS[:22]:
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, '', '2026')", (migration.version,))
        for name in ("Thôn 1", "Thôn 2"):
            connection.execute(
                f"INSERT INTO units (name, kind, changed_at) VALUES ('{name}', 'thôn', '2026')"
            )
    db = SqliteDatabase.open(path)
    slugs = await db.read(lambda tx: [row["slug"] for row in tx.rows("SELECT slug FROM units")])
    await db.close()
    assert len({slug for slug in slugs if slug and len(slug) == 10}) == 2
