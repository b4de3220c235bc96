"""Which answers have to be looked at again, each in one list, the most used first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, stale, usage
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from knowledge.stale import ToReview

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)


async def found(db: SqliteDatabase) -> ToReview:
    return await db.read(stale.to_review, TODAY, NOW)


async def test_an_empty_knowledge_base_has_nothing_to_review(db: SqliteDatabase) -> None:
    assert not await found(db)


async def test_each_answer_stands_where_it_belongs_and_once(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> None:
        new = _document(tx, "18-NQ/TW", date(2022, 6, 16))
        _document(tx, "19-NQ/TW", date(2012, 10, 31), new)
        _document(tx, "20-NQ/TW", date(2013, 1, 1), documents.save(tx, _draft("21-NQ/TW", "draft"), NOW))
        old = NOW - timedelta(days=400)
        _entry(tx, "theo văn bản cũ", cites="19-NQ/TW", review_by=date(2026, 1, 1), changed=old)
        _entry(tx, "quá hạn ít xem", review_by=date(2026, 11, 22))
        _entry(tx, "quá hạn hay xem", review_by=TODAY, changed=old, used=5)
        _entry(tx, "chưa đến hạn", review_by=date(2026, 11, 24), used=9)
        _entry(tx, "lâu chưa sửa", changed=old, used=2)
        _entry(tx, "lâu chưa sửa mà không ai xem", changed=old)
        _entry(tx, "văn bản mới còn là nháp", cites="20-NQ/TW", used=1)
        _entry(tx, "bản nháp", status="draft", review_by=date(2026, 1, 1))
        _entry(tx, "đã lưu trữ", status="archived", review_by=date(2026, 1, 1))

    await db.run(fill)
    review = await found(db)
    assert [
        [each.question for each in one] for one in (review.superseded, review.overdue, review.unchanged)
    ] == [
        ["theo văn bản cũ"],
        ["quá hạn hay xem", "quá hạn ít xem"],
        ["lâu chưa sửa"],
    ]
    assert [(each.on, each.times) for each in review.overdue] == [(TODAY, 5), (date(2026, 11, 22), 0)]
    assert review.unchanged[0].on == date(2025, 10, 19)


def _draft(
    number: str, status: documents.Status = "in force", superseded_by: int | None = None
) -> DocumentDraft:
    return DocumentDraft(
        number, "Nghị quyết", number, "Bộ Chính trị", "Trung ương", status=status, superseded_by=superseded_by
    )


def _document(tx: Tx, number: str, _: date, superseded_by: int | None = None) -> int:
    return documents.save(tx, _draft(number, superseded_by=superseded_by), NOW)


def _entry(
    tx: Tx,
    question: str,
    *,
    cites: str = "",
    status: entries.Status = "published",
    review_by: date | None = None,
    changed: datetime = NOW,
    used: int = 0,
) -> None:
    draft = EntryDraft(question, question, "Có.", cites=cites, status=status, review_by=review_by)
    key = entries.save(tx, draft, changed)
    tx.run(
        "UPDATE entries SET changed_at = :at WHERE key = :key",
        at=changed.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        key=key,
    )
    for _ in range(used):
        usage.count_answer(tx, key, TODAY - timedelta(days=3))
    usage.count_answer(tx, key, TODAY - timedelta(days=60))  # too long ago to count
