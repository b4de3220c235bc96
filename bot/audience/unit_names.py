"""How people name a unit: "tổ dân phố 3", "tdp3", "tổ 3 phường Bình Minh", "bình minh", its code, its former name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.audience import units
from bot.audience.units import KINDS, Tree, Unit
from bot.exchange.forms import folded
from bot.model import Tx

Words = tuple[str, ...]

_SHORT = {  # how people write a kind before a name or a number, folded
    "tỉnh": ("t",),
    "thành phố": ("tp",),
    "xã": ("x",),
    "phường": ("p", "f"),
    "tổ dân phố": ("tdp", "to"),
    "khu phố": ("kp",),
}


class _Span(NamedTuple):
    """Where a sentence names a unit; `full`: with a word that says of what kind it is."""

    start: int
    end: int
    unit: int
    full: bool


def load(tx: Tx) -> Names:
    """For a whole province this takes a tenth of a second: in the database's thread, not in everybody's way."""
    return Names(units.load(tx))


def one_of(tx: Tx, text: str) -> int | None:
    """The key of the only unit that the text names; None where there is none, or several."""
    found = load(tx).exactly(text)
    return found[0].key if len(found) == 1 else None


class Names:
    """What every unit of a tree is called."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._full: dict[Words, list[Unit]] = defaultdict(list)
        self._bare: dict[Words, list[Unit]] = defaultdict(list)
        for unit in tree.units.values():
            for name in (unit.name, *unit.former):
                full, bare = _forms(words_of(name), unit.kind)
                for index, forms in ((self._full, full), (self._bare, bare)):
                    for form in forms:
                        if (meant := tree.survivor(unit)) not in index[form]:
                            index[form].append(meant)
        self._longest = max(map(len, (*self._full, *self._bare)), default=0)

    def exactly(self, text: str) -> list[Unit]:
        """Those whose code or name the text is; "Tổ dân phố 3, phường Bình Minh" is the one that lies there."""
        if coded := self._coded(text):
            return coded
        name, *higher = (words_of(part) for part in text.split(","))
        for index in (self._full, self._bare):
            if found := [unit for unit in index.get(name, ()) if self._lies_in(unit, higher)]:
                return found
        return []

    def meant(self, text: str, near: int | None = None) -> list[Unit]:
        """Those that words given as a unit's mean: its code alone, or a name as in a sentence."""
        return self._coded(text) or self.within(text, near)

    def within(self, text: str, near: int | None = None) -> list[Unit]:
        """Those that a sentence may mean: none, one, or several that it does not tell apart.

        `near` is where the speaker belongs: of several with one name the closest is meant.
        """
        words, parts = _parts(text)
        spans = _widest(self._spans(words))
        named: dict[int, set[tuple[int, int]]] = defaultdict(set)
        beside: set[int] = set()
        for start, end, unit, full in spans:
            beside.add(unit)
            # "đoàn kết" within a sentence is no Thôn Đoàn Kết; alone between commas it is
            if full or (start, end) in parts:
                named[unit].add((start, end))
        # "tổ 3 phường Bình Minh": what lies above another one that is named, in other words, only says which is meant.
        higher = {
            each.key
            for key in named
            for each in self.tree.above(key)
            if each.key in beside and named.get(each.key) != named[key]
        }
        found = [key for key in named if key not in higher]
        confirmed = {key: sum(each.key in higher for each in self.tree.above(key)) for key in found}
        most = max(confirmed.values(), default=0)
        best = [self.tree.units[key] for key in found if confirmed[key] == most]
        return self._nearest(_as_accented(best, text), near)

    def _coded(self, text: str) -> list[Unit]:
        code = text.strip().casefold()
        return [
            self.tree.survivor(unit)
            for unit in self.tree.units.values()
            if unit.code and unit.code.casefold() == code
        ]

    def _lies_in(self, unit: Unit, higher: Iterable[Words]) -> bool:
        above = list(self.tree.above(unit.key))
        return all(
            any(each in (*self._full.get(words, ()), *self._bare.get(words, ())) for each in above)
            for words in higher
        )

    def _nearest(self, units: list[Unit], near: int | None) -> list[Unit]:
        if near is None or near not in self.tree.units or len(units) < 2:
            return units
        own = [near, *(unit.key for unit in self.tree.above(near))]

        def steps(unit: Unit) -> int:
            """Up from the speaker's unit to the one that both lie in."""
            theirs = {unit.key, *(each.key for each in self.tree.above(unit.key))}
            return next((at for at, key in enumerate(own) if key in theirs), len(own))

        least = min(map(steps, units))
        return [unit for unit in units if steps(unit) == least]

    def _spans(self, words: Words) -> Iterator[_Span]:
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                said = words[start:end]
                for unit in self._full.get(said, ()):
                    yield _Span(start, end, unit.key, full=True)
                if _ends_in_a_kind(words[:start]):
                    continue  # "xã Bình Minh" is not the thôn of that name
                for unit in self._bare.get(said, ()):
                    yield _Span(start, end, unit.key, full=False)


def _parts(text: str) -> tuple[Words, set[tuple[int, int]]]:
    """The words, with "" between what commas part, and where each part stands."""
    words: Words = ()
    parts: set[tuple[int, int]] = set()
    for part in re.split(r"[,;\n]", text):
        said = words_of(part)
        parts.add((len(words), len(words) + len(said)))
        words = (*words, *said, "")
    return words, parts


def words_of(text: str) -> Words:
    """Folded; numbers apart and without leading zeros: "TDP.03" is tdp 3."""
    return tuple(word.lstrip("0") or "0" if word.isdigit() else word for word in _WORD.findall(folded(text)))


def kind_in(name: str) -> str:
    """ "tổ dân phố" of "Tổ dân phố 3"; "" where the name does not begin with a kind."""
    words = words_of(name)
    return next((kind for kind, (full, *_) in _KINDS.items() if words[: len(full)] == full), "")


_WORD = re.compile(r"[^\W\d_]+|\d+")
_KINDS = {kind: (words_of(kind), *(words_of(short) for short in _SHORT.get(kind, ()))) for kind in KINDS}
_ANY_KIND = frozenset(form for forms in _KINDS.values() for form in forms)


def _forms(name: Words, kind: str) -> tuple[set[Words], set[Words]]:
    """Names that say of what kind it is, and the bare one; a bare number is no name."""
    own = _KINDS.get(kind, ())
    rest = next((name[len(form) :] for form in own if name[: len(form)] == form), name) or name
    full = {name, *(form + rest for form in own if rest != name)}
    bare = {rest} if not all(map(str.isdigit, rest)) else set()
    return full, bare - full


def _ends_in_a_kind(words: Words) -> bool:
    return any(words[-len(form) :] == form for form in _ANY_KIND)


def _as_accented(units: list[Unit], text: str) -> list[Unit]:
    """ "thôn Hạ" is not "Thôn Hà", where accents were typed."""
    typed = text.lower()
    return [unit for unit in units if unit.name.lower() in typed] or units


def _widest(spans: Iterable[_Span]) -> list[_Span]:
    """Without those that are part of a wider one: "tổ dân phố 3" is not also a "phố 3"."""
    found = list(spans)
    return [
        span
        for span in found
        if not any(
            other.start <= span.start
            and span.end <= other.end
            and (other.start, other.end) != (span.start, span.end)
            for other in found
        )
    ]
