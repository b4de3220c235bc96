"""Rows of a file that mean the same question or the same document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.exchange.plan import Given
from bot.files.tables import Notice
from bot.texts import staff
from knowledge.exchange import document_plan
from knowledge.identities import Identities
from knowledge.normalise import clean


def repeated_entries(rows: Sequence[Given]) -> list[Notice]:
    """Ids and questions that stand in the file twice."""
    ids: dict[str, Given] = {}
    questions: dict[str, Given] = {}
    notices: list[Notice] = []
    for row in rows:
        if id := row.values.get("id"):
            if id in ids:
                text = staff.ID_TWICE.format(id=id, place=ids[id].line.place("id"))
                notices.append(Notice(row.line.place("id"), text, serious=True))
            ids.setdefault(id, row)
        if question := clean(row.values.get("question") or ""):
            first = questions.setdefault(question, row)
            if first is not row:
                notices.append(_question_twice(row, first))
    return notices


def _question_twice(row: Given, first: Given) -> Notice:
    told_apart = bool(row.values.get("id") and first.values.get("id"))
    text = staff.QUESTION_TWICE if told_apart else staff.QUESTION_AND_ID_TWICE
    place = first.line.place("question")
    return Notice(row.line.place("question"), text.format(place=place), serious=not told_apart)


def repeated_documents(rows: Sequence[Given]) -> list[Notice]:
    seen: Identities[Given] = Identities({})
    notices: list[Notice] = []
    for row in rows:
        if not _complete(row.values):
            continue
        own = document_plan.identity(row.values)
        if fitting := seen.fitting(own):
            same_day = document_plan.identity(fitting[0].values) == own
            text = staff.DOCUMENT_TWICE if same_day else staff.DOCUMENT_TWICE_WITHOUT_DATE
            place = fitting[0].line.place()
            notices.append(Notice(row.line.place(), text.format(place=place), serious=True))
        else:
            seen.put(own, row)
    return notices


def _complete(given: Mapping[str, Any]) -> bool:
    return bool(given.get("title") and given.get("issuer"))
