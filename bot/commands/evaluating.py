"""`hoidap evaluate`: the department's own file of questions against what the database answers now."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from bot.audience import department
from bot.storage.base import Database
from bot.texts import evaluating as texts
from bot.texts import staff
from bot.texts.numbers import decimal
from handlers.context import thresholds_of
from knowledge import entries, evaluation
from knowledge.evaluation import Evaluation
from knowledge.exchange import questions
from knowledge.library import Library

SHOWN = 20  # of the worst


async def evaluate(db: Database, arguments: Namespace) -> int:
    """Figures and the worst misses; with --json one document, with --rows also what became of each question."""
    asked = await asyncio.to_thread(questions.read, arguments.file)
    library = Library(db)
    await library.refresh()
    thresholds = thresholds_of(await db.read(department.load))
    known = {entry.id for entry in await db.read(entries.answerable)}
    if unknown := sorted({id for question in asked for id in question.expect} - known):
        print(staff.EXPECTED_UNKNOWN.format(ids=", ".join(unknown)), file=sys.stderr)
    measured = await asyncio.to_thread(evaluation.evaluate, library.index, asked, thresholds)
    rows = [row.as_json() for row in measured.rows] if arguments.rows else []
    if arguments.json:
        document: dict[str, Any] = measured.figures() | {"confusions": measured.confusions(SHOWN)}
        print(json.dumps(document | ({"rows": rows} if arguments.rows else {}), ensure_ascii=False))
        return 0
    print("\n".join(_in_words(measured)))
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    return 0


def _in_words(measured: Evaluation) -> Iterator[str]:
    figures = measured.figures()
    inside, outside = figures["questions"], figures["negatives"]
    yield texts.ASKED.format(count=inside + outside, inside=inside, outside=outside)
    if inside:
        yield texts.FOUND.format(**{name: _percent(figures[name]) for name in ("top1", "top3", "top5")})
        yield texts.DIRECT.format(
            direct=figures["direct"],
            share=_percent(figures["direct_share"]),
            right=figures["direct_right"],
            wrong=figures["direct_wrong"],
        )
        yield texts.SUGGESTED.format(count=figures["suggested"])
    if outside:
        yield texts.OUTSIDE.format(answered=figures["negatives_answered"], outside=outside)
    if figures["small_talk"] or figures["sensitive"]:
        yield texts.OTHERS.format(small_talk=figures["small_talk"], sensitive=figures["sensitive"])
    worst = measured.confusions(len(measured.rows))
    yield f"\n{texts.WORST if worst else texts.NONE}"
    for at, miss in enumerate(worst[:SHOWN], 1):
        yield from _miss(at, miss)
    if len(worst) > SHOWN:
        yield texts.MORE.format(count=len(worst) - SHOWN)
    if worst:
        yield f"\n{texts.WHY}"


def _miss(at: int, miss: Mapping[str, Any]) -> Iterator[str]:
    what = texts.LATE.format(rank=miss["rank"]) if miss["rank"] else texts.LOST
    yield texts.QUERY.format(at=at, what=texts.WRONG if miss["wrong"] else what, query=miss["query"])
    if miss["got"]:
        score = decimal(miss["score"], 2)
        yield texts.GOT.format(question=miss["got_question"], id=miss["got"], score=score)
    yield texts.EXPECTED.format(ids=", ".join(miss["expect"])) if miss["expect"] else texts.OUT_OF_SCOPE


def _percent(share: float) -> str:
    return f"{decimal(share * 100)} %"
