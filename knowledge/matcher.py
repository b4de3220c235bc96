"""The index over all questions and phrasings: candidates by shared words, ranked by weighted features."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.agreement import Documents, Stated, allows, contradicts, stated
from knowledge.analysis import Analysed, analysed
from knowledge.candidates import Candidate, Cited, Indexed
from knowledge.core import Core
from knowledge.features import Phrasing, Question, compared, features
from knowledge.index import Postings
from knowledge.normalise import words
from knowledge.scoring import Weights, is_beside_the_point, shipped, telling
from knowledge.short_forms import ShortForms, shipped_forms
from knowledge.unspoken import Spoken, leaves_out

__all__ = ["Candidate", "Cited", "Index", "Indexed"]

PHRASINGS_COMPARED = 16  # how many of the best phrasings by shared words are compared in full
_ANSWER_READ = 1_500  # characters of an answer; it fits a phone screen
_CORES_KEPT = (
    5_000  # of the entries that questions have come near: a large knowledge base must stay small in memory
)
_STALE = 5  # a fifth of the entries changed: build anew, so that rare words are counted right
_CONTRADICTED = 10.0  # taken off the total of an entry about other documents than the one that was named


@dataclass(frozen=True, slots=True)
class _Entry:
    given: Indexed
    stated: Stated
    answer: str  # folded, a space at either end
    first: int  # the place of its question; its other phrasings follow


class Index:
    """Immutable; safe to use from several threads."""

    def __init__(
        self,
        entries: list[_Entry],
        phrasings: list[Phrasing],
        postings: Postings,
        given: Iterable[Cited],
        short_forms: ShortForms,
        weights: Weights,
        gone: frozenset[int] = frozenset(),
    ) -> None:
        self._entries = entries
        self._phrasings = phrasings
        self._postings = postings
        self._given = tuple(given)
        self._short_forms = short_forms
        self.weights = weights
        self._gone = gone
        self._cores: dict[int, Core] = {}
        self._spoken: dict[int, Spoken] = {}  # made when an entry first comes near an answer
        self._by_key = {each.given.key: each for each in self._kept()}
        self.documents = Documents(
            [*self._given, *(each.given.document for each in self._kept() if each.given.document)],
            [ref for each in self._kept() for ref in each.stated.references],
        )

    @classmethod
    def build(
        cls,
        entries: Iterable[Indexed],
        documents: Iterable[Cited],
        short_forms: ShortForms | None = None,
        weights: Weights | None = None,
    ) -> "Index":
        short_forms = short_forms or shipped_forms()
        kept, asked = _read(entries, short_forms, 0, 0)
        postings = Postings(asked, [each.answer for each in kept])
        phrasings = [Phrasing.of(number, text, postings.idf, postings.trigram_idf) for number, text in asked]
        return cls(kept, phrasings, postings, documents, short_forms, weights or shipped())

    def with_changes(
        self,
        changed: Iterable[Indexed],
        removed: Iterable[int] = (),
        documents: Iterable[Cited] | None = None,
    ) -> "Index":
        """An index in which the entries `changed` are new or replaced and the keys `removed` are gone; this one stays
        as it is. Far quicker than building, until a fifth of all entries has changed."""
        new = tuple(changed)
        keys = {*removed, *(entry.key for entry in new)}
        given = self._given if documents is None else tuple(documents)
        gone = self._gone.union(at for at, each in enumerate(self._entries) if each.given.key in keys)
        if len(gone) * _STALE > len(self._entries):
            left = [each.given for at, each in enumerate(self._entries) if at not in gone]
            return Index.build([*left, *new], given, self._short_forms, self.weights)
        kept, asked = _read(new, self._short_forms, len(self._entries), len(self._phrasings))
        answers = {each.first: each.answer for each in kept}
        places = [at for at, phrasing in enumerate(self._phrasings) if phrasing.entry in gone]
        postings = self._postings.with_changes(asked, answers, places)
        phrasings = [Phrasing.of(number, text, postings.idf, postings.trigram_idf) for number, text in asked]
        return Index(
            [*self._entries, *kept],
            [*self._phrasings, *phrasings],
            postings,
            given,
            self._short_forms,
            self.weights,
            gone,
        )

    def __len__(self) -> int:
        return len(self._entries) - len(self._gone)

    def _kept(self) -> list[_Entry]:
        return [each for at, each in enumerate(self._entries) if at not in self._gone]

    def is_known(self, word: str) -> bool:
        """Whether a question or phrasing has the folded word, or it is a short form."""
        return self._postings.frequency(word) > 0 or word in self._short_forms

    def query(self, text: str) -> Analysed:
        return analysed(text, self._short_forms, self._postings.speller)

    def question(self, query: Analysed) -> Question:
        """The query with how rare its words are here."""
        return Question.of(query, self._postings.idf, self._postings.trigram_idf)

    def ranked(self, text: str, limit: int = 5) -> list[Candidate]:
        """The entries most likely to answer the text, best first."""
        return self.ranked_for(self.query(text), limit)

    def ranked_for(self, query: Analysed, limit: int = 5) -> list[Candidate]:
        scored = self._scored(query)
        confidences = self.weights.confidences(
            [(total, values) for total, _, values in scored], telling(query.weights)
        )
        return [
            self._candidate(query, place, values, round(score, 4))
            for (_, place, values), score in zip(scored[:limit], confidences, strict=False)
        ]

    def compared(self, query: Analysed) -> list[Candidate]:
        """Every entry that was compared, best first, with its features and no score yet."""
        return [self._candidate(query, place, values, 0.0) for _, place, values in self._scored(query)]

    def _scored(self, query: Analysed) -> list[tuple[float, int, tuple[float, ...]]]:
        """The best phrasing of each entry found: its ranking total, its place and its features, best first."""
        question = self.question(query)
        weighted = dict(zip(question.units, question.unit_weights, strict=True))
        weighted |= dict(zip(question.folded, question.weights, strict=True))
        found = self._postings.found(weighted, question.pairs, PHRASINGS_COMPARED)
        phrasings = [self._phrasings[place] for _, place in found]
        cores = {number: self._core(number) for number in {each.entry for each in phrasings}}
        rows = compared(
            [
                features(question, each, cores[each.entry], self._entries[each.entry].answer)
                for each in phrasings
            ],
            [each.entry for each in phrasings],
            [share for share, _ in found],
        )
        best: dict[int, tuple[float, int, tuple[float, ...]]] = {}
        for (_, place), values in zip(found, rows, strict=True):
            number = self._phrasings[place].entry
            total = self.weights.total(values)
            if query.facts.references and contradicts(query, self._entries[number].stated):
                total -= _CONTRADICTED
            if number not in best or total > best[number][0]:
                best[number] = (total, place, values)
        keys = self._entries
        return sorted(
            best.values(), key=lambda each: (-each[0], keys[self._phrasings[each[1]].entry].given.key)
        )

    def _core(self, number: int) -> Core:
        core = self._cores.get(number)
        if core is None:
            entry = self._entries[number]
            phrasings = self._phrasings[entry.first : entry.first + 1 + len(entry.given.phrasings)]
            core = Core.of([(each.units, each.unit_weights) for each in phrasings])
            if len(self._cores) < _CORES_KEPT:
                self._cores[number] = core
        return core

    def _candidate(self, query: Analysed, place: int, values: tuple[float, ...], score: float) -> Candidate:
        phrasing = self._phrasings[place]
        entry = self._entries[phrasing.entry]
        given = entry.given
        direct = not is_beside_the_point(values) and allows(query, entry.stated, self.documents)
        matched = " ".join(phrasing.folded)
        return Candidate(given.key, given.id, given.question, score, direct, given.in_groups, matched, values)

    def leaves_out(self, query: Analysed, candidate: Candidate) -> bool:
        """Whether the candidate's entry passes over something that the question is about."""
        if candidate.key not in self._spoken:
            self._spoken[candidate.key] = Spoken.of(self._entry(candidate).given, self._short_forms)
        return leaves_out(query, self._spoken[candidate.key])

    def contradicts(self, query: Analysed, candidate: Candidate) -> bool:
        """Whether the question names a document, and the entry is about another one."""
        return contradicts(query, self._entry(candidate).stated)

    def document_of(self, candidate: Candidate) -> int | None:
        """The key of the document that the candidate's entry cites."""
        document = self._entry(candidate).given.document
        return document.key if document else None

    def _entry(self, candidate: Candidate) -> _Entry:
        return self._by_key[candidate.key]

    def about(self, query: Analysed, limit: int = 5) -> list[Candidate]:
        """Entries about the documents that the question names, in their own order."""
        return [
            Candidate(each.given.key, each.given.id, each.given.question, 0.0, False, each.given.in_groups)
            for each in self._kept()
            if query.facts.references
            and any(
                not ref.conflicts(self.documents.completed(known))
                for ref in query.facts.references
                for known in each.stated.references
            )
        ][:limit]


def _read(
    entries: Iterable[Indexed], short_forms: ShortForms, start: int, place: int
) -> tuple[list[_Entry], list[tuple[int, Analysed]]]:
    """The entries and their analysed questions and phrasings, each with its entry's number from `start` on; the first
    question has the place `place`."""
    kept: list[_Entry] = []
    asked: list[tuple[int, Analysed]] = []
    for number, entry in enumerate(entries, start):
        texts = [analysed(text, short_forms) for text in (entry.question, *entry.phrasings)]
        first = place + len(asked)
        asked += [(number, text) for text in texts]
        answer = " " + " ".join(words(entry.answer[:_ANSWER_READ], short_forms).folded) + " "
        kept.append(_Entry(entry, stated(entry, [text.facts for text in texts]), answer, first))
    return kept, asked
