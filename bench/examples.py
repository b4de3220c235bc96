"""The questions that weights are made from and measured on: those of the evaluation data, and hard ones made of them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bench import evalsets
from bench.evalsets import Question
from bench.slips import with_a_slip
from knowledge.answering import may_answer
from knowledge.candidates import Candidate, Indexed
from knowledge.features import NAMES
from knowledge.matcher import Index
from knowledge.scoring import SIGNALS, Weights, telling
from knowledge.triage import sensitive, small_talk

SEED = 20261122
_SAME_ANSWER = 75  # from this likeness of answers on, two entries may both be right
# Which phrasing of an entry is compared must not hang on the weights that were shipped before.
_PLAIN = {
    "query_units": 1.0, "entry_units": 3.0, "overlap": 1.5, "pairs_query": 0.5, "letters": 1.5, "ratio": 1.0,
    "heaviest_missing": -1.0, "numbers_extra": -1.0, "trigrams": 1.0, "answer_rest": 1.0,
}  # fmt: skip
START = Weights(tuple(_PLAIN.get(name, 0.0) for name in NAMES), (0.0,) * len(SIGNALS))


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its compared candidates. `right` marks those that answer it, `allowed` those that the exact facts
    and the words allow, `answers` those that would be answered with if the score were high enough."""

    fold: str
    mode: str
    variant: str
    telling: float
    rows: tuple[Candidate, ...]
    right: tuple[bool, ...]
    allowed: tuple[bool, ...]
    answers: tuple[bool, ...]


def inside() -> list[Example]:
    """Every question of every set, as typed, without accents and with a slip, in both modes; and each phrasing
    asked of an index that has only the questions."""
    rng = random.Random(SEED)
    made = []
    for mode in ("multi", "single"):
        for name in evalsets.SETS:
            index = Index.build(evalsets.entries(name, multi=mode == "multi"), [], weights=START)
            for question in evalsets.questions(name):
                for variant, query in _variants(question.query, rng):
                    made.append(example(index, replace(question, query=query), fold_of(name), mode, variant))
            if mode == "single":
                made += [
                    example(index, Question(phrasing, frozenset((entry.id,))), fold_of(name), "own", "typed")
                    for entry in evalsets.entries(name, multi=True)
                    for phrasing in entry.phrasings
                ]
    return made


def outside() -> list[Example]:
    """What must not be answered."""
    return [*_negatives(), *_orphans(), *_lost()]


def _variants(query: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "typed", query
    yield "plain", evalsets.without_accents(query)
    if slipped := with_a_slip(query, rng):
        yield "slip", slipped


def _negatives() -> list[Example]:
    """Questions outside the knowledge base that small talk and triage leave over."""
    made = []
    for name in ("dvc_rasa", "capphutho_faq"):
        index = Index.build(evalsets.entries(name, multi=True), [], weights=START)
        asked = [
            each for each in evalsets.negatives() if not (small_talk(each.query) or sensitive(each.query))
        ]
        made += [
            example(index, question, f"turn {at % len(folds())}", name, "negative")
            for at, question in enumerate(asked)
        ]
    return made


def _orphans() -> list[Example]:
    """The question of each entry asked of the knowledge base without that entry: the hardest questions to refuse."""
    made = []
    for name in ("dvc_rasa", "capphutho_faq", "xiv_topic"):
        entries = evalsets.entries(name, multi=True)
        index = Index.build(entries, [], weights=START)
        answers = {entry.id: entry.answer for entry in entries}
        for at, entry in enumerate(entries):
            asked = _without(
                example(
                    index, Question(entry.question, frozenset()), f"turn {at % len(folds())}", name, "orphan"
                ),
                entry.id,
            )
            if asked.rows and fuzz.token_set_ratio(answers[asked.rows[0].id], entry.answer) < _SAME_ANSWER:
                made.append(asked)
    return made


def _lost() -> list[Example]:
    """Every question of every set asked of the knowledge base without the entries that answer it: what people ask, in
    their own words, about something that is not there."""
    made = []
    for name in evalsets.SETS:
        entries = evalsets.entries(name, multi=True)
        index = Index.build(entries, [], weights=START)
        for question in evalsets.questions(name):
            gone = _answering(question, entries)
            if gone:
                asked = replace(question, expect=frozenset())
                made.append(example(index.with_changes((), gone), asked, fold_of(name), "multi", "lost"))
    return made


def _answering(question: Question, entries: Sequence[Indexed]) -> set[int]:
    """The keys of the entries that answer the question, or whose answers say the same."""
    answers = [entry.answer for entry in entries if entry.id in question.expect]
    return {
        entry.key
        for entry in entries
        if any(fuzz.token_set_ratio(entry.answer, answer) >= _SAME_ANSWER for answer in answers)
    }


def example(index: Index, question: Question, fold: str, mode: str, variant: str) -> Example:
    query = index.query(question.query)
    rows = tuple(index.compared(query))
    return Example(
        fold,
        mode,
        variant,
        telling(query.weights),
        rows,
        tuple(row.id in question.expect for row in rows),
        tuple(row.direct for row in rows),
        tuple(may_answer(query, row, index) for row in rows),
    )


def _without(given: Example, id: str) -> Example:
    """The example without the candidates of an entry; the shares of the best are counted anew."""
    kept = [at for at, row in enumerate(given.rows) if row.id != id]
    rows = [given.rows[at] for at in kept]
    shares = [at for at, name in enumerate(NAMES) if name.startswith("best_")]
    highest = {at: max((row.features[at] for row in rows), default=0.0) or 1.0 for at in shares}
    return replace(
        given,
        rows=tuple(
            row._replace(
                features=tuple(value / highest.get(at, 1.0) for at, value in enumerate(row.features))
            )
            for row in rows
        ),
        right=tuple(given.right[at] for at in kept),
        allowed=tuple(given.allowed[at] for at in kept),
        answers=tuple(given.answers[at] for at in kept),
    )


def folds() -> list[str]:
    return sorted({fold_of(name) for name in evalsets.SETS})


def fold_of(name: str) -> str:
    return "congress" if name in ("xiv_topic", "hoidap14_sub") else name  # the same entries
