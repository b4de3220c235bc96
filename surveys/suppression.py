"""Which numbers of a result stay hidden so that no small group of people can be read off, also not by subtraction. Pure.

Numbers are cells, and what people can add up are relations between them: a whole and its parts (the answers to a question
and its options, a province and its communes, everybody and those who answered in groups). A cell under the least number is
hidden; so are as many others as it takes that no hidden cell follows from what is shown, and that what is hidden together
is no small group either.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 10  # people

Cell = TypeVar("Cell", bound=Hashable)
# Relations are only ones: what depends on others, does so modulo a large prime as well.
_PRIME = 2_147_483_647


@dataclass(frozen=True, slots=True)
class Relation(Generic[Cell]):
    """Everybody can add up the parts and get the whole."""

    whole: Cell
    parts: tuple[Cell, ...]


def hidden(values: Mapping[Cell, int], relations: Sequence[Relation[Cell]]) -> set[Cell]:
    """The cells that may not be shown. `values` has every cell that a relation names."""
    found = {cell for cell, value in values.items() if value < LEAST}
    while more := _next(values, relations, found):
        found |= more
    return found


def _next(
    values: Mapping[Cell, int], relations: Sequence[Relation[Cell]], found: Collection[Cell]
) -> set[Cell]:
    """What has to be hidden besides; empty when all is well."""
    small = {
        min(shown, key=lambda cell: (values[cell], repr(cell)))
        for relation in relations
        if relation.whole not in found
        and (together := [cell for cell in relation.parts if cell in found])
        and (len(together) == 1 or sum(values[cell] for cell in together) < LEAST)
        and (shown := [cell for cell in relation.parts if cell not in found])
    }
    return small or {
        cover for cell in _derivable(relations, found) if (cover := _cover(values, relations, found, cell))
    }


def _cover(
    values: Mapping[Cell, int], relations: Sequence[Relation[Cell]], found: Collection[Cell], cell: Cell
) -> Cell | None:
    """The smallest shown cell beside this one: a part rather than a whole, which tells more."""
    beside = [
        (other == relation.whole, values[other], repr(other), other)
        for relation in relations
        if cell == relation.whole or cell in relation.parts
        for other in (relation.whole, *relation.parts)
        if other not in found
    ]
    return min(beside, key=lambda each: each[:3])[3] if beside else None


def _derivable(relations: Iterable[Relation[Cell]], found: Collection[Cell]) -> list[Cell]:
    """Hidden cells that somebody who sees the shown ones can work out: with everything shown taken to the other side of
    each relation, an equation that is left with a single unknown."""
    rows = [_unknowns(relation, found) for relation in relations]
    return [next(iter(row)) for row in _reduced([row for row in rows if row]) if len(row) == 1]


def _unknowns(relation: Relation[Cell], found: Collection[Cell]) -> dict[Cell, int]:
    row: dict[Cell, int] = {}
    for cell, factor in ((relation.whole, _PRIME - 1), *((part, 1) for part in relation.parts)):
        if cell in found:
            row[cell] = (row.get(cell, 0) + factor) % _PRIME
    return {cell: factor for cell, factor in row.items() if factor}


def _reduced(rows: list[dict[Cell, int]]) -> list[dict[Cell, int]]:
    """Gauss and Jordan: equivalent equations, each with an unknown of its own that no other has."""
    done: dict[Cell, dict[Cell, int]] = {}
    for row in rows:
        for pivot in [cell for cell in row if cell in done]:
            row = _less(row, done[pivot], row.get(pivot, 0))
        if not row:
            continue
        pivot, factor = next(iter(row.items()))
        inverse = pow(factor, -1, _PRIME)
        row = {cell: value * inverse % _PRIME for cell, value in row.items()}
        for cell, other in done.items():
            if pivot in other:
                done[cell] = _less(other, row, other[pivot])
        done[pivot] = row
    return list(done.values())


def _less(row: Mapping[Cell, int], other: Mapping[Cell, int], times: int) -> dict[Cell, int]:
    """`row` - `times` · `other`."""
    result = dict(row)
    for cell, value in other.items():
        result[cell] = (result.get(cell, 0) - times * value) % _PRIME
    return {cell: value for cell, value in result.items() if value}
