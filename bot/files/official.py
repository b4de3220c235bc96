"""A report as an office sends it, before it becomes a file: who, to whom, about what, and its text. Frozen, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Form = Literal["party", "state"]  # Hướng dẫn 36-HD/VPTW (2018), or Nghị định 30/2020/NĐ-CP
Style = Literal["heading", "heading2", "text", "note", "quote", "blank"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """
    superior  the office above, "" where none is to be named
    symbol    what follows the kind in the number: "BTGDVTU"
    place     before the date
    signer    who signs, as it stands above the name: "TRƯỞNG BAN"
    """

    form: Form
    organisation: str
    superior: str
    symbol: str
    place: str
    day: date
    signer: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A "blank" one is a dotted line to write on."""

    text: str
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first column holds words, the others numbers. `weights` are the widths of its columns, in parts."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in per cent, drawn when the file is made."""

    bars: tuple[tuple[str, int], ...]
    says: str


Block = Paragraph | Grid | Chart


@dataclass(frozen=True, slots=True)
class Paper:
    head: Letterhead
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
