"""How alike a question and indexed texts are, as named numbers (mostly 0..1) that the weights combine.

All texts are compared at once: an array has a row for each text, and a column for each word of the texts or for each word or
pair of the question. A word is a syllable or a concept.
"""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.corpus import Corpus, fact_kind
from knowledge.question import Question
from knowledge.rows import Column, Floats, Places
from knowledge.weighed import Weighed

NAMES = (
    "query_covered", "entry_covered", "query_units", "entry_units", "overlap", "pairs_query",
    "ratio", "token_set", "marks_disagree", "heaviest_missing", "heaviest_extra", "missing", "extra", "exchanged",
    "answer_words", "answer_pairs", "answer_rest", "numbers_missing", "numbers_extra", "facts_conflict",
    "exact", "trigrams", "entry_core", "of_entry_token_set", "of_entry_trigrams",
    "best_found", "best_units", "best_trigrams", "best_answer",
)  # fmt: skip
_MISSES_ACCENTS = 0.3  # a syllable with the same letters and other accents is hardly the same word
_MUCH = 4.0  # as many rare words missing as make two texts different questions
_LEAST = 1e-6  # of a weight that is missing: less is nothing but rounding

Columns = dict[str, Floats]
Which = NDArray[
    np.int16
]  # of each word of the texts: the place among the words of the question, NONE of another


def compared(question: Question, corpus: Corpus, weighed: Weighed, texts: Places, found: Floats) -> Floats:
    """The values of NAMES for each text, a row for each name; `found` is what the texts scored when they were found."""
    entries = corpus.entries.owners_of(texts)
    at = corpus.texts.shape.matrix(texts)
    which = question.words.which[corpus.texts.words[at]]
    hits, asked = _aligned(question, which, corpus.texts.accents[at])
    columns = {
        **_covered(question, weighed, texts, at, hits, asked),
        **_numbers(question, weighed, texts, which, asked),
        **_answered(question, corpus, entries, asked),
        **_spelt(question, corpus, weighed, texts),
        "pairs_query": pairs_in(question, which) @ question.pairs.weights / question.pairs.total,
        "facts_conflict": _conflicts(question, corpus, texts),
        "entry_core": _core(question, corpus, weighed, entries),
        "best_found": found / found.max(),
    }
    _relate(columns, entries)
    return np.array([columns[name] for name in NAMES])


def words_in(question: Question, which: Which) -> Floats:
    """1 for each word of the question that a text has."""
    row, at = (which >= 0).nonzero()
    held = np.zeros((len(which), len(question.words.weights)))
    held[row, which[row, at]] = 1.0
    return held


def pairs_in(question: Question, which: Which) -> Floats:
    """1 for each pair of the question that a text has."""
    pairs = question.pairs.which[which[:, :-1], which[:, 1:]]
    row, at = (pairs >= 0).nonzero()
    held = np.zeros((len(which), len(question.pairs.weights)))
    held[row, pairs[row, at]] = 1.0
    return held


def _aligned(question: Question, which: Which, accents: Column) -> tuple[Floats, Floats]:
    """How well each word of a text is found in the question, and each word of the question in a text: 1, less where both
    were typed with accents, and other ones."""
    row, at = (which >= 0).nonzero()
    word, theirs = which[row, at], accents[row, at]
    mine = question.words.accents[word]
    agree = (mine == theirs) | (mine == 0) | (theirs == 0)
    asked = np.zeros((len(which), len(question.words.weights)))
    asked[row, word] = _MISSES_ACCENTS
    asked[row[agree], word[agree]] = 1.0
    hits = np.zeros(which.shape)
    hits[row, at] = asked[row, word]
    return hits, asked


def _covered(
    question: Question, weighed: Weighed, texts: Places, at: Places, hits: Floats, asked: Floats
) -> Columns:
    """What each side has of the other, and what it has not: neither the word nor another word for the same thing."""
    words = question.words
    query_covered = asked @ words.weights / question.total
    missing = question.unit_total - asked @ words.units
    entry_covered = (hits * weighed.syllables[at]).sum(axis=1) / weighed.syllable_totals[texts]
    lost = weighed.units[at] * (1.0 - hits)
    extra = lost.sum(axis=1)
    return {
        "query_covered": query_covered,
        "entry_covered": entry_covered,
        "query_units": np.maximum(query_covered, 1.0 - missing / question.unit_total),
        "entry_units": np.maximum(entry_covered, 1.0 - extra / weighed.unit_totals[texts]),
        "marks_disagree": (asked == _MISSES_ACCENTS) @ words.weights / question.total,
        "heaviest_missing": ((1.0 - asked) * words.unit).max(axis=1, initial=0.0),
        "heaviest_extra": lost.max(axis=1, initial=0.0),
        "missing": np.minimum(1.0, missing / _MUCH),
        "extra": np.minimum(1.0, extra / _MUCH),
        "exchanged": np.minimum(1.0, np.minimum(missing, extra) / _MUCH),
    }


def _numbers(question: Question, weighed: Weighed, texts: Places, which: Which, asked: Floats) -> Columns:
    """The share of the numbers of each side that the other has not."""
    are_numbers = question.words.are_numbers
    of_text = weighed.numbers[texts]
    shared = np.append(are_numbers, 0.0)[which].sum(axis=1)
    return {
        "numbers_missing": (asked == 0) @ are_numbers / max(1.0, are_numbers.sum()),
        "numbers_extra": (of_text - shared) / np.maximum(1, of_text),
    }


def _answered(question: Question, corpus: Corpus, entries: Places, asked: Floats) -> Columns:
    """The share of the question's words, of its pairs, and of the words that a text lacks, in the answer."""
    words = question.words
    which = words.which[corpus.answers.values[corpus.answers.shape.matrix(entries)]]
    held = words_in(question, which)
    in_answer = held @ words.weights
    lost = question.total - asked @ words.weights
    rest = in_answer - (asked * held) @ words.weights
    return {
        "answer_words": in_answer / question.total,
        "answer_pairs": pairs_in(question, which) @ question.pairs.weights / question.pairs.total,
        "answer_rest": np.where(lost > _LEAST, rest / np.maximum(lost, _LEAST), 0.0),
    }


def _spelt(question: Question, corpus: Corpus, weighed: Weighed, texts: Places) -> Columns:
    flats = [corpus.flats[text] for text in texts.tolist()]
    at, owners = corpus.spelling.shape.flat(texts)
    spelling = corpus.spelling.values[at]
    both = np.bincount(owners, weighed.trigrams[spelling] * question.spelling[spelling], len(texts))
    ratio = process.cdist([question.flat], flats, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
    return {
        "ratio": ratio,
        "token_set": process.cdist([question.flat], flats, scorer=fuzz.token_set_ratio, dtype=np.float64)[0]
        / 100,
        "exact": ratio == 1.0,
        "trigrams": both / (question.norm * weighed.norms[texts]),
    }


def _conflicts(question: Question, corpus: Corpus, texts: Places) -> Floats:
    """Whether both name a congress, a year or an ordinal and share none of that kind."""
    if not question.facts:
        return np.zeros(len(texts))
    rows = (frozenset(corpus.facts.row(text).tolist()) for text in texts.tolist())
    return np.array([float(_conflict(question.facts, facts)) for facts in rows])


def _conflict(one: frozenset[int], other: frozenset[int]) -> bool:
    shared = set(map(fact_kind, one & other))
    return not shared.issuperset(set(map(fact_kind, one)) & set(map(fact_kind, other)))


def _core(question: Question, corpus: Corpus, weighed: Weighed, entries: Places) -> Floats:
    """The share of what an entry is about that the question has."""
    at, owners = corpus.cores.shape.flat(entries)
    asked = weighed.cores[at] * (question.words.which[corpus.cores.values[at]] >= 0)
    return np.asarray(np.bincount(owners, asked, len(entries)) / weighed.core_totals[entries])


def _relate(columns: Columns, entries: Places) -> None:
    """Adds what follows from other columns: of one text, of all texts of its entry, beside the best text."""
    query, entry = columns["query_units"], columns["entry_units"]
    columns["overlap"] = 2 * query * entry / np.maximum(query + entry, _LEAST)
    same = entries == entries[:, None]
    for name in ("token_set", "trigrams"):
        columns[f"of_entry_{name}"] = (same * columns[name]).max(axis=1)
    for name, of in (("units", "query_units"), ("trigrams", "trigrams"), ("answer", "answer_pairs")):
        columns[f"best_{name}"] = columns[of] / (columns[of].max() or 1.0)
