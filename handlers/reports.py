"""/baocao: talks and listeners of a period, summed up over a unit and everything below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.audience import staff, talks, units
from bot.audience.staff import Member
from bot.audience.talks import Talk
from bot.audience.units import Tree
from bot.model import Choice, Inbound, Outcome, Part, Text, Tx, say
from bot.texts import talks as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.wording import cited, counted
from knowledge import documents
from knowledge.documents import Document

REPORT = "report"
UNITS_SHOWN, DOCUMENTS_SHOWN, BUTTONS = 15, 5, 6


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is reported: the talks of a period that lie in `unit` (None: all that the reader may see) and below."""

    tree: Tree
    unit: int | None
    top: int | None
    mine: bool
    talks: list[Talk]
    documents: dict[int, Document]


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return await _report(inbound, context, member, "month", None)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "report/last/12": a period, and a unit (0: the whole)."""
    _, period, unit = (*inbound.payload.split("/"), "", "")[:3]
    chosen = number(unit) if number(unit) > 0 else None
    return await _report(inbound, context, member, period if period in texts.PERIODS else "month", chosen)


async def _report(
    inbound: Inbound, context: Context, member: Member, period: str, unit: int | None
) -> Outcome:
    named, begin, end = period_of(period, context.today)
    looked = await context.db.read(_look, member, unit, begin, end)
    of = _named(looked)
    parts = [Part(texts.REPORT.format(period=named, of=of), "bold"), Part("\n" + _sums(looked))]
    if lines := _by_unit(looked):
        parts += [Part("\n\n"), Part(texts.BY_UNIT, "bold"), Part("\n" + "\n".join(lines))]
    if lines := _by_document(looked):
        parts += [Part("\n\n"), Part(texts.BY_DOCUMENT, "bold"), Part("\n" + "\n".join(lines))]
    if looked.mine:
        hint = texts.CHOOSE_UNIT.format(**context.words(inbound.address.channel))
        parts += [Part(f"\n\n{hint}")] if looked.tree.units else []
    return say(inbound.address, Text(tuple(parts), tuple(_choices(looked, period))))


def period_of(word: str, today: date) -> tuple[str, date, date]:
    """How it is called, and its first and last day."""
    if word == "year":
        return texts.YEAR.format(year=today.year), date(today.year, 1, 1), today
    first = today.replace(day=1)
    last = today
    if word == "last":
        last = first - timedelta(days=1)
        first = last.replace(day=1)
    return texts.MONTH.format(month=first.month, year=first.year), first, last


def _look(tx: Tx, member: Member, unit: int | None, begin: date, end: date) -> _Looked:
    """Staff see everything; a propagandist their unit with what is below it, and without a unit their own talks."""
    tree = units.load(tx)
    everything = staff.at_least(member.role, "editor")
    top = None if everything else member.unit
    mine = not everything and top is None
    allowed = set(tree.units) if everything else set(tree.below(top)) if top is not None else set()
    at = unit if unit in allowed else top
    within = set(tree.below(at)) if at is not None else None
    held = [
        talk
        for talk in talks.held(tx, begin, end)
        if (talk.author == member.key if mine else within is None or talk.unit in within)
    ]
    return _Looked(tree, at, top, mine, held, {each.key: each for each in documents.all_documents(tx)})


def _named(looked: _Looked) -> str:
    if looked.mine:
        return texts.OF_MYSELF
    if looked.unit is None:
        return texts.OF_ALL
    name = looked.tree.units[looked.unit].name
    return texts.WITH_PARTS.format(unit=name) if looked.tree.children(looked.unit) else name


def _sums(looked: _Looked) -> str:
    if not looked.talks:
        return texts.NONE_YET
    return texts.SUMS.format(
        talks=counted(len(looked.talks)),
        listeners=counted(_listeners(looked.talks)),
        documents=len({key for talk in looked.talks for key in talk.documents}),
    )


def _listeners(held: Iterable[Talk]) -> int:
    return sum(talk.listeners or 0 for talk in held)


def _groups(looked: _Looked) -> list[tuple[int | None, list[Talk]]]:
    """The talks of each part, the most listened to first; a part is what lies right below, or the unit itself."""
    roots = looked.tree.children(None)
    base = looked.unit if looked.unit is not None or len(roots) != 1 else roots[0].key
    found: dict[int | None, list[Talk]] = defaultdict(list)
    for talk in looked.talks:
        found[_part(looked.tree, base, talk.unit)].append(talk)
    return sorted(found.items(), key=lambda each: -_listeners(each[1]))


def _part(tree: Tree, base: int | None, unit: int | None) -> int | None:
    """The unit right below `base` that this one lies in; what is merged counts as what it is part of now."""
    if unit is None:
        return None
    meant = tree.survivor(tree.units[unit])
    path = [meant, *tree.above(meant.key)]
    return next((each.key for each in path if each.key == base or each.parent == base), None)


def _by_unit(looked: _Looked) -> list[str]:
    groups = _groups(looked)
    if all(key == looked.unit for key, _ in groups):
        return []  # nothing that the sums do not say
    lines = [
        texts.UNIT_LINE.format(
            unit=_part_name(looked, key), talks=counted(len(held)), listeners=counted(_listeners(held))
        )
        for key, held in groups[:UNITS_SHOWN]
    ]
    more = len(groups) - UNITS_SHOWN
    return [*lines, *([texts.AND_MORE.format(count=more)] if more > 0 else [])]


def _part_name(looked: _Looked, key: int | None) -> str:
    if key is None:
        return texts.WITHOUT_UNIT
    name = looked.tree.units[key].name
    return texts.ITSELF.format(unit=name) if looked.tree.children(key) and key == looked.unit else name


def _by_document(looked: _Looked) -> list[str]:
    times = Counter(key for talk in looked.talks for key in talk.documents)
    return [
        texts.DOCUMENT_LINE.format(document=cited(looked.documents[key]), talks=counted(number))
        for key, number in times.most_common(DOCUMENTS_SHOWN)
    ]


def _choices(looked: _Looked, period: str) -> list[Choice]:
    at = looked.unit or 0
    inside = [
        key
        for key, _ in _groups(looked)
        if key is not None and key != looked.unit and looked.tree.children(key) and not looked.mine
    ]
    higher = looked.tree.units[at].parent or 0 if at and at != looked.top else None
    return [
        *(
            Choice(label, payload(REPORT, word, at))
            for word, label in texts.PERIODS.items()
            if word != period
        ),
        *(Choice(looked.tree.units[key].name, payload(REPORT, period, key)) for key in inside[:BUTTONS]),
        *([Choice(texts.HIGHER, payload(REPORT, period, higher))] if higher is not None else []),
    ]
