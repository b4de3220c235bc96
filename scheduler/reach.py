"""How far digests went, by unit: chats, members in them, groups that members passed them on to, openings of their pages.

A chat counts once for each digest. Which chat got what is kept for some weeks only; before that, how many they were is
written down by digest and unit, where it says nothing of anybody and outlives groups that have left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.audience import recipients
from bot.clock import stamp
from bot.model import Tx
from scheduler import forwards, openings

SETTLED = timedelta(
    days=2
)  # after which a digest reaches nobody new, but for a group that catches up: it is not counted


@dataclass(frozen=True, slots=True)
class Reach:
    """chats and members are counted once for each digest; members as the platforms tell (a private chat is one)."""

    chats: int = 0
    members: int = 0
    forwards: int = 0
    openings: int = 0

    def __add__(self, other: Reach) -> Reach:
        return Reach(
            self.chats + other.chats,
            self.members + other.members,
            self.forwards + other.forwards,
            self.openings + other.openings,
        )

    def __bool__(self) -> bool:
        return self != Reach()


def by_unit(tx: Tx, begin: date, end: date) -> dict[int | None, Reach]:
    """From `begin` to `end`, both included, by the key of the unit that it was counted for; None: of no unit."""
    found: dict[int | None, Reach] = defaultdict(Reach)
    period = {"begin": begin.isoformat(), "end": end.isoformat()}
    for row in tx.rows(
        """SELECT unit, sum(chats) AS chats, sum(members) AS members FROM digest_reach
            WHERE day BETWEEN :begin AND :end GROUP BY unit""",
        **period,
    ):
        found[row["unit"]] += Reach(row["chats"], row["members"])
    for (_, unit, day), chats in _delivered(tx).items():
        if begin.isoformat() <= day <= end.isoformat():
            found[unit] += Reach(len(chats), sum(chats))
    for unit, groups in forwards.of(tx, begin, end).items():
        found[unit] += Reach(forwards=groups)
    for unit, times in openings.of(tx, begin, end).items():
        found[unit] += Reach(openings=times)
    return dict(found)


def settle(tx: Tx, now: datetime) -> None:
    """Write down how far the digests went that have all arrived."""
    for (digest, unit, day), chats in _delivered(tx, before=now - SETTLED).items():
        tx.run(
            """INSERT INTO digest_reach (digest, unit, day, chats, members)
                VALUES (:digest, :unit, :day, :chats, :members)""",
            digest=digest,
            unit=unit,
            day=day,
            chats=len(chats),
            members=sum(chats),
        )


def _delivered(tx: Tx, before: datetime | None = None) -> dict[tuple[int, int | None, str], list[int]]:
    """Of digests that are not written down yet: (digest, unit, its first day) to the members of each chat."""
    rows = tx.rows(
        """SELECT chat.digest, chat.channel, chat.conversation, digest.day FROM digest_chats chat
            JOIN (SELECT digest, min(on_day) AS day FROM digest_chats GROUP BY digest) digest
                ON digest.digest = chat.digest
            JOIN digests ON digests.key = chat.digest
            WHERE chat.digest NOT IN (SELECT digest FROM digest_reach)
                AND (:before IS NULL OR (digests.finished_at IS NOT NULL AND digests.finished_at < :before))
            GROUP BY chat.digest, chat.channel, chat.conversation""",
        before=stamp(before) if before else None,
    )
    groups = {
        (row["channel"], row["conversation"]): (row["unit"], row["members"] or 0)
        for row in tx.rows("SELECT channel, conversation, unit, members FROM groups")
    }
    people = {
        (account.channel, account.conversation): (unit, 1)
        for account, unit in recipients.units_of_accounts(tx).items()
    }
    found: dict[tuple[int, int | None, str], list[int]] = defaultdict(list)
    for row in rows:
        at = (row["channel"], row["conversation"])
        forum = (row["channel"], row["conversation"].partition("/")[0])
        unit, members = groups.get(at) or groups.get(forum) or people.get(at) or (None, 1)
        found[row["digest"], unit, row["day"]].append(members)
    return found
