"""From features to an order and to a probability: two small linear models whose weights are in data/weights.json."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.analysis import Analysed
from knowledge.features import NAMES
from knowledge.tables import table

SIGNALS = ("bias", "total", "margin", "share", "direct_words", *NAMES)


@dataclass(frozen=True, slots=True)
class Weights:
    """`ranking` has one weight per feature, `confidence` one per signal of the best candidate."""

    ranking: tuple[float, ...]
    confidence: tuple[float, ...]

    def total(self, values: Sequence[float]) -> float:
        return sum(weight * value for weight, value in zip(self.ranking, values, strict=True))

    def confidences(self, ranked: Sequence[tuple[float, Sequence[float]]], query: Analysed) -> list[float]:
        """The probability that each candidate, given best first, answers; never rising down the list."""
        if not ranked:
            return []
        first = self.probability(signals(ranked, query))
        top = ranked[0][0]
        return [first * math.exp(min(0.0, total - top)) for total, _ in ranked]

    def probability(self, values: Sequence[float]) -> float:
        logit = sum(weight * value for weight, value in zip(self.confidence, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def signals(ranked: Sequence[tuple[float, Sequence[float]]], query: Analysed) -> tuple[float, ...]:
    """What the confidence in the best candidate rests on: its features, its lead and the question's own length."""
    total, values = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else total - 4.0
    rest = sum(math.exp(min(0.0, other - total)) for other, _ in ranked[1:])
    return (
        1.0,
        total,
        min(4.0, total - second),
        1 / (1 + rest),
        min(8.0, sum(query.weights)) / 8,
        *values,
    )


@cache
def shipped() -> Weights:
    """The weights that come with the program, made by bench/train_weights.py."""
    stored = table("weights")
    return Weights(
        tuple(stored["ranking"][name] for name in NAMES),
        tuple(stored["confidence"][name] for name in SIGNALS),
    )
