"""To how many groups members say that they have passed a digest on: one number for a digest and a member, theirs to correct.

It counts for the unit that they belong to when they say it. When nothing is reported of the digest any more, or their role
ends, it is the unit's alone.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.model import Tx

FEWEST, MOST = 1, 200  # groups: beyond, somebody's finger has slipped
REPORTED_FOR = timedelta(days=60)  # from the day on which the digest went out


def sensible(groups: int) -> bool:
    return FEWEST <= groups <= MOST


def report(tx: Tx, digest: int, member: int, unit: int | None, groups: int, today: date) -> None:
    """So many in all; what they had said of this digest before is corrected, not added to."""
    tx.run(
        """INSERT INTO forwards (digest, member, unit, groups, on_day) VALUES (:digest, :member, :unit, :groups, :today)
            ON CONFLICT (digest, member) DO UPDATE SET groups = excluded.groups, unit = excluded.unit""",
        digest=digest,
        member=member,
        unit=unit,
        groups=groups,
        today=today.isoformat(),
    )


def reported(tx: Tx, digest: int, member: int) -> int:
    """How many they have said; 0 where nothing, or nothing that is theirs to correct any more."""
    row = tx.row(
        "SELECT groups FROM forwards WHERE digest = :digest AND member = :member",
        digest=digest,
        member=member,
    )
    return int(row["groups"]) if row else 0


def withdraw(tx: Tx, digest: int, member: int) -> bool:
    return bool(
        tx.run(
            "DELETE FROM forwards WHERE digest = :digest AND member = :member", digest=digest, member=member
        )
    )


def of(tx: Tx, begin: date, end: date) -> dict[int | None, int]:
    """Groups by unit, said from `begin` to `end`, both included."""
    rows = tx.rows(
        "SELECT unit, sum(groups) AS groups FROM forwards WHERE on_day BETWEEN :begin AND :end GROUP BY unit",
        begin=begin.isoformat(),
        end=end.isoformat(),
    )
    return {row["unit"]: int(row["groups"]) for row in rows}


def let_go_of(tx: Tx, member: int) -> int:
    """Their role has ended: the numbers stay their unit's."""
    return tx.run("UPDATE forwards SET member = NULL WHERE member = :member", member=member)


def let_go_before(tx: Tx, day: date) -> int:
    return tx.run(
        "UPDATE forwards SET member = NULL WHERE on_day < :day AND member IS NOT NULL", day=day.isoformat()
    )
