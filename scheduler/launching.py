"""Polls on their way to people: put forward, approved, opened, paused, ended.

Each act says who did it, and raises InputError where somebody was quicker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import campaigns
from bot.audience import audit, recipients, units
from bot.audience.recipients import Recipient
from bot.clock import stamp
from bot.errors import InputError
from bot.model import Tx
from bot.texts import poll_desk as texts
from scheduler.selection import place
from surveys import polls
from surveys.ballots import Ballots
from surveys.polls import Poll, State
from surveys.running import end_early, open_poll
from surveys.surveys import Survey

CAUSES = "poll:"  # what the causes of all invitations, and of polls in groups, begin with
OPENED = "opened"  # what staff know: that it is open
_KINDS = {"subscribers": "private", "groups": "group"}


@dataclass(frozen=True, slots=True)
class Launch:
    """What staff have done about a poll, and how far its invitations are.

    announced  the place of the last chat that has been invited; invited: how many
    told       what staff have heard of it by itself
    """

    submitted_by: int | None
    approved_by: int | None
    announced: str
    invited: int
    told: tuple[str, ...]


def launch(tx: Tx, key: int) -> Launch:
    row = tx.rows(
        "SELECT submitted_by, approved_by, announced, invited, told FROM polls WHERE key = :key", key=key
    )[0]
    told = tuple(json.loads(row["told"] or "[]"))
    return Launch(row["submitted_by"], row["approved_by"], row["announced"], row["invited"], told)


def mark_told(tx: Tx, key: int, what: str) -> None:
    told = [*launch(tx, key).told, what]
    tx.run("UPDATE polls SET told = :told WHERE key = :key", key=key, told=json.dumps(told))


def cause(key: int) -> str:
    """What the causes of its invitations begin with."""
    return f"{CAUSES}{key}:"


def chosen(tx: Tx, poll: Poll, survey: Survey) -> list[Recipient]:
    """Who is invited, groups first. Of units with what lies below them now."""
    kinds = {_KINDS[audience] for audience in poll.audiences if audience in _KINDS}
    found = [each for each in recipients.all_recipients(tx) if each.kind in kinds]
    if survey.units:
        inside = units.load(tx).within(survey.units)
        found = [each for each in found if each.unit in inside]
    return sorted(found, key=place)


def names_of_units(tx: Tx, survey: Survey) -> list[str]:
    """As they are called now."""
    tree = units.load(tx)
    there = [tree.survivor(tree.units[key]) for key in survey.units if key in tree.units]
    return list(dict.fromkeys(tree.path(unit.key) for unit in there))


# What staff do


def submit(tx: Tx, key: int, by: int, now: datetime) -> None:
    """Somebody else is to look at it."""
    _change(tx, key, ("draft",), "state = 'draft', submitted_by = :by", now, by=by)
    audit.record(tx, by, "poll.submitted", f"poll:{key}", now)


def approve(tx: Tx, key: int, by: int, now: datetime) -> None:
    _change(tx, key, ("draft",), "state = 'approved', approved_by = :by", now, by=by)
    audit.record(tx, by, "poll.approved", f"poll:{key}", now)


def take_back(tx: Tx, key: int, by: int, now: datetime) -> None:
    """What was put forward or approved, and nobody has been asked, is a draft again."""
    nobody = "state = 'draft', submitted_by = NULL, approved_by = NULL"
    _change(tx, key, ("draft", "approved"), nobody, now)
    audit.record(tx, by, "poll.taken_back", f"poll:{key}", now)


def discard(tx: Tx, key: int, by: int, now: datetime) -> None:
    """A draft goes for good."""
    if not tx.run("DELETE FROM polls WHERE key = :key AND state = 'draft'", key=key):
        raise _not_now(tx, key)
    audit.record(tx, by, "poll.discarded", f"poll:{key}", now)


def open_now(tx: Tx, box: Ballots, key: int, by: int, now: datetime) -> None:
    poll = polls.by_key(tx, key)
    if poll and poll.state == "approved" and poll.closes_at <= now:
        raise InputError(texts.TOO_LATE)
    if not open_poll(tx, box, key, now):
        raise _not_now(tx, key)
    mark_told(tx, key, OPENED)
    audit.record(tx, by, "poll.opened", f"poll:{key}", now)


def pause(tx: Tx, key: int, by: int | None, now: datetime) -> None:
    """It takes no answers, and what has not been sent waits. `by` None: by itself."""
    if not polls.move(tx, key, "paused", among_states=("open",), now=now):
        raise _not_now(tx, key)
    campaigns.pause(tx, cause(key))
    audit.record(tx, by, "poll.paused", f"poll:{key}", now)


def resume(tx: Tx, key: int, by: int, now: datetime) -> None:
    """It takes answers again, and what was to be sent goes out."""
    if not polls.move(tx, key, "open", among_states=("paused",), now=now):
        raise _not_now(tx, key)
    campaigns.resume(tx, cause(key), stamp(now))
    audit.record(tx, by, "poll.resumed", f"poll:{key}", now)


def end(tx: Tx, key: int, by: int, now: datetime) -> None:
    """No answer that comes from now on counts; it closes within a minute."""
    if not end_early(tx, key, now):
        raise _not_now(tx, key)
    campaigns.cancel(tx, cause(key), stamp(now))
    audit.record(tx, by, "poll.ended", f"poll:{key}", now)


def _change(
    tx: Tx, key: int, states: Sequence[State], columns: str, now: datetime, **values: int | None
) -> None:
    within = ", ".join(f"'{state}'" for state in states)
    if not tx.run(
        f"UPDATE polls SET {columns}, changed_at = :now WHERE key = :key AND state IN ({within})",  # noqa: S608
        key=key,
        now=stamp(now),
        **values,
    ):
        raise _not_now(tx, key)


def _not_now(tx: Tx, key: int) -> InputError:
    poll = polls.by_key(tx, key)
    return InputError(texts.NOT_NOW[poll.state] if poll else texts.GONE)
