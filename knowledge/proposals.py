"""What is proposed for the knowledge base: a draft entry, or one more way to ask an existing one.

Nothing proposed answers anybody before it is accepted; where four eyes are on, never by its author.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from bot.clock import hour
from bot.model import Tx
from bot.storage.base import Row
from knowledge import entries, entry_ids
from knowledge.entries import EntryDraft
from knowledge.wordings import kept, same

Kind = Literal["entry", "phrasing"]
State = Literal["waiting", "accepted", "rejected"]
Source = Literal["inquiry", "member", "picked"]
Obstacle = Literal["decided", "own", "archived", "not published"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """entry   the draft that is proposed, or the entry that would get the phrasing
    text    the question of the draft, or the phrasing
    author  the member of staff who wrote it; None: nobody of ours (a suggestion that people picked)
    times   how often the same phrasing was proposed
    """

    key: int
    kind: Kind
    entry: int
    text: str
    author: int | None
    source: Source
    times: int
    state: State
    decided_by: int | None


def propose_entry(
    tx: Tx, question: str, answer: str, author: int | None, source: Source, now: datetime
) -> Proposal:
    """A new draft entry, which waits for an approver. The question is masked: people's own words may be in it."""
    question = kept(question)
    taken = {row["id"] for row in tx.rows("SELECT id FROM entries")}
    draft = EntryDraft(entry_ids.made(question, taken), question, answer.strip(), status="draft")
    return _insert(tx, "entry", entries.save(tx, draft, now), question, author, source, now)


def propose_phrasing(
    tx: Tx, entry: int, text: str, author: int | None, source: Source, now: datetime
) -> Proposal | None:
    """One more wording of an entry's question; None where it is known there already, or has been rejected.

    Proposed again while it waits, it is counted. Raises LookupError where there is no such entry.
    """
    text = kept(text)
    target = entries.by_key(tx, entry)
    if target is None:
        raise LookupError(f"no entry has the key {entry}")
    if same(text) in {same(each) for each in (target.question, *target.phrasings)}:
        return None
    tx.run(
        """UPDATE proposals SET times = times + 1
            WHERE entry = :entry AND same = :same AND kind = 'phrasing' AND state = 'waiting'""",
        entry=entry,
        same=same(text),
    )
    before = _one(tx, "entry = :entry AND same = :same AND kind = 'phrasing'", entry=entry, same=same(text))
    if before is None or before.state == "accepted":  # accepted, and taken out of the entry since
        return _insert(tx, "phrasing", entry, text, author, source, now)
    return before if before.state == "waiting" else None


def set_times(tx: Tx, key: int, times: int) -> None:
    """How many people have used a wording, where that is counted elsewhere; it ranks what waits."""
    tx.run("UPDATE proposals SET times = :times WHERE key = :key AND times < :times", key=key, times=times)


def by_key(tx: Tx, key: int) -> Proposal | None:
    return _one(tx, "key = :key", key=key)


def waiting(tx: Tx, limit: int = 100) -> list[Proposal]:
    """What nobody has decided, the most wanted first."""
    return _many(tx, "state = 'waiting' ORDER BY times DESC, key LIMIT :limit", limit=limit)


def count_waiting(tx: Tx) -> int:
    return int(tx.rows("SELECT count(*) AS waiting FROM proposals WHERE state = 'waiting'")[0]["waiting"])


def obstacle(tx: Tx, proposal: Proposal, by: int, *, four_eyes: bool) -> Obstacle | None:
    """Why this member may not accept it, or it cannot be accepted; None when nothing is in the way."""
    if proposal.state != "waiting":
        return "decided"
    if four_eyes and proposal.author == by:
        return "own"
    entry = entries.by_key(tx, proposal.entry)
    if entry is None or entry.status == "archived":
        return "archived"
    return "not published" if proposal.kind == "phrasing" and entry.status == "draft" else None


def accept(tx: Tx, key: int, by: int, now: datetime) -> None:
    """Publish the draft, or add the phrasing. Raises LookupError when somebody has just decided otherwise.

    Whoever calls has asked `obstacle` first.
    """
    proposal = _decide(tx, key, "accepted", by, now)
    if proposal.kind == "entry":
        entries.set_status(tx, proposal.entry, "published", now)
        return
    entry = entries.by_key(tx, proposal.entry)
    if entry is None or entry.status not in entries.ANSWERABLE:
        raise LookupError(f"entry {proposal.entry} answers nobody any more")
    draft = entries.as_draft(entry)
    entries.save(tx, replace(draft, phrasings=(*draft.phrasings, proposal.text)), now)


def reject(tx: Tx, key: int, by: int, now: datetime) -> None:
    """A rejected draft is archived, a rejected phrasing is not proposed again. Raises LookupError as `accept` does."""
    proposal = _decide(tx, key, "rejected", by, now)
    if proposal.kind == "entry":
        entries.set_status(tx, proposal.entry, "archived", now)


def _decide(tx: Tx, key: int, state: State, by: int, now: datetime) -> Proposal:
    decided = tx.run(
        """UPDATE proposals SET state = :state, decided_by = :by, decided_in = :now
            WHERE key = :key AND state = 'waiting'""",
        key=key,
        state=state,
        by=by,
        now=hour(now),
    )
    proposal = by_key(tx, key)
    if not decided or proposal is None:
        raise LookupError("the proposal has been decided in the meantime")
    return proposal


def _insert(
    tx: Tx, kind: Kind, entry: int, text: str, author: int | None, source: Source, now: datetime
) -> Proposal:
    row = tx.row(
        """INSERT INTO proposals (kind, entry, text, same, author, source, proposed_in)
            VALUES (:kind, :entry, :text, :same, :author, :source, :now) RETURNING key""",
        kind=kind,
        entry=entry,
        text=text,
        same=same(text),
        author=author,
        source=source,
        now=hour(now),
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    return Proposal(int(row["key"]), kind, entry, text, author, source, 1, "waiting", None)


def _one(tx: Tx, where: str, **values: Any) -> Proposal | None:
    found = _many(tx, f"{where} ORDER BY key DESC LIMIT 1", **values)
    return found[0] if found else None


def _many(tx: Tx, where: str, **values: Any) -> list[Proposal]:
    columns = "key, kind, entry, text, author, source, times, state, decided_by"
    return [
        _proposal(row)
        for row in tx.rows(f"SELECT {columns} FROM proposals WHERE {where}", **values)  # noqa: S608
    ]


def _proposal(row: Row) -> Proposal:
    return Proposal(**row)
