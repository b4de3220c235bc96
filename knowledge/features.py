"""How alike a question and an indexed phrasing are, as named numbers (mostly 0..1) that the weights combine."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from knowledge.analysis import Analysed

NAMES = (
    "query_covered", "entry_covered", "query_units", "entry_units", "overlap", "pairs_query",
    "ratio", "token_set", "partial", "marks_disagree", "heaviest_missing", "heaviest_extra",
    "answer_words", "answer_pairs", "answer_rest", "numbers_missing", "numbers_extra", "facts_conflict",
    "exact", "trigrams", "best_found", "best_units", "best_trigrams", "best_answer",
)  # fmt: skip
_COMPARED_TO_BEST = tuple(NAMES.index(name) for name in ("query_units", "trigrams", "answer_pairs"))
_MISSES_ACCENTS = 0.3  # a syllable with the same letters and other accents is hardly the same word
_A_SLIP_AWAY = 0.6
_SHORTEST_SLIP = 4

Idf = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Profile:
    """A text with every weight that comparing needs, worked out once. Weights are how telling a word is times how
    rare it is in this knowledge base."""

    folded: tuple[str, ...]
    marked: tuple[str, ...]
    weights: tuple[float, ...]
    units: tuple[str, ...]
    unit_weights: tuple[float, ...]
    pairs: dict[str, float]
    terms: frozenset[int]
    years: frozenset[int]
    ordinals: frozenset[int]
    flat: str
    trigrams: dict[str, float]
    trigram_norm: float

    @classmethod
    def of(cls, text: Analysed, idf: Idf, trigram_idf: Idf) -> "Profile":
        folded, telling = text.words.folded, text.weights
        flat = " ".join(folded)
        trigrams = {each: trigram_idf(each) for each in trigrams_of(flat)}
        return cls(
            folded,
            text.words.marked,
            tuple(weight * idf(word) for word, weight in zip(folded, telling, strict=True)),
            text.units,
            tuple(weight * idf(unit) for unit, weight in zip(text.units, text.unit_weights, strict=True)),
            {
                pair: (telling[at] + telling[at + 1]) / 2 * idf(pair)
                for at, pair in enumerate(pairs_of(folded))
            },
            text.facts.terms,
            text.facts.years,
            text.facts.ordinals,
            flat,
            trigrams,
            math.sqrt(sum(weight * weight for weight in trigrams.values())) or 1.0,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The words and word pairs of an answer: a weak field, for what the question text does not say."""

    words: frozenset[str]
    pairs: frozenset[str]


def pairs_of(folded: Sequence[str]) -> list[str]:
    return [f"{one} {two}" for one, two in zip(folded, folded[1:], strict=False)]


def trigrams_of(flat: str) -> set[str]:
    padded = f" {flat} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def compared_to_best(values: Sequence[tuple[float, ...]], found: Sequence[float]) -> list[tuple[float, ...]]:
    """The rows of features with the last ones added: each row's share of the best candidate's value."""
    highest = [max((row[at] for row in values), default=0.0) or 1.0 for at in _COMPARED_TO_BEST]
    most = max(found, default=0.0) or 1.0
    return [
        (*row, share / most, *(row[at] / best for at, best in zip(_COMPARED_TO_BEST, highest, strict=True)))
        for row, share in zip(values, found, strict=True)
    ]


def features(query: Profile, phrasing: Profile, answer: Answer) -> tuple[float, ...]:
    """The values of NAMES that a phrasing has by itself."""
    my_hits, their_hits, disagree = _aligned(query, phrasing)
    my_total = sum(query.weights) or 1e-9
    query_covered = _dot(query.weights, my_hits) / my_total
    entry_covered = _dot(phrasing.weights, their_hits) / (sum(phrasing.weights) or 1e-9)
    query_units = max(query_covered, _covered(query, phrasing))
    entry_units = max(entry_covered, _covered(phrasing, query))
    both = query.pairs.keys() & phrasing.pairs.keys()
    shared = sum(query.pairs[pair] for pair in both)
    all_pairs = sum(query.pairs.values()) or 1.0
    missing = [weight * (1 - hit) for weight, hit in zip(query.weights, my_hits, strict=True)]
    extra = max(
        (weight * (1 - hit) for weight, hit in zip(phrasing.weights, their_hits, strict=True)), default=0.0
    )
    lost = sum(missing)
    in_answer = [word in answer.words for word in query.folded]
    return (
        query_covered,
        entry_covered,
        query_units,
        entry_units,
        2 * query_units * entry_units / ((query_units + entry_units) or 1.0),
        shared / all_pairs,
        fuzz.ratio(query.flat, phrasing.flat) / 100,
        fuzz.token_set_ratio(query.flat, phrasing.flat) / 100,
        fuzz.partial_ratio(query.flat, phrasing.flat) / 100,
        disagree / my_total,
        max(missing, default=0.0),
        extra,
        sum(weight for weight, inside in zip(query.weights, in_answer, strict=True) if inside) / my_total,
        sum(weight for pair, weight in query.pairs.items() if pair in answer.pairs) / all_pairs,
        sum(weight for weight, inside in zip(missing, in_answer, strict=True) if inside) / lost
        if lost > 1e-6
        else 0.0,
        _numbers_lacking(query, phrasing),
        _numbers_lacking(phrasing, query),
        1.0 if _disjoint(query, phrasing) else 0.0,
        1.0 if query.flat == phrasing.flat else 0.0,
        _cosine(query, phrasing),
    )


def _aligned(query: Profile, phrasing: Profile) -> tuple[list[float], list[float], float]:
    """How well each syllable is found on the other side, and the weight of those with other accents."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(phrasing.folded):
        places.setdefault(word, []).append(at)
    my_hits, their_hits = [0.0] * len(query.folded), [0.0] * len(phrasing.folded)
    disagree = 0.0
    for at, word in enumerate(query.folded):
        found = places.get(word)
        if not found:
            continue
        mark = query.marked[at]
        hit = 1.0
        if mark and all(phrasing.marked[place] not in ("", mark) for place in found):
            hit = _MISSES_ACCENTS
            disagree += query.weights[at]
        my_hits[at] = hit
        for place in found:
            their_hits[place] = max(their_hits[place], hit)
    _forgive_slips(query.folded, phrasing.folded, my_hits, their_hits)
    return my_hits, their_hits, disagree


def _forgive_slips(
    mine: Sequence[str], theirs: Sequence[str], my_hits: list[float], their_hits: list[float]
) -> None:
    lost = [at for at, hit in enumerate(their_hits) if not hit and len(theirs[at]) >= _SHORTEST_SLIP]
    for at, hit in enumerate(my_hits):
        if not lost:
            return
        if hit or len(mine[at]) < _SHORTEST_SLIP:
            continue
        for place in lost:
            if OSA.distance(mine[at], theirs[place], score_cutoff=1) <= 1:
                my_hits[at] = their_hits[place] = _A_SLIP_AWAY
                break


def _covered(one: Profile, other: Profile) -> float:
    total = sum(one.unit_weights)
    if not total:
        return 0.0
    held = {*other.units, *other.folded}
    return (
        sum(weight for unit, weight in zip(one.units, one.unit_weights, strict=True) if unit in held) / total
    )


def _numbers_lacking(one: Profile, other: Profile) -> float:
    numbers = {word for word in one.folded if word.isdigit()}
    return len(numbers - set(other.folded)) / len(numbers) if numbers else 0.0


def _disjoint(one: Profile, other: Profile) -> bool:
    """Whether both name a congress, a year or an ordinal and share none."""
    return bool(
        (one.terms and other.terms and not one.terms & other.terms)
        or (one.years and other.years and not one.years & other.years)
        or (one.ordinals and other.ordinals and not one.ordinals & other.ordinals)
    )


def _cosine(query: Profile, phrasing: Profile) -> float:
    both = query.trigrams.keys() & phrasing.trigrams.keys()
    return sum(query.trigrams[each] ** 2 for each in both) / (query.trigram_norm * phrasing.trigram_norm)


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))
