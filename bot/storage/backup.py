"""A backup: one file, consistent, taken while the service runs; without anything transient.

Keys are not in the database. Unfinished messages are sealed under them and could never be opened again: they are left out,
and with them whatever tells who is talking just now.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from bot.errors import StorageError

_TRANSIENT = (
    "DELETE FROM inbox WHERE payload IS NOT NULL",
    # What had not arrived when the backup was made is not known as arrived, and a digest that was going out goes out to
    # those chats from it.
    """DELETE FROM digest_chats WHERE (digest, channel, conversation) IN (
        SELECT CAST(substr(cause, length('digest:') + 1) AS INTEGER), channel,
                CASE WHEN substr(conversation, 1, 1) = '-' AND instr(conversation, '/') > 0
                    THEN substr(conversation, 1, instr(conversation, '/') - 1) ELSE conversation END
            FROM outbox WHERE cause LIKE 'digest:%' AND position = 0 AND payload IS NOT NULL)""",
    "UPDATE digests SET done = '' WHERE state IN ('sending', 'paused')",
    "DELETE FROM outbox WHERE payload IS NOT NULL",
    "DELETE FROM shown_choices",
    "DELETE FROM recent",
    "DELETE FROM drafts",
    "DELETE FROM inquiry_askers",
    "DELETE FROM web_mail",
    "DELETE FROM askings_today",
    "DELETE FROM channel_memory",
    "DELETE FROM codes",
    "DELETE FROM last_interactions",
    # Whoever has answered could answer again: a poll that was open when the backup was made does not go on from it.
    "UPDATE polls SET state = 'closed', why_closed = 'restored' WHERE state IN ('open', 'paused')",
    "DELETE FROM ballot_tokens",
    "DELETE FROM ballot_box",
    "DELETE FROM ballot_drafts",
)


def write_backup(database: Path, target: Path) -> None:
    """Copy, strip, compact; complete under its name or not there at all. Raises StorageError."""
    draft = target.with_name(f"{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # never readable by others
        _copy(database, draft)
        _strip(draft)
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        for leftover in (draft, draft.with_name(f"{draft.name}-journal")):
            with contextlib.suppress(OSError):
                leftover.unlink()
        raise StorageError(f"the backup could not be written to {target}: {error}") from error


def _copy(database: Path, draft: Path) -> None:
    connection = sqlite3.connect(database)
    try:
        connection.execute("VACUUM INTO ?", (str(draft),))
    finally:
        connection.close()


def _strip(draft: Path) -> None:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        for statement in _TRANSIENT:
            connection.execute(statement)
        connection.execute("VACUUM")
    finally:
        connection.close()
