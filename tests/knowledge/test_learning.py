"""Wordings of picked suggestions: proposed when enough people used them, and never where they mean something else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, interest, learning, proposals, question_log
from knowledge.documents import DocumentDraft
from knowledge.entries import Entry, EntryDraft
from knowledge.learning import may_mean
from knowledge.wordings import question, same

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def entry(tx: Tx) -> Entry:
    document = DocumentDraft(
        "57-NQ/TW",
        "Nghị quyết",
        "Khoa học",
        "Bộ Chính trị",
        "Trung ương",
        date(2024, 12, 22),
        status="in force",
    )
    documents.save(tx, document, NOW)
    draft = EntryDraft(
        "e", "Mục tiêu kinh tế số đến năm 2030 là gì?", "Đạt 30% GDP.", cites="57-NQ/TW", status="published"
    )
    found = entries.by_key(tx, entries.save(tx, draft, NOW))
    assert found is not None
    return found


def picks(tx: Tx, person: str, text: str) -> None:
    of = entries.by_id(tx, "e") or entry(tx)
    document = documents.by_key(tx, of.document or 0)
    mark = question_log.subject_mark(b"k", Address("net", person), f"pick:{of.key}:{same(text)}")
    learning.pick(tx, of, document, text, mark, NOW, TODAY)


def waiting(tx: Tx) -> list[tuple[str, int, str, int | None]]:
    return [(each.text, each.times, each.source, each.author) for each in proposals.waiting(tx)]


async def test_one_slip_reaches_nobody_and_two_people_do(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> list[object]:
        picks(tx, "lan", "ktế số bao nhiêu phần trăm")
        picks(tx, "lan", "Ktế số bao nhiêu phần trăm?")  # the same person
        before = waiting(tx)
        picks(tx, "minh", "ktế số bao nhiêu phần trăm")
        picks(tx, "mai", "ktế số bao nhiêu phần trăm")
        return [before, waiting(tx)]

    assert await db.run(fill) == [[], [("ktế số bao nhiêu phần trăm", 3, "picked", None)]]


async def test_three_wordings_that_are_alike_are_as_good(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> list[object]:
        picks(tx, "lan", "chỉ tiêu kinh tế số thế nào")
        picks(tx, "minh", "chỉ tiêu của kinh tế số")
        picks(tx, "hoa", "bao giờ có mạng 5G về xã")
        before = waiting(tx)
        picks(tx, "mai", "kinh tế số chỉ tiêu ra sao")
        return [before, [(times, source) for _, times, source, _ in waiting(tx)]]

    assert await db.run(fill) == [[], [(3, "picked")]]


async def test_it_is_masked_and_names_nobody(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> str:
        for person in ("person-4711", "person-4712"):
            picks(tx, person, "kinh tế số ra sao, gọi tôi 0912 345 678")
        return str(tx.rows("SELECT * FROM picks") + tx.rows("SELECT * FROM proposals"))

    kept = await db.run(fill)
    assert "[số điện thoại]" in kept
    assert "0912" not in kept
    assert "person" not in kept


async def test_what_is_known_or_was_rejected_is_not_proposed(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> list[object]:
        for person in "ab":
            picks(tx, person, "mục tiêu kinh tế số đến năm 2030 là gì")
            picks(tx, person, "kinh tế số ra sao")
        [proposal] = proposals.waiting(tx)
        proposals.reject(tx, proposal.key, 1, NOW)
        picks(tx, "c", "kinh tế số ra sao")
        return waiting(tx)  # type: ignore[return-value]

    assert await db.run(fill) == []


async def test_what_was_picked_found_its_answer_after_all(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> int:
        mark = question_log.subject_mark(b"k", Address("net", "lan"), "unanswered")
        interest.count_unanswered(tx, question("kinh tế số ra sao"), mark, NOW, TODAY)
        picks(tx, "lan", "kinh tế số ra sao")
        return sum(row["people"] for row in tx.rows("SELECT people FROM unanswered_askings"))

    assert await db.run(fill) == 0


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("kinh tế số ra sao", True),
        ("mục tiêu của nghị quyết 57", True),
        ("mục tiêu của nghị quyết 57 năm 2024", True),
        ("mục tiêu kinh tế số đến 2030", True),
        ("mục tiêu của nghị quyết 58", False),
        ("mục tiêu của kết luận 57", False),
        ("mục tiêu của nghị quyết 57 năm 2020", False),
        ("mục tiêu kinh tế số đến 2035", False),
        ("đại hội XIV nói gì về kinh tế số", False),
        ("số", False),
        ("???", False),
        ("kinh tế số " * 40, False),
    ],
)
async def test_a_wording_that_states_something_else_is_no_phrasing(
    db: SqliteDatabase, text: str, may: bool
) -> None:
    """Accepted by oversight it would make the entry answer for another document."""

    def check(tx: Tx) -> bool:
        of = entry(tx)
        return may_mean(text, of, documents.by_key(tx, of.document or 0))

    assert await db.run(check) == may


async def test_what_was_not_picked_for_long_goes(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> list[int]:
        picks(tx, "lan", "kinh tế số ra sao")
        counts = []
        for day in (TODAY, date(2026, 11, 24)):
            learning.forget_before(tx, day)
            counts.append(len(tx.rows("SELECT * FROM picks")))
        return counts

    assert await db.run(fill) == [1, 0]
