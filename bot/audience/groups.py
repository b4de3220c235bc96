"""Groups that the bot has been added to: which unit, which topics, when it is quiet there, whether it may answer unasked.

A row begins when we are added and ends when we are removed. Of a group's members nothing is kept but how many they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.audience import audit
from bot.clock import stamp
from bot.masking import mask
from bot.model import Address, GroupFacts, Tx
from bot.storage.base import Row

State = Literal["new", "on", "off"]
LONGEST_TITLE = 120  # characters


@dataclass(frozen=True, slots=True)
class Group:
    """at         the conversation, without the topic of a forum
    state      "new": nobody has set it up; "on"; "off": staff have taken it out
    topics     (): every topic
    quiet      "21:00-06:30"; None: as the department
    thread     the topic of a forum that digests go to; "": General
    answers    whether it may answer unasked, when sure
    can_read   whether the platform lets us read what is not said to us, as it told last
    members    how many they are, as the platform told last
    forbidden  we are in it and may not write
    """

    key: int
    at: Address
    title: str = ""
    state: State = "new"
    unit: int | None = None
    topics: tuple[str, ...] = ()
    quiet: str | None = None
    thread: str = ""
    answers: bool = False
    can_read: bool = False
    members: int | None = None
    forbidden: bool = False

    @property
    def digests_to(self) -> Address:
        """Where digests go: the topic that an administrator has chosen, else the group."""
        return Address(self.at.channel, f"{self.at.conversation}/{self.thread}") if self.thread else self.at


def find(tx: Tx, at: Address) -> Group | None:
    row = tx.row(
        "SELECT * FROM groups WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )
    return _group(row) if row else None


def by_key(tx: Tx, key: int) -> Group | None:
    row = tx.row("SELECT * FROM groups WHERE key = :key", key=key)
    return _group(row) if row else None


def all_groups(tx: Tx) -> list[Group]:
    return [_group(row) for row in tx.rows("SELECT * FROM groups ORDER BY key")]


def add(tx: Tx, at: Address, now: datetime, title: str = "") -> bool:
    """We are in this group; False when that was known."""
    return bool(
        tx.run(
            """INSERT INTO groups (channel, conversation, title, since) VALUES (:channel, :conversation, :title, :now)
                ON CONFLICT (channel, conversation) DO NOTHING""",
            channel=at.channel,
            conversation=at.conversation,
            title=_title(title),
            now=stamp(now),
        )
    )


def change(tx: Tx, key: int, by: int | None, now: datetime, **values: Any) -> None:
    """What a group's administrators (`by` None) or staff have decided: unit, topics, quiet, thread, answers, state."""
    if "topics" in values:
        values["topics"] = json.dumps(values["topics"], ensure_ascii=False)
    if "answers" in values:
        values["answers"] = int(values["answers"])
    sets = ", ".join(f"{name} = :{name}" for name in values)
    if tx.run(f"UPDATE groups SET {sets} WHERE key = :key", key=key, **values):  # noqa: S608 - names of columns
        audit.record(tx, by, "group.changed", f"group:{key} {' '.join(sorted(values))}", now)


def leave(tx: Tx, at: Address) -> bool:
    """We are in it no longer: everything about it goes."""
    return bool(
        tx.run(
            "DELETE FROM groups WHERE channel = :channel AND conversation = :conversation",
            channel=at.channel,
            conversation=at.conversation,
        )
    )


def move(tx: Tx, old: Address, conversation: str) -> None:
    """The platform calls the group otherwise now (it has become a supergroup): its row goes with it.

    Where the new name is known already, what has been decided for either stays. Also of a topic that has gone from a forum:
    then digests go to General.
    """
    new = Address(old.channel, conversation)
    thread = old.conversation.removeprefix(f"{conversation}/")
    tx.run(
        """UPDATE groups SET thread = ''
            WHERE channel = :channel AND conversation = :conversation AND thread = :thread""",
        channel=old.channel,
        conversation=conversation,
        thread=thread,
    )
    before, known = find(tx, old), find(tx, new)
    if before is None or before.at == new:
        return
    if known and known.state != "new":
        leave(tx, old)
        return
    leave(tx, new)
    tx.run("UPDATE groups SET conversation = :new WHERE key = :key", new=conversation, key=before.key)


def learn(tx: Tx, at: Address, facts: GroupFacts, now: datetime) -> None:
    """What the platform has just told; where we may write again, digests go there again, and what it has missed."""
    tx.run(
        """UPDATE groups SET title = coalesce(nullif(:title, ''), title), members = coalesce(:members, members),
                can_read = :can_read,
                missed_since = CASE WHEN :can_write THEN coalesce(missed_since, forbidden_since) ELSE missed_since END,
                forbidden_since = CASE WHEN :can_write THEN NULL ELSE coalesce(forbidden_since, :now) END
            WHERE channel = :channel AND conversation = :conversation""",
        title=_title(facts.title),
        members=facts.members,
        can_read=int(facts.can_read),
        can_write=int(facts.can_write),
        now=stamp(now),
        channel=at.channel,
        conversation=at.conversation,
    )


def forbid(tx: Tx, at: Address, now: str) -> None:
    """A message was refused although we are in the group: nothing is sent there until it may be again."""
    tx.run(
        """UPDATE groups SET forbidden_since = coalesce(forbidden_since, :now)
            WHERE channel = :channel AND conversation = :conversation""",
        now=now,
        channel=at.channel,
        conversation=at.conversation,
    )


def with_something_missed(tx: Tx) -> list[Group]:
    """Those that could not be written to for a while, and can be again."""
    rows = tx.rows(
        """SELECT * FROM groups
            WHERE missed_since IS NOT NULL AND forbidden_since IS NULL AND state = 'on' ORDER BY key"""
    )
    return [_group(row) for row in rows]


def catch_up(tx: Tx, key: int) -> datetime | None:
    """Since when it has missed what went out: whoever is told that brings it. None where somebody was quicker."""
    row = tx.row("SELECT missed_since FROM groups WHERE key = :key", key=key)
    tx.run("UPDATE groups SET missed_since = NULL WHERE key = :key", key=key)
    return datetime.fromisoformat(row["missed_since"]) if row and row["missed_since"] else None


def forbidden_since(tx: Tx, moment: datetime) -> list[tuple[Group, str]]:
    """Those that may not be written to any more, and since when, if that was after the moment."""
    rows = tx.rows("SELECT * FROM groups WHERE forbidden_since > :moment ORDER BY key", moment=stamp(moment))
    return [(_group(row), row["forbidden_since"]) for row in rows]


def topics_of(text: str) -> tuple[str, ...]:
    """The topics, or levels, of a row."""
    return tuple(json.loads(text))


def _group(row: Row) -> Group:
    return Group(
        row["key"],
        Address(row["channel"], row["conversation"]),
        row["title"],
        row["state"],
        row["unit"],
        topics_of(row["topics"]),
        row["quiet"],
        row["thread"],
        bool(row["answers"]),
        bool(row["can_read"]),
        row["members"],
        row["forbidden_since"] is not None,
    )


def _title(text: str) -> str:
    return " ".join(mask(text).split())[:LONGEST_TITLE]
