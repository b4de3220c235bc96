"""What an entry speaks about: its words, and which of them stand side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from knowledge.analysis import Analysed
from knowledge.contrasts import Contrasts
from knowledge.normalise import Words

_NGA, _HOI = "3", "4"  # two tones, as knowledge/letters.py writes them


class Said(NamedTuple):
    """A text as it is compared: its syllables without accents and with them, and its units."""

    folded: Sequence[str]
    marked: Sequence[str]
    units: Sequence[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an entry speaks about: the syllables and units of its question, phrasings and document, and which syllables
    stand side by side there and in its answer. What was typed without accents is read as the other texts spell it."""

    marked: frozenset[str]
    bare: frozenset[str]
    folded: frozenset[str]
    units: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    bare_pairs: frozenset[tuple[str, str]]
    answer_pairs: frozenset[tuple[str, str]]
    has_number: bool
    contrasts: Contrasts

    @classmethod
    def of(cls, texts: Iterable[Said], answer: Sequence[str]) -> "Spoken":
        """From its question, phrasings and document's title, and the syllables of its answer."""
        said = tuple(texts)
        accented = [text for text in said if any(text.marked)]
        plain = [text.folded for text in said if not any(text.marked)]
        spelt = frozenset(bare for text in accented for bare in text.folded)
        return cls(
            frozenset(form for text in accented for form in _forms(text)),
            frozenset(bare for text in plain for bare in text) - spelt,
            spelt.union(*plain),
            frozenset(unit for text in said for unit in text.units),
            frozenset(pair for text in accented for pair in _both(text)),
            frozenset(pair for text in plain for pair in pairwise(text)),
            frozenset(pairwise(answer)),
            any(word.isdigit() for word in answer),
            Contrasts.of(said),
        )

    def has(self, words: Words, at: int) -> bool:
        """Whether a text of the entry has the syllable at a place, with the same accents where both have some."""
        mark, bare = _heard(words.marked[at]), words.folded[at]
        return (mark in self.marked or bare in self.bare) if mark else bare in self.folded

    def has_otherwise_spelt(self, words: Words, at: int) -> bool:
        """Whether the texts of the entry spell the syllable with other accents only."""
        return bool(words.marked[at]) and words.folded[at] in self.folded and not self.has(words, at)

    def has_company(self, words: Words, at: int) -> bool:
        """Whether the syllable stands beside one of its neighbours somewhere in the entry, in either order."""
        return any(
            self.has_together(words, one, other)
            for first in (at - 1, at)
            if first >= 0 and first + 1 < len(words.folded)
            for one, other in ((first, first + 1), (first + 1, first))
        )

    def has_together(self, words: Words, one: int, other: int) -> bool:
        """Whether one syllable stands right before the other somewhere in the entry."""
        folded, marked = words.folded, words.marked
        bare = folded[one], folded[other]
        typed = _heard(marked[one]) or bare[0], _heard(marked[other]) or bare[1]
        if bare in self.answer_pairs or typed in self.pairs:
            return True
        is_half_typed = not (marked[one] and marked[other])
        return (is_half_typed and bare in self.pairs) or (
            bare in self.bare_pairs and self.has(words, one) and self.has(words, other)
        )


def _forms(text: Said) -> list[str]:
    return [_heard(mark) or bare for mark, bare in zip(text.marked, text.folded, strict=True)]


def _heard(mark: str) -> str:
    """A syllable with accents; ngã is hỏi, for many write one for the other ("xữ lý")."""
    return mark[:-1] + _HOI if mark.endswith(_NGA) and not mark.isdigit() else mark


def _both(text: Said) -> Iterable[tuple[str, str]]:
    """The neighbours in a text, with their accents and without."""
    return chain(pairwise(_forms(text)), pairwise(text.folded))


def said(text: Analysed) -> Said:
    return Said(text.words.folded, text.words.marked, text.units)
