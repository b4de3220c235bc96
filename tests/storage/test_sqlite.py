"""The contract of the storage seam, on real files: what is reported is on disk, what failed took nothing else with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.errors import DatabaseInUse, DatabaseNewer, StorageError
from bot.model import Tx
from bot.storage.migrations import MIGRATIONS
from bot.storage.serve_lock import ServeLock
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.disk import full_disk
from tests.storage.shape import SHAPE

NAMES = "SELECT name FROM department_settings ORDER BY name"


def put(tx: Tx, name: str, value: str = "x") -> None:
    tx.run(
        "INSERT INTO department_settings (name, value, changed_at) VALUES (:n, :v, 'now')", n=name, v=value
    )


def names(tx: Tx) -> list[str]:
    return [row["name"] for row in tx.rows(NAMES)]


def names_on_disk(path: Path) -> list[str]:
    """As another process sees them: what has been committed."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute(NAMES)]


@contextlib.asynccontextmanager
async def held_up(db: SqliteDatabase) -> AsyncIterator[None]:
    """The writer stands still inside a function, so that what is asked meanwhile waits together and shares a commit."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(tx: Tx) -> None:
        begun.set()
        go_on.wait(10)

    holding = asyncio.ensure_future(db.run(wait))
    await asyncio.to_thread(begun.wait, 10)
    try:
        yield
        await asyncio.sleep(0)  # what was asked is in the queue now
    finally:
        go_on.set()
        await holding


# One function


async def test_a_function_gets_its_arguments_and_its_result_comes_back(db: SqliteDatabase) -> None:
    await db.run(put, "a", value="1")
    assert await db.read(lambda tx: tx.row("SELECT value FROM department_settings")) == {"value": "1"}


async def test_what_was_reported_is_seen_by_other_processes(db: SqliteDatabase) -> None:
    await db.run(put, "a")
    assert names_on_disk(db.path) == ["a"]


async def test_a_failing_function_raises_what_it_raised_and_leaves_nothing(db: SqliteDatabase) -> None:
    def half(tx: Tx) -> None:
        put(tx, "a")
        raise KeyError("b")

    with pytest.raises(KeyError):
        await db.run(half)
    assert names_on_disk(db.path) == []


async def test_a_broken_constraint_is_the_callers_error_not_the_disks(db: SqliteDatabase) -> None:
    await db.run(put, "a")
    with pytest.raises(sqlite3.IntegrityError):
        await db.run(put, "a")


@pytest.mark.parametrize("error", [StopIteration(), SystemExit(3), asyncio.CancelledError()])
async def test_not_even_an_error_of_a_strange_kind_stops_the_writer(
    db: SqliteDatabase, error: BaseException
) -> None:
    def strange(tx: Tx) -> None:
        put(tx, "a")
        raise error

    async with held_up(db):
        first = asyncio.ensure_future(db.run(strange))
        second = asyncio.ensure_future(db.run(put, "b"))
    await asyncio.wait_for(second, 5)
    with pytest.raises(Exception):  # noqa: B017, PT011 - of which kind is not promised; that it comes is
        await asyncio.wait_for(first, 5)
    assert names_on_disk(db.path) == ["b"]


async def test_a_cancelled_caller_does_not_undo_the_write(db: SqliteDatabase) -> None:
    async with held_up(db):
        waiting = asyncio.ensure_future(db.run(put, "a"))
        other = asyncio.ensure_future(db.run(put, "b"))
        await asyncio.sleep(0)
        waiting.cancel()
    await other
    assert waiting.cancelled()
    assert names_on_disk(db.path) == ["a", "b"]


# Functions that share a commit


async def test_in_a_shared_commit_a_failing_function_takes_nothing_else_with_it(db: SqliteDatabase) -> None:
    def fail(tx: Tx) -> None:
        put(tx, "failed")
        raise ValueError

    async with held_up(db):
        jobs = [db.run(put, "a"), db.run(fail), db.run(put, "b"), db.run(put, "a"), db.run(put, "c")]
        results = asyncio.gather(*jobs, return_exceptions=True)
    kinds = [type(result) for result in await results]
    assert kinds == [type(None), ValueError, type(None), sqlite3.IntegrityError, type(None)]
    assert names_on_disk(db.path) == ["a", "b", "c"]


async def test_nobody_hears_of_success_before_the_commit(db: SqliteDatabase) -> None:
    """The one who is told first looks at the file as another process would, and finds every write of the batch."""
    seen: list[list[str]] = []

    async def write_and_look(name: str) -> None:
        await db.run(put, name)
        seen.append(names_on_disk(db.path))

    async with held_up(db):
        writes = asyncio.gather(*(write_and_look(name) for name in "abcdefgh"))
    await writes
    assert all(name in found for name, found in zip("abcdefgh", seen, strict=True))


async def test_when_the_commit_fails_everybody_in_it_hears_so(db: SqliteDatabase) -> None:
    """A check that SQLite makes at the commit: the functions themselves all went well."""

    def orphan(tx: Tx) -> None:
        tx.run("PRAGMA defer_foreign_keys = ON")
        tx.run("INSERT INTO phrasings (entry, position, text) VALUES (12345, 0, 'x')")

    async with held_up(db):
        results = asyncio.gather(db.run(put, "a"), db.run(orphan), db.run(put, "b"), return_exceptions=True)
    assert [isinstance(result, StorageError) for result in await results] == [True, True, True]
    assert names_on_disk(db.path) == []
    await db.run(put, "c")
    assert names_on_disk(db.path) == ["c"]


async def test_many_writers_and_readers_at_once(db: SqliteDatabase) -> None:
    wanted = [f"{number:03}" for number in range(600)]
    reads = [db.read(names) for _ in range(20)]
    await asyncio.gather(*(db.run(put, name) for name in wanted), *reads)
    assert await db.read(names) == wanted


# Reading


async def test_a_read_sees_one_moment_from_its_first_look_to_its_last(db: SqliteDatabase) -> None:
    looked, written = threading.Event(), threading.Event()

    def twice(tx: Tx) -> tuple[list[str], list[str]]:
        before = names(tx)
        looked.set()
        written.wait(10)
        return before, names(tx)

    reading = asyncio.ensure_future(db.read(twice))
    await asyncio.to_thread(looked.wait, 10)
    await db.run(put, "a")
    written.set()
    assert await reading == ([], [])
    assert await db.read(names) == ["a"]


async def test_a_read_cannot_write(db: SqliteDatabase) -> None:
    with pytest.raises(StorageError):
        await db.read(put, "a")
    assert names_on_disk(db.path) == []


async def test_a_read_that_fails_raises_and_the_next_one_works(db: SqliteDatabase) -> None:
    def fail(tx: Tx) -> None:
        raise KeyError

    for _ in range(4):  # more than there are reading threads
        with pytest.raises(KeyError):
            await db.read(fail)
    assert await db.read(names) == []


async def test_a_read_whose_file_cannot_be_opened_is_a_storage_error(tmp_path: Path) -> None:
    db = SqliteDatabase.open(tmp_path / "a.db")
    (tmp_path / "a.db").rename(tmp_path / "b.db")
    with pytest.raises(StorageError):
        await db.read(names)
    await db.close()


# The disk


async def test_a_full_database_says_so_and_goes_on_when_there_is_room(db: SqliteDatabase) -> None:
    def limit(tx: Tx, pages: int) -> None:
        tx.rows(f"PRAGMA max_page_count = {pages}")

    pages = await db.read(lambda tx: tx.rows("PRAGMA page_count")[0]["page_count"])
    await db.run(limit, pages + 2)
    async with held_up(db):
        results = asyncio.gather(
            db.run(put, "a"), db.run(put, "b", "x" * 500_000), db.run(put, "c"), return_exceptions=True
        )
    told = await results
    assert isinstance(told[1], StorageError)
    assert str(told[1]) == "nothing was written: the disk is full"
    stored = [name for name, result in zip("abc", told, strict=True) if not isinstance(result, BaseException)]
    assert names_on_disk(db.path) == stored
    await db.run(limit, 100_000)
    await db.run(put, "d", "x" * 500_000)
    assert names_on_disk(db.path) == [*stored, "d"]


async def test_a_disk_that_takes_nothing_more(db: SqliteDatabase) -> None:
    await db.run(put, "before")
    with full_disk():
        with pytest.raises(StorageError, match="disk"):
            await db.run(put, "a", "x" * 10_000)
        assert await db.read(names) == ["before"]
    await db.run(put, "after")
    assert names_on_disk(db.path) == ["after", "before"]


async def test_another_program_that_holds_the_database(db: SqliteDatabase) -> None:
    await db.run(lambda tx: tx.rows("PRAGMA busy_timeout = 1"))
    with contextlib.closing(sqlite3.connect(db.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another program"):
            await db.run(put, "a")
    await db.run(put, "b")
    assert names_on_disk(db.path) == ["b"]


# Opening and closing


async def test_close_finishes_what_is_queued(tmp_path: Path) -> None:
    db = SqliteDatabase.open(tmp_path / "a.db")
    writes = [asyncio.ensure_future(db.run(put, f"{number:03}")) for number in range(300)]
    await asyncio.sleep(0)
    await db.close()
    await asyncio.gather(*writes)
    assert len(names_on_disk(tmp_path / "a.db")) == 300
    assert os.listdir(tmp_path) == ["a.db"], "a closed database is one file"


async def test_a_closed_database_refuses(tmp_path: Path) -> None:
    db = SqliteDatabase.open(tmp_path / "a.db")
    await db.close()
    await db.close()
    with pytest.raises(StorageError):
        await db.run(put, "a")
    with pytest.raises(StorageError):
        await db.read(names)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_text("Nghị quyết " * 1000)
    with pytest.raises(StorageError, match="not a SQLite database"):
        SqliteDatabase.open(path)
    assert path.read_text() == "Nghị quyết " * 1000


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StorageError, match="another program"):
        SqliteDatabase.open(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize("where", ["a folder", "below a file"])
def test_a_place_where_no_database_can_be(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot open the database"):
        SqliteDatabase.open(tmp_path if where == "a folder" else tmp_path / "file" / "a.db")


def test_a_full_disk_at_the_first_start(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(StorageError, match="disk"):
        SqliteDatabase.open(tmp_path / "a.db")


async def test_a_database_from_a_newer_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    await SqliteDatabase.open(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO migrations VALUES (999, 'from the future', '2030')")
    with pytest.raises(DatabaseNewer, match="newer version"):
        SqliteDatabase.open(path)


async def test_opening_again_keeps_everything_and_migrates_nothing_twice(tmp_path: Path) -> None:
    db = SqliteDatabase.open(tmp_path / "a.db")
    await db.run(put, "a")
    await db.close()
    db = SqliteDatabase.open(tmp_path / "a.db")
    assert await db.read(names) == ["a"]
    done = await db.read(lambda tx: tx.rows("SELECT version FROM migrations ORDER BY version"))
    await db.close()
    assert [row["version"] for row in done] == [migration.version for migration in MIGRATIONS]


async def test_the_file_is_nobody_elses_to_read(db: SqliteDatabase) -> None:
    assert db.path.stat().st_mode & 0o077 == 0


_OPEN = """
import asyncio, sys
from bot.storage.sqlite import SqliteDatabase
print("ready", flush=True); sys.stdin.readline()
asyncio.run(SqliteDatabase.open(sys.argv[1]).close())
"""


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(_python(_OPEN, str(path))) for _ in range(3)]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            _, errors = process.communicate(timeout=30)
            assert (process.returncode, errors) == (0, "")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM migrations").fetchone() == (len(MIGRATIONS),)


# One serve


_HOLD = """
import sys
from pathlib import Path
from bot.storage.serve_lock import ServeLock
lock = ServeLock(Path(sys.argv[1]))
lock.take()
print("ready", flush=True); sys.stdin.readline()
"""


def test_a_second_serve_is_refused_until_the_first_dies_however_it_dies(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with _python(_HOLD, str(path)) as holder:
        with pytest.raises(DatabaseInUse, match=re.escape(f"{path}: stop it first")):
            ServeLock(path).take()
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        lock = ServeLock(path)
        lock.take()
        lock.release()


def test_a_released_lock_is_free(tmp_path: Path) -> None:
    first, second = ServeLock(tmp_path / "a.db"), ServeLock(tmp_path / "a.db")
    first.take()
    with pytest.raises(DatabaseInUse):
        second.take()
    first.release()
    second.take()
    second.release()


def test_a_lock_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as refused:
        ServeLock(tmp_path / "file" / "a.db").take()
    assert not isinstance(refused.value, DatabaseInUse)


# The shape


async def test_every_table_and_column_is_a_decision(db: SqliteDatabase) -> None:
    """A new column belongs into tests/storage/shape.py, with a thought about what it tells about a person."""
    tables = await db.read(lambda tx: tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'"))
    found = {}
    for name in sorted(row["name"] for row in tables if not row["name"].startswith("sqlite_")):
        columns = await db.read(lambda tx, sql: tx.rows(sql), f"PRAGMA table_info({name})")
        found[name] = [column["name"] for column in columns]
    assert found == SHAPE


async def test_every_table_is_strict(db: SqliteDatabase) -> None:
    listed = await db.read(lambda tx: tx.rows("PRAGMA table_list"))
    ours = {row["name"]: row["strict"] for row in listed if not row["name"].startswith("sqlite_")}
    assert set(ours) == set(SHAPE)
    assert set(ours.values()) == {1}


async def test_foreign_keys_hold(db: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await db.run(lambda tx: tx.run("INSERT INTO phrasings (entry, position, text) VALUES (1, 0, 'x')"))


async def test_how_the_writer_writes(db: SqliteDatabase) -> None:
    """FULL (2): an acknowledged message survives a power cut. secure_delete: what is blanked is overwritten."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    found = [await db.run(lambda tx, sql: tx.rows(sql)[0], f"PRAGMA {name}") for name in wanted]
    assert found == [{name: value} for name, value in wanted.items()]


def test_migrations_are_numbered_in_order_and_say_why() -> None:
    assert [migration.version for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert all(len(migration.why) > 20 for migration in MIGRATIONS)


@contextlib.contextmanager
def _python(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that says that it is there and goes on after a line of input."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()
