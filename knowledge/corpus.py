"""Every indexed text as numbers in a few arrays (knowledge/rows.py), in the order of the entries."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import Analysed
from knowledge.core import core
from knowledge.numbers import Facts
from knowledge.rows import NONE, Ints, Places, Rows, Shape

PERCENT = 100  # how telling a word is takes one byte
_YEAR, _ORDINAL = 100_000, 200_000  # added to numbers of these kinds; those of congresses stay as they are

Bytes = NDArray[np.uint8]


class Vocabulary:
    """Strings and their numbers, in the order in which they came."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.strings = list(known)
        self._numbers = {each: number for number, each in enumerate(self.strings)}

    def __len__(self) -> int:
        return len(self.strings)

    def number(self, string: str) -> int:
        """NONE for a string that has none."""
        return self._numbers.get(string, NONE)

    def numbers(self, strings: Iterable[str]) -> list[int]:
        known = self._numbers.get
        return [known(each, NONE) for each in strings]

    def learn(self, strings: Iterable[str]) -> list[int]:
        """The numbers of the strings; a new one gets the next."""
        numbers = self._numbers
        learnt = [numbers.setdefault(each, len(numbers)) for each in strings]
        self.strings.extend(islice(numbers, len(self.strings), None))
        return learnt


@dataclass(frozen=True, slots=True)
class Texts:
    """Questions and phrasings, each a row of syllables; the columns have the same shape.

    accents        the number of the spelling with accents, 0 where none were typed
    telling        how telling the syllable is in general, in percent
    units          what begins here: a concept, or the syllable itself; NONE inside of a concept's words
    unit_telling   how telling that is, in percent; 0 for NONE
    """

    shape: Shape
    syllables: Ints
    accents: Ints
    telling: Bytes
    units: Ints
    unit_telling: Bytes

    def only(self, rows: Places) -> Self:
        at, _ = self.shape.flat(rows)
        shape = Shape.of(self.shape.lengths()[rows])
        return type(self)(shape, *(getattr(self, each.name)[at] for each in fields(self)[1:]))

    def joined(self, other: Self) -> Self:
        columns = (
            np.concatenate([getattr(self, each.name), getattr(other, each.name)]) for each in fields(self)[1:]
        )
        return type(self)(self.shape.joined(other.shape), *columns)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Immutable. `entries` has a row for each entry: its texts, the question first.

    terms      of each text, the distinct syllables and units
    spelling   of each text, the distinct trigrams of its letters
    facts      of each text, the congresses, years and ordinals that it names, see `fact_numbers`
    answers    of each entry, the syllables of its answer
    cores      of each entry, the units that it is about; `core_telling` how much (knowledge/core.py)
    """

    words: Vocabulary
    accents: Vocabulary
    trigrams: Vocabulary
    entries: Shape
    texts: Texts
    terms: Rows
    spelling: Rows
    facts: Rows
    answers: Rows
    cores: Rows
    core_telling: NDArray[np.float32]

    def flat(self, text: int) -> str:
        """The syllables of a text with a space between two."""
        starts, strings = self.texts.shape.starts, self.words.strings
        return " ".join(
            [strings[each] for each in self.texts.syllables[starts[text] : starts[text + 1]].tolist()]
        )

    def only(self, entries: Places) -> "Corpus":
        """With these entries alone; the vocabularies stay."""
        texts, _ = self.entries.flat(entries)
        at, _ = self.cores.shape.flat(entries)
        return Corpus(
            self.words,
            self.accents,
            self.trigrams,
            Shape.of(self.entries.lengths()[entries]),
            self.texts.only(texts),
            self.terms.only(texts),
            self.spelling.only(texts),
            self.facts.only(texts),
            self.answers.only(entries),
            self.cores.only(entries),
            self.core_telling[at],
        )

    def joined(self, other: "Corpus") -> "Corpus":
        """Followed by the entries of another one, which was read with the vocabularies of this one."""
        return Corpus(
            other.words,
            other.accents,
            other.trigrams,
            self.entries.joined(other.entries),
            self.texts.joined(other.texts),
            self.terms.joined(other.terms),
            self.spelling.joined(other.spelling),
            self.facts.joined(other.facts),
            self.answers.joined(other.answers),
            self.cores.joined(other.cores),
            np.concatenate([self.core_telling, other.core_telling]),
        )


class _Column:
    """Rows that are still being gathered."""

    def __init__(self, kind: str = "i") -> None:
        self.lengths = array("i")
        self.values: array[Any] = array(kind)

    def add(self, row: Sequence[float]) -> None:
        self.lengths.append(len(row))
        self.values.extend(row)

    def rows(self) -> Rows:
        return Rows(Shape.of(self.lengths), np.array(self.values, np.int32))


class Reading:
    """Takes in entries one by one: what an entry was as objects is gone when the next one comes."""

    def __init__(self, before: Corpus | None = None) -> None:
        """`before`: what is read is to be joined to this one, which stays as it is."""
        self._words = Vocabulary(before.words.strings if before else ())
        self._accents = Vocabulary(before.accents.strings if before else ("",))
        self._trigrams = Vocabulary(before.trigrams.strings if before else ())
        self._entries = array("i")
        self._syllables, self._accented, self._units = _Column(), _Column(), _Column()
        self._telling, self._unit_telling = _Column("B"), _Column("B")
        self._terms, self._spelling, self._facts = _Column(), _Column(), _Column()
        self._answers, self._cores, self._core_telling = _Column(), _Column(), _Column("f")

    def add(self, texts: Sequence[Analysed], answer: Iterable[str]) -> None:
        self._entries.append(len(texts))
        units = [self._add_text(text) for text in texts]
        about = core(units)
        self._cores.add(list(about))
        self._core_telling.add(list(about.values()))
        self._answers.add(self._words.learn(answer))

    def _add_text(self, text: Analysed) -> dict[int, float]:
        """Its units and how telling they are."""
        syllables = self._words.learn(text.words.folded)
        units = self._words.learn(text.units)
        here, telling = [NONE] * len(syllables), [0] * len(syllables)
        for at, unit, weight in zip(text.unit_starts, units, text.unit_weights, strict=True):
            here[at], telling[at] = unit, round(weight * PERCENT)
        self._syllables.add(syllables)
        self._accented.add(self._accents.learn(text.words.marked))
        self._telling.add([round(weight * PERCENT) for weight in text.weights])
        self._units.add(here)
        self._unit_telling.add(telling)
        self._terms.add(list(dict.fromkeys((*syllables, *units))))
        self._spelling.add(self._trigrams.learn(trigrams(" ".join(text.words.folded))))
        self._facts.add(sorted(fact_numbers(text.facts)))
        return dict(zip(units, text.unit_weights, strict=True))

    def corpus(self) -> Corpus:
        syllables = self._syllables.rows()
        return Corpus(
            self._words,
            self._accents,
            self._trigrams,
            Shape.of(self._entries),
            Texts(
                syllables.shape,
                syllables.values,
                self._accented.rows().values,
                np.array(self._telling.values, np.uint8),
                self._units.rows().values,
                np.array(self._unit_telling.values, np.uint8),
            ),
            self._terms.rows(),
            self._spelling.rows(),
            self._facts.rows(),
            self._answers.rows(),
            self._cores.rows(),
            np.array(self._core_telling.values, np.float32),
        )


def trigrams(flat: str) -> dict[str, None]:
    """The distinct trigrams of letters, each word with a space at either end, in a fixed order."""
    padded = f" {flat} "
    return dict.fromkeys([padded[at : at + 3] for at in range(len(padded) - 2)])


def fact_numbers(facts: Facts) -> set[int]:
    """The congresses, years and ordinals that a text names, as one kind of numbers."""
    return {
        *facts.terms,
        *(_YEAR + year for year in facts.years),
        *(_ORDINAL + ordinal for ordinal in facts.ordinals),
    }


def fact_kind(fact: int) -> int:
    return fact // _YEAR
