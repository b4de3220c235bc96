"""An import of documents against those that are there: which is which, what changes, what supersedes what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.model import Tx
from bot.texts import staff
from knowledge import documents
from knowledge.citations import Citable, Citations
from knowledge.documents import Document, DocumentDraft, Identity
from knowledge.exchange import inference
from knowledge.exchange.plan import Given, Plan
from knowledge.exchange.report import Notice


@dataclass(frozen=True, slots=True)
class _Row:
    """`successor` is the identity of what supersedes the document; it may be a row of the same file."""

    given: Given
    draft: DocumentDraft
    old: Document | None
    successor: Identity | None


def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:
    known = {documents.identity(document): document for document in documents.all_documents(tx)}
    successors = _successors(known)
    notices: list[Notice] = []
    drafts = [_draft(row, known.get(identity(row.values)), notices, publish=publish) for row in rows]
    citations = Citations(_citable(known, drafts))
    planned: list[_Row] = []
    for row, draft in zip(rows, drafts, strict=True):
        own = documents.identity(draft)
        if "superseded_by" in row.values:
            successors[own] = _successor(row, citations, notices)
        planned.append(_Row(row, draft, known.get(own), successors.get(own)))
    notices += _circles(planned, successors)
    stored = _successors(known)
    unchanged = sum(
        row.old is not None
        and row.successor == stored[documents.identity(row.old)]
        and not documents.differs(tx, row.draft, row.old)
        for row in planned
    )
    added = sum(row.old is None for row in planned)
    return Plan(
        added,
        len(planned) - added - unchanged,
        unchanged,
        tuple(notices),
        lambda tx, now: _write(tx, planned, now),
    )


def identity(given: Mapping[str, Any]) -> Identity:
    """Of a row that has a title and an issuer."""
    return documents.identity(
        DocumentDraft(
            given.get("number"), "", given["title"], given["issuer"], "xã", issued_on=given.get("issued_on")
        )
    )


def _draft(row: Given, old: Document | None, notices: list[Notice], *, publish: bool) -> DocumentDraft:
    given = {name: value for name, value in row.values.items() if name != "superseded_by"}
    for name in ("kind", "level", "status", "file"):  # empty: as it was, or as it can be told
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


def _circles(planned: Sequence[_Row], successors: Mapping[Identity, Identity | None]) -> Iterator[Notice]:
    for row in planned:
        own = documents.identity(row.draft)
        seen = {own}
        following = row.successor
        while following is not None and following not in seen:
            seen.add(following)
            following = successors.get(following)
        if following == own:
            yield Notice(row.given.line.place("superseded_by"), staff.SUPERSEDED_IN_CIRCLE, serious=True)


def _write(tx: Tx, planned: Sequence[_Row], now: datetime) -> None:
    """Twice over the rows: a successor must be there before anything can point to it."""
    documents.save_all(tx, [row.draft for row in planned], now)
    keys = {documents.identity(document): document.key for document in documents.all_documents(tx)}
    pointed = [
        replace(row.draft, superseded_by=keys[row.successor] if row.successor else None) for row in planned
    ]
    documents.save_all(tx, pointed, now)
