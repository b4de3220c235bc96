"""Schedules of digests by chat: "lịch gửi", "thêm lịch thứ Hai hàng tuần 07:30", "đổi lịch 2 …", "tạm dừng lịch 2"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.audience import staff, unit_names, units
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import JSON, Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import chat
from bot.texts import digests as digest_texts
from bot.texts import schedule_desk as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import asked
from handlers.wording import moment, plain, sentence
from knowledge import documents
from knowledge.normalise import fold
from knowledge.wordings import same
from scheduler import due_times, schedule_lines, schedules, selection
from scheduler.schedules import Schedule

SCHEDULE = "schedule"
ASKED = "schedule"
SHOWN = 20
OVERLAPPING = timedelta(days=60)  # two that meet more seldom are no nuisance

_WISH = re.compile(
    r"\W*/?(?P<act>them|tao|doi|sua|tam dung|dung|tat|chay lai|mo lai|bat|xoa|bo)\s+lich(?:\s+(?:gui|ban tin))*\b"
    r"[\s:]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(?:so\s+|#)?(?P<key>\d{1,6})(?![\d:h/.])\s*(?:thanh|sang|:|,)?\s*", re.IGNORECASE)
_ADDING, _CHANGING = frozenset(("them", "tao")), frozenset(("doi", "sua"))
_ACTS = {"tam dung": "pause", "dung": "pause", "tat": "pause", "chay lai": "go", "mo lai": "go", "bat": "go",
         "xoa": "remove", "bo": "remove"}  # fmt: skip
_KEEPING = frozenset(("thoi", "huy", "giu nguyen"))


def is_wish(inbound: Inbound) -> bool:
    if inbound.kind != "text" or not inbound.private or "?" in inbound.text:
        return False
    return bool(_WISH.fullmatch(fold(inbound.text)))


async def wish(inbound: Inbound, context: Context, member: Member) -> Outcome:
    found = _WISH.fullmatch(fold(inbound.text))
    act = " ".join(found["act"].lower().split()) if found else ""
    rest = inbound.text[slice(*found.span("rest"))].strip() if found else ""
    if act in _ADDING:
        return _added(inbound, context, member, rest) if rest else _ask(inbound, context, 0, texts.HOW)
    named = _NUMBER.match(fold(rest))
    if named is None:
        example = f"{inbound.text[slice(*found.span('act'))] if found else ''} lịch 2"
        words = context.words(inbound.address.channel)
        return say(inbound.address, plain(texts.NO_NUMBER.format(example=example, **words)))
    key, words_left = int(named["key"]), rest[named.end() :].strip()
    if act in _CHANGING:
        if not words_left:
            return _ask(inbound, context, key, texts.HOW_TO_CHANGE)
        return _changed(inbound, context, member, key, words_left)
    return _done(inbound, context, member, key, _ACTS[act])


async def answer(inbound: Inbound, context: Context, member: Member, about: JSON) -> Outcome | None:
    """The words that were asked for."""
    key, text = int(about["key"]), inbound.text.strip()
    if text.endswith("?"):
        return None
    if same(text) in _KEEPING:

        def forget(tx: Tx) -> None:
            asked.done(tx, context, inbound.address)

        return say(inbound.address, plain(texts.UNCHANGED), writes=(forget,))
    return _changed(inbound, context, member, key, text) if key else _added(inbound, context, member, text)


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return say(inbound.address, await context.db.read(_listed, context))


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "schedule/2" shows it, "schedule/0/add", "schedule/2/change", "…/pause", "…/go", "…/auto/1", "…/remove/yes" """
    _, key, act, value, *_ = (*inbound.payload.split("/"), "", "", "")
    if act == "add":
        return _ask(inbound, context, 0, texts.HOW)
    if act == "change":
        return _ask(inbound, context, number(key), texts.HOW_TO_CHANGE)
    if act not in ("", "pause", "go", "auto", "remove"):
        return say(inbound.address, plain(chat.OLD_BUTTON))
    return _done(inbound, context, member, number(key), act, value)


# What is done


def _added(inbound: Inbound, context: Context, member: Member, text: str) -> Outcome:
    def change(tx: Tx) -> tuple[int, str]:
        wanted = schedule_lines.read(text, unit_names.load(tx), _topics(tx), context.today)
        if schedules.by_name(tx, wanted.name):
            raise InputError(texts.NAME_TAKEN.format(name=wanted.name))
        _check(context, member, wanted)
        saved = schedules.save(tx, wanted, member.key, context.clock.now(), context.timezone)
        asked.done(tx, context, inbound.address)
        return saved.key, texts.ADDED

    return _settled(inbound, context, change)


def _changed(inbound: Inbound, context: Context, member: Member, key: int, text: str) -> Outcome:
    def change(tx: Tx) -> tuple[int, str]:
        old = _found(tx, key)
        wanted = schedule_lines.read(text, unit_names.load(tx), _topics(tx), context.today, old)
        other = schedules.by_name(tx, wanted.name)
        if other and other.key != key:
            raise InputError(texts.NAME_TAKEN.format(name=wanted.name))
        if schedules.differs(old, wanted):  # nor may what goes out unseen be changed unseen
            _check(context, member, wanted)
        saved = schedules.save(tx, wanted, member.key, context.clock.now(), context.timezone)
        asked.done(tx, context, inbound.address)
        return key, texts.CHANGED if schedules.differs(old, saved) else texts.UNCHANGED

    return _settled(inbound, context, change)


def _done(inbound: Inbound, context: Context, member: Member, key: int, act: str, value: str = "") -> Outcome:
    now, zone = context.clock.now(), context.timezone

    def change(tx: Tx) -> tuple[int, str]:
        old = _found(tx, key)
        match act:
            case "pause" | "go":
                schedules.switch(tx, key, active=act == "go", by=member.key, now=now, timezone=zone)
                return key, texts.WENT_ON if act == "go" else texts.PAUSED
            case "auto":
                wanted = replace(old, automatic=value == "1")
                _check(context, member, wanted)
                schedules.save(tx, wanted, member.key, now, zone)
                return key, texts.CHANGED
            case "remove" if value == "yes":
                schedules.remove(tx, key, member.key, now)
                return 0, texts.REMOVED.format(key=key, name=old.name)
        return key, ""

    if act == "remove" and value != "yes":
        return _settled(inbound, context, change, _sure)
    return _settled(inbound, context, change)


def _settled(
    inbound: Inbound,
    context: Context,
    change: Callable[[Tx], tuple[int, str]],
    shown: Callable[[Tx, Context, Schedule, str], Text] | None = None,
) -> Outcome:
    """The schedule as it stands after a change; or why nothing was changed."""

    def settle(tx: Tx) -> Sequence[Sending]:
        try:
            key, said = change(tx)
        except InputError as error:
            return [Sending(inbound.address, plain(sentence(error)))]
        schedule = schedules.by_key(tx, key)
        if schedule is None:
            return [Sending(inbound.address, plain(said))]
        return [Sending(inbound.address, (shown or _card)(tx, context, schedule, said))]

    return Outcome(settle=settle)


def _ask(inbound: Inbound, context: Context, key: int, how: str) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        if key and schedules.by_key(tx, key) is None:
            return [Sending(inbound.address, plain(digest_texts.NO_SUCH_SCHEDULE))]
        asked.ask(tx, context, inbound.address, ASKED, key=key)
        return [Sending(inbound.address, plain(how))]

    return Outcome(settle=settle)


def _check(context: Context, member: Member, wanted: Schedule) -> None:
    """What nobody approves is not for one person to decide, where two are to look at everything."""
    if (
        wanted.automatic
        and context.department().four_eyes
        and not staff.at_least(member.role, "administrator")
    ):
        raise InputError(texts.ONLY_ADMINISTRATORS)


def _found(tx: Tx, key: int) -> Schedule:
    schedule = schedules.by_key(tx, key)
    if schedule is None:
        raise InputError(digest_texts.NO_SUCH_SCHEDULE)
    return schedule


def _topics(tx: Tx) -> list[str]:
    known = (topic for document in documents.all_documents(tx) for topic in document.topics)
    return list(dict.fromkeys(known))


# How it looks


def _listed(tx: Tx, context: Context) -> Text:
    found = schedules.all_schedules(tx)[:SHOWN]
    add = Choice(texts.ADD, payload(SCHEDULE, 0, "add"), leads=True)
    if not found:
        return plain(f"{texts.NONE}\n\n{texts.HOW}", add)
    lines = [
        texts.LINE.format(
            key=each.key,
            name=each.name,
            described=schedules.described(each, _unit_name(tx, each)),
            next=_next(context, each),
        )
        for each in found
    ]
    choices = [Choice(each.name, payload(SCHEDULE, each.key)) for each in found]
    return Text((Part(texts.LIST, "bold"), Part("\n" + "\n".join(lines))), (*choices, add))


def _card(tx: Tx, context: Context, schedule: Schedule, said: str) -> Text:
    lines = [
        schedules.described(schedule, _unit_name(tx, schedule)),
        _next(context, schedule),
        texts.DETAILS.format(ahead=schedule.ahead_hours, valid=schedule.valid_hours),
        *([texts.WITH_MOST_ASKED] if schedule.most_asked else []),
        *([texts.WITH_POLL] if schedule.poll else []),
        *_remarks(tx, context, schedule),
    ]
    parts = (
        *([Part(f"{said}\n\n")] if said else []),
        Part(texts.CARD.format(key=schedule.key, name=schedule.name), "bold"),
        Part("\n" + "\n".join(lines)),
    )
    return Text(parts, tuple(_choices(schedule)))


def _remarks(tx: Tx, context: Context, schedule: Schedule) -> list[str]:
    now, zone = context.clock.now(), context.timezone
    others = [
        f"#{each.key}"
        for each in schedules.all_schedules(tx)
        if each.key != schedule.key
        and each.active
        and schedule.active
        and due_times.meet(schedule.rule, each.rule, now, zone, OVERLAPPING)
    ]
    said = [texts.OVERLAPS.format(others=", ".join(others))] if others else []
    if schedule.unit is not None and not selection.chosen(tx, schedule.unit, schedule.audience):
        said.append(texts.UNIT_EMPTY)
    return said


def _choices(schedule: Schedule) -> list[Choice]:
    def act(label: str, *fields: int | str) -> Choice:
        return Choice(label, payload(SCHEDULE, schedule.key, *fields))

    return [
        act(texts.CHANGE, "change"),
        act(texts.PAUSE, "pause") if schedule.active else act(texts.GO_ON, "go"),
        act(texts.BY_HAND, "auto", 0) if schedule.automatic else act(texts.AUTOMATIC, "auto", 1),
        act(texts.REMOVE, "remove"),
    ]


def _sure(tx: Tx, context: Context, schedule: Schedule, _: str) -> Text:
    return plain(
        texts.REMOVE_SURE.format(key=schedule.key, name=schedule.name),
        Choice(texts.YES, payload(SCHEDULE, schedule.key, "remove", "yes")),
        Choice(texts.NO, payload(SCHEDULE, schedule.key)),
    )


def _next(context: Context, schedule: Schedule) -> str:
    if not schedule.active:
        return texts.OFF
    if schedule.next_run_at is None:
        return texts.OVER
    return texts.NEXT.format(when=moment(schedule.next_run_at, context.timezone))


def _unit_name(tx: Tx, schedule: Schedule) -> str:
    tree = units.load(tx)
    unit = tree.units.get(schedule.unit or 0)
    return tree.survivor(unit).name if unit else ""
