"""Every indexed text as numbers in a few arrays (knowledge/rows.py), in the order of the entries."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import Analysed
from knowledge.core import core
from knowledge.numbers import Facts
from knowledge.rows import NONE, Column, Ints, Places, Rows, Shape, changed
from knowledge.spelling import spelling
from knowledge.spoken import Said

PERCENT = 100  # how telling a word is takes one byte
_YEAR, _ORDINAL = 100_000, 200_000  # added to numbers of these kinds; those of congresses stay as they are

Bytes = NDArray[np.uint8]
Item = TypeVar("Item")


class Vocabulary:
    """Strings and their numbers, in the order in which they came."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.strings = list(known)
        self._numbers = _Numbers(self.strings)

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
        return [*map(self._numbers.__getitem__, strings)]


class _Numbers(dict[str, int]):
    def __init__(self, strings: list[str]) -> None:
        super().__init__(zip(strings, range(len(strings)), strict=True))
        self._strings = strings

    def __missing__(self, string: str) -> int:
        self[string] = number = len(self._strings)
        self._strings.append(string)
        return number


@dataclass(frozen=True, slots=True)
class Texts:
    """Questions and phrasings: each a row of its syllables, and behind them of the concepts that some of them stand for.

    accents        the number of the spelling with accents, 0 where none were typed
    telling        how telling a syllable is in general, in percent; 0 for a concept
    unit_telling   how telling a unit is, in percent; 0 for a syllable of which a concept takes the place
    """

    shape: Shape
    words: Ints
    accents: Ints
    telling: Bytes
    unit_telling: Bytes

    def changed(self, kept: Places, other: "Texts") -> "Texts":
        columns = (
            changed(mine, self.shape, kept, theirs)
            for mine, theirs in zip(self._columns(), other._columns(), strict=True)
        )
        return Texts(self.shape.only(kept).joined(other.shape), *columns)

    def _columns(self) -> tuple[Column, ...]:
        return self.words, self.accents, self.telling, self.unit_telling


@dataclass(frozen=True, slots=True)
class Corpus:
    """Immutable. `entries` has a row for each entry: its texts, the question first.

    flats      each text as it is compared: the syllables with a space between two
    spelling   of each text, the distinct trigrams of its letters
    facts      of each text, the congresses, years and ordinals that it names, see `fact_numbers`
    answers    of each entry, the syllables of its answer
    cores      of each entry, the units that it is about; `core_telling` how much (knowledge/core.py)
    """

    words: Vocabulary
    accents: Vocabulary
    entries: Shape
    texts: Texts
    flats: list[str]
    spelling: Rows
    facts: Rows
    answers: Rows
    cores: Rows
    core_telling: Column

    def changed(self, gone: Sequence[int], other: "Corpus") -> "Corpus":
        """All entries but those at some places (ascending), followed by those of another one, which was read with the
        vocabularies of this."""
        gone_texts = self.entries.flat(np.array(gone, np.intp)).places
        kept, texts = (
            np.delete(np.arange(count), places)
            for count, places in ((len(self.entries), gone), (len(self.flats), gone_texts))
        )
        return Corpus(
            other.words,
            other.accents,
            self.entries.only(kept).joined(other.entries),
            self.texts.changed(texts, other.texts),
            without(self.flats, gone_texts.tolist()) + other.flats,
            self.spelling.changed(texts, other.spelling),
            self.facts.changed(texts, other.facts),
            self.answers.changed(kept, other.answers),
            self.cores.changed(kept, other.cores),
            changed(self.core_telling, self.cores.shape, kept, other.core_telling),
        )

    def said_in(self, entry: int) -> list[Said]:
        """The texts of an entry."""
        return [
            self._said(text) for text in range(self.entries.starts[entry], self.entries.starts[entry + 1])
        ]

    def answer_of(self, entry: int) -> list[str]:
        """The syllables of an entry's answer."""
        return [self.words.strings[number] for number in self.answers.row(entry).tolist()]

    def _said(self, text: int) -> Said:
        at = slice(self.texts.shape.starts[text], self.texts.shape.starts[text + 1])
        words = [self.words.strings[number] for number in self.texts.words[at].tolist()]
        marked = [self.accents.strings[number] for number in self.texts.accents[at].tolist()]
        count = int((self.texts.telling[at] > 0).sum())
        units = [
            word for word, telling in zip(words, self.texts.unit_telling[at].tolist(), strict=True) if telling
        ]
        return Said(words[:count], marked[:count], units)


class _Gathered:
    """A column that is still being gathered, and where its rows end."""

    def __init__(self, kind: str, filler: int) -> None:
        self.values: array[Any] = array(kind)
        self._ends = array("q")
        self._filler = filler

    def end_row(self) -> None:
        self._ends.append(len(self.values))

    def column(self) -> Column:
        """What was gathered, without a copy: nothing can be added any more."""
        self.values.append(self._filler)
        return np.frombuffer(self.values, self.values.typecode)

    def rows(self) -> Rows:
        return Rows(Shape(np.array([0, *self._ends], np.intp)), self.column())


class Reading:
    """Takes in entries one by one: what an entry was as objects is gone when the next one comes."""

    def __init__(self, before: Corpus | None = None) -> None:
        """`before`: what is read is to be joined to this one, which stays as it is."""
        self._words = Vocabulary(before.words.strings if before else ())
        self._accents = Vocabulary(before.accents.strings if before else ("",))
        self._entries = array("i")
        self._flats: list[str] = []
        self._texts, self._accented = _Gathered("i", NONE), _Gathered("i", 0)
        self._telling, self._unit_telling = _Gathered("f", 0), _Gathered("f", 0)
        self._facts = _Gathered("i", NONE)
        self._answers, self._cores, self._core_telling = (
            _Gathered("i", NONE),
            _Gathered("i", NONE),
            _Gathered("f", 0),
        )

    def add(self, texts: Sequence[Analysed], answer: Iterable[str]) -> None:
        """An entry: its question and phrasings, and the syllables of its answer."""
        self._entries.append(len(texts))
        about = core([self._add_text(text) for text in texts])
        self._cores.values.extend(about)
        self._core_telling.values.extend(about.values())
        self._cores.end_row()
        self._answers.values.extend(self._words.learn(answer))
        self._answers.end_row()

    def _add_text(self, text: Analysed) -> dict[int, float]:
        """Its units and how telling they are."""
        syllables = self._words.learn(text.words.folded)
        units, unit_telling, concepts = syllables, [*text.unit_weights], []
        if text.units != text.words.folded:
            units, unit_telling = self._words.learn(text.units), [0.0] * len(syllables)
            for at, unit, weight in zip(text.unit_starts, units, text.unit_weights, strict=True):
                if unit == syllables[at]:
                    unit_telling[at] = weight
                else:
                    concepts.append(unit)
                    unit_telling.append(weight)
        nothing = [0] * len(concepts)
        self._flats.append(" ".join(text.words.folded))
        self._texts.values.extend(syllables + concepts)
        self._accented.values.extend(self._accents.learn(text.words.marked) + nothing)
        self._telling.values.extend((*text.weights, *nothing))
        self._unit_telling.values.extend(unit_telling)
        self._facts.values.extend(sorted(fact_numbers(text.facts)))
        self._texts.end_row()
        self._facts.end_row()
        return dict(zip(units, text.unit_weights, strict=True))

    def corpus(self) -> Corpus:
        texts = self._texts.rows()
        return Corpus(
            self._words,
            self._accents,
            Shape.of(self._entries),
            Texts(
                texts.shape,
                texts.values,
                self._accented.column(),
                _in_percent(self._telling.column()),
                _in_percent(self._unit_telling.column()),
            ),
            self._flats,
            spelling(self._flats),
            self._facts.rows(),
            self._answers.rows(),
            self._cores.rows(),
            self._core_telling.column(),
        )


def _in_percent(weights: Column) -> Bytes:
    return np.asarray(weights * PERCENT + 0.5, np.uint8)


def without(items: Sequence[Item], places: Iterable[int]) -> list[Item]:
    """All items but those at some places."""
    stays = bytearray(b"\1") * len(items)
    for place in places:
        stays[place] = 0
    return [*compress(items, stays)]


def fact_numbers(facts: Facts) -> set[int]:
    """The congresses, years and ordinals that a text names, as one kind of numbers."""
    return {
        *facts.terms,
        *(_YEAR + year for year in facts.years),
        *(_ORDINAL + ordinal for ordinal in facts.ordinals),
    }


def fact_kind(fact: int) -> int:
    return fact // _YEAR
