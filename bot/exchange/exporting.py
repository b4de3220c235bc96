"""Out into the form that import reads; importing what was exported changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import InputError, UsageError
from bot.exchange.forms import Form
from bot.exchange.kinds import Item, Kind
from bot.files import sheets
from bot.model import Tx
from bot.texts import staff

FORMATS = (".xlsx", ".csv", ".jsonl")


def export(tx: Tx, kind: Kind, path: Path) -> int:
    """Write everything of a kind; the number of rows. Reads only, so it may run on a read-only connection.

    The format is the suffix of `path`. Raises UsageError: unknown format; InputError: the disk refused.
    """
    _check_format(path)  # before any file that goes beside it is written
    items = kind.items(tx, path)
    _write(path, kind, items, guidance=())
    return len(items)


def template(kind: Kind, path: Path) -> None:
    """An empty form: headings, example rows that import leaves out, and how to fill it in. Raises InputError."""
    guidance = (*staff.GUIDANCE, *staff.GUIDANCE_OF_KIND[kind.form.kind])
    _write(path, kind, kind.examples, guidance=guidance)


def _check_format(path: Path) -> None:
    if path.suffix.lower() not in FORMATS:
        raise UsageError(staff.FORMAT_UNWRITABLE.format(name=path.name))


def _write(path: Path, kind: Kind, items: Sequence[Item], guidance: Sequence[str]) -> None:
    form = kind.form
    if path.suffix.lower() == ".jsonl":
        _write_jsonl(path, form, items)
        return
    columns = [sheets.Column(field.heading, field.width, field.choices) for field in form.fields]
    rows = [[kind.cell(field.name, item[field.name]) for field in form.fields] for item in items]
    sheets.write(path, form.sheet, columns, rows, guidance)


def _write_jsonl(path: Path, form: Form, items: Iterable[Item]) -> None:
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for item in items:
                record = {field.key: _json(item[field.name]) for field in form.fields}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(staff.FILE_UNWRITABLE.format(name=path.name, reason=error.strerror)) from error


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
