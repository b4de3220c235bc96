"""Takes digests through their time, from the draft to the last chat: called every minute, and whenever one was approved.

How far a digest has come stands in its row: see mailing.py.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.audience import audit, groups
from bot.audience.groups import Group
from bot.audience.recipients import Recipient
from bot.clock import Clock, stamp
from bot.errors import StorageError
from bot.model import Reply, Tx
from bot.storage.base import Database
from scheduler import due, reached
from scheduler.digest_rows import Digest, Item, by_key
from scheduler.mailing import END, Mailing, Turn, turns
from scheduler.rendering import Medium, render
from scheduler.selection import chosen, items_for
from surveys import polls, reach

log = logging.getLogger(__name__)

NO_PICTURE = "no picture"
CAUGHT_UP = timedelta(days=7)  # what went out longer ago is brought to nobody
STARTED_BEFORE = timedelta(days=1)  # what had begun to go out and was refused


class Distribution:
    """
    token  a fresh random name of hexadecimal digits
    draws  whether the picture of the digest of this code can be drawn
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        timezone: ZoneInfo,
        mailing: Mailing,
        *,
        token: Callable[[], str],
        draws: Callable[[str], Awaitable[bool]],
    ) -> None:
        self._db = db
        self._clock = clock
        self._timezone = timezone
        self._mailing = mailing
        self._token = token
        self._draws = draws

    async def go_on(self) -> None:
        """All that is due now. Raises StorageError; what is left then is done the next time."""
        await self._db.run(due.prepare_all, self._token, self._clock.now(), self._timezone)
        await self._db.run(due.begin_all, self._clock.now())
        for digest in await self._db.read(due.being_sent):
            try:
                await self._send(digest)
            except StorageError:
                raise
            except Exception:  # a fault of ours with one digest is not the others'
                log.exception("digest %d could not go on", digest.key)
        for group in await self._db.read(groups.with_something_missed):
            if self._mailing.medium(group.digests_to):
                await self._mailing.write(self._catch_up, group)

    async def _send(self, digest: Digest) -> None:
        done = await self._db.read(_done, digest.key)
        if not done and not await self._draws(digest.code):
            await self._db.run(_without_picture, digest.key, self._clock.now())
        if done != END:
            to = await self._db.read(chosen, digest.unit, digest.audience)
            if not await self._mailing.bring(digest.key, to, done, self._put):
                return  # paused, cancelled, or another process is at it
        await self._db.run(_finish, digest.key, self._clock.now())

    def _put(self, tx: Tx, key: int, done: str, some: Sequence[Turn], now_done: str) -> bool:
        """Queue it for these chats; whether it is still at `done` and being sent."""
        if not tx.run(
            "UPDATE digests SET done = :next WHERE key = :key AND state = 'sending' AND done = :done",
            key=key,
            done=done,
            next=now_done,
        ):
            return False
        digest = by_key(tx, key)
        if digest is None:
            return False
        self._queue(tx, digest, some)
        return True

    def _catch_up(self, tx: Tx, group: Group) -> set[str]:
        """A group that may be written to again gets what went out meanwhile and has not reached it."""
        since, now = groups.catch_up(tx, group.key), self._clock.now()
        for digest in due.gone_out(tx, max(since - STARTED_BEFORE, now - CAUGHT_UP), now) if since else ():
            to = [each for each in chosen(tx, digest.unit, digest.audience) if each.to == group.digests_to]
            self._queue(tx, digest, turns(to))
        return {group.at.channel}

    def _queue(self, tx: Tx, digest: Digest, some: Sequence[Turn]) -> None:
        """What of it has not reached these chats yet."""
        now = self._clock.now()
        rendered: dict[tuple[Medium, tuple[Item, ...]], tuple[Reply, ...]] = {}
        asked = polls.by_code(tx, digest.poll[0]) if digest.poll else None
        count = digest.chats
        for turn in some:
            to = turn.recipient.to
            medium = self._mailing.medium(to)
            items = self._new(tx, digest, turn.recipient, now) if medium else ()
            if medium is None or not items:
                continue
            if (medium, items) not in rendered:
                whole = items == digest.items and digest.reason != NO_PICTURE
                rendered[medium, items] = render(replace(digest, items=items), medium, whole=whole)
            count += 1
            if asked:
                reach.note_chat(tx, asked.key, to)
            self._mailing.put(
                tx,
                f"{digest.cause}{count}",
                to,
                rendered[medium, items],
                self._not_before(digest, turn, now),
                heeds_quiet=not digest.overrides_quiet,
            )
        tx.run("UPDATE digests SET chats = :count WHERE key = :key", key=digest.key, count=count)

    def _new(self, tx: Tx, digest: Digest, recipient: Recipient, now: datetime) -> tuple[Item, ...]:
        wanted = items_for(recipient, digest)
        today = now.astimezone(self._timezone).date()
        new = reached.take(tx, digest, recipient.to, (item.document for item in wanted), today)
        return tuple(item for item in wanted if item.document in new)

    def _not_before(self, digest: Digest, turn: Turn, now: datetime) -> datetime | None:
        if digest.overrides_quiet:
            return None
        return self._mailing.not_before(turn.recipient.to, turn.recipient.quiet, now, turn.ahead)


def _without_picture(tx: Tx, key: int, now: datetime) -> None:
    """It goes out all the same; staff are told with the news of its sending."""
    tx.run("UPDATE digests SET reason = :reason WHERE key = :key", key=key, reason=NO_PICTURE)
    audit.record(tx, None, "digest.without_picture", f"digest:{key}", now)


def _done(tx: Tx, key: int) -> str:
    row = tx.row("SELECT done FROM digests WHERE key = :key", key=key)
    return str(row["done"]) if row else END


def _finish(tx: Tx, key: int, now: datetime) -> None:
    """It has been sent when nothing of it waits any more; to nobody at all it has been skipped."""
    digest = by_key(tx, key)
    if digest is None or digest.state != "sending" or reached.waits(tx, digest):
        return
    tx.run(
        "UPDATE digests SET state = :state, reason = :reason, finished_at = :now WHERE key = :key",
        key=key,
        state="sent" if digest.chats else "skipped",
        reason=digest.reason if digest.chats else due.NOBODY,
        now=stamp(now),
    )
