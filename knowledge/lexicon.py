"""Which words the indexed texts have, how many texts each, and which words stand side by side."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Corpus, Vocabulary
from knowledge.rows import NONE, Places, ordered

_HALF = 32  # bits of a pair that each word has


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words are folded syllables and units. `pairs`: every two neighbours as one number, ascending."""

    words: Vocabulary
    held: Places
    pairs: NDArray[np.int64]

    @classmethod
    def of(cls, corpus: Corpus, held: Places) -> "Lexicon":
        """`held`: how many texts have each word."""
        words, owners = corpus.texts.words[:-1], corpus.texts.shape.owners()
        are_neighbours = (owners[1:] == owners[:-1]) & (corpus.texts.telling[1:-1] > 0)
        word, after = words[:-1][are_neighbours], words[1:][are_neighbours]
        order = ordered(after, len(corpus.words))
        order = order[ordered(word[order], len(corpus.words))]
        pairs = (word[order].astype(np.int64) << _HALF) + after[order]
        return cls(corpus.words, held, pairs[np.diff(pairs, prepend=-1) > 0])

    def __iter__(self) -> Iterator[str]:
        return (self.words.strings[number] for number in np.flatnonzero(self.held).tolist())

    def frequency(self, word: str) -> int:
        """How many texts have the word."""
        number = self.words.number(word)
        return 0 if number == NONE else int(self.held[number])

    def has_pair(self, word: str, after: str) -> bool:
        """Whether two words are neighbours in some text."""
        pair = (self.words.number(word) << _HALF) + self.words.number(after)
        pairs = self.pairs.data  # its items are plain numbers
        at = bisect_left(pairs, pair)
        return at < len(pairs) and bool(pairs[at] == pair)
