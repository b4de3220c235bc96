""" "Đã gửi 3 nhóm": what a member says about passing a digest on, in one tap or in words; said again, it is corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.audience import units
from bot.audience.staff import Member
from bot.model import JSON, Choice, Inbound, Outcome, Text, Tx, say
from bot.texts import forwarding as texts
from handlers.context import Context
from handlers.payloads import KIT, number, payload
from handlers.staff import asked
from handlers.wording import counted, plain
from knowledge.normalise import clean, fold
from scheduler import forwarding, forwards, kits
from scheduler.digests import Digest

COUNT = "n"
TAPS = (1, 2, 3, 5, 10)
TYPED = (1, 2, 3, 4, 5)  # where choices are numbered, so that "3" is 3 groups, whichever way it is read
LONGEST = 60  # characters of a report in words
_IN_WORDS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_NUMBER = rf"(?P<count>[-–−]?\d{{1,6}}|{'|'.join(_IN_WORDS)})"
_SAID = re.compile(
    r"(?:(?:toi|em|minh)\s+)?(?:da|vua)\s+(?:gui|chuyen(?:\s+tiep)?|chia\s+se)\s+"
    r"(?:(?:tin|ban tin|nay|xong|vao|len|cho|den|duoc|tat ca|tong cong|(?P<more>them))\s+)*"
    rf"{_NUMBER}\s*(?:nhom|group)(?:\s+(?:zalo|roi|a|nhe|khac|(?P<again>nua)))*[.!]*"
)
_TYPED = re.compile(
    rf"(?:(?P<more>them)\s+)?{_NUMBER}(?:\s*(?:nhom|group))?(?:\s+(?:a|nhe|(?P<again>nua)))*[.!]*"
)


class _Said(NamedTuple):
    """How many groups; `more`: beside those that were said before ("thêm 2 nhóm", "2 nhóm nữa")."""

    groups: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Kit:
    """A digest as somebody passes it on; `member` and the slug of their unit, where they have them."""

    digest: Digest
    member: Member | None = None
    slug: str | None = None


def menu(
    inbound: Inbound, context: Context, kit: Kit, done: tuple[int, str], parts: Sequence[Choice]
) -> Text:
    """What stands below the text: the other parts, and numbers of groups. `done`: groups said before, the unit's name."""
    before, unit = done
    slash = context.knows_slash(inbound.address.channel)
    report = texts.REPORT.format(unit=unit) if unit else _without_unit(inbound, context)
    lines = (
        texts.MENU,
        report,
        "" if slash else texts.REPORT_WORDS,
        texts.REPORTED_BEFORE.format(count=counted(before)) if before else "",
    )
    taps = _numbers(kit, TAPS) if slash else ()
    other = texts.ANOTHER_NUMBER if slash else texts.COUNT
    ask = Choice(other, payload(KIT, kit.digest.code, COUNT))
    return plain("\n".join(line for line in lines if line), *parts, *taps, ask)


def reported(tx: Tx, kit: Kit) -> tuple[int, str]:
    """How many groups the member has said of this digest, and what their unit is called."""
    if kit.member is None:
        return 0, ""
    return forwards.reported(tx, kit.digest.key, kit.member.key), _unit_name(tx, kit.member)


async def press(inbound: Inbound, context: Context, kit: Kit, value: str) -> Outcome:
    """ "" asks how many; "0" withdraws; anything else is the number."""
    if not value:
        return _ask(inbound, context, kit)
    if value == "0":
        return _withdrawn(inbound, kit)
    return await _note(inbound, context, kit, _Said(number(value)))


def is_report(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and _read(_SAID, inbound.text) is not None


async def take(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """In words, of the digest whose kit they have just had; else of the newest."""
    about = await context.db.read(asked.asked, inbound, context)
    code = about["code"] if about and about["what"] == KIT else ""
    kit = await context.db.read(_kit, member, code)
    if kit is None:
        return say(
            inbound.address, plain(texts.NOTHING_YET_MEMBER.format(**context.words(inbound.address.channel)))
        )
    return await _note(inbound, context, kit, _read(_SAID, inbound.text) or _Said(0))


async def answer(inbound: Inbound, context: Context, member: Member, about: JSON) -> Outcome | None:
    """A number after it was asked for; None for a text that is none."""
    said = _read(_TYPED, inbound.text)
    kit = await context.db.read(_kit, member, about["code"]) if said else None
    return await _note(inbound, context, kit, said) if kit and said else None


def expecting(inbound: Inbound, context: Context, kit: Kit) -> Callable[[Tx], object]:
    """From now on a number here is of this digest."""

    def keep(tx: Tx) -> None:
        asked.ask(tx, context, inbound.address, KIT, code=kit.digest.code)

    return keep


async def _note(inbound: Inbound, context: Context, kit: Kit, said: _Said) -> Outcome:
    digest, member, today = kit.digest, kit.member, context.today
    if member is None:
        raise LookupError("only members report")
    if digest.started_at and context.clock.now() - digest.started_at > forwards.REPORTED_FOR:
        return say(inbound.address, plain(texts.TOO_OLD.format(days=forwards.REPORTED_FOR.days)))
    before, unit = await context.db.read(reported, kit)
    count = said.groups + (before if said.more else 0)
    if not (forwards.sensible(said.groups) and forwards.sensible(count)):
        bounds = {"fewest": forwards.FEWEST, "most": forwards.MOST}
        form = texts.NOT_SENSIBLE if said.groups >= 0 else texts.NEGATIVE
        asked_again = form.format(count=counted(count), **bounds)
        return say(inbound.address, plain(asked_again), writes=(expecting(inbound, context, kit),))

    def keep(tx: Tx) -> None:
        forwards.report(tx, digest.key, member.key, member.unit, count, today)

    form = texts.NOTED if unit else texts.NOTED_WITHOUT_UNIT
    noted = form.format(title=forwarding.heading(digest), count=counted(count), unit=unit)
    choices = (
        Choice(texts.CHANGE, payload(KIT, digest.code, COUNT)),
        Choice(texts.WITHDRAW, payload(KIT, digest.code, COUNT, 0)),
    )
    return say(
        inbound.address,
        plain(f"{noted}\n{texts.NOTED_HINT}", *choices),
        writes=(keep, expecting(inbound, context, kit)),
    )


def _ask(inbound: Inbound, context: Context, kit: Kit) -> Outcome:
    taps = TAPS if context.knows_slash(inbound.address.channel) else TYPED
    return say(
        inbound.address,
        plain(texts.HOW_MANY, *_numbers(kit, taps)),
        writes=(expecting(inbound, context, kit),),
    )


def _withdrawn(inbound: Inbound, kit: Kit) -> Outcome:
    def withdraw(tx: Tx) -> None:
        if kit.member:
            forwards.withdraw(tx, kit.digest.key, kit.member.key)

    return say(inbound.address, plain(texts.WITHDRAWN), writes=(withdraw,))


def _numbers(kit: Kit, counts: Sequence[int]) -> tuple[Choice, ...]:
    return tuple(
        Choice(texts.GROUPS.format(count=count), payload(KIT, kit.digest.code, COUNT, count))
        for count in counts
    )


def _kit(tx: Tx, member: Member, code: str) -> Kit | None:
    digest = kits.find(tx, code) if code else next(iter(kits.newest(tx)), None)
    return Kit(digest, member, kits.slug_of(tx, member.unit)) if digest else None


def _unit_name(tx: Tx, member: Member) -> str:
    unit = units.load(tx).units.get(member.unit) if member.unit is not None else None
    return unit.name if unit else ""


def _without_unit(inbound: Inbound, context: Context) -> str:
    return texts.REPORT_WITHOUT_UNIT.format(**context.words(inbound.address.channel))


def _read(pattern: re.Pattern[str], text: str) -> _Said | None:
    found = pattern.fullmatch(fold(clean(text)).strip()) if len(text) <= LONGEST else None
    if found is None:
        return None
    said, more = found["count"], bool(found["more"] or found["again"])
    if said in _IN_WORDS:
        return _Said(_IN_WORDS.index(said) + 1, more)
    figures = int(said.lstrip("-–−"))
    return _Said(figures if said[0].isdigit() else -figures, more)
