"""The word tables of the matcher (knowledge/data/*.json), read once and kept."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Any:
    """The parsed content of knowledge/data/<name>.json; the same object each time, so never change it."""
    return json.loads((files("knowledge") / "data" / f"{name}.json").read_text(encoding="utf-8"))
