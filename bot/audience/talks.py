"""Talks that propagandists have held: who listened, where, to what. Counted for their unit; corrected within a day.

A talk carries the key of the member who answers for the number, and nobody who listened.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.audience import audit
from bot.clock import stamp
from bot.masking import mask
from bot.model import Tx
from bot.storage.base import Row

CHANGEABLE = timedelta(
    days=1
)  # how long its author may correct a talk; as long, a draft waits to be finished


@dataclass(frozen=True, slots=True)
class Talk:
    """name       random: what its buttons refer to
    state      a "draft" still lacks something, and is not counted
    held_on    None, like `listeners`, `unit` and `content`: not known yet; `content` "" is that nothing is to be noted
    documents  keys of the documents that it was about
    """

    name: str
    author: int
    recorded_at: datetime
    state: Literal["draft", "counted"] = "draft"
    held_on: date | None = None
    listeners: int | None = None
    unit: int | None = None
    place: str = ""
    content: str | None = None
    documents: tuple[int, ...] = ()
    key: int = 0

    def changeable(self, by: int, now: datetime) -> bool:
        return self.author == by and now - self.recorded_at < CHANGEABLE


def find(tx: Tx, name: str) -> Talk | None:
    row = tx.row("SELECT * FROM talks WHERE name = :name", name=name)
    if row is None:
        return None
    linked = tx.rows(
        "SELECT document FROM talk_documents WHERE talk = :talk ORDER BY document", talk=row["key"]
    )
    return _talk(row, tuple(each["document"] for each in linked))


def add(tx: Tx, talk: Talk) -> None:
    tx.run(
        """INSERT INTO talks (name, author, state, held_on, listeners, unit, place, content, recorded_at)
            VALUES (:name, :author, :state, :held_on, :listeners, :unit, :place, :content, :recorded_at)""",
        author=talk.author,
        recorded_at=stamp(talk.recorded_at),
        **_columns(talk),
    )
    _after(tx, talk, "talk.recorded", talk.recorded_at)


def change(tx: Tx, talk: Talk, now: datetime) -> None:
    """Nothing happens to one that has been withdrawn meanwhile. What is counted already is corrected, not counted again."""
    before = find(tx, talk.name)
    if before is None:
        return
    tx.run(
        """UPDATE talks SET state = :state, held_on = :held_on, listeners = :listeners, unit = :unit, place = :place,
                content = :content WHERE name = :name""",
        **_columns(talk),
    )
    _after(tx, talk, "talk.changed" if before.state == "counted" else "talk.recorded", now)


def withdraw(tx: Tx, talk: Talk, now: datetime) -> None:
    if tx.run("DELETE FROM talks WHERE name = :name", name=talk.name) and talk.state == "counted":
        audit.record(tx, talk.author, "talk.withdrawn", f"talk:{talk.key}", now)


def twin(tx: Tx, talk: Talk) -> bool:
    """Whether its author has noted just the same before: perhaps the same talk."""
    rows = tx.rows(
        """SELECT 1 FROM talks WHERE author = :author AND state = 'counted' AND held_on = :held_on
            AND listeners = :listeners AND coalesce(unit, 0) = :unit AND name <> :name""",
        author=talk.author,
        held_on=talk.held_on.isoformat() if talk.held_on else None,
        listeners=talk.listeners,
        unit=talk.unit or 0,
        name=talk.name,
    )
    return bool(rows)


def held(tx: Tx, begin: date, end: date) -> list[Talk]:
    """Those that count, held from `begin` to `end`, both included."""
    period = {"begin": begin.isoformat(), "end": end.isoformat()}
    linked: dict[int, list[int]] = defaultdict(list)
    for row in tx.rows(
        """SELECT talk, document FROM talk_documents JOIN talks ON talks.key = talk
            WHERE held_on BETWEEN :begin AND :end ORDER BY document""",
        **period,
    ):
        linked[row["talk"]].append(row["document"])
    rows = tx.rows(
        "SELECT * FROM talks WHERE state = 'counted' AND held_on BETWEEN :begin AND :end ORDER BY key",
        **period,
    )
    return [_talk(row, tuple(linked[row["key"]])) for row in rows]


def forget_drafts(tx: Tx, before: datetime) -> int:
    """What nobody has finished."""
    return tx.run("DELETE FROM talks WHERE state = 'draft' AND recorded_at < :moment", moment=stamp(before))


def forget_drafts_of(tx: Tx, author: int) -> None:
    tx.run("DELETE FROM talks WHERE state = 'draft' AND author = :author", author=author)


def _columns(talk: Talk) -> dict[str, object]:
    return {
        "name": talk.name,
        "state": talk.state,
        "held_on": talk.held_on.isoformat() if talk.held_on else None,
        "listeners": talk.listeners,
        "unit": talk.unit,
        "place": mask(talk.place),
        "content": None if talk.content is None else mask(talk.content),
    }


def _after(tx: Tx, talk: Talk, act: str, now: datetime) -> None:
    """The documents of a talk that has been written, and the act where it counts."""
    row = tx.row("SELECT key FROM talks WHERE name = :name", name=talk.name)
    assert row is not None  # noqa: S101  # it has just been written
    tx.run("DELETE FROM talk_documents WHERE talk = :talk", talk=row["key"])
    for document in talk.documents:
        tx.run(
            "INSERT INTO talk_documents (talk, document) VALUES (:talk, :document)",
            talk=row["key"],
            document=document,
        )
    if talk.state == "counted":
        audit.record(tx, talk.author, act, f"talk:{row['key']}", now)


def _talk(row: Row, documents: tuple[int, ...]) -> Talk:
    return Talk(
        row["name"],
        row["author"],
        datetime.fromisoformat(row["recorded_at"]),
        row["state"],
        date.fromisoformat(row["held_on"]) if row["held_on"] else None,
        row["listeners"],
        row["unit"],
        row["place"],
        row["content"],
        documents,
        row["key"],
    )
