"""What is asked, in the numbers of one corpus, with everything that comparing it many times needs worked out once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import Analysed
from knowledge.corpus import Corpus, fact_numbers
from knowledge.rows import NONE, Floats, Ints, Places
from knowledge.spelling import TRIGRAMS, trigrams
from knowledge.weighed import Weighed

_LEAST = 1e-9  # instead of no weight at all, which nothing can be divided by


class Words(NamedTuple):
    """The distinct syllables in the order in which they come, and behind them the concepts that some of them stand for.

    which      by number of the corpus: the place here, NONE of a word that is not asked for
    numbers    the numbers of the corpus; NONE of a word that it has not
    accents    the number of the spelling; 0 where none was typed, or where two different ones were
    weights    as syllables, 0 for concepts; all occurrences together
    units      as units, 0 for a syllable of which a concept takes the place; all occurrences together
    unit       as one unit
    once       of one occurrence, as a concept or a syllable
    are_numbers  1 for a number
    letters    of a syllable, and one for the space behind it; 0 for concepts
    """

    which: NDArray[np.int16]
    numbers: Ints
    accents: Ints
    weights: Floats
    units: Floats
    unit: Floats
    once: Floats
    are_numbers: Floats
    letters: Floats


class Pairs(NamedTuple):
    """Neighbours; the weight of two that come again is 0 the first time. `which`: by the places of two words, the number
    of the pair or NONE."""

    which: NDArray[np.int16]
    weights: Floats
    total: float


class Question(NamedTuple):
    """Weights are how telling a word is in general times how rare it is in this knowledge base.

    flat       the syllables with a space between two
    weights    of each syllable as it comes
    spelling   of each trigram, whether the question has it; `norm`: the question's length as a vector of them
    """

    flat: str
    weights: Floats
    total: float
    unit_total: float
    words: Words
    pairs: Pairs
    facts: frozenset[int]
    spelling: NDArray[np.bool_]
    norm: float

    @classmethod
    def of(cls, text: Analysed, corpus: Corpus, weighed: Weighed) -> "Question":
        flat = " ".join(text.words.folded)
        places = {word: place for place, word in enumerate(dict.fromkeys((*text.words.folded, *text.units)))}
        numbers = np.array(corpus.words.numbers(places), np.int32)
        at = np.array([places[word] for word in text.words.folded], np.intp)
        unit_at = np.array([places[unit] for unit in text.units], np.intp)
        rarity = weighed.rarity[numbers]
        weights = np.array(text.weights) * rarity[at]
        unit_weights = np.array(text.unit_weights) * rarity[unit_at]
        asked = trigrams(flat)
        spelling = np.zeros(TRIGRAMS, np.bool_)
        spelling[asked] = True
        return cls(
            flat,
            weights,
            float(weights.sum()) or _LEAST,
            float(unit_weights.sum()) or _LEAST,
            Words(
                _which(numbers, corpus),
                numbers,
                _accents(at, text, corpus, len(places)),
                _summed(at, weights, len(places)),
                _summed(unit_at, unit_weights, len(places)),
                unit := _once(unit_at, unit_weights, np.zeros(len(places))),
                _once(at, weights, unit.copy()),
                np.array([word.isdigit() for word in places], np.float64),
                np.array([0 if word.startswith("#") else len(word) + 1 for word in places], np.float64),
            ),
            _pairs(at, weights, len(places)),
            frozenset(fact_numbers(text.facts)),
            spelling,
            float(weighed.trigrams[asked].sum()) ** 0.5 or 1.0,
        )


def _which(numbers: Ints, corpus: Corpus) -> NDArray[np.int16]:
    which = np.full(len(corpus.words) + 1, NONE, np.int16)
    which[numbers] = np.arange(len(numbers))
    which[NONE] = NONE
    return which


def _accents(at: Places, text: Analysed, corpus: Corpus, count: int) -> Ints:
    numbers = np.array(corpus.accents.numbers(text.words.marked), np.int32)
    accents = np.zeros(count, np.int32)
    accents[at] = numbers
    accents[at[accents[at] != numbers]] = 0
    return accents


def _summed(at: Places, weights: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(at, weights, count), np.float64)


def _once(at: Places, weights: Floats, into: Floats) -> Floats:
    into[at] = weights
    return into


def _pairs(at: Places, weights: Floats, count: int) -> Pairs:
    which = np.full((count + 1, count + 1), NONE, np.int16)
    numbers = np.arange(max(0, len(at) - 1))
    which[at[:-1], at[1:]] = numbers
    pair_weights = (weights[:-1] + weights[1:]) / 2 * (which[at[:-1], at[1:]] == numbers)
    return Pairs(which, pair_weights, float(pair_weights.sum()) or 1.0)
