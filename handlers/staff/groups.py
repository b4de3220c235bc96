"""/nhom: the groups that the bot is in, as far as they concern a member; editors give them a unit, or take them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.audience import groups, staff, units
from bot.audience.groups import Group
from bot.audience.staff import Member
from bot.audience.units import Tree
from bot.model import Choice, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import groups as texts
from bot.texts import roles
from handlers.context import Context
from handlers.group_setup import unit_of
from handlers.payloads import GROUPS, GROUPS_UNIT, ONE_GROUP, number, payload
from handlers.staff import reaching, unit_menu
from handlers.topic_choices import named
from handlers.wording import brief, counted, day, networks, plain
from scheduler import calling_off, reached

WORDS = (GROUPS, ONE_GROUP, GROUPS_UNIT)
OUT, IN, UNIT = "out", "in", "unit"
A_PAGE = 8  # groups
TITLE = 60  # characters
NEWS_FOR = timedelta(days=1)  # how long a group that may not be written to is news


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return say(inbound.address, await context.db.read(_page, context, member, 0))


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "groups/1", "grp/5", "grp/5/out", "grp/5/in", "grp/5/unit", "grpunit/5/12/0", "grpunit/5/12/set" """
    word, *rest = inbound.payload.split("/")
    key, act, further = (*rest, "", "", "")[:3]
    if word == GROUPS:
        return say(inbound.address, await context.db.read(_page, context, member, max(number(key), 0)))
    changes = staff.at_least(member.role, "editor")

    def settle(tx: Tx) -> Sequence[Sending]:
        group = groups.by_key(tx, number(key))
        if group is None or not _concerns(units.load(tx), member, group):
            gone = texts.GONE.format(**context.words(inbound.address.channel))
            return [Sending(inbound.address, plain(gone))]
        shown = _done(tx, context, member, group, word, act, further) if changes else None
        return [Sending(inbound.address, shown or _one(tx, context, group, changes))]

    return Outcome(settle=settle)


def announce(tx: Tx, context: Context) -> list[Sending]:
    """Groups that have stopped us from writing, told once to each who can see to it."""
    news = groups.forbidden_since(tx, context.clock.now() - NEWS_FOR)
    if not news:
        return []
    to = reaching.reached(tx, context, staff.members(tx, context.admins, "editor"))
    return [
        Sending(
            at,
            plain(texts.FORBIDDEN_TOLD.format(title=_title(group), network=networks([group.at.channel]))),
            f"group:{group.key}:forbidden:{since}:{member.key}",
        )
        for group, since in news
        for member, at in to
    ]


def _done(
    tx: Tx, context: Context, member: Member, group: Group, word: str, act: str, further: str
) -> Text | None:
    """What a button does, and what is seen then; None for the group as it is."""
    now, tree = context.clock.now(), units.load(tx)
    if word == GROUPS_UNIT and further == unit_menu.SET and (unit := tree.units.get(number(act))):
        chosen = tree.survivor(unit).key
        groups.change(
            tx, group.key, member.key, now, unit=chosen, **({"state": "on"} if group.state == "new" else {})
        )
        return _again(tx, context, group, texts.UNIT_CHANGED)
    if word == GROUPS_UNIT or act == UNIT:
        at = number(act) if number(act) in tree.units else None
        menu = unit_menu.inside(tree, at, max(number(further), 0), payload(GROUPS_UNIT, group.key))
        return plain(texts.WHICH_UNIT if tree.units else texts.NO_UNITS, *menu)
    if act in (OUT, IN):
        groups.change(tx, group.key, member.key, now, state="off" if act == OUT else "on")
        if act == OUT:
            calling_off.call_off(tx, group.at, now)
        return _again(tx, context, group, texts.TAKEN_OUT if act == OUT else texts.BACK_IN)
    return None


def _again(tx: Tx, context: Context, group: Group, said: str) -> Text:
    now = groups.by_key(tx, group.key)
    return _one(tx, context, now, True, said) if now else plain(said)


def _page(tx: Tx, context: Context, member: Member, page: int) -> Text:
    tree = units.load(tx)
    found = [group for group in groups.all_groups(tx) if _concerns(tree, member, group)]
    if not found:
        return plain(texts.NONE)
    pages = -(-len(found) // A_PAGE)
    page = min(page, pages - 1)
    heading = texts.LIST if pages == 1 else texts.LIST_PAGE
    lines = [
        Choice(
            texts.LINE.format(
                title=_title(group), unit=unit_of(tree, group) or texts.NO_UNIT, state=_state(group)
            ),
            payload(ONE_GROUP, group.key),
        )
        for group in found[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    turns = [
        *([Choice(roles.PREVIOUS_PAGE, payload(GROUPS, page - 1))] if page else []),
        *([Choice(roles.NEXT_PAGE, payload(GROUPS, page + 1))] if page + 1 < pages else []),
    ]
    return plain(heading.format(count=len(found), page=page + 1, pages=pages), *lines, *turns)


def _one(tx: Tx, context: Context, group: Group, changes: bool, *said: str) -> Text:
    last = reached.last(tx, group.at)
    shown = texts.ONE.format(
        title=_title(group),
        network=networks([group.at.channel]),
        unit=unit_of(units.load(tx), group) or texts.NO_UNIT,
        members=texts.MEMBERS_UNKNOWN
        if group.members is None
        else texts.MEMBERS.format(count=counted(group.members)),
        state=_state(group),
        topics=named(group.topics, texts.EVERY_TOPIC),
        last=day(last) if last else texts.LAST_NEVER,
    )
    out = Choice(texts.TAKE_OUT, payload(ONE_GROUP, group.key, OUT))
    back = Choice(texts.PUT_BACK, payload(ONE_GROUP, group.key, IN))
    ways = [
        Choice(texts.CHANGE_UNIT, payload(ONE_GROUP, group.key, UNIT)),
        out if group.state == "on" else back,
    ]
    to_list = Choice(texts.BACK, payload(GROUPS, 0), leads=True)
    return plain("\n\n".join((*said, shown)), *(ways if changes else []), to_list)


def _concerns(tree: Tree, member: Member, group: Group) -> bool:
    """Editors see every group, a collaborator those of their unit and of the units below."""
    if staff.at_least(member.role, "editor"):
        return True
    return member.unit is not None and group.unit in tree.below(member.unit)


def _title(group: Group) -> str:
    untitled = texts.UNTITLED.format(network=networks([group.at.channel]), key=group.key)
    return brief(group.title, TITLE) or untitled


def _state(group: Group) -> str:
    return texts.FORBIDDEN if group.forbidden else texts.STAFF_STATES[group.state]
