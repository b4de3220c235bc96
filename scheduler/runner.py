"""A tick that runs what is due. When something is due is a row, so what was missed while down is done after the start.

APScheduler ticks and computes times; its own job stores would forget, or run twice beside another process.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.clock import Clock, stamp
from bot.errors import StorageError
from bot.model import Tx
from bot.storage.base import Database

log = logging.getLogger(__name__)

TICK = 30  # seconds


@dataclass(frozen=True, slots=True)
class Job:
    """`work` at the times of a five-field cron line, in local time; late rather than never, and once for all missed."""

    name: str
    cron: str
    work: Callable[[], Awaitable[object]]


class Runner:
    def __init__(self, db: Database, clock: Clock, timezone: ZoneInfo, jobs: Sequence[Job]) -> None:
        self._db = db
        self._clock = clock
        self._timezone = timezone
        self._jobs = jobs
        self._ticker = AsyncIOScheduler(timezone=timezone)

    def start(self) -> None:
        # No grace: a tick that comes late because the loop was busy must still run.
        self._ticker.add_job(
            self.tick, "interval", seconds=TICK, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._ticker.start()

    def stop(self) -> None:
        if self._ticker.running:
            self._ticker.shutdown(wait=False)

    async def tick(self) -> None:
        """Run what is due now. A failing job is logged and comes again at its next time."""
        for job in self._jobs:
            now = self._clock.now()
            try:
                if await self._db.run(_take, job.name, stamp(now), stamp(self._next(job, now))):
                    await job.work()
            except StorageError as error:
                log.warning("%s waits for the database: %s", job.name, error)
            except Exception:
                log.exception("%s failed", job.name)

    def _next(self, job: Job, now: datetime) -> datetime:
        trigger = CronTrigger.from_crontab(job.cron, timezone=self._timezone)
        moment: datetime = trigger.get_next_fire_time(now, now)
        return moment


def _take(tx: Tx, name: str, now: str, following: str) -> bool:
    """Whether the job is due and ours to run: of two processes only one moves the row on. A new job is due at once.

    So is one whose row lies beyond its next time: the clock was wrong then, or the times have been changed since.
    """
    return bool(
        tx.run(
            """INSERT INTO schedules (name, next_run_at, last_run_at) VALUES (:name, :following, :now)
                ON CONFLICT (name) DO UPDATE SET next_run_at = excluded.next_run_at, last_run_at = excluded.last_run_at
                WHERE schedules.next_run_at <= :now OR schedules.next_run_at > :following""",
            name=name,
            now=now,
            following=following,
        )
    )
