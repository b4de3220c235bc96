"""When a rule is due next: APScheduler computes, and nothing else of it is used here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from scheduler.schedule_words import LAST_DAY, Rule

# By name: in numbers a cron line and APScheduler do not mean the same weekday.
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def following(rule: Rule, after: datetime, timezone: ZoneInfo) -> datetime | None:
    """The first time later than `after`; None when there is none any more."""
    if rule.once is not None:
        moments = [datetime.combine(rule.once, at, timezone) for at in rule.times]
        return min((moment for moment in moments if moment > after), default=None)
    found = (_next_at(rule, at, after, timezone) for at in rule.times)
    return min((moment for moment in found if moment is not None), default=None)


def last_between(rule: Rule, first: datetime, now: datetime, timezone: ZoneInfo) -> datetime:
    """The last time from `first`, which is one, to `now`: of several that were missed only that one counts."""
    last = first
    while (moment := following(rule, last, timezone)) is not None and moment <= now:
        last = moment
    return last


def meet(one: Rule, other: Rule, after: datetime, timezone: ZoneInfo, within: timedelta) -> bool:
    """Whether both are due at the same moment, `within` so long after both begin: each leaps to the other's next time."""
    first, second = following(one, after, timezone), following(other, after, timezone)
    if first is None or second is None:
        return False
    until = max(first, second) + within
    while first is not None and second is not None and max(first, second) <= until:
        if first == second:
            return True
        if first < second:
            first = following(one, second - timedelta.resolution, timezone)
        else:
            second = following(other, first - timedelta.resolution, timezone)
    return False


def _next_at(rule: Rule, at: time, after: datetime, timezone: ZoneInfo) -> datetime | None:
    trigger = CronTrigger(
        day=_day_field(rule),
        day_of_week="*" if rule.week else _listed(_WEEKDAYS[day] for day in rule.weekdays),
        hour=at.hour,
        minute=at.minute,
        timezone=timezone,
    )
    moment: datetime | None = trigger.get_next_fire_time(after, after)
    return moment


def _day_field(rule: Rule) -> str:
    if rule.week:
        return _listed(f"{'1st' if rule.week > 0 else 'last'} {_WEEKDAYS[day]}" for day in rule.weekdays)
    return _listed("last" if day == LAST_DAY else str(day) for day in rule.days)


def _listed(values: Iterable[str]) -> str:
    return ",".join(values) or "*"
