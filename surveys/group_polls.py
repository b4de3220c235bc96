"""Polls in groups, by the platform's own anonymous polls: one for each question, in every group that is large enough.

Totals come by themselves, twice, late and in any order. Nobody's vote can be changed, so they only grow: of two the one
with fewer voters is the older, and what has been closed is final. What stands here is about polls, never about a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot import model
from bot.clock import stamp
from bot.model import Address, PollAnswer, PollState, Sending, StopPoll, Tx
from bot.storage.base import Row
from bot.texts import group_polls as texts
from surveys import polls
from surveys.polls import Poll, Question, Survey
from surveys.results import GroupCounts, label

LEAST_MEMBERS = 20  # in a smaller group everybody would know who has chosen what
APART = timedelta(minutes=1)  # a group is not filled with ten questions at once
# What we cannot stop (a copy whose sending was never confirmed) ends by itself, some time after we have stopped the others.
ENDS_ITSELF = timedelta(days=1)
LONGEST = timedelta(seconds=2_628_000)  # that a platform lets a poll run, if it is to end by itself
ANSWERS_WITHIN = timedelta(hours=1)  # of the end; then what is known counts

State = Literal[
    "waiting", "open", "closed", "stopped", "deleted", "left", "unknown", "small", "forbidden", "unsent"
]


@dataclass(frozen=True, slots=True)
class Chat:
    """A group that could be asked. members: as the platform told last; at: from when on it may be written to."""

    to: Address
    members: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """sends: the polls, to be queued; links: the groups that cannot be asked like this and get the link."""

    sends: tuple[Sending, ...]
    links: tuple[Address, ...]


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


def native(questions: Iterable[Question]) -> list[int]:
    """The numbers of the questions that can be asked in a group: an open answer would have a name beside it."""
    return [number for number, each in enumerate(questions, 1) if each.kind != "open"]


def open_in_groups(
    tx: Tx,
    poll: Poll,
    chats: Iterable[Chat],
    networks: Collection[str],
    organisation: str,
    timezone: ZoneInfo,
    now: datetime,
) -> Opened:
    """The polls for these groups, in the order of their questions. Called again it adds what is new.

    networks  those with polls of their own
    The size of a group is asked anew when its poll is sent: see `take_links`.
    """
    sends: list[Sending] = []
    links: list[Address] = []
    survey, asked = polls.survey(tx, poll.survey), native(poll.questions)
    for chat in chats:
        if chat.to.channel not in networks or (chat.members or 0) < LEAST_MEMBERS or not asked or not survey:
            links.append(chat.to)
            continue
        for at, number in enumerate(asked):
            key = _begin(tx, poll.key, number, chat.to, now)
            if key is not None:
                words = _description(poll, survey, asked, number, organisation, timezone)
                reply = _native(poll, number, words, now)
                name = f"{causes(poll.key)}{key}"
                sends.append(Sending(chat.to, reply, name, max(chat.at, now) + at * APART, bulk=True))
    return Opened(tuple(sends), tuple(links))


def take_links(tx: Tx, poll: int) -> list[tuple[int, Address]]:
    """Groups that were to be asked and could not be, each once: they get the link. With a number for each."""
    could_not = "poll = :poll AND state IN ('small', 'forbidden', 'unsent') AND linked = 0"
    rows = tx.rows(
        f"""SELECT min(key) AS name, channel, conversation FROM group_polls
            WHERE {could_not} AND conversation IS NOT NULL
                AND place NOT IN (SELECT place FROM group_polls WHERE poll = :poll AND linked = 1)
            GROUP BY place ORDER BY name""",  # noqa: S608 - words of ours
        poll=poll,
    )
    tx.run(f"UPDATE group_polls SET linked = 1 WHERE {could_not}", poll=poll)  # noqa: S608
    return [(row["name"], Address(row["channel"], row["conversation"])) for row in rows]


def causes(poll: int) -> str:
    """What the causes of a poll's polls in groups begin with."""
    return f"poll:{poll}:native:"


def cause(one: GroupPoll) -> str:
    """Of sending it."""
    return f"{causes(one.poll)}{one.key}"


def stop_cause(one: GroupPoll) -> str:
    """Of stopping it: nothing that calls off what has not been sent calls this off."""
    return f"stop-poll:{one.key}"


# What the platform says


def polled(tx: Tx, cause: str, said: PollAnswer, now: str) -> None:
    """What became of sending or stopping the poll of this cause; part of the transaction that records the send."""
    one = _by_key(tx, int(cause.rpartition(":")[2]))
    if one is None:
        return
    if said.state:
        _learn(tx, one, said.state)
    match said.fate:
        case "open" if one.state in ("waiting", "unsent"):
            tx.run(
                "UPDATE group_polls SET message = :message, name = :name WHERE key = :key",
                message=said.message,
                name=said.state.name if said.state else None,
                key=one.key,
            )
            _move(tx, one.key, "open", now)
        case "few" | "forbidden":
            _move(tx, one.key, "small" if said.fate == "few" else "forbidden", now)
        case "closed" if one.state == "open":
            _move(tx, one.key, "closed", now)
        case "deleted" if one.state == "open":
            # What a group wrote before it moved cannot be named any more, and is there all the same.
            _move(tx, one.key, "deleted" if one.message else "closed", now)
        case _:
            pass  # closed before: its last totals come, or have come, as an update


def heard(tx: Tx, channel: str, told: PollState, now: datetime) -> None:
    """How a poll stands. One that is not ours is ignored: somebody's copy is a poll of theirs."""
    row = tx.row(
        f"{_SELECT} WHERE channel = :channel AND name = :name",
        channel=channel,
        name=told.name,
    )
    if row is None:
        return
    one = of_row(row)
    _learn(tx, one, told)
    if told.closed and one.state == "open":
        poll = polls.by_key(tx, one.poll)
        ours = poll is None or is_over(poll, now)
        _move(tx, one.key, "closed" if ours else "stopped", stamp(now))


def moved(tx: Tx, old: Address, conversation: str) -> None:
    """The group is called otherwise now; or a topic of a forum has gone, then the rest of it is meant.

    Its polls go on, and their totals come; but what was written before a group moved cannot be stopped there any more.
    """
    tx.run(
        """UPDATE group_polls SET conversation = :new,
                message = CASE WHEN :topic THEN message ELSE '' END
            WHERE channel = :channel AND conversation = :old""",
        new=conversation,
        topic=int(old.conversation.startswith(f"{conversation}/")),
        channel=old.channel,
        old=old.conversation,
    )


def left(tx: Tx, at: Address) -> None:
    """We are in this group no longer: what is known of its polls stays, without it."""
    tx.run(
        """UPDATE group_polls SET conversation = NULL,
                state = CASE WHEN state IN ('waiting', 'open') THEN 'left' ELSE state END
            WHERE channel = :channel
                AND (conversation = :conversation OR (conversation > :topics AND conversation < :beyond))""",
        channel=at.channel,
        conversation=at.conversation,
        topics=f"{at.conversation}/",
        beyond=f"{at.conversation}0",  # the sign after "/"
    )


# The end


def is_over(poll: Poll, now: datetime) -> bool:
    return poll.state == "closed" or poll.closes_at <= now


def unfinished(tx: Tx) -> list[GroupPoll]:
    """Those that wait to be sent or are open."""
    return [of_row(row) for row in tx.rows(f"{_SELECT} WHERE state IN ('waiting', 'open') ORDER BY key")]


def stop(tx: Tx, one: GroupPoll, now: datetime) -> Sending | None:
    """What stops it; None where nothing can, and its last totals count."""
    if one.to is None or not one.message:
        _move(tx, one.key, "closed", stamp(now))
        return None
    return Sending(one.to, StopPoll(one.message), stop_cause(one))


def not_sent(tx: Tx, one: GroupPoll, now: datetime, *, over: bool) -> None:
    """It could not be sent; over: it was called off, since its time had passed."""
    _move(tx, one.key, "closed" if over else "unsent", stamp(now))


def called_off(tx: Tx, causes: Iterable[str], now: datetime) -> None:
    """Of these causes what had not been sent never will be, since the group wants none: it gets no link instead."""
    for cause in causes:
        one = _by_key(tx, int(cause.rpartition(":")[2])) if ":native:" in cause else None
        if one and one.state == "waiting":
            not_sent(tx, one, now, over=True)


def give_up(tx: Tx, one: GroupPoll, now: datetime) -> None:
    """It was to be stopped, and nothing is heard of that: what is known counts."""
    _move(tx, one.key, "closed" if one.final else "unknown", stamp(now))


def settled(tx: Tx, poll: Poll, now: datetime) -> bool:
    """Whether all its totals are those of the end, or nobody waits for them any longer."""
    if now > poll.closes_at + ANSWERS_WITHIN:
        return True
    return not tx.row(
        "SELECT 1 FROM group_polls WHERE poll = :poll AND state IN ('waiting', 'open')", poll=poll.key
    )


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


def untold(tx: Tx) -> list[GroupPoll]:
    """What has become of polls otherwise than staff expect, since this was asked last."""
    rows = tx.rows(f"{_SELECT} WHERE told = 0 AND state NOT IN ('waiting', 'open', 'closed') ORDER BY key")
    for row in rows:
        tx.run("UPDATE group_polls SET told = 1 WHERE key = :key", key=row["key"])
    return [of_row(row) for row in rows]


# Rows

_SELECT = (
    "SELECT key, poll, question, place, channel, conversation, message, state, voters, final FROM group_polls"
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


def _by_key(tx: Tx, key: int) -> GroupPoll | None:
    row = tx.row(f"{_SELECT} WHERE key = :key", key=key)
    return of_row(row) if row else None


def _begin(tx: Tx, poll: int, question: int, to: Address, now: datetime) -> int | None:
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


def _learn(tx: Tx, one: GroupPoll, told: PollState) -> None:
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


def _move(tx: Tx, key: int, state: State, now: str) -> None:
    tx.run(
        "UPDATE group_polls SET state = :state, changed_at = :now WHERE key = :key",
        state=state,
        now=now,
        key=key,
    )


# Words


def _native(poll: Poll, number: int, description: str, now: datetime) -> model.Poll:
    question, ends = poll.questions[number - 1], poll.closes_at + ENDS_ITSELF
    return model.Poll(
        question.text,
        tuple(label(question, option) for option in range(1, question.choices + 1)),
        question.kind == "several",
        description,
        LEAST_MEMBERS,
        ends if ends - now < LONGEST else None,
    )


def _description(
    poll: Poll, survey: Survey, asked: Sequence[int], number: int, organisation: str, timezone: ZoneInfo
) -> str:
    question = poll.questions[number - 1]
    choose = texts.CHOOSE_AT_MOST.format(most=question.most) if question.most else texts.CHOOSE[question.kind]
    return texts.DESCRIPTION.format(
        organisation=organisation,
        title=poll.title,
        at=asked.index(number) + 1,
        of=len(asked),
        choose=choose,
        purpose=survey.purpose,
        until=poll.last_day(timezone),
    )
