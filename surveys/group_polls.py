"""Polls in groups, by the platform's own anonymous polls: one for each question, in every group that is large enough.

Totals come by themselves, twice, late and in any order. Nobody's vote can be changed, so they only grow: of two the one
with fewer voters is the older, and what has been closed is final. What stands here is about polls, never about a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import model
from bot.clock import stamp
from bot.model import Address, PollAnswer, PollState, Sending, StopPoll, Tx
from bot.storage.base import in_chat
from bot.texts import group_polls as texts
from surveys import polls, surveys
from surveys.group_poll_rows import GroupPoll, begin, by_key, by_name, learn, move
from surveys.polls import Poll, Question
from surveys.results import label
from surveys.surveys import Survey

LEAST_MEMBERS = 20  # in a smaller group everybody would know who has chosen what
APART = timedelta(minutes=1)  # a group is not filled with ten questions at once
# What we cannot stop (a copy whose sending was never confirmed) ends by itself, some time after we have stopped the others.
ENDS_ITSELF = timedelta(days=1)
LONGEST = timedelta(seconds=2_628_000)  # that a platform lets a poll run, if it is to end by itself
ANSWERS_WITHIN = timedelta(hours=1)  # of the end; then what is known counts


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
    survey, asked = surveys.by_key(tx, poll.survey), native(poll.questions)
    for chat in chats:
        if chat.to.channel not in networks or (chat.members or 0) < LEAST_MEMBERS or not asked or not survey:
            links.append(chat.to)
            continue
        for at, number in enumerate(asked):
            key = begin(tx, poll.key, number, chat.to, now)
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
    one = by_key(tx, int(cause.rpartition(":")[2]))
    if one is None:
        return
    if said.state:
        learn(tx, one, said.state)
    match said.fate:
        case "open" if one.state in ("waiting", "unsent"):
            tx.run(
                "UPDATE group_polls SET message = :message, name = :name WHERE key = :key",
                message=said.message,
                name=said.state.name if said.state else None,
                key=one.key,
            )
            move(tx, one.key, "open", now)
        case "few" | "forbidden":
            move(tx, one.key, "small" if said.fate == "few" else "forbidden", now)
        case "closed" if one.state == "open":
            move(tx, one.key, "closed", now)
        case "deleted" if one.state == "open":
            # What a group wrote before it moved cannot be named any more, and is there all the same.
            move(tx, one.key, "deleted" if one.message else "closed", now)
        case _:
            pass  # closed before: its last totals come, or have come, as an update


def heard(tx: Tx, channel: str, told: PollState, now: datetime) -> None:
    """How a poll stands. One that is not ours is ignored: somebody's copy is a poll of theirs."""
    one = by_name(tx, channel, told.name)
    if one is None:
        return
    learn(tx, one, told)
    if told.closed and one.state == "open":
        poll = polls.by_key(tx, one.poll)
        ours = poll is None or is_over(poll, now)
        move(tx, one.key, "closed" if ours else "stopped", stamp(now))


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
    there, chat = in_chat(at)
    tx.run(
        f"""UPDATE group_polls SET conversation = NULL,
                state = CASE WHEN state IN ('waiting', 'open') THEN 'left' ELSE state END
            WHERE {there}""",  # noqa: S608 - parameter names only
        **chat,
    )


# The end


def is_over(poll: Poll, now: datetime) -> bool:
    return poll.state == "closed" or poll.closes_at <= now


def stop(tx: Tx, one: GroupPoll, now: datetime) -> Sending | None:
    """What stops it; None where nothing can, and its last totals count."""
    if one.to is None or not one.message:
        move(tx, one.key, "closed", stamp(now))
        return None
    return Sending(one.to, StopPoll(one.message), stop_cause(one))


def not_sent(tx: Tx, one: GroupPoll, now: datetime, *, over: bool) -> None:
    """It could not be sent; over: it was called off, since its time had passed."""
    move(tx, one.key, "closed" if over else "unsent", stamp(now))


def called_off(tx: Tx, at: Address, causes: Iterable[str], now: datetime) -> None:
    """Of these causes what had not been sent never will be, since the group wants none: it gets no link instead, nor for
    what could not be sent before, or is under way and cannot be."""
    there, chat = in_chat(at)
    tx.run(f"UPDATE group_polls SET linked = 1 WHERE {there}", **chat)  # noqa: S608 - parameter names only
    for cause in causes:
        one = by_key(tx, int(cause.rpartition(":")[2])) if ":native:" in cause else None
        if one and one.state == "waiting":
            not_sent(tx, one, now, over=True)


def give_up(tx: Tx, one: GroupPoll, now: datetime) -> None:
    """It was to be stopped, and nothing is heard of that: what is known counts."""
    move(tx, one.key, "closed" if one.final else "unknown", stamp(now))


def settled(tx: Tx, poll: Poll, now: datetime) -> bool:
    """Whether all its totals are those of the end, or nobody waits for them any longer."""
    if now > poll.closes_at + ANSWERS_WITHIN:
        return True
    return not tx.row(
        "SELECT 1 FROM group_polls WHERE poll = :poll AND state IN ('waiting', 'open')", poll=poll.key
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
