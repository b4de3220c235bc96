"""Rows of unequal length end to end in one array, so that a hundred thousand texts are a few objects.

The layout is known as compressed sparse rows. Several columns may share one shape. Behind the last row a column has one more
value, the filler, so that the last row has a next cell as well. Everything here is immutable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Places = NDArray[np.intp]
Floats = NDArray[np.float64]
Column = NDArray[Any]

NONE = -1  # the number of no word


class Flat(NamedTuple):
    """Some rows end to end: the place of each value in its column, which of the rows each belongs to, and where each row
    starts here."""

    places: Places
    owners: Places
    starts: Places


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

    def owners(self) -> Ints:
        """The row of every value."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths())

    def owners_of(self, places: Places) -> Places:
        """The rows of the values at some places."""
        return self.starts.searchsorted(places, side="right") - 1

    def flat(self, rows: Places) -> "Flat":
        """Where the values of some rows are, end to end."""
        first = self.starts[rows]
        lengths = self.starts[rows + 1] - first
        ends = lengths.cumsum()
        owners = np.arange(len(rows)).repeat(lengths)
        starts = ends - lengths
        return Flat((first - starts)[owners] + np.arange(len(owners)), owners, starts)

    def only(self, rows: Places) -> "Shape":
        return Shape.of(self.lengths()[rows])

    def joined(self, other: "Shape") -> "Shape":
        return Shape(np.concatenate([self.starts, other.starts[1:] + self.starts[-1]]))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one column."""

    shape: Shape
    values: Column

    def row(self, at: int) -> Column:
        return self.values[self.shape.starts[at] : self.shape.starts[at + 1]]

    def changed(self, kept: Places, other: "Rows") -> "Rows":
        """Some of the rows, followed by all rows of another one."""
        column = changed(self.values, self.shape, kept, other.values)
        return Rows(self.shape.only(kept).joined(other.shape), column)

    def joined(self, other: "Rows") -> "Rows":
        return Rows(self.shape.joined(other.shape), np.concatenate([self.values[:-1], other.values]))

    def transposed(self, count: int) -> "Rows":
        """For each value from 0 to `count` - 1 the rows that hold it, each once, ascending."""
        order = ordered(self.values[:-1], count)
        values, owners = self.values[order], self.shape.owners()[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (values[1:] != values[:-1]) | (owners[1:] != owners[:-1])
        lengths = np.bincount(values[new], minlength=count)
        return Rows(Shape.of(lengths), np.append(owners[new], np.int32(NONE)))


def ordered(values: Column, count: int) -> Places:
    """The places of the values, the lowest first and equal ones as they come; all are below `count`."""
    # Numbers of two bytes are sorted by counting, four times as fast.
    return (values.astype(np.uint16) if count <= 1 << 16 else values).argsort(kind="stable")


def changed(column: Column, shape: Shape, kept: Places, other: Column) -> Column:
    """Some of the rows of a column, followed by all rows of another one."""
    if len(kept) == len(shape):
        return np.concatenate([column[:-1], other])
    return np.concatenate([column[shape.flat(kept).places], other])
