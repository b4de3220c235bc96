"""Surveys, as staff write them: programmes on a matter of public interest, with a period and the units that they are for.

Each holds one or more short polls: see polls.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import stamp
from bot.errors import InputError
from bot.model import Tx
from bot.storage.base import Row
from bot.texts import surveys as texts


@dataclass(frozen=True, slots=True)
class Survey:
    """units     those that it is for, with what lies below them; none: everywhere
    follow_up  what was done about the result, told to those who took part; "" until somebody writes it
    """

    key: int
    name: str
    purpose: str
    begins_on: date
    ends_on: date
    units: tuple[int, ...]
    follow_up: str


def by_key(tx: Tx, key: int) -> Survey | None:
    row = tx.row("SELECT * FROM surveys WHERE key = :key", key=key)
    return _survey(tx, row) if row else None


def all_surveys(tx: Tx) -> list[Survey]:
    """The newest first."""
    return [_survey(tx, row) for row in tx.rows("SELECT * FROM surveys ORDER BY begins_on DESC, key DESC")]


def add(
    tx: Tx, name: str, purpose: str, begins_on: date, ends_on: date, units: Iterable[int], now: datetime
) -> int:
    """Its key. Raises InputError where it would end before it begins."""
    if ends_on < begins_on:
        raise InputError(texts.ENDS_BEFORE_IT_BEGINS.format(begins=begins_on, ends=ends_on))
    row = tx.row(
        """INSERT INTO surveys (name, purpose, begins_on, ends_on, changed_at)
            VALUES (:name, :purpose, :begins_on, :ends_on, :now) RETURNING key""",
        name=name,
        purpose=purpose,
        begins_on=begins_on.isoformat(),
        ends_on=ends_on.isoformat(),
        now=stamp(now),
    )
    key = int(row["key"]) if row else 0
    for unit in dict.fromkeys(units):
        tx.run("INSERT INTO survey_units (survey, unit) VALUES (:survey, :unit)", survey=key, unit=unit)
    return key


def change(
    tx: Tx, there: Survey, purpose: str, begins_on: date, ends_on: date, units: Iterable[int], now: datetime
) -> None:
    """Its words, period and units. What is asked in its polls stays; polls that are open keep the end that they have. What
    has been approved and is not open yet is to be approved again: people read the purpose before they consent."""
    changed = tx.run(
        """UPDATE surveys SET purpose = :purpose, begins_on = :begins_on, ends_on = :ends_on, changed_at = :now
            WHERE key = :key AND (purpose, begins_on, ends_on) <> (:purpose, :begins_on, :ends_on)""",
        key=there.key,
        purpose=purpose,
        begins_on=begins_on.isoformat(),
        ends_on=ends_on.isoformat(),
        now=stamp(now),
    )
    wanted = tuple(dict.fromkeys(units))
    if changed or set(wanted) != set(there.units):
        tx.run(
            """UPDATE polls SET state = 'draft', submitted_by = NULL, approved_by = NULL, changed_at = :now
                WHERE survey = :key AND state = 'approved'""",
            key=there.key,
            now=stamp(now),
        )
    tx.run("DELETE FROM survey_units WHERE survey = :key", key=there.key)
    for unit in wanted:
        tx.run("INSERT INTO survey_units (survey, unit) VALUES (:key, :unit)", key=there.key, unit=unit)


def follow_up(tx: Tx, key: int, text: str, now: datetime) -> None:
    """What was done about the result of this survey."""
    tx.run(
        "UPDATE surveys SET follow_up = :text, changed_at = :now WHERE key = :key",
        key=key,
        text=text,
        now=stamp(now),
    )


def _survey(tx: Tx, row: Row) -> Survey:
    units = tx.rows("SELECT unit FROM survey_units WHERE survey = :key ORDER BY unit", key=row["key"])
    return Survey(
        row["key"],
        row["name"],
        row["purpose"],
        date.fromisoformat(row["begins_on"]),
        date.fromisoformat(row["ends_on"]),
        tuple(each["unit"] for each in units),
        row["follow_up"],
    )
