"""Documents that an editor wants published, or changed: nobody sees it before an approver has accepted it.

Where four eyes are on, never the one who has proposed it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.clock import hour
from bot.model import Tx
from bot.storage.base import Row
from knowledge import documents
from knowledge.documents import Document, DocumentDraft

State = Literal["waiting", "accepted", "rejected"]
Obstacle = Literal["decided", "own", "gone"]
CHANGEABLE = ("number", "title", "issued_on", "issuer", "level", "kind", "summary", "address", "topics")


@dataclass(frozen=True, slots=True)
class DocumentProposal:
    """changes  of a published document, by column; empty for a draft that is to be published as it stands"""

    key: int
    document: int
    changes: Mapping[str, Any]
    author: int | None
    state: State
    decided_by: int | None


def propose(
    tx: Tx, document: int, changes: Mapping[str, Any], author: int | None, now: datetime
) -> DocumentProposal:
    """What waited for the same document gives way."""
    tx.run(
        "DELETE FROM document_proposals WHERE document = :document AND state = 'waiting'", document=document
    )
    row = tx.row(
        """INSERT INTO document_proposals (document, changes, author, proposed_in)
            VALUES (:document, :changes, :author, :now) RETURNING key""",
        document=document,
        changes=json.dumps(dict(changes), ensure_ascii=False, default=date.isoformat),
        author=author,
        now=hour(now),
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    return DocumentProposal(int(row["key"]), document, changes, author, "waiting", None)


def by_key(tx: Tx, key: int) -> DocumentProposal | None:
    row = tx.row("SELECT * FROM document_proposals WHERE key = :key", key=key)
    return _proposal(row) if row else None


def waiting(tx: Tx, limit: int = 100) -> list[DocumentProposal]:
    """What nobody has decided, the oldest first."""
    rows = tx.rows(
        "SELECT * FROM document_proposals WHERE state = 'waiting' ORDER BY key LIMIT :limit", limit=limit
    )
    return [_proposal(row) for row in rows]


def waiting_of(tx: Tx, document: int) -> DocumentProposal | None:
    row = tx.row(
        "SELECT * FROM document_proposals WHERE document = :document AND state = 'waiting'", document=document
    )
    return _proposal(row) if row else None


def count_waiting(tx: Tx) -> int:
    return int(
        tx.rows("SELECT count(*) AS waiting FROM document_proposals WHERE state = 'waiting'")[0]["waiting"]
    )


def obstacle(tx: Tx, proposal: DocumentProposal, by: int, *, four_eyes: bool) -> Obstacle | None:
    """Why this member may not accept it, or it cannot be accepted; None when nothing is in the way."""
    if proposal.state != "waiting":
        return "decided"
    if documents.by_key(tx, proposal.document) is None:
        return "gone"
    return "own" if four_eyes and proposal.author == by else None


def accept(tx: Tx, key: int, by: int, now: datetime) -> None:
    """Publish the draft, or change what is published; what cannot be published waits on. Raises InputError as `publish`
    does, LookupError when somebody has just decided otherwise."""
    proposal = by_key(tx, key)
    if proposal and proposal.state == "waiting":
        publish(tx, proposal.document, proposal.changes, now)
    _decide(tx, key, "accepted", by, now)


def reject(tx: Tx, key: int, by: int, now: datetime) -> None:
    """Everything stays as it is. Raises LookupError as `accept` does."""
    _decide(tx, key, "rejected", by, now)


def publish(tx: Tx, key: int, changes: Mapping[str, Any], now: datetime) -> None:
    """People see the document, as it is with these changes. Raises LookupError where there is none, InputError
    where it would become another one that is there."""
    document = documents.by_key(tx, key)
    if document is None:
        raise LookupError(f"document {key} has gone")
    status = "in force" if document.status == "draft" else document.status
    documents.rewrite(tx, key, replace(changed(document, changes), status=status, sample=False), now)


def changed(document: Document, changes: Mapping[str, Any]) -> DocumentDraft:
    """The document with the changes, which are still to be saved."""
    known: dict[str, Any] = {name: value for name, value in changes.items() if name in CHANGEABLE}
    if isinstance(day := known.get("issued_on"), str):
        known["issued_on"] = date.fromisoformat(day)
    if "topics" in known:
        known["topics"] = tuple(known["topics"])
    return replace(documents.as_draft(document), **known)


def _decide(tx: Tx, key: int, state: State, by: int, now: datetime) -> None:
    decided = tx.run(
        """UPDATE document_proposals SET state = :state, decided_by = :by, decided_in = :now
            WHERE key = :key AND state = 'waiting'""",
        key=key,
        state=state,
        by=by,
        now=hour(now),
    )
    if not decided:
        raise LookupError("the proposal has been decided in the meantime")


def _proposal(row: Row) -> DocumentProposal:
    return DocumentProposal(
        row["key"],
        row["document"],
        json.loads(row["changes"]),
        row["author"],
        row["state"],
        row["decided_by"],
    )
