"""Makes knowledge/data/weights.json from the evaluation data: `python -m bench.train_weights [--check]`.

Two models: one orders the candidates (multinomial logistic), one tells how likely the first is right (logistic).
Everything is measured on sets that the weights were not made from. Same data and seed, same weights.
"""

import json
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from bench import evalsets
from bench.evalsets import Question
from bench.slips import with_a_slip
from knowledge.candidates import Candidate
from knowledge.features import NAMES
from knowledge.matcher import Index
from knowledge.scoring import RANKED, SIGNALS, Weights, signals, telling
from knowledge.triage import sensitive, small_talk

WEIGHTS = Path(__file__).resolve().parents[1] / "knowledge" / "data" / "weights.json"
SEED = 20261122
_CANDIDATES = 16  # of each question that the order is learnt from
_RANK_PENALTY, _CONFIDENCE_PENALTY = 0.004, 0.03
_OUTSIDE = 0.3  # what a question without a right entry counts beside one that has it
_SAME_ANSWER = 75  # from this likeness of answers on, two entries may both be right
_PRECISION, _NEGATIVES = (
    0.96,
    0.002,
)  # what the threshold keeps: right among answered, answered among negatives
_ORPHANS = 0.08  # answered from a neighbour because their own entry was taken out
_FEWEST = 60  # direct answers below which a precision says nothing
_FOLDS = 5
# Which phrasing of an entry is compared must not hang on the weights that were shipped before.
_PLAIN = {
    "query_units": 1.0, "entry_units": 3.0, "overlap": 1.5, "pairs_query": 0.5, "token_set": 1.5, "ratio": 1.0,
    "heaviest_missing": -1.0, "numbers_extra": -1.0, "trigrams": 1.0, "answer_rest": 1.0,
}  # fmt: skip
_START = Weights(tuple(_PLAIN.get(name, 0.0) for name in NAMES), (0.0,) * len(SIGNALS))
_RANK_AT = tuple(NAMES.index(name) for name in RANKED)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its compared candidates; `right` marks those that answer it."""

    fold: str
    mode: str
    variant: str
    telling: float
    rows: tuple[Candidate, ...]
    right: tuple[bool, ...]

    @property
    def is_answerable(self) -> bool:
        return any(self.right)


@dataclass(frozen=True, slots=True)
class Judged:
    """What weights made without its fold say of an example; `rank` is 99 where no candidate is right."""

    fold: str
    mode: str
    variant: str
    rank: int
    score: float
    direct: bool
    answered: bool = False


def main() -> None:
    if not evalsets.present():
        print(evalsets.MISSING)
        return
    inside, outside = examples(), [*negatives(), *orphans()]
    judged = held_out(inside, outside)
    report(judged)
    text = as_text(trained(inside, outside), threshold(judged))
    if "--check" in sys.argv:
        same = WEIGHTS.read_text(encoding="utf-8") == text
        print(
            "the shipped weights are what this script makes" if same else "DIFFERENT from the shipped weights"
        )
        raise SystemExit(not same)
    WEIGHTS.write_text(text, encoding="utf-8")


def examples() -> list[Example]:
    """Every question of every set, as typed, without accents and with a slip, in both modes; and each phrasing
    asked of an index that has only the questions."""
    rng = random.Random(SEED)
    made = []
    for mode in ("multi", "single"):
        for name in evalsets.SETS:
            entries = evalsets.entries(name, multi=mode == "multi")
            index = Index.build(entries, [], weights=_START)
            for question in evalsets.questions(name):
                made.append(_example(index, question, _fold_of(name), mode, "typed"))
                plain = replace(question, query=evalsets.without_accents(question.query))
                made.append(_example(index, plain, _fold_of(name), mode, "plain"))
                if slipped := with_a_slip(question.query, rng):
                    made.append(
                        _example(index, replace(question, query=slipped), _fold_of(name), mode, "slip")
                    )
            if mode == "single":
                made += [
                    _example(
                        index, Question(phrasing, frozenset((entry.id,))), _fold_of(name), "own", "typed"
                    )
                    for entry in evalsets.entries(name, multi=True)
                    for phrasing in entry.phrasings
                ]
    return made


def negatives() -> list[Example]:
    """Questions outside the knowledge base that small talk and triage leave over; folds by turns."""
    made = []
    for name in ("dvc_rasa", "capphutho_faq"):
        index = Index.build(evalsets.entries(name, multi=True), [], weights=_START)
        asked = [
            each for each in evalsets.negatives() if not (small_talk(each.query) or sensitive(each.query))
        ]
        made += [
            _example(index, question, f"turn {at % _FOLDS}", name, "negative")
            for at, question in enumerate(asked)
        ]
    return made


def orphans() -> list[Example]:
    """The question of each entry asked of the knowledge base without that entry: the hardest questions to refuse."""
    made = []
    for name in ("dvc_rasa", "capphutho_faq", "xiv_topic"):
        entries = evalsets.entries(name, multi=True)
        index = Index.build(entries, [], weights=_START)
        answers = {entry.id: entry.answer for entry in entries}
        for at, entry in enumerate(entries):
            asked = _example(
                index, Question(entry.question, frozenset()), f"turn {at % _FOLDS}", name, "orphan"
            )
            left = _rescaled([row for row in asked.rows if row.id != entry.id])
            if left and fuzz.token_set_ratio(answers[left[0].id], entry.answer) < _SAME_ANSWER:
                made.append(replace(asked, rows=left, right=(False,) * len(left)))
    return made


def trained(inside: Sequence[Example], outside: Sequence[Example]) -> Weights:
    ranking = _ranking(inside)
    rows, labels, importance = [], [], []
    for example in [*inside, *outside]:
        first = _first(example, ranking)
        if first is None or not first[1].direct or example.variant == "slip":
            continue
        rows.append(first[0])
        labels.append(float(first[2]))
        importance.append(1.0 if example.fold in _folds() else _OUTSIDE)
    return Weights(ranking, _logistic(rows, labels, importance))


def as_text(weights: Weights, thresholds: dict[str, float]) -> str:
    stored = {
        "ranking": {name: weights.ranking[at] for name, at in zip(RANKED, _RANK_AT, strict=True)},
        "confidence": dict(zip(SIGNALS, weights.confidence, strict=True)),
        "thresholds": thresholds,
    }
    rounded: dict[str, dict[str, float]] = {
        group: {name: round(value, 4) for name, value in row.items()} for group, row in stored.items()
    }
    rounded["features"] = {"checksum": checksum()}
    return json.dumps(rounded, indent=1) + "\n"


def checksum() -> float:
    """A sum over the features of the questions of one set: it changes when code or tables change what is learnt."""
    index = Index.build(evalsets.entries("capphutho_faq", multi=True), [], weights=_START)
    rows = (
        row for each in evalsets.questions("capphutho_faq") for row in index.compared(index.query(each.query))
    )
    return round(sum(value * (at + 1) for row in rows for at, value in enumerate(sorted(row.features))), 3)


def report(judged: Sequence[Judged]) -> None:
    """Prints what the weights do on sets they were not made from, each with the threshold of the other sets."""
    for mode in ("multi", "single"):
        for variant in ("typed", "plain", "slip"):
            chosen = [each for each in judged if (each.mode, each.variant) == (mode, variant)]
            line = f"{mode:7}{variant:6} top-1 {_mean([each.rank == 1 for each in chosen]):.3f}"
            print(f"{line} top-5 {_mean([each.rank <= 5 for each in chosen]):.3f}")
    folds = sorted({each.fold for each in judged})
    kept: list[Judged] = []
    for fold in folds:
        least = threshold([each for each in judged if each.fold != fold])["answer"]
        kept += [
            replace(each, answered=each.direct and each.score >= least)
            for each in judged
            if each.fold == fold
        ]
    typed = [each for each in kept if (each.mode, each.variant) == ("multi", "typed")]
    direct = [each for each in typed if each.answered]
    print(
        f"direct {len(direct) / len(typed):.3f} right {_mean([each.rank == 1 for each in direct]):.3f}",
        end=" ",
    )
    for variant in ("negative", "orphan"):
        chosen = [each for each in kept if each.variant == variant]
        print(
            f"{variant}s answered {_mean([each.answered for each in chosen]):.4f} of {len(chosen)}", end=" "
        )
    print(threshold(judged))


def held_out(inside: Sequence[Example], outside: Sequence[Example]) -> list[Judged]:
    judged = []
    for number, fold in enumerate(_folds()):
        turn = f"turn {number % _FOLDS}"
        weights = trained(
            [each for each in inside if each.fold != fold], [each for each in outside if each.fold != turn]
        )
        judged += [_judged(each, weights) for each in inside if each.fold == fold]
        judged += [_judged(each, weights) for each in outside if each.fold == turn]
    return judged


def _judged(example: Example, weights: Weights) -> Judged:
    order = _order(example, weights.ranking)
    rank = next((at for at, place in enumerate(order, 1) if example.right[place]), 99)
    first = _first(example, weights.ranking)
    score = weights.probability(first[0]) if first else 0.0
    return Judged(
        example.fold, example.mode, example.variant, rank, score, first is not None and first[1].direct
    )


def threshold(judged: Sequence[Judged]) -> dict[str, float]:
    """The lowest score that keeps the wanted precision over the questions of both modes, with and without accents."""
    asked = [each for each in judged if each.direct and each.variant != "slip"]
    asked = [each for each in asked if each.mode != "own"]
    sizes = {kind: sum(each.variant == kind for each in judged) for kind in ("negative", "orphan")}
    best = 0.99
    for percent in range(99, 30, -1):
        direct = [each for each in asked if each.score >= percent / 100]
        outside = sum(each.variant == "negative" for each in direct)
        orphans = sum(each.variant == "orphan" for each in direct)
        right = _mean([each.rank == 1 for each in direct if each.variant in ("typed", "plain")])
        kept = outside <= _NEGATIVES * sizes["negative"] and orphans <= _ORPHANS * sizes["orphan"]
        if len(direct) < _FEWEST or (right >= _PRECISION and kept):
            best = percent / 100
    group = min(0.99, round(1 - (1 - best) / 2, 2))
    return {"answer": best, "group_answer": group}


def _example(index: Index, question: Question, fold: str, mode: str, variant: str) -> Example:
    query = index.query(question.query)
    rows = tuple(index.compared(query))
    right = tuple(row.id in question.expect for row in rows)
    return Example(fold, mode, variant, telling(query.weights), rows, right)


def _rescaled(rows: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The rows with their shares of the best counted anew after one was taken out."""
    shares = [at for at, name in enumerate(NAMES) if name.startswith("best_")]
    highest = {at: max((row.features[at] for row in rows), default=0.0) or 1.0 for at in shares}
    return tuple(
        replace(row, features=tuple(value / highest.get(at, 1.0) for at, value in enumerate(row.features)))
        for row in rows
    )


def _ranking(inside: Sequence[Example]) -> tuple[float, ...]:
    """Multinomial logistic regression by Newton's method; sets count by the square root of their size."""
    usable = [each for each in inside if each.is_answerable]
    sizes: dict[str, int] = {}
    for each in usable:
        sizes[each.fold] = sizes.get(each.fold, 0) + 1
    total = sum(size**0.5 for size in sizes.values())
    groups = []
    for each in usable:
        picked = list(range(min(_CANDIDATES, len(each.rows))))
        picked += [at for at, right in enumerate(each.right) if right and at >= _CANDIDATES]
        rows = [[each.rows[at].features[place] for place in _RANK_AT] for at in picked]
        groups.append((rows, [each.right[at] for at in picked], sizes[each.fold] ** -0.5 / total))
    weights = [0.0] * len(_RANK_AT)
    for _ in range(10):
        gradient = [_RANK_PENALTY * weight for weight in weights]
        hessian = [[_RANK_PENALTY * (a == b) for b in range(len(weights))] for a in range(len(weights))]
        for rows, right, share in groups:
            chances = _softmax([_dot(weights, row) for row in rows])
            among = sum(chance for chance, good in zip(chances, right, strict=True) if good)
            wanted = [chance / among if good else 0.0 for chance, good in zip(chances, right, strict=True)]
            mean = [
                sum(c * row[at] for c, row in zip(chances, rows, strict=True)) for at in range(len(weights))
            ]
            for chance, want, row in zip(chances, wanted, rows, strict=True):
                _add(gradient, row, share * (chance - want))
                if chance > 1e-4:
                    centred = [value - middle for value, middle in zip(row, mean, strict=True)]
                    _add_outer(hessian, centred, share * chance)
        step = _solved(hessian, gradient)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    full = [0.0] * len(NAMES)
    for at, weight in zip(_RANK_AT, weights, strict=True):
        full[at] = round(weight, 4)
    return tuple(full)


def _logistic(
    rows: Sequence[Sequence[float]], labels: Sequence[float], importance: Sequence[float]
) -> tuple[float, ...]:
    weights = [0.0] * len(SIGNALS)
    whole = sum(importance)
    for _ in range(25):
        gradient = [_CONFIDENCE_PENALTY * weight * (at > 0) for at, weight in enumerate(weights)]
        hessian = [
            [(_CONFIDENCE_PENALTY + 1e-9) * (a == b) for b in range(len(weights))]
            for a in range(len(weights))
        ]
        for row, label, share in zip(rows, labels, importance, strict=True):
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, _dot(weights, row)))))
            _add(gradient, row, share / whole * (chance - label))
            _add_outer(hessian, row, share / whole * max(chance * (1 - chance), 1e-4))
        step = _solved(hessian, gradient)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-5:
            break
    return tuple(round(weight, 4) for weight in weights)


def _first(example: Example, ranking: Sequence[float]) -> tuple[tuple[float, ...], Candidate, bool] | None:
    order = _order(example, ranking)
    if not order:
        return None
    ranked = [(_dot(ranking, example.rows[at].features), example.rows[at].features) for at in order]
    return signals(ranked, example.telling), example.rows[order[0]], example.right[order[0]]


def _order(example: Example, ranking: Sequence[float]) -> list[int]:
    return sorted(range(len(example.rows)), key=lambda at: (-_dot(ranking, example.rows[at].features), at))


def _folds() -> list[str]:
    return sorted({_fold_of(name) for name in evalsets.SETS})


def _fold_of(name: str) -> str:
    return "congress" if name in ("xiv_topic", "hoidap14_sub") else name  # the same entries


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _softmax(values: Sequence[float]) -> list[float]:
    powers = [math.exp(value - max(values)) for value in values]
    return [power / sum(powers) for power in powers]


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(map(float.__mul__, left, right))


def _add(into: list[float], row: Sequence[float], factor: float) -> None:
    for at, value in enumerate(row):
        into[at] += factor * value


def _add_outer(into: list[list[float]], row: Sequence[float], factor: float) -> None:
    for at, value in enumerate(row):
        if value:
            scaled = factor * value
            into[at] = [cell + scaled * other for cell, other in zip(into[at], row, strict=True)]


def _solved(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """Gaussian elimination with pivoting."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda place: abs(rows[place][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            if factor:
                rows[below] = [a - factor * b for a, b in zip(rows[below], rows[at], strict=True)]
    solution = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][place] * solution[place] for place in range(at + 1, size))
        solution[at] = (rows[at][size] - known) / rows[at][at]
    return solution


if __name__ == "__main__":
    main()
