"""Reads the evaluation data beside the project (../shared/eval); absent on most machines, so ask `present` first."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.candidates import Indexed
from knowledge.letters import clean, fold

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "eval"
SETS = ("dvc_rasa", "capphutho_faq", "edu_parent", "nodiacritics", "xiv_topic", "hoidap14_sub")
ALONE = ("xiv_topic", "hoidap14_sub", "twins")  # their entries stand without background.jsonl
MISSING = f"SKIPPED: the evaluation data is not at {FOLDER.parent.name}/{FOLDER.name} beside the project"


@dataclass(frozen=True, slots=True)
class Question:
    query: str
    expect: frozenset[str]
    forbidden: frozenset[str] = frozenset()
    kind: str = ""


def present() -> bool:
    return (FOLDER / "background.jsonl").is_file()


def records(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / path).read_text(encoding="utf-8").splitlines() if line]


def entries(name: str, *, multi: bool) -> list[Indexed]:
    """The knowledge base of a set; in single mode only the questions are indexed."""
    rows = records(f"{name}/entries.jsonl") + ([] if name in ALONE else records("background.jsonl"))
    return [
        Indexed(at, row["id"], row["question"], tuple(row["phrasings"]) if multi else (), row["answer"], None)
        for at, row in enumerate(rows, 1)
    ]


def questions(name: str) -> list[Question]:
    return [
        Question(row["query"], frozenset(row["expect"]), frozenset(row.get("not", ())))
        for row in records(f"{name}/queries.jsonl")
    ]


def negatives() -> list[Question]:
    return [Question(row["query"], frozenset(), kind=row["set"]) for row in records("negatives.jsonl")]


def without_accents(text: str) -> str:
    return fold(clean(text))
