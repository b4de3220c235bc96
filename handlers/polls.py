"""Short polls in private: which are open, consent, one question at a time, and off goes the ballot.

Everything is decided inside the transaction that finishes the message, so that a kill or a message that is delivered twice
changes nothing: the draft and the ballot move together with the inbox row. Nothing about a poll is logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.audience import links
from bot.model import Address, Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import polls as texts
from handlers import poll_prompts as prompts
from handlers.commands import asked, command
from handlers.context import Context, Handler
from handlers.payloads import POLL, fields
from handlers.wording import plain
from knowledge.normalise import fold
from scheduler import poll_reminders
from surveys import ballot_drafts, engine, polls, surveys, ways_in
from surveys.ballot import Source
from surveys.engine import Run, Step
from surveys.polls import Poll

COMMAND = "khaosat"
CODE = re.compile(r"[a-z0-9]{3}-?[a-z0-9]{3}", re.ASCII | re.IGNORECASE)
WEB = "web"
AWAITED = "poll"  # the draft that says: the next text answers this poll
AWAITED_FOR = timedelta(hours=1)


# What there is


async def show(inbound: Inbound, context: Context) -> Outcome:
    """ "/khaosat": the open polls; "/khaosat k7m2qx": that one."""
    if refusal := _not_here(inbound, context):
        return refusal
    if code := asked(inbound, COMMAND):
        return await named(inbound, context, code)
    return Outcome(settle=lambda tx: (_list(tx, inbound, context),))


async def named(inbound: Inbound, context: Context, code: str) -> Outcome:
    """Somebody names a poll: by a link, a code, or the button of an invitation."""
    return _not_here(inbound, context) or Outcome(
        settle=lambda tx: _in_poll(tx, inbound, context, code, _begin)
    )


async def from_link(inbound: Inbound, context: Context) -> Outcome:
    """ "/start r_k7m2qx" """
    return await named(
        inbound, context, inbound.text.partition(" ")[2].strip().removeprefix(ways_in.DEEP_LINK)
    )


def is_link(inbound: Inbound) -> bool:
    return command(inbound) == "/start" and inbound.text.partition(" ")[2].strip().startswith(
        ways_in.DEEP_LINK
    )


def unless_code(handle: Handler) -> Handler:
    """The handler, for texts that are not the code of a poll by itself."""

    async def handle_other(inbound: Inbound, context: Context) -> Outcome:
        text = inbound.text.strip()
        looks = inbound.private and CODE.fullmatch(text) and any(map(str.isdigit, text))
        found = await context.db.read(polls.by_code, text) if looks else None
        return await (named(inbound, context, text) if found else handle(inbound, context))

    return handle_other


async def press(inbound: Inbound, context: Context) -> Outcome:
    """ "poll/k7m2qx/3o2" """
    found = fields(inbound, POLL, 2)
    if refusal := _not_here(inbound, context):
        return refusal
    if found is None:
        return say(inbound.address, plain(texts.UNKNOWN.format(code="", **_words(inbound, context))))
    code, what = found
    decide = _begin if what == ways_in.BEGIN else _moved(lambda poll, run: engine.act(poll, run, what))
    return Outcome(settle=lambda tx: _in_poll(tx, inbound, context, code, decide))


# Words


async def take(inbound: Inbound, context: Context, code: str) -> Outcome | None:
    """The text as an answer; None where it is something else: a question of its own, typed between two answers."""
    poll, run = await context.db.read(_position, inbound, context, code)
    if poll is None:
        return None
    if poll.state == "closed":  # meanwhile: what was meant for it is no question to be kept
        return Outcome(settle=lambda tx: _in_poll(tx, inbound, context, code, _begin))
    if what := _button_named(poll, run, inbound.text):
        return Outcome(
            settle=lambda tx: _in_poll(
                tx, inbound, context, code, _moved(lambda poll, run: engine.act(poll, run, what))
            )
        )
    if engine.typed(poll, run, inbound.text).problem in ("unclear", "old"):
        return None
    decide = _moved(lambda poll, run: engine.typed(poll, run, inbound.text))
    return Outcome(settle=lambda tx: _in_poll(tx, inbound, context, code, decide))


def _position(tx: Tx, inbound: Inbound, context: Context, code: str) -> tuple[Poll | None, Run]:
    poll = polls.by_code(tx, code)
    draft = context.box.drafts.find(tx, inbound.address, poll.key) if poll else None
    return poll, engine.from_json(poll, draft) if poll and draft else Run()


def _button_named(poll: Poll, run: Run, text: str) -> str:
    """What the button does whose words somebody types, or its number where numbers mean nothing else; "" for no button."""
    asked_freely = run.stage == "question" and poll.questions[run.at - 1].kind == "open"
    choices = prompts.choices(poll, run)
    said = fold(text).casefold().strip(" .!")
    for number, choice in enumerate(choices, 1):
        by_number = said == str(number) and run.stage != "question"
        label = fold(choice.label).casefold()
        shortened = (
            choice.leads and " " in said and label.startswith(f"{said} ")
        )  # "bỏ qua" for "Bỏ qua câu này"
        by_words = (said == label or shortened) and (choice.leads or not asked_freely)
        if by_number or by_words:
            return choice.payload.split("/")[-1]
    return ""


# In one transaction

Decide = Callable[[Tx, Inbound, Context, Poll], Text]


def _in_poll(tx: Tx, inbound: Inbound, context: Context, code: str, decide: Decide) -> Sequence[Sending]:
    poll = polls.by_code(tx, code)
    if poll is None or not poll.has_opened:
        said = texts.NOT_YET if poll else texts.UNKNOWN.format(code=code[:20], **_words(inbound, context))
        return (Sending(inbound.address, plain(said)),)
    return (
        Sending(
            inbound.address, _out_of_order(tx, inbound, context, poll) or decide(tx, inbound, context, poll)
        ),
    )


def _out_of_order(tx: Tx, inbound: Inbound, context: Context, poll: Poll) -> Text | None:
    """What is said instead where the poll takes nothing from this person just now."""
    if poll.state == "closed" or context.received(tx, inbound.id) > poll.closes_at:
        context.drafts.drop(tx, inbound.address, AWAITED)
        return _closed(tx, context, poll)
    if poll.state == "paused":
        return plain(texts.PAUSED.format(**_words(inbound, context)))
    if context.box.has_answered(tx, poll.key, _accounts(tx, inbound)):
        return plain(texts.ANSWERED)
    return None


def _closed(tx: Tx, context: Context, poll: Poll) -> Text:
    newer = polls.newest_version(tx, poll)
    if newer.key != poll.key and newer.state == "open":
        return plain(
            texts.CHANGED, Choice(texts.BEGIN.format(title=newer.title), prompts.action(newer, ways_in.BEGIN))
        )
    url = ways_in.page(context.public_url, poll.code)
    return plain(texts.CLOSED, *([Choice(texts.CLOSED_RESULTS, url=url)] if url else []))


def _begin(tx: Tx, inbound: Inbound, context: Context, poll: Poll) -> Text:
    """Consent for who is new; where they stopped, for who has begun."""
    draft = context.box.drafts.find(tx, inbound.address, poll.key)
    if draft is None:
        survey = surveys.by_key(tx, poll.survey)
        if survey is None:
            raise LookupError(f"poll {poll.key} belongs to no survey")
        _await_text(tx, inbound, context, poll)
        return prompts.consent(poll, survey, context.organisation, context.timezone)
    _await_text(tx, inbound, context, poll)
    return prompts.show(poll, engine.from_json(poll, draft), before=texts.RESUMED)


def _moved(move: Callable[[Poll, Run], Step]) -> Decide:
    def decide(tx: Tx, inbound: Inbound, context: Context, poll: Poll) -> Text:
        draft = context.box.drafts.find(tx, inbound.address, poll.key)
        step = move(poll, engine.from_json(poll, draft) if draft else Run())
        if draft is None and step.problem:
            return _begin(tx, inbound, context, poll)  # it was erased after a day, or by them
        if step.run.stage == "declined":
            return _stopped(tx, inbound, context, poll, begun=draft is not None)
        if step.run.stage == "sent":
            return _sent(tx, inbound, context, poll, step.run)
        context.box.drafts.keep(tx, inbound.address, poll.key, engine.to_json(step.run), context.clock.now())
        _await_text(tx, inbound, context, poll)
        return prompts.show(poll, step.run, step.problem)

    return decide


def _stopped(tx: Tx, inbound: Inbound, context: Context, poll: Poll, *, begun: bool) -> Text:
    ballot_drafts.drop(tx, inbound.address, poll.key)
    poll_reminders.withdraw(tx, [inbound.address])
    context.drafts.drop(tx, inbound.address, AWAITED)
    return plain(texts.STOPPED if begun else texts.DECLINED)


def _sent(tx: Tx, inbound: Inbound, context: Context, poll: Poll, run: Run) -> Text:
    source: Source = "web" if inbound.address.channel == WEB else "chat"
    voters = _accounts(tx, inbound)
    became = context.box.submit(
        tx, poll.key, voters, engine.ballot(run, source), context.received(tx, inbound.id)
    )
    poll_reminders.withdraw(tx, voters)
    context.drafts.drop(tx, inbound.address, AWAITED)
    if became == "sent":
        return plain(texts.THANKS.format(until=prompts.until(poll, context.timezone)))
    return _out_of_order(tx, inbound, context, poll) or plain(texts.ANSWERED)


def _await_text(tx: Tx, inbound: Inbound, context: Context, poll: Poll) -> None:
    context.drafts.keep(tx, inbound.address, AWAITED, {"code": poll.code})


def _list(tx: Tx, inbound: Inbound, context: Context) -> Sending:
    going = polls.in_states(tx, "open")
    if not going:
        return Sending(inbound.address, plain(texts.NONE_OPEN.format(organisation=context.organisation)))
    lines, choices = [], []
    for poll in going:
        line = texts.OPEN_LINE.format(
            title=poll.title, questions=len(poll.questions), until=prompts.until(poll, context.timezone)
        )
        if context.box.has_answered(tx, poll.key, _accounts(tx, inbound)):
            lines.append(texts.OPEN_ANSWERED.format(line=line))
            continue
        begun = context.box.drafts.find(tx, inbound.address, poll.key) is not None
        lines.append(texts.OPEN_BEGUN.format(line=line) if begun else line)
        choices.append(Choice(texts.BEGIN.format(title=poll.title), prompts.action(poll, ways_in.BEGIN)))
    return Sending(inbound.address, Text((Part("\n".join((texts.OPEN, *lines))),), tuple(choices)))


def _not_here(inbound: Inbound, context: Context) -> Outcome | None:
    if not inbound.private:
        return say(
            inbound.address, plain(texts.ONLY_IN_PRIVATE.format(**_words(inbound, context)), to=inbound)
        )
    if inbound.address.channel in context.keeps_nobody:
        return say(inbound.address, plain(texts.NOT_HERE))
    return None


def _accounts(tx: Tx, inbound: Inbound) -> list[Address]:
    return links.accounts(tx, Address(inbound.address.channel, inbound.sender))


def _words(inbound: Inbound, context: Context) -> dict[str, str]:
    return context.words(inbound.address.channel)
