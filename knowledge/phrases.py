"""Phrases with lists and gaps, written for people ("{me} bị … {attack}"), sought in the words of a text.

A search costs at most the number of phrases times the number of words, however long the text. Compile all phrases
of a vocabulary before the first search: each new one makes it index its words again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.beginnings import Beginnings
from knowledge.normalise import Words, words

GAP = 3  # words that may stand where a phrase has "…"

_START, _END, _GAP, _FIXED = "^", "$", "…", "fixed phrases"
_PART = re.compile(r"[$^…]|\{[^}]+\}|[^{}$^…]+")
_Span = tuple[int, int]  # first word, and the word after the last


@dataclass(frozen=True, slots=True)
class Phrase:
    """Names of word lists in order; `gaps` says for each how many words may stand before it. `needed` are all lists."""

    lists: tuple[str, ...]
    gaps: tuple[int, ...]
    needed: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """The lists whose words it needs: without any of them in a text it is not there."""
        return self.needed - {_START, _END}


@dataclass(frozen=True, slots=True)
class _Form:
    folded: tuple[str, ...]
    marked: tuple[str, ...]
    sure: bool  # only where its accents were typed
    lists: frozenset[str]


class Vocabulary:
    """The word lists that phrases are made of, and where each of them stands in a text."""

    def __init__(self, lists: Mapping[str, Sequence[str]], fixed: Iterable[str] = ()) -> None:
        """`fixed`: phrases that are one thing; no shorter one is found in a part of them."""
        self._lists = lists
        self._members: dict[tuple[tuple[str, ...], tuple[str, ...], bool], set[str]] = {}
        self._forms: Beginnings[_Form] | None = None
        for name in lists:
            self._add(name, self._entries(name))
        self._add(_FIXED, fixed)

    def phrase(self, pattern: str) -> Phrase:
        """Compile a pattern. Raises KeyError for a list that there is not."""
        names: list[str] = []
        gaps: list[int] = []
        gap = 0
        for part in map(str.strip, _PART.findall(pattern)):
            if part == _GAP:
                gap += GAP
            elif part:
                names.append(self._name(part))
                gaps.append(gap)
                gap = 0
        return Phrase(tuple(names), tuple(gaps), frozenset(names))

    def places(self, said: Words) -> dict[str, set[_Span]]:
        """List name to the spans of words where one of its entries stands."""
        if not self._forms:
            self._forms = self._indexed()
        spans = [
            (at, at + len(form.folded), form.lists)
            for at, forms in self._forms.found(said.folded)
            for form in forms
            if _stands(form, said, at)
        ]
        fixed = [(start, end) for start, end, of in spans if _FIXED in of]
        whole = {place: (start, end) for start, end in fixed for place in range(start, end)}
        size = len(said.folded)
        found: dict[str, set[_Span]] = {_START: {(0, 0)}, _END: {(size, size)}}
        for start, end, of in spans:
            if not whole or _free(start, end, whole):
                for name in of:
                    found.setdefault(name, set()).add((start, end))
        return found

    def _name(self, part: str) -> str:
        """The list that a part of a pattern stands for; of plain words, a list of their own."""
        if part in (_START, _END):
            return part
        if part.startswith("{"):
            name = part[1:-1]
            if name not in self._lists:
                raise KeyError(name)
            return name
        self._add(f"={part}", [part])
        return f"={part}"

    def _entries(self, name: str) -> Iterable[str]:
        for entry in self._lists[name]:
            inner = re.search(r"\{(.+)\}", entry)
            if inner is None:
                yield entry
            else:
                for one in self._entries(inner[1]):
                    yield entry.replace(inner[0], one)

    def _add(self, name: str, entries: Iterable[str]) -> None:
        self._forms = None
        for entry in entries:
            form = words(entry)
            self._members.setdefault((form.folded, form.marked, entry.endswith("!")), set()).add(name)

    def _indexed(self) -> Beginnings[_Form]:
        return Beginnings(
            (folded, _Form(folded, marked, sure, frozenset(names)))
            for (folded, marked, sure), names in self._members.items()
        )


def occurs(phrase: Phrase, places: Mapping[str, set[_Span]]) -> bool:
    """Whether the phrase stands in the text whose `places` are given."""
    if not phrase.needed <= places.keys():
        return False
    ends = {start for start, _ in places[phrase.lists[0]]}
    for name, gap in zip(phrase.lists, phrase.gaps, strict=True):
        ends = {end for start, end in places[name] if any(start - gone in ends for gone in range(gap + 1))}
        if not ends:
            return False
    return True


def _stands(form: _Form, said: Words, at: int) -> bool:
    """Accents count where they were typed: "chạy" is no "cháy", "chay" may be."""
    size = len(form.folded)
    if size == 1:  # as most are
        mark, want = said.marked[at], form.marked[0]
        return mark == want or not want or not (mark or form.sure)
    if said.folded[at : at + size] != form.folded:
        return False
    typed = said.marked[at : at + size]
    return typed == form.marked or all(
        mark == want or not want or not (mark or form.sure)
        for mark, want in zip(typed, form.marked, strict=True)
    )


def _free(start: int, end: int, whole: Mapping[int, _Span]) -> bool:
    """Not a part of a fixed phrase: what reaches into one has all of it."""
    return all(
        start <= whole[place][0] and whole[place][1] <= end for place in (start, end - 1) if place in whole
    )
