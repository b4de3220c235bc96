"""How rare words and trigrams are in a corpus: what everything has tells nothing."""

import math
from dataclasses import dataclass

import numpy as np

from knowledge.corpus import Corpus
from knowledge.rows import Bools, Floats, Rows, Shape


@dataclass(frozen=True, slots=True)
class Rarity:
    """words      of each syllable and unit, 0..1 (inverse frequency among the entries); the last is for unknown words
    trigrams      of each trigram; the last is for one that no text has
    norms         the length of each text as a vector of its trigrams' rarities
    numbers       of each word, whether it is a number; the last is False
    """

    words: Floats
    trigrams: Floats
    norms: Floats
    numbers: Bools

    @classmethod
    def of(cls, corpus: Corpus, postings: Rows) -> "Rarity":
        """`postings`: the texts that hold each word."""
        texts = len(corpus.texts.shape)
        held = np.bincount(corpus.spelling.values, minlength=len(corpus.trigrams) + 1)
        trigrams = np.log((texts + 1) / (held + 0.5))
        squares = np.bincount(
            corpus.spelling.shape.owners(), trigrams[corpus.spelling.values] ** 2, minlength=texts
        )
        return cls(
            _among_entries(postings, corpus.entries),
            trigrams,
            np.sqrt(np.where(squares > 0, squares, 1.0)),
            np.array([*(word.isdigit() for word in corpus.words.strings), False], np.bool_),
        )


def _among_entries(postings: Rows, entries: Shape) -> Floats:
    """Counted by entries: ten phrasings of one question do not make its words common."""
    words = postings.shape.owners()
    owners = entries.owners()[postings.values]
    new = np.ones(len(words), np.bool_)
    new[1:] = (words[1:] != words[:-1]) | (owners[1:] != owners[:-1])
    held = np.bincount(words[new], minlength=len(postings) + 1)
    whole = math.log(1 + (len(entries) + 0.5) / 1.5)
    return np.where(held > 0, np.log(1 + (len(entries) - held + 0.5) / (held + 0.5)) / whole, 1.0)
