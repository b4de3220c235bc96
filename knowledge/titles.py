"""Finding documents by the words of their titles and topics. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.documents import Document
from knowledge.normalise import words
from knowledge.tables import table

Word = tuple[str, str]  # without accents, and with them as far as they were typed
_NOTHING_NEW = (("van", "ban"), ("tai", "lieu"))  # what is searched


@dataclass(frozen=True, slots=True)
class _Title:
    document: Document
    kind: tuple[str, ...]
    words: tuple[Word, ...]


class Titles:
    """`documents` in the order in which they are to be found."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._all = [
            _Title(
                document,
                words(document.kind).folded,
                _words(f"{document.title}; {'; '.join(document.topics)}"),
            )
            for document in documents
        ]
        self._kinds = {title.kind for title in self._all}

    def search(self, text: str, *, samples: bool) -> list[Document]:
        """Those that have all the words of the text that say something, and are of the kind that it names.

        Where some have words side by side as the text has them, only those: two syllables apart are another word.
        """
        typed, kind = _typed(text), None
        for phrase in self._kinds:
            if (rest := _without(typed, phrase)) is not None:
                typed, kind = rest, phrase
        wanted = _telling(typed)
        if not (wanted or kind):
            return []
        scored = [
            (title.document, _pairs_together(wanted, title.words))
            for title in self._all
            if kind in (None, title.kind)
            and (samples or not title.document.sample)
            and all(any(_alike(word, other) for other in title.words) for word in wanted)
        ]
        best = max((score for _, score in scored), default=0)
        return [document for document, score in scored if score or not best]


def says_something(text: str) -> bool:
    """Whether a search for it means anything: "giúp em với" does not."""
    return bool(_telling(_typed(text)))


def _words(text: str) -> tuple[Word, ...]:
    said = words(text)
    return tuple(zip(said.folded, said.marked, strict=True))


def _typed(text: str) -> Sequence[Word]:
    found: Sequence[Word] = _words(text)
    for phrase in _NOTHING_NEW:
        rest = _without(found, phrase)
        found = found if rest is None else rest
    return found


def _telling(typed: Sequence[Word]) -> list[Word]:
    """Without "của", and without "cua" where no accents are typed."""
    return [word for word in typed if not any(_alike(word, silent) for silent in _silent().get(word[0], ()))]


def _without(typed: Sequence[Word], phrase: tuple[str, ...]) -> Sequence[Word] | None:
    """The words around a phrase; None where it does not stand there."""
    bare = tuple(word for word, _ in typed)
    for at in range(len(bare) - len(phrase) + 1):
        if bare[at : at + len(phrase)] == phrase:
            return (*typed[:at], *typed[at + len(phrase) :])
    return None


@cache
def _silent() -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = defaultdict(list)
    for word in table("stopwords")["function"]:
        for said in _words(word):
            found[said[0]].append(said)
    return dict(found)


def _pairs_together(wanted: Sequence[Word], title: Sequence[Word]) -> int:
    beside = list(pairwise(title))
    return sum(
        any(_alike(first, one) and _alike(second, other) for one, other in beside)
        for first, second in pairwise(wanted)
    )


def _alike(word: Word, other: Word) -> bool:
    """Equal as far as both were typed with accents."""
    return word[0] == other[0] and (not word[1] or not other[1] or word[1] == other[1])
