"""A private text that has just been asked for: it is no question of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.audience.staff import Member, Role
from bot.model import JSON, Inbound, Outcome, Tx
from handlers import asking_officer, forward_reports, polls, talks
from handlers.context import Context, Handler
from handlers.payloads import KIT
from handlers.staff import asked, digests, documents, schedules
from handlers.staff.membership import member


def unless_expected(handle: Handler) -> Handler:
    """The handler, for texts that no officer is to get and that no talk, no poll and no form of staff has asked for."""

    async def handle_unexpected(inbound: Inbound, context: Context) -> Outcome:
        if not inbound.private:
            return await handle(inbound, context)
        awaited, about_talk = await context.db.read(_expected, inbound, context)
        if asking_officer.AWAITED in awaited:
            return await asking_officer.take(inbound, context)
        of_staff, poll = awaited.get(asked.AWAITED), awaited.get(polls.AWAITED)
        answered = await _of_staff(inbound, context, of_staff) if of_staff else None
        if about_talk and not answered:
            answered = await talks.answer(inbound, context, about_talk)
        if poll and not answered:
            answered = await polls.take(inbound, context, str(poll["code"]))
        return answered or await handle(inbound, context)

    return handle_unexpected


async def _of_staff(inbound: Inbound, context: Context, about: JSON) -> Outcome | None:
    """The role is asked for anew: it may have ended since."""
    if about["what"] not in _ANSWERS:
        return None
    needed, answer = _ANSWERS[about["what"]]
    found = await member(inbound, context, needed)
    return await answer(inbound, context, found, about) if found else None


# What was asked of whom, and what follows.
_ANSWERS: dict[str, tuple[Role, Callable[[Inbound, Context, Member, JSON], Awaitable[Outcome | None]]]] = {
    documents.ASKED: ("editor", documents.answer),
    digests.ASKED_TEXT: ("approver", digests.answer_text),
    digests.ASKED_TIME: ("approver", digests.answer_time),
    schedules.ASKED: ("approver", schedules.answer),
    KIT: ("collaborator", forward_reports.answer),
}


# The drafts that await a text, each with how long it does.
_AWAITED = {
    asking_officer.AWAITED: asking_officer.AWAITED_FOR,
    asked.AWAITED: asked.AWAITED_FOR,
    polls.AWAITED: polls.AWAITED_FOR,
}


def _expected(tx: Tx, inbound: Inbound, context: Context) -> tuple[dict[str, JSON], JSON | None]:
    """Everything that may wait for a text, in one read: every question that people type passes here."""
    awaited = context.drafts.find_all(tx, inbound.address, _AWAITED)
    return awaited, talks.asked(tx, inbound, context)
