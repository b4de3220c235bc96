"""The letters of a text three by three: likeness of spelling where no word is the same."""

import numpy as np
from numpy.typing import NDArray

_LETTERS = " 0123456789abcdefghijklmnopqrstuvwxyz"
_OTHER = len(_LETTERS)  # every other letter: of another script
_SIZE = len(_LETTERS) + 1
TRIGRAMS = _SIZE**3

_NUMBER_OF = np.full(128, _OTHER, np.uint16)
_NUMBER_OF[list(_LETTERS.encode())] = np.arange(len(_LETTERS))


def trigrams(flat: str) -> NDArray[np.uint16]:
    """The distinct trigrams of a folded text, with a space at either end, ascending: numbers below TRIGRAMS."""
    letters = _NUMBER_OF[np.frombuffer(f" {flat} ".encode("ascii", "replace"), np.uint8)]
    found = (letters[:-2] * _SIZE + letters[1:-1]) * _SIZE + letters[2:]
    found.sort()
    new = np.ones(len(found), np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new]
