"""A round over the feeds that are due: side by side, a few at once, each with an outcome of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import StorageError
from bot.model import Tx
from bot.storage.base import Database
from bot.tasks import stop
from scheduler import feed_offering, feeds, safe_http
from scheduler.feed_reading import Contents, NotRead, read_apart
from scheduler.feeds import Feed
from scheduler.safe_http import Answer, FetchError, Reach

log = logging.getLogger(__name__)

AT_ONCE = 4

Read = Callable[[bytes, str, datetime], Awaitable[Contents]]
_LONGEST_MARK = 300  # characters of an ETag that are kept


class Fetching:
    """`begin` is called by the tick, which waits for nothing: digests are not late because a feed is slow."""

    def __init__(
        self, db: Database, clock: Clock, timezone: ZoneInfo, reach: Reach, read: Read = read_apart
    ) -> None:
        self._db = db
        self._clock = clock
        self._timezone = timezone
        self._reach = reach
        self._read = read
        self._round: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """A round in the background, unless one is under way."""
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self._insured(), name="feeds")

    async def close(self) -> None:
        if self._round:
            await stop([self._round])

    async def round(self) -> None:
        """Raises StorageError."""
        due = await self._db.run(feeds.claim, self._clock.now())
        room = asyncio.Semaphore(AT_ONCE)

        async def one(feed: Feed) -> None:
            async with room:
                await self._fetch(feed)

        outcomes = await asyncio.gather(*map(one, due), return_exceptions=True)
        for feed, outcome in zip(due, outcomes, strict=True):
            if isinstance(outcome, Exception):  # a fault of ours with one feed is not the others'
                log.error("feed %d failed: %s", feed.key, type(outcome).__name__, exc_info=outcome)

    async def _insured(self) -> None:
        try:
            await self.round()
        except StorageError as error:
            log.warning("feeds wait for the database: %s", error)
        except Exception:
            log.exception("the round of feeds failed")

    async def _fetch(self, feed: Feed) -> None:
        marks = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        try:
            answer = await safe_http.fetch(
                feed.address, self._reach, {name: mark for name, mark in marks.items() if mark}
            )
        except FetchError as error:
            await self._failed(feed, error.reason)
            return
        if answer.status == 304:
            await self._db.run(_unchanged, feed, self._clock.now())
        elif answer.status == 200:
            await self._take(feed, answer)
        else:
            await self._failed(feed, f"status {answer.status}", _asked_to_wait(answer, self._clock.now()))

    async def _take(self, feed: Feed, answer: Answer) -> None:
        now = self._clock.now()
        try:
            contents = await self._read(answer.body, answer.headers.get("content-type", ""), now)
        except NotRead as error:
            await self._failed(feed, error.fault)
            return
        today = now.astimezone(self._timezone).date()
        found = await asyncio.to_thread(feed_offering.look_at, contents.entries, today)

        def keep(tx: Tx) -> None:
            if feeds.by_key(tx, feed.key) is None:  # removed meanwhile
                return
            feed_offering.offer(tx, feed, found, now)
            feeds.succeeded(
                tx,
                feed,
                now,
                etag=_mark(answer, "etag"),
                modified=_mark(answer, "last-modified"),
                title=contents.title,
                left_out=contents.left_out,
            )

        await self._db.run(keep)

    async def _failed(self, feed: Feed, error: str, wait: timedelta | None = None) -> None:
        log.info("feed %d: %s", feed.key, error)
        await self._db.run(feeds.failed, feed, error, self._clock.now(), wait=wait)


def _unchanged(tx: Tx, feed: Feed, now: datetime) -> None:
    feeds.succeeded(tx, feed, now, etag=feed.etag, modified=feed.modified)


def _mark(answer: Answer, name: str) -> str:
    mark = answer.headers.get(name, "")
    return mark if len(mark) <= _LONGEST_MARK and mark.isprintable() else ""


def _asked_to_wait(answer: Answer, now: datetime) -> timedelta | None:
    """Retry-After, in seconds or as a date."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 9:
        return timedelta(seconds=int(said))
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now, timedelta(0))
