"""The starter knowledge: questions and answers written by the project, loaded into an empty database.

They answer at once, marked as samples, until the department publishes them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.exchange import importing
from bot.exchange.importing import Parsed
from bot.model import Tx
from knowledge.exchange.kinds import KINDS

_SAMPLE: dict[str, dict[str, Any]] = {
    "entries": {"status": "sample"},
    "documents": {"status": "in force", "sample": True},
}
FOLDER = Path(__file__).parent / "starter"


def read() -> tuple[Parsed, ...]:
    """Documents first: entries cite them."""
    return tuple(importing.read(FOLDER / name, KINDS) for name in ("documents.jsonl", "entries.jsonl"))


def load_if_empty(tx: Tx, parsed: tuple[Parsed, ...], now: datetime) -> int:
    """Load into a database without any knowledge; how many rows were added."""
    if tx.row("SELECT 1 FROM entries LIMIT 1") or tx.row("SELECT 1 FROM documents LIMIT 1"):
        return 0
    return sum(importing.apply(tx, _as_sample(part), publish=False, now=now).added for part in parsed)


def _as_sample(parsed: Parsed) -> Parsed:
    status = _SAMPLE[parsed.kind]
    return replace(parsed, rows=tuple(replace(row, values={**row.values, **status}) for row in parsed.rows))
