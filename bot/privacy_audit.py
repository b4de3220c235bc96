"""Tries to lay people beside opinions, in every file of the data folder, the way somebody would who has got hold of it.

It reads a copy, as the files lie there: opening the database itself would tidy away what is to be found. What a search for
bytes cannot find, keys might open: so every key that lies there is tried on everything that it could open.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import InputError, SealBroken
from bot.model import Address
from bot.sealing import KeyFolder
from surveys.ballots import Ballots
from surveys.poll_keys import PollKeys

PERSON_COLUMNS = ("conversation", "person", "sender", "visitor")
# What may know both a poll and somebody: a sealed draft for a day; where a poll was announced; a group's own poll.
KNOWN_BESIDE = {"ballot_drafts", "poll_chats", "group_polls"}
WITHOUT_ORDER = ("ballot_tokens", "ballot_box", "poll_counters", "poll_words")
OF_VOTERS = ("ballot_tokens", "ballot_box", "ballot_drafts")
SHORTEST = 6  # bytes of what is looked for: "1" is everywhere
FRAME, FRAME_HEADER, LOG_HEADER = 4096, 24, 32  # of SQLite's pages and write-ahead log


@dataclass(frozen=True, slots=True)
class Finding:
    """`serious`: it links a person and an opinion, or outlives its time. Else it is said for completeness."""

    serious: bool
    says: str


def audit(database: Path, keys: KeyFolder, also: Sequence[Path] = ()) -> list[Finding]:
    """Everything in the folder of the database, and `also` files elsewhere, such as backups.

    Raises InputError where there is nothing to look at.
    """
    for path in (database, *also):
        if not path.is_file():
            raise InputError(f"there is no file {path} to look at")
    with tempfile.TemporaryDirectory() as folder, contextlib.closing(_copy(database, Path(folder))) as copy:
        tables = _columns(copy)
        if "ballot_tokens" not in tables:
            raise InputError(f"{database} is older than polls: run hoidap migrate first")
        names, opinions = _names(copy, tables), _opinions(copy)
        return [
            *_shape(copy, tables),
            *_left_over(copy, keys),
            *_with_keys(copy, tables, keys),
            *_log(database),
            *_in_files(_files(database, also), database, names, opinions),
            *(finding for path in also for finding in _in_backup(path)),
        ]


def _copy(database: Path, folder: Path) -> sqlite3.Connection:
    """The database as it lies there, with its log."""
    for each in database.parent.glob(f"{database.name}*"):
        if each.is_file():
            shutil.copy(each, folder)
    connection = sqlite3.connect(folder / database.name)
    connection.row_factory = sqlite3.Row
    return connection


def _columns(copy: sqlite3.Connection) -> dict[str, list[str]]:
    tables = [row["name"] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: [row["name"] for row in copy.execute(f"PRAGMA table_info({table})")] for table in tables}


# What the tables are able to say


def _shape(copy: sqlite3.Connection, tables: dict[str, list[str]]) -> Iterator[Finding]:
    for table, columns in tables.items():
        if "poll" in columns and set(columns) & set(PERSON_COLUMNS) and table not in KNOWN_BESIDE:
            yield Finding(True, f"the table {table} names people beside polls")
    for table in WITHOUT_ORDER:
        sql = copy.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()["sql"]
        if "WITHOUT ROWID" not in sql.upper():
            yield Finding(True, f"the rows of {table} are numbered in the order in which they came")
    for row in copy.execute(
        "SELECT poll, count(DISTINCT length(payload)) AS sizes FROM ballot_box GROUP BY poll HAVING sizes > 1"
    ):
        yield Finding(
            True, f"ballots of poll {row['poll']} differ in size: that tells something of what is in them"
        )


def _left_over(copy: sqlite3.Connection, keys: KeyFolder) -> Iterator[Finding]:
    for table in OF_VOTERS:
        for row in copy.execute(
            f"""SELECT poll, count(*) AS rows FROM {table} JOIN polls ON polls.key = poll
                WHERE polls.state = 'closed' GROUP BY poll"""  # noqa: S608 - a name of our own
        ):
            yield Finding(True, f"{row['rows']} rows of {table} outlived the close of poll {row['poll']}")
    for name in PollKeys(keys).spent_among(
        [
            (row["key"], row["window"], row["state"])
            for row in copy.execute("SELECT key, window, state FROM polls")
        ]
    ):
        yield Finding(True, f"the key {name} is still there, and nothing should be sealed under it any more")


# What keys open


def _with_keys(copy: sqlite3.Connection, tables: dict[str, list[str]], keys: KeyFolder) -> Iterator[Finding]:
    people = _people(copy, tables)
    for poll in copy.execute("SELECT key, state FROM polls WHERE state <> 'draft' ORDER BY key").fetchall():
        tokens = {
            row["token"]
            for row in copy.execute("SELECT token FROM ballot_tokens WHERE poll = ?", (poll["key"],))
        }
        ballots = copy.execute(
            "SELECT name, window, payload FROM ballot_box WHERE poll = ?", (poll["key"],)
        ).fetchall()
        known = sum(PollKeys(keys).recognises(poll["key"], who, tokens) for who in people)
        opened = sum(_opens(keys, poll["key"], row) for row in ballots)
        if known or opened:
            yield Finding(
                poll["state"] == "closed",
                f"poll {poll['key']} is {poll['state']}: whoever has the database and its keys can tell of {known} people "
                f"that they have answered, not what; and read {opened} ballots that are not counted yet, not whose",
            )
        if known == opened == len(tokens) == 1:
            yield Finding(
                False, f"poll {poll['key']} has one voter so far: for who has the keys, both are one person"
            )


def _opens(keys: KeyFolder, poll: int, row: sqlite3.Row) -> bool:
    try:
        Ballots(keys).peek(poll, row["name"], row["window"], row["payload"])
    except (SealBroken, KeyError):
        return False
    return True


# What stands in files


def _files(database: Path, also: Sequence[Path]) -> list[Path]:
    """All of the data folder; what is hidden there (a virtual environment, a version control) is no data."""
    folder = database.parent
    found = {
        path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder))
    }
    return sorted(found | set(also))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts[:-1])


def _log(database: Path) -> Iterator[Finding]:
    log = database.with_name(f"{database.name}-wal")
    if log.exists() and log.stat().st_size:
        yield Finding(
            False,
            "the write-ahead log is not empty: for the seconds until it is, whoever has it and the keys could see which "
            "ballot came with which token",
        )


def _in_backup(path: Path) -> Iterator[Finding]:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as backup:
        for table in OF_VOTERS:
            try:
                (rows,) = backup.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            except sqlite3.Error:
                return  # no database, or one of before there were polls
            if rows:
                yield Finding(True, f"{path.name}: {rows} rows of {table} are in a backup")


def _in_files(
    files: Iterable[Path], database: Path, names: Sequence[bytes], opinions: Sequence[bytes]
) -> Iterator[Finding]:
    for path in files:
        try:
            beside = sum(_beside(piece, names, opinions) for piece in _pieces(path, database))
        except OSError as error:
            yield Finding(True, f"{path.name} could not be read: {error.strerror}")
            continue
        if beside:
            yield Finding(True, f"{path.name}: an opinion stands readable beside a person in {beside} places")


def _pieces(path: Path, database: Path) -> Iterator[bytes]:
    """Pages of a database and of its log, lines of anything else: what lies together."""
    data = path.read_bytes()
    if path.name.endswith("-wal"):
        step = FRAME + FRAME_HEADER
        return (data[at + FRAME_HEADER : at + step] for at in range(LOG_HEADER, len(data), step))
    if data[:15] == b"SQLite format 3" or path.name.startswith(database.name):
        return (data[at : at + FRAME] for at in range(0, len(data), FRAME))
    return iter(data.splitlines())


def _beside(piece: bytes, names: Sequence[bytes], opinions: Sequence[bytes]) -> bool:
    return any(opinion in piece for opinion in opinions) and any(name in piece for name in names)


def _people(copy: sqlite3.Connection, tables: dict[str, list[str]]) -> set[Address]:
    """Everybody whom any table knows."""
    found = set()
    for table, columns in tables.items():
        for column in set(columns) & set(PERSON_COLUMNS):
            if "channel" in columns:
                rows = copy.execute(f"SELECT DISTINCT channel, {column} AS who FROM {table}")  # noqa: S608
                found |= {Address(row["channel"], row["who"]) for row in rows if row["who"]}
    return found


def _names(copy: sqlite3.Connection, tables: dict[str, list[str]]) -> list[bytes]:
    """How somebody or something of theirs is named: addresses, messages, tokens."""
    names = {who.conversation.encode() for who in _people(copy, tables)}
    names |= {row["external_id"].encode() for row in copy.execute("SELECT external_id FROM inbox")}
    names |= {bytes(row["token"]) for row in copy.execute("SELECT token FROM ballot_tokens")}
    return [name for name in names if len(name) >= SHORTEST]


def _opinions(copy: sqlite3.Connection) -> list[bytes]:
    """Words of people, and what they could choose."""
    words = {row["text"] for row in copy.execute("SELECT text FROM poll_words")}
    for row in copy.execute("SELECT definition FROM polls"):
        definition: dict[str, Any] = json.loads(row["definition"])
        words |= {option for question in definition["questions"] for option in question["options"]}
    return [word.encode() for word in sorted(words) if len(word.encode()) >= SHORTEST]
