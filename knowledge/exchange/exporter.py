"""Questions and documents as the rows of a file."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Any

from bot.errors import InputError
from bot.exchange.kinds import Item
from bot.files.tables import Value
from bot.model import Tx
from bot.texts import staff
from knowledge import documents, entries
from knowledge.citations import reference
from knowledge.documents import Document
from knowledge.entries import EntryDraft
from knowledge.exchange.forms import DOCUMENT_STATUSES, ENTRY_STATUSES
from knowledge.normalise import clean, fold


def of_entries(tx: Tx, path: Path) -> list[Item]:  # noqa: ARG001 - entries have no files
    return [_of_entry(entries.as_draft(entry)) for entry in entries.all_entries(tx)]


def _of_entry(draft: EntryDraft) -> dict[str, Any]:
    values = entries.record(draft)
    return values | {"cites": values["document"], "review_by": draft.review_by}


def of_documents(tx: Tx, path: Path) -> list[Item]:
    """Their files go to a folder beside `path` ("van-ban-tep/")."""
    everything = documents.all_documents(tx)
    by_key = {document.key: document for document in everything}
    taken: set[str] = set()
    items: list[Item] = []
    for document in everything:
        successor = by_key.get(document.superseded_by or 0)
        values = {
            "number": document.number,
            "kind": document.kind,
            "title": document.title,
            "issuer": document.issuer,
            "level": document.level,
            "issued_on": document.issued_on,
            "address": document.address,
            "file": _file(tx, document, path, taken) if document.has_file else None,
            "summary": document.summary,
            "topics": list(document.topics),
            "status": document.status,
            "superseded_by": reference(successor) if successor else None,
            "sample": document.sample,
        }
        items.append(values)
    return items


def _file(tx: Tx, document: Document, path: Path, taken: set[str]) -> str | None:
    """Write a document's file beside the export; its path from there, with "/" on every system."""
    file = documents.file_of(tx, document.key)
    if file is None:
        return None
    slug = (
        "-".join(re.findall(r"[a-z0-9]+", fold(clean(document.number or document.title))))[:60] or "van-ban"
    )
    names = chain((slug,), (f"{slug}-{number}" for number in count(2)))
    folder = next(name for name in names if name not in taken)  # numbers start again each term
    taken.add(folder)
    place = PurePosixPath(f"{path.stem}-tep", folder, PurePosixPath(file.name).name)
    target = path.parent / place
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    except OSError as error:
        raise InputError(staff.FILE_UNWRITABLE.format(name=target.name, reason=error.strerror)) from error
    return str(place)


def entry_cell(name: str, value: Any) -> Value:
    return ENTRY_STATUSES[value] if name == "status" else _cell(name, value)


def document_cell(name: str, value: Any) -> Value:
    return DOCUMENT_STATUSES[value] if name == "status" else _cell(name, value)


def _cell(name: str, value: Any) -> Value:
    match value:
        case None | False:
            return ""
        case True:
            return staff.YES
        case date():
            return value
        case list():
            return ("; " if name == "topics" else "\n").join(value)
        case _:
            return str(value)
