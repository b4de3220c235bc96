import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries
from knowledge.documents import DocumentDraft
from knowledge.entries import Entry, EntryDraft
from knowledge.revisions import revision

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 8, tzinfo=UTC)
DRAFT = EntryDraft(
    id="nq57-muc-tieu", question="Mục tiêu của Nghị quyết 57?", answer="Đến năm 2030 …",
    phrasings=("nq57 để làm gì", "mục tiêu nghị quyết 57"), detail="Dài hơn\nhai dòng", cites="57-NQ/TW",
    article="Mục II", topic="Khoa học", status="published", review_by=date(2027, 1, 31),
)  # fmt: skip
NQ57 = DocumentDraft(
    "57-NQ/TW",
    "Nghị quyết",
    "Khoa học, công nghệ",
    "Bộ Chính trị",
    "Trung ương",
    date(2024, 12, 22),
    status="in force",
)


async def _saved(db: SqliteDatabase, id: str = DRAFT.id) -> Entry:
    entry = await db.read(entries.by_id, id)
    assert entry is not None
    return entry


def _versions(tx: Tx) -> list[dict[str, object]]:
    return tx.rows("SELECT version, snapshot, changed_at FROM entry_versions ORDER BY version")


async def test_an_entry_comes_back_as_it_was_saved(db: SqliteDatabase) -> None:
    document = await db.run(documents.save, NQ57, NOW)
    key = await db.run(entries.save, DRAFT, NOW)
    entry = await _saved(db)
    assert entries.as_draft(entry) == DRAFT
    assert (entry.key, entry.document, entry.version) == (key, document, 1)
    assert await db.read(entries.by_key, key) == entry
    assert await db.read(entries.by_key, key + 1) is None
    assert await db.read(entries.by_id, "khác") is None


async def test_unchanged_drafts_change_nothing(db: SqliteDatabase) -> None:
    key = await db.run(entries.save, DRAFT, NOW)
    before = await db.read(revision)
    assert await db.run(entries.save, DRAFT, LATER) == key
    assert (await _saved(db)).version == 1
    assert await db.read(revision) == before
    assert await db.read(_versions) == []


async def test_every_version_is_kept(db: SqliteDatabase) -> None:
    key = await db.run(entries.save, DRAFT, NOW)
    assert await db.run(entries.save, replace(DRAFT, answer="Mới", phrasings=("một",)), NOW) == key
    await db.run(entries.save, replace(DRAFT, answer="Mới hơn", phrasings=()), LATER)
    entry = await _saved(db)
    assert (entry.answer, entry.phrasings, entry.version) == ("Mới hơn", (), 3)
    versions = await db.read(_versions)
    assert [row["version"] for row in versions] == [1, 2]
    first = json.loads(str(versions[0]["snapshot"]))
    assert first == entries.record(DRAFT)
    assert first["phrasings"] == list(DRAFT.phrasings)
    assert str(versions[1]["changed_at"]).startswith("2026-11-23")


async def test_answerable_and_of_document(db: SqliteDatabase) -> None:
    document = await db.run(documents.save, NQ57, NOW)
    for status in ("draft", "sample", "published", "archived"):
        await db.run(entries.save, replace(DRAFT, id=status, status=status), NOW)
    await db.run(entries.save, replace(DRAFT, id="khác", cites="", source="Sổ tay"), NOW)
    assert [entry.id for entry in await db.read(entries.answerable)] == ["sample", "published", "khác"]
    found = await db.read(entries.of_document, document)
    assert [(entry.id, len(entry.phrasings)) for entry in found] == [("sample", 2), ("published", 2)]
    assert len(await db.read(entries.all_entries)) == 5


async def test_set_status(db: SqliteDatabase) -> None:
    key = await db.run(entries.save, DRAFT, NOW)
    await db.run(entries.set_status, key, "archived", LATER)
    entry = await _saved(db)
    assert (entry.status, entry.version) == ("archived", 2)
    with pytest.raises(LookupError):
        await db.run(entries.set_status, key + 1, "archived", LATER)


async def test_the_revision_counts_what_people_can_see(db: SqliteDatabase) -> None:
    async def steps(draft: EntryDraft) -> int:
        before = await db.read(revision)
        await db.run(entries.save, draft, NOW)
        return await db.read(revision) - before

    hidden = replace(DRAFT, status="draft")
    assert await steps(hidden) == 0
    assert await steps(replace(hidden, answer="Khác")) == 0
    assert await steps(DRAFT) == 1
    assert await steps(replace(DRAFT, phrasings=("một",))) == 1
    assert await steps(replace(DRAFT, status="archived")) == 1
    assert await steps(replace(DRAFT, status="archived", answer="Khác")) == 0


async def test_many_are_saved_with_one_step_of_the_revision(db: SqliteDatabase) -> None:
    drafts = [replace(DRAFT, id=f"c{at}", phrasings=(f"hỏi {at}",)) for at in range(50)]
    before = await db.read(revision)
    keys = await db.run(entries.save_all, drafts, NOW)
    assert await db.read(revision) == before + 1
    changed = [replace(drafts[0], answer="Khác"), *drafts[1:]]
    assert await db.run(entries.save_all, changed, LATER) == keys
    assert [entry.version for entry in await db.read(entries.all_entries)] == [2] + [1] * 49


async def test_an_entry_that_changes_its_citation_changes_its_document(db: SqliteDatabase) -> None:
    document = await db.run(documents.save, NQ57, NOW)
    await db.run(entries.save, DRAFT, NOW)
    await db.run(entries.save, replace(DRAFT, cites="59-NQ/TW"), NOW)
    assert (await _saved(db)).document is None
    await db.run(entries.save, replace(DRAFT, cites="nghị quyết số 57-NQ/TW"), NOW)
    assert (await _saved(db)).document == document
