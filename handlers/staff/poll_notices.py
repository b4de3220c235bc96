"""What staff are told about polls by itself, each thing once: approvers that one has opened, has had to close, or looks
unusual; whoever put it forward that it has opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Address, Sending, Tx
from bot.texts import poll_desk as texts
from handlers.context import Context
from handlers.staff.poll_cards import card
from handlers.staff.reaching import reached
from scheduler import launching
from scheduler.launching import OPENED
from surveys import flow, polls
from surveys.polls import Poll

_FORCED = ("restored", "keys lost")  # why a poll has closed that nobody has ended


def announce(tx: Tx, context: Context) -> list[Sending]:
    """Nothing is marked as told where no approver can be reached."""
    news = list(_news(tx, context))
    approvers = reached(tx, context, staff.members(tx, context.admins, "approver")) if news else []
    if not approvers:
        return []
    sendings: list[Sending] = []
    for key, what, said in news:
        launching.mark_told(tx, key, what)
        to = [*approvers, *_author(tx, context, key, approvers)] if what == OPENED else approvers
        if what in texts.SIGNS and context.department().pause_unusual_polls:
            said = _paused(tx, context, key, said)
        poll = polls.by_key(tx, key)
        sendings += [_card(tx, context, each, at, poll, what, said) for each, at in to if poll]
    return sendings


def _news(tx: Tx, context: Context) -> Iterator[tuple[int, str, str]]:
    """(poll, a word for what has happened, the sentence)"""
    for poll in polls.in_states(tx, "open", "closed"):
        told = launching.launch(tx, poll.key).told
        if poll.state == "closed":
            if poll.why_closed in _FORCED and "closed" not in told:
                yield poll.key, "closed", texts.TOLD_CLOSED
            continue
        if OPENED not in told:
            yield poll.key, OPENED, texts.TOLD_OPENED
        signs = flow.unusual(flow.hours(tx, poll.key), flow.groups(tx, poll.key), context.clock.now())
        for sign in signs:
            if sign not in told:
                yield poll.key, sign, texts.SIGNS[sign]


def _author(
    tx: Tx, context: Context, key: int, approvers: Sequence[tuple[Member, Address]]
) -> Sequence[tuple[Member, Address]]:
    """Whoever has put the poll forward, where they do not hear of it as approvers."""
    by = launching.launch(tx, key).submitted_by
    author = staff.by_key(tx, context.admins, by) if by else None
    return reached(tx, context, [author]) if author and author not in [each for each, _ in approvers] else ()


def _paused(tx: Tx, context: Context, key: int, said: str) -> str:
    """By itself, as the department wants it; two signs at once pause it once."""
    poll = polls.by_key(tx, key)
    if poll and poll.state == "open":
        launching.pause(tx, key, None, context.clock.now())
    return f"{said} {texts.PAUSED_ALONE}"


def _card(tx: Tx, context: Context, member: Member, at: Address, poll: Poll, what: str, said: str) -> Sending:
    return Sending(at, card(tx, context, member, poll, said), f"poll-desk:{poll.key}:{what}:{member.key}")
