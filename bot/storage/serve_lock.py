"""One `serve` for a database file: a second would handle and send the same messages once more."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from bot.errors import DatabaseInUse, StorageError


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
