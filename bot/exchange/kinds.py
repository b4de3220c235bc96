"""What a kind of thing brings along, so that it can be handed in and taken out as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.exchange.forms import Form
from bot.exchange.plan import Given, Plan
from bot.exchange.values import Parser
from bot.files.tables import Notice, Value
from bot.model import Tx

Item = Mapping[str, Any]  # one row by field name, in the types of .jsonl; dates are still dates


class Planner(Protocol):
    def __call__(self, tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """parsers   what reads a field that is not plain text
    repeated  what stands in the file twice
    plan      the rows against what is there
    items     everything that is there; `path` is where it is written, for files that go beside it
    cell      a field's value as it stands in a sheet
    examples  the rows of a template
    """

    form: Form
    parsers: Mapping[str, Parser]
    repeated: Callable[[Sequence[Given]], Sequence[Notice]]
    plan: Planner
    items: Callable[[Tx, Path], Sequence[Item]]
    cell: Callable[[str, Any], Value]
    examples: Sequence[Item]
