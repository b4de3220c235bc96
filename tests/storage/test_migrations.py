"""What migrations that rebuild a table do with the rows of a database that has been in use."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from bot.storage.migrations import MIGRATIONS
from bot.storage.sqlite import SqliteDatabase


def written_by(version: int, path: Path, *statements: str) -> None:
    """A database as that version left it, with these rows."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "CREATE TABLE migrations (version INTEGER PRIMARY KEY, why TEXT, applied_at TEXT) STRICT"
        )
        for migration in MIGRATIONS[:version]:
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migrations VALUES (?, ?, '2026')", (migration.version, migration.why)
            )
        for statement in statements:
            connection.execute(statement)


async def test_administrators_and_codes_of_before_there_were_roles_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "hoidap.db"
    written_by(
        7,
        path,
        "INSERT INTO staff VALUES ('telegram', '7', 'administrator', '2026-02')",
        "INSERT INTO staff VALUES ('zalo-bot', 'lan', 'administrator', '2026-01')",
        "INSERT INTO codes VALUES (x'00', 'link', 'telegram', '7', '2026-03')",
    )
    db = SqliteDatabase.open(path)
    staff = await db.read(lambda tx: tx.rows("SELECT * FROM staff ORDER BY key"))
    codes = await db.read(lambda tx: tx.rows("SELECT purpose, person FROM codes"))
    await db.close()
    assert [(row["key"], row["channel"], row["person"], row["role"], row["since"]) for row in staff] == [
        (1, "zalo-bot", "lan", "administrator", "2026-01"),
        (2, "telegram", "7", "administrator", "2026-02"),
    ]
    assert {row["name"] for row in staff} == {"Quản trị viên"}
    assert codes == [{"purpose": "link", "person": "7"}]


OUTBOX = """INSERT INTO outbox (cause, position, channel, conversation, priority, payload, state, due_at, created_at)
    VALUES ('inbox:1', {0}, 'net', 'c1', 0, x'01', '{1}', '2026', '2026')"""


async def test_what_waits_in_the_outbox_stays_and_no_number_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "hoidap.db"
    written = [OUTBOX.format(0, "waiting"), OUTBOX.format(1, "sent"), OUTBOX.format(2, "sent")]
    written_by(10, path, *written, "DELETE FROM outbox WHERE id = 3")
    db = SqliteDatabase.open(path)
    await db.run(lambda tx: tx.run(OUTBOX.format(3, "held")))
    rows = await db.read(lambda tx: tx.rows("SELECT id, state, payload, offered FROM outbox ORDER BY id"))
    sequences = await db.read(
        lambda tx: tx.rows("SELECT name FROM sqlite_sequence WHERE name LIKE 'outbox%'")
    )
    await db.close()
    assert [tuple(row.values()) for row in rows] == [
        (1, "waiting", b"\x01", 0),
        (2, "sent", b"\x01", 0),
        (4, "held", b"\x01", 0),
    ]
    assert sequences == [{"name": "outbox"}]


async def test_what_waits_and_was_not_asked_for_keeps_to_quiet_hours_from_now_on(tmp_path: Path) -> None:
    path = tmp_path / "hoidap.db"
    row = """INSERT INTO outbox (cause, position, channel, conversation, priority, payload, due_at, created_at)
        VALUES ('{0}', 0, 'net', 'c1', {1}, x'01', '2026', '2026')"""
    digest = """INSERT INTO digests (key, code, urgent, overrides_quiet, state, due_at, send_at, valid_until, title,
            audience) VALUES ({0}, 'code{0}', 1, {1}, 'sending', '2026', '2026', '2027', '', 'all')"""
    causes = (("inbox:1", 0), ("reminder:ab", 0), ("digest:1:1", 1), ("digest:12:1", 1), ("poll:1:1", 1))
    written_by(
        37,
        path,
        *(digest.format(key, int(key == 1)) for key in (1, 12)),
        *(row.format(*one) for one in causes),
    )
    db = SqliteDatabase.open(path)
    rows = await db.read(lambda tx: tx.rows("SELECT cause FROM outbox WHERE heeds_quiet = 1 ORDER BY id"))
    await db.close()
    assert [row["cause"] for row in rows] == ["reminder:ab", "digest:12:1", "poll:1:1"]
