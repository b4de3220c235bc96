"""Polls in chat: editors put them forward, approvers say yes, open, pause and end them.

Every act looks again inside its transaction: an old button, or somebody else a moment earlier, is told how things stand.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.audience import audit, quiet, staff
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import Inbound, Outcome, Sending, Tx, say
from bot.texts import chat
from bot.texts import poll_desk as texts
from handlers.context import Context
from handlers.payloads import number
from handlers.staff import poll_cards, poll_preview
from handlers.staff.deciding import is_own, who_decide
from handlers.staff.digest_cards import at
from handlers.staff.poll_cards import DESK as DESK
from handlers.staff.poll_cards import card, mark
from handlers.staff.reaching import others, reached
from handlers.wording import plain
from scheduler import launching
from surveys import polls
from surveys.polls import Poll

# Who did what left the poll in this state.
_BY = {
    "approved": ("poll.approved",),
    "open": ("poll.resumed", "poll.opened"),
    "paused": ("poll.paused",),
    "closed": ("poll.ended",),
    "draft": ("poll.taken_back",),
}

Act = Callable[[Inbound, Context, Member, Poll, str], Awaitable[Outcome]]


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "polldesk/7/approve/3f2a9c01", "polldesk/7/end/yes" …"""
    _, key, word, value, *_ = (*inbound.payload.split("/"), "", "", "")
    poll = await context.db.read(polls.by_key, number(key))
    if poll is None:
        return say(inbound.address, plain(texts.GONE))
    if word not in _ACTS:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    if word in _OF_APPROVERS and not staff.at_least(member.role, "approver"):
        return say(inbound.address, plain(texts.ONLY_APPROVERS))
    return await _ACTS[word](inbound, context, member, poll, value)


async def _show(inbound: Inbound, context: Context, member: Member, poll: Poll, _: str) -> Outcome:
    return Outcome(settle=lambda tx: _shown(tx, inbound, context, member, poll.key))


async def _full(inbound: Inbound, context: Context, member: Member, poll: Poll, _: str) -> Outcome:
    exact = await context.db.read(poll_preview.full, context, poll)
    shown = await context.db.read(card, context, member, poll)
    return say(inbound.address, *exact, shown)


async def _submit(inbound: Inbound, context: Context, member: Member, poll: Poll, seen: str) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        found = polls.by_key(tx, poll.key)
        if found and found.state == "draft" and mark(tx, found) != seen:
            return _shown(tx, inbound, context, member, poll.key, texts.CHANGED_SINCE)
        before = launching.launch(tx, poll.key).submitted_by if found else None
        try:
            if before is None:
                launching.submit(tx, poll.key, member.key, context.clock.now())
        except InputError as error:
            return _shown(tx, inbound, context, member, poll.key, _with_name(tx, poll.key, str(error)))
        deciding = who_decide(tx, context, before or member.key)
        said = texts.SENT_TO_APPROVERS if deciding else texts.NOBODY_TO_APPROVE
        cards = () if before else _to_approvers(tx, context, member, poll.key, deciding)
        return (*_shown(tx, inbound, context, member, poll.key, said), *cards)

    return Outcome(settle=settle)


def _to_approvers(
    tx: Tx, context: Context, member: Member, key: int, deciding: Sequence[Member]
) -> Sequence[Sending]:
    """Everything that people will read, and the card, to all others who may decide."""
    poll = polls.by_key(tx, key)
    to = reached(tx, context, [each for each in deciding if each.key != member.key])
    if poll is None or not to:
        return ()
    exact = poll_preview.full(tx, context, poll)
    said = texts.TOLD_WAITING.format(name=member.name)
    return [
        Sending(there, text) for each, there in to for text in (*exact, card(tx, context, each, poll, said))
    ]


async def _approve(inbound: Inbound, context: Context, member: Member, poll: Poll, seen: str) -> Outcome:
    def change(tx: Tx) -> str:
        found, now = polls.by_key(tx, poll.key), context.clock.now()
        if found and found.state == "draft":
            if mark(tx, found) != seen:
                return texts.CHANGED_SINCE
            done = launching.launch(tx, poll.key)
            if poll_cards.needs_submitting(context, done):
                return texts.NOT_SUBMITTED
            if is_own(context, member, done.submitted_by):
                return texts.OWN
        launching.approve(tx, poll.key, member.key, now)
        if found and found.opens_at and found.opens_at > now:
            return texts.APPROVED_OPENS.format(when=at(context, found.opens_at))
        return texts.APPROVED

    return _done(inbound, context, member, poll.key, change)


async def _open(inbound: Inbound, context: Context, member: Member, poll: Poll, seen: str) -> Outcome:
    def change(tx: Tx) -> str:
        found = polls.by_key(tx, poll.key)
        if found and found.state == "approved" and mark(tx, found) != seen:
            return texts.CHANGED_SINCE
        launching.open_now(tx, context.box, poll.key, member.key, context.clock.now())
        return texts.OPENED

    return _done(inbound, context, member, poll.key, change)


async def _pause(inbound: Inbound, context: Context, member: Member, poll: Poll, _: str) -> Outcome:
    def change(tx: Tx) -> str:
        launching.pause(tx, poll.key, member.key, context.clock.now())
        return texts.PAUSED

    return _done(inbound, context, member, poll.key, change)


async def _resume(inbound: Inbound, context: Context, member: Member, poll: Poll, _: str) -> Outcome:
    def change(tx: Tx) -> str:
        now = context.clock.now()
        end = quiet.until((context.department().quiet,), now, context.timezone)
        launching.resume(tx, poll.key, member.key, now)
        return texts.RESUMED_QUIET.format(when=at(context, end)) if end else texts.RESUMED

    return _done(inbound, context, member, poll.key, change)


async def _end(inbound: Inbound, context: Context, member: Member, poll: Poll, sure: str) -> Outcome:
    if sure != "yes" and poll.state in ("open", "paused"):
        return say(inbound.address, poll_cards.sure_to_end(poll))

    def change(tx: Tx) -> str:
        launching.end(tx, poll.key, member.key, context.clock.now())
        return texts.ENDED

    return _done(inbound, context, member, poll.key, change)


async def _back(inbound: Inbound, context: Context, member: Member, poll: Poll, _: str) -> Outcome:
    def change(tx: Tx) -> str:
        launching.take_back(tx, poll.key, member.key, context.clock.now())
        return texts.TAKEN_BACK

    return _done(inbound, context, member, poll.key, change)


async def _discard(inbound: Inbound, context: Context, member: Member, poll: Poll, sure: str) -> Outcome:
    if sure != "yes" and poll.state == "draft":
        return say(inbound.address, poll_cards.sure_to_discard(poll))

    def settle(tx: Tx) -> Sequence[Sending]:
        author = _author(tx, poll.key)
        try:
            launching.discard(tx, poll.key, member.key, context.clock.now())
        except InputError as error:
            return _shown(tx, inbound, context, member, poll.key, _with_name(tx, poll.key, str(error)))
        said = plain(texts.DISCARDED.format(title=poll.title))
        return (Sending(inbound.address, said), *_to_author(tx, context, member, author, poll))

    return Outcome(settle=settle)


def _done(
    inbound: Inbound, context: Context, member: Member, key: int, change: Callable[[Tx], str]
) -> Outcome:
    """The poll as it stands after a change, or why there was none and who had been faster."""

    def settle(tx: Tx) -> Sequence[Sending]:
        before, author = polls.by_key(tx, key), _author(tx, key)
        try:
            said = change(tx)
        except InputError as error:
            said = _with_name(tx, key, str(error))
        shown = _shown(tx, inbound, context, member, key, said)
        return (*shown, *(_to_author(tx, context, member, author, before) if before else ()))

    return Outcome(settle=settle)


def _author(tx: Tx, key: int) -> int | None:
    """Who has put it forward."""
    return launching.launch(tx, key).submitted_by if polls.by_key(tx, key) else None


def _to_author(
    tx: Tx, context: Context, member: Member, author: int | None, before: Poll
) -> Sequence[Sending]:
    """Whoever has put it forward hears what somebody else has just decided about it."""
    now = polls.by_key(tx, before.key)
    if now is None:
        said = texts.DISCARDED_TO_AUTHOR.format(name=member.name, title=before.title)
    elif before.state == "draft" and now.state == "approved":
        said = texts.APPROVED_TO_AUTHOR.format(name=member.name)
    elif before.state == "approved" and now.state == "open":
        said = texts.OPENED_TO_AUTHOR.format(name=member.name)
    elif _author(tx, before.key) is None:
        said = texts.BACK_TO_AUTHOR.format(name=member.name)
    else:
        return ()
    return [
        Sending(at, card(tx, context, each, now, said) if now else plain(said))
        for each, at in others(tx, context, [author], member)
    ]


def _with_name(tx: Tx, key: int, what: str) -> str:
    poll = polls.by_key(tx, key)
    if poll is None or what != texts.NOT_NOW[poll.state]:
        return what
    actor = audit.last_actor(tx, f"poll:{key}", _BY[poll.state])
    name = staff.name_of(tx, actor) if actor else ""
    return texts.DONE_BY.format(what=what, name=name) if name else what


def _shown(
    tx: Tx, inbound: Inbound, context: Context, member: Member, key: int, said: str = ""
) -> Sequence[Sending]:
    poll = polls.by_key(tx, key)
    shown = card(tx, context, member, poll, said) if poll else plain(texts.GONE)
    return (Sending(inbound.address, shown),)


_ACTS: dict[str, Act] = {
    "show": _show,
    "full": _full,
    "submit": _submit,
    "approve": _approve,
    "open": _open,
    "pause": _pause,
    "resume": _resume,
    "end": _end,
    "back": _back,
    "discard": _discard,
}
_OF_APPROVERS = ("approve", "open", "pause", "resume", "end")
