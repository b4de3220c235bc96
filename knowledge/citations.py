"""From the words by which staff name a document to the one document that is meant, or to none.

Numbers start again each term, so a citation that fits two documents is linked to neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bot.model import Tx
from bot.texts import chat
from knowledge.normalise import clean, fold
from knowledge.numbers import facts
from knowledge.references import DocumentRef, document_ref


@dataclass(frozen=True, slots=True)
class Citable:
    """What of a document a citation may name; `key` is whatever the caller tells documents apart by."""

    key: Any
    number: str | None
    kind: str
    title: str
    issuer: str
    issued_on: date | None


class Named(Protocol):
    """A document, in whatever form: what its name is made of."""

    @property
    def number(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...


class Citations:
    """Resolves citations against a fixed set of documents."""

    def __init__(self, documents: Iterable[Citable]) -> None:
        self._by_name: dict[str, list[Any]] = defaultdict(list)
        self._by_number: dict[str, list[tuple[DocumentRef, Any]]] = defaultdict(list)
        self._known: dict[str, tuple[Any, ...]] = {}
        for document in documents:
            names = {document.title, reference(document)}
            for name in {_name(name) for name in names}:
                self._by_name[name].append(document.key)
            ref = document_ref(document.number, document.kind, document.issued_on, document.issuer)
            if ref:
                self._by_number[ref.number].append((ref, document.key))

    def fitting(self, text: str) -> tuple[Any, ...]:
        """Keys of the documents that fit "18-NQ/TW", "Nghị quyết số 18-NQ/TW ngày 25/10/2017", a title …"""
        if text not in self._known:
            self._known[text] = self._fitting(text)
        return self._known[text]

    def only(self, text: str) -> Any | None:
        """The key of the document that fits, where exactly one does."""
        keys = self.fitting(text)
        return keys[0] if len(keys) == 1 else None

    def _fitting(self, text: str) -> tuple[Any, ...]:
        if named := self._by_name.get(_name(text)):
            return tuple(named)
        said = facts(text).references
        if len(said) != 1:
            return ()
        return tuple(key for ref, key in self._by_number[said[0].number] if said[0].confirmed_by(ref))


def reference(document: Named) -> str:
    """The full name of a document, which resolves to it alone: "18-NQ/TW ngày 25/10/2017 của Bộ Chính trị"."""
    return named(document.number or document.title, document.issued_on, document.issuer)


def named(number: str, issued_on: date | None = None, issuer: str = "") -> str:
    """The words for a document of which only some parts are known."""
    day = f" ngày {issued_on:%d/%m/%Y}" if issued_on else ""
    return f"{number}{day} của {issuer}" if issuer else f"{number}{day}"


def of_object(item: dict[str, Any]) -> str | None:
    """The words for a document that .jsonl names by its parts; None for an object that names none."""
    if not item.keys() <= {"number", "title", "issued_on", "issuer"}:
        return None
    if not all(isinstance(value, str | None) for value in item.values()):
        return None
    name, when = item.get("number") or item.get("title"), item.get("issued_on")
    if not name:
        return None
    try:
        issued_on = date.fromisoformat(when) if when else None
    except ValueError:
        return named(f"{name} ngày {when}", None, item.get("issuer") or "")
    return named(name, issued_on, item.get("issuer") or "")


def short_name(document: Named) -> str:
    """ "18-NQ/TW ngày 25/10/2017": enough where the issuer is plain."""
    return named(document.number or document.title, document.issued_on)


def cited(document: Named) -> str:
    """ "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", as people read it; what is unknown is left out."""
    name = (
        chat.NUMBERED.format(kind=document.kind, number=document.number)
        if document.number
        else document.title
    )
    when = chat.OF_DAY.format(date=f"{document.issued_on:%d/%m/%Y}") if document.issued_on else ""
    issuer = chat.OF_ISSUER.format(issuer=document.issuer) if document.issuer else ""
    return " ".join(part for part in (name, when, issuer) if part)


def all_citable(tx: Tx) -> list[Citable]:
    rows = tx.rows("SELECT key, number, kind, title, issuer, issued_on FROM documents ORDER BY key")
    return [Citable(**row | {"issued_on": day(row["issued_on"])}) for row in rows]


def relink(tx: Tx) -> bool:
    """Link every entry anew to the document that its citation means; true if people can see a difference.

    Needed after each change of documents: one that has been added may be what an entry has waited for, or may make
    ambiguous what was clear.
    """
    citations = Citations(all_citable(tx))
    seen = False
    for row in tx.rows("SELECT key, cites, document, status FROM entries WHERE cites <> ''"):
        document = citations.only(row["cites"])
        if document != row["document"]:
            tx.run(
                "UPDATE entries SET document = :document WHERE key = :key", document=document, key=row["key"]
            )
            seen = seen or row["status"] in ("published", "sample")
    return seen


def day(text: str | None) -> date | None:
    """A date as the database keeps it."""
    return date.fromisoformat(text) if text else None


def _name(text: str) -> str:
    return fold(clean(text))
