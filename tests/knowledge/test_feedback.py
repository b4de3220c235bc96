"""A thumb is counted for an entry, without whose it was; the last one on an answer holds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from bot.texts.chat import REASONS
from knowledge import entries, feedback
from knowledge.entries import EntryDraft
from knowledge.feedback import Criticised
from tests.fakes.time import START

TODAY, LATER = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
async def entry(db: SqliteDatabase) -> int:
    draft = EntryDraft("e1", "Nghị quyết 57 là gì?", "Về khoa học.", status="published")
    return await db.run(entries.save, draft, START)


async def given(db: SqliteDatabase) -> list[Row]:
    return await db.read(lambda tx: tx.rows("SELECT * FROM feedback ORDER BY answer"))


async def test_a_verdict_is_kept_with_its_day_and_nothing_else(db: SqliteDatabase, entry: int) -> None:
    await db.run(feedback.give, "abc", entry, "up", TODAY)
    assert await given(db) == [
        {"answer": "abc", "entry": entry, "verdict": "up", "reason": "", "given_on": "2026-11-23", "told": 0}
    ]


async def test_the_last_verdict_on_an_answer_holds(db: SqliteDatabase, entry: int) -> None:
    await db.run(feedback.give, "abc", entry, "down", TODAY)
    await db.run(feedback.explain, "abc", "wrong")
    await db.run(feedback.give, "abc", entry, "up", LATER)
    await db.run(feedback.give, "xyz", entry, "down", TODAY)
    first, second = await given(db)
    assert (first["verdict"], first["reason"]) == ("up", "")
    assert second["verdict"] == "down"


async def test_pressing_the_same_thumb_again_keeps_the_reason(db: SqliteDatabase, entry: int) -> None:
    await db.run(feedback.give, "abc", entry, "down", TODAY)
    await db.run(feedback.explain, "abc", "outdated")
    await db.run(feedback.give, "abc", entry, "down", TODAY)
    assert [row["reason"] for row in await given(db)] == ["outdated"]


@pytest.mark.parametrize("reason", sorted(feedback.REASONS))
async def test_every_reason_can_be_kept(db: SqliteDatabase, entry: int, reason: str) -> None:
    await db.run(feedback.give, "abc", entry, "down", TODAY)
    await db.run(feedback.explain, "abc", reason)
    assert [row["reason"] for row in await given(db)] == [reason]


def test_the_buttons_offer_the_reasons_that_can_be_kept() -> None:
    assert {reason for reason, _ in REASONS} == feedback.REASONS


async def test_a_reason_without_a_thumb_down_is_nothing(db: SqliteDatabase, entry: int) -> None:
    await db.run(feedback.explain, "abc", "wrong")
    await db.run(feedback.give, "xyz", entry, "up", TODAY)
    await db.run(feedback.explain, "xyz", "wrong")
    assert [row["reason"] for row in await given(db)] == [""]


async def test_an_entry_that_is_gone_takes_no_verdict(db: SqliteDatabase, entry: int) -> None:
    await db.run(feedback.give, "abc", entry + 1, "up", TODAY)
    assert await given(db) == []


async def test_what_staff_have_not_heard_is_gathered_by_entry_and_reason(
    db: SqliteDatabase, entry: int
) -> None:
    for answer, reason in (("a", "wrong"), ("b", "unclear"), ("c", "unclear"), ("d", ""), ("e", "outdated")):
        await db.run(feedback.give, answer, entry, "down", TODAY)
        await db.run(feedback.explain, answer, reason)
    await db.run(feedback.give, "e", entry, "up", TODAY)  # on second thoughts
    assert await db.read(feedback.untold) == [Criticised(entry, (("unclear", 2), ("wrong", 1)))]
    await db.run(feedback.mark_told, entry)
    assert await db.read(feedback.untold) == []
    await db.run(feedback.explain, "d", "wrong")
    assert await db.read(feedback.untold) == [Criticised(entry, (("wrong", 1),))]
