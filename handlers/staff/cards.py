"""An inquiry as members of staff see it: what was asked, how often, what is close in the knowledge base, until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.audience import duty, interactions, staff
from bot.model import Choice, Part, Sending, Text, Tx
from bot.texts import inquiries as texts
from bot.texts.numbers import decimal
from bot.zalo_oa_window import FREE, PAID
from handlers.context import Context
from handlers.payloads import INQUIRY, payload
from handlers.staff.reaching import reached
from handlers.wording import brief, day, moment, networks, plain
from knowledge import inquiries, inquiry_groups, question_log
from knowledge.candidates import Candidate
from knowledge.inquiry_groups import Group

CLOSE_SHOWN, LEAST_CLOSE = 3, 0.18
ALIKE_SHOWN = 5
COUNTED_FOR = timedelta(days=30)
_OA = "zalo-oa"
_QUOTING = ("telegram",)  # where a reply tells us what it answers


def announced(tx: Tx, context: Context, key: int, close: Sequence[Candidate]) -> list[Sending]:
    """The card to every member on duty, once; nobody is told at night what can wait until the morning."""
    group = inquiry_groups.by_key(tx, key)
    now = context.clock.now().astimezone(context.timezone)
    if group is None or group.announced or not duty.on_duty(context.department().working_hours, now):
        return []
    inquiry_groups.announce(tx, key)
    return [
        Sending(at, card(tx, context, group, close, at.channel))
        for _, at in reached(tx, context, staff.members(tx, context.admins, "editor"))
    ]


def card(
    tx: Tx, context: Context, group: Group, close: Sequence[Candidate], channel: str, heading: str = ""
) -> Text:
    """`close`: the entries that come nearest; `heading` says why it is shown now."""
    if group.state != "open":
        return _closed(tx, context, group)
    first = group.inquiries[0]
    where = texts.FROM.format(network=networks([first.channel]), **_when(context, first.asked_in))
    parts = [
        *([Part(f"{heading}\n\n", "italic")] if heading else []),
        Part(texts.CARD.format(number=group.number), "bold"),
        Part(f" ({where})\n“{group.question}”"),
        Part("".join(f"\n{line}" for line in (*_others(group), *_perhaps_the_same(tx, group)))),
        Part("\n\n" + "\n".join(_state(tx, context, group))),
        Part("\n\n" + "\n".join(_close(close))),
    ]
    how = texts.HOW if channel in _QUOTING else texts.HOW_NUMBER
    parts.append(Part("\n\n" + how.format(number=group.number), "italic"))
    return Text(tuple(parts), tuple(_choices(group, close)))


def into_knowledge(number: int) -> tuple[Choice, ...]:
    return (
        Choice(texts.INTO_KNOWLEDGE, payload(INQUIRY, number, "entry")),
        Choice(texts.AS_PHRASING, payload(INQUIRY, number, "phrase")),
    )


def people_asking(tx: Tx, context: Context, group: Group) -> int:
    """Who asked this lately, whether or not they sent it on; one person counts once a day."""
    since = (context.clock.now() - COUNTED_FOR).astimezone(context.timezone).date()
    asked = question_log.people_asking(tx, {inquiry.same for inquiry in group.inquiries}, since)
    return max(asked, len(group.inquiries))


def cause(number: int) -> str:
    """Names the send of an inquiry's answer: of one inquiry there is one, whatever happens."""
    return f"inquiry:{number}"


def closing(tx: Tx, context: Context, group: Group) -> dict[str, str]:
    """Who closed a group, how and when, as sentences name them."""
    return {
        "name": staff.name_of(tx, group.closed_by) if group.closed_by else texts.BY_FILE,
        "how": texts.HOW_CLOSED.get(group.state, ""),
        "time": moment(group.closed_at, context.timezone) if group.closed_at else "",
    }


def closed_answer(group: Group) -> list[str]:
    if group.state != "answered":
        return []
    return [texts.CLOSED_ANSWER.format(answer=group.answer) if group.answer else texts.CLOSED_PRIVATELY]


def worth(close: Sequence[Candidate]) -> list[Candidate]:
    """Those that are worth a look."""
    return [each for each in close if each.score >= LEAST_CLOSE][:CLOSE_SHOWN]


def _closed(tx: Tx, context: Context, group: Group) -> Text:
    """What has become of it, and who has got the answer."""
    states = Counter(context.delivery(tx, cause(number)) for number in group.numbers)
    delivered = [line.format(count=states[state]) for state, line in texts.DELIVERED.items() if states[state]]
    said = [
        texts.CLOSED.format(number=group.number, **closing(tx, context, group)),
        f"“{group.question}”",
        *closed_answer(group),
        *(["; ".join(delivered) + "."] if delivered else []),
    ]
    reusable = group.answer and group.entry is None
    return plain("\n\n".join(said), *(into_knowledge(group.number) if reusable else ()))


def _choices(group: Group, close: Sequence[Candidate]) -> list[Choice]:
    offered = [
        (texts.TAKE, "take"),
        (texts.HAND_ON, "hand"),
        *([(texts.USE_ENTRY, "use")] if worth(close) else []),
        (texts.OUT_OF_SCOPE, "scope"),
        (texts.REFUSE, "refuse"),
        *([(texts.SPLIT, "split")] if len(group.inquiries) > 1 else []),
    ]
    number = group.number
    return [Choice(label.format(number=number), payload(INQUIRY, number, act)) for label, act in offered]


def _others(group: Group) -> list[str]:
    others = group.inquiries[1:]
    lines = [texts.ALIKE.format(number=each.number, text=each.text) for each in others[:ALIKE_SHOWN]]
    if len(others) > ALIKE_SHOWN:
        lines.append(texts.AND_MORE.format(count=len(others) - ALIKE_SHOWN))
    return lines


def _perhaps_the_same(tx: Tx, group: Group) -> list[str]:
    """Only what is certain is put together; staff see what may be."""
    other = inquiry_groups.by_number(tx, group.near) if group.near else None
    if other is None or other.state != "open" or other.key == group.key:
        return []
    said = {"number": other.number, "text": brief(other.question, 150), "this": group.number}
    return [texts.PERHAPS_THE_SAME.format(**said)]


def _state(tx: Tx, context: Context, group: Group) -> list[str]:
    waiting = inquiries.askers(tx, group.key)
    lines = [
        texts.ASKED.format(people=people_asking(tx, context, group), waiting=len(waiting))
        if waiting
        else texts.NOBODY_WAITS
    ]
    if group.taken_by and staff.by_key(tx, context.admins, group.taken_by):
        lines.append(texts.TAKEN_BY.format(name=staff.name_of(tx, group.taken_by)))
    written = [interactions.last(tx, each.address) for each in waiting if each.address.channel == _OA]
    if last := min(filter(None, written), default=None):
        lines += _deadline(context, last)
    return lines


def _deadline(context: Context, last: datetime) -> list[str]:
    """Until when Zalo lets us answer, and what happens after it."""
    free, closed = last + FREE, last + PAID
    now = context.clock.now()
    until = (
        texts.DEADLINE.format(free=texts.TIME.format(**_when(context, free)))
        if now < free
        else texts.DEADLINE_PASSED
    )
    after = (
        texts.AFTER_DEADLINE_PAID.format(closed=texts.TIME.format(**_when(context, closed)))
        if context.department().oa_paid_window
        else texts.AFTER_DEADLINE
    )
    return [until, after]


def _close(close: Sequence[Candidate]) -> list[str]:
    near = worth(close)
    if not near:
        return [texts.NOTHING_CLOSE]
    lines = [
        texts.CLOSE_LINE.format(question=each.question, score=decimal(each.score, 2), id=each.id)
        for each in near
    ]
    return [texts.CLOSE, *lines]


def _when(context: Context, moment: datetime) -> dict[str, str]:
    local = moment.astimezone(context.timezone)
    return {"time": f"{local:%H:%M}", "date": day(local)}
