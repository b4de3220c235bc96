"""Rows of unequal length end to end in one array, so that a hundred thousand texts are a few objects.

The layout is known as compressed sparse rows. Everything here is immutable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Places = NDArray[np.intp]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NONE = -1  # the number of no word; fills up the shorter rows of a matrix


@dataclass(frozen=True, slots=True)
class Shape:
    """Row r is at `starts[r]` up to `starts[r + 1]` in every column that has this shape."""

    starts: Places

    @classmethod
    def of(cls, lengths: Sequence[int] | Places) -> "Shape":
        starts = np.zeros(len(lengths) + 1, np.intp)
        np.cumsum(lengths, out=starts[1:])
        return cls(starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> Places:
        return np.diff(self.starts)

    def owners(self) -> Places:
        """The row of every value."""
        return np.repeat(np.arange(len(self)), self.lengths())

    def owners_of(self, places: Places) -> Places:
        """The rows of the values at some places."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def flat(self, rows: Places, most: int | None = None) -> tuple[Places, Places]:
        """Where the values of some rows are, end to end (`most` of each), and which of the rows each belongs to."""
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        if most is not None:
            lengths = np.minimum(lengths, most)
        owners = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return np.arange(len(owners)) + (starts - before)[owners], owners

    def matrix(self, rows: Places) -> tuple[Places, Bools]:
        """Where the values of some rows are, one row under another, and which cells are filled; the others point
        anywhere. There is an empty column at the end: every value has a next cell."""
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        across = np.arange(int(lengths.max(initial=0)) + 1)
        filled = across < lengths[:, None]
        return np.where(filled, starts[:, None] + across, 0), filled

    def joined(self, other: "Shape") -> "Shape":
        return Shape(np.concatenate([self.starts, other.starts[1:] + self.starts[-1]]))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with one column."""

    shape: Shape
    values: Ints

    def __len__(self) -> int:
        return len(self.shape)

    def row(self, at: int) -> Ints:
        return self.values[self.shape.starts[at] : self.shape.starts[at + 1]]

    def matrix(self, rows: Places) -> Ints:
        """Some rows, one under another, filled up with NONE."""
        at, filled = self.shape.matrix(rows)
        if not len(self.values):
            return np.full(at.shape, NONE, np.int32)
        return np.where(filled, self.values[at], np.int32(NONE))

    def only(self, rows: Places) -> "Rows":
        return Rows(Shape.of(self.shape.lengths()[rows]), self.values[self.shape.flat(rows)[0]])

    def joined(self, other: "Rows") -> "Rows":
        return Rows(self.shape.joined(other.shape), np.concatenate([self.values, other.values]))


def transposed(rows: Rows, count: int) -> Rows:
    """For each value from 0 to `count` - 1 the rows that hold it, each once, ascending."""
    order = np.argsort(rows.values, kind="stable")
    values = rows.values[order]
    owners = rows.shape.owners().astype(np.int32)[order]
    new = np.ones(len(values), np.bool_)
    new[1:] = (values[1:] != values[:-1]) | (owners[1:] != owners[:-1])
    return Rows(Shape.of(np.bincount(values[new], minlength=count)), owners[new])
