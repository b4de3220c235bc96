"""How alike a question and an indexed phrasing are, as named numbers (mostly 0..1) that the weights combine."""

import math
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from knowledge.analysis import Analysed
from knowledge.core import Core

NAMES = (
    "query_covered", "entry_covered", "query_units", "entry_units", "overlap", "pairs_query",
    "ratio", "token_set", "marks_disagree", "heaviest_missing", "heaviest_extra", "missing", "extra", "exchanged",
    "answer_words", "answer_pairs", "answer_rest", "numbers_missing", "numbers_extra", "facts_conflict",
    "exact", "trigrams", "entry_core", "of_entry_token_set", "of_entry_trigrams",
    "best_found", "best_units", "best_trigrams", "best_answer",
)  # fmt: skip
_OF_ENTRY = tuple(NAMES.index(name) for name in ("token_set", "trigrams"))
_COMPARED_TO_BEST = tuple(NAMES.index(name) for name in ("query_units", "trigrams", "answer_pairs"))
_MISSES_ACCENTS = 0.3  # a syllable with the same letters and other accents is hardly the same word
_A_SLIP_AWAY = 0.6
_SHORTEST_SLIP = 4
_MUCH = 4.0  # as many rare words missing as make two texts different questions

Idf = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """An indexed text, kept small: a knowledge base may have 100,000. Weights are how telling a word is times how
    rare it is in this knowledge base."""

    entry: int
    folded: tuple[str, ...]
    marked: tuple[str, ...]
    weights: Sequence[float]
    units: tuple[str, ...]
    unit_weights: Sequence[float]
    terms: frozenset[int]
    years: frozenset[int]
    ordinals: frozenset[int]
    trigram_norm: float

    @classmethod
    def of(cls, entry: int, text: Analysed, idf: Idf, trigram_idf: Idf) -> "Phrasing":
        return cls(
            entry,
            text.words.folded,
            text.words.marked if any(text.words.marked) else text.words.folded,
            array("d", _weighted(text.words.folded, text.weights, idf)),
            text.units if text.units != text.words.folded else text.words.folded,
            array("d", _weighted(text.units, text.unit_weights, idf)),
            text.facts.terms,
            text.facts.years,
            text.facts.ordinals,
            math.sqrt(sum(trigram_idf(each) ** 2 for each in trigrams_of(" ".join(text.words.folded))))
            or 1.0,
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, with everything that comparing it many times needs, worked out once."""

    folded: tuple[str, ...]
    marked: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    units: tuple[str, ...]
    unit_weights: tuple[float, ...]
    unit_total: float
    held: frozenset[str]
    padded: tuple[str, ...]
    pairs: tuple[tuple[str, float], ...]
    pair_total: float
    numbers: frozenset[str]
    terms: frozenset[int]
    years: frozenset[int]
    ordinals: frozenset[int]
    flat: str
    trigrams: dict[str, float]
    trigram_norm: float
    long: tuple[tuple[int, str], ...]  # syllables that a slip is forgiven in, with their places
    near: dict[
        str, list[int]
    ]  # filled as words of phrasings are met: the places of `long` that are a slip away

    @classmethod
    def of(cls, text: Analysed, idf: Idf, trigram_idf: Idf) -> "Question":
        folded = text.words.folded
        flat = " ".join(folded)
        weights = tuple(_weighted(folded, text.weights, idf))
        unit_weights = tuple(_weighted(text.units, text.unit_weights, idf))
        squares = {each: trigram_idf(each) ** 2 for each in trigrams_of(flat)}
        pairs = {
            f" {one} {two} ": (weight + other) / 2
            for one, two, weight, other in zip(folded, folded[1:], weights, weights[1:], strict=False)
        }
        return cls(
            folded, text.words.marked, weights, sum(weights) or 1e-9,
            text.units, unit_weights, sum(unit_weights) or 1e-9, frozenset((*folded, *text.units)),
            tuple(f" {word} " for word in folded), tuple(pairs.items()), sum(pairs.values()) or 1.0,
            frozenset(word for word in folded if word.isdigit()),
            text.facts.terms, text.facts.years, text.facts.ordinals,
            flat, squares, math.sqrt(sum(squares.values())) or 1.0,
            tuple((at, word) for at, word in enumerate(folded) if len(word) >= _SHORTEST_SLIP), {},
        )  # fmt: skip


def trigrams_of(flat: str) -> set[str]:
    padded = f" {flat} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def features(query: Question, phrasing: Phrasing, core: Core, answer: str) -> tuple[float, ...]:
    """The values of NAMES that a phrasing has by itself; `answer` is folded, with a space at either end."""
    flat = " ".join(phrasing.folded)
    my_hits, their_hits, disagree = _aligned(query, phrasing)
    query_covered = _dot(query.weights, my_hits) / query.total
    entry_covered = _dot(phrasing.weights, their_hits) / (sum(phrasing.weights) or 1e-9)
    held = {*phrasing.folded, *phrasing.units}
    my_missing, my_heaviest = _lost(query.units, query.unit_weights, held, query.folded, my_hits)
    their_missing, their_heaviest = _lost(
        phrasing.units, phrasing.unit_weights, query.held, phrasing.folded, their_hits
    )
    query_units = max(query_covered, 1 - my_missing / query.unit_total)
    entry_units = max(entry_covered, 1 - their_missing / (sum(phrasing.unit_weights) or 1e-9))
    padded = f" {flat} "
    answer_words, answer_pairs, answer_rest = _answered(query, my_hits, answer)
    return (
        query_covered,
        entry_covered,
        query_units,
        entry_units,
        2 * query_units * entry_units / ((query_units + entry_units) or 1.0),
        sum([weight for pair, weight in query.pairs if pair in padded]) / query.pair_total,
        fuzz.ratio(query.flat, flat) / 100,
        fuzz.token_set_ratio(query.flat, flat) / 100,
        disagree / query.total,
        my_heaviest,
        their_heaviest,
        min(1.0, my_missing / _MUCH),
        min(1.0, their_missing / _MUCH),
        min(1.0, my_missing / _MUCH, their_missing / _MUCH),
        answer_words,
        answer_pairs,
        answer_rest,
        len(query.numbers.difference(phrasing.folded)) / len(query.numbers) if query.numbers else 0.0,
        _numbers_extra(query, phrasing),
        1.0 if _disjoint(query, phrasing) else 0.0,
        1.0 if query.flat == flat else 0.0,
        _cosine(query, flat, phrasing.trigram_norm),
        core.share_in(query.held),
    )


def compared(
    values: Sequence[tuple[float, ...]], entries: Sequence[int], found: Sequence[float]
) -> list[tuple[float, ...]]:
    """The rows of features with the last ones added: the most that any phrasing of the same entry has, and the share
    of the best candidate's value. `entries` and `found` are each row's entry and retrieval score."""
    most: dict[int, list[float]] = {}
    for row, entry in zip(values, entries, strict=True):
        here = [row[at] for at in _OF_ENTRY]
        most[entry] = [max(pair) for pair in zip(most.get(entry, here), here, strict=True)]
    highest = [max((row[at] for row in values), default=0.0) or 1.0 for at in _COMPARED_TO_BEST]
    furthest = max(found, default=0.0) or 1.0
    return [
        (
            *row,
            *most[entry],
            share / furthest,
            *(row[at] / best for at, best in zip(_COMPARED_TO_BEST, highest, strict=True)),
        )
        for row, entry, share in zip(values, entries, found, strict=True)
    ]


def _weighted(terms: Sequence[str], telling: Sequence[float], idf: Idf) -> list[float]:
    return [weight * idf(term) for term, weight in zip(terms, telling, strict=True)]


def _aligned(query: Question, phrasing: Phrasing) -> tuple[list[float], list[float], float]:
    """How well each syllable is found on the other side, and the weight of those with other accents."""
    theirs, marks = phrasing.folded, phrasing.marked
    my_hits = [0.0] * len(query.folded)
    their_hits = [1.0 if word in query.held else 0.0 for word in theirs]
    plain = marks is theirs  # typed without accents altogether
    disagree = 0.0
    for at, word in enumerate(query.folded):
        if word not in theirs:
            continue
        my_hits[at] = 1.0
        mark = query.marked[at]
        if mark and not plain and marks[theirs.index(word)] not in ("", mark):
            places = [place for place, other in enumerate(theirs) if other == word]
            if all(marks[place] not in ("", mark) for place in places):
                my_hits[at] = _MISSES_ACCENTS
                disagree += query.weights[at]
                for place in places:
                    their_hits[place] = _MISSES_ACCENTS
    _forgive_slips(query, theirs, my_hits, their_hits)
    return my_hits, their_hits, disagree


def _forgive_slips(
    query: Question, theirs: Sequence[str], my_hits: list[float], their_hits: list[float]
) -> None:
    near = query.near
    for place, hit in enumerate(their_hits):
        word = theirs[place]
        if hit or len(word) < _SHORTEST_SLIP:
            continue
        if word not in near:
            near[word] = [at for at, mine in query.long if _is_slip(mine, word)]
        for at in near[word]:
            if not my_hits[at]:
                my_hits[at] = their_hits[place] = _A_SLIP_AWAY


def _is_slip(one: str, other: str) -> bool:
    return (
        (one[0] == other[0] or one[-1] == other[-1])
        and abs(len(one) - len(other)) <= 1
        and OSA.distance(one, other, score_cutoff=1) <= 1
    )


def _lost(
    units: Sequence[str],
    weights: Sequence[float],
    held: set[str] | frozenset[str],
    folded: Sequence[str],
    hits: Sequence[float],
) -> tuple[float, float]:
    """The weight of the units that the other text lacks, neither the word nor another word for the same thing:
    their sum and the heaviest."""
    hit = dict(zip(folded, hits, strict=True))
    lost = [
        weight * (1 - hit.get(unit, 0.0))
        for unit, weight in zip(units, weights, strict=True)
        if unit not in held or hit.get(unit, 1.0) < 1
    ]
    return sum(lost), max(lost, default=0.0)


def _answered(query: Question, hits: Sequence[float], answer: str) -> tuple[float, float, float]:
    """The share of the question's words, of its pairs, and of the words that the phrasing lacks, in the answer."""
    words = rest = lost = 0.0
    for padded, weight, hit in zip(query.padded, query.weights, hits, strict=True):
        missing = weight * (1 - hit)
        lost += missing
        if padded in answer:
            words += weight
            rest += missing
    pairs = sum([weight for pair, weight in query.pairs if pair in answer]) if words else 0.0
    return words / query.total, pairs / query.pair_total, rest / lost if lost > 1e-6 else 0.0


def _numbers_extra(query: Question, phrasing: Phrasing) -> float:
    numbers = [word for word in phrasing.folded if word.isdigit()]
    return sum(word not in query.numbers for word in numbers) / len(numbers) if numbers else 0.0


def _disjoint(one: Question, other: Phrasing) -> bool:
    """Whether both name a congress, a year or an ordinal and share none."""
    return bool(
        (one.terms and other.terms and not one.terms & other.terms)
        or (one.years and other.years and not one.years & other.years)
        or (one.ordinals and other.ordinals and not one.ordinals & other.ordinals)
    )


def _cosine(query: Question, flat: str, norm: float) -> float:
    both = query.trigrams.keys() & trigrams_of(flat)
    return sum([query.trigrams[each] for each in both]) / (query.trigram_norm * norm)


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(map(float.__mul__, left, right))
