"""Counted by the day; a document or entry that has gone is counted no more."""

from datetime import date

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, usage
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from tests.knowledge.import_files import NOW

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


async def test_views_downloads_and_uses(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> tuple[int, list[int]]:
        draft = DocumentDraft("57-NQ/TW", "Nghị quyết", "Khoa học", "Bộ Chính trị", "Trung ương")
        drafts = [EntryDraft(id, f"{id}?", "Đáp.", topic="Khoa học") for id in ("a", "b", "c")]
        return documents.save(tx, draft, NOW), entries.save_all(tx, drafts, NOW)

    document, (a, b, _) = await db.run(fill)

    def use(tx: Tx) -> None:
        for day in (MONDAY, TUESDAY, TUESDAY):
            usage.count_view(tx, document, day)
            usage.count_answer(tx, a, day)
        usage.count_download(tx, document, TUESDAY)
        usage.count_answer(tx, b, MONDAY)
        usage.count_view(tx, 999, MONDAY)
        usage.count_answer(tx, 999, MONDAY)

    await db.run(use)
    assert await db.read(usage.of_document, document, MONDAY) == (3, 1)
    assert await db.read(usage.of_document, document, TUESDAY) == (2, 1)
    assert await db.read(usage.of_document, 999, MONDAY) == (0, 0)
    assert await db.read(usage.most_used_of_topic, "Khoa học", MONDAY, 9) == ["a?", "b?"]
    assert await db.read(usage.most_used_of_topic, "Khoa học", TUESDAY, 9) == ["a?"]
    await db.run(usage.forget_before, TUESDAY)
    assert await db.read(usage.of_document, document, MONDAY) == (2, 1)
    assert await db.read(usage.most_used_of_topic, "Khoa học", MONDAY, 9) == ["a?"]
