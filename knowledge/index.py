"""The inverted index: which phrasings and answers hold a term, how rare it is, and who shares most with a question."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import pairwise

from knowledge.analysis import Analysed
from knowledge.features import trigrams_of
from knowledge.slips import Speller

_ANSWER = 0.3  # what a word in an answer counts beside one in the question
_PAIR = 1.0  # what two neighbours count that are neighbours there as well
_POSTINGS = (
    1_500  # read of the rarest terms; more frequent ones are only looked for in the places found by these
)
_PROMISING = 6  # times as many places as are wanted go on to the frequent terms
_SHORTLIST = 4  # times as many by words alone as are kept when pairs are looked at


class Postings:
    """Terms to the places that hold them. A place is a phrasing's position; immutable once built."""

    def __init__(self, phrasings: Sequence[tuple[int, Analysed]], answers: Sequence[str]) -> None:
        self._asked: dict[str, list[int]] = {}
        self._answered: dict[str, list[int]] = {}
        self._flat = [_flat(text) for _, text in phrasings]
        self._damping = [_damping(text) for _, text in phrasings]
        self._first: list[int] = []
        self._trigrams: Counter[str] = Counter()
        self._pairs: set[str] = set()
        self._gone: frozenset[int] = frozenset()
        self._idf = self._read_questions(phrasings, len(answers))
        self._rare = math.log((len(self._flat) + 1) / 0.5)  # of a trigram that no phrasing has
        self._trigram_idf = {
            each: math.log((len(self._flat) + 1) / (held + 0.5)) for each, held in self._trigrams.items()
        }
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
        copy._trigram_idf, copy._rare, copy._idf = self._trigram_idf, self._rare, self._idf
        copy._pairs = set(self._pairs)
        copy._gone = self._gone.union(gone)
        for place, (_, text) in enumerate(phrasings, len(self._flat)):
            copy._flat.append(_flat(text))
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
        return self._trigram_idf.get(trigram, self._rare)

    def found(
        self, weighted: dict[str, float], pairs: Iterable[tuple[str, float]], limit: int
    ) -> list[tuple[float, int]]:
        """The places that share the most weight with the question's terms, best first."""
        damping, flat, wanted = self._damping, self._flat, tuple(pairs)
        shortlist = _highest(self._scores(weighted, limit * _PROMISING), limit * _SHORTLIST)
        return nlargest(
            limit,
            [
                (
                    damping[place]
                    * (score + _PAIR * sum([weight for pair, weight in wanted if pair in flat[place]])),
                    place,
                )
                for place, score in shortlist
            ],
        )

    def _scores(self, weighted: dict[str, float], count: int) -> dict[int, float]:
        """The weight that places share with the question: all places of its rarest terms, then of the best of them
        what they have of its frequent terms, which would be dear to read."""
        scores: dict[int, float] = {}
        known = scores.get
        read = 0
        frequent: dict[str, float] = {}
        for places, weight, term in self._rarest_first(weighted):
            read += len(places)
            if read > _POSTINGS and scores:
                frequent[term] = weight
                continue
            for place in places[:_POSTINGS]:
                scores[place] = known(place, 0.0) + weight
        for place in self._gone.intersection(scores):
            del scores[place]
        if not frequent:
            return scores
        flat, terms = self._flat, frequent.keys()
        return {
            place: score + sum([frequent[term] for term in terms & flat[place].split()])
            for place, score in _highest(scores, count)
        }

    def _rarest_first(self, weighted: dict[str, float]) -> list[tuple[list[int], float, str]]:
        """Places, weight and term; no term where it stands in answers."""
        lists = [
            (self._asked[term], weight, term) for term, weight in weighted.items() if term in self._asked
        ]
        lists += [
            (self._answered[term], weight * _ANSWER, "")
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
            self._trigrams.update(trigrams_of(" ".join(folded)))
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


def _flat(text: Analysed) -> str:
    """The syllables, then the concepts, each with a space at either end."""
    folded = " ".join(text.words.folded)
    concepts = " ".join([unit for unit in text.units if unit[0] == "#"])
    return f" {folded} | {concepts} "


def _damping(text: Analysed) -> float:
    """A long text shares many words with everything."""
    return float((6 + len(text.units)) ** -0.5)
