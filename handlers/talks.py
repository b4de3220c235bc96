"""A propagandist notes a talk, in one line or in three taps, and corrects or withdraws it within a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.audience import talk_lines, talks, unit_names
from bot.audience.staff import Member
from bot.audience.talk_lines import TalkLine
from bot.audience.talks import Talk
from bot.audience.units import Unit
from bot.model import JSON, Inbound, Outcome, Part, Text, Tx, say
from bot.texts import talks as texts
from handlers import talk_questions as ask
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import unit_menu
from handlers.staff.membership import member as member_of
from handlers.talk_questions import Known
from handlers.wording import counted, day, plain

LONGEST_CONTENT = 300  # characters
LONGEST_NAME = 80

Write = Callable[[Tx, Talk], object]


def is_line(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and talk_lines.opened(inbound.text) is not None


async def note(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """A line with all of it, or some: what is missing is asked for."""
    rest = talk_lines.opened(inbound.text)
    if rest is None:  # "/buoi 45 người …"
        rest = inbound.text.partition(" ")[2] if inbound.text.startswith("/") else ""
    line = talk_lines.parse(rest, context.today)
    known = await context.db.read(ask.load)
    line = line if known.tree.units else _unit_as_place(line)
    units = _units(line, known, member)
    talk = Talk(
        context.token(),
        member.key,
        context.clock.now(),
        held_on=_held_on(line, context.today),
        listeners=line.listeners if line.listeners and talk_lines.sensible(line.listeners) else None,
        unit=units[0].key if len(units) == 1 else None,
        place="" if known.names.exactly(line.place) else line.place,
    )
    if content := _content(line, known):
        talk = _about(talk, content, known)
    remark = _remark(line, context.today)
    if len(units) > 1:
        return _asking(
            inbound, context, talk, ask.UNIT, _after(remark, ask.which_of(units, talk, known)), talks.add
        )
    return await _go_on(inbound, context, member, talk, known, talks.add, remark)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "talk/k3x9q2m7w1zd/n/45", "…/u/12/0", "…/u/12/set", "…/d/7", "…/t/2026-11-20", "…/edit/n", "…/withdraw" """
    _, name, act, value, more = (*inbound.payload.split("/"), "", "", "", "")[:5]
    talk = await context.db.read(talks.find, name)
    if talk is None or not talk.changeable(member.key, context.clock.now()):
        return say(inbound.address, plain(texts.TOO_LATE))
    known = await context.db.read(ask.load)
    match act:
        case ask.WITHDRAW:
            return _withdrawn(inbound, context, talk)
        case ask.EDIT:
            return _edit(inbound, context, member, talk, known, value)
        case ask.ANOTHER if not ask.lacking(talk, known):
            return _counted(inbound, context, talk, known, _changing(context))
        case ask.UNIT if more != unit_menu.SET:
            return _units_inside(inbound, talk, known, value, more)
    given = _given(talk, known, act, value, context.today)
    answered = act if given is not talk else ""
    return await _go_on(inbound, context, member, given, known, _changing(context), answered=answered)


def asked(tx: Tx, inbound: Inbound, context: Context) -> JSON | None:
    """What a member has just been asked about a talk."""
    return context.recent.recall(tx, inbound.address, "talk")


async def answer(inbound: Inbound, context: Context, asked: JSON) -> Outcome | None:
    """What follows a text, if it answers what was asked; None where it does not."""
    member = await member_of(inbound, context)
    talk = await context.db.read(talks.find, asked["name"]) if member else None
    if not (member and talk and talk.changeable(member.key, context.clock.now())):
        return None
    return await _typed(inbound, context, member, talk, asked["about"])


async def _typed(
    inbound: Inbound, context: Context, member: Member, talk: Talk, about: str
) -> Outcome | None:
    """The answer to a question about a talk; None for a text that is none."""
    text, write = inbound.text.strip(), _changing(context)
    if "?" in text or len(text) > LONGEST_CONTENT:
        return None
    known = await context.db.read(ask.load)
    line = talk_lines.parse(text, context.today)
    if about == ask.LISTENERS and (count := talk_lines.count(text)) is not None:
        given = replace(talk, listeners=count) if talk_lines.sensible(count) else talk
        remark = "" if given.listeners == count else _remark(TalkLine(count), context.today)
        return await _go_on(inbound, context, member, given, known, write, remark)
    if about == ask.DAY and line.held_on and not line.rest:
        given = replace(talk, held_on=_held_on(line, context.today))
        return await _go_on(inbound, context, member, given, known, write, _remark(line, context.today))
    if about == ask.UNIT and len(text) <= LONGEST_NAME:
        return await _unit_typed(inbound, context, member, talk, known)
    if about == ask.CONTENT:
        return await _go_on(inbound, context, member, _about(talk, text, known), known, write)
    return None


async def _unit_typed(
    inbound: Inbound, context: Context, member: Member, talk: Talk, known: Known
) -> Outcome:
    found, write = known.names.within(inbound.text, member.unit), _changing(context)
    if len(found) == 1:
        return await _go_on(inbound, context, member, replace(talk, unit=found[0].key), known, write)
    if found:
        return _asking(inbound, context, talk, ask.UNIT, ask.which_of(found, talk, known), write)
    again = ask.question(ask.UNIT, talk, known, member.unit, context.today)
    return _asking(inbound, context, talk, ask.UNIT, _after(texts.UNIT_UNKNOWN, again), write)


# What a line says


def _units(line: TalkLine, known: Known, member: Member) -> list[Unit]:
    """The unit that is named; where none is, the propagandist's own."""
    found = known.names.within(", ".join(line.rest), member.unit)
    if found or any(unit_names.kind_in(part) for part in line.rest):
        return found
    own = known.tree.units.get(member.unit) if member.unit is not None else None
    return [own] if own else []


def _unit_as_place(line: TalkLine) -> TalkLine:
    """Where the department has no list of units, "tổ dân phố 3" says where it was, and not what about."""
    named = next((part for part in line.rest if unit_names.kind_in(part)), "")
    return replace(line, place=line.place or named, rest=tuple(part for part in line.rest if part != named))


def _content(line: TalkLine, known: Known) -> str:
    """What is left of the line when it has been said where."""
    names = known.names
    about = (
        part for part in line.rest if not names.exactly(part) and not (line.place and line.place in part)
    )
    return ", ".join(about)[:LONGEST_CONTENT]


def _about(talk: Talk, content: str, known: Known) -> Talk:
    return replace(talk, content=content, documents=ask.meant(content, known)[0])


def _held_on(line: TalkLine, today: date) -> date | None:
    """Today where nothing is said; None for a day that is still to come."""
    return (line.held_on if line.held_on <= today else None) if line.held_on else today


def _remark(line: TalkLine, today: date) -> str:
    """What cannot be right, before it is asked again."""
    remarks = []
    if line.listeners is not None and not talk_lines.sensible(line.listeners):
        remarks.append(texts.NOT_SENSIBLE.format(count=counted(line.listeners)))
    if line.held_on and line.held_on > today:
        remarks.append(texts.STILL_TO_COME.format(day=day(line.held_on)))
    return " ".join(remarks)


# What a button gives


def _given(talk: Talk, known: Known, act: str, value: str, today: date) -> Talk:
    """The talk with what was chosen; as it was, where that is nothing that could be chosen."""
    if act == ask.LISTENERS and talk_lines.sensible(number(value)):
        return replace(talk, listeners=number(value))
    if act == ask.UNIT and (unit := known.tree.units.get(number(value))):
        return replace(talk, unit=known.tree.survivor(unit).key)
    if act == ask.CONTENT and number(value) in {0, *(each.key for each in known.documents)}:
        chosen = (number(value),) if number(value) else ()
        return replace(talk, content=talk.content or "", documents=chosen)
    if act == ask.DAY and (held_on := _iso_day(value)) and held_on <= today:
        return replace(talk, held_on=held_on)
    return talk


def _iso_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _edit(
    inbound: Inbound, context: Context, member: Member, talk: Talk, known: Known, about: str
) -> Outcome:
    if about not in texts.EDITS:
        return say(inbound.address, ask.what_to_edit(talk, known))
    asked = ask.question(about, replace(talk, documents=()), known, member.unit, context.today)
    return _asking(inbound, context, talk, about, asked)


def _units_inside(inbound: Inbound, talk: Talk, known: Known, key: str, page: str) -> Outcome:
    at = number(key) if number(key) in known.tree.units else None
    choices = unit_menu.inside(known.tree, at, max(number(page), 0), payload(ask.TALK, talk.name, ask.UNIT))
    return say(inbound.address, plain(texts.WHICH_UNIT, *choices))


def _withdrawn(inbound: Inbound, context: Context, talk: Talk) -> Outcome:
    now = context.clock.now()

    def withdraw(tx: Tx) -> None:
        talks.withdraw(tx, talk, now)
        context.recent.forget(tx, inbound.address, "talk")

    said = texts.WITHDRAWN if talk.state == "counted" else texts.NOT_AGAIN
    return say(inbound.address, plain(said), writes=(withdraw,))


# What comes next


async def _go_on(
    inbound: Inbound,
    context: Context,
    member: Member,
    talk: Talk,
    known: Known,
    write: Write,
    remark: str = "",
    answered: str = "",
) -> Outcome:
    """The next question; else it counts. What has just been `answered` is not asked again."""
    if (about := ask.lacking(talk, known)) and about != answered:
        asked = ask.question(about, talk, known, member.unit, context.today)
        return _asking(inbound, context, talk, about, _after(remark, asked), write)
    if talk.state == "draft" and await context.db.read(talks.twin, talk):
        return _asking(inbound, context, talk, ask.ANOTHER, ask.twin(talk), write)
    return _counted(inbound, context, talk, known, write)


def _asking(
    inbound: Inbound, context: Context, talk: Talk, about: str, asked: Text, write: Write | None = None
) -> Outcome:
    """A question, and what is known so far."""

    def keep(tx: Tx) -> None:
        if write:
            write(tx, talk)
        context.recent.remember(tx, inbound.address, "talk", {"name": talk.name, "about": about})

    return say(inbound.address, asked, writes=(keep,))


def _counted(inbound: Inbound, context: Context, talk: Talk, known: Known, write: Write) -> Outcome:
    done = replace(talk, state="counted")

    def keep(tx: Tx) -> None:
        write(tx, done)
        context.recent.forget(tx, inbound.address, "talk")

    heading = texts.CORRECTED if talk.state == "counted" else texts.NOTED
    return say(inbound.address, ask.confirmation(done, known, heading), writes=(keep,))


def _changing(context: Context) -> Write:
    now = context.clock.now()
    return lambda tx, talk: talks.change(tx, talk, now)


def _after(remark: str, asked: Text) -> Text:
    return replace(asked, parts=(Part(f"{remark}\n\n"), *asked.parts)) if remark else asked
