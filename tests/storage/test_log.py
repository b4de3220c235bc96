"""The write-ahead log keeps nothing for long: what has been deleted is in no file any more."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.model import Tx
from bot.storage.log import AT_LATEST, LOOK_AGAIN, QUIET, WriteAheadLog
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.disk import full_disk

NAME = "nguyen-thi-lan-4711"


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hoidap.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("CREATE TABLE people (name TEXT) STRICT")
        yield connection


def come_and_go(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO people VALUES (?)", (NAME,))
    connection.execute("DELETE FROM people")


def as_a_kill_leaves_it(folder: Path, copy: Path) -> None:
    copy.mkdir()
    for file in folder.glob("first.db*"):
        shutil.copy(file, copy / file.name)


def found_in(folder: Path, name: str) -> list[str]:
    """The files that hold the name's bytes."""
    return [file.name for file in folder.rglob("*") if file.is_file() and name.encode() in file.read_bytes()]


def test_an_emptied_log_holds_nothing_of_what_was_deleted(connection: sqlite3.Connection, path: Path) -> None:
    log = WriteAheadLog(connection, path)
    come_and_go(connection)
    assert found_in(path.parent, NAME) == ["hoidap.db-wal"]
    assert log.empty()
    assert found_in(path.parent, NAME) == []


def test_it_is_emptied_in_a_pause_and_otherwise_only_looked_at(
    connection: sqlite3.Connection, path: Path
) -> None:
    log = WriteAheadLog(connection, path)
    assert log.wait == LOOK_AGAIN
    come_and_go(connection)
    log.written()
    assert log.wait == QUIET
    assert log.empty()
    assert log.wait == LOOK_AGAIN


def test_it_is_emptied_also_when_writes_never_pause(connection: sqlite3.Connection, path: Path) -> None:
    seconds = Seconds()
    log = WriteAheadLog(connection, path, seconds)
    come_and_go(connection)
    log.written()
    seconds.now += AT_LATEST - 0.1
    log.written()
    assert found_in(path.parent, NAME) == ["hoidap.db-wal"]
    seconds.now += 0.1
    log.written()
    assert found_in(path.parent, NAME) == []


def test_a_reader_that_takes_long_is_waited_for_more_and_more_patiently(
    connection: sqlite3.Connection, path: Path
) -> None:
    log = WriteAheadLog(connection, path)
    come_and_go(connection)
    log.written()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchall()
        waits = []
        for _ in range(7):
            assert not log.empty()
            waits.append(log.wait)
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (QUIET * 2, AT_LATEST)
        come_and_go(connection)  # who writes is not held up meanwhile
        reader.execute("ROLLBACK")
    assert log.empty()
    assert found_in(path.parent, NAME) == []
    assert connection.execute("PRAGMA busy_timeout").fetchone() == (5000,), "writes wait as long as before"


def test_a_full_disk_is_asked_again(connection: sqlite3.Connection, path: Path) -> None:
    log = WriteAheadLog(connection, path)
    come_and_go(connection)
    log.written()
    with full_disk():
        assert not log.empty()
    assert log.wait < LOOK_AGAIN
    assert log.empty()
    assert found_in(path.parent, NAME) == []


async def test_what_a_killed_process_left_goes_at_the_next_start(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    db = SqliteDatabase.open(tmp_path / "first.db")
    await db.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "first.db", isolation_level=None)) as killed:
        killed.execute("PRAGMA secure_delete = ON")
        killed.execute("INSERT INTO department_settings VALUES (?, 'x', 'now')", (NAME,))
        killed.execute("DELETE FROM department_settings")
        as_a_kill_leaves_it(tmp_path, tmp_path / "after")
    assert found_in(tmp_path / "after", NAME) == ["first.db-wal"]
    db = SqliteDatabase.open(tmp_path / "after" / "first.db")
    await db.run(lambda tx: None)
    assert found_in(tmp_path / "after", NAME) == []
    await db.close()


async def test_an_open_database_empties_its_log_by_itself(db: SqliteDatabase) -> None:
    def put(tx: Tx) -> None:
        tx.run("INSERT INTO department_settings VALUES (:name, 'x', 'now')", name=NAME)

    await db.run(put)
    await db.run(lambda tx: tx.run("DELETE FROM department_settings"))
    async with asyncio.timeout(20):
        while found_in(db.path.parent, NAME):  # noqa: ASYNC110 - nothing tells when it has happened
            await asyncio.sleep(QUIET / 3)
