"""What is proposed answers nobody until it is accepted, and is accepted by somebody else than its author."""

from __future__ import annotations

import pytest

from bot.masking import PHONE
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries, proposals
from knowledge.entries import EntryDraft
from knowledge.proposals import Proposal
from tests.fakes.time import START

LAN, MINH = 1, 2
QUESTION = "Nghị quyết 57 đặt mục tiêu gì cho kinh tế số?"


@pytest.fixture
async def entry(db: SqliteDatabase) -> int:
    return await db.run(
        entries.save, EntryDraft("muc-tieu-57", QUESTION, "30% GDP.", status="published"), START
    )


async def phrased(db: SqliteDatabase, entry: int, text: str, author: int | None = None) -> Proposal | None:
    source: proposals.Source = "member" if author else "picked"
    return await db.run(proposals.propose_phrasing, entry, text, author, source, START)


async def phrasings(db: SqliteDatabase, entry: int) -> tuple[str, ...]:
    found = await db.read(entries.by_key, entry)
    assert found
    return found.phrasings


async def obstacle(db: SqliteDatabase, proposal: Proposal, by: int, *, four_eyes: bool = True) -> object:
    def ask(tx: Tx) -> object:
        now = proposals.by_key(tx, proposal.key)
        assert now
        return proposals.obstacle(tx, now, by, four_eyes=four_eyes)

    return await db.read(ask)


async def test_a_proposed_entry_is_a_draft_until_somebody_else_accepts_it(db: SqliteDatabase) -> None:
    question = "Lớp kỹ năng số mở ngày nào? Gọi 0912 345 678"
    proposal = await db.run(proposals.propose_entry, question, " Thứ bảy. ", LAN, "inquiry", START)
    draft = await db.read(entries.by_key, proposal.entry)
    assert draft
    assert (draft.status, draft.answer) == ("draft", "Thứ bảy.")
    assert draft.question == f"Lớp kỹ năng số mở ngày nào? Gọi {PHONE}"
    assert await obstacle(db, proposal, LAN) == "own"
    assert await obstacle(db, proposal, LAN, four_eyes=False) is None
    assert await obstacle(db, proposal, MINH) is None
    await db.run(proposals.accept, proposal.key, MINH, START)
    assert [each.key for each in await db.read(entries.answerable)] == [proposal.entry]
    assert await db.read(proposals.waiting) == []


async def test_two_entries_of_one_question_have_two_ids(db: SqliteDatabase) -> None:
    for _ in range(2):
        await db.run(proposals.propose_entry, "Chợ họp ở đâu?", "Bờ sông.", LAN, "member", START)
    assert {each.id for each in await db.read(entries.all_entries)} == {"cho-hop-o-dau", "cho-hop-o-dau-2"}


async def test_an_accepted_phrasing_belongs_to_the_entry(db: SqliteDatabase, entry: int) -> None:
    proposal = await phrased(db, entry, "kinh tế số phải đạt bao nhiêu")
    assert proposal
    assert await phrasings(db, entry) == ()
    await db.run(proposals.accept, proposal.key, MINH, START)
    assert await phrasings(db, entry) == ("kinh tế số phải đạt bao nhiêu",)


async def test_the_same_wording_is_proposed_once_and_counted(db: SqliteDatabase, entry: int) -> None:
    assert await phrased(db, entry, "nghi quyet 57 dat muc tieu gi cho kinh te so") is None
    await phrased(db, entry, "mục tiêu kinh tế số")
    await phrased(db, entry, "MUC TIEU KINH TE SO?")
    await phrased(db, entry, "kinh tế số tới đâu")
    waiting = await db.read(proposals.waiting)
    assert [(each.text, each.times) for each in waiting] == [
        ("mục tiêu kinh tế số", 2),
        ("kinh tế số tới đâu", 1),
    ]


async def test_what_was_rejected_does_not_come_back(db: SqliteDatabase, entry: int) -> None:
    proposal = await phrased(db, entry, "giá vàng hôm nay")
    assert proposal
    await db.run(proposals.reject, proposal.key, MINH, START)
    assert await phrased(db, entry, "gia vang hom nay") is None
    assert await db.read(proposals.count_waiting) == 0


async def test_a_rejected_draft_is_archived(db: SqliteDatabase) -> None:
    proposal = await db.run(proposals.propose_entry, "Chợ họp ở đâu?", "Bờ sông.", LAN, "member", START)
    await db.run(proposals.reject, proposal.key, MINH, START)
    draft = await db.read(entries.by_key, proposal.entry)
    assert draft
    assert draft.status == "archived"


async def test_of_two_decisions_the_first_holds(db: SqliteDatabase, entry: int) -> None:
    proposal = await phrased(db, entry, "kinh tế số tới đâu", LAN)
    assert proposal
    await db.run(proposals.reject, proposal.key, MINH, START)
    assert await obstacle(db, proposal, MINH) == "decided"
    with pytest.raises(LookupError):
        await db.run(proposals.accept, proposal.key, LAN, START)
    assert await phrasings(db, entry) == ()


async def test_nothing_is_added_to_an_entry_that_answers_nobody(db: SqliteDatabase, entry: int) -> None:
    proposal = await phrased(db, entry, "kinh tế số tới đâu", LAN)
    assert proposal
    await db.run(entries.set_status, entry, "draft", START)
    assert await obstacle(db, proposal, MINH) == "not published"
    await db.run(entries.set_status, entry, "archived", START)
    assert await obstacle(db, proposal, MINH) == "archived"
    with pytest.raises(LookupError):
        await db.run(proposals.accept, proposal.key, MINH, START)
    assert [each.state for each in await db.read(proposals.waiting)] == ["waiting"]
