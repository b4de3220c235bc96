"""The index over all questions and phrasings: candidates by shared words, ranked by weighted features."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from knowledge.agreement import Documents, Stated, allows, contradicts, stated
from knowledge.analysis import Analysed, analysed
from knowledge.candidates import Candidate, Cited, Indexed
from knowledge.features import features
from knowledge.normalise import words
from knowledge.scoring import Weights, shipped

__all__ = ["Candidate", "Cited", "Index", "Indexed"]

PHRASINGS_COMPARED = 24  # how many of the best phrasings by shared words are compared in full


@dataclass(frozen=True, slots=True)
class _Entry:
    given: Indexed
    stated: Stated
    answer: frozenset[str]
    answer_pairs: frozenset[str]


class Index:
    """Immutable; safe to use from several threads."""

    def __init__(
        self,
        entries: list[_Entry],
        phrasings: list[tuple[int, Analysed]],
        documents: Documents,
        synonyms: Mapping[str, str],
        weights: Weights,
    ) -> None:
        self._entries = entries
        self._phrasings = phrasings
        self.documents = documents
        self._synonyms = synonyms
        self._weights = weights
        self._postings = _postings(phrasings)
        self._idf = _inverse_frequencies(phrasings, len(entries))

    @classmethod
    def build(
        cls,
        entries: Iterable[Indexed],
        documents: Iterable[Cited],
        synonyms: Mapping[str, str] = {},  # noqa: B006 - a Mapping is never changed
        weights: Weights | None = None,
    ) -> "Index":
        kept: list[_Entry] = []
        phrasings: list[tuple[int, Analysed]] = []
        for number, entry in enumerate(entries):
            asked = [analysed(text, synonyms) for text in (entry.question, *entry.phrasings)]
            phrasings += [(number, each) for each in asked]
            answer = words(entry.answer, synonyms).folded
            pairs = frozenset(f"{one} {two}" for one, two in zip(answer, answer[1:], strict=False))
            kept.append(
                _Entry(entry, stated(entry, [each.facts for each in asked]), frozenset(answer), pairs)
            )
        known = Documents(
            [*documents, *(each.given.document for each in kept if each.given.document)],
            [ref for each in kept for ref in each.stated.references],
        )
        return cls(kept, phrasings, known, dict(synonyms), weights or shipped())

    def __len__(self) -> int:
        return len(self._entries)

    def query(self, text: str) -> Analysed:
        return analysed(text, self._synonyms)

    def ranked(self, text: str, limit: int = 5) -> list[Candidate]:
        """The entries most likely to answer the text, best first."""
        return self.ranked_for(self.query(text), limit)

    def ranked_for(self, query: Analysed, limit: int = 5) -> list[Candidate]:
        scored = sorted(self.compared(query), key=lambda each: (-each[0], each[1].key))
        confidences = self._weights.confidences(
            [(total, each.features) for total, each in scored[:limit]], query
        )
        return [
            replace(each, score=round(score, 4))
            for (_, each), score in zip(scored[:limit], confidences, strict=True)
        ]

    def compared(self, query: Analysed) -> list[tuple[float, Candidate]]:
        """Every candidate entry with its ranking total and its features (score not yet set)."""
        best: dict[int, tuple[float, Candidate]] = {}
        for place in self._found(query):
            number, phrasing = self._phrasings[place]
            entry = self._entries[number]
            values = features(query, phrasing, entry.answer, entry.answer_pairs, self._idf_of)
            total = self._weights.total(values) - (10.0 if contradicts(query, entry.stated) else 0.0)
            if number not in best or total > best[number][0]:
                direct = allows(query, entry.stated, self.documents)
                given = entry.given
                best[number] = (
                    total,
                    Candidate(
                        given.key, given.id, given.question, 0.0, direct, given.in_groups,
                        phrasing.words.clean, values,
                    ),
                )  # fmt: skip
        return list(best.values())

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

    def _found(self, query: Analysed) -> list[int]:
        """The phrasings that share the most telling words, pairs and concepts with the question."""
        scores: dict[int, float] = {}
        for term in dict.fromkeys(_terms(query)):
            weight = self._idf.get(term, 0.0)
            for place in self._postings.get(term, ()):
                scores[place] = scores.get(place, 0.0) + weight
        lengths = self._phrasings
        return sorted(scores, key=lambda place: -scores[place] / (3 + len(lengths[place][1].units)) ** 0.5)[
            :PHRASINGS_COMPARED
        ]

    def _idf_of(self, term: str) -> float:
        return self._idf.get(term, 1.0)


def _terms(text: Analysed) -> list[str]:
    folded = text.words.folded
    pairs = [f"{one} {two}" for one, two in zip(folded, folded[1:], strict=False)]
    return [*folded, *(unit for unit in text.units if unit[0] == "#"), *pairs]


def _postings(phrasings: list[tuple[int, Analysed]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, (_, text) in enumerate(phrasings):
        for term in dict.fromkeys(_terms(text)):
            found.setdefault(term, []).append(place)
    return found


def _inverse_frequencies(phrasings: list[tuple[int, Analysed]], count: int) -> dict[str, float]:
    """How rare each term is among the entries, 0..1; a term of one entry only has nearly 1."""
    entries: dict[str, set[int]] = {}
    for number, text in phrasings:
        for term in _terms(text):
            entries.setdefault(term, set()).add(number)
    whole = math.log(1 + (count + 0.5) / 1.5) if count else 1.0
    return {
        term: math.log(1 + (count - len(holders) + 0.5) / (len(holders) + 0.5)) / whole
        for term, holders in entries.items()
    }
