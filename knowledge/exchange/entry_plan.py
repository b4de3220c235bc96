"""An import of entries against those that are there: which is which, what changes, what each cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.exchange.plan import Given, Plan
from bot.files.tables import Notice
from bot.model import Tx
from bot.texts import staff
from knowledge import entries, entry_ids
from knowledge.citations import Citations, all_citable
from knowledge.entries import Entry, EntryDraft
from knowledge.normalise import clean


def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:
    known = {entry.id: entry for entry in entries.all_entries(tx)}
    drafts = [
        _draft(row, id, known.get(id), publish=publish)
        for row, id in zip(rows, _ids(rows, known), strict=True)
    ]
    added = sum(draft.id not in known for draft in drafts)
    unchanged = sum(draft.id in known and entries.as_draft(known[draft.id]) == draft for draft in drafts)
    return Plan(
        added,
        len(drafts) - added - unchanged,
        unchanged,
        tuple(_doubts(tx, rows, drafts)),
        lambda tx, now: entries.save_all(tx, drafts, now),
    )


def _draft(row: Given, id: str, old: Entry | None, *, publish: bool) -> EntryDraft:
    given = {name: value for name, value in row.values.items() if name not in ("id", "status")}
    base = entries.as_draft(old) if old else EntryDraft(id, question="", answer="")
    status = row.values.get("status") or base.status
    if publish and status in ("draft", "sample"):
        status = "published"
    return replace(base, **given, status=status)


def _ids(rows: Sequence[Given], known: Mapping[str, Entry]) -> Iterator[str]:
    """The id of each row. Without one, the entry with the same question is meant, else the id is made of the question."""
    taken = {row.values["id"] for row in rows if row.values.get("id")}
    by_question: dict[str, list[str]] = defaultdict(list)
    for entry in known.values():
        by_question[clean(entry.question)].append(entry.id)
    for row in rows:
        id = row.values.get("id")
        if not id:
            question = row.values.get("question") or ""
            same = (one for one in by_question[clean(question)] if one not in taken)
            id = next(same, None) or entry_ids.made(question, taken | known.keys())
            taken.add(id)
        yield id


def _doubts(tx: Tx, rows: Sequence[Given], drafts: Sequence[EntryDraft]) -> Iterator[Notice]:
    citations = Citations(all_citable(tx))
    awaited: dict[str, list[Given]] = defaultdict(list)
    for row, draft in zip(rows, drafts, strict=True):
        if not draft.cites:
            if not draft.source:
                yield Notice(row.line.place("cites" if "cites" in row.values else ""), staff.NO_SOURCE)
            continue
        fitting = citations.fitting(draft.cites)
        if not fitting:
            awaited[draft.cites].append(row)
        elif len(fitting) > 1:
            text = staff.CITES_SEVERAL.format(text=draft.cites, count=len(fitting))
            yield Notice(row.line.place("cites"), text)
    for text, waiting in awaited.items():  # many rows wait for the same document: told once
        more = staff.AND_MORE_CELLS.format(count=len(waiting) - 1) if len(waiting) > 1 else ""
        yield Notice(waiting[0].line.place("cites") + more, staff.CITES_NOTHING.format(text=text))
