"""Things that consist of words, by their first two words: few of them have to be tried at each place of a text."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Beginnings(Generic[Thing]):
    """Immutable. At one place, things of more than one word come before those of one; else in the order given."""

    def __init__(self, things: Iterable[tuple[Sequence[str], Thing]]) -> None:
        """Each thing with its words."""
        self._by_first: dict[str, dict[str, tuple[Thing, ...]]] = {}  # and by the second; "" is any
        for words, thing in sorted(things, key=lambda each: len(each[0]) == 1):
            by_second = self._by_first.setdefault(words[0], {})
            for second in words[1:2] or ("", *by_second):
                by_second[second] = (*by_second.get(second, ()), thing)

    def found(self, words: Sequence[str]) -> list[tuple[int, tuple[Thing, ...]]]:
        """The places of a text where a thing may stand, from left to right, and which ones."""
        begun = enumerate(map(self._by_first.get, words), 1)
        count = len(words)
        return [
            (after - 1, things)
            for after, by_second in begun
            if by_second and (things := (after < count and by_second.get(words[after])) or by_second.get(""))
        ]
