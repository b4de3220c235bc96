"""What a closed poll says: counts, shares and declared crossings, each way of answering by itself, small groups hidden.

Who answered in private chats, on the web page and in groups are never added up: a browser may answer twice, a group's
answers are seen by its members, and a sum would tell the rest. Nothing is shown before the close.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.model import Tx
from surveys import polls
from surveys.polls import Poll, Question
from surveys.suppression import LEAST, Relation, hidden

Way = Literal["chat", "web", "groups"]
WAYS: tuple[Way, ...] = ("chat", "web", "groups")
FEW = 100  # answers under which a share of a single percent would say more than is known
ENOUGH_FOR_A_MEAN = 30
_AT_HAND = 16  # results: a closed poll's never changes, and what to hide of a large one takes up to a second

# (question, option, crossing, its option), as in `poll_counters`; an option below zero: all who did not choose it.
Counter = tuple[int, int, int, int]
Counts = Mapping[Counter, int]
GroupCounts = Mapping[tuple[int, int], int]  # (question, option) of one group; option 0: how many answered


@dataclass(frozen=True, slots=True)
class Line:
    """`count` and `share` (per cent) are None where they are hidden."""

    option: int
    label: str
    count: int | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The answers to one question, of everybody or of those who chose one option of a crossing.

    of        0, or the question that it is crossed with; `named` is that option in words, "" for who did not say
    answered  how many answered; None where that is hidden
    mean      of a scale, one decimal; None where too few answered or a line is hidden
    """

    of: int
    option: int
    named: str
    answered: int | None
    lines: tuple[Line, ...]
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    number: int
    question: Question
    table: Table
    crossed: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class WayResult:
    """Those who answered in one way. `ballots` is None where they are so few that nothing is said about them."""

    way: Way
    ballots: int | None
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """words  of each open question the answers, in no order; none where there are fewer than ten"""

    poll: Poll
    ways: tuple[WayResult, ...]
    words: Mapping[int, tuple[str, ...]]
    spoilt: int

    @property
    def anything(self) -> bool:
        return any(way.ballots for way in self.ways)


def of(tx: Tx, key: int, groups: Sequence[GroupCounts] = ()) -> Results | None:
    """Of a closed poll; None while it runs, and where there is none.

    groups  what each group's own poll says; its members know that
    """
    poll = polls.by_key(tx, key)
    if poll is None or poll.state != "closed":
        return None
    ways: dict[Way, dict[Counter, int]] = {}
    for row in tx.rows("SELECT * FROM poll_counters WHERE poll = :poll", poll=key):
        cell = (row["question"], row["option"], row["crossing"], row["crossing_option"])
        ways.setdefault(row["source"], {})[cell] = row["times"]
    spoilt = sum(counts.pop((0, 1, 0, 0), 0) for counts in ways.values())
    return Results(
        poll,
        tuple(way for name in WAYS if (way := _way(poll, name, ways.get(name, {}), groups))),
        {number: tuple(said) for number, said in _words(tx, poll) if len(said) >= LEAST},
        spoilt,
    )


def tens(tx: Tx, poll: int) -> int:
    """How many ballots have been counted, rounded down: nobody is to see one arrive."""
    row = tx.row(
        """SELECT coalesce(sum(times), 0) AS n FROM poll_counters
            WHERE poll = :poll AND question = 0 AND option = 0 AND crossing = 0""",
        poll=poll,
    )
    return int(row["n"]) // 10 * 10 if row else 0


def compose(poll: Poll, way: Way, counts: Counts) -> WayResult:
    """One way of answering, with what has to be hidden. Pure."""
    return _composed(poll, way, frozenset(counts.items()))


@lru_cache(maxsize=_AT_HAND)
def _composed(poll: Poll, way: Way, counted: frozenset[tuple[Counter, int]]) -> WayResult:
    counts = dict(counted)
    ballots = counts.get((0, 0, 0, 0), 0)
    if ballots < LEAST:
        return WayResult(way, None, ())
    values = dict(_values(poll, counts))
    kept_back: set[Counter] = set()
    for together in _bound(poll):
        relations = [relation for number in together for relation in _relations(poll, number)]
        kept_back |= hidden({cell: values[cell] for cell in _cells(relations)}, relations)
    return WayResult(
        way, ballots, tuple(_question(poll, number, values, kept_back) for number in _asked(poll))
    )


def compose_groups(poll: Poll, groups: Sequence[GroupCounts]) -> WayResult | None:
    """All groups together. Who is in one group knows its numbers: without them, too, no small group may be left."""
    if not groups:
        return None
    questions = []
    for number, question in enumerate(poll.questions, 1):
        each = [[group.get((number, option), 0) for option in (0, *_options(question))] for group in groups]
        if not any(map(sum, each)):
            continue
        questions.append(QuestionResult(number, question, _group_table(question, each)))
    people = max((result.table.answered or 0 for result in questions), default=0)
    return WayResult("groups", people or None, tuple(questions) if people else ())


def _way(poll: Poll, way: Way, counts: Counts, groups: Sequence[GroupCounts]) -> WayResult | None:
    if way == "groups":
        return compose_groups(poll, groups)
    return compose(poll, way, counts) if counts.get((0, 0, 0, 0)) else None


def _words(tx: Tx, poll: Poll) -> Iterator[tuple[int, list[str]]]:
    rows = tx.rows("SELECT question, text FROM poll_words WHERE poll = :poll ORDER BY name", poll=poll.key)
    for number, question in enumerate(poll.questions, 1):
        if question.kind == "open":
            yield number, [row["text"] for row in rows if row["question"] == number]


# One question


def _question(poll: Poll, number: int, values: Counts, kept_back: set[Counter]) -> QuestionResult:
    tables = [_table(poll, number, side, values, kept_back) for side in _sides(poll, number)]
    return QuestionResult(number, poll.questions[number - 1], tables[0], tuple(tables[1:]))


def _asked(poll: Poll) -> list[int]:
    """Open questions are not among them: how many wrote in each way, beside all that they wrote, would tell of a few."""
    return [number for number, question in enumerate(poll.questions, 1) if question.kind != "open"]


def _bound(poll: Poll) -> list[list[int]]:
    """Questions whose numbers have to be looked at together: age by commune and commune by age are the same people."""
    return [list(poll.crossings), *([number] for number in _asked(poll) if number not in poll.crossings)]


def _sides(poll: Poll, number: int) -> list[tuple[int, int]]:
    """Everybody, and those who chose each option of each crossing, with 0 for who did not say."""
    by = [crossing for crossing in poll.crossings if crossing != number]
    return [
        (0, 0),
        *((one, option) for one in by for option in (0, *_options(poll.questions[one - 1]))),
    ]


def _options(question: Question) -> range:
    return range(1, question.choices + 1)


def _cell(poll: Poll, number: int, option: int, side: tuple[int, int]) -> Counter:
    """The young of a commune are the young people of the commune: one cell, from whichever side it is looked at."""
    if option > 0 and side[1] > 0 and number in poll.crossings and number > side[0]:
        return (*side, number, option)
    return (number, option, *side)


def _values(poll: Poll, counts: Counts) -> Iterator[tuple[Counter, int]]:
    for number in _asked(poll):
        question = poll.questions[number - 1]
        for side in _sides(poll, number):
            answered = counts.get((number, 0, *side), 0)
            yield (number, 0, *side), answered
            for option in _options(question):
                chose = counts.get((number, option, *side), 0)
                yield _cell(poll, number, option, side), chose
                if question.kind == "several":
                    yield (number, -option, *side), answered - chose


def _relations(poll: Poll, number: int) -> Iterator[Relation[Counter]]:
    question, sides = poll.questions[number - 1], _sides(poll, number)
    options = _options(question)
    for side in sides:
        whole = (number, 0, *side)
        if question.kind == "several":
            for option in options:
                yield Relation(whole, ((number, option, *side), (number, -option, *side)))
        else:
            yield Relation(whole, tuple(_cell(poll, number, option, side) for option in options))
    several = (-option for option in options) if question.kind == "several" else ()
    for crossing in dict.fromkeys(by for by, _ in sides[1:]):
        for option in (0, *options, *several):
            parts = tuple(_cell(poll, number, option, side) for side in sides if side[0] == crossing)
            yield Relation((number, option, 0, 0), parts)


def _cells(relations: Iterable[Relation[Counter]]) -> set[Counter]:
    return {cell for relation in relations for cell in (relation.whole, *relation.parts)}


def _table(
    poll: Poll,
    number: int,
    side: tuple[int, int],
    values: Counts,
    kept_back: set[Counter],
) -> Table:
    question, (crossing, chosen) = poll.questions[number - 1], side
    cells = {option: _cell(poll, number, option, side) for option in (0, *_options(question))}
    shown = {option: values[cell] for option, cell in cells.items() if cell not in kept_back}
    answered = shown.get(0)
    named = label(poll.questions[crossing - 1], chosen) if chosen else ""
    return _with_lines(question, shown, answered, Table(crossing, chosen, named, answered, ()))


def _with_lines(question: Question, shown: Mapping[int, int], answered: int | None, bare: Table) -> Table:
    lines = tuple(
        Line(option, label(question, option), shown.get(option), share(shown.get(option), answered))
        for option in _options(question)
    )
    return Table(bare.of, bare.option, bare.named, answered, lines, _mean(question, lines, answered))


def _mean(question: Question, lines: Sequence[Line], answered: int | None) -> float | None:
    if question.kind != "scale" or not answered or answered < ENOUGH_FOR_A_MEAN:
        return None
    counts = [line.count for line in lines if line.count is not None]
    if len(counts) < len(lines):
        return None  # with the other lines it would tell what they hide
    return round(sum(point * count for point, count in enumerate(counts, 1)) / answered, 1)


def _group_table(question: Question, groups: Sequence[Sequence[int]]) -> Table:
    """`groups`: of each how many answered, and how many chose each option."""
    options = _options(question)
    if question.kind == "several":  # who did not choose an option is a group, too
        groups = [[*group, *(group[0] - group[option] for option in options)] for group in groups]
    sums = [sum(column) for column in zip(*groups, strict=True)]
    kept_back = {at for at, count in enumerate(sums) if min([count, *_rests(groups, at)]) < LEAST}
    values = {at: 0 if at in kept_back else count for at, count in enumerate(sums)}
    if question.kind == "several":
        relations = [Relation(0, (option, len(options) + option)) for option in options]
    else:
        relations = [Relation(0, tuple(options))]
    kept_back = hidden(values, relations)
    shown = {at: count for at, count in enumerate(sums) if at not in kept_back}
    return _with_lines(question, shown, shown.get(0), Table(0, 0, "", shown.get(0), ()))


def _rests(groups: Sequence[Sequence[int]], at: int) -> list[int]:
    """What somebody of each group is left with who takes their own numbers away; one group has no others."""
    return [sum(group[at] for group in groups) - own[at] for own in groups] if len(groups) > 1 else []


def leading(one: QuestionResult) -> tuple[Line, ...]:
    """What most have chosen, all of it where as many have chosen another; nothing where that may be what is hidden: a hidden
    number is smaller than ten or covers one."""
    shown = {
        line: line.count for line in one.table.lines if line.count is not None and line.share is not None
    }
    most = max(shown.values(), default=0)
    hidden_part = (one.table.answered or 0) - sum(shown.values())
    if len(shown) < len(one.table.lines) and (one.question.kind == "several" or hidden_part >= most):
        return ()
    return tuple(line for line, count in shown.items() if count == most)


def label(question: Question, option: int) -> str:
    """How an option is called; the ends of a scale with their words."""
    if question.kind != "scale":
        return question.options[option - 1]
    ends = {1: question.options[0], question.choices: question.options[-1]} if question.options else {}
    return f"{option} – {ends[option]}" if option in ends else str(option)


def share(count: int | None, answered: int | None) -> int | None:
    """Per cent: whole ones, and where few have answered only every fifth, since more would be invented."""
    if count is None or not answered:
        return None
    step = 1 if answered >= FEW else 5
    return round(100 * count / answered / step) * step
