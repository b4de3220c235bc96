"""One question in one group, as a row: `group_polls`, with the totals of its options in `group_poll_options`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.clock import stamp
from bot.model import Address, PollState, Tx
from bot.storage.base import Row
from surveys.polls import Poll
from surveys.results import GroupCounts

State = Literal[
    "waiting", "open", "closed", "stopped", "deleted", "left", "unknown", "small", "forbidden", "unsent"
]


@dataclass(frozen=True, slots=True)
class GroupPoll:
    """One question in one group.

    to     None once we have left the group
    place  numbers the groups of a poll, also those that we have left
    state  "waiting" to be sent; "open"; "closed" by us, "stopped" by others, "deleted", "left" by us, or "unknown" since the
           platform did not say; never opened: the group was too "small", "forbidden" polls, or it could not be sent
    final  the totals are those of the end
    """

    key: int
    poll: int
    question: int
    place: int
    channel: str
    to: Address | None
    message: str
    state: State
    voters: int
    final: bool


_SELECT = (
    "SELECT key, poll, question, place, channel, conversation, message, state, voters, final FROM group_polls"
)


def by_key(tx: Tx, key: int) -> GroupPoll | None:
    row = tx.row(f"{_SELECT} WHERE key = :key", key=key)
    return of_row(row) if row else None


def by_name(tx: Tx, channel: str, name: str) -> GroupPoll | None:
    """By what its platform calls it; None for one that is not ours."""
    row = tx.row(f"{_SELECT} WHERE channel = :channel AND name = :name", channel=channel, name=name)
    return of_row(row) if row else None


def unfinished(tx: Tx) -> list[GroupPoll]:
    """Those that wait to be sent or are open."""
    return [of_row(row) for row in tx.rows(f"{_SELECT} WHERE state IN ('waiting', 'open') ORDER BY key")]


def untold(tx: Tx) -> list[GroupPoll]:
    """What has become of polls otherwise than staff expect, and they have not heard."""
    rows = tx.rows(f"{_SELECT} WHERE told = 0 AND state NOT IN ('waiting', 'open', 'closed') ORDER BY key")
    return [of_row(row) for row in rows]


def mark_told(tx: Tx, one: GroupPoll) -> None:
    tx.run("UPDATE group_polls SET told = 1 WHERE key = :key", key=one.key)


def group_counts(tx: Tx, poll: Poll) -> list[GroupCounts]:
    """Of each group how many answered each question (option 0) and chose each option, for `results.of`."""
    places: dict[int, dict[tuple[int, int], int]] = {}
    for row in tx.rows(
        "SELECT key, question, place, voters FROM group_polls WHERE poll = :poll AND voters > 0",
        poll=poll.key,
    ):
        counts = places.setdefault(row["place"], {})
        counts[row["question"], 0] = row["voters"]
        for line in tx.rows(
            "SELECT option, times FROM group_poll_options WHERE group_poll = :key", key=row["key"]
        ):
            counts[row["question"], line["option"]] = line["times"]
    return [places[place] for place in sorted(places)]


def begin(tx: Tx, poll: int, question: int, to: Address, now: datetime) -> int | None:
    """Its key; None where the question has been asked there."""
    place = tx.rows(
        """SELECT coalesce(max(CASE WHEN channel = :channel AND conversation = :conversation THEN place END),
                coalesce(max(place), 0) + 1) AS place,
                coalesce(sum(question = :question AND channel = :channel AND conversation = :conversation), 0) AS there
            FROM group_polls WHERE poll = :poll""",
        poll=poll,
        question=question,
        channel=to.channel,
        conversation=to.conversation,
    )[0]
    if place["there"]:
        return None
    row = tx.row(
        """INSERT INTO group_polls (poll, question, place, channel, conversation, changed_at)
            VALUES (:poll, :question, :place, :channel, :conversation, :now) RETURNING key""",
        poll=poll,
        question=question,
        place=place["place"],
        channel=to.channel,
        conversation=to.conversation,
        now=stamp(now),
    )
    return int(row["key"]) if row else None


def learn(tx: Tx, one: GroupPoll, told: PollState) -> None:
    """Totals that are newer than what is known; without a time, which could be laid beside who was there then."""
    if not tx.run(
        """UPDATE group_polls SET voters = :voters, final = :final
            WHERE key = :key AND (final < :final OR (final = :final AND voters < :voters))""",
        voters=told.voters,
        final=int(told.closed),
        key=one.key,
    ):
        return
    for option, times in enumerate(told.counts, 1):
        tx.run(
            """INSERT INTO group_poll_options (group_poll, option, times) VALUES (:key, :option, :times)
                ON CONFLICT (group_poll, option) DO UPDATE SET times = excluded.times""",
            key=one.key,
            option=option,
            times=times,
        )


def move(tx: Tx, key: int, state: State, now: str) -> None:
    tx.run(
        "UPDATE group_polls SET state = :state, changed_at = :now WHERE key = :key",
        state=state,
        now=now,
        key=key,
    )


def of_row(row: Row) -> GroupPoll:
    """From a row of `group_polls`."""
    at = row["conversation"]
    return GroupPoll(
        row["key"],
        row["poll"],
        row["question"],
        row["place"],
        row["channel"],
        Address(row["channel"], at) if at is not None else None,
        row["message"],
        row["state"],
        row["voters"],
        bool(row["final"]),
    )
