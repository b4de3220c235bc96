"""Questions that are about one thing, in whatever words: the matcher's reading of two texts, laid side by side. Pure.

Looser than what may be answered: staff read the wordings, and to them "khi nào sáp nhập thôn" and "bao giờ thì sáp nhập các
thôn" are one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.analysis import analysed
from knowledge.numbers import Facts

# Measured on the evaluation sets: seven pairs in ten have one label, and most others one subject.
_ALIKE = 0.55
_COMPARED = 6  # wordings of a group that another one is laid beside
_MOST = 400  # wordings at a time, the most asked; each is laid beside every group


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it was typed (masked), the one form of its spellings, and how many people asked it."""

    text: str
    same: str
    people: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Wordings of one thing, the most asked first."""

    wordings: tuple[Wording, ...]

    @property
    def people(self) -> int:
        return sum(each.people for each in self.wordings)


def bursts(wordings: Iterable[Wording]) -> list[Burst]:
    """The wordings by what they are about; a question that is alone is a burst of its own."""
    most = sorted(wordings, key=lambda each: (-each.people, each.same))[:_MOST]
    groups: list[list[tuple[Wording, _Read]]] = []
    for wording in most:
        read = _read(wording.text)
        nearest = max(groups, key=lambda group: _likeness(read, group), default=None)
        if nearest is not None and _likeness(read, nearest) >= _ALIKE:
            nearest.append((wording, read))
        else:
            groups.append([(wording, read)])
    return [Burst(tuple(wording for wording, _ in group)) for group in groups]


def about(burst: Burst, wordings: Iterable[Wording]) -> list[Wording]:
    """Those that are about the same thing."""
    group = [(each, _read(each.text)) for each in burst.wordings[:_COMPARED]]
    return [each for each in wordings if _likeness(_read(each.text), group) >= _ALIKE]


@dataclass(frozen=True, slots=True)
class _Read:
    weights: dict[str, float]
    facts: Facts


def _read(text: str) -> _Read:
    known = analysed(text)
    weights: dict[str, float] = {}
    for unit, weight in zip(known.units, known.unit_weights, strict=True):
        weights[unit] = max(weight, weights.get(unit, 0.0))
    return _Read(weights, known.facts)


def _likeness(read: _Read, group: Sequence[tuple[Wording, _Read]]) -> float:
    return max(_alike(read, other) for _, other in group[:_COMPARED])


def _alike(one: _Read, other: _Read) -> float:
    """The share of what the two say that both say (Dice over weighted units), 0..1; 0 where their facts disagree."""
    if _disagree(one.facts, other.facts):
        return 0.0
    common = sum(
        min(weight, other.weights[unit]) for unit, weight in one.weights.items() if unit in other.weights
    )
    return 2 * common / (sum(one.weights.values()) + sum(other.weights.values()) or 1.0)


def _disagree(one: Facts, other: Facts) -> bool:
    """Two documents, congresses or years are two things; what only one of them names may be meant by both."""
    return any(
        mine and theirs and not mine & theirs
        for mine, theirs in (
            (_numbers(one), _numbers(other)),
            (one.terms, other.terms),
            (one.years, other.years),
        )
    )


def _numbers(stated: Facts) -> frozenset[str]:
    return frozenset(ref.number for ref in stated.references)
