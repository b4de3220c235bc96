"""A document that somebody is just writing, as far as it is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot.model import JSON
from knowledge import identities
from knowledge.documents import Document, DocumentDraft, Level

Name = Literal["number", "title", "issued_on", "issuer", "level", "kind", "summary", "address", "topics"]
NAMES: tuple[Name, ...] = get_args(Name)  # in the order of asking
ASKED: tuple[Name, ...] = tuple(name for name in NAMES if name != "topics")
NEEDED: frozenset[Name] = frozenset(("title", "issuer", "level", "kind"))


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known so far. `skipped` are those that there is nothing to say of.

    document  the one that is there already and is to be changed
    """

    number: str | None = None
    title: str = ""
    issued_on: date | None = None
    issuer: str = ""
    level: Level | None = None
    kind: str = ""
    summary: str = ""
    address: str | None = None
    topics: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    document: int | None = None

    def lacking(self) -> Name | None:
        """What to ask next."""
        return next((name for name in ASKED if not getattr(self, name) and name not in self.skipped), None)

    def as_draft(self) -> DocumentDraft:
        """A new document; with level and kind known."""
        return DocumentDraft(
            self.number,
            self.kind,
            self.title,
            self.issuer,
            self.level or "xã",
            self.issued_on,
            self.summary,
            self.address,
            self.topics,
        )

    def content(self) -> JSON:
        """As it is kept while it is asked about."""
        known = {name: getattr(self, name) for name in NAMES}
        day = self.issued_on.isoformat() if self.issued_on else None
        return known | {
            "issued_on": day,
            "topics": [*self.topics],
            "skipped": [*self.skipped],
            "document": self.document,
        }


def sketch(content: JSON) -> Sketch:
    """What `content` kept."""
    day = content["issued_on"]
    return Sketch(
        **content
        | {
            "issued_on": date.fromisoformat(day) if day else None,
            "topics": tuple(content["topics"]),
            "skipped": tuple(content["skipped"]),
        }
    )


def of_document(document: Document) -> Sketch:
    known = {name: getattr(document, name) for name in NAMES}
    return Sketch(**known, skipped=NAMES, document=document.key)


def changes(old: Document, known: Sketch) -> dict[str, object]:
    """What of the document would become another; spellings of the same make no change."""
    return {
        name: new
        for name in NAMES
        if (new := getattr(known, name)) and not _alike(name, getattr(old, name), new)
    }


def _alike(name: Name, old: object, new: object) -> bool:
    if name in ("number", "issuer", "kind"):
        return identities.folded(str(old or "")) == identities.folded(str(new))
    return old == new
