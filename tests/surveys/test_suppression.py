"""What is shown never gives away what is hidden."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from surveys.suppression import LEAST, Relation, hidden

Cell = Hashable


def options(*counts: int) -> tuple[dict[Cell, int], list[Relation[Cell]]]:
    """One question: the answers, and who gave them."""
    values: dict[Cell, int] = dict(enumerate(counts, 1))
    values["all"] = sum(counts)
    return values, [Relation("all", tuple(range(1, len(counts) + 1)))]


@pytest.mark.parametrize(
    ("counts", "kept_back"),
    [
        ((50, 20, 30), set()),
        ((50, 3, 20), {2, 3}),  # 73 - 50 - 20 would tell
        ((50, 4, 3, 20), {2, 3, 4}),  # seven people in two cells are few, too
        ((95, 3, 2), {1, 2, 3}),  # all but five chose the same
        ((60, 0, 0), {1, 2, 3}),
        ((40, 6, 7), {2, 3}),
        ((4, 3), {1, 2, "all"}),
        ((10, 10), set()),
    ],
)
def test_a_small_cell_is_hidden_with_what_would_give_it_away(
    counts: tuple[int, ...], kept_back: set[Cell]
) -> None:
    values, relations = options(*counts)
    assert hidden(values, relations) == kept_back


def test_a_commune_is_not_told_by_its_province_and_its_neighbours() -> None:
    values: dict[Cell, int] = {"province": 75, "An Bình": 40, "Bình Minh": 28, "Cát Tiên": 7}
    relations: list[Relation[Cell]] = [Relation("province", ("An Bình", "Bình Minh", "Cát Tiên"))]
    assert hidden(values, relations) == {"Cát Tiên", "Bình Minh"}


def test_the_rest_is_not_told_by_everybody_and_the_groups() -> None:
    values: dict[Cell, int] = {"everybody": 64, "in groups": 60, "the rest": 4}
    relations: list[Relation[Cell]] = [Relation("everybody", ("in groups", "the rest"))]
    kept_back = hidden(values, relations)
    assert kept_back == {"in groups", "the rest"}


def test_a_cell_is_not_told_by_several_tables_together() -> None:
    """Each line by itself hides two cells: only all of them together tell one."""
    random = Random(7)
    for _ in range(60):
        values, relations = table(random, rows=3, columns=4)
        kept_back = hidden(values, relations)
        assert {cell for cell, value in values.items() if value < LEAST} <= kept_back
        assert not solved(values, relations, kept_back)
        for relation in relations:
            together = [cell for cell in relation.parts if cell in kept_back]
            if relation.whole not in kept_back and together:
                assert len(together) > 1
                assert sum(values[cell] for cell in together) >= LEAST


def test_a_table_without_small_cells_is_shown_as_it_is() -> None:
    values = {cell: value + LEAST for cell, value in table(Random(1), rows=2, columns=2)[0].items()}
    no_relations: list[Relation[Cell]] = []
    assert hidden(values, no_relations) == set()


def test_a_large_table_hides_no_more_than_it_must_and_gives_nothing_away() -> None:
    values, relations = table(Random(3), rows=40, columns=8)
    kept_back = hidden(values, relations)
    assert not solved(values, relations, kept_back)
    assert len(kept_back) < len(values) * 0.8


def table(random: Random, rows: int, columns: int) -> tuple[dict[Cell, int], list[Relation[Cell]]]:
    """Answers by unit, with all sums."""
    values: dict[Cell, int] = {
        (row, column): random.choice((0, 3, 8, 12, 25, 60))
        for row, column in product(range(1, rows + 1), range(1, columns + 1))
    }
    relations: list[Relation[Cell]] = []
    for row in range(1, rows + 1):
        values[row, 0] = sum(values[row, column] for column in range(1, columns + 1))
        relations.append(Relation((row, 0), tuple((row, column) for column in range(1, columns + 1))))
    for column in range(columns + 1):
        values[0, column] = sum(values[row, column] for row in range(1, rows + 1))
        relations.append(Relation((0, column), tuple((row, column) for row in range(1, rows + 1))))
    relations.append(Relation((0, 0), tuple((0, column) for column in range(1, columns + 1))))
    return values, relations


def solved(values: dict[Cell, int], relations: list[Relation[Cell]], unknown: set[Cell]) -> set[Cell]:
    """What somebody finds who writes the relations down as equations and solves them exactly, with fractions."""
    names = sorted(unknown, key=repr)
    rows = [
        [Fraction((name in relation.parts) - (name == relation.whole)) for name in names]
        for relation in relations
    ]
    at = 0
    for column in range(len(names)):
        pivot = next((row for row in range(at, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for row in range(len(rows)):
            if row != at and (factor := rows[row][column]):
                rows[row] = [one - factor * other for one, other in zip(rows[row], rows[at], strict=True)]
        at += 1
    alone = [row for row in rows if sum(value != 0 for value in row) == 1]
    return {names[next(place for place, value in enumerate(row) if value)] for row in alone}
