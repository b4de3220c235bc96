"""Questions and documents out into the forms that import reads; importing what was exported changes nothing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from bot.errors import InputError, UsageError
from bot.files import sheets
from bot.files.tables import Value
from bot.model import Tx
from bot.texts import staff
from knowledge import documents, entries
from knowledge.citations import Citable, reference
from knowledge.documents import Document
from knowledge.entries import EntryDraft
from knowledge.exchange import examples
from knowledge.exchange.forms import DOCUMENT_STATUSES, ENTRIES, ENTRY_STATUSES, FORMS, YES, Form
from knowledge.normalise import clean, fold

FORMATS = (".xlsx", ".csv", ".jsonl")


@dataclass(frozen=True, slots=True)
class _Item:
    """One row: by field name in the types of .jsonl; dates are still dates."""

    values: Mapping[str, Any]


def export(tx: Tx, kind: str, path: Path) -> int:
    """Write everything of a kind, drafts and archived ones too; the number of rows.

    The format is the suffix of `path`. Files of documents go to a folder beside it ("van-ban-tep/"). Reads only, so it
    may run on a read-only connection. Raises UsageError: unknown kind or format; InputError: the disk refused.
    """
    form = _form(kind)
    _check_format(path)  # before any file of a document is written
    items = _entries(tx) if form is ENTRIES else _documents(tx, path)
    _write(path, form, items, guidance=())
    return len(items)


def template(kind: str, path: Path) -> None:
    """An empty form: headings, example rows that import leaves out, and how to fill it in. Raises InputError."""
    form = _form(kind)
    _write(path, form, [_Item(row) for row in examples.ROWS[kind]], guidance=_guidance(kind))


def _check_format(path: Path) -> None:
    if path.suffix.lower() not in FORMATS:
        raise UsageError(staff.FORMAT_UNWRITABLE.format(name=path.name))


def _form(kind: str) -> Form:
    if kind not in FORMS:
        raise UsageError(staff.KIND_OF_EXPORT_UNKNOWN.format(kind=kind, known=", ".join(FORMS)))
    return FORMS[kind]


def _guidance(kind: str) -> Sequence[str]:
    return (*staff.GUIDANCE, *staff.GUIDANCE_OF_KIND[kind])


def _entries(tx: Tx) -> list[_Item]:
    return [_Item(_of_entry(entries.as_draft(entry))) for entry in entries.all_entries(tx)]


def _of_entry(draft: EntryDraft) -> dict[str, Any]:
    values = entries.record(draft)
    return values | {"cites": values["document"], "review_by": draft.review_by}


def _documents(tx: Tx, path: Path) -> list[_Item]:
    everything = documents.all_documents(tx)
    by_key = {document.key: document for document in everything}
    taken: set[str] = set()
    items: list[_Item] = []
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
            "superseded_by": _reference(successor) if successor else None,
            "sample": document.sample,
        }
        items.append(_Item(values))
    return items


def _reference(document: Document) -> str:
    return reference(
        Citable(
            document.key,
            document.number,
            document.kind,
            document.title,
            document.issuer,
            document.issued_on,
        )
    )


def _file(tx: Tx, document: Document, path: Path, taken: set[str]) -> str | None:
    """Write a document's file beside the export; its path from there, with "/" on every system."""
    file = documents.file_of(tx, document.key)
    if file is None:
        return None
    slug = (
        "-".join(re.findall(r"[a-z0-9]+", fold(clean(document.number or document.title))))[:60] or "van-ban"
    )
    folder = slug
    while folder in taken:  # numbers start again each term
        folder = f"{slug}-{len(taken)}"
    taken.add(folder)
    place = PurePosixPath(f"{path.stem}-tep", folder, PurePosixPath(file.name).name)
    target = path.parent / place
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    except OSError as error:
        raise InputError(staff.FILE_UNWRITABLE.format(name=target.name, reason=error.strerror)) from error
    return str(place)


def _write(path: Path, form: Form, items: Sequence[_Item], guidance: Sequence[str]) -> None:
    if path.suffix.lower() == ".jsonl":
        _write_jsonl(path, form, items)
        return
    columns = [sheets.Column(field.heading, field.width, field.choices) for field in form.fields]
    rows = [[_cell(form, field.name, item.values[field.name]) for field in form.fields] for item in items]
    sheets.write(path, form.sheet, columns, rows, guidance)


def _cell(form: Form, name: str, value: Any) -> Value:
    if name == "status":
        words = ENTRY_STATUSES if form is ENTRIES else DOCUMENT_STATUSES
        return words[value]
    match value:
        case None | False:
            return ""
        case True:
            return YES
        case date():
            return value
        case list():
            return ("; " if name == "topics" else "\n").join(value)
        case _:
            return str(value)


def _write_jsonl(path: Path, form: Form, items: Iterable[_Item]) -> None:
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for item in items:
                record = {field.key: _json(item.values[field.name]) for field in form.fields}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(staff.FILE_UNWRITABLE.format(name=path.name, reason=error.strerror)) from error


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
