"""An import of documents against those that are there: which is which, what changes, what supersedes what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.exchange.plan import Given, Plan
from bot.files.tables import Notice
from bot.model import Tx
from bot.texts import staff
from knowledge import documents, identities
from knowledge.citations import Citable, Citations, short_name
from knowledge.documents import Document, DocumentDraft
from knowledge.exchange import inference
from knowledge.identities import Identities, Identity


@dataclass(frozen=True, slots=True)
class _Row:
    """`successor` is the identity of what supersedes the document; it may be a row of the same file."""

    given: Given
    draft: DocumentDraft
    old: Document | None
    successor: Identity | None


def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:
    known = {documents.identity(document): document for document in documents.all_documents(tx)}
    notices: list[Notice] = []
    matched = _matched(rows, Identities(known), notices)
    drafts = [_draft(row, old, notices, publish=publish) for row, old in zip(rows, matched, strict=True)]
    dated = _dated(drafts, matched)
    successors = {
        dated.get(own, own): dated.get(after, after) if after else None
        for own, after in _successors(known).items()
    }
    citable = list(_citable({dated.get(own, own): known[own] for own in known}, drafts))
    citations = Citations(citable)
    stored = dict(successors)
    planned: list[_Row] = []
    for row, draft, old in zip(rows, drafts, matched, strict=True):
        own = documents.identity(draft)
        if "superseded_by" in row.values:
            successors[own] = _successor(row, citations, notices)
        planned.append(_Row(row, draft, old, successors.get(own)))
    notices += _circles(planned, successors, {each.key: short_name(each) for each in citable})
    unchanged = sum(
        row.old is not None
        and row.successor == stored.get(documents.identity(row.draft))
        and not documents.differs(tx, row.draft, row.old)
        for row in planned
    )
    added = sum(row.old is None for row in planned)
    return Plan(
        added,
        len(planned) - added - unchanged,
        unchanged,
        tuple(notices),
        lambda tx, now: documents.save_linked(
            tx, [row.draft for row in planned], [row.successor for row in planned], now
        ),
    )


def identity(given: Mapping[str, Any]) -> Identity:
    """Of a row that has a title and an issuer."""
    return identities.identity(given.get("number"), given["title"], given.get("issued_on"), given["issuer"])


def _matched(
    rows: Sequence[Given], known: Identities[Document], notices: list[Notice]
) -> list[Document | None]:
    """The document that each row means, None for a new one. Where a missing date leaves it open, the row is refused."""
    fitting = [known.fitting(identity(row.values)) for row in rows]
    claimed = Counter(found[0].key for found in fitting if len(found) == 1)
    for row, found in zip(rows, fitting, strict=True):
        place = row.line.place("issued_on")
        if len(found) > 1:
            notices.append(Notice(place, staff.DATE_NEEDED.format(count=len(found)), serious=True))
        elif found and (rivals := claimed[found[0].key]) > 1:
            notices.append(Notice(place, staff.DATE_UNCLEAR.format(count=rivals), serious=True))
        elif found and _is_another_title(row, found[0]):
            notices.append(Notice(place, staff.DATE_ADDED.format(title=found[0].title)))
    return [found[0] if found else None for found in fitting]


def _is_another_title(row: Given, document: Document) -> bool:
    """Whether a row taken for a document only because one date is missing calls it otherwise: worth a second look."""
    return row.values.get("issued_on") != document.issued_on and identities.folded(
        row.values["title"]
    ) != identities.folded(document.title)


def _dated(drafts: Sequence[DocumentDraft], matched: Sequence[Document | None]) -> dict[Identity, Identity]:
    """The former identity of each document whose date the rows bring, and the one that it is to have."""
    return {
        documents.identity(old): documents.identity(draft)
        for draft, old in zip(drafts, matched, strict=True)
        if old
    }


def _draft(row: Given, old: Document | None, notices: list[Notice], *, publish: bool) -> DocumentDraft:
    given = {name: value for name, value in row.values.items() if name != "superseded_by"}
    # Empty: as it was, or as it can be told. Without its date a document would be another one.
    for name in ("kind", "level", "status", "file", "issued_on"):
        if not given.get(name):
            given.pop(name, None)
    base = documents.as_draft(old) if old else _new(row, given, notices)
    draft = replace(base, **given)
    if publish:
        draft = replace(draft, status="in force" if draft.status == "draft" else draft.status, sample=False)
    return draft


def _new(row: Given, given: Mapping[str, Any], notices: list[Notice]) -> DocumentDraft:
    number, title, issuer = given.get("number"), given["title"], given["issuer"]
    kind = given.get("kind") or inference.kind(number, title)
    level = given.get("level") or inference.level(number, issuer)
    if kind is None:
        notices.append(Notice(row.line.place("kind"), staff.KIND_UNKNOWN, serious=True))
    if level is None:
        notices.append(Notice(row.line.place("level"), staff.LEVEL_UNKNOWN, serious=True))
    return DocumentDraft(number, kind or "", title, issuer, level or "xã")


def _citable(known: Mapping[Identity, Document], drafts: Sequence[DocumentDraft]) -> Iterator[Citable]:
    everything: dict[Identity, Document | DocumentDraft] = {**known}
    everything |= {documents.identity(draft): draft for draft in drafts}
    for own, document in everything.items():
        yield Citable(
            own, document.number, document.kind, document.title, document.issuer, document.issued_on
        )


def _successors(known: Mapping[Identity, Document]) -> dict[Identity, Identity | None]:
    by_key = {document.key: own for own, document in known.items()}
    return {
        own: by_key[document.superseded_by] if document.superseded_by is not None else None
        for own, document in known.items()
    }


def _successor(row: Given, citations: Citations, notices: list[Notice]) -> Identity | None:
    text = row.values["superseded_by"]
    if not text:
        return None
    fitting: tuple[Identity, ...] = citations.fitting(text)
    if len(fitting) == 1:
        return fitting[0]
    problem = (
        staff.CITES_SEVERAL.format(text=text, count=len(fitting))
        if fitting
        else staff.SUPERSEDED_BY_NOTHING.format(text=text)
    )
    notices.append(Notice(row.line.place("superseded_by"), problem, serious=True))
    return None


def _circles(
    planned: Sequence[_Row], successors: Mapping[Identity, Identity | None], names: Mapping[Identity, str]
) -> Iterator[Notice]:
    for row in planned:
        own = documents.identity(row.draft)
        path = {own: None}  # in order
        following = row.successor
        while following is not None and following not in path:
            path[following] = None
            following = successors.get(following)
        if following == own:
            circle = " → ".join(names[each] for each in (*path, own))
            problem = (
                staff.SUPERSEDED_IN_CIRCLE.format(circle=circle)
                if len(path) > 1
                else staff.SUPERSEDED_BY_ITSELF
            )
            yield Notice(row.given.line.place("superseded_by"), problem, serious=True)
