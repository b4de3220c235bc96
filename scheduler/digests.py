"""Digests of new documents: one run of a schedule, or urgent news. In which state each is, and who may change what.

draft ── approve ──► approved ── its time ──► sending ◄── pause, resume ──► paused
  └──────── not in time ───────► skipped         └──► sent
cancel ends it anywhere before the end; what has not gone out then may come with a later digest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot import campaigns
from bot.audience import audit
from bot.clock import stamp
from bot.errors import InputError
from bot.model import Tx
from bot.storage.base import Row
from bot.texts import digests as texts

# Their values and rows: others take them from here.
from scheduler import reached
from scheduler.digest_rows import Audience as Audience
from scheduler.digest_rows import Digest as Digest
from scheduler.digest_rows import Item as Item
from scheduler.digest_rows import State as State
from scheduler.digest_rows import before as before
from scheduler.digest_rows import by_code as by_code
from scheduler.digest_rows import by_key as by_key
from scheduler.digest_rows import code_of as code_of
from scheduler.digest_rows import digest_of, require, write_item
from scheduler.digest_rows import latest_sent as latest_sent
from scheduler.digest_rows import unfinished as unfinished

Occasion = Literal["draft", "late", "sending", "sent", "skipped"]

LONGEST_TEXT = 1_000  # characters that staff may write
POSTPONED_AT_MOST = timedelta(days=30)

_CHANGEABLE = ("draft", "approved")
_UNFINISHED = ("draft", "approved", "sending", "paused")
_ORDER = ("", "draft", "late", "sending", "sent", "skipped")


def untold(tx: Tx, now: datetime) -> list[tuple[Digest, Occasion]]:
    """What staff have not been told yet: a draft has come, is late, goes out, has gone out, was skipped. See `mark_told`."""
    rows = tx.rows(
        """SELECT * FROM digests WHERE state <> 'cancelled' AND told NOT IN ('sent', 'skipped')
            ORDER BY send_at, key"""
    )
    found = []
    for row in rows:
        occasion = _occasion(row, stamp(now))
        if _ORDER.index(occasion) > _ORDER.index(row["told"]):
            found.append((digest_of(tx, row), occasion))
    return found


def mark_told(tx: Tx, key: int, occasion: Occasion) -> None:
    tx.run("UPDATE digests SET told = :occasion WHERE key = :key", key=key, occasion=occasion)


def shown(tx: Tx, key: int) -> bool:
    """Whether approvers have been shown it as it is: not one drafted for its very time, nor one changed after a yes."""
    return bool(tx.rows("SELECT 1 FROM digests WHERE key = :key AND told <> ''", key=key))


def approve(tx: Tx, key: int, by: int | None, now: datetime) -> Digest:
    """It goes out at its time; at once, where that has passed. Raises InputError."""
    digest = _in_state(tx, key, ("draft",))
    if now > digest.valid_until:
        raise InputError(texts.TOO_LATE)
    tx.run("UPDATE digests SET state = 'approved', approved_by = :by WHERE key = :key", key=key, by=by)
    return _done(tx, digest, by, "digest.approved", now)


def drop_item(tx: Tx, key: int, document: int, by: int | None, now: datetime) -> Digest:
    """Without this document, in later digests of the schedule too. Raises InputError."""
    digest = _in_state(tx, key, _CHANGEABLE)
    _item_of(digest, document)
    if len(digest.items) == 1:
        raise InputError(texts.LAST_ITEM)
    tx.run(
        "UPDATE digest_items SET dropped = 1 WHERE digest = :key AND document = :document",
        key=key,
        document=document,
    )
    return _done(tx, digest, by, "digest.item_dropped", now, f" document:{document}")


def edit_text(tx: Tx, key: int, document: int | None, text: str, by: int | None, now: datetime) -> Digest:
    """The sentences of an item, or the greeting (None); "" for none. Raises InputError."""
    digest = _in_state(tx, key, _CHANGEABLE)
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise InputError(texts.TEXT_TOO_LONG.format(length=len(text), limit=LONGEST_TEXT))
    if document is None:
        tx.run("UPDATE digests SET greeting = :text WHERE key = :key", key=key, text=text)
    else:
        write_item(tx, key, replace(_item_of(digest, document), sentences=text))
    return _done(tx, digest, by, "digest.edited", now)


def reopen(tx: Tx, key: int, by: int | None, now: datetime) -> Digest:
    """It was changed after somebody had said yes: it wants another yes. Raises InputError."""
    digest = _in_state(tx, key, ("approved",))
    tx.run("UPDATE digests SET state = 'draft', approved_by = NULL, told = '' WHERE key = :key", key=key)
    return _done(tx, digest, by, "digest.reopened", now)


def override_quiet(tx: Tx, key: int, *, override: bool, by: int | None, now: datetime) -> Digest:
    """Whether urgent news goes out in quiet hours too. Raises InputError."""
    digest = _in_state(tx, key, _CHANGEABLE)
    if not digest.urgent:
        raise InputError(texts.ONLY_URGENT)
    tx.run("UPDATE digests SET overrides_quiet = :override WHERE key = :key", key=key, override=int(override))
    return _done(tx, digest, by, "digest.quiet_changed", now)


def postpone(tx: Tx, key: int, until: datetime, by: int | None, now: datetime) -> Digest:
    """It goes out later, and stays valid as long after that as before. Raises InputError."""
    digest = _in_state(tx, key, _CHANGEABLE)
    if until <= now:
        raise InputError(texts.POSTPONED_TO_THE_PAST)
    if until - now > POSTPONED_AT_MOST:
        raise InputError(texts.POSTPONED_TOO_FAR.format(days=POSTPONED_AT_MOST.days))
    tx.run(
        """UPDATE digests SET send_at = :until, valid_until = :valid_until, told = 'draft' WHERE key = :key""",
        key=key,
        until=stamp(until),
        valid_until=stamp(until + (digest.valid_until - digest.send_at)),
    )
    return _done(tx, digest, by, "digest.postponed", now)


def pause(tx: Tx, key: int, by: int | None, now: datetime) -> Digest:
    """Nothing more goes out until `resume`. Raises InputError."""
    digest = _in_state(tx, key, ("sending",))
    campaigns.pause(tx, digest.cause)
    return _moved(tx, digest, "paused", by, now)


def resume(tx: Tx, key: int, by: int | None, now: datetime) -> Digest:
    """Raises InputError."""
    digest = _in_state(tx, key, ("paused",))
    campaigns.resume(tx, digest.cause, stamp(now))
    return _moved(tx, digest, "sending", by, now)


def cancel(tx: Tx, key: int, by: int | None, now: datetime) -> Digest:
    """What has not gone out yet never does; chats that it did not reach may get its items with a later one."""
    digest = _in_state(tx, key, _UNFINISHED)
    reached.forget_unsent(tx, digest)
    campaigns.cancel(tx, digest.cause, stamp(now))
    tx.run("UPDATE digests SET finished_at = :now WHERE key = :key", key=key, now=stamp(now))
    return _moved(tx, digest, "cancelled", by, now)


def skip(tx: Tx, key: int, reason: str, now: datetime) -> None:
    """It does not go out; its items may come with the next one."""
    tx.run(
        """UPDATE digests SET state = 'skipped', reason = :reason, finished_at = :now
            WHERE key = :key AND state IN ('draft', 'approved', 'sending')""",
        key=key,
        reason=reason,
        now=stamp(now),
    )
    audit.record(tx, None, "digest.skipped", f"digest:{key} {reason}", now)


def _in_state(tx: Tx, key: int, states: Collection[str]) -> Digest:
    digest = require(tx, key)
    if digest.state not in states:
        raise InputError(texts.NOT_NOW[digest.state])
    return digest


def _moved(tx: Tx, digest: Digest, state: State, by: int | None, now: datetime) -> Digest:
    tx.run("UPDATE digests SET state = :state WHERE key = :key", key=digest.key, state=state)
    act = {"paused": "digest.paused", "sending": "digest.resumed", "cancelled": "digest.cancelled"}[state]
    return _done(tx, digest, by, act, now)


def _done(tx: Tx, digest: Digest, by: int | None, act: str, now: datetime, detail: str = "") -> Digest:
    audit.record(tx, by, act, f"digest:{digest.key}{detail}", now)
    return require(tx, digest.key)


def _item_of(digest: Digest, document: int) -> Item:
    found = next((item for item in digest.items if item.document == document), None)
    if found is None:
        raise InputError(texts.NO_SUCH_ITEM)
    return found


def _occasion(row: Row, now: str) -> Occasion:
    match row["state"]:
        case "sent" | "skipped" as state:
            occasion: Occasion = state
        case "sending" | "paused":
            occasion = "sending"
        case "draft" if row["send_at"] <= now:
            occasion = "late"
        case _:
            occasion = "draft"
    return occasion
