"""A backup opens, and holds nothing transient: no sealed message, and nobody who is just talking."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot import choices
from bot.drafts import Drafts
from bot.errors import StorageError
from bot.inbox import Inbox
from bot.mailbox import Mailbox
from bot.model import Address, Part, Text, Tx
from bot.queueing import SendQueue
from bot.recent import Recent
from bot.sealing import Seal
from bot.storage.backup import write_backup
from bot.storage.sqlite import SqliteDatabase
from knowledge import inquiries
from tests.fakes.disk import full_disk
from tests.fakes.network import FakeNetwork, typed
from tests.fakes.time import MovedClock

TALKING = "conversation-of-somebody-4711"
WORDS = "điều riêng tư"


async def fill(db: SqliteDatabase, seal: Seal, clock: MovedClock) -> list[bytes]:
    """Every kind of transient row, and some that last; returns what must not be found in a backup."""
    network = FakeNetwork("net")
    inbox = Inbox(db, seal, clock, lambda: None)
    await inbox.add(network, [typed("u1", TALKING, WORDS), typed("u2", TALKING, WORDS)])
    await Mailbox(db, seal, clock).put(TALKING, {"parts": [WORDS]}, "outbox:1")
    here = Address("net", TALKING)

    def write(tx: Tx) -> None:
        SendQueue({"net": network}, seal, clock).put(tx, "test:1", [(here, Text((Part(WORDS),)))] * 3)
        choices.remember(tx, seal, here, ["detail"], "2026-11-23")
        Drafts(seal, clock).keep(tx, here, "name", {"text": WORDS})
        inquiries.send(tx, "lasting words too", here, None, clock.now())
        Recent(seal, clock).remember(tx, here, "document", {"key": 57})
        tx.run("UPDATE inbox SET state = 'parked' WHERE id = 2")
        tx.run("UPDATE outbox SET state = 'sending' WHERE position = 1")
        tx.run("UPDATE outbox SET state = 'parked' WHERE position = 2")
        tx.run("INSERT INTO askings_today (hash, day) VALUES (:hash, '2026-11-23')", hash=b"mark" * 4)
        tx.run("INSERT INTO department_settings VALUES ('complaint_text', 'lasting words', '2026')")

    await db.run(write)
    sealed = await db.read(
        lambda tx: [
            row["payload"]
            for table in ("inbox", "outbox", "shown_choices", "recent", "drafts", "web_mail")
            for row in tx.rows(f"SELECT payload FROM {table}")
        ]
    )
    assert len(sealed) == 9
    return [*sealed, TALKING.encode(), b"mark" * 4]


async def test_nothing_transient_is_in_the_bytes_of_a_backup(
    db: SqliteDatabase, seal: Seal, clock: MovedClock, tmp_path: Path
) -> None:
    private = await fill(db, seal, clock)
    target = tmp_path / "backup.db"
    write_backup(db.path, target)
    content = target.read_bytes()
    assert b"lasting words" in content
    assert [secret for secret in private if secret in content] == []
    assert target.stat().st_mode & 0o077 == 0
    assert [name for name in os.listdir(tmp_path) if name.startswith("backup")] == ["backup.db"]


async def test_a_backup_opens_as_a_database(
    db: SqliteDatabase, seal: Seal, clock: MovedClock, tmp_path: Path
) -> None:
    await fill(db, seal, clock)
    write_backup(db.path, tmp_path / "backup.db")
    copy = SqliteDatabase.open(tmp_path / "backup.db")
    try:
        assert await copy.read(lambda tx: tx.row("SELECT value FROM department_settings")) == {
            "value": "lasting words"
        }
        assert (
            await copy.read(lambda tx: tx.rows("SELECT id FROM inbox UNION ALL SELECT id FROM outbox")) == []
        )
        # Numbers go on where they were: a row of before must not be taken for one of after.
        inbox = Inbox(copy, seal, clock, lambda: None)
        await inbox.add(FakeNetwork("net"), [typed("u9", "c", "x")])
        assert await copy.read(lambda tx: tx.row("SELECT id FROM inbox")) == {"id": 3}
    finally:
        await copy.close()


async def test_what_is_finished_stays_against_redelivery(
    db: SqliteDatabase, seal: Seal, clock: MovedClock, tmp_path: Path
) -> None:
    await fill(db, seal, clock)
    await db.run(lambda tx: tx.run("UPDATE inbox SET state = 'done', payload = NULL, conversation = NULL"))
    write_backup(db.path, tmp_path / "backup.db")
    copy = SqliteDatabase.open(tmp_path / "backup.db")
    inbox = Inbox(copy, seal, clock, lambda: None)
    assert await inbox.add(FakeNetwork("net"), [typed("u1", TALKING, WORDS)]) == 0
    await copy.close()


def failing(database: Path, target: Path) -> None:
    with pytest.raises(StorageError, match="backup could not be written"):
        write_backup(database, target)


async def test_a_backup_that_fails_is_a_sentence_and_leaves_nothing(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    failing(db.path, tmp_path / "nowhere" / "backup.db")
    failing(db.path, tmp_path / "file" / "backup.db")
    with full_disk():
        failing(db.path, folder / "backup.db")
    assert list(folder.iterdir()) == []


async def test_a_backup_takes_the_place_of_a_draft_that_a_kill_left(
    db: SqliteDatabase, tmp_path: Path
) -> None:
    (tmp_path / "backup.db.part").write_text("half a backup")
    write_backup(db.path, tmp_path / "backup.db")
    await SqliteDatabase.open(tmp_path / "backup.db").close()
