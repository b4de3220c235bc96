"""What is due runs once, late rather than never, and one failing job disturbs no other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import StorageError
from bot.storage.sqlite import SqliteDatabase
from scheduler.runner import Job, Runner
from tests.fakes.disk import full_disk
from tests.fakes.time import MovedClock

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Work:
    """Counts how often it was done; fails where it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.done = 0
        self._faults = list(faults)

    async def __call__(self) -> None:
        self.done += 1
        if self._faults:
            raise self._faults.pop(0)


def runner(
    db: SqliteDatabase, clock: MovedClock, *jobs: tuple[str, str, Callable[[], Awaitable[object]]]
) -> Runner:
    return Runner(db, clock, VIET_NAM, [Job(*job) for job in jobs])


async def next_run(db: SqliteDatabase, name: str) -> str:
    row = await db.read(lambda tx: tx.row("SELECT next_run_at FROM schedules WHERE name = :name", name=name))
    assert row is not None
    return str(row["next_run_at"])


async def test_a_new_job_runs_at_once_and_then_at_its_times(db: SqliteDatabase, clock: MovedClock) -> None:
    work = Work()
    ticking = runner(db, clock, ("tidy", "0 * * * *", work))
    for minutes, done in [(0, 1), (0.5, 1), (59, 1), (1, 2), (30, 2), (30, 3)]:
        clock.move(minutes=minutes)
        await ticking.tick()
        assert work.done == done


async def test_what_was_missed_while_down_runs_once_after_the_start(
    db: SqliteDatabase, clock: MovedClock
) -> None:
    work = Work()
    await runner(db, clock, ("tidy", "0 * * * *", work)).tick()
    clock.move(days=3)
    again = runner(db, clock, ("tidy", "0 * * * *", work))
    await again.tick()
    await again.tick()
    assert work.done == 2


async def test_of_two_processes_only_one_runs_it(db: SqliteDatabase, clock: MovedClock) -> None:
    work = Work()
    runners = [runner(db, clock, ("tidy", "0 * * * *", work)) for _ in range(5)]
    await asyncio.gather(*(one.tick() for one in runners))
    assert work.done == 1


async def test_a_failing_job_disturbs_no_other_and_comes_again(db: SqliteDatabase, clock: MovedClock) -> None:
    bad, full, good = Work(KeyError()), Work(StorageError("the disk is full")), Work()
    ticking = runner(
        db, clock, ("bad", "0 * * * *", bad), ("full", "0 * * * *", full), ("good", "0 * * * *", good)
    )
    await ticking.tick()
    assert (bad.done, full.done, good.done) == (1, 1, 1)
    clock.move(hours=1)
    await ticking.tick()
    assert (bad.done, full.done, good.done) == (2, 2, 2)


async def test_a_full_disk_runs_nothing_and_forgets_nothing(db: SqliteDatabase, clock: MovedClock) -> None:
    work = Work()
    ticking = runner(db, clock, ("tidy", "0 * * * *", work))
    with full_disk():
        await ticking.tick()
    assert work.done == 0
    await ticking.tick()
    assert work.done == 1


@pytest.mark.parametrize(
    ("cron", "following"),
    [
        ("30 8 * * *", "2026-11-23T01:30:00.000000Z"),
        ("0 8 * * *", "2026-11-24T01:00:00.000000Z"),
        ("0 9 * * mon", "2026-11-23T02:00:00.000000Z"),
        ("0 8 * * mon", "2026-11-30T01:00:00.000000Z"),
        ("15 0 1 * *", "2026-11-30T17:15:00.000000Z"),
    ],
)
async def test_times_are_local_and_the_next_one_is_later_than_now(
    db: SqliteDatabase, clock: MovedClock, cron: str, following: str
) -> None:
    await runner(db, clock, ("job", cron, Work())).tick()
    assert await next_run(db, "job") == following


async def test_a_clock_that_was_wrong_once_does_not_stop_a_job_for_years(db: SqliteDatabase) -> None:
    work = Work()
    await runner(db, MovedClock(datetime(2038, 1, 19, tzinfo=UTC)), ("tidy", "0 * * * *", work)).tick()
    clock = MovedClock()
    ticking = runner(db, clock, ("tidy", "0 * * * *", work))
    await ticking.tick()
    clock.move(hours=1)
    await ticking.tick()
    assert work.done >= 2
    assert await next_run(db, "tidy") == "2026-11-23T03:00:00.000000Z"


async def test_it_starts_and_stops(db: SqliteDatabase, clock: MovedClock) -> None:
    ticking = runner(db, clock, ("tidy", "0 * * * *", Work()))
    ticking.stop()
    ticking.start()
    ticking.stop()
    ticking.stop()
