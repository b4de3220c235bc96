"""The index over all questions and phrasings: candidates by shared words, ranked by weighted features."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from knowledge.agreement import Documents, Stated, allows, contradicts, stated
from knowledge.analysis import Analysed, analysed
from knowledge.candidates import Candidate, Cited, Indexed
from knowledge.contrasts import turns_round
from knowledge.corpus import Corpus, Reading, without
from knowledge.features import compared
from knowledge.index import Postings
from knowledge.normalise import words
from knowledge.question import Question
from knowledge.scoring import Weights, is_beside_the_point, is_word_for_word, shipped, telling
from knowledge.short_forms import ShortForms, shipped_forms
from knowledge.slips import Speller
from knowledge.spoken import Spoken, said
from knowledge.unspoken import leaves_out, left_out

__all__ = ["Candidate", "Cited", "Index", "Indexed"]

TEXTS_COMPARED = 16  # how many of the best texts by shared words are compared in full
_ANSWER_READ = 1_500  # characters of an answer; it fits a phone screen
_CONTRADICTED = 10.0  # taken off the total of an entry about other documents than the one that was named
_SPOKEN_KEPT = 5_000  # of the entries that have come near an answer
_EXACT = 9  # decimals of a total: what is equal but for the last bits is equal


@dataclass(frozen=True, slots=True)
class _Entry:
    given: Indexed  # without its answer, which the corpus has: the longest of its texts
    stated: Stated


class _Scored(NamedTuple):
    """A text that was compared, the best of its entry."""

    total: float
    entry: int
    text: int
    features: list[float]


class Index:
    """Immutable; safe to use from several threads. `words`: those of all questions and phrasings, folded, and the short
    forms."""

    def __init__(
        self,
        entries: list[_Entry],
        corpus: Corpus,
        given: Iterable[Cited],
        short_forms: ShortForms,
        weights: Weights,
        before: "Index | None" = None,
    ) -> None:
        """`before`: what this one was made from; the speller need only read what is new."""
        self._entries = entries
        self._corpus = corpus
        self._postings = Postings(corpus)
        self._speller: Speller = Speller(
            self._postings.lexicon, corpus.accents.strings, before._speller if before else None
        )
        self._given = tuple(given)
        self.short_forms = short_forms
        self.words = self._speller.known | short_forms.words
        self.weights = weights
        self._ranking = np.array(weights.ranking)
        self._spoken: dict[int, Spoken] = {}
        self._place_of = dict(zip([each.given.key for each in entries], range(len(entries)), strict=True))
        self.documents = Documents(
            [*self._given, *(each.given.document for each in entries if each.given.document)],
            [ref for each in entries for ref in each.stated.references],
        )

    @classmethod
    def build(
        cls,
        entries: Iterable[Indexed],
        documents: Iterable[Cited],
        short_forms: ShortForms | None = None,
        weights: Weights | None = None,
    ) -> "Index":
        draft = Draft(documents, short_forms or shipped_forms(), weights)
        draft.add(entries)
        return draft.index()

    def with_changes(
        self,
        changed: Iterable[Indexed],
        removed: Iterable[int] = (),
        documents: Iterable[Cited] | None = None,
    ) -> "Index":
        """An index in which the entries `changed` are new or replaced and the keys `removed` are gone; this one stays
        as it is."""
        new = tuple(changed)
        draft = self.draft({*removed, *(entry.key for entry in new)}, documents)
        draft.add(new)
        return draft.index()

    def draft(self, changing: Collection[int], documents: Iterable[Cited] | None = None) -> "Draft":
        """The beginning of an index with the entries of this one, but for those with the keys `changing`."""
        gone = sorted(self._place_of[key] for key in changing if key in self._place_of)
        return Draft(
            self._given if documents is None else documents, self.short_forms, self.weights, self, gone
        )

    @property
    def entries(self) -> Iterator[Indexed]:
        """All of them, without their answers."""
        return (each.given for each in self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def query(self, text: str) -> Analysed:
        return analysed(text, self.short_forms, self._speller.corrected)

    def question(self, query: Analysed) -> Question:
        """The query in the numbers of this index, with how rare its words are here."""
        return Question.of(query, self._corpus, self._postings.weighed)

    def ranked(self, text: str, limit: int = 5) -> list[Candidate]:
        """The entries most likely to answer the text, best first."""
        return self.ranked_for(self.query(text), limit)

    def ranked_for(self, query: Analysed, limit: int = 5, *, group: bool = False) -> list[Candidate]:
        """The same for a text that is read already; for a `group`, samples are not there."""
        scored = self._without_samples(self._scored(query), group)
        confidences = self.weights.confidences(
            [(each.total, each.features) for each in scored], telling(query.weights)
        )
        return [
            self._candidate(query, each, round(score, 4))
            for each, score in zip(scored[:limit], confidences, strict=False)
        ]

    def _without_samples(self, scored: list[_Scored], group: bool) -> list[_Scored]:
        """Without samples in a group; elsewhere without those that ask what the department asks itself in these words."""
        own = [each for each in scored if self._entries[each.entry].given.in_groups]
        if group or len(own) == len(scored):
            return own
        if not any(is_word_for_word(each.features) for each in own):
            return scored
        return [each for each in scored if each in own or not is_word_for_word(each.features)]

    def compared(self, query: Analysed) -> list[Candidate]:
        """Every entry that was compared, best first, with its features and no score yet."""
        return [self._candidate(query, each, 0.0) for each in self._scored(query)]

    def _scored(self, query: Analysed) -> list[_Scored]:
        """Of each entry that was found the best text, best first."""
        question = self.question(query)
        found = self._postings.found(question, TEXTS_COMPARED)
        texts = found.texts
        if not len(texts):
            return []
        features = compared(question, self._corpus, self._postings.weighed, found)
        totals = self._ranking.dot(features).round(_EXACT)
        entries = self._corpus.entries.owners_of(texts)
        best: dict[int, _Scored] = {}
        for total, entry, text, values in zip(
            totals.tolist(), entries.tolist(), texts.tolist(), features.T.tolist(), strict=True
        ):
            if query.facts.references and contradicts(query, self._entries[entry].stated):
                total -= _CONTRADICTED
            if entry not in best or total > best[entry].total:
                best[entry] = _Scored(total, entry, text, values)
        return sorted(best.values(), key=lambda each: (-each.total, self._entries[each.entry].given.key))

    def _candidate(self, query: Analysed, scored: _Scored, score: float) -> Candidate:
        entry = self._entries[scored.entry]
        given, values = entry.given, tuple(scored.features)
        direct = not is_beside_the_point(values) and allows(query, entry.stated, self.documents)
        matched = self._corpus.flats[scored.text]
        return Candidate(given.key, given.id, given.question, score, direct, given.in_groups, matched, values)

    def leaves_out(self, query: Analysed, candidate: Candidate) -> bool:
        """Whether the candidate's entry passes over something that the question is about."""
        return leaves_out(query, self._spoken_in(candidate), candidate.matched)

    def is_turned_round(self, query: Analysed, candidate: Candidate) -> bool:
        """Whether a small word makes the question another one than the candidate's: "không phải", "dưới 6 tuổi"."""
        return turns_round(query.words, self._spoken_in(candidate).contrasts, candidate.matched)

    def allows(self, query: Analysed, candidate: Candidate) -> bool:
        """Whether the numbers, years and congresses of the question allow the candidate as a direct answer. To explain."""
        return allows(query, self._entry(candidate).stated, self.documents)

    def left_out(self, query: Analysed, candidate: Candidate) -> tuple[int, ...]:
        """The places of the question's units that the candidate's entry passes over. To explain."""
        return left_out(query, self._spoken_in(candidate), candidate.matched)

    def _spoken_in(self, candidate: Candidate) -> Spoken:
        spoken = self._spoken.get(candidate.key)
        if spoken is None:
            place = self._place_of[candidate.key]
            document = self._entries[place].given.document
            title = [said(analysed(document.title, self.short_forms))] if document else []
            spoken = Spoken.of([*self._corpus.said_in(place), *title], self._corpus.answer_of(place))
            if len(self._spoken) < _SPOKEN_KEPT:
                self._spoken[candidate.key] = spoken
        return spoken

    def phrasing_of(self, candidate: Candidate) -> tuple[str, Analysed]:
        """The question or phrasing that a candidate was found by, as it was written and as it is read. To explain."""
        given = self._entry(candidate).given
        texts = [(text, analysed(text, self.short_forms)) for text in (given.question, *given.phrasings)]
        return next((each for each in texts if str(each[1].words) == candidate.matched), texts[0])

    def contradicts(self, query: Analysed, candidate: Candidate) -> bool:
        """Whether the question names a document, and the entry is about another one."""
        return contradicts(query, self._entry(candidate).stated)

    def document_of(self, candidate: Candidate) -> int | None:
        """The key of the document that the candidate's entry cites."""
        document = self._entry(candidate).given.document
        return document.key if document else None

    def is_of_a_document(self, candidate: Candidate) -> bool:
        """Whether the candidate's entry names or cites a document."""
        entry = self._entry(candidate)
        return bool(entry.given.document or entry.stated.references)

    def _entry(self, candidate: Candidate) -> _Entry:
        return self._entries[self._place_of[candidate.key]]

    def about(self, query: Analysed, limit: int = 5) -> list[Candidate]:
        """Entries about the documents that the question names, in their own order."""
        return [
            Candidate(each.given.key, each.given.id, each.given.question, 0.0, False, each.given.in_groups)
            for each in self._entries
            if query.facts.references
            and any(
                not ref.conflicts(self.documents.completed(known))
                for ref in query.facts.references
                for known in each.stated.references
            )
        ][:limit]


class Draft:
    """An index in the making: entries may come in parts, so that a large knowledge base is never held twice as objects.
    Only what is added is read as text; what is kept of the index before is copied as numbers."""

    def __init__(
        self,
        documents: Iterable[Cited],
        short_forms: ShortForms,
        weights: Weights | None = None,
        before: Index | None = None,
        gone: Sequence[int] = (),
    ) -> None:
        """`gone`: the places of the entries of `before` that do not stay as they are, ascending."""
        self._documents = documents
        self._short_forms = short_forms
        self._weights = weights or shipped()
        self._before = before
        self._gone = gone
        self._reading = Reading(before._corpus if before else None)
        self._added: list[_Entry] = []

    def add(self, entries: Iterable[Indexed]) -> None:
        for entry in entries:
            texts = [analysed(text, self._short_forms) for text in (entry.question, *entry.phrasings)]
            self._reading.add(texts, words(entry.answer[:_ANSWER_READ], self._short_forms).folded)
            self._added.append(_Entry(entry.without_answer(), stated(entry, [text.facts for text in texts])))

    def index(self) -> Index:
        entries, corpus = self._added, self._reading.corpus()
        if self._before:
            entries = without(self._before._entries, self._gone) + entries
            corpus = self._before._corpus.changed(self._gone, corpus)
        return Index(entries, corpus, self._documents, self._short_forms, self._weights, self._before)
