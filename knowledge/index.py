"""The inverted index: which phrasings and answers hold a term, how rare it is, and who shares most with a question."""

import math
from collections.abc import Iterable, Sequence
from heapq import nlargest

from knowledge.analysis import Analysed
from knowledge.features import pairs_of, trigrams_of
from knowledge.slips import Speller

_ANSWER = 0.3  # what a term in an answer counts beside one in the question
_LONGEST_ANSWER = 200  # syllables; an answer fits a phone screen


class Postings:
    """Terms to the places that hold them. A place is a phrasing's position; immutable once built."""

    def __init__(self, phrasings: Sequence[tuple[int, Analysed]], answers: Sequence[Sequence[str]]) -> None:
        self._asked: dict[str, list[int]] = {}
        self._answered: dict[str, list[int]] = {}
        self._lengths = [len(text.units) for _, text in phrasings]
        self._first: list[int] = []
        self._trigrams: dict[str, int] = {}
        holders: dict[str, int] = {}
        last: dict[str, int] = {}
        seen = -1
        for place, (number, text) in enumerate(phrasings):
            if number != seen:
                self._first.append(place)
                seen = number
            for term in dict.fromkeys(terms_of(text)):
                self._asked.setdefault(term, []).append(place)
                if last.get(term) != number:
                    last[term] = number
                    holders[term] = holders.get(term, 0) + 1
            for each in trigrams_of(" ".join(text.words.folded)):
                self._trigrams[each] = self._trigrams.get(each, 0) + 1
        for number, answer in enumerate(answers):
            for term in dict.fromkeys([*answer, *pairs_of(answer)]):
                self._answered.setdefault(term, []).append(number)
        self.speller = Speller((term for term in self._asked if " " not in term), self.frequency)
        count = len(answers)
        whole = math.log(1 + (count + 0.5) / 1.5) if count else 1.0
        self._idf = {
            term: math.log(1 + (count - held + 0.5) / (held + 0.5)) / whole for term, held in holders.items()
        }
        self._answer_idf = {
            term: math.log(1 + (count - len(held) + 0.5) / (len(held) + 0.5)) / whole
            for term, held in self._answered.items()
        }

    def frequency(self, term: str) -> int:
        """How many phrasings hold a term."""
        return len(self._asked.get(term, ()))

    def idf(self, term: str) -> float:
        """How rare a term is among the entries, 0..1; 1 for one that no entry has."""
        found = self._idf.get(term)
        return self._answer_idf.get(term, 1.0) if found is None else found

    def trigram_idf(self, trigram: str) -> float:
        return math.log((len(self._lengths) + 1) / (self._trigrams.get(trigram, 0) + 0.5))

    def found(self, weighted: Iterable[tuple[str, float]], limit: int) -> list[tuple[float, int]]:
        """The places that share the most weight with the question's terms, best first."""
        scores: dict[int, float] = {}
        for term, weight in weighted:
            for place in self._asked.get(term, ()):
                scores[place] = scores.get(place, 0.0) + weight
            for number in self._answered.get(term, ()):
                place = self._first[number]
                scores[place] = scores.get(place, 0.0) + weight * _ANSWER
        lengths = self._lengths
        return nlargest(
            limit, ((score / (6 + lengths[place]) ** 0.5, place) for place, score in scores.items())
        )


def terms_of(text: Analysed) -> list[str]:
    folded = text.words.folded
    return [*folded, *(unit for unit in text.units if unit[0] == "#"), *pairs_of(folded)]


def answer_terms(folded: Sequence[str]) -> Sequence[str]:
    return folded[:_LONGEST_ANSWER]
