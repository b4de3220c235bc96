"""A code for a group, from staff: where a network does not tell who leads a group, whoever sends it there sets it up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.audience import audit, groups, staff, units
from bot.audience.codes import Issued
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import Address, Inbound, Outcome, Sending, Tx, say
from bot.texts import groups as texts
from handlers.commands import code_after, code_alone
from handlers.context import Context
from handlers.group_setup import card
from handlers.groups import described
from handlers.payloads import number
from handlers.staff import placing
from handlers.wording import moment, plain
from knowledge.normalise import fold

WORD = "nhom"
LASTS = timedelta(days=7)
_WISH = re.compile(r"\s*/?ma\s*nhom\b[\s:,–-]*(?P<unit>[^?]*)", re.IGNORECASE)
_LONGEST = 200  # characters


@dataclass(frozen=True, slots=True)
class _Given:
    """What a code says: the unit of the group, and who has given it."""

    issued: Issued
    unit: int | None
    by: int


def is_wish(inbound: Inbound) -> bool:
    short = inbound.kind == "text" and inbound.private and len(inbound.text) <= _LONGEST
    return short and _WISH.fullmatch(fold(inbound.text)) is not None


async def give(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "mã nhóm", for the own unit; "mã nhóm tổ dân phố 3". The code stands in a message of its own, to be forwarded."""
    found = _WISH.fullmatch(fold(inbound.text))
    named = inbound.text[found.start("unit") :].strip(" .") if found else ""
    try:
        unit = await context.db.read(_unit, named, member, context.words(inbound.address.channel))
    except InputError as error:
        return say(inbound.address, plain(str(error)))
    code, now = context.codes.fresh(), context.clock.now()
    owner = Address("", f"{unit[0]}/{member.key}/{context.token()}")

    def issue(tx: Tx) -> None:
        context.codes.issue(tx, "group", code, owner, now, LASTS)
        audit.record(tx, member.key, "group.code", f"unit:{unit[0]}", now)

    until = moment(now + LASTS, context.timezone)
    said = texts.CODE.format(unit=texts.CODE_UNIT.format(unit=unit[1]) if unit[1] else "", until=until)
    return say(inbound.address, plain(said), plain(texts.CODE_LINE.format(code=code)), writes=(issue,))


async def take(inbound: Inbound, context: Context) -> Outcome:
    """A code has been sent: in a group it sets that up, and whoever sent it may choose the rest for a while."""
    code = code_after(inbound, WORD) or code_alone(inbound)
    me = Address(inbound.address.channel, inbound.sender or inbound.group.conversation)
    if not context.codes.wrong["group"].allows(me):
        return say(inbound.address, plain(texts.TOO_MANY_TRIES, to=inbound))
    given = await context.db.read(_given, context, code)
    if given is None:
        context.codes.wrong["group"].count(me)
        return say(inbound.address, plain(texts.CODE_WRONG, to=inbound))
    if inbound.private:
        return say(inbound.address, plain(texts.CODE_IN_GROUP_ONLY))
    if given.issued.expired(context.clock.now()):
        return say(inbound.address, plain(texts.CODE_EXPIRED, to=inbound))
    context.setting_up.note((inbound.group, inbound.sender))
    facts, now = await described(inbound, context), context.clock.now()

    def settle(tx: Tx) -> Sequence[Sending]:
        context.codes.spend(tx, "group", code)
        groups.add(tx, inbound.group, now)
        if facts:
            groups.learn(tx, inbound.group, facts, now)
        key = _key(tx, inbound.group)
        groups.change(tx, key, given.by, now, state="on", unit=given.unit, thread=inbound.thread)
        group = groups.by_key(tx, key)
        if group is None:
            raise LookupError("the group has gone within its own transaction")
        shown = card(tx, context, group, inbound.address.channel, texts.ACCEPTED)
        return [Sending(inbound.address, shown)]

    return Outcome(settle=settle)


def _unit(tx: Tx, named: str, member: Member, words: Mapping[str, str]) -> tuple[int, str]:
    """Key and name of the unit that is meant, (0, "") for none. Raises InputError.

    words  how commands are named here
    """
    tree = units.load(tx)
    if named:
        key = placing.one_unit(tx, named, member.unit).key
    elif member.unit is not None:
        key = member.unit
    elif staff.at_least(member.role, "editor") or not tree.units:
        return 0, ""
    else:
        raise InputError(texts.CODE_NO_UNIT.format(**words))
    beyond = member.unit is None or key not in tree.below(member.unit)
    if beyond and not staff.at_least(member.role, "editor"):
        raise InputError(texts.CODE_ONLY_BELOW)
    return key, tree.path(key)


def _given(tx: Tx, context: Context, code: str) -> _Given | None:
    """None for a code that nobody has, or had, or whose giver has left since."""
    issued = context.codes.find(tx, "group", code) if code else None
    if issued is None:
        return None
    unit, by, _ = issued.owner.conversation.split("/")
    if staff.by_key(tx, context.admins, number(by)) is None:
        return None
    tree = units.load(tx)
    found = tree.units.get(number(unit))
    return _Given(issued, tree.survivor(found).key if found else None, number(by))


def _key(tx: Tx, at: Address) -> int:
    group = groups.find(tx, at)
    if group is None:
        raise LookupError("the group has gone within its own transaction")
    return group.key
