"""Inquiries that ask the same, as staff work on them: who has taken them, how they ended. The first who answers wins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge import inquiries
from knowledge.inquiries import Asker, Inquiry

State = Literal["open", "answered", "out of scope", "refused"]
COMPARED = 300  # groups that a new inquiry is compared with, the latest
FRESH = timedelta(days=30)  # how long an answer is offered to whoever asks the same


@dataclass(frozen=True, slots=True)
class Group:
    """taken_by  the member who has said that they will answer, whether or not they are still a member
    answer    what was answered; "" where the answer was for the askers alone
    near      an inquiry of another group that may ask the same
    ready     an answer that came by a file and is to be sent
    entry     the entry that it has become, or that answers it
    announced whether those on duty have been told
    closed_at, closed_by  when and by which member it was answered, refused …
    """

    key: int
    state: State
    taken_by: int | None
    answer: str
    near: int | None
    ready: str
    entry: int | None
    announced: bool
    closed_at: datetime | None
    closed_by: int | None
    inquiries: tuple[Inquiry, ...]

    @property
    def number(self) -> int:
        """What it is called: the number of the first who asked."""
        return self.inquiries[0].number

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(inquiry.number for inquiry in self.inquiries)

    @property
    def question(self) -> str:
        return self.inquiries[0].text

    @property
    def wordings(self) -> tuple[str, ...]:
        """Each once, in the order in which they came."""
        return tuple({inquiry.same: inquiry.text for inquiry in reversed(self.inquiries)}.values())[::-1]


def by_key(tx: Tx, key: int) -> Group | None:
    return _one(tx, "key = :key", key=key)


def by_number(tx: Tx, number: int) -> Group | None:
    """The group of an inquiry."""
    return _one(tx, "key = (SELECT group_key FROM inquiries WHERE number = :number)", number=number)


def open_ones(tx: Tx, limit: int = 100) -> list[Group]:
    """Oldest first."""
    return _many(tx, "state = 'open' ORDER BY key LIMIT :limit", limit=limit)


def count_open(tx: Tx) -> int:
    return int(tx.rows("SELECT count(*) AS open FROM inquiry_groups WHERE state = 'open'")[0]["open"])


def comparable(tx: Tx, now: datetime) -> list[Group]:
    """What a new inquiry may ask alike: open, or answered a short while ago, for everybody."""
    return _many(
        tx,
        """state = 'open' OR (state = 'answered' AND answer <> '' AND closed_at > :since)
            ORDER BY key DESC LIMIT :most""",
        since=stamp(now - FRESH),
        most=COMPARED,
    )


def unannounced(tx: Tx) -> list[Group]:
    """Open ones of which nobody has been told yet, since nobody was on duty."""
    return _many(tx, "state = 'open' AND announced = 0 ORDER BY key")


def closed_since(tx: Tx, moment: datetime) -> list[Group]:
    return _many(tx, "state <> 'open' AND closed_at > :moment ORDER BY key", moment=stamp(moment))


def announce(tx: Tx, key: int) -> None:
    tx.run("UPDATE inquiry_groups SET announced = 1 WHERE key = :key", key=key)


def take(tx: Tx, key: int, by: int, present: Collection[int]) -> bool:
    """Say that one will answer. False when another one, who is still a member, has said so, or it is closed."""
    group = by_key(tx, key)
    if group is None or group.state != "open":
        return False
    if group.taken_by not in (None, by) and group.taken_by in present:
        return False
    return hand_on(tx, key, by)


def hand_on(tx: Tx, key: int, to: int) -> bool:
    """False when it is closed."""
    return bool(
        tx.run("UPDATE inquiry_groups SET taken_by = :to WHERE key = :key AND state = 'open'", to=to, key=key)
    )


def release(tx: Tx, by: int) -> int:
    """What somebody had taken is free again: they have left, or may answer no more."""
    return tx.run("UPDATE inquiry_groups SET taken_by = NULL WHERE taken_by = :by AND state = 'open'", by=by)


def close(
    tx: Tx,
    key: int,
    state: State,
    by: int | None,
    now: datetime,
    *,
    answer: str = "",
    entry: int | None = None,
) -> list[Asker] | None:
    """End it, and forget who asked; they are returned, to be told now. None when somebody else has just ended it."""
    ended = tx.run(
        """UPDATE inquiry_groups SET state = :state, answer = :answer, entry = coalesce(:entry, entry),
                closed_by = :by, closed_at = :now
            WHERE key = :key AND state = 'open'""",
        key=key,
        state=state,
        answer=answer,
        entry=entry,
        by=by,
        now=stamp(now),
    )
    if not ended:
        return None
    told = inquiries.askers(tx, key)
    tx.run(
        "DELETE FROM inquiry_askers WHERE inquiry IN (SELECT number FROM inquiries WHERE group_key = :key)",
        key=key,
    )
    return told


def prepare(tx: Tx, key: int, answer: str) -> None:
    """What is to be sent as soon as the service looks; whoever answers in chat before is first."""
    tx.run(
        "UPDATE inquiry_groups SET ready = :answer WHERE key = :key AND state = 'open'",
        answer=answer,
        key=key,
    )


def prepared(tx: Tx) -> list[Group]:
    return _many(tx, "state = 'open' AND ready <> '' ORDER BY key")


def becomes(tx: Tx, key: int, entry: int) -> None:
    """What the group asks is, or will be, answered by this entry; one that it has already stays."""
    tx.run("UPDATE inquiry_groups SET entry = coalesce(entry, :entry) WHERE key = :key", entry=entry, key=key)


def without(tx: Tx, entry: int) -> list[Group]:
    """The entry will answer nothing: what was to become it may become another. Those of them that are open."""
    waiting = _many(tx, "entry = :entry AND state = 'open' ORDER BY key", entry=entry)
    tx.run("UPDATE inquiry_groups SET entry = NULL WHERE entry = :entry", entry=entry)
    return waiting


def awaiting(tx: Tx) -> list[Group]:
    """Open groups whose entry is published, by whatever way."""
    return _many(
        tx,
        """state = 'open' AND entry IN (SELECT key FROM entries WHERE status IN ('published', 'sample'))
            ORDER BY key""",
    )


def split(tx: Tx, number: int, now: datetime) -> bool:
    """The inquiry becomes a group of its own. False when it is alone already, or its group is closed."""
    group = by_number(tx, number)
    if group is None or group.state != "open" or len(group.inquiries) == 1:
        return False
    _put_into(tx, number, inquiries.new_group(tx, now))
    return True


def move(tx: Tx, number: int, to: int) -> bool:
    """The inquiry joins the group of the inquiry `to`. False unless both are open and apart."""
    group, target = by_number(tx, number), by_number(tx, to)
    if not (group and target) or group.key == target.key or {group.state, target.state} != {"open"}:
        return False
    _put_into(tx, number, target.key)
    inquiries.drop_empty_groups(tx)
    return True


def _put_into(tx: Tx, number: int, key: int) -> None:
    tx.run("UPDATE inquiries SET group_key = :key WHERE number = :number", key=key, number=number)
    tx.run("UPDATE inquiry_groups SET announced = 1 WHERE key = :key", key=key)  # staff did it, and know


def _one(tx: Tx, condition: str, **values: Any) -> Group | None:
    found = _many(tx, condition, **values)
    return found[0] if found else None


def _many(tx: Tx, condition: str, **values: Any) -> list[Group]:
    rows = tx.rows(f"SELECT * FROM inquiry_groups WHERE {condition}", **values)  # noqa: S608
    return [_group(row, inquiries.where(tx, "group_key = :key", key=row["key"])) for row in rows]


def _group(row: Row, of: Sequence[Inquiry]) -> Group:
    return Group(
        row["key"],
        row["state"],
        row["taken_by"],
        row["answer"],
        row["near"],
        row["ready"],
        row["entry"],
        bool(row["announced"]),
        datetime.fromisoformat(row["closed_at"]) if row["closed_at"] else None,
        row["closed_by"],
        tuple(of),
    )
