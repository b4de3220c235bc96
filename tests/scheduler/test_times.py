"""Cron lines mean what their comments say: APScheduler counts weekdays from Monday when they are numbers."""

from __future__ import annotations

from datetime import datetime

import pytest
from apscheduler.triggers.cron import CronTrigger

from bot.settings import VIET_NAM
from scheduler import times

SUNDAY = datetime(2026, 11, 22, 22, 30, tzinfo=VIET_NAM)


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        (times.REVIEW, "Mon 23/11 08:00", "Mon 30/11 08:00"),
        (times.RISING, "Mon 23/11 06:00", "Mon 23/11 06:15"),
        (times.CRITICISM, "Mon 23/11 07:20", "Mon 23/11 08:20"),
    ],
)
def test_nobody_is_told_at_night(line: str, first: str, second: str) -> None:
    trigger = CronTrigger.from_crontab(line, timezone=VIET_NAM)
    fires = trigger.get_next_fire_time(None, SUNDAY)
    after = trigger.get_next_fire_time(fires, fires.replace(second=1))
    assert [each.strftime("%a %d/%m %H:%M") for each in (fires, after)] == [first, second]
