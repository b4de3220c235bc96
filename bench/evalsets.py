"""Reads the evaluation data beside the project (../shared/eval); absent on most machines, so ask `present` first."""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.candidates import Indexed
from knowledge.normalise import clean, fold

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


def with_a_slip(text: str, rng: random.Random) -> str | None:
    """One letter dropped, doubled, swapped or mistyped in one word of five letters or more; None where there is none."""
    said = text.split()
    long = [at for at, word in enumerate(said) if sum(map(str.isalpha, word)) >= 5]
    if not long:
        return None
    at = rng.choice(long)
    word = said[at]
    place = rng.randrange(len(word) - 1)
    said[at] = rng.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + rng.choice("abcdeghiklmnopqrstuvxy") + word[place + 1 :],
        ]
    )
    return " ".join(said)
