"""/thietlap in a group: its administrators choose the unit, the topics, the quiet hours, and whether it may answer unasked.

The command given inside a topic of a forum also says that digests go there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.audience import groups, quiet, unit_names, units
from bot.audience.groups import Group
from bot.audience.units import Tree
from bot.errors import InputError
from bot.model import Choice, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import chat, subscribing
from bot.texts import groups as texts
from handlers.commands import asked
from handlers.context import Context
from handlers.group_leaders import refused
from handlers.groups import described
from handlers.in_place import in_place
from handlers.payloads import GROUP, GROUP_UNIT, number, payload
from handlers.staff import unit_menu
from handlers.topic_choices import named, page_of, toggled, topic_choices
from handlers.wording import plain
from scheduler import calling_off

COMMAND = "thietlap"
CARD = "card"
UNITS, TOPICS, TOPIC, QUIETS, QUIET, ANSWERS, STATE = (
    "units",
    "topics",
    "topic",
    "quiets",
    "quiet",
    "answers",
    "state",
)
QUIET_HOURS = (None, "20:00-07:00", "22:00-05:30")  # None: as the department

Values = dict[str, Any]


def is_wish(inbound: Inbound) -> bool:
    return not inbound.private and asked(inbound, COMMAND) is not None


async def explain(inbound: Inbound, context: Context) -> Outcome:
    said = texts.ONLY_IN_GROUP.format(**context.words(inbound.address.channel))
    return say(inbound.address, plain(said))


async def open_(inbound: Inbound, context: Context) -> Outcome:
    """The command alone shows how the group is set up; with words it chooses a unit or quiet hours."""
    if refusal := await refused(inbound, context):
        return refusal
    words = asked(inbound, COMMAND) or ""
    here: Values = {"thread": inbound.thread}
    if not words:
        return await _changed(inbound, context, here)
    try:
        hours = str(quiet.parse(words))
    except InputError as error:
        if quiet.is_span(words):
            return say(inbound.address, plain(str(error), to=inbound))
        return await _unit_named(inbound, context, words, here)
    return await _changed(inbound, context, here | {"quiet": hours}, texts.SAVED)


async def press(inbound: Inbound, context: Context) -> Outcome:
    """ "group", "group/card", "group/units", "group/topics/1", "group/topic/<key>", "group/quiets", "group/quiet/1",
    "group/answers/1", "group/state/on" """
    if inbound.private:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    if refusal := await refused(inbound, context):
        return refusal
    _, act, of = (*inbound.payload.split("/"), "", "")[:3]
    if act in ("", CARD):
        return await _changed(inbound, context, {}, anew=not act)
    if act == UNITS:
        return await _units(inbound, context, None, 0)
    if act == QUIETS:
        return say(inbound.address, in_place(inbound, context, _quiets(inbound, context)))
    if act == ANSWERS:
        return await _answers(inbound, context, of == "1")
    if act == TOPICS:
        return await _topics(inbound, context, max(number(of), 1))
    if act == TOPIC:
        return await _topic(inbound, context, of)
    if act == QUIET and -1 < number(of) < len(QUIET_HOURS):
        hours = QUIET_HOURS[number(of)]
        return await _changed(inbound, context, {"quiet": hours}, texts.SAVED)
    if act == STATE and of in ("on", "new"):
        return await _changed(inbound, context, {"state": of}, texts.SAVED)
    return say(inbound.address, plain(chat.OLD_BUTTON))


async def press_unit(inbound: Inbound, context: Context) -> Outcome:
    """ "gunit/12/0" looks inside, "gunit/12/set" chooses."""
    if inbound.private:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    if refusal := await refused(inbound, context):
        return refusal
    _, key, act = (*inbound.payload.split("/"), "", "")[:3]
    tree = await context.db.read(units.load)
    unit = tree.units.get(number(key))
    if unit and act == unit_menu.SET:
        chosen = tree.survivor(unit).key
        return await _changed(inbound, context, {"unit": chosen}, texts.SAVED)
    return await _units(inbound, context, unit.key if unit else None, max(number(act), 0))


def card(tx: Tx, context: Context, group: Group, channel: str, *said: str) -> Text:
    """How the group is set up, and what can be changed."""
    lines = [
        texts.CARD.format(
            state=texts.STATES[group.state],
            unit=unit_of(units.load(tx), group) or texts.NO_UNIT,
            topics=named(group.topics, texts.EVERY_TOPIC),
            quiet=group.quiet or _usual(context),
        ),
        *(
            [texts.ANSWERS_LINE.format(answers=_yes(group.answers))]
            if group.can_read or group.answers
            else []
        ),
    ]
    paragraphs = [*said, "\n".join(lines), *([texts.THREAD] if group.thread else [])]
    if group.state == "off":
        paragraphs.append(texts.OFF_BY_STAFF.format(**context.words(channel)))
    return plain("\n\n".join(paragraphs), *_ways(tx, context, group, channel))


def unit_of(tree: Tree, group: Group) -> str:
    """ "Tổ dân phố 3, Phường Bình Minh"; "" for none."""
    return tree.path(group.unit) if group.unit in tree.units else ""


async def _changed(
    inbound: Inbound, context: Context, values: Values, *said: str, anew: bool = False
) -> Outcome:
    """Written down, and the card as it is then; `anew`: as a message of its own. Whatever is chosen first also means that
    digests are wanted."""
    facts, now = await described(inbound, context), context.clock.now()

    def settle(tx: Tx) -> Sequence[Sending]:
        groups.add(tx, inbound.group, now)
        if facts:
            groups.learn(tx, inbound.group, facts, now)
        group = _present(tx, inbound)
        wanted = dict(values)
        if group.state == "off":
            wanted.pop("state", None)
        elif group.state == "new" and wanted.keys() & {"unit", "topics", "quiet"}:
            wanted["state"] = "on"
        differing = {name: value for name, value in wanted.items() if getattr(group, name) != value}
        if differing:
            groups.change(tx, group.key, None, now, **differing)
        if differing.get("state") == "new":
            calling_off.call_off(tx, group.at, now)
        shown = card(tx, context, _present(tx, inbound), inbound.address.channel, *said)
        return [Sending(inbound.address, shown if anew else in_place(inbound, context, shown))]

    return Outcome(settle=settle)


async def _unit_named(inbound: Inbound, context: Context, words: str, here: Values) -> Outcome:
    names = await context.db.read(unit_names.load)
    found = names.meant(words)
    if len(found) == 1:
        chosen = found[0].key
        return await _changed(inbound, context, here | {"unit": chosen}, texts.SAVED)
    if found:
        return say(inbound.address, plain(texts.WHICH, *unit_menu.these(names.tree, found, GROUP_UNIT)))
    said = texts.UNKNOWN_UNIT.format(text=words[:60]) if names.tree.units else texts.NO_UNITS
    return say(inbound.address, plain(said, *unit_menu.inside(names.tree, None, 0, GROUP_UNIT), to=inbound))


async def _units(inbound: Inbound, context: Context, at: int | None, page: int) -> Outcome:
    tree = await context.db.read(units.load)
    if not tree.units:
        return say(inbound.address, plain(texts.NO_UNITS))
    menu = plain(texts.WHICH_UNIT, *unit_menu.inside(tree, at, page, GROUP_UNIT))
    return say(inbound.address, in_place(inbound, context, menu))


async def _topics(inbound: Inbound, context: Context, page: int) -> Outcome:
    group = await context.db.read(groups.find, inbound.group)
    menu = _topic_menu(context, group.topics if group else (), page)
    return say(inbound.address, in_place(inbound, context, menu))


async def _topic(inbound: Inbound, context: Context, key: str) -> Outcome:
    now = context.clock.now()

    def settle(tx: Tx) -> Sequence[Sending]:
        groups.add(tx, inbound.group, now)
        group = _present(tx, inbound)
        chosen = toggled(context, group.topics, key)
        state = "on" if group.state == "new" else group.state
        groups.change(tx, group.key, None, now, topics=chosen, state=state)
        return [
            Sending(
                inbound.address,
                in_place(inbound, context, _topic_menu(context, chosen, page_of(context, key))),
            )
        ]

    return Outcome(settle=settle)


async def _answers(inbound: Inbound, context: Context, wanted: bool) -> Outcome:
    """Offered only where it can work; looked at again now, since somebody may just have switched it off."""
    facts = await described(inbound, context)
    if wanted and not (facts and facts.can_read):
        how = texts.HOW_TO_LET_READ.format(**context.words(inbound.address.channel))
        return say(inbound.address, plain(how))
    said = texts.MAY_ANSWER if wanted else texts.SAVED
    return await _changed(inbound, context, {"answers": wanted}, said)


def _present(tx: Tx, inbound: Inbound) -> Group:
    group = groups.find(tx, inbound.group)
    if group is None:
        raise LookupError("the group has gone within its own transaction")
    return group


def _ways(tx: Tx, context: Context, group: Group, channel: str) -> list[Choice]:
    start = Choice(texts.START, payload(GROUP, STATE, "on"))
    stop = Choice(texts.STOP, payload(GROUP, STATE, "new"))
    return [
        *([start] if group.state == "new" else []),
        *([Choice(texts.CHOOSE_UNIT, payload(GROUP, UNITS))] if units.are_known(tx) else []),
        Choice(texts.CHOOSE_TOPICS, payload(GROUP, TOPICS, 1)),
        Choice(texts.CHOOSE_QUIET, payload(GROUP, QUIETS)),
        *_way_to_answers(context, group, channel),
        *([stop] if group.state == "on" else []),
    ]


def _way_to_answers(context: Context, group: Group, channel: str) -> list[Choice]:
    if group.answers:
        return [Choice(texts.ANSWER_OFF, payload(GROUP, ANSWERS, 0))]
    if group.can_read:
        return [Choice(texts.ANSWER_ON, payload(GROUP, ANSWERS, 1))]
    if channel in context.knowing_admins:  # elsewhere nothing can switch it on
        return [Choice(texts.ANSWER_HOW, payload(GROUP, ANSWERS, 1))]
    return []


def _topic_menu(context: Context, chosen: Sequence[str], page: int) -> Text:
    choices = topic_choices(
        context, chosen, page, lambda key: payload(GROUP, TOPIC, key), payload(GROUP, TOPICS, page + 1)
    )
    if not choices:
        return plain(subscribing.NO_TOPICS)
    return plain(texts.TOPICS, *choices, Choice(subscribing.DONE, payload(GROUP, CARD), leads=True))


def _quiets(inbound: Inbound, context: Context) -> Text:
    labels = [hours or texts.QUIET_AS_DEPARTMENT.format(quiet=_usual(context)) for hours in QUIET_HOURS]
    choices = [Choice(label, payload(GROUP, QUIET, at)) for at, label in enumerate(labels)]
    return plain(texts.WHICH_QUIET.format(**context.words(inbound.address.channel)), *choices)


def _usual(context: Context) -> str:
    return context.department().quiet_hours


def _yes(answers: bool) -> str:
    return texts.YES if answers else texts.NO
