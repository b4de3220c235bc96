"""The inverted index: which texts and answers hold a term, and which texts share most with a question."""

import numpy as np

from knowledge.corpus import Corpus
from knowledge.features import pairs_in
from knowledge.lexicon import Lexicon
from knowledge.question import Question
from knowledge.rarity import Rarity
from knowledge.rows import NONE, Floats, Places, Rows, transposed

_ANSWER = 0.3  # what a word in an answer counts beside one in the question
_PAIR = 1.0  # what two neighbours count that are neighbours there as well
_READ = (
    20_000  # postings of the rarest terms; more frequent ones are only looked for in the texts found by these
)
_PROMISING = 256  # texts in which the frequent terms are looked for
_SHORTLIST = 64  # of these, the texts in which pairs are looked for
_LONG = 6  # units; a longer text shares many words with everything


class Postings:
    """Made from a corpus as a whole, by a few operations on arrays. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        asked = transposed(corpus.terms, len(corpus.words))
        answered = transposed(corpus.answers, len(corpus.words))
        questions = corpus.entries.starts[answered.values].astype(np.int32)
        # The texts that have each word; then, for each word, the questions whose answers have it.
        self._places = asked.joined(Rows(answered.shape, questions))
        self._damping = _damping(corpus)
        self.rarity = Rarity.of(corpus, asked)
        self.lexicon = Lexicon.of(corpus, asked.shape.lengths())

    def found(self, question: Question, limit: int) -> tuple[Places, Floats]:
        """The texts that share the most weight with the question, best first, and how much that is."""
        scores, frequent = self._by_rare_terms(question)
        texts = _highest(scores, _PROMISING)
        found = scores[texts]
        if frequent is not None:
            at, owners = self._corpus.terms.shape.flat(texts)
            found += np.bincount(owners, frequent[self._corpus.terms.values[at]], len(texts))
        best = _highest(found, _SHORTLIST)
        texts, found = texts[best], found[best]
        found = self._damping[texts] * (found + _PAIR * self._shared_pairs(question, texts))
        best = _highest(found, limit)
        return texts[best], found[best]

    def _by_rare_terms(self, question: Question) -> tuple[Floats, Floats | None]:
        """What every text shares of the question's rarest terms; and by number the weight of each further term, if
        there are any: their postings would be dear to read."""
        words = len(self._corpus.words)
        lists = np.concatenate([question.terms, question.terms + words])
        weights = np.concatenate([question.term_weights, question.term_weights * _ANSWER])
        starts = self._places.shape.starts
        lengths = np.minimum(starts[lists + 1] - starts[lists], _READ)
        order = np.argsort(lengths / (weights + 1e-3), kind="stable")
        is_read = np.cumsum(lengths[order]) <= _READ
        read, left = order[is_read], order[~is_read]
        at, owners = self._places.shape.flat(lists[read], _READ)
        texts = self._places.values[at]
        scores = np.zeros(len(self._corpus.texts.shape))
        scores += np.bincount(texts, weights[read][owners], minlength=len(scores))
        left = left[left < len(question.terms)]
        if not len(left):
            return scores, None
        frequent = np.zeros(words)
        frequent[lists[left]] = weights[left]
        return scores, frequent

    def _shared_pairs(self, question: Question, texts: Places) -> Floats:
        at, filled = self._corpus.texts.shape.matrix(texts)
        which = question.words.which[np.where(filled, self._corpus.texts.syllables[at], NONE)]
        return np.asarray((pairs_in(question, which) * question.pairs.weights).sum(axis=1))


def _highest(scores: Floats, count: int) -> Places:
    """The places of the highest scores above 0, best first; of equal ones the earlier first."""
    places = np.flatnonzero(scores)
    if len(places) > count:
        values = scores[places]
        places = places[values >= np.partition(values, -count)[-count]]
    return places[np.argsort(-scores[places], kind="stable")][:count]


def _damping(corpus: Corpus) -> Floats:
    shape = corpus.texts.shape
    units = np.bincount(shape.owners(), corpus.texts.unit_telling > 0, len(shape))
    return np.asarray((_LONG + units) ** -0.5)
