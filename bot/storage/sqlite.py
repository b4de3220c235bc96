"""SQLite behind the storage seam: one writer thread, a few read-only connections, nothing reported before it is on disk.

Functions that wait together share one COMMIT (group commit): with `synchronous=FULL` the disk flush is the dear part, and
under load its price is shared. Each runs in its own SAVEPOINT, so that one that fails takes nothing else with it.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

import sqlite_utils

from bot.clock import stamp
from bot.errors import DatabaseInUse, DatabaseNewer, StorageError
from bot.model import Tx
from bot.storage.base import Row
from bot.storage.log import WriteAheadLog
from bot.storage.migrations import MIGRATIONS

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 10.0  # how long a write waits for another process, such as an import
BATCH = 256  # functions in one commit at most: bounds what a failing commit takes with it
READERS = 2
READ_BATCH = 8  # functions in one snapshot at most: they wait for each other

_CODES_OF_THE_DISK = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the database is read-only",
    sqlite3.SQLITE_IOERR: "the disk reports an input/output error",
    sqlite3.SQLITE_BUSY: "another program holds the database",
    sqlite3.SQLITE_LOCKED: "another program holds the database",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged; restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is not a SQLite database",
    sqlite3.SQLITE_PERM: "the database file may not be written",
}


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


@dataclass(slots=True)
class _Job:
    fn: Callable[[Tx], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class SqliteDatabase:
    """The embedded database. Open it with `open`; close it with `close`."""

    def __init__(self, path: Path, writer: sqlite_utils.Database) -> None:
        self._path = path
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writer = writer
        self._closed = False
        self._thread = threading.Thread(target=self._write, name="sqlite-writer", daemon=True)
        self._thread.start()
        self._reads: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = [
            threading.Thread(target=self._read, name=f"sqlite-reader-{number}", daemon=True)
            for number in range(READERS)
        ]
        for reader in self._readers:
            reader.start()

    @classmethod
    def open(cls, path: Path | str) -> SqliteDatabase:
        """Open or create the file and bring it to the newest shape. Raises StorageError, DatabaseNewer."""
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # nobody else's to read
            return cls(path, _open_writer(path))
        except OSError as error:
            raise StorageError(f"cannot open the database {path}: {error.strerror}") from error
        except sqlite3.Error as error:
            raise StorageError(f"cannot open the database {path}: {_of_the_disk(error) or error}") from error

    @property
    def path(self) -> Path:
        return self._path

    async def run(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._closed:
            raise StorageError("the database is closed")
        loop = asyncio.get_running_loop()
        job = _Job(lambda tx: fn(tx, *args, **kwargs), loop, loop.create_future())
        self._jobs.put(job)
        done: T = await job.future
        return done

    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._closed:
            raise StorageError("the database is closed")
        loop = asyncio.get_running_loop()
        job = _Job(lambda tx: fn(tx, *args, **kwargs), loop, loop.create_future())
        self._reads.put(job)
        found: T = await job.future
        return found

    async def close(self) -> None:
        """Finish what is queued, then close every connection."""
        if self._closed:
            return
        self._closed = True
        loop = asyncio.get_running_loop()
        for _ in self._readers:
            self._reads.put(None)
        for reader in self._readers:
            await loop.run_in_executor(None, reader.join)
        # The writer last: only a connection that may write folds the log into the file when it closes.
        self._jobs.put(None)
        await loop.run_in_executor(None, self._thread.join)

    # The writer thread

    def _write(self) -> None:
        tx = SqliteTx(self._writer)
        log = WriteAheadLog(self._writer.conn, self._path)
        log.empty()  # what a process that was killed has left there
        last = False
        while not last:
            try:
                job = self._jobs.get(timeout=log.wait)
            except queue.Empty:
                log.empty()
                continue
            if job is None:
                break
            batch, last = _with_those_waiting(self._jobs, job, BATCH)
            self._commit(tx, batch)
            _tell(batch)
            log.written()
        log.empty()  # closing does it only where no other process has the file open
        self._writer.conn.close()

    def _commit(self, tx: SqliteTx, batch: list[_Job]) -> None:
        connection = self._writer.conn
        try:
            connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                self._run_in_savepoint(tx, job)
                if not connection.in_transaction:  # some disk errors roll everything back by themselves
                    raise StorageError(str(job.error))
            connection.execute("COMMIT")
        except (sqlite3.Error, StorageError) as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            told = (
                error if isinstance(error, StorageError) else StorageError(_of_the_disk(error) or str(error))
            )
            for job in batch:
                job.error = job.error or told

    def _run_in_savepoint(self, tx: SqliteTx, job: _Job) -> None:
        connection = self._writer.conn
        connection.execute("SAVEPOINT job")
        try:
            job.result = job.fn(tx)
        except BaseException as error:  # whatever it is, the thread goes on: others wait for it
            job.error = _as_told(error)
            if connection.in_transaction:
                connection.execute("ROLLBACK TO job")
                connection.execute("RELEASE job")
        else:
            connection.execute("RELEASE job")

    # The reader threads

    def _read(self) -> None:
        database: sqlite_utils.Database | None = None
        last = False
        while not last and (job := self._reads.get()) is not None:
            batch, last = _with_those_waiting(self._reads, job, READ_BATCH)
            try:
                database = database or _open_reader(self._path)
                _answer(database, batch)
            except sqlite3.Error as error:
                for each in batch:
                    each.error = each.error or _as_told(error)
            _tell(batch)
        if database:
            database.conn.close()


class ServeLock:
    """Held by the one `serve` of a database file; the system lets go of it when the process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".serve")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises DatabaseInUse when another `serve` has it, StorageError when the place cannot be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = self._path.open("a")
        except OSError as error:
            raise StorageError(f"cannot write {self._path}: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise DatabaseInUse(
                f"another `hoidap serve` already works on {self._path.with_suffix('')}: stop it first, "
                "or give this one its own DATABASE_URL"
            ) from None
        self._file = file

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def _with_those_waiting(
    jobs: queue.SimpleQueue[_Job | None], first: _Job, most: int
) -> tuple[list[_Job], bool]:
    """The first with what has queued up behind it; and whether the end has been reached."""
    batch = [first]
    while len(batch) < most:
        try:
            job = jobs.get_nowait()
        except queue.Empty:
            break
        if job is None:
            return batch, True
        batch.append(job)
    return batch, False


def _answer(database: sqlite_utils.Database, batch: list[_Job]) -> None:
    """All in one snapshot, taken after each of them was asked for."""
    tx = SqliteTx(database)
    database.conn.execute("BEGIN")
    try:
        for job in batch:
            try:
                job.result = job.fn(tx)
            except BaseException as error:  # whatever it is, the thread goes on: others wait for it
                job.error = _as_told(error)
    finally:
        database.conn.execute("ROLLBACK")


def _open_reader(path: Path) -> sqlite_utils.Database:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return sqlite_utils.Database(connection, execute_plugins=False)


def _open_writer(path: Path) -> sqlite_utils.Database:
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


def _tell(batch: list[_Job]) -> None:
    """Resolve the futures, with one wake-up for each event loop."""
    for loop in {job.loop for job in batch}:
        try:
            loop.call_soon_threadsafe(_resolve, [job for job in batch if job.loop is loop])
        except RuntimeError:  # the loop has been closed: nobody waits there any more
            continue


def _resolve(batch: list[_Job]) -> None:
    for job in batch:
        if job.future.done():  # the caller was cancelled; the write stands all the same
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)


def _as_told(error: BaseException) -> Exception:
    """The error as the caller gets it: the disk's as StorageError, and nothing that a future refuses to carry."""
    if not isinstance(error, Exception) or isinstance(error, StopIteration):
        wrapped = RuntimeError(f"{type(error).__name__} inside a transaction")
        wrapped.__cause__ = error
        return wrapped
    if isinstance(error, sqlite3.Error) and (reason := _of_the_disk(error)):
        return StorageError(f"nothing was written: {reason}")
    return error


def _of_the_disk(error: sqlite3.Error) -> str | None:
    """Why the disk or the file refused; None when the statement itself is wrong."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return _CODES_OF_THE_DISK.get(code & 0xFF) if code is not None else None
