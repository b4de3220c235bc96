"""From features to an order and to a probability: two small linear models whose weights are in data/weights.json."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.features import NAMES
from knowledge.tables import table

_NOT_RANKED = (
    "heaviest_extra",
    "answer_pairs",
    "missing",
    "extra",
    "exchanged",
)  # they tell how sure to be, not which entry is better
RANKED = tuple(name for name in NAMES if name not in _NOT_RANKED)
_LED = (
    "query_units",
    "overlap",
    "pairs_query",
    "entry_core",
)  # in these a good answer is ahead of every other entry
SIGNALS = ("bias", "total", "margin", "share", "telling", *(f"lead_{name}" for name in _LED), *NAMES)
_EXCHANGED = 0.75  # from this weight on a word is what the question is about
_LEAST_UNDERSTOOD = 0.4  # of the weight of a question's words
_UNDERSTOOD = NAMES.index("query_units")
_MISSING, _EXTRA = NAMES.index("heaviest_missing"), NAMES.index("heaviest_extra")
_EXACT, _ACCENTS_DIFFER = NAMES.index("exact"), NAMES.index("marks_disagree")
_LED_AT = tuple(map(NAMES.index, _LED))
_WORD_FOR_WORD = 0.99  # the department wrote this very question
_EITHER = 0.5  # it wrote it twice: which entry is meant cannot be known
# A lead beyond which the runner-up no longer matters, in total and in a feature: in a small knowledge base it says little
# that there is no other.
_FAR_AHEAD, _AHEAD = 2.5, 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """`ranking` has one weight per feature, `confidence` one per signal of the best candidate."""

    ranking: tuple[float, ...]
    confidence: tuple[float, ...]

    def confidences(self, ranked: Sequence[tuple[float, Sequence[float]]], telling: float) -> list[float]:
        """The probability that each candidate, given best first, answers; never rising down the list."""
        if not ranked:
            return []
        first = self.probability(signals(ranked, telling))
        written = [is_word_for_word(values) for _, values in ranked]
        if sum(written) > 1:
            first = min(first, _EITHER)
        elif written[0]:
            first = max(first, _WORD_FOR_WORD)
        top = ranked[0][0]
        return [first * math.exp(min(0.0, total - top)) for total, _ in ranked]

    def probability(self, values: Sequence[float]) -> float:
        logit = sum(map(float.__mul__, self.confidence, values))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def telling(weights: Sequence[float]) -> float:
    """How much a question says at all, 0..1, from the weights of its words."""
    return min(8.0, sum(weights)) / 8


def is_beside_the_point(values: Sequence[float]) -> bool:
    """Whether the phrasing may not answer directly, however alike: each side has a rare word that the other lacks,
    or most of what the question says is not in it."""
    return min(values[_MISSING], values[_EXTRA]) >= _EXCHANGED or values[_UNDERSTOOD] < _LEAST_UNDERSTOOD


def signals(ranked: Sequence[tuple[float, Sequence[float]]], said: float) -> tuple[float, ...]:
    """What the confidence in the best candidate rests on: its features, its lead and how much the question says."""
    total, values = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else total - _FAR_AHEAD
    rest = sum([math.exp(min(0.0, other - total)) for other, _ in ranked[1:]])
    others = [max([other[at] for _, other in ranked[1:]], default=0.0) for at in _LED_AT]
    leads = [min(_AHEAD, values[at] - other) for at, other in zip(_LED_AT, others, strict=True)]
    return (1.0, total, min(_FAR_AHEAD, total - second), 1 / (1 + rest), said, *leads, *values)


def is_word_for_word(values: Sequence[float]) -> bool:
    """Whether the text says just what is asked, with the same accents where both have some."""
    return values[_EXACT] == 1 and values[_ACCENTS_DIFFER] == 0


@cache
def shipped() -> Weights:
    """The weights that come with the program, made by bench/train_weights.py."""
    stored = table("weights")
    return Weights(
        tuple(stored["ranking"].get(name, 0.0) for name in NAMES),
        tuple(stored["confidence"][name] for name in SIGNALS),
    )


def threshold(outcome: str) -> float:
    """The measured threshold for "answer" or "group_answer"."""
    return float(table("weights")["thresholds"][outcome])
