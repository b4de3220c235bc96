"""The letters of a text three by three: likeness of spelling where no word is the same."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.rows import Places, Rows, Shape

_LETTERS = " 0123456789abcdefghijklmnopqrstuvwxyz"
_OTHER = len(_LETTERS)  # every other letter: of another script
_SIZE = len(_LETTERS) + 1
TRIGRAMS = _SIZE**3
_BITS = 16  # that a trigram takes
_AT_ONCE = 100  # texts: few enough to be sorted in the processor's own memory

_NUMBER_OF = np.full(128, _OTHER, np.uint16)
_NUMBER_OF[list(_LETTERS.encode())] = np.arange(len(_LETTERS))


def trigrams(flat: str) -> NDArray[np.uint16]:
    """The distinct trigrams of a folded text, with a space at either end, ascending: numbers below TRIGRAMS."""
    found = _in_order(f" {flat} ")
    found.sort()
    new = np.ones(len(found), np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new]


def spelling(flats: Sequence[str]) -> Rows:
    """Of each text its `trigrams`, worked out for many texts at once."""
    parts = [_spelling(flats[at : at + _AT_ONCE]) for at in range(0, len(flats), _AT_ONCE)]
    lengths, values = zip(*parts, strict=True) if parts else ((), ())
    filler = np.zeros(1, np.uint16)
    return Rows(Shape.of(np.concatenate([*lengths, []]).astype(np.intp)), np.concatenate([*values, filler]))


def _spelling(flats: Sequence[str]) -> tuple[Places, NDArray[np.uint16]]:
    """How many distinct trigrams each text has, and all of them end to end."""
    found = _in_order("".join(f" {flat} " for flat in flats))
    ends = np.array([len(flat) + 2 for flat in flats]).cumsum()
    owners = np.arange(len(flats), dtype=np.int32).repeat(np.diff(ends, prepend=0))[: len(found)]
    # Two of each text reach into the next one.
    inside = np.ones(len(found) + 2, np.bool_)
    inside[ends - 1] = inside[ends - 2] = False
    keys = ((owners << _BITS) + found)[inside[: len(found)]]
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return np.bincount(keys >> _BITS, minlength=len(flats)), keys.astype(np.uint16)


def _in_order(letters: str) -> NDArray[np.uint16]:
    """Every three neighbours."""
    numbers = _NUMBER_OF[np.frombuffer(letters.encode("ascii", "replace"), np.uint8)]
    return np.asarray((numbers[:-2] * _SIZE + numbers[1:-1]) * _SIZE + numbers[2:])
