"""What an import is going to do, worked out against the database before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.exchange.lines import Line
from bot.files.tables import Notice
from bot.model import Tx


@dataclass(frozen=True, slots=True)
class Given:
    """A line of a file with its values read; a field that the file does not have is absent."""

    line: Line
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    added: int
    changed: int
    unchanged: int
    notices: tuple[Notice, ...]
    write: Callable[[Tx, datetime], object]
