"""What makes a document the same one: number (else title), date and issuer, however they were typed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

from knowledge.normalise import clean, fold

Identity = tuple[str, date | None, str]
T = TypeVar("T")


def identity(number: str | None, title: str, issued_on: date | None, issuer: str) -> Identity:
    return folded(number or title), issued_on, folded(issuer)


def folded(text: str) -> str:
    """ "18 – NQ/TW" becomes "18-nq/tw"."""
    return re.sub(r"\s*([-/])\s*", r"\1", fold(clean(text)).replace("–", "-").replace("—", "-"))


class Identities(Generic[T]):
    """Documents by their identity. A date that only one side knows makes no second document."""

    def __init__(self, known: Mapping[Identity, T]) -> None:
        self._by_name: dict[tuple[str, str], dict[date | None, T]] = defaultdict(dict)
        for own, document in known.items():
            self.put(own, document)

    def put(self, own: Identity, document: T, was: Identity | None = None) -> None:
        """`was` is the identity under which it stood before: its date has become known."""
        if was and was != own:
            self._by_name[was[0], was[2]].pop(was[1], None)
        self._by_name[own[0], own[2]][own[1]] = document

    def fitting(self, own: Identity) -> tuple[T, ...]:
        """The document with this identity, else those of the same number where one of both dates is missing.

        Several: numbers start again each term, and nobody can tell which of them is meant.
        """
        name, issued_on, issuer = own
        found = self._by_name.get((name, issuer), {})
        if issued_on in found:
            return (found[issued_on],)
        if issued_on is None:
            return tuple(found.values())
        return (found[None],) if None in found else ()
