"""The index over all questions and phrasings: candidates by shared words, ranked by weighted features."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from knowledge.agreement import Documents, Stated, allows, contradicts, stated
from knowledge.analysis import Analysed, analysed
from knowledge.candidates import Candidate, Cited, Indexed
from knowledge.features import Answer, Profile, compared_to_best, features, pairs_of
from knowledge.index import Postings, answer_terms
from knowledge.normalise import words
from knowledge.scoring import Weights, shipped, telling

__all__ = ["Candidate", "Cited", "Index", "Indexed"]

PHRASINGS_COMPARED = 32  # how many of the best phrasings by shared words are compared in full
_CONTRADICTED = 10.0  # taken off the total of an entry about other documents than the one that was named


@dataclass(frozen=True, slots=True)
class _Entry:
    given: Indexed
    stated: Stated
    answer: Answer


class Index:
    """Immutable; safe to use from several threads."""

    def __init__(
        self,
        entries: list[_Entry],
        phrasings: list[tuple[int, Profile]],
        postings: Postings,
        documents: Documents,
        synonyms: Mapping[str, str],
        weights: Weights,
    ) -> None:
        self._entries = entries
        self._phrasings = phrasings
        self._postings = postings
        self.documents = documents
        self._synonyms = synonyms
        self.weights = weights

    @classmethod
    def build(
        cls,
        entries: Iterable[Indexed],
        documents: Iterable[Cited],
        synonyms: Mapping[str, str] = {},  # noqa: B006 - a Mapping is never changed
        weights: Weights | None = None,
    ) -> "Index":
        kept: list[_Entry] = []
        asked: list[tuple[int, Analysed]] = []
        answers: list[tuple[str, ...]] = []
        for number, entry in enumerate(entries):
            texts = [analysed(text, synonyms) for text in (entry.question, *entry.phrasings)]
            asked += [(number, text) for text in texts]
            answer = tuple(answer_terms(words(entry.answer, synonyms).folded))
            answers.append(answer)
            kept.append(
                _Entry(
                    entry,
                    stated(entry, [text.facts for text in texts]),
                    Answer(frozenset(answer), frozenset(pairs_of(answer))),
                )
            )
        postings = Postings(asked, answers)
        known = Documents(
            [*documents, *(each.given.document for each in kept if each.given.document)],
            [ref for each in kept for ref in each.stated.references],
        )
        profiles = [(number, Profile.of(text, postings.idf, postings.trigram_idf)) for number, text in asked]
        return cls(kept, profiles, postings, known, dict(synonyms), weights or shipped())

    def __len__(self) -> int:
        return len(self._entries)

    def query(self, text: str) -> Analysed:
        return analysed(text, self._synonyms, self._postings.speller)

    def ranked(self, text: str, limit: int = 5) -> list[Candidate]:
        """The entries most likely to answer the text, best first."""
        return self.ranked_for(self.query(text), limit)

    def ranked_for(self, query: Analysed, limit: int = 5) -> list[Candidate]:
        scored = self.compared(query)
        confidences = self.weights.confidences(
            [(total, each.features) for total, each in scored], telling(query.weights)
        )
        return [
            replace(each, score=round(score, 4))
            for (_, each), score in zip(scored[:limit], confidences, strict=False)
        ]

    def compared(self, query: Analysed) -> list[tuple[float, Candidate]]:
        """Every candidate entry with its ranking total, best first; scores not yet set."""
        best: dict[int, tuple[float, Candidate]] = {}
        profile = Profile.of(query, self._postings.idf, self._postings.trigram_idf)
        weighted = {**profile.pairs, **dict(zip(profile.folded, profile.weights, strict=True))}
        weighted |= {
            unit: weight
            for unit, weight in zip(profile.units, profile.unit_weights, strict=True)
            if unit[0] == "#"
        }
        found = self._postings.found(weighted.items(), PHRASINGS_COMPARED)
        rows = compared_to_best(
            [features(profile, self._phrasings[place][1], self._answer(place)) for _, place in found],
            [share for share, _ in found],
        )
        for (_, place), values in zip(found, rows, strict=True):
            number, phrasing = self._phrasings[place]
            entry = self._entries[number]
            total = self.weights.total(values) - (_CONTRADICTED if contradicts(query, entry.stated) else 0.0)
            if number not in best or total > best[number][0]:
                best[number] = (total, self._candidate(entry, query, phrasing, values))
        return sorted(best.values(), key=lambda each: (-each[0], each[1].key))

    def _answer(self, place: int) -> Answer:
        return self._entries[self._phrasings[place][0]].answer

    def _candidate(
        self, entry: _Entry, query: Analysed, phrasing: Profile, values: tuple[float, ...]
    ) -> Candidate:
        given = entry.given
        direct = allows(query, entry.stated, self.documents)
        return Candidate(
            given.key, given.id, given.question, 0.0, direct, given.in_groups, phrasing.flat, values
        )

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
