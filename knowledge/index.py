"""The inverted index: which texts and answers have a word, and which texts share most with a question."""

import threading
from typing import NamedTuple

import numpy as np

from knowledge.corpus import Corpus
from knowledge.hits import Hits
from knowledge.lexicon import Lexicon
from knowledge.question import Question
from knowledge.rows import NONE, Floats, Ints, Places, Rows
from knowledge.weighed import Weighed

_ANSWER = 0.3  # what a word in an answer counts beside one in the question
_PAIR = 1.0  # what two neighbours count that are neighbours there as well
# Postings that are read, those of the rarest words first; frequent ones are only looked for in the texts found by these.
_LEAST_READ, _MOST_READ = 10_000, 20_000
_PROMISING = 96  # texts in which frequent words and pairs are looked for
# Of the weight of a question, damped as that of a text is: three in ten of the questions from outside the evaluation sets
# share less with everything there is, of those from inside not one; nor does a letter that asks after a page.
_LEAST_SHARED = 0.018
_LONG = 40.0  # of the weight of a longer one: what one text can share does not grow with a letter
_FEW = 100  # texts: among fewer every word is common, and to compare them costs little
_SORTED_AT_ONCE = 200  # scores: to sort so few is quicker than to find the highest among them first
_NOTHING = np.zeros(0, np.int32)


class Found(NamedTuple):
    """Texts; `shared`, the weight that each shares with the question, damped; `pairs`, that of the pairs among it."""

    texts: Places
    shared: Floats
    pairs: Floats


class Postings:
    """Made from a corpus as a whole, by a few operations on arrays. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._texts = Rows(corpus.texts.shape, corpus.texts.words)
        asked = self._texts.transposed(len(corpus.words))
        answered = corpus.answers.transposed(len(corpus.words))
        questions = corpus.entries.starts[answered.values].astype(np.int32)
        # The texts that have each word; then, for each word, the questions whose answers have it.
        self._places = asked.joined(Rows(answered.shape, questions))
        self.weighed = Weighed.of(corpus, asked)
        self.lexicon = Lexicon.of(corpus, asked.shape.lengths())
        self._scratch = threading.local()
        self._read = min(_MOST_READ, max(_LEAST_READ, 2 * len(corpus.flats)))

    def found(self, question: Question, limit: int) -> Found:
        """The texts that share the most weight with the question, best first; none where that is next to nothing."""
        texts, found, further = self._by_rare_words(question)
        hits = Hits.of(question, self._texts, texts)
        if further is not None:
            found = found + hits.table(1.0).dot(further)
        pairs = hits.in_pairs()
        shared = (found + _PAIR * pairs) * self.weighed.damping[texts]
        best = _highest(shared, limit)
        if len(best) and len(self._corpus.flats) >= _FEW and shared[best[0]] < _next_to_nothing(question):
            best = best[:0]
        return Found(texts[best], shared[best], pairs[best])

    def _by_rare_words(self, question: Question) -> tuple[Places, Floats, Floats | None]:
        """The texts that share most of the question's rarest words, and how much; and the weight of each further word,
        if there are any: their postings would be dear to read."""
        known = (question.words.numbers != NONE).nonzero()[0]
        numbers, once = question.words.numbers[known], question.words.once[known]
        lists = np.concatenate([numbers, numbers + len(self._corpus.words)])
        weights = np.concatenate([once, once * _ANSWER])
        starts, ends = self._places.shape.starts[lists], self._places.shape.starts[lists + 1]
        lengths = np.minimum(ends - starts, self._read)
        order = (lengths / (weights + 1e-3)).argsort(kind="stable")
        order = order[lengths[order] > 0]
        is_read = lengths[order].cumsum() <= self._read
        read, left = order[is_read], order[~is_read]
        ranges = zip(starts[read].tolist(), (starts + lengths)[read].tolist(), strict=True)
        places = np.concatenate([self._places.values[start:end] for start, end in ranges] or [_NOTHING])
        texts, found = self._promising(places, weights[read].repeat(lengths[read]))
        left = left[left < len(known)]  # of an answer nothing further is looked for
        further = np.zeros(len(question.words.numbers))
        further[known[left]] = once[left]
        return texts, found, further if len(left) else None

    def _promising(self, texts: Ints, weights: Floats) -> tuple[Places, Floats]:
        """The texts with the highest sums of weights, and these."""
        if len(texts) > len(self._corpus.flats):
            sums = np.bincount(texts, weights, len(self._corpus.flats))
            best = _highest(sums * self.weighed.damping, _PROMISING)
            best = best[sums[best] > 0]
            return best, np.asarray(sums[best], np.float64)
        distinct, found = self._sums(texts, weights)
        best = _highest(found * self.weighed.damping[distinct], _PROMISING)
        return distinct[best], found[best]

    def _sums(self, texts: Ints, weights: Floats) -> tuple[Places, Floats]:
        """The distinct texts, and the sum of the weights of each: in time that hangs on how many were read, not on how
        many there are."""
        if not hasattr(self._scratch, "slots"):
            self._scratch.slots = np.empty(len(self._corpus.flats), np.intp)
        places = texts.astype(np.intp)  # at once: each of the steps would do it for itself
        order = np.arange(len(places))
        self._scratch.slots[places] = order  # only slots that have just been written are read
        slots = self._scratch.slots.take(places)
        sums = np.bincount(slots, weights, len(places))
        distinct = (slots == order).nonzero()[0]
        return places.take(distinct), np.asarray(sums.take(distinct), np.float64)


def _next_to_nothing(question: Question) -> float:
    return _LEAST_SHARED * min(_LONG, question.total + question.pairs.total)


def _highest(scores: Floats, count: int) -> Places:
    """The places of the highest scores, best first; of equal ones the first."""
    high = _high(scores, count)
    return np.asarray(high[(-scores[high]).argsort(kind="stable")[:count]])


def _high(scores: Floats, count: int) -> Places:
    """The places of few scores, ascending, with the `count` highest among them: to sort many is dear."""
    groups = 2 * count
    if len(scores) < max(2 * groups, _SORTED_AT_ONCE):
        return np.arange(len(scores))
    best = scores[: len(scores) // groups * groups].reshape(-1, groups).max(axis=0)
    # As many scores as there are groups above it are at least this high.
    least = np.partition(best, groups - count)[groups - count]
    return np.asarray((scores >= least).nonzero()[0])
