"""How many ballots are counted by the hour, and what is unusual about it: seen in sums, never by looking at who answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import hour
from bot.model import Tx

Sign = Literal["burst", "browsers", "group"]
Hours = Mapping[tuple[str, str], int]  # (source, hour): ballots

MANY = 100  # ballots in an hour: what is less can be a meeting
MANY_BROWSERS = 50
MORE_THAN_USUAL = 5  # times
MORE_THAN_CHAT = 3  # times
BEFORE = 6  # hours that tell what is usual
# A flood: one of so many groups at least has more than so many times what all others have together.
FEWEST_GROUPS, ONE_GROUP = 3, 2
_DAY = 24  # hours


def note(tx: Tx, poll: int, source: str, times: int, now: datetime) -> None:
    """As they are counted, by ten at least while the poll is open: no finer than the counters themselves."""
    tx.run(
        """INSERT INTO poll_flow (poll, source, hour, times) VALUES (:poll, :source, :hour, :times)
            ON CONFLICT (poll, source, hour) DO UPDATE SET times = times + excluded.times""",
        poll=poll,
        source=source,
        hour=hour(now),
        times=times,
    )


def hours(tx: Tx, poll: int) -> dict[tuple[str, str], int]:
    rows = tx.rows("SELECT source, hour, times FROM poll_flow WHERE poll = :poll", poll=poll)
    return {(row["source"], row["hour"]): row["times"] for row in rows}


def groups(tx: Tx, poll: int) -> list[int]:
    """How many have voted in each group."""
    rows = tx.rows(
        "SELECT max(voters) AS voters FROM group_polls WHERE poll = :poll GROUP BY place ORDER BY place",
        poll=poll,
    )
    return [row["voters"] for row in rows]


def unusual(counted: Hours, of_groups: Sequence[int], now: datetime) -> list[Sign]:
    """What staff should look at in this hour and the one before it. Pure."""
    found: list[Sign] = []
    moments = (now, now - timedelta(hours=1))
    if any(_burst(counted, moment) for moment in moments):
        found.append("burst")
    if any(_browsers(counted, moment) for moment in moments):
        found.append("browsers")
    if _flood(of_groups):
        found.append("group")
    return found


def _burst(counted: Hours, moment: datetime) -> bool:
    """Against the mean of the day before; of a poll that has just begun nobody knows what is usual."""
    before = [hour(moment - timedelta(hours=back)) for back in range(1, _DAY + 1)]
    begun = min((at for _, at in counted), default="")
    known = [_all(counted, at) for at in before if at >= begun]
    now = _all(counted, hour(moment))
    return now >= MANY and len(known) >= BEFORE and now >= MORE_THAN_USUAL * max(sum(known) / len(known), 1)


def _browsers(counted: Hours, moment: datetime) -> bool:
    web, chat = counted.get(("web", hour(moment)), 0), counted.get(("chat", hour(moment)), 0)
    return web >= MANY_BROWSERS and web >= MORE_THAN_CHAT * max(chat, 1)


def _flood(of_groups: Sequence[int]) -> bool:
    most = max(of_groups, default=0)
    return len(of_groups) >= FEWEST_GROUPS and most >= MANY and most > ONE_GROUP * (sum(of_groups) - most)


def _all(counted: Hours, at: str) -> int:
    return counted.get(("chat", at), 0) + counted.get(("web", at), 0)
