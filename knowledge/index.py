"""The inverted index: which phrasings and answers hold a term, how rare it is, and who shares most with a question."""

import math
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import pairwise

from knowledge.analysis import Analysed
from knowledge.features import trigrams_of
from knowledge.slips import Speller

_ANSWER = 0.3  # what a word in an answer counts beside one in the question
_PAIR = 1.0  # what two neighbours count that are neighbours there as well
_POSTINGS = (
    6_000  # of the rarest terms first; what every second phrasing has tells nothing and costs the most
)
_SHORTLIST = 4  # times as many by words alone as are kept when pairs are looked at


class Postings:
    """Terms to the places that hold them. A place is a phrasing's position; immutable once built."""

    def __init__(self, phrasings: Sequence[tuple[int, Analysed]], answers: Sequence[str]) -> None:
        self._asked: dict[str, list[int]] = {}
        self._answered: dict[str, list[int]] = {}
        self._flat = [" " + " ".join(text.words.folded) + " " for _, text in phrasings]
        self._damping = [_damping(text) for _, text in phrasings]
        self._first: list[int] = []
        self._trigrams: dict[str, int] = {}
        self._pairs: set[str] = set()
        self._gone: frozenset[int] = frozenset()
        self._idf = self._read_questions(phrasings, len(answers))
        for number, answer in enumerate(answers):
            for term in set(answer.split()):
                self._answered.setdefault(term, []).append(self._first[number])
        self.speller = Speller(self._asked, self._pairs, self.frequency)

    def with_changes(
        self, phrasings: Sequence[tuple[int, Analysed]], answers: dict[int, str], gone: Iterable[int]
    ) -> "Postings":
        """A copy with further phrasings and without the places `gone`. How rare a known word is stays as it was when
        everything was last read; a new word counts as rare."""
        copy = object.__new__(Postings)
        copy._asked, copy._answered = dict(self._asked), dict(self._answered)
        copy._flat, copy._damping, copy._first = [*self._flat], [*self._damping], [*self._first]
        copy._trigrams, copy._pairs, copy._idf = self._trigrams, set(self._pairs), self._idf
        copy._gone = self._gone.union(gone)
        for place, (_, text) in enumerate(phrasings, len(self._flat)):
            copy._flat.append(" " + " ".join(text.words.folded) + " ")
            copy._damping.append(_damping(text))
            copy._pairs.update(pairs_of(text))
            for term in {*text.words.folded, *text.units}:
                copy._asked[term] = [*copy._asked.get(term, ()), place]
        for place, answer in answers.items():
            for term in set(answer.split()):
                copy._answered[term] = [*copy._answered.get(term, ()), place]
        copy.speller = Speller(copy._asked, copy._pairs, copy.frequency, self.speller)
        return copy

    def frequency(self, term: str) -> int:
        """How many phrasings hold a term."""
        return len(self._asked.get(term, ()))

    def idf(self, term: str) -> float:
        """How rare a term is among the entries, 0..1; 1 for one that no question has."""
        return self._idf.get(term, 1.0)

    def trigram_idf(self, trigram: str) -> float:
        return math.log((len(self._flat) + 1) / (self._trigrams.get(trigram, 0) + 0.5))

    def found(
        self, weighted: dict[str, float], pairs: Iterable[tuple[str, float]], limit: int
    ) -> list[tuple[float, int]]:
        """The places that share the most weight with the question's terms, best first."""
        scores: dict[int, float] = {}
        known = scores.get
        read = 0
        for places, weight in self._rarest_first(weighted):
            read += len(places)
            if read > _POSTINGS:
                if scores:
                    break
                places = places[:_POSTINGS]
            for place in places:
                scores[place] = known(place, 0.0) + weight
        for place in self._gone.intersection(scores):
            del scores[place]
        damping, flat, wanted = self._damping, self._flat, tuple(pairs)
        return nlargest(
            limit,
            [
                (
                    damping[place]
                    * (score + _PAIR * sum([weight for pair, weight in wanted if pair in flat[place]])),
                    place,
                )
                for place, score in _highest(scores, limit * _SHORTLIST)
            ],
        )

    def _rarest_first(self, weighted: dict[str, float]) -> list[tuple[list[int], float]]:
        lists = [(self._asked[term], weight) for term, weight in weighted.items() if term in self._asked]
        lists += [
            (self._answered[term], weight * _ANSWER)
            for term, weight in weighted.items()
            if term in self._answered
        ]
        return sorted(lists, key=lambda each: len(each[0]) / (each[1] + 1e-3))

    def _read_questions(self, phrasings: Sequence[tuple[int, Analysed]], count: int) -> dict[str, float]:
        holders: dict[str, int] = {}
        last: dict[str, int] = {}
        for place, (number, text) in enumerate(phrasings):
            if number == len(self._first):
                self._first.append(place)
            folded = text.words.folded
            for term in dict.fromkeys((*folded, *text.units)):
                self._asked.setdefault(term, []).append(place)
                if last.get(term) != number:
                    last[term] = number
                    holders[term] = holders.get(term, 0) + 1
            self._pairs.update(pairs_of(text))
            for each in trigrams_of(" ".join(folded)):
                self._trigrams[each] = self._trigrams.get(each, 0) + 1
        whole = math.log(1 + (count + 0.5) / 1.5) if count else 1.0
        return {
            term: math.log(1 + (count - held + 0.5) / (held + 0.5)) / whole for term, held in holders.items()
        }


def _highest(scores: dict[int, float], count: int) -> list[tuple[int, float]]:
    if len(scores) <= count:
        return list(scores.items())
    least = sorted(scores.values())[-count]
    return [(place, score) for place, score in scores.items() if score >= least][: 2 * count]


def pairs_of(text: Analysed) -> list[str]:
    folded = text.words.folded
    return [f"{one} {two}" for one, two in pairwise(folded)]


def _damping(text: Analysed) -> float:
    """A long text shares many words with everything."""
    return float((6 + len(text.units)) ** -0.5)
