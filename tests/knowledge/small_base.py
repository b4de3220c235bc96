"""The small knowledge base of regression.jsonl, for every test that needs an index."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.matcher import Cited, Index, Indexed

_FILE = Path(__file__).with_name("regression.jsonl")


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def entries() -> list[Indexed]:
    cited = {(each.number, each.issued_on): each for each in documents()}
    found = []
    for at, line in enumerate((line for line in lines() if "question" in line), 1):
        named = line.get("document")
        document = cited[named["number"], date.fromisoformat(named["issued_on"])] if named else None
        found.append(
            Indexed(at, line["id"], line["question"], tuple(line["phrasings"]), line["answer"], document)
        )
    return found


def documents() -> list[Cited]:
    named = sorted(
        {
            (line["document"]["number"], line["document"]["issued_on"])
            for line in lines()
            if line.get("document")
        }
    )
    return [
        Cited(at, number, "Nghị quyết", "", "Bộ Chính trị", date.fromisoformat(issued))
        for at, (number, issued) in enumerate(named, 1)
    ]


def index() -> Index:
    return Index.build(entries(), documents())
