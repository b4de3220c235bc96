"""Makes knowledge/data/weights.json from the evaluation data: `python -m bench.train_weights [--check]`.

Two models: one orders the candidates, one tells how likely the first is right. Everything is measured on sets that the
weights were not made from. Same data and seed, same weights.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench import evalsets, examples, fitting
from bench.examples import Example
from knowledge.candidates import Candidate
from knowledge.features import NAMES
from knowledge.matcher import Index
from knowledge.scoring import RANKED, SIGNALS, Weights, signals

WEIGHTS = Path(__file__).resolve().parents[1] / "knowledge" / "data" / "weights.json"
# A strong penalty: between sets the finer differences of the weights do not hold.
_RANK_PENALTY, _CONFIDENCE_PENALTY = 0.05, 0.01
# What a question without a right entry counts beside one that has it.
_COUNTS = {"negative": 0.1, "orphan": 0.1, "lost": 0.3}
# What the threshold keeps: right among answered, and answered among negatives, and among questions answered from a
# neighbour because their own entry was taken out.
_PRECISION, _NEGATIVES, _ORPHANS = 0.975, 0.002, 0.03
_FEWEST = 60  # direct answers below which a precision says nothing
_RANK_AT = [NAMES.index(name) for name in RANKED]
_SPEAK_AGAINST = ("marks_disagree", "heaviest_missing", "numbers_missing", "numbers_extra", "facts_conflict")
# Too rare in the data to be learnt: what the department wrote just so comes first.
_GIVEN = {"exact": 1.0}
_SIGNS = np.array([-1.0 if name in _SPEAK_AGAINST else 1.0 for name in RANKED])


@dataclass(frozen=True, slots=True)
class Judged:
    """What weights made without its fold say of an example; `rank` is 99 where no candidate is right, `direct` says
    whether a high score is answered."""

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
    inside, outside = examples.inside(), examples.outside()
    judged, seen = held_out(inside, outside)
    report(judged, seen)
    weights = trained(inside, outside)
    least = max(threshold(judged), threshold([_judged(each, weights) for each in (*inside, *outside)]))
    text = as_text(weights, least)
    if "--check" in sys.argv:
        same = WEIGHTS.read_text(encoding="utf-8") == text
        print(
            "the shipped weights are what this script makes" if same else "DIFFERENT from the shipped weights"
        )
        raise SystemExit(not same)
    WEIGHTS.write_text(text, encoding="utf-8")


def trained(inside: Sequence[Example], outside: Sequence[Example]) -> Weights:
    ranking = _ranking(inside)
    rows, right, counts = [], [], []
    for example in (*inside, *outside):
        first = _first(example, ranking)
        if first is None or example.variant == "slip" or not example.allowed[first]:
            continue
        rows.append(_signals(example, ranking))
        right.append(float(example.right[first]))
        counts.append(_COUNTS.get(example.variant, 1.0))
    fitted = fitting.confidence(np.array(rows), np.array(right), np.array(counts), _CONFIDENCE_PENALTY)
    return Weights(ranking, tuple(round(weight, 4) for weight in fitted.tolist()))


def as_text(weights: Weights, least: float) -> str:
    stored = {
        "ranking": {name: weights.ranking[at] for name, at in zip(RANKED, _RANK_AT, strict=True)},
        "confidence": dict(zip(SIGNALS, weights.confidence, strict=True)),
        "thresholds": {"answer": least, "group_answer": min(0.99, round(1 - (1 - least) / 3, 2))},
        "features": {"checksum": checksum()},
    }
    return json.dumps(stored, indent=1) + "\n"


def checksum() -> float:
    """A sum over the features of the questions of one set: it changes when code or tables change what is learnt."""
    index = Index.build(evalsets.entries("capphutho_faq", multi=True), [], weights=examples.START)
    rows = (
        row for each in evalsets.questions("capphutho_faq") for row in index.compared(index.query(each.query))
    )
    return round(sum(value * (at + 1) for row in rows for at, value in enumerate(sorted(row.features))), 3)


def report(judged: Sequence[Judged], seen: Mapping[str, float]) -> None:
    """Prints what the weights do on sets they were not made from, each with the threshold of the other sets."""
    for mode in ("multi", "single"):
        for variant in ("typed", "plain", "slip"):
            chosen = [each for each in judged if (each.mode, each.variant) == (mode, variant)]
            line = f"{mode:7}{variant:6} top-1 {_mean([each.rank == 1 for each in chosen]):.3f}"
            print(f"{line} top-5 {_mean([each.rank <= 5 for each in chosen]):.3f}")
    kept: list[Judged] = []
    for fold in sorted({each.fold for each in judged}):
        least = max(seen[fold], threshold([each for each in judged if each.fold != fold]))
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
    for variant in _COUNTS:
        chosen = [each for each in kept if each.variant == variant]
        print(f"{variant} answered {_mean([each.answered for each in chosen]):.4f} of {len(chosen)}", end=" ")
    print()


def held_out(inside: Sequence[Example], outside: Sequence[Example]) -> tuple[list[Judged], dict[str, float]]:
    """Each example judged by weights that were made without its fold (without its turn where it has no set); and for
    each fold the threshold that these weights need on what they were made from: there they are surer."""
    judged: list[Judged] = []
    seen: dict[str, float] = {}
    for number, fold in enumerate(examples.folds()):
        gone = (fold, f"turn {number}")
        kept = [[each for each in some if each.fold not in gone] for some in (inside, outside)]
        weights = trained(*kept)
        judged += [_judged(each, weights) for each in (*inside, *outside) if each.fold in gone]
        least = threshold([_judged(each, weights) for some in kept for each in some])
        seen.update(dict.fromkeys(gone, least))
    return judged, seen


def _judged(example: Example, weights: Weights) -> Judged:
    order = _order(example, weights.ranking)
    rank = next((at for at, place in enumerate(order, 1) if example.right[place]), 99)
    score = weights.probability(_signals(example, weights.ranking)) if order else 0.0
    direct = bool(order) and example.answers[order[0]]
    return Judged(example.fold, example.mode, example.variant, rank, score, direct)


def threshold(judged: Sequence[Judged]) -> float:
    """The lowest score that keeps the wanted precision over the questions of both modes, with and without accents."""
    asked = [each for each in judged if each.direct and each.variant != "slip" and each.mode != "own"]
    sizes = Counter(each.variant for each in judged)
    best = 0.99
    for percent in range(99, 30, -1):
        direct = [each for each in asked if each.score >= percent / 100]
        answered = Counter(each.variant for each in direct)
        right = _mean([each.rank == 1 for each in direct if each.variant in ("typed", "plain")])
        kept = (
            answered["negative"] <= _NEGATIVES * sizes["negative"]
            and answered["orphan"] <= _ORPHANS * sizes["orphan"]
        )
        if len(direct) < _FEWEST or (right >= _PRECISION and kept):
            best = percent / 100
    return best


def _ranking(inside: Sequence[Example]) -> tuple[float, ...]:
    """Sets count by the square root of their size."""
    usable = [each for each in inside if any(each.right)]
    sizes = Counter(each.fold for each in usable)
    total = sum(size**0.5 for size in sizes.values())
    choices = [
        fitting.Choice(
            np.array([row.features for row in each.rows])[:, _RANK_AT],
            np.array(each.right),
            sizes[each.fold] ** -0.5 / total,
        )
        for each in usable
    ]
    full = [0.0] * len(NAMES)
    for at, weight in zip(_RANK_AT, fitting.ordering(choices, _SIGNS, _RANK_PENALTY).tolist(), strict=True):
        full[at] = _GIVEN.get(NAMES[at], round(weight, 4))
    return tuple(full)


def _first(example: Example, ranking: Sequence[float]) -> int | None:
    return next(iter(_order(example, ranking)), None)


def _signals(example: Example, ranking: Sequence[float]) -> tuple[float, ...]:
    rows: list[Candidate] = [example.rows[at] for at in _order(example, ranking)]
    return signals([(_dot(ranking, row.features), row.features) for row in rows], example.telling)


def _order(example: Example, ranking: Sequence[float]) -> list[int]:
    return sorted(range(len(example.rows)), key=lambda at: (-_dot(ranking, example.rows[at].features), at))


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(map(float.__mul__, left, right))


if __name__ == "__main__":
    main()
