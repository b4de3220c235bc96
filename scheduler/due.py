"""What is due: drafts ahead of their time, digests at their time, what is too late. One transaction each; see Distribution.

A schedule's next time stands in its row and is moved on by whoever is first; the digest of a due time is unique. So of two
processes one does it, and what a kill interrupts is done after the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.audience import audit
from bot.clock import stamp
from bot.model import Tx
from knowledge import documents
from scheduler import composing, digests, due_times, schedules
from scheduler.digest_rows import Digest, digest_of, require, unfinished
from scheduler.schedules import Schedule
from surveys import polls

MISSED, NOT_APPROVED, NOBODY, WITHDRAWN = "missed", "not approved", "nobody", "withdrawn"


def prepare_all(tx: Tx, token: Callable[[], str], now: datetime, timezone: ZoneInfo) -> None:
    for schedule in schedules.all_schedules(tx):
        if schedule.next_run_at is not None:
            _prepare(tx, schedule, digests.code_of(token()), now, timezone)


def begin_all(tx: Tx, now: datetime) -> None:
    """Start what is approved and due; skip what is too late."""
    for digest in unfinished(tx):
        if digest.state not in ("draft", "approved"):
            continue
        if now > digest.valid_until:
            digests.skip(tx, digest.key, NOT_APPROVED if digest.state == "draft" else MISSED, now)
        elif digest.state == "approved" and now >= digest.send_at:
            _begin(tx, digest, now)


def being_sent(tx: Tx) -> list[Digest]:
    return [
        digest_of(tx, row)
        for row in tx.rows("SELECT * FROM digests WHERE state = 'sending' ORDER BY started_at, key")
    ]


def gone_out(tx: Tx, since: datetime, now: datetime) -> list[Digest]:
    """Those that have begun to go out since then, as they would be today: without documents that are in force no more and a
    poll that is not open. Not urgent news of yesterday."""
    rows = tx.rows(
        """SELECT * FROM digests WHERE state IN ('sending', 'sent') AND started_at >= :since
                AND (urgent = 0 OR valid_until >= :now)
            ORDER BY started_at, key""",
        since=stamp(since),
        now=stamp(now),
    )
    return [_today(tx, digest_of(tx, row), now) for row in rows]


def _today(tx: Tx, digest: Digest, now: datetime) -> Digest:
    items = tuple(item for item in digest.items if _in_force(tx, item.document))
    poll = polls.by_code(tx, digest.poll[0]) if digest.poll else None
    going = poll is not None and poll.state == "open" and poll.closes_at > now
    return replace(digest, items=items, poll=digest.poll if going else None)


def _in_force(tx: Tx, key: int) -> bool:
    document = documents.by_key(tx, key)
    return document is not None and document.status == "in force" and document.superseded_by is None


def _prepare(tx: Tx, schedule: Schedule, code: str, now: datetime, timezone: ZoneInfo) -> None:
    due_at = _due_at(schedule, now, timezone)
    if due_at > now:
        if due_at != schedule.next_run_at:
            schedules.move_on(tx, schedule, due_at)
        if now >= due_at - timedelta(hours=schedule.ahead_hours):
            composing.prepare(tx, schedule, due_at, code, now, timezone)
        return
    if not schedules.move_on(tx, schedule, due_times.following(schedule.rule, now, timezone)):
        return
    made = composing.prepare(tx, schedule, due_at, code, now, timezone)
    if made and now > made.valid_until:
        digests.skip(tx, made.key, MISSED, now)


def _due_at(schedule: Schedule, now: datetime, timezone: ZoneInfo) -> datetime:
    """The next time, or the last of those that have passed.

    A row that lies beyond its next time was written by a clock that was wrong; what has run already is unique, and so not
    run again.
    """
    due_at = schedule.next_run_at or now
    if due_at <= now:
        return due_times.last_between(schedule.rule, due_at, now, timezone)
    nearest = due_times.following(schedule.rule, now, timezone)
    return min(nearest, due_at) if nearest else due_at


def _begin(tx: Tx, digest: Digest, now: datetime) -> None:
    for item in digest.items:
        if not _in_force(tx, item.document):
            tx.run(
                "DELETE FROM digest_items WHERE digest = :key AND document = :document",
                key=digest.key,
                document=item.document,
            )
            audit.record(
                tx, None, "digest.item_withdrawn", f"digest:{digest.key} document:{item.document}", now
            )
    if not require(tx, digest.key).items:
        digests.skip(tx, digest.key, WITHDRAWN, now)
        return
    tx.run(
        "UPDATE digests SET state = 'sending', started_at = :now WHERE key = :key AND state = 'approved'",
        key=digest.key,
        now=stamp(now),
    )
