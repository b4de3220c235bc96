"""Which report a picture is of, as the ticket in its address says it, and what it shows. Frozen, no I/O."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

FOLDER = "bao-cao"


@dataclass(frozen=True, slots=True)
class Order:
    """From `first` to `last`; of a unit with what is below it (None: of all), or of the talks of one member alone."""

    first: date
    last: date
    unit: int | None = None
    author: int | None = None

    def as_text(self) -> str:
        return json.dumps([self.first.isoformat(), self.last.isoformat(), self.unit, self.author])

    @classmethod
    def from_text(cls, text: str) -> Order:
        """What `as_text` gave."""
        first, last, unit, author = json.loads(text)
        return cls(date.fromisoformat(first), date.fromisoformat(last), unit, author)


@dataclass(frozen=True, slots=True)
class Drawn:
    title: str
    sums: tuple[tuple[str, str], ...]
    bars: tuple[tuple[str, int], ...]
    heading: str
    note: str
