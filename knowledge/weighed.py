"""A corpus weighed: how telling each word is in general times how rare it is here. What everything has tells nothing."""

import math
from dataclasses import dataclass

import numpy as np

from knowledge.corpus import PERCENT, Corpus
from knowledge.rows import Column, Floats, Places, Rows, Shape
from knowledge.spelling import TRIGRAMS

_LONG = 6  # units; a text that has more shares words with everything
_LEAST = 1e-9  # instead of no weight at all, which nothing can be divided by


@dataclass(frozen=True, slots=True)
class Weighed:
    """Weights of what the columns of Corpus and Texts hold, and sums over their rows, which are never 0.

    rarity     of each word by its number, 0..1; the last is for unknown words
    syllables  of each syllable of the texts, `units` of each unit; 0 for what is none
    numbers    how many numbers each text has
    damping    for each text: what a long one shares counts less
    trigrams   the square of how rare each trigram is; `norms`, the length of each text as a vector of its trigrams
    cores      of each unit that an entry is about
    """

    rarity: Floats
    syllables: Column
    syllable_totals: Floats
    units: Column
    unit_totals: Floats
    numbers: Places
    damping: Floats
    trigrams: Floats
    norms: Floats
    cores: Column
    core_totals: Floats

    @classmethod
    def of(cls, corpus: Corpus, postings: Rows) -> "Weighed":
        """`postings`: the texts that hold each word."""
        texts = corpus.texts
        rarity = _rarity(postings, corpus.entries)
        syllables = (texts.telling * rarity[texts.words] / PERCENT).astype(np.float32)
        units = (texts.unit_telling * rarity[texts.words] / PERCENT).astype(np.float32)
        cores = (corpus.core_telling * rarity[corpus.cores.values]).astype(np.float32)
        are_numbers = np.array([*(word.isdigit() for word in corpus.words.strings), False], np.bool_)
        trigrams = _trigrams(corpus.spelling)
        return cls(
            rarity,
            syllables,
            np.maximum(_sums(syllables, texts.shape), _LEAST),
            units,
            np.maximum(_sums(units, texts.shape), _LEAST),
            _sums(are_numbers[texts.words], texts.shape).astype(np.intp),
            (_LONG + _sums(texts.unit_telling > 0, texts.shape)) ** -0.5,
            trigrams,
            np.sqrt(np.maximum(_sums(trigrams[corpus.spelling.values], corpus.spelling.shape), _LEAST)),
            cores,
            np.maximum(_sums(cores, corpus.cores.shape), _LEAST),
        )


def _sums(column: Column, shape: Shape) -> Floats:
    """Of every row."""
    sums = np.add.reduceat(column, shape.starts, dtype=np.float64)[:-1]  # but for the filler
    sums[shape.starts[1:] == shape.starts[:-1]] = 0.0  # else what stands at the start of the next row
    return np.asarray(sums)


def _rarity(postings: Rows, entries: Shape) -> Floats:
    """Inverse frequency among the entries: ten phrasings of one question do not make its words common."""
    words = postings.shape.owners()
    owners = entries.owners()[postings.values[:-1]]
    new = np.ones(len(words), np.bool_)
    new[1:] = (words[1:] != words[:-1]) | (owners[1:] != owners[:-1])
    held = np.bincount(words[new], minlength=len(postings.shape) + 1)
    whole = math.log(1 + (len(entries) + 0.5) / 1.5)
    return np.where(held > 0, np.log(1 + (len(entries) - held + 0.5) / (held + 0.5)) / whole, 1.0)


def _trigrams(spelling: Rows) -> Floats:
    held = np.bincount(spelling.values[:-1], minlength=TRIGRAMS)
    return np.asarray(np.log((len(spelling.shape) + 1) / (held + 0.5)) ** 2)
