"""Which unit a member belongs to: /donvi and a few taps, or "đơn vị: tổ dân phố 3"."""

from __future__ import annotations

import re

from bot.audience import staff, unit_names, units
from bot.audience.staff import Member
from bot.audience.units import Unit
from bot.errors import InputError
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import units as texts
from handlers.context import Context
from handlers.payloads import number
from handlers.staff import unit_menu
from handlers.wording import plain
from knowledge.normalise import fold

PLACE = "place"

_NAMED = re.compile(r"\s*(?:don\s+vi|to\s+chuc)(?:\s+cua\s+toi)?\s*:", re.IGNORECASE)


def is_named(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and bool(_NAMED.match(fold(inbound.text)))


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return await _menu(inbound, context, member, None, 0)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "place/12/0" looks inside, "place/12/set" chooses."""
    _, key, act = (*inbound.payload.split("/"), "", "")[:3]
    tree = await context.db.read(units.load)
    unit = tree.units.get(number(key))
    if unit is None and number(key) != 0:
        return say(inbound.address, plain(texts.GONE.format(**context.words(inbound.address.channel))))
    if unit and act == unit_menu.SET:
        return _placed(inbound, context, member, tree.survivor(unit))
    return await _menu(inbound, context, member, unit.key if unit else None, max(number(act), 0))


async def name(inbound: Inbound, context: Context, member: Member) -> Outcome:
    text = inbound.text.partition(":")[2].strip()
    names = await context.db.read(unit_names.load)
    found, tree = names.meant(text, member.unit), names.tree
    if len(found) == 1:
        return _placed(inbound, context, member, found[0])
    if found:
        return say(inbound.address, plain(texts.WHICH, *unit_menu.these(tree, found, PLACE)))
    if not tree.units:
        return say(inbound.address, plain(texts.NO_UNITS))
    said = texts.UNKNOWN.format(text=text[:60], **context.words(inbound.address.channel))
    return say(inbound.address, plain(said))


def one_unit(tx: Tx, text: str, near: int | None) -> Unit:
    """The unit that an administrator has named. Raises InputError where it is none, or one of several."""
    names = unit_names.load(tx)
    found = names.meant(text, near)
    if not found:
        unknown = texts.UNKNOWN_TO_NAME if names.tree.units else texts.NONE_TO_NAME
        raise InputError(unknown.format(text=text[:60]))
    if len(found) > 1:
        named = "; ".join(names.tree.path(unit.key) for unit in found[: unit_menu.A_PAGE])
        raise InputError(texts.SEVERAL.format(units=named))
    return found[0]


async def _menu(inbound: Inbound, context: Context, member: Member, at: int | None, page: int) -> Outcome:
    tree = await context.db.read(units.load)
    if not tree.units:
        return say(inbound.address, plain(texts.NO_UNITS))
    if at is not None:
        said = texts.INSIDE.format(unit=tree.units[at].name)
    elif member.unit is not None:
        said = texts.WHERE.format(unit=tree.path(member.unit))
    else:
        said = texts.WHERE_NOT_YET
    return say(inbound.address, plain(said, *unit_menu.inside(tree, at, page, PLACE)))


def _placed(inbound: Inbound, context: Context, member: Member, unit: Unit) -> Outcome:
    now = context.clock.now()

    def write(tx: Tx) -> None:
        staff.place(tx, member.key, unit.key, member.key, now)

    return say(inbound.address, plain(texts.PLACED.format(unit=unit.name)), writes=(write,))
