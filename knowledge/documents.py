"""Documents: what entries cite, opened by number, followed to what superseded them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.clock import stamp
from bot.errors import InputError
from bot.files.attachments import Attachment
from bot.model import Tx
from bot.storage.base import Row
from bot.texts import staff
from knowledge import identities, review
from knowledge.citations import day, relink
from knowledge.identities import Identities, Identity
from knowledge.revisions import touch

Level = Literal["Trung ương", "tỉnh", "xã"]
Status = Literal["draft", "in force", "expired"]

_SELECT = """SELECT d.*, f.document IS NOT NULL AS has_file
    FROM documents d LEFT JOIN document_files f ON f.document = d.key"""


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document as somebody writes it.

    number  None where nobody knows it; then the title takes its place in the identity
    sample  starter knowledge that the department has not approved
    file    None keeps the file that is there
    """

    number: str | None
    kind: str
    title: str
    issuer: str
    level: Level
    issued_on: date | None = None
    summary: str = ""
    address: str | None = None
    topics: tuple[str, ...] = ()
    status: Status = "draft"
    superseded_by: int | None = None
    sample: bool = False
    file: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it stands in the database. Drafts are for staff only."""

    key: int
    number: str | None
    kind: str
    title: str
    issuer: str
    level: Level
    issued_on: date | None
    summary: str
    address: str | None
    topics: tuple[str, ...]
    status: Status
    superseded_by: int | None
    sample: bool
    has_file: bool


def by_key(tx: Tx, key: int) -> Document | None:
    row = tx.row(f"{_SELECT} WHERE d.key = :key", key=key)
    return _document(row) if row else None


def all_documents(tx: Tx) -> list[Document]:
    """Every document, drafts too, newest first; those without a date at the end."""
    rows = tx.rows(f"{_SELECT} ORDER BY coalesce(d.issued_on, '') DESC, d.key")
    return [_document(row) for row in rows]


def find(tx: Tx, number: str, issued_on: date | None = None, issuer: str | None = None) -> list[Document]:
    """Documents with exactly this number ("57-NQ/TW", in any case), and this date and issuer where they are given."""
    return [
        document
        for document in all_documents(tx)
        if document.number
        and identities.folded(document.number) == identities.folded(number)
        and issued_on in (None, document.issued_on)
        and (issuer is None or identities.folded(issuer) == identities.folded(document.issuer))
    ]


def newest(tx: Tx, document: Document) -> Document | None:
    """What the document has been superseded by, followed to the end; None where nothing (published) did.

    Stops where a circle would close.
    """
    seen = {document.key}
    last: Document | None = None
    following = document.superseded_by
    while following is not None and following not in seen:
        found = by_key(tx, following)
        if found is None or found.status == "draft":
            break
        seen.add(following)
        last, following = found, found.superseded_by
    return last


def replaced_by(tx: Tx, key: int) -> list[Document]:
    """The published documents in whose place this one stands directly, the newest first."""
    rows = tx.rows(
        f"""{_SELECT} WHERE d.superseded_by = :key AND d.key <> :key AND d.status <> 'draft'
            ORDER BY coalesce(d.issued_on, '') DESC, d.key""",
        key=key,
    )
    return [_document(row) for row in rows]


def file_of(tx: Tx, key: int) -> Attachment | None:
    row = tx.row("SELECT name, media_type, content FROM document_files WHERE document = :key", key=key)
    return Attachment(**row) if row else None


def identity(document: Document | DocumentDraft) -> Identity:
    return identities.identity(document.number, document.title, document.issued_on, document.issuer)


def as_draft(document: Document) -> DocumentDraft:
    """What somebody would have to write to get this document, with the file that it has."""
    return DocumentDraft(
        number=document.number,
        kind=document.kind,
        title=document.title,
        issuer=document.issuer,
        level=document.level,
        issued_on=document.issued_on,
        summary=document.summary,
        address=document.address,
        topics=document.topics,
        status=document.status,
        superseded_by=document.superseded_by,
        sample=document.sample,
    )


def save(tx: Tx, draft: DocumentDraft, now: datetime) -> int:
    """Insert, or update the same document (see `Identities`); its key. An unchanged draft changes nothing.

    Where the document comes to be superseded, its entries are up for review: see knowledge/review.py.
    Raises InputError when several documents fit.
    """
    return save_all(tx, (draft,), now)[0]


def save_all(tx: Tx, drafts: Sequence[DocumentDraft], now: datetime) -> list[int]:
    """`save` for many, which links entries and counts the revision once."""
    with review.of_superseded(tx, now):
        return _save_all(tx, drafts, now)


def rewrite(tx: Tx, key: int, draft: DocumentDraft, now: datetime) -> None:
    """This very document, under whatever number, day and issuer it is to have. Raises InputError where another has them."""
    old = _require(tx, key)
    others = {identity(each): each for each in all_documents(tx) if each.key != key}
    if identity(draft) in others:
        raise InputError(staff.DOCUMENT_THERE)
    if not differs(tx, draft, old):
        return
    with review.of_superseded(tx, now):
        _write(tx, draft, key, now)
        relinked = _cited_by(old) != _cited_by(draft) and relink(tx)
        if relinked or "draft" not in (draft.status, old.status) or draft.status != old.status:
            touch(tx)


def save_linked(
    tx: Tx, drafts: Sequence[DocumentDraft], successors: Sequence[Identity | None], now: datetime
) -> None:
    """`save_all`, with the identity of what supersedes each: it may be another of the drafts."""
    with review.of_superseded(tx, now):
        _save_all(tx, drafts, now)  # a successor must be there before anything can point to it
        keys = {identity(document): document.key for document in all_documents(tx)}
        pointed = [
            replace(draft, superseded_by=keys[successor] if successor else None)
            for draft, successor in zip(drafts, successors, strict=True)
        ]
        _save_all(tx, pointed, now)


def differs(tx: Tx, draft: DocumentDraft, document: Document) -> bool:
    """Whether saving the draft would change the document."""
    columns = _columns(draft)
    if columns != _columns(document):
        return True
    return draft.file is not None and draft.file != file_of(tx, document.key)


def _save_all(tx: Tx, drafts: Sequence[DocumentDraft], now: datetime) -> list[int]:
    known = Identities({identity(document): document for document in all_documents(tx)})
    keys: list[int] = []
    changed = seen = renamed = False
    for draft in drafts:
        old = _same(known, draft)
        if old and draft.issued_on is None:
            draft = replace(draft, issued_on=old.issued_on)
        if old is None or differs(tx, draft, old):
            key = _write(tx, draft, old.key if old else None, now)
            known.put(identity(draft), _require(tx, key), was=identity(old) if old else None)
            changed = True
            renamed = renamed or old is None or _cited_by(old) != _cited_by(draft)
            seen = seen or draft.status != "draft" or (old is not None and old.status != "draft")
        else:
            key = old.key
        keys.append(key)
    relinked = renamed and relink(tx)
    if changed and (relinked or seen):
        touch(tx)
    return keys


def _cited_by(document: Document | DocumentDraft) -> tuple[object, ...]:
    """What a citation may name: while it stays, every entry stays with its document."""
    return document.number, document.kind, document.title, document.issuer, document.issued_on


def _same(known: Identities[Document], draft: DocumentDraft) -> Document | None:
    fitting = known.fitting(identity(draft))
    if len(fitting) > 1:
        raise InputError(staff.DATE_NEEDED.format(count=len(fitting)))
    return fitting[0] if fitting else None


def _write(tx: Tx, draft: DocumentDraft, key: int | None, now: datetime) -> int:
    columns = _columns(draft) | {"changed_at": stamp(now)}
    if key is None:
        names = ", ".join(columns)
        values = ", ".join(f":{name}" for name in columns)
        row = tx.row(f"INSERT INTO documents ({names}) VALUES ({values}) RETURNING key", **columns)  # noqa: S608
        assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
        key = int(row["key"])
    else:
        sets = ", ".join(f"{name} = :{name}" for name in columns)
        tx.run(f"UPDATE documents SET {sets} WHERE key = :key", key=key, **columns)  # noqa: S608
    if draft.status != "draft" and not draft.sample:
        tx.run(
            "UPDATE documents SET published_at = :now WHERE key = :key AND published_at IS NULL",
            key=key,
            now=stamp(now),
        )
    if draft.file:
        tx.run(
            """INSERT INTO document_files (document, name, media_type, content)
            VALUES (:key, :name, :media_type, :content)
            ON CONFLICT (document) DO UPDATE
            SET name = excluded.name, media_type = excluded.media_type, content = excluded.content""",
            key=key,
            name=draft.file.name,
            media_type=draft.file.media_type,
            content=draft.file.content,
        )
    return key


def _columns(document: Document | DocumentDraft) -> dict[str, Any]:
    return {
        "number": document.number or None,
        "kind": document.kind,
        "title": document.title,
        "issuer": document.issuer,
        "level": document.level,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "summary": document.summary,
        "address": document.address or None,
        "topics": "; ".join(document.topics),
        "status": document.status,
        "superseded_by": document.superseded_by,
        "sample": int(document.sample),
    }


def _document(row: Row) -> Document:
    values = {name: value for name, value in row.items() if name not in ("changed_at", "published_at")}
    return Document(
        **values
        | {
            "issued_on": day(row["issued_on"]),
            "topics": tuple(topic for topic in row["topics"].split("; ") if topic),
            "sample": bool(row["sample"]),
            "has_file": bool(row["has_file"]),
        }
    )


def _require(tx: Tx, key: int) -> Document:
    document = by_key(tx, key)
    if document is None:
        raise LookupError(f"document {key} has gone within its own transaction")
    return document
