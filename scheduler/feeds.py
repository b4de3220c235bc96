"""Feeds as rows: where news comes from, how each is doing, and when it is fetched next.

What they bring is in feed_items.py, the fetching in feed_fetching.py.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge.documents import Level

Wanted = Literal["documents", "all"]

EVERY = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=12)
CLAIMED_FOR = timedelta(minutes=10)  # then whoever had it is gone
TOLD_AFTER = timedelta(days=1)  # of failing
MISSED = 3  # times that a page may be missing before the feed is paused


@dataclass(frozen=True, slots=True)
class FeedDraft:
    """A feed as somebody writes it.

    name    "" for the one that it gives itself
    topic   of every document that comes from it
    level, issuer  where its titles leave them open
    wanted  documents only, or news as well
    """

    address: str
    name: str = ""
    topic: str = ""
    level: Level | None = None
    issuer: str = ""
    wanted: Wanted = "documents"
    active: bool = True


@dataclass(frozen=True, slots=True)
class Feed:
    """failing_since  of the failures without a success between them
    error          why the last fetch failed; "" where it did not
    left_out       older entries that were not looked at, the last time
    """

    key: int
    address: str
    name: str
    topic: str
    level: Level | None
    issuer: str
    wanted: Wanted
    active: bool
    etag: str
    modified: str
    next_fetch_at: datetime
    failures: int
    failing_since: datetime | None
    error: str
    last_success_at: datetime | None
    left_out: int


def all_feeds(tx: Tx) -> list[Feed]:
    return [_feed(row) for row in tx.rows("SELECT * FROM feeds ORDER BY key")]


def by_key(tx: Tx, key: int) -> Feed | None:
    row = tx.row("SELECT * FROM feeds WHERE key = :key", key=key)
    return _feed(row) if row else None


def by_address(tx: Tx, address: str) -> Feed | None:
    row = tx.row("SELECT * FROM feeds WHERE address = :address", address=address)
    return _feed(row) if row else None


def draft_of(feed: Feed) -> FeedDraft:
    return FeedDraft(feed.address, feed.name, feed.topic, feed.level, feed.issuer, feed.wanted, feed.active)


def save(tx: Tx, draft: FeedDraft, now: datetime) -> int:
    """Insert, or change the feed of this address; its key. What is new, or goes on again, is fetched at once."""
    old = by_address(tx, draft.address)
    if old is None:
        row = tx.row(
            """INSERT INTO feeds (address, name, topic, level, issuer, wanted, active, next_fetch_at)
                VALUES (:address, :name, :topic, :level, :issuer, :wanted, :active, :now) RETURNING key""",
            **_columns(draft),
            now=stamp(now),
        )
        assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
        return int(row["key"])
    tx.run(
        """UPDATE feeds SET name = :name, topic = :topic, level = :level, issuer = :issuer, wanted = :wanted,
            active = :active WHERE address = :address""",
        **_columns(draft),
    )
    if draft.active and not old.active:
        fetch_now(tx, old.key, now)
    if draft.wanted != old.wanted:  # what was passed over may be wanted now: look at everything again
        tx.run("UPDATE feeds SET etag = '', modified = '' WHERE key = :key", key=old.key)
    return old.key


def fetch_now(tx: Tx, key: int, now: datetime) -> None:
    """Failures are forgotten: whoever asks for it has put something right."""
    tx.run(
        """UPDATE feeds SET next_fetch_at = :now, failures = 0, failing_since = NULL, error = '', told = 0
            WHERE key = :key""",
        key=key,
        now=stamp(now),
    )


def remove(tx: Tx, key: int) -> None:
    """With what nobody has decided about; what was taken or dropped stays known."""
    tx.run("DELETE FROM feed_items WHERE feed = :key AND state = 'waiting'", key=key)
    tx.run("DELETE FROM feeds WHERE key = :key", key=key)


def claim(tx: Tx, now: datetime) -> list[Feed]:
    """What is due, and from now on ours to fetch: of two processes only one gets it."""
    rows = tx.rows(
        """UPDATE feeds SET next_fetch_at = :until WHERE active = 1 AND (next_fetch_at <= :now OR next_fetch_at > :latest)
            RETURNING *""",
        now=stamp(now),
        until=stamp(now + CLAIMED_FOR),
        latest=stamp(now + 2 * LONGEST_WAIT),  # the clock was wrong then
    )
    return sorted((_feed(row) for row in rows), key=lambda feed: feed.key)


def succeeded(
    tx: Tx,
    feed: Feed,
    now: datetime,
    *,
    etag: str,
    modified: str,
    title: str = "",
    left_out: int | None = None,
) -> None:
    tx.run(
        """UPDATE feeds SET failures = 0, failing_since = NULL, error = '', told = 0, last_success_at = :now,
            next_fetch_at = :next, etag = :etag, modified = :modified, left_out = coalesce(:left_out, left_out),
            name = CASE WHEN name = '' THEN :title ELSE name END WHERE key = :key""",
        key=feed.key,
        now=stamp(now),
        next=stamp(now + EVERY),
        etag=etag,
        modified=modified,
        left_out=left_out,
        title=title,
    )


def failed(tx: Tx, feed: Feed, error: str, now: datetime, *, wait: timedelta | None = None) -> None:
    """Tried again later and later, not before `wait`; paused where the page is gone."""
    failures = feed.failures + 1
    back_off = min(EVERY * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    gone = error == "status 410" or (error == "status 404" and failures >= MISSED)
    tx.run(
        """UPDATE feeds SET failures = :failures, failing_since = coalesce(failing_since, :now), error = :error,
            next_fetch_at = :next, active = CASE WHEN :gone = 1 THEN 0 ELSE active END WHERE key = :key""",
        key=feed.key,
        failures=failures,
        error=error,
        now=stamp(now),
        next=stamp(now + min(max(back_off, wait or back_off), LONGEST_WAIT * 2)),
        gone=int(gone),
    )


def to_tell(tx: Tx, now: datetime) -> list[Feed]:
    """What has failed for a day, or is paused because it is gone, and staff do not know it yet."""
    rows = tx.rows(
        """SELECT * FROM feeds WHERE told = 0 AND failing_since IS NOT NULL
            AND (failing_since <= :before OR active = 0) ORDER BY key""",
        before=stamp(now - TOLD_AFTER),
    )
    return [_feed(row) for row in rows]


def mark_told(tx: Tx, key: int) -> None:
    tx.run("UPDATE feeds SET told = 1 WHERE key = :key", key=key)


def _columns(draft: FeedDraft) -> dict[str, Any]:
    return asdict(draft) | {"active": int(draft.active)}


def _feed(row: Row) -> Feed:
    moments = {
        name: datetime.fromisoformat(row[name]) if row[name] else None
        for name in ("next_fetch_at", "failing_since", "last_success_at")
    }
    values = {name: value for name, value in row.items() if name != "told"}
    return Feed(**values | moments | {"active": bool(row["active"])})
