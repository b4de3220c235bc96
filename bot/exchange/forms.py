"""The forms in which staff keep what they hand in as a file: what the columns are called, in a sheet and in .jsonl.

Import reads the kind of a file from its headings; export writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

EXAMPLE = "VÍ DỤ"  # what an example row of a template begins with

_NUMBERING = frozenset(("stt", "tt", "so thu tu", "no"))  # columns that everybody has and nobody misses


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `name` is the attribute of the draft, `key` its name in .jsonl.

    aliases   further headings, folded ("cau tra loi")
    several   may be spread over numbered columns ("Cách hỏi khác 1", "Cách hỏi khác 2")
    listed    may be a list in .jsonl
    of_object  the words for a JSON object in its place, where that may stand there; None for an object that may not
    lines     line breaks mean something
    longest   characters; a cell of Excel holds 32,767
    """

    name: str
    key: str
    heading: str
    aliases: tuple[str, ...] = ()
    width: int = 20
    longest: int = 300
    choices: tuple[str, ...] = ()
    several: bool = False
    listed: bool = False
    lines: bool = False
    of_object: Callable[[dict[str, Any]], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """`needed` are the fields without which a header row is not of this form; `first` is the one in which an example row
    says that it is one."""

    kind: str
    sheet: str
    fields: tuple[Field, ...]
    needed: tuple[str, ...]
    first: str

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Headings:
    """A header row understood: field name to the positions of its columns, and what was not understood."""

    form: Form
    columns: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        return tuple(self.form.field(name) for name in self.form.needed if name not in self.columns)


@lru_cache(maxsize=256)  # each line of a .jsonl file has headings of its own, mostly the same
def understood(cells: tuple[str, ...], forms: tuple[Form, ...]) -> Headings | None:
    """The row as a header row of the form that it fits best; None where it looks like none at all.

    A row that has some columns of a form but lacks needed ones is returned too: see `missing`.
    """
    best = max((_against(form, cells) for form in forms), key=_closeness)
    return best if len(best.columns) >= 2 and len(best.missing) < len(best.form.needed) else None


def folded(heading: str) -> str:
    """ "Điều/mục (*)" becomes "dieu muc"."""
    letters = unicodedata.normalize("NFD", heading.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def _against(form: Form, cells: tuple[str, ...]) -> Headings:
    names = {
        folded(name): field
        for field in form.fields
        for name in (field.heading, field.key, field.name, *field.aliases)
    }
    columns: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    twice: list[str] = []
    for at, cell in enumerate(cells):
        heading = folded(cell)
        field = names.get(heading) or names.get(heading.rstrip("0123456789 "))
        if field is None or (heading not in names and not field.several):
            if heading and heading not in _NUMBERING:
                unknown.append(cell)
        elif field.name in columns and not field.several:
            twice.append(cell)
        else:
            columns[field.name] = (*columns.get(field.name, ()), at)
    return Headings(form, columns, tuple(unknown), tuple(twice))


def _closeness(headings: Headings) -> tuple[int, int]:
    return -len(headings.missing), len(headings.columns)
