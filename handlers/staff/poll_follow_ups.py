""" "thăm dò 12 đã làm: …" (its number or its code): an editor writes what was done about a result, an approver decides, then
it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.model import Address, Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import chat
from bot.texts import poll_news as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff.deciding import is_own, who_decide
from handlers.staff.reaching import others, reached
from handlers.staff.sections import Section
from handlers.wording import brief, plain
from knowledge.normalise import fold
from scheduler import poll_news
from surveys import follow_ups, polls, surveys
from surveys.follow_ups import Proposed
from surveys.polls import Poll

FOLLOW_UP = "pollnews"  # "pollnews/3/mark" shows it, "pollnews/3/mark/yes", "pollnews/3/mark/no"
_WISH = re.compile(r"\W*/?tham do\s+(?P<code>[a-z0-9-]{1,12})\s+da lam\b\s*[:.,-]?\s*", re.IGNORECASE)
_LABEL = 60  # characters


def is_wish(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and bool(_WISH.match(fold(inbound.text)))


async def write(inbound: Inbound, context: Context, member: Member) -> Outcome:
    found = _WISH.match(fold(inbound.text))
    code, text = (found["code"], inbound.text[found.end() :].strip()) if found else ("", "")

    def settle(tx: Tx) -> Sequence[Sending]:
        poll = polls.by_key(tx, number(code)) or polls.by_code(tx, code)
        if poll is None:
            return _told(inbound.address, texts.NO_POLL.format(code=code))
        if poll.state != "closed":
            return _told(inbound.address, texts.NOT_CLOSED.format(title=poll.title))
        if not text:
            return _told(inbound.address, texts.HOW.format(code=poll.code))
        if len(text) > texts.LONGEST:
            return _told(inbound.address, texts.TOO_LONG.format(count=len(text), longest=texts.LONGEST))
        return _proposed(tx, context, member, inbound.address, poll, text)

    return Outcome(settle=settle)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    _, survey, mark, act, *_ = (*inbound.payload.split("/"), "", "", "")
    if act not in ("", "yes", "no"):
        return say(inbound.address, plain(chat.OLD_BUTTON))

    def settle(tx: Tx) -> Sequence[Sending]:
        one = next((each for each in follow_ups.waiting(tx) if each.survey == number(survey)), None)
        poll = follow_ups.last_closed(tx, one.survey) if one else None
        if one is None or poll is None or _mark(one) != mark:
            return _told(inbound.address, texts.GONE)
        if not act:
            return (Sending(inbound.address, _card(tx, context, one, poll)),)
        return _decided(tx, context, member, inbound.address, one, poll, accept=act == "yes")

    return Outcome(settle=settle)


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what waits for an approver."""
    if not staff.at_least(member.role, "approver"):
        return None
    there = [
        (one, poll) for one in follow_ups.waiting(tx) if (poll := follow_ups.last_closed(tx, one.survey))
    ]
    choices = tuple(
        Choice(brief(poll.title, _LABEL), payload(FOLLOW_UP, one.survey, _mark(one))) for one, poll in there
    )
    return Section(texts.SECTION.format(count=len(choices)), choices=choices) if choices else None


def _proposed(
    tx: Tx, context: Context, member: Member, at: Address, poll: Poll, text: str
) -> Sequence[Sending]:
    now = context.clock.now()
    one = follow_ups.propose(tx, poll.survey, text, member.key, now)
    audit.record(tx, member.key, "poll.follow_up_proposed", f"poll:{poll.key}", now)
    card = _card(tx, context, one, poll)
    if _may_decide(context, member, one):
        return (Sending(at, card),)
    approvers = who_decide(tx, context, one.author)
    shown = Text(card.parts)  # without its buttons
    said = texts.PROPOSED if approvers else f"{texts.PROPOSED} {texts.NOBODY_TO_DECIDE}"
    return [
        Sending(at, shown),
        *_told(at, said),
        *(Sending(to, card) for _, to in reached(tx, context, approvers)),
    ]


def _decided(
    tx: Tx, context: Context, member: Member, at: Address, one: Proposed, poll: Poll, *, accept: bool
) -> Sequence[Sending]:
    if accept and not _may_decide(context, member, one):
        return _told(at, texts.OWN)
    now, chats = context.clock.now(), follow_ups.chats(tx, one.survey)
    if accept:
        follow_ups.publish(tx, one, now)
    else:
        follow_ups.drop(tx, one)
    act = "poll.follow_up_accepted" if accept else "poll.follow_up_dropped"
    audit.record(tx, member.key, act, f"poll:{poll.key}", now)
    said = texts.PUBLISHED.format(chats=chats) if accept else texts.DROPPED
    told = (texts.ACCEPTED_TO_AUTHOR if accept else texts.DROPPED_TO_AUTHOR).format(title=poll.title)
    to_author = others(tx, context, [one.author], member)
    return [*_told(at, said), *(Sending(to, plain(told)) for _, to in to_author)]


def _may_decide(context: Context, member: Member, one: Proposed) -> bool:
    return staff.at_least(member.role, "approver") and not is_own(context, member, one.author)


def _card(tx: Tx, context: Context, one: Proposed, poll: Poll) -> Text:
    survey = surveys.by_key(tx, one.survey)
    if survey is None:
        raise LookupError(f"survey {one.survey} has gone within one transaction")
    name = staff.name_of(tx, one.author)
    waits = texts.WAITS.format(name=name, title=poll.title)
    preview = texts.PREVIEW.format(chats=follow_ups.chats(tx, one.survey))
    exact = poll_news.follow_up_words(poll, one.text, context.organisation)
    parts = (Part(f"{waits}\n"), Part(f"{preview}\n\n", "bold"), Part(exact))
    yes = Choice(texts.PUBLISH, payload(FOLLOW_UP, one.survey, _mark(one), "yes"))
    no = Choice(texts.DROP, payload(FOLLOW_UP, one.survey, _mark(one), "no"))
    return Text(parts, (yes, no))


def _mark(one: Proposed) -> str:
    """Of the words that a button was shown with: nobody approves others."""
    return f"{crc32(one.text.encode('utf-8', 'replace')):08x}"


def _told(at: Address, said: str) -> Sequence[Sending]:
    return (Sending(at, plain(said)),)
