"""Our own questions over the starter knowledge, typed as people type: fails when the matcher gets worse.

`kind` tells how a question was typed, or that it must not be answered: "near miss" reads like an entry and asks something
else, "outside" is about something else altogether.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.storage.sqlite import SqliteDatabase
from knowledge import starting
from knowledge.answering import Finding, find
from knowledge.library import Library
from knowledge.matcher import Index

FIXTURES = Path(__file__).parent / "fixtures"
FLOORS = {  # of each kind: how many must find their entry first, and how many must be answered
    "short": (16, 14),
    "plain": (16, 10),
    "chat": (16, 9),
    "raw typing": (12, 10),
    "slip": (11, 6),
    "formal": (11, 6),
    "own words": (10, 4),
    "": (186, 126),  # starter_questions.jsonl
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], Finding]]:
    index = asyncio.run(_index(tmp_path_factory.mktemp("starter") / "hoidap.db"))
    lines = [
        json.loads(line)
        for name in ("starter_variants.jsonl", "starter_questions.jsonl")
        for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    ]
    return [(line, find(line["query"], index)) for line in lines]


async def _index(path: Path) -> Index:
    db = SqliteDatabase.open(path)
    await db.run(starting.load_if_empty, starting.read(), datetime(2026, 11, 23, tzinfo=UTC))
    library = Library(db)
    await library.refresh()
    await db.close()
    return library.index


def test_nothing_is_answered_wrongly(findings: list[tuple[dict[str, Any], Finding]]) -> None:
    wrong = [
        (line["query"], finding.entry.id)
        for line, finding in findings
        if finding.entry and finding.entry.id not in line["expect"]
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", FLOORS)
def test_questions_of_every_kind_find_their_entry(
    findings: list[tuple[dict[str, Any], Finding]], kind: str
) -> None:
    first: Counter[bool] = Counter()
    answered = 0
    missed = []
    for line, finding in findings:
        if line["expect"] and line.get("kind", "") == kind:
            found = bool(finding.ranked) and finding.ranked[0].id in line["expect"]
            first[found] += 1
            answered += finding.entry is not None
            missed += [] if found else [line["query"]]
    assert first[True] >= FLOORS[kind][0], missed
    assert answered >= FLOORS[kind][1]


def test_the_questions_are_many_and_varied() -> None:
    lines = [
        json.loads(line)
        for line in (FIXTURES / "starter_variants.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    kinds = Counter(line["kind"] for line in lines)
    assert set(kinds) == {*FLOORS, "near miss", "outside"} - {""}
    assert min(kinds.values()) >= 10
    assert kinds["near miss"] >= 40
    assert len({line["query"] for line in lines}) == len(lines)
