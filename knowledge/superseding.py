"""What staff do when one document takes the place of another: mark it, take that back, suspend its entries, reopen them.

Every act checks anew inside its transaction, and raises InputError with the reason when it cannot be done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.clock import stamp
from bot.errors import InputError
from bot.model import Tx
from bot.texts import staff
from knowledge import documents, entries
from knowledge.citations import short_name
from knowledge.documents import Document
from knowledge.entries import Entry


def supersede(tx: Tx, old: int, new: int, now: datetime) -> None:
    """From now on `new` stands in the place of `old`; with what follows from it, see knowledge/review.py."""
    before, after = _present(tx, old), _present(tx, new)
    check(tx, before, after)
    documents.save(tx, replace(documents.as_draft(before), superseded_by=new), now)


def release(tx: Tx, old: int, now: datetime) -> None:
    """It was a mistake: nothing supersedes the document. Its entries stay up for review."""
    documents.save(tx, replace(documents.as_draft(_present(tx, old)), superseded_by=None), now)


def check(tx: Tx, old: Document, new: Document) -> None:
    """Raises InputError where `new` cannot supersede `old`: itself, or in a circle."""
    if old.key == new.key:
        raise InputError(staff.SUPERSEDED_BY_ITSELF)
    path = [old, new]
    while (following := path[-1].superseded_by) is not None:
        if following in (document.key for document in path[1:]):
            return  # a circle of others, which is not ours
        path.append(_present(tx, following))
        if following == old.key:
            circle = " → ".join(short_name(document) for document in path)
            raise InputError(staff.SUPERSEDED_IN_CIRCLE.format(circle=circle))


def suspend(tx: Tx, document: int, now: datetime) -> list[Entry]:
    """Every entry of the document stops answering until `reopen`; those that this stopped."""
    found = entries.of_document(tx, document)
    for entry in found:
        tx.run(
            """INSERT INTO suspensions (entry, document, status, suspended_at)
                VALUES (:entry, :document, :status, :now)
                ON CONFLICT (entry) DO UPDATE SET document = excluded.document, status = excluded.status,
                suspended_at = excluded.suspended_at""",
            entry=entry.key,
            document=document,
            status=entry.status,
            now=stamp(now),
        )
    _set_status(tx, [(entry, "archived") for entry in found], now)
    return found


def reopen(tx: Tx, document: int, now: datetime) -> list[Entry]:
    """The entries that `suspend` stopped answer again as they did; what was changed by hand since is left alone."""
    found = suspended(tx, document)
    statuses = {
        row["entry"]: row["status"]
        for row in tx.rows(
            "SELECT entry, status FROM suspensions WHERE document = :document", document=document
        )
    }
    tx.run("DELETE FROM suspensions WHERE document = :document", document=document)
    _set_status(tx, [(entry, statuses[entry.key]) for entry in found], now)
    return found


def to_review(tx: Tx, document: int, today: date) -> list[Entry]:
    """Of the answering entries those whose day of review has come."""
    return [
        entry for entry in entries.of_document(tx, document) if entry.review_by and entry.review_by <= today
    ]


def keep(tx: Tx, document: int, now: datetime) -> list[Entry]:
    """Somebody has looked at them: they stay as they are, and no day of review is set."""
    found = to_review(tx, document, now.date())
    entries.save_all(tx, [replace(entries.as_draft(entry), review_by=None) for entry in found], now)
    return found


def suspended(tx: Tx, document: int) -> list[Entry]:
    """What `reopen` would open."""
    rows = tx.rows(
        "SELECT entry FROM suspensions WHERE document = :document ORDER BY entry", document=document
    )
    found = (entries.by_key(tx, row["entry"]) for row in rows)
    return [entry for entry in found if entry and entry.status == "archived"]


def _set_status(tx: Tx, changes: list[tuple[Entry, entries.Status]], now: datetime) -> None:
    entries.save_all(tx, [replace(entries.as_draft(entry), status=status) for entry, status in changes], now)


def _present(tx: Tx, key: int) -> Document:
    document = documents.by_key(tx, key)
    if document is None:
        raise InputError(staff.DOCUMENT_GONE)
    return document
