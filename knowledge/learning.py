"""What people typed when they picked a suggestion: how they say it, for staff to accept as one more phrasing.

One slip must not reach staff, nor a wording that means something else. So picks are counted, by people, and a wording is
proposed when two have used it, or three have used wordings like it; and it must state nothing that the entry does not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.model import Tx
from knowledge import interest, proposals, question_log
from knowledge.bursts import Wording, about, bursts
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.numbers import Facts, facts
from knowledge.references import document_ref
from knowledge.wordings import kept, same

LONGEST = 150  # characters; longer is a story, not a way to ask
_FEWEST_WORDS = 2
_SAME, _ALIKE = 2, 3  # people from whom on a wording is worth reading


def pick(
    tx: Tx, entry: Entry, document: Document | None, text: str, mark: bytes, now: datetime, today: date
) -> None:
    """Somebody typed the text and then picked this entry; `mark` is theirs for that (question_log.subject_mark)."""
    text = kept(text)
    if not question_log.first_today(tx, mark, today):
        return
    interest.count_answered_after_all(tx, text, now)
    if not may_mean(text, entry, document):
        return
    tx.run(
        """INSERT INTO picks (entry, same, text, people, last_on) VALUES (:entry, :same, :text, 1, :today)
            ON CONFLICT (entry, same) DO UPDATE SET people = picks.people + 1, last_on = excluded.last_on""",
        entry=entry.key,
        same=same(text),
        text=text,
        today=today.isoformat(),
    )
    if wording := worth_proposing(picked(tx, entry.key), same(text)):
        proposal = proposals.propose_phrasing(tx, entry.key, wording.text, None, "picked", now)
        if proposal:
            proposals.set_times(tx, proposal.key, wording.people)


def picked(tx: Tx, entry: int) -> list[Wording]:
    """What people typed before they picked the entry, the most first."""
    rows = tx.rows(
        "SELECT text, same, people FROM picks WHERE entry = :entry ORDER BY people DESC, same", entry=entry
    )
    return [Wording(row["text"], row["same"], row["people"]) for row in rows]


def worth_proposing(wordings: list[Wording], newest: str) -> Wording | None:
    """The wording that has just been used, where enough people have used it; else the first of those like it, where
    together enough have."""
    [new] = [each for each in wordings if each.same == newest]
    if new.people >= _SAME:
        return new
    [around] = bursts([new])
    alike = about(around, wordings)
    people = sum(each.people for each in alike)
    return replace(alike[0], people=people) if people >= _ALIKE else None


def may_mean(text: str, entry: Entry, document: Document | None) -> bool:
    """Whether the wording names no document, congress or year that is not the entry's: accepted by oversight, it would
    make the entry answer for another document."""
    if len(text) > LONGEST or len(same(text).split()) < _FEWEST_WORDS:
        return False
    said = facts(text)
    asked = [facts(each) for each in (entry.question, *entry.phrasings)]
    told = [*asked, facts(entry.answer), facts(entry.detail)]
    return (
        _documents_agree(said, asked, document)
        and said.terms <= frozenset().union(*(each.terms for each in told))
        and said.years <= frozenset().union(*(each.years for each in told))
    )


def forget_before(tx: Tx, day: date) -> None:
    tx.run("DELETE FROM picks WHERE last_on < :day", day=day.isoformat())


def _documents_agree(said: Facts, asked: list[Facts], document: Document | None) -> bool:
    cited = document and document_ref(document.number, document.kind, document.issued_on, document.issuer)
    known = [*(ref for each in asked for ref in each.references), *([cited] if cited else [])]
    return all(any(not ref.conflicts(one) for one in known) for ref in said.references)
