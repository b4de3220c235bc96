"""The write-ahead log of a SQLite file, folded into it soon: what has been deleted must not live on in old frames.

SQLite itself folds the log after a thousand pages and leaves its bytes where they are; a person's name, deleted and
overwritten in the database, could be read there for weeks.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

QUIET = 0.3  # seconds without a write after which the log is emptied: in nobody's way
AT_LATEST = 5.0  # seconds after a write, also when writes never pause
LOOK_AGAIN = 60.0  # seconds between looks at what another process has left there
# Milliseconds for readers to finish; a longer reader is waited for between our writes, not by them.
PATIENCE = 50


class WriteAheadLog:
    """Belongs to the thread that writes. `seconds` is a clock that only goes forward."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._connection = connection
        self._file = path.with_name(path.name + "-wal")
        self._seconds = seconds
        self._since: float | None = None  # when the first frame was written that may still be there
        self._pause = QUIET

    @property
    def wait(self) -> float:
        """Seconds without a write after which `empty` is to be called."""
        return LOOK_AGAIN if self._since is None else self._pause

    def written(self) -> None:
        """Something has been committed."""
        now = self._seconds()
        if self._since is None:
            self._since, self._pause = now, QUIET
        elif now - self._since >= AT_LATEST:
            self.empty()

    def empty(self) -> bool:
        """Fold the log into the file and cut it to nothing. False when a reader or the disk does not allow it now."""
        try:
            emptied = not self._holds_something() or self._truncate()
        except (sqlite3.Error, OSError) as error:
            log.debug("the log of the database cannot be emptied yet: %s", error)
            emptied = False
        # A backup that runs for minutes, or a full disk, is not asked three times a second.
        self._pause = QUIET if emptied else min(self._pause * 2, AT_LATEST)
        self._since = None if emptied else self._seconds()
        return emptied

    def _holds_something(self) -> bool:
        try:
            return self._file.stat().st_size > 0
        except FileNotFoundError:
            return False

    def _truncate(self) -> bool:
        (usual,) = self._connection.execute("PRAGMA busy_timeout").fetchone()
        self._connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {usual}")
        return not busy
