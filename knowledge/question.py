"""What is asked, in the numbers of one corpus, with everything that comparing it many times needs worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from knowledge.analysis import Analysed
from knowledge.corpus import Corpus, fact_numbers, trigrams
from knowledge.rarity import Rarity
from knowledge.rows import NONE, Bools, Floats, Ints, Places

_LEAST = 1e-9  # instead of no weight at all, which nothing can be divided by
_NEVER = -2  # the number of a concept that no text has; NONE fills up rows


@dataclass(frozen=True, slots=True)
class Words:
    """The distinct syllables of a question, in the order in which they come.

    which     by number of the corpus: the place here, NONE of a word that is not asked for
    accents   the number of the spelling; 0 where none was typed, or where two different ones were
    """

    which: Places
    weights: Floats
    total: float
    accents: Ints
    are_numbers: Bools


@dataclass(frozen=True, slots=True)
class Pairs:
    """The distinct neighbours. `which`: by the places of two words, the number of the pair or NONE."""

    which: Places
    weights: Floats
    total: float


@dataclass(frozen=True, slots=True)
class Units:
    """Every unit as it comes. `places`: among the words, or behind them all among the `concepts`."""

    places: Places
    concepts: Ints
    weights: Floats
    total: float


@dataclass(frozen=True, slots=True)
class Question:
    """Weights are how telling a word is in general times how rare it is in this knowledge base.

    weights    of each syllable as it comes
    flat       the syllables with a space between two
    terms      the syllables and units that the corpus has, each once, with their weights
    trigrams   by number of the corpus: the square of how rare it is, 0 of one that is not asked for
    """

    weights: Floats
    flat: str
    words: Words
    pairs: Pairs
    units: Units
    terms: Ints
    term_weights: Floats
    facts: frozenset[int]
    trigrams: Floats
    trigram_norm: float

    @classmethod
    def of(cls, text: Analysed, corpus: Corpus, rarity: Rarity) -> "Question":
        folded = text.words.folded
        numbers = corpus.words.numbers(folded)
        units = corpus.words.numbers(text.units)
        weights = np.array(text.weights) * rarity.words[numbers]
        unit_weights = np.array(text.unit_weights) * rarity.words[units]
        places = {word: place for place, word in enumerate(dict.fromkeys(folded))}
        at = [places[word] for word in folded]
        terms = dict(zip(units, unit_weights.tolist(), strict=True))
        terms |= dict(zip(numbers, weights.tolist(), strict=True))
        terms.pop(NONE, None)
        spelling, norm = _spelling(" ".join(folded), corpus, rarity)
        return cls(
            weights,
            " ".join(folded),
            _words(text, corpus, numbers, at, weights),
            _pairs(at, len(places), weights),
            _units(text, units, at, len(places), unit_weights),
            np.array(list(terms), np.int32),
            np.array(list(terms.values()), np.float64),
            frozenset(fact_numbers(text.facts)),
            spelling,
            norm,
        )


def _words(
    text: Analysed, corpus: Corpus, numbers: Sequence[int], at: Sequence[int], weights: Floats
) -> Words:
    which = np.full(len(corpus.words) + 1, NONE, np.intp)
    which[numbers] = at
    which[NONE] = NONE
    spelt: dict[int, int] = {}
    for place, number in zip(at, corpus.accents.numbers(text.words.marked), strict=True):
        spelt[place] = number if spelt.get(place, number) == number else 0
    are_numbers = [word.isdigit() for word in dict.fromkeys(text.words.folded)]
    return Words(
        which,
        np.bincount(at, weights).astype(np.float64),
        float(weights.sum()) or _LEAST,
        np.array(list(spelt.values()), np.int32),
        np.array(are_numbers, np.bool_),
    )


def _pairs(at: Sequence[int], count: int, weights: Floats) -> Pairs:
    which = np.full((count + 1, count + 1), NONE, np.intp)
    found = {pair: place for place, pair in enumerate(pairwise(at))}
    firsts = np.array(list(found.values()), np.intp)
    if found:
        left, right = np.array(list(found), np.intp).T
        which[left, right] = np.arange(len(found))
    pair_weights = (weights[firsts] + weights[firsts + 1]) / 2
    return Pairs(which, pair_weights, float(pair_weights.sum()) or 1.0)


def _units(text: Analysed, numbers: Sequence[int], at: Sequence[int], count: int, weights: Floats) -> Units:
    concepts: list[int] = []
    places = []
    for unit, number, start in zip(text.units, numbers, text.unit_starts, strict=True):
        if unit[0] == "#":
            places.append(count + len(concepts))
            concepts.append(_NEVER if number == NONE else number)
        else:
            places.append(at[start])
    return Units(
        np.array(places, np.intp), np.array(concepts, np.int32), weights, float(weights.sum()) or _LEAST
    )


def _spelling(flat: str, corpus: Corpus, rarity: Rarity) -> tuple[Floats, float]:
    numbers = corpus.trigrams.numbers(trigrams(flat))
    squares = rarity.trigrams[numbers] ** 2
    spelling = np.zeros(len(corpus.trigrams) + 1)
    spelling[numbers] = squares
    return spelling, float(np.sqrt(squares.sum())) or 1.0
