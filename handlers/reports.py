"""/baocao: talks, digests and what came of them in a period, summed up over a unit and everything below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.audience import staff, talks, units
from bot.audience.staff import Member
from bot.audience.talks import Talk
from bot.audience.units import Tree
from bot.errors import UsageError
from bot.model import Choice, Inbound, Outcome, Part, Picture, Text, Tx, say
from bot.texts import talks as texts
from handlers import questions, report_words
from handlers.commands import command
from handlers.context import Context
from handlers.expected import unless_expected
from handlers.payloads import number, payload
from handlers.report_orders import FOLDER, Drawn, Order
from handlers.report_words import Period, as_payload, named, of_payload
from handlers.wording import cited, counted, plain
from knowledge import documents
from knowledge.documents import Document
from scheduler import reach
from scheduler.reach import Reach

REPORT, PICTURE = "report", "picture"
PICTURE_FILE = "bao-cao.png"
LASTS = timedelta(hours=24)
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
    reach: dict[int | None, Reach]

    @property
    def reached(self) -> Reach:
        return sum(self.reach.values(), Reach())


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return await _report(inbound, context, member, of_payload("month", context.today), None)


async def ask(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "báo cáo quý 4"; what follows may also make a question of it."""
    try:
        period = report_words.read(inbound.text, context.today)
    except UsageError as error:
        return say(inbound.address, plain(str(error)))
    if period is None:
        if command(inbound):
            return say(inbound.address, plain(texts.WHICH_PERIOD))
        return await unless_expected(questions.ask)(inbound, context)
    return await _report(inbound, context, member, period, None)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "report/last/12": a period, and a unit (0: the whole); "report/last/12/picture"."""
    _, word, unit, act = (*inbound.payload.split("/"), "", "", "")[:4]
    chosen = number(unit) if number(unit) > 0 else None
    period = of_payload(word, context.today)
    if act == PICTURE:
        return await _picture(inbound, context, member, period, chosen)
    return await _report(inbound, context, member, period, chosen)


async def _report(
    inbound: Inbound, context: Context, member: Member, period: Period, unit: int | None
) -> Outcome:
    looked = await context.db.read(look, member, unit, period)
    of = _named(looked)
    parts = [Part(texts.REPORT.format(period=named(period), of=of), "bold"), Part("\n" + _sums(looked))]
    if lines := _by_unit(looked):
        parts += [Part("\n\n"), Part(texts.BY_UNIT, "bold"), Part("\n" + "\n".join(lines))]
    if lines := _by_document(looked):
        parts += [Part("\n\n"), Part(texts.BY_DOCUMENT, "bold"), Part("\n" + "\n".join(lines))]
    if looked.reached:
        parts.append(Part(f"\n\n{texts.MEANING}", "italic"))
    if looked.mine:
        hint = texts.CHOOSE_UNIT.format(**context.words(inbound.address.channel))
        parts += [Part(f"\n\n{hint}")] if looked.tree.units else []
    choices = _choices(looked, as_payload(period, context.today))
    return say(inbound.address, Text(tuple(parts), tuple(choices)))


async def _picture(
    inbound: Inbound, context: Context, member: Member, period: Period, unit: int | None
) -> Outcome:
    """For a day, whoever has its address may see it: numbers of units, and nobody's name."""
    if not (context.public_url or inbound.address.channel in context.takes_files):
        return say(inbound.address, plain(texts.NO_PICTURE_HERE))
    looked = await context.db.read(look, member, unit, period)
    title = texts.PICTURE_TITLE.format(period=named(period))
    order = Order(period[0], period[1], looked.unit, (looked.mine and member.key) or None)
    ticket = context.ticket(FOLDER, order.as_text(), context.clock.now() + LASTS)
    picture = Picture(
        PICTURE_FILE, "image/png", f"{FOLDER}/{ticket}.png", f"{title} – {_named(looked)}", title
    )
    return say(inbound.address, picture)


def drawn(tx: Tx, order: Order) -> Drawn:
    """What the picture says."""
    period = (order.first, order.last)
    looked = _within(tx, period, order.unit, order.author)
    far = looked.reached
    sums = [
        (texts.TALKS_SUM, counted(len(looked.talks))),
        (texts.LISTENERS_SUM, counted(_listeners(looked.talks))),
        *(
            (label, counted(value))
            for label, value in zip(texts.REACH_SUMS, _figures(far), strict=True)
            if far
        ),
    ]
    bars = [(_part_name(looked, key), _listeners(held)) for key, held in _groups(looked)]
    heading = texts.BARS_HEADING if bars else ""
    if not any(number for _, number in bars):
        bars = [(_part_name(looked, key), _reach_of(looked, key).forwards) for key, _ in _groups(looked)]
        heading = texts.BARS_OF_FORWARDS if bars else ""
    note = texts.MEANING if far else ""
    title = f"{texts.PICTURE_TITLE.format(period=named(period))}: {_named(looked)}"
    return Drawn(title, tuple(sums), tuple(bars), heading, note)


def look(tx: Tx, member: Member, unit: int | None, period: Period) -> _Looked:
    """Staff see everything; a propagandist their unit with what is below it, and without a unit their own talks."""
    tree = units.load(tx)
    everything = staff.at_least(member.role, "editor")
    top = None if everything else member.unit
    mine = not everything and top is None
    allowed = set(tree.units) if everything else set(tree.below(top)) if top is not None else set()
    at = unit if unit in allowed else top
    return replace(_within(tx, period, at, member.key if mine else None), top=top)


def _within(tx: Tx, period: Period, at: int | None, author: int | None) -> _Looked:
    """Of a unit with what is below it (None: everything), or of one member's own talks."""
    tree = units.load(tx)
    at = at if at in tree.units else None
    within = set(tree.below(at)) if at is not None else None
    held = [
        talk
        for talk in talks.held(tx, *period)
        if (talk.author == author if author is not None else within is None or talk.unit in within)
    ]
    far = {} if author is not None else reach.by_unit(tx, *period)
    found = {key: each for key, each in far.items() if within is None or key in within}
    known = {each.key: each for each in documents.all_documents(tx)}
    return _Looked(tree, at, None, author is not None, held, known, found)


def _named(looked: _Looked) -> str:
    if looked.mine:
        return texts.OF_MYSELF
    if looked.unit is None:
        return texts.OF_ALL
    name = looked.tree.units[looked.unit].name
    return texts.WITH_PARTS.format(unit=name) if looked.tree.children(looked.unit) else name


def _sums(looked: _Looked) -> str:
    reached = looked.reached
    lines = [texts.REACH_LINES.format(*map(counted, _figures(reached)))] if reached else []
    if not looked.talks:
        return "\n".join((texts.NONE_YET, *lines))
    sums = texts.SUMS.format(
        talks=counted(len(looked.talks)),
        listeners=counted(_listeners(looked.talks)),
        documents=len({key for talk in looked.talks for key in talk.documents}),
    )
    return "\n".join((sums, *lines))


def _figures(of: Reach) -> tuple[int, int, int, int]:
    return of.chats, of.members, of.forwards, of.openings


def _listeners(held: Iterable[Talk]) -> int:
    return sum(talk.listeners or 0 for talk in held)


def _groups(looked: _Looked) -> list[tuple[int | None, list[Talk]]]:
    """The talks of each part, the most listened to first; a part is what lies right below, or the unit itself."""
    base = _base(looked)
    found: dict[int | None, list[Talk]] = defaultdict(list)
    for talk in looked.talks:
        found[_part(looked.tree, base, talk.unit)].append(talk)
    for key in looked.reach:
        found[_part(looked.tree, base, key)] += ()
    far = {key: _reach_of(looked, key) for key in found}
    order = {key: (-_listeners(held), -far[key].forwards, -far[key].openings) for key, held in found.items()}
    return sorted(found.items(), key=lambda each: order[each[0]])


def _reach_of(looked: _Looked, part: int | None) -> Reach:
    """Of one of the parts that `_groups` makes."""
    base = _base(looked)
    mine = (each for key, each in looked.reach.items() if _part(looked.tree, base, key) == part)
    return sum(mine, Reach())


def _base(looked: _Looked) -> int | None:
    roots = looked.tree.children(None)
    return looked.unit if looked.unit is not None or len(roots) != 1 else roots[0].key


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
    lines = [_unit_line(looked, key, held) for key, held in groups[:UNITS_SHOWN]]
    more = len(groups) - UNITS_SHOWN
    return [*lines, *([texts.AND_MORE.format(count=more)] if more > 0 else [])]


def _unit_line(looked: _Looked, key: int | None, held: list[Talk]) -> str:
    line = texts.UNIT_LINE.format(
        unit=_part_name(looked, key), talks=counted(len(held)), listeners=counted(_listeners(held))
    )
    far = _reach_of(looked, key)
    if not far:
        return line
    return line + texts.UNIT_REACH.format(
        chats=counted(far.chats), forwards=counted(far.forwards), openings=counted(far.openings)
    )


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


def _choices(looked: _Looked, word: str) -> list[Choice]:
    at = looked.unit or 0
    inside = [
        key
        for key, _ in _groups(looked)
        if key is not None and key != looked.unit and looked.tree.children(key) and not looked.mine
    ]
    higher = looked.tree.units[at].parent or 0 if at and at != looked.top else None
    return [
        *(
            Choice(label, payload(REPORT, other, at))
            for other, label in texts.PERIODS.items()
            if other != word
        ),
        *(Choice(looked.tree.units[key].name, payload(REPORT, word, key)) for key in inside[:BUTTONS]),
        *(
            [Choice(texts.AS_PICTURE, payload(REPORT, word, at, PICTURE))]
            if looked.talks or looked.reach
            else []
        ),
        *([Choice(texts.HIGHER, payload(REPORT, word, higher))] if higher is not None else []),
    ]
