"""Which words the indexed texts have, how many texts each, and which words stand side by side."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.corpus import Corpus, Vocabulary
from knowledge.rows import NONE, Places, Shape, ordered


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words are folded syllables and units. `followers`, for each word from its place in `starts` on: the words that stand
    behind it in some text, ascending. Both are views: their items are plain numbers, which are quick to read singly."""

    words: Vocabulary
    held: Places
    starts: memoryview
    followers: memoryview

    @classmethod
    def of(cls, corpus: Corpus, held: Places) -> "Lexicon":
        """`held`: how many texts have each word."""
        words, owners = corpus.texts.words[:-1], corpus.texts.shape.owners()
        are_neighbours = (owners[1:] == owners[:-1]) & (corpus.texts.telling[1:-1] > 0)
        word, after = words[:-1][are_neighbours], words[1:][are_neighbours]
        order = ordered(after, len(corpus.words))
        order = order[ordered(word[order], len(corpus.words))]
        word, after = word[order], after[order]
        new = np.ones(len(word), np.bool_)
        new[1:] = (word[1:] != word[:-1]) | (after[1:] != after[:-1])
        shape = Shape.of(np.bincount(word[new], minlength=len(corpus.words)))
        return cls(corpus.words, held, shape.starts.data, after[new].data)

    def __iter__(self) -> Iterator[str]:
        return (self.words.strings[number] for number in np.flatnonzero(self.held).tolist())

    def frequency(self, word: str) -> int:
        """How many texts have the word."""
        number = self.words.number(word)
        return 0 if number == NONE else int(self.held[number])

    def has_pair(self, word: str, after: str) -> bool:
        """Whether two words are neighbours in some text."""
        first, second = self.words.number(word), self.words.number(after)
        if first == NONE:
            return False
        end = self.starts[first + 1]
        at = bisect_left(self.followers, second, self.starts[first], end)
        return at < end and bool(self.followers[at] == second)

    def behind(self, word: str, others: Sequence[str]) -> list[str]:
        """Those of several words that stand behind the word in some text."""
        first = self.words.number(word)
        if first == NONE:
            return []
        followers, start, end = self.followers, self.starts[first], self.starts[first + 1]
        return [
            other
            for other, number in zip(others, self.words.numbers(others), strict=True)
            if (at := bisect_left(followers, number, start, end)) < end and followers[at] == number
        ]
