"""The index of a running service: made anew when something changes, and findings that are not older than it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries
from knowledge.answering import Thresholds
from knowledge.entries import EntryDraft
from knowledge.library import REMEMBERED, Library

NOW = datetime(2026, 11, 23, tzinfo=UTC)
QUESTION = "thư viện xã mở cửa lúc mấy giờ"


def publish(tx: Tx, answer: str) -> None:
    draft = EntryDraft("thu-vien", "Thư viện xã mở cửa lúc mấy giờ?", answer, status="published")
    entries.save(tx, draft, NOW)


async def test_a_finding_is_never_older_than_what_was_published(db: SqliteDatabase) -> None:
    library = Library(db)
    assert library.find(QUESTION, Thresholds()).entry is None
    await db.run(publish, "Từ 7 giờ.")
    assert await library.refresh()
    found = library.find(QUESTION, Thresholds())
    assert found.entry is not None
    assert library.find(QUESTION, Thresholds()) is found
    assert not await library.refresh()

    await db.run(lambda tx: entries.set_status(tx, found.entry.key, "archived", NOW))  # type: ignore[union-attr]
    assert await library.refresh()
    assert library.find(QUESTION, Thresholds()).entry is None


async def test_other_thresholds_and_groups_are_found_apart(db: SqliteDatabase) -> None:
    library = Library(db)
    await db.run(publish, "Từ 7 giờ.")
    await library.refresh()
    assert library.find(QUESTION, Thresholds()).outcome == "answer"
    assert library.find(QUESTION, Thresholds(answer=1.1)).outcome == "suggest"
    assert library.find(QUESTION, Thresholds(group_answer=1.1), group=True).outcome == "suggest"


async def test_what_is_remembered_is_bounded_and_holds_no_question(db: SqliteDatabase) -> None:
    library = Library(db)
    for number in range(REMEMBERED + 10):
        library.find(f"câu hỏi của bà Lan {number}", Thresholds())
    assert len(library._recent) == REMEMBERED
    assert "bà Lan" not in repr(library._recent)
