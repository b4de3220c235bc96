"""How alike a question and indexed texts are, as named numbers (mostly 0..1) that the weights combine.

All texts are compared at once: an array has a row for each text, and a column for each word of the texts or for each word or
pair of the question. A word is a syllable or a concept.
"""

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.corpus import Corpus, fact_kind
from knowledge.hits import Hits
from knowledge.index import Found
from knowledge.question import Question
from knowledge.rows import Floats, Places, Rows
from knowledge.weighed import Weighed

NAMES = (
    "query_covered", "entry_covered", "query_units", "entry_units", "overlap", "pairs_query",
    "ratio", "letters", "marks_disagree", "heaviest_missing", "heaviest_extra", "missing", "extra", "exchanged",
    "answer_words", "answer_pairs", "answer_rest", "numbers_missing", "numbers_extra", "facts_conflict",
    "exact", "trigrams", "entry_core", "of_entry_letters", "of_entry_trigrams",
    "best_found", "best_trigrams", "best_answer",
)  # fmt: skip
_MISSES_ACCENTS = 0.3  # a syllable with the same letters and other accents is hardly the same word
_MUCH = 4.0  # as many rare words missing as make two texts different questions
_LEAST = 1e-6  # of a weight that is missing: less is nothing but rounding

Columns = dict[str, Floats]


def compared(question: Question, corpus: Corpus, weighed: Weighed, found: Found) -> Floats:
    """The values of NAMES for each text, a row for each name."""
    texts = found.texts
    entries = corpus.entries.owners_of(texts)
    hits = Hits.of(question, Rows(corpus.texts.shape, corpus.texts.words), texts)
    asked = _aligned(hits, corpus)
    columns = {
        **_covered(hits, weighed, texts, asked),
        **_numbers(hits, weighed, texts, asked),
        **_of_entries(question, corpus, weighed, entries, asked),
        **_spelt(question, corpus, weighed, texts, asked),
        "pairs_query": found.pairs / question.pairs.total,
        "facts_conflict": _conflicts(question, corpus, texts),
        "best_found": found.shared / found.shared[0],
    }
    _relate(columns, entries)
    return np.array([columns[name] for name in NAMES])


def _aligned(hits: Hits, corpus: Corpus) -> Floats:
    """A row for each text: how well it has each word of the question: 1, less where both were typed with accents, and
    other ones."""
    mine, theirs = hits.question.words.accents[hits.words], corpus.texts.accents[hits.places[hits.at]]
    agree = ((mine == theirs) | (mine == 0) | (theirs == 0)).nonzero()[0]
    asked = hits.table(_MISSES_ACCENTS)
    asked[hits.texts[agree], hits.words[agree]] = 1.0
    return asked


def _covered(hits: Hits, weighed: Weighed, texts: Places, asked: Floats) -> Columns:
    """What each side has of the other, and what it has not: neither the word nor another word for the same thing."""
    question, words = hits.question, hits.question.words
    lost = 1.0 - asked
    missing = lost.dot(words.units)
    query_covered = asked.dot(words.weights) / question.total
    agreement = asked[hits.texts, hits.words]
    at = hits.places[hits.at]
    covered = np.bincount(hits.texts, agreement * weighed.syllables[at], len(texts))
    entry_covered = covered / weighed.syllable_totals[texts]
    extras = weighed.units[hits.places].astype(np.float64)
    extras[hits.at] *= 1.0 - agreement
    extra = np.add.reduceat(extras, hits.starts)
    return {
        "query_covered": query_covered,
        "entry_covered": entry_covered,
        "query_units": np.maximum(query_covered, 1.0 - missing / question.unit_total),
        "entry_units": np.maximum(entry_covered, 1.0 - extra / weighed.unit_totals[texts]),
        "marks_disagree": (asked == _MISSES_ACCENTS).dot(words.weights) / question.total,
        "heaviest_missing": (lost * words.unit).max(axis=1, initial=0.0),
        "heaviest_extra": np.maximum.reduceat(extras, hits.starts),
        "missing": np.minimum(1.0, missing / _MUCH),
        "extra": np.minimum(1.0, extra / _MUCH),
        "exchanged": np.minimum(1.0, np.minimum(missing, extra) / _MUCH),
    }


def _numbers(hits: Hits, weighed: Weighed, texts: Places, asked: Floats) -> Columns:
    """The share of the numbers of each side that the other has not."""
    are_numbers, of_text = hits.question.words.are_numbers, weighed.numbers[texts]
    if not are_numbers.any() and not of_text.any():
        return {"numbers_missing": np.zeros(len(texts)), "numbers_extra": np.zeros(len(texts))}
    shared = np.bincount(hits.texts, are_numbers[hits.words], len(texts))
    return {
        "numbers_missing": (asked == 0).dot(are_numbers) / max(1.0, are_numbers.sum()),
        "numbers_extra": (of_text - shared) / np.maximum(1, of_text),
    }


def _of_entries(
    question: Question, corpus: Corpus, weighed: Weighed, entries: Places, asked: Floats
) -> Columns:
    """What hangs on the entry of each text: worked out once for each."""
    places = {entry: place for place, entry in enumerate(dict.fromkeys(entries.tolist()))}
    distinct, which = np.array([*places], np.intp), np.array([places[entry] for entry in entries.tolist()])
    hits = Hits.of(question, corpus.answers, distinct)
    held, pairs = hits.table(1.0), hits.in_pairs() / question.pairs.total
    in_answer = held.dot(question.words.weights)
    lost = question.total - asked.dot(question.words.weights)
    rest = in_answer[which] - (asked * held[which]).dot(question.words.weights)
    return {
        "entry_core": _core(question, corpus, weighed, distinct)[which],
        "answer_words": in_answer[which] / question.total,
        "answer_pairs": pairs[which],
        "answer_rest": np.where(lost > _LEAST, rest / np.maximum(lost, _LEAST), 0.0),
    }


def _core(question: Question, corpus: Corpus, weighed: Weighed, entries: Places) -> Floats:
    """The share of what an entry is about that the question has."""
    hits = Hits.of(question, corpus.cores, entries)
    asked = np.bincount(hits.texts, weighed.cores[hits.places[hits.at]], len(entries))
    return np.asarray(asked / weighed.core_totals[entries])


def _spelt(question: Question, corpus: Corpus, weighed: Weighed, texts: Places, asked: Floats) -> Columns:
    flats = [corpus.flats[text] for text in texts.tolist()]
    at, owners, _ = corpus.spelling.shape.flat(texts)
    spelling = corpus.spelling.values[at]
    shared = question.spelling[spelling].nonzero()[0]
    both = np.bincount(owners[shared], weighed.trigrams[spelling[shared]], len(texts))
    ratio = process.cdist([question.flat], flats, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
    return {
        "ratio": ratio,
        "letters": _letters(question, flats, asked),
        "exact": ratio == 1.0,
        "trigrams": both / (question.norm * weighed.norms[texts]),
    }


def _letters(question: Question, flats: list[str], asked: Floats) -> Floats:
    """Of the letters of the shorter text and of what both have, the share of these: 1 where one has all of the other."""
    letters = question.words.letters
    shared = (asked > 0).dot(letters)
    rest = np.minimum(letters.sum(), [len(flat) + 1 for flat in flats]) - shared
    return np.asarray(2 * shared / np.maximum(2 * shared + np.maximum(rest, 0.0), 1.0))


def _conflicts(question: Question, corpus: Corpus, texts: Places) -> Floats:
    """Whether both name a congress, a year or an ordinal and share none of that kind."""
    if not question.facts:
        return np.zeros(len(texts))
    rows = (frozenset(corpus.facts.row(text).tolist()) for text in texts.tolist())
    return np.array([float(_conflict(question.facts, facts)) for facts in rows])


def _conflict(one: frozenset[int], other: frozenset[int]) -> bool:
    shared = set(map(fact_kind, one & other))
    return not shared.issuperset(set(map(fact_kind, one)) & set(map(fact_kind, other)))


def _relate(columns: Columns, entries: Places) -> None:
    """Adds what follows from other columns: of one text, of all texts of its entry, beside the best text."""
    query, entry = columns["query_units"], columns["entry_units"]
    columns["overlap"] = 2 * query * entry / np.maximum(query + entry, _LEAST)
    same = entries == entries[:, None]
    for name in ("letters", "trigrams"):
        columns[f"of_entry_{name}"] = (same * columns[name]).max(axis=1)
    for name, of in (("trigrams", "trigrams"), ("answer", "answer_pairs")):
        columns[f"best_{name}"] = columns[of] / (columns[of].max() or 1.0)
