"""Entries: a question, its other phrasings and the approved answer, with every version kept."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge.citations import Citations, all_citable, day
from knowledge.revisions import touch

Status = Literal["draft", "sample", "published", "archived"]
ANSWERABLE = ("published", "sample")
Mark = tuple[int, Status, int | None]  # version, status and document: changes when what an entry says does
Marks = Mapping[Mark, frozenset[int]]  # the keys of the entries with each mark


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry as somebody writes it.

    cites   the document in the writer's words: "57-NQ/TW", "18-NQ/TW ngày 25/10/2017"
    source  free words, where no document is named
    """

    id: str
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()
    detail: str = ""
    cites: str = ""
    article: str = ""
    source: str = ""
    topic: str = ""
    status: Status = "draft"
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the database; `document` is the key of the one that `cites` means, if it is known."""

    key: int
    id: str
    question: str
    answer: str
    phrasings: tuple[str, ...]
    detail: str
    document: int | None
    cites: str
    article: str
    source: str
    topic: str
    status: Status
    review_by: date | None
    version: int


def by_key(tx: Tx, key: int) -> Entry | None:
    return _one(_entries(tx, "WHERE e.key = :key", key=key))


def by_id(tx: Tx, id: str) -> Entry | None:
    return _one(_entries(tx, "WHERE e.id = :id", id=id))


def all_entries(tx: Tx) -> list[Entry]:
    """Every entry, drafts and archived ones too, in the order in which they came."""
    return _entries(tx)


def answerable(tx: Tx) -> list[Entry]:
    """What people may get as an answer: published, or sample (which is marked as such)."""
    return _entries(tx, "WHERE e.status IN ('published', 'sample')")


def marks(tx: Tx) -> Marks:
    """Of every answerable entry."""
    # A row for each mark, and not one for each entry: made into objects, these would be most of a publication.
    rows = tx.rows(
        """SELECT version, status, document, group_concat(key) AS keys FROM entries
            WHERE status IN ('published', 'sample') GROUP BY version, status, document"""
    )
    return {
        (row["version"], row["status"], row["document"]): frozenset(map(int, row["keys"].split(",")))
        for row in rows
    }


def answerable_among(tx: Tx, keys: Sequence[int]) -> list[Entry]:
    """The answerable ones among some entries, a few hundred at most."""
    values = {f"key_{number}": key for number, key in enumerate(keys)}
    names = ", ".join(f":{name}" for name in values)
    return _entries(tx, f"WHERE e.key IN ({names}) AND e.status IN ('published', 'sample')", **values)


def of_document(tx: Tx, document_key: int) -> list[Entry]:
    """The answerable entries that cite a document."""
    return _entries(
        tx, "WHERE e.document = :document AND e.status IN ('published', 'sample')", document=document_key
    )


def citing(tx: Tx, document_key: int) -> list[Entry]:
    """The entries that cite a document, drafts and archived ones too."""
    return _entries(tx, "WHERE e.document = :document", document=document_key)


def save(tx: Tx, draft: EntryDraft, now: datetime) -> int:
    """Insert, or update the entry with the same id; its key. An unchanged draft changes nothing."""
    return save_all(tx, (draft,), now)[0]


def save_all(tx: Tx, drafts: Sequence[EntryDraft], now: datetime) -> list[int]:
    """`save` for many, in a few milliseconds a hundred: reads what is there once and counts the revision once."""
    known = {entry.id: entry for entry in all_entries(tx)} if len(drafts) > 20 else _known(tx, drafts)
    citations = Citations(all_citable(tx))
    keys: list[int] = []
    seen = False
    for draft in drafts:
        old = known.get(draft.id)
        if old is None:
            key = _insert(tx, draft, citations.only(draft.cites) if draft.cites else None, now)
        else:
            key = old.key
            if as_draft(old) == draft:
                keys.append(key)
                continue
            _update(tx, old, draft, citations.only(draft.cites) if draft.cites else None, now)
        keys.append(key)
        seen = seen or draft.status in ANSWERABLE or (old is not None and old.status in ANSWERABLE)
    if seen:
        touch(tx)
    return keys


def set_status(tx: Tx, key: int, status: Status, now: datetime) -> None:
    """Publish, archive or withdraw an entry. Raises LookupError where there is none with this key."""
    entry = by_key(tx, key)
    if entry is None:
        raise LookupError(f"no entry has the key {key}")
    save(tx, replace(as_draft(entry), status=status), now)


def as_draft(entry: Entry) -> EntryDraft:
    """What somebody would have to write to get this entry."""
    return EntryDraft(
        id=entry.id,
        question=entry.question,
        answer=entry.answer,
        phrasings=entry.phrasings,
        detail=entry.detail,
        cites=entry.cites,
        article=entry.article,
        source=entry.source,
        topic=entry.topic,
        status=entry.status,
        review_by=entry.review_by,
    )


def record(draft: EntryDraft) -> dict[str, Any]:
    """The form of an entry in .jsonl and in the version history."""
    return {
        "id": draft.id,
        "question": draft.question,
        "phrasings": list(draft.phrasings),
        "answer": draft.answer,
        "detail": draft.detail,
        "document": draft.cites,
        "article": draft.article,
        "source": draft.source,
        "topic": draft.topic,
        "status": draft.status,
        "review_by": draft.review_by.isoformat() if draft.review_by else None,
    }


def _known(tx: Tx, drafts: Sequence[EntryDraft]) -> Mapping[str, Entry]:
    found = (by_id(tx, draft.id) for draft in drafts)
    return {entry.id: entry for entry in found if entry}


def _entries(tx: Tx, where: str = "", **values: Any) -> list[Entry]:
    rows = tx.rows(f"SELECT e.* FROM entries e {where} ORDER BY e.key", **values)  # noqa: S608
    phrasings: dict[int, list[str]] = defaultdict(list)
    for row in tx.rows(
        f"SELECT p.entry, p.text FROM phrasings p JOIN entries e ON e.key = p.entry {where} "  # noqa: S608
        "ORDER BY p.entry, p.position",
        **values,
    ):
        phrasings[row["entry"]].append(row["text"])
    return [_entry(row, tuple(phrasings[row["key"]])) for row in rows]


def _entry(row: Row, phrasings: tuple[str, ...]) -> Entry:
    values = {name: value for name, value in row.items() if name != "changed_at"}
    return Entry(**values | {"review_by": day(row["review_by"]), "phrasings": phrasings})


def _one(entries: list[Entry]) -> Entry | None:
    return entries[0] if entries else None


def _insert(tx: Tx, draft: EntryDraft, document: int | None, now: datetime) -> int:
    columns = _columns(draft, document, now)
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    row = tx.row(f"INSERT INTO entries ({names}) VALUES ({values}) RETURNING key", **columns)  # noqa: S608
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    key = int(row["key"])
    _write_phrasings(tx, key, draft.phrasings)
    return key


def _update(tx: Tx, old: Entry, draft: EntryDraft, document: int | None, now: datetime) -> None:
    tx.run(
        """INSERT INTO entry_versions (entry, version, snapshot, changed_at)
        VALUES (:key, :version, :snapshot, :now)""",
        key=old.key,
        version=old.version,
        snapshot=json.dumps(record(as_draft(old)), ensure_ascii=False),
        now=stamp(now),
    )
    columns = _columns(draft, document, now)
    sets = ", ".join(f"{name} = :{name}" for name in columns)
    tx.run(
        f"UPDATE entries SET {sets}, version = version + 1 WHERE key = :key",  # noqa: S608
        key=old.key,
        **columns,
    )
    if old.phrasings != draft.phrasings:
        tx.run("DELETE FROM phrasings WHERE entry = :key", key=old.key)
        _write_phrasings(tx, old.key, draft.phrasings)


def _write_phrasings(tx: Tx, key: int, phrasings: tuple[str, ...]) -> None:
    for position, text in enumerate(phrasings):
        tx.run(
            "INSERT INTO phrasings (entry, position, text) VALUES (:key, :position, :text)",
            key=key,
            position=position,
            text=text,
        )


def _columns(draft: EntryDraft, document: int | None, now: datetime) -> dict[str, Any]:
    return {
        "id": draft.id,
        "question": draft.question,
        "answer": draft.answer,
        "detail": draft.detail,
        "document": document,
        "cites": draft.cites,
        "article": draft.article,
        "source": draft.source,
        "topic": draft.topic,
        "status": draft.status,
        "review_by": draft.review_by.isoformat() if draft.review_by else None,
        "changed_at": stamp(now),
    }
