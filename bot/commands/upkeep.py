"""What the operator does now and then: check, backup, restore, migrate, and the department's settings."""

from __future__ import annotations

import asyncio
import json
import shutil
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp

from bot import inbox, outbox
from bot.audience import department
from bot.clock import SystemClock
from bot.errors import HoidapError, InputError, UsageError
from bot.memory import ChannelMemory
from bot.networks import key_folder, telegram, zalo_bot, zalo_oa
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.settings import Settings
from bot.storage.backup import write_backup
from bot.storage.serve_lock import ServeLock
from bot.storage.sqlite import SqliteDatabase
from knowledge import inquiry_groups
from scheduler import feeds

LITTLE_DISK = 500_000_000  # bytes
NETWORKS = {"telegram": "TELEGRAM_BOT_TOKEN", "zalo-bot": "ZALO_BOT_TOKEN", "zalo-oa": "ZALO_OA_APP_ID"}


async def check(settings: Settings, arguments: Namespace) -> int:
    """Looks, changes nothing that people see; 1 when something needs attention."""
    report: dict[str, Any] = {
        "database": await _database(settings),
        "disk": _disk(settings.database_path),
        **{name: await _network(settings, name, key) for name, key in NETWORKS.items()},
    }
    report["ok"] = all(part["ok"] for part in report.values())
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        for name, part in report.items():
            if name != "ok":
                print(f"{'ok ' if part['ok'] else '!! '} {name}: {part['says']}")
                for line in part.get("list", ()):
                    print(f"      {line}")
    return 0 if report["ok"] else 1


async def department_settings(db: SqliteDatabase, arguments: Namespace) -> int:
    """Without a name all of them; with a name and a value, sets it. A running serve follows within a second."""
    if arguments.name and (arguments.value is not None or arguments.default):
        value = None if arguments.default else arguments.value
        await db.run(department.change, arguments.name, value, SystemClock().now())
    shown = asdict(await db.read(department.load))
    if arguments.name and arguments.name not in shown:
        raise department.unknown(arguments.name)
    for name in [arguments.name] if arguments.name else shown:
        print(f"{name} = {'(default)' if shown[name] is None else shown[name]}")
    return 0


async def backup(db: SqliteDatabase, arguments: Namespace) -> int:
    """A copy without keys, tokens and unfinished messages."""
    if arguments.file.exists():
        raise InputError(f"{arguments.file} exists already: choose another name, nothing was overwritten")
    await asyncio.to_thread(write_backup, db.path, arguments.file)
    print(f"Backup written: {arguments.file} ({arguments.file.stat().st_size:,} bytes)")
    return 0


async def restore(settings: Settings, arguments: Namespace) -> int:
    """The database of before is kept beside it. Refused while a serve runs."""
    if not arguments.file.is_file():
        raise UsageError(f"there is no file {arguments.file}")
    lock = ServeLock(settings.database_path)
    lock.take()
    try:
        return await _replace(settings.database_path, arguments.file)
    finally:
        lock.release()


async def migrated(db: SqliteDatabase, arguments: Namespace) -> int:  # noqa: ARG001 - opening has done it
    print(f"The database {db.path} has the shape of this version.")
    return 0


async def _replace(path: Path, source: Path) -> int:
    draft = path.with_name(path.name + ".restoring")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, draft)
    try:
        await SqliteDatabase.open(draft).close()  # raises for what is no database of ours
    except HoidapError:
        _remove(draft)
        raise
    _set_aside(path)
    draft.replace(path)
    print(f"Restored from {source}")
    return 0


def _remove(draft: Path) -> None:
    for leftover in draft.parent.glob(f"{draft.name}*"):
        leftover.unlink()


def _set_aside(path: Path) -> None:
    """Nothing is lost by restoring the wrong file."""
    if not path.exists():
        return
    kept = path.with_name(f"{path.name}.before-restore-{SystemClock().now():%Y%m%d-%H%M%S}")
    for suffix in ("", "-wal", "-shm"):
        if (old := path.with_name(path.name + suffix)).exists():
            old.replace(kept.with_name(kept.name + suffix))
    print(f"The database of before is kept as {kept}")


async def _database(settings: Settings) -> dict[str, Any]:
    try:
        db = SqliteDatabase.open(settings.database_path)
    except HoidapError as error:
        return {"ok": False, "says": str(error)}
    try:
        received, sent = await db.read(inbox.counts), await db.read(outbox.counts)
        doubtful, parked = await db.read(outbox.doubtful), await db.read(outbox.parked)
        stuck, open_inquiries = await db.read(inbox.parked), await db.read(inquiry_groups.count_open)
        failing = [feed for feed in await db.read(feeds.all_feeds) if feed.error]
    finally:
        await db.close()
    return {
        "ok": not (received["parked"] or sent["parked"]),
        "says": f"{settings.database_path}: {received['waiting']} messages waiting, {received['parked']} parked; "
        f"{sent['waiting']} sends waiting, {sent['held']} held until their readers write, {sent['parked']} parked, "
        f"{sent['doubtful']} may have arrived twice; {open_inquiries} inquiries wait for an officer; "
        f"{len(failing)} feeds fail",
        "list": [
            *(f"message {row['id']} ({row['channel']}) parked: {row['error']}" for row in stuck),
            *(f"send {row['id']} ({row['channel']}) parked: {row['error']}" for row in parked),
            *(f"send {row['id']} ({row['channel']}) may have arrived twice" for row in doubtful),
            *(f"feed {feed.key} fails ({feed.failures} times): {feed.error}" for feed in failing),
        ],
    }


def _disk(path: Path) -> dict[str, Any]:
    folder = path.parent if path.parent.exists() else Path()
    free = shutil.disk_usage(folder).free
    return {"ok": free > LITTLE_DISK, "says": f"{free / 1e9:.1f} GB free"}


async def _network(settings: Settings, name: str, key: str) -> dict[str, Any]:
    """What a network says of itself; `key` is the setting that turns it on."""
    if not getattr(settings, key.lower()):
        return {"ok": True, "says": f"off, {key} is not set"}
    try:
        db = SqliteDatabase.open(settings.database_path)
    except HoidapError as error:
        return {"ok": False, "says": str(error)}
    try:
        async with aiohttp.ClientSession() as session:
            return {"ok": True, "says": await _describe(settings, name, session, db)}
    except HoidapError as error:
        return {"ok": False, "says": str(error)}
    finally:
        await db.close()


async def _describe(settings: Settings, name: str, session: aiohttp.ClientSession, db: SqliteDatabase) -> str:
    keys, clock = key_folder(settings), SystemClock()
    secret, seal = settings.secret_key or keys.secret(), keys.seal()
    if name == "telegram":
        return await telegram(settings, secret, session).describe()
    memory = ChannelMemory(db, seal, clock, name)
    nobody = AdministratorNotices(db, SendQueue({}, seal, clock), {}, ())
    if name == "zalo-bot":
        return await zalo_bot(settings, secret, session, memory, nobody, clock).describe()
    return await zalo_oa(settings, secret, session, db, memory, nobody, clock).describe()
