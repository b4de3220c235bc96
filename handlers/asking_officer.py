"""A question for an officer: by /gopy, or where nothing fits. One tap sends it; only then is the asker's address kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.audience import duty, links
from bot.files import secrecy
from bot.model import Address, Choice, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import officer as texts
from handlers.commands import after_command
from handlers.context import Context
from handlers.officer_offer import staffed
from handlers.payloads import ANSWER, CANCEL, OFFICER, TAKE_BACK, number, payload
from handlers.staff import cards
from handlers.wording import counted, day, plain, where_to_turn
from knowledge import inquiries, question_log
from knowledge.inquiries import Inquiry
from knowledge.inquiry_groups import Group, by_key, comparable
from knowledge.inquiry_matching import alike, near
from knowledge.question_log import Asked
from knowledge.wordings import kept, question, same

OPEN_OF_ONE = 3  # inquiries of one person that wait at the same time
IN_AN_HOUR = 100  # from one network: what is more is no question of people any more
AWAITED_FOR = timedelta(minutes=15)
ANYWAY = "anyway"
AWAITED = "awaited"  # the draft that says: the next message is for an officer
_CANCELLED = frozenset(("thoi", "huy", "khong", "khong gui", "thoi khong gui", "bo qua"))


# /gopy


async def begin(inbound: Inbound, context: Context) -> Outcome:
    """ "/gopy": asks for the text; "/gopy đường làng hỏng": takes it."""
    if not inbound.private:
        return say(inbound.address, plain(texts.ONLY_IN_PRIVATE, to=inbound))
    if inbound.address.channel in context.keeps_nobody:
        return say(inbound.address, plain(texts.NOT_HERE))
    if not await staffed(context):
        return say(inbound.address, plain(texts.NOBODY.format(organisation=context.organisation)))
    text = after_command(inbound, "gopy")
    return await (_previewed(inbound, context, text) if text else _asked(inbound, context))


async def take(inbound: Inbound, context: Context) -> Outcome:
    """The message that was awaited."""
    if same(inbound.text) in _CANCELLED:
        return await cancel(inbound, context)
    return await _previewed(inbound, context, inbound.text.strip())


async def cancel(inbound: Inbound, context: Context) -> Outcome:
    def forget(tx: Tx) -> None:
        context.drafts.drop(tx, inbound.address, AWAITED)

    return say(inbound.address, plain(texts.CANCELLED), writes=(forget,))


async def _asked(inbound: Inbound, context: Context) -> Outcome:
    said = [texts.ASK.format(longest=counted(inquiries.LONGEST), organisation=context.organisation)]
    waiting = await _waiting(inbound, context)
    if waiting:
        said.append(texts.WAITING.format(numbers=_numbers(waiting)))

    def await_text(tx: Tx) -> None:
        context.drafts.keep(tx, inbound.address, AWAITED, {})

    choices = [Choice(texts.NEVER_MIND, CANCEL)]
    choices += [_take_back_button(inquiry.number) for inquiry in waiting]
    return say(inbound.address, plain("\n\n".join(said), *choices), writes=(await_text,))


async def _previewed(inbound: Inbound, context: Context, text: str) -> Outcome:
    """Nothing is sent before the person has read what will be, and what is kept then."""
    if refusal := _refusal(text, context):
        return say(inbound.address, plain(refusal))  # still awaited: they may write it again
    token = context.token()
    finding = context.library.find(text, context.thresholds)
    said = [
        texts.PREVIEW.format(organisation=context.organisation, text=kept(text, inquiries.LONGEST)),
        *([texts.PREVIEW_MASKED] if kept(text, inquiries.LONGEST) != " ".join(text.split()) else []),
        texts.PREVIEW_KEPT,
    ]
    choices = [Choice(texts.SEND, payload(OFFICER, token)), Choice(texts.NEVER_MIND, CANCEL)]
    if finding.outcome == "answer" and finding.entry:
        said.append(texts.HAS_ANSWER)
        choices.insert(1, Choice(texts.SEE_ANSWER, payload(ANSWER, finding.entry.key)))

    def keep(tx: Tx) -> None:
        context.drafts.drop(tx, inbound.address, AWAITED)
        context.drafts.keep(tx, inbound.address, token, {"text": text, "unlogged": True})

    return say(inbound.address, plain("\n\n".join(said), *choices), writes=(keep,))


# The tap


async def send(inbound: Inbound, context: Context, of: tuple[str, ...]) -> Outcome:
    """Sends what is kept under a token. `of` ends with ANYWAY where an answer to a like question was not enough."""
    at, now = inbound.address, context.clock.now()
    draft = await context.db.read(context.drafts.find, at, of[0])
    if draft is None:
        return say(at, plain(texts.TOO_OLD))
    if "text" not in draft:
        return say(at, plain(_sent_already(await _waiting(inbound, context))))
    text = str(draft["text"])
    if refusal := _refusal(text, context) or await _too_many(inbound, context):
        return say(at, plain(refusal))
    group, maybe = await _alike(context, text)
    if group and group.state == "answered" and of[-1] != ANYWAY:
        return say(at, _answered_alike(group, context, of[0]))
    close = context.library.find(text, context.thresholds).ranked

    def settle(tx: Tx) -> Sequence[Sending]:
        # What was answered is no group to join: this asker wants an answer of their own.
        into = by_key(tx, group.key) if group and group.state == "open" else None
        waiting = _waiting_in(tx, inbound)
        if into and any(each.group == into.key for each in waiting):  # told once, counted once
            return (Sending(at, plain(_sent_already(waiting))),)
        inquiry = inquiries.send(tx, text, at, into.key if into else None, now, maybe)
        context.drafts.keep(tx, at, of[0], {})  # without its number: it outlives the answer
        if draft.get("unlogged"):
            _log(tx, inbound, context, text)
        confirmation = Sending(at, _confirmation(inquiry, context))
        return (confirmation, *cards.announced(tx, context, inquiry.group, close))

    return Outcome(settle=settle)


async def take_back(inbound: Inbound, context: Context, of: tuple[str, ...]) -> Outcome:
    which, account = number(of[0]), Address(inbound.address.channel, inbound.sender)

    def settle(tx: Tx) -> Sequence[Sending]:
        gone = [inquiries.take_back(tx, which, each) for each in links.accounts(tx, account)]
        said = texts.TAKEN_BACK if any(gone) else texts.NOT_WAITING
        return (Sending(inbound.address, plain(said.format(number=which))),)

    return Outcome(settle=settle)


def _refusal(text: str, context: Context) -> str:
    """Why this text cannot be sent; "" when nothing is in the way."""
    if not any(character.isalnum() for character in text):
        return texts.NO_WORDS
    if concern := context.library.find(text, context.thresholds).sensitive:
        return where_to_turn(concern, context.department())
    if len(text) > inquiries.LONGEST:
        return texts.TOO_LONG.format(length=counted(len(text)), longest=counted(inquiries.LONGEST))
    if mark := secrecy.mark_among(text):
        return texts.MARKED.format(mark=mark)
    return ""


async def _too_many(inbound: Inbound, context: Context) -> str:
    waiting = await _waiting(inbound, context)
    if len(waiting) >= OPEN_OF_ONE:
        return texts.TOO_MANY.format(count=len(waiting), numbers=_numbers(waiting))
    sent = await context.db.read(inquiries.sent_in_hour, inbound.address.channel, context.clock.now())
    return texts.BUSY if sent >= IN_AN_HOUR else ""


def _sent_already(waiting: Sequence[Inquiry]) -> str:
    more = [texts.WAITING.format(numbers=_numbers(waiting))] if waiting else []
    return " ".join((texts.SENT_ALREADY, *more))


async def _alike(context: Context, text: str) -> tuple[Group | None, int | None]:
    """The group that asks this, and the number of an open one that may."""
    groups, index = await context.db.read(comparable, context.clock.now()), context.library.index
    if same_group := await asyncio.to_thread(alike, text, groups, index):
        return same_group, None
    open_ones = [group for group in groups if group.state == "open"]
    found = await asyncio.to_thread(near, text, open_ones, index)
    return None, found.number if found else None


def _answered_alike(group: Group, context: Context, token: str) -> Text:
    said = texts.ANSWERED_ALIKE.format(
        organisation=context.organisation, question=group.question, answer=group.answer
    )
    return plain(said, Choice(texts.SEND_ANYWAY, payload(OFFICER, token, ANYWAY)))


def _confirmation(inquiry: Inquiry, context: Context) -> Text:
    sent = texts.SENT_WEB if inquiry.channel == "web" else texts.SENT
    said = [
        sent.format(organisation=context.organisation, number=inquiry.number),
        *_hours(context),
        texts.SENT_KEPT,
    ]
    return plain("\n\n".join(said), _take_back_button(inquiry.number))


def _hours(context: Context) -> list[str]:
    hours = context.department().working_hours
    now = context.clock.now().astimezone(context.timezone)
    if duty.on_duty(hours, now):
        return []
    there = duty.next_duty(hours, now)
    return [texts.AFTER_HOURS.format(hours=hours, time=f"{there:%H:%M}", date=day(there))]


def _log(tx: Tx, inbound: Inbound, context: Context, text: str) -> None:
    """What was sent by /gopy has not been asked before: it is counted like a question without an answer."""
    now, today = context.clock.now(), context.today
    asked = Asked(question(text), "none", 0.0)
    sender = Address(inbound.address.channel, inbound.sender)
    mark = question_log.asker_mark(context.day_key(today), sender, asked.question)
    question_log.record(tx, asked, inbound.address.channel, mark, now, today)


async def _waiting(inbound: Inbound, context: Context) -> list[Inquiry]:
    return await context.db.read(_waiting_in, inbound)


def _waiting_in(tx: Tx, inbound: Inbound) -> list[Inquiry]:
    """What the person still waits for, asked on whichever of their networks."""
    account = Address(inbound.address.channel, inbound.sender)
    return inquiries.waiting_of(tx, links.accounts(tx, account))


def _numbers(waiting: Sequence[Inquiry]) -> str:
    return ", ".join(f"#{inquiry.number}" for inquiry in waiting)


def _take_back_button(which: int) -> Choice:
    return Choice(texts.TAKE_BACK.format(number=which), payload(TAKE_BACK, which))
