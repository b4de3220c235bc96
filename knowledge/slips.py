"""Typing slips: a syllable that the knowledge base does not have becomes the one that was meant, if that is plain; and where
one lost its accents among others that have them, they are unknown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from knowledge.lexicon import Lexicon
from knowledge.normalise import Words

_SHORTEST = 4  # letters; a shorter syllable has too many neighbours
_LONGEST = 12
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|th|tr|ch|gh?|gi|kh|ph|qu|[bcdghklmnprstvx])?"
    r"(?:[aeiou]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|"
    r"ieu|yeu|ye|y|uao)(?:c|ch|m|n|ng|nh|p|t)?"
)


class Speller:
    """Corrects against the words and word pairs of one index; immutable once built."""

    def __init__(self, lexicon: Lexicon, spelt: Iterable[str], before: "Speller | None" = None) -> None:
        """`spelt`: the syllables of the texts as they were typed. `before` is the speller of the index that this one was
        changed from: only new words are read."""
        self._lexicon = lexicon
        self._spelt = frozenset(spelt)
        self.known = frozenset(lexicon)
        self._near: dict[str, tuple[str, ...]] = dict(before._near) if before else {}
        for word in self.known - before.known if before else lexicon:
            if _SHORTEST - 1 <= len(word) <= _LONGEST and word.isalpha():
                for key in {word, *_with_one_letter_less(word)}:
                    self._near[key] = (*self._near.get(key, ()), word)

    def corrected(self, words: Words) -> Words:
        """The words with slips undone."""
        return self._without_slips(self._with_lost_accents(words))

    def _with_lost_accents(self, words: Words) -> Words:
        """Without accents what no text spells without: "tiêm phong dại", where "tiêm phòng" and "phòng dại" are known."""
        if self._spelt.issuperset(words.marked):  # as in most questions
            return words
        folded, pairs = words.folded, self._lexicon.has_pair
        lost = {
            at
            for at in range(1, len(folded) - 1)
            if (mark := words.marked[at]) == folded[at]
            and mark not in self._spelt
            and mark.isalpha()
            and pairs(folded[at - 1], mark)
            and pairs(mark, folded[at + 1])
        }
        if not lost:
            return words
        return replace(
            words, marked=tuple("" if at in lost else mark for at, mark in enumerate(words.marked))
        )

    def _without_slips(self, words: Words) -> Words:
        """A real Vietnamese syllable, known or not, is replaced only where it makes no known pair with its neighbours and
        the other one does; two syllables run together are parted."""
        if self.known.issuperset(words.folded):
            return words
        folded, marked = list(words.folded), list(words.marked)
        at = 0
        while at < len(folded):
            word = folded[at]
            if len(word) >= _SHORTEST and word not in self.known and (better := self._better(folded, at)):
                parts = better.split()
                folded[at : at + 1] = parts
                marked[at : at + 1] = [""] * len(parts)
                at += len(parts) - 1
            at += 1
        if len(folded) == len(words.folded) and tuple(folded) == words.folded:
            return words
        return replace(words, folded=tuple(folded), marked=tuple(marked))

    def _better(self, words: Sequence[str], at: int) -> str | None:
        word = words[at]
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if not _SYLLABLE.fullmatch(word):
            near = self._neighbours(word) + self._parted(word) if word.isalpha() else []
        elif before in self.known and after in self.known:
            near = self._lexicon.behind(before, self._neighbours(word))
            near = [other for other in near if self._lexicon.has_pair(other, after)]
        else:
            return None
        return max(
            near,
            key=lambda other: (
                self._in_pairs(other, before, after),
                " " not in other,
                self._lexicon.frequency(other),
                other,
            ),
            default=None,
        )

    def _neighbours(self, word: str) -> list[str]:
        keys = {word, *_with_one_letter_less(word)}
        near = {other for key in keys for other in self._near.get(key, ())}
        return [
            other for other in near if other in self.known and OSA.distance(word, other, score_cutoff=1) == 1
        ]

    def _in_pairs(self, word: str, before: str, after: str) -> int:
        """On how many sides the word (or two) makes a known pair with its neighbour."""
        first, last = word.split(" ")[0], word.split(" ")[-1]
        return self._lexicon.has_pair(before, first) + self._lexicon.has_pair(last, after)

    def _parted(self, word: str) -> list[str]:
        return [
            f"{word[:at]} {word[at:]}"
            for at in range(2, len(word) - 1)
            if word[:at] in self.known and word[at:] in self.known
        ]


def _with_one_letter_less(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
