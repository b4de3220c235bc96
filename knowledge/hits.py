"""Where texts have words of a question. What is done from here on takes time by how much they share with it, not by how long
they are."""

from typing import NamedTuple

import numpy as np

from knowledge.question import Question
from knowledge.rows import Floats, Places, Rows


class Hits(NamedTuple):
    """A hit is a word of a text that the question has as well; the words of all texts are end to end.

    starts   where each text starts
    places   of every word, the place in the column that it comes from
    at       the hits among the words
    texts    of each hit, which of the texts
    words    of each hit, the place of the word in the question
    """

    question: Question
    starts: Places
    places: Places
    at: Places
    texts: Places
    words: Places

    @classmethod
    def of(cls, question: Question, rows: Rows, texts: Places) -> "Hits":
        """In some of the rows, whose values are words by number of the corpus."""
        places, owners, starts = rows.shape.flat(texts)
        words = question.words.which[rows.values[places]]
        at = (words >= 0).nonzero()[0]
        return cls(question, starts, places, at, owners[at], words[at].astype(np.intp))

    def table(self, value: float) -> Floats:
        """A row for each text and a column for each word of the question: the value where the text has the word, else 0."""
        table = np.zeros((len(self.starts), len(self.question.words.numbers)))
        table[self.texts, self.words] = value
        return table

    def in_pairs(self) -> Floats:
        """Of each text: the weight of the pairs of the question that it has."""
        pairs = self.question.pairs
        first = ((self.at[1:] - self.at[:-1] == 1) & (self.texts[1:] == self.texts[:-1])).nonzero()[0]
        pair = pairs.which[self.words[first], self.words[first + 1]]
        held = np.zeros((len(self.starts), len(pairs.weights) + 1))
        held[self.texts[first], pair] = 1.0  # two neighbours that are no pair: in the last column
        return np.asarray(held[:, :-1].dot(pairs.weights))
