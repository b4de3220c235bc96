"""How often the page of a digest was opened, by the unit that passed its link on: of readers nothing is known or kept."""

from __future__ import annotations

from datetime import date

from bot.model import Tx


def count(tx: Tx, digest: int, unit: int | None, day: date) -> None:
    """`unit` is None where the link named none that there is."""
    tx.run(
        """INSERT INTO openings (digest, unit, day, times) VALUES (:digest, :unit, :day, 1)
            ON CONFLICT (digest, coalesce(unit, 0), day) DO UPDATE SET times = openings.times + 1""",
        digest=digest,
        unit=unit,
        day=day.isoformat(),
    )


def of(tx: Tx, begin: date, end: date) -> dict[int | None, int]:
    """From `begin` to `end`, both included: by the unit's key; None: without a unit."""
    rows = tx.rows(
        "SELECT unit, sum(times) AS times FROM openings WHERE day BETWEEN :begin AND :end GROUP BY unit",
        begin=begin.isoformat(),
        end=end.isoformat(),
    )
    return {row["unit"]: int(row["times"]) for row in rows}
