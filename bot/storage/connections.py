"""Connections to a SQLite file as we want them: nothing lost when the power fails, nothing readable of what was blanked, and
the newest shape before anybody reads or writes."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlite_utils

from bot.clock import stamp
from bot.errors import DatabaseNewer, StorageError
from bot.storage.base import Row
from bot.storage.migrations import MIGRATIONS

BUSY_SECONDS = 10.0  # how long a write waits for another process, such as an import


class SqliteTx:
    """Tx over one connection; used only in the thread that owns it."""

    def __init__(self, database: sqlite_utils.Database) -> None:
        self._database = database

    def rows(self, sql: str, **values: Any) -> list[Row]:
        # Not Database.query(): it wraps each statement in two more (SAVEPOINT, RELEASE), and the Tx already is a savepoint.
        cursor = self._database.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, **values: Any) -> Row | None:
        found = self.rows(sql, **values)
        return found[0] if found else None

    def run(self, sql: str, **values: Any) -> int:
        return self._database.execute(sql, values).rowcount


def open_writer(path: Path) -> sqlite_utils.Database:
    # The thread that opens is not the thread that writes; only one of them ever uses it at a time.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database = sqlite_utils.Database(connection, execute_plugins=False)
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        if not _is_ours(connection):
            raise StorageError(f"{path} is the database of another program; it was left as it is")
        _log_ahead(connection)
        # NORMAL may lose what was acknowledged when the power fails.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is blanked is overwritten, not only unlinked
        _migrate(SqliteTx(database), connection)
        # After the migrations: a rebuilt table would trip over it.
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return database


def open_reader(path: Path) -> sqlite_utils.Database:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return sqlite_utils.Database(connection, execute_plugins=False)


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. Two processes that make the file together meet here, where SQLite does not keep to
    `busy_timeout`: so we wait ourselves."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(0.01)


def _is_ours(connection: sqlite3.Connection) -> bool:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not tables or "migrations" in tables


def _migrate(tx: SqliteTx, connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")  # two processes that start together: the second finds it done
    try:
        tx.run(
            "CREATE TABLE IF NOT EXISTS migrations "
            "(version INTEGER PRIMARY KEY, why TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
        )
        done = {row["version"] for row in tx.rows("SELECT version FROM migrations")}
        if unknown := done - {migration.version for migration in MIGRATIONS}:
            raise DatabaseNewer(
                f"this database was written by a newer version of the program (migration {max(unknown)}): "
                "install that version, or restore a backup made with this one"
            )
        for migration in MIGRATIONS:
            if migration.version not in done:
                for statement in migration.statements:
                    tx.run(statement)
                tx.run(
                    "INSERT INTO migrations (version, why, applied_at) VALUES (:version, :why, :at)",
                    version=migration.version,
                    why=migration.why,
                    at=stamp(datetime.now(UTC)),
                )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
