"""SQLite behind the storage seam: one writer thread, a few read-only connections, nothing reported before it is on disk.

Functions that wait together share one COMMIT (group commit): with `synchronous=FULL` the disk flush is the dear part, and
under load its price is shared. Each runs in its own SAVEPOINT, so that one that fails takes nothing else with it.
"""

from __future__ import annotations

import asyncio
import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlite_utils

from bot.errors import StorageError
from bot.model import Tx
from bot.storage.connections import SqliteTx, open_reader, open_writer
from bot.storage.log import WriteAheadLog

P = ParamSpec("P")
T = TypeVar("T")

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
            return cls(path, open_writer(path))
        except OSError as error:
            raise StorageError(f"cannot open the database {path}: {error.strerror}") from error
        except sqlite3.Error as error:
            raise StorageError(f"cannot open the database {path}: {_of_the_disk(error) or error}") from error

    @property
    def path(self) -> Path:
        return self._path

    async def run(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._asked(self._jobs, lambda tx: fn(tx, *args, **kwargs))

    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._asked(self._reads, lambda tx: fn(tx, *args, **kwargs))

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

    async def _asked(self, of: queue.SimpleQueue[_Job | None], fn: Callable[[Tx], T]) -> T:
        if self._closed:
            raise StorageError("the database is closed")
        loop = asyncio.get_running_loop()
        job = _Job(fn, loop, loop.create_future())
        of.put(job)
        said: T = await job.future
        return said

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
                database = database or open_reader(self._path)
                _answer(database, batch)
            except sqlite3.Error as error:
                for each in batch:
                    each.error = each.error or _as_told(error)
            _tell(batch)
        if database:
            database.conn.close()


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
