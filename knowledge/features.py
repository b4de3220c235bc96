"""How alike a question and indexed texts are, as named numbers (mostly 0..1) that the weights combine.

All texts are compared at once: an array has a row for each text, and a column for each syllable of the texts or for each
word, pair or unit of the question.
"""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from knowledge.corpus import PERCENT, Corpus, fact_kind
from knowledge.question import Question
from knowledge.rarity import Rarity
from knowledge.rows import NONE, Bools, Floats, Ints, Places

NAMES = (
    "query_covered", "entry_covered", "query_units", "entry_units", "overlap", "pairs_query",
    "ratio", "token_set", "marks_disagree", "heaviest_missing", "heaviest_extra", "missing", "extra", "exchanged",
    "answer_words", "answer_pairs", "answer_rest", "numbers_missing", "numbers_extra", "facts_conflict",
    "exact", "trigrams", "entry_core", "of_entry_token_set", "of_entry_trigrams",
    "best_found", "best_units", "best_trigrams", "best_answer",
)  # fmt: skip
_MISSES_ACCENTS = 0.3  # a syllable with the same letters and other accents is hardly the same word
_MUCH = 4.0  # as many rare words missing as make two texts different questions

_LEAST = 1e-9  # instead of no weight at all, which nothing can be divided by

Columns = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class _Side:
    """Texts as matrices. `which`: the word of the question that a syllable is, NONE if it is not asked for; `hits`: how
    well a syllable is found in the question, `asked`: how well each word of the question is found in a text."""

    syllables: Ints
    weights: Floats
    units: Ints
    unit_weights: Floats
    which: Places
    hits: Floats
    asked: Floats


def compared(question: Question, corpus: Corpus, rarity: Rarity, texts: Places, found: Floats) -> Floats:
    """The values of NAMES for each text; `found` is what it scored when it was found."""
    entries = corpus.entries.owners_of(texts)
    side = _side(question, corpus, rarity, texts)
    columns = {
        **_covered(question, side),
        **_missing(question, side, rarity),
        **_answered(question, corpus, entries, side.asked),
        **_spelt(question, corpus, rarity, texts),
        "facts_conflict": _conflicts(question, corpus, texts),
        "entry_core": _core(question, corpus, rarity, entries),
        "best_found": _of_best(found),
    }
    query = columns["query_units"] = np.maximum(columns["query_covered"], columns["query_units"])
    entry = columns["entry_units"] = np.maximum(columns["entry_covered"], columns["entry_units"])
    columns["overlap"] = 2 * query * entry / np.where(query + entry > 0, query + entry, 1.0)
    columns["best_units"] = _of_best(query)
    columns["best_trigrams"] = _of_best(columns["trigrams"])
    columns["best_answer"] = _of_best(columns["answer_pairs"])
    columns["of_entry_token_set"] = _most_of_entry(columns["token_set"], entries)
    columns["of_entry_trigrams"] = _most_of_entry(columns["trigrams"], entries)
    return np.stack([columns[name] for name in NAMES], axis=1)


def pairs_in(question: Question, which: Places) -> Bools:
    """Which pairs of the question each text has; `which` says of each syllable which word of the question it is."""
    row, at = np.nonzero(which >= 0)
    pair = question.pairs.which[which[row, at], which[row, at + 1]]
    known = pair >= 0
    held = np.zeros((len(which), len(question.pairs.weights)), np.bool_)
    held[row[known], pair[known]] = True
    return held


def _side(question: Question, corpus: Corpus, rarity: Rarity, texts: Places) -> _Side:
    at, filled = corpus.texts.shape.matrix(texts)
    syllables = np.where(filled, corpus.texts.syllables[at], NONE)
    units = np.where(filled, corpus.texts.units[at], NONE)
    which = question.words.which[syllables]
    hits, asked = _aligned(question, which, corpus.texts.accents[at])
    return _Side(
        syllables,
        corpus.texts.telling[at] / PERCENT * rarity.words[syllables] * filled,
        units,
        corpus.texts.unit_telling[at] / PERCENT * rarity.words[units] * filled,
        which,
        hits,
        asked,
    )


def _aligned(question: Question, which: Places, accents: Ints) -> tuple[Floats, Floats]:
    """How well each syllable is found in the question, and each word of the question in a text: 1, less where both were
    typed with accents, and other ones."""
    row, at = np.nonzero(which >= 0)
    word, theirs = which[row, at], accents[row, at]
    mine = question.words.accents[word]
    agree = (mine == theirs) | (mine == 0) | (theirs == 0)
    asked = np.zeros((len(which), len(question.words.weights)))
    asked[row, word] = _MISSES_ACCENTS
    asked[row[agree], word[agree]] = 1.0
    hits = np.zeros(which.shape)
    hits[row, at] = asked[row, word]
    return hits, asked


def _covered(question: Question, side: _Side) -> Columns:
    disagree = ((side.asked == _MISSES_ACCENTS) * question.words.weights).sum(axis=1)
    pairs = (pairs_in(question, side.which) * question.pairs.weights).sum(axis=1)
    return {
        "query_covered": (side.asked * question.words.weights).sum(axis=1) / question.words.total,
        "entry_covered": (side.hits * side.weights).sum(axis=1) / _sums(side.weights),
        "marks_disagree": disagree / question.words.total,
        "pairs_query": pairs / question.pairs.total,
    }


def _missing(question: Question, side: _Side, rarity: Rarity) -> Columns:
    """What each side says that the other does not, neither the word nor another word for the same thing."""
    same = side.units[:, :, None] == question.units.concepts
    asked = np.concatenate([side.asked, same.any(axis=1)], axis=1)[:, question.units.places]
    lost = question.units.weights * (1 - asked)
    are_concepts = (side.units != side.syllables) & (side.units != NONE)
    extra = side.unit_weights * (1 - np.where(are_concepts, same.any(axis=2), side.hits))
    missing, further = lost.sum(axis=1), extra.sum(axis=1)
    numbers = rarity.numbers[side.syllables]
    unasked = (numbers & (side.which == NONE)).sum(axis=1)
    unanswered = (question.words.are_numbers & (side.asked == 0)).sum(axis=1)
    return {
        "query_units": 1 - missing / question.units.total,
        "entry_units": 1 - further / _sums(side.unit_weights),
        "heaviest_missing": lost.max(axis=1, initial=0.0),
        "heaviest_extra": extra.max(axis=1, initial=0.0),
        "missing": np.minimum(1.0, missing / _MUCH),
        "extra": np.minimum(1.0, further / _MUCH),
        "exchanged": np.minimum(1.0, np.minimum(missing, further) / _MUCH),
        "numbers_missing": unanswered / max(1, question.words.are_numbers.sum()),
        "numbers_extra": unasked / np.maximum(1, numbers.sum(axis=1)),
    }


def _answered(question: Question, corpus: Corpus, entries: Places, asked: Floats) -> Columns:
    """The share of the question's words, of its pairs, and of the words that a text lacks, in the answer."""
    distinct, at = np.unique(entries, return_inverse=True)
    which = question.words.which[corpus.answers.matrix(distinct)]
    row, place = np.nonzero(which >= 0)
    held = np.zeros((len(distinct), len(question.words.weights)))
    held[row, which[row, place]] = 1.0
    words = (held * question.words.weights).sum(axis=1) / question.words.total
    pairs = (pairs_in(question, which) * question.pairs.weights).sum(axis=1) / question.pairs.total
    lost = question.words.weights * (1 - asked)
    return {
        "answer_words": words[at],
        "answer_pairs": pairs[at],
        "answer_rest": (lost * held[at]).sum(axis=1) / _sums(lost),
    }


def _spelt(question: Question, corpus: Corpus, rarity: Rarity, texts: Places) -> Columns:
    flats = [corpus.flat(text) for text in texts.tolist()]
    at, owners = corpus.spelling.shape.flat(texts)
    both = np.bincount(owners, question.trigrams[corpus.spelling.values[at]], minlength=len(texts))
    return {
        "ratio": np.array([fuzz.ratio(question.flat, flat) / 100 for flat in flats]),
        "token_set": np.array([fuzz.token_set_ratio(question.flat, flat) / 100 for flat in flats]),
        "exact": np.array([float(question.flat == flat) for flat in flats]),
        "trigrams": both / (question.trigram_norm * rarity.norms[texts]),
    }


def _conflicts(question: Question, corpus: Corpus, texts: Places) -> Floats:
    """Whether both name a congress, a year or an ordinal and share none of that kind."""
    if not question.facts:
        return np.zeros(len(texts))
    rows = (frozenset(corpus.facts.row(text).tolist()) for text in texts.tolist())
    return np.array([float(_conflict(question.facts, facts)) for facts in rows])


def _conflict(one: frozenset[int], other: frozenset[int]) -> bool:
    shared = {fact_kind(fact) for fact in one & other}
    return any(fact_kind(fact) not in shared for fact in one if fact_kind(fact) in set(map(fact_kind, other)))


def _core(question: Question, corpus: Corpus, rarity: Rarity, entries: Places) -> Floats:
    """The share of what an entry is about that the question has."""
    at, owners = corpus.cores.shape.flat(entries)
    units = corpus.cores.values[at]
    weights = corpus.core_telling[at] * rarity.words[units]
    asked = (question.words.which[units] >= 0) | (units[:, None] == question.units.concepts).any(axis=1)
    whole = np.bincount(owners, weights, minlength=len(entries))
    shared = np.bincount(owners, weights * asked, minlength=len(entries))
    return np.asarray(shared / np.maximum(whole, _LEAST))


def _most_of_entry(values: Floats, entries: Places) -> Floats:
    """The most that any of the texts of the same entry has."""
    return np.asarray(np.where(entries == entries[:, None], values, 0.0).max(axis=1, initial=0.0))


def _of_best(values: Floats) -> Floats:
    return np.asarray(values / (values.max(initial=0.0) or 1.0))


def _sums(weights: Floats) -> Floats:
    """Of each row; never 0, so that one can divide by it."""
    return np.asarray(np.maximum(weights.sum(axis=1), _LEAST))
