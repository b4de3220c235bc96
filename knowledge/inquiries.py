"""Inquiries: questions that people chose to send to an officer, each with a number ("#12").

The text stays, masked. Who asked stands in a table of its own, until it is answered, taken back or 30 days have passed.
What is asked alike is one group (inquiry_groups.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import hour, stamp
from bot.model import Address, Tx
from bot.storage.base import Row
from knowledge.wordings import kept, same

LONGEST = 2_000  # characters of an inquiry
LONGEST_REPLY = 3_000  # characters of its answer
ADDRESS_FOR = timedelta(days=30)
NIGHT = timedelta(hours=12)  # in which nobody is told anything; nothing may be kept longer for that


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`text` is masked; `same` is the one form of its spellings; `channel` is where it was asked, `asked_in` the hour."""

    number: int
    group: int
    text: str
    same: str
    channel: str
    asked_in: datetime


@dataclass(frozen=True, slots=True)
class Asker:
    """Who waits for the answer to an inquiry, and where."""

    number: int
    text: str
    address: Address


def send(
    tx: Tx, text: str, asker: Address, group: int | None, now: datetime, near: int | None = None
) -> Inquiry:
    """A new inquiry, in this open group or, where that is None or open no more, in one of its own.

    near  an inquiry of another group that may ask the same
    """
    if group is None or not tx.row(
        "SELECT 1 FROM inquiry_groups WHERE key = :key AND state = 'open'", key=group
    ):
        group = new_group(tx, now, near)
    number = _insert(tx, kept(text, LONGEST), asker.channel, group, now)
    tx.run(
        """INSERT INTO inquiry_askers (inquiry, channel, conversation, since)
            VALUES (:number, :channel, :conversation, :now)""",
        number=number,
        channel=asker.channel,
        conversation=asker.conversation,
        now=stamp(now),
    )
    (inquiry,) = where(tx, "number = :number", number=number)
    return inquiry


def new_group(tx: Tx, now: datetime, near: int | None = None) -> int:
    row = tx.row(
        "INSERT INTO inquiry_groups (opened_in, near) VALUES (:hour, :near) RETURNING key",
        hour=hour(now),
        near=near,
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    return int(row["key"])


def where(tx: Tx, condition: str, **values: Any) -> list[Inquiry]:
    """In the order in which they came."""
    rows = tx.rows(f"SELECT * FROM inquiries WHERE {condition} ORDER BY number", **values)  # noqa: S608
    return [_inquiry(row) for row in rows]


def waiting_of(tx: Tx, accounts: Sequence[Address]) -> list[Inquiry]:
    """What a person has asked, from any of these accounts, and still waits for."""
    return [
        inquiry
        for account in accounts
        for inquiry in where(
            tx,
            """number IN (SELECT inquiry FROM inquiry_askers
                WHERE channel = :channel AND conversation = :conversation)""",
            channel=account.channel,
            conversation=account.conversation,
        )
    ]


def sent_in_hour(tx: Tx, channel: str, now: datetime) -> int:
    """How many inquiries came from a network within this hour."""
    row = tx.row(
        "SELECT count(*) AS sent FROM inquiries WHERE channel = :channel AND asked_in = :hour",
        channel=channel,
        hour=hour(now),
    )
    return int(row["sent"]) if row else 0


def askers(tx: Tx, group: int) -> list[Asker]:
    """Who still waits for this group's answer, in the order in which they asked."""
    rows = tx.rows(
        f"{_ASKERS} WHERE inquiries.group_key = :group ORDER BY inquiries.number",
        group=group,
    )
    return [_asker(row) for row in rows]


def take_back(tx: Tx, number: int, account: Address) -> bool:
    """The asker does not want it any more: it goes as if it had never been sent. False when it waits no more."""
    found = tx.run(
        """DELETE FROM inquiry_askers
            WHERE inquiry = :number AND channel = :channel AND conversation = :conversation""",
        number=number,
        channel=account.channel,
        conversation=account.conversation,
    )
    if found:
        tx.run("DELETE FROM inquiries WHERE number = :number", number=number)
        drop_empty_groups(tx)
    return bool(found)


def erase(tx: Tx, account: Address) -> int:
    """All that somebody still waits for, as by `take_back`. What has been answered names nobody any more."""
    waiting = waiting_of(tx, (account,))
    return sum(take_back(tx, inquiry.number, account) for inquiry in waiting)


def forget_asker(tx: Tx, account: Address) -> int:
    """We may not write there any more: the questions stay, without who asked."""
    return tx.run(
        "DELETE FROM inquiry_askers WHERE channel = :channel AND conversation = :conversation",
        channel=account.channel,
        conversation=account.conversation,
    )


def expire(tx: Tx, now: datetime) -> list[Asker]:
    """By day: the addresses go that will have been kept for 30 days before the next day; whose they were, to be told."""
    limit = stamp(now - ADDRESS_FOR + NIGHT)
    rows = tx.rows(f"{_ASKERS} WHERE inquiry_askers.since < :limit ORDER BY inquiries.number", limit=limit)
    tx.run("DELETE FROM inquiry_askers WHERE since < :limit", limit=limit)
    return [_asker(row) for row in rows]


def forget_before(tx: Tx, moment: datetime) -> int:
    """Retention: inquiries older than this go, as questions in the log do."""
    gone = tx.run(
        """DELETE FROM inquiries WHERE asked_in < :hour
            AND NOT EXISTS (SELECT 1 FROM inquiry_askers WHERE inquiry = inquiries.number)""",
        hour=hour(moment),
    )
    drop_empty_groups(tx)
    return gone


def drop_empty_groups(tx: Tx) -> None:
    tx.run(
        """DELETE FROM inquiry_groups
            WHERE NOT EXISTS (SELECT 1 FROM inquiries WHERE group_key = inquiry_groups.key)"""
    )


_ASKERS = """SELECT inquiries.number, inquiries.text, inquiry_askers.channel, inquiry_askers.conversation
    FROM inquiry_askers JOIN inquiries ON inquiries.number = inquiry_askers.inquiry"""


def _insert(tx: Tx, text: str, channel: str, group: int, now: datetime) -> int:
    row = tx.row(
        """INSERT INTO inquiries (group_key, text, same, channel, asked_in)
            VALUES (:group, :text, :same, :channel, :hour) RETURNING number""",
        group=group,
        text=text,
        same=same(text),
        channel=channel,
        hour=hour(now),
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    return int(row["number"])


def _inquiry(row: Row) -> Inquiry:
    return Inquiry(
        row["number"],
        row["group_key"],
        row["text"],
        row["same"],
        row["channel"],
        datetime.fromisoformat(row["asked_in"]),
    )


def _asker(row: Row) -> Asker:
    return Asker(row["number"], row["text"], Address(row["channel"], row["conversation"]))
