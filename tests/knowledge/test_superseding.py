"""One document takes the place of another: at once for people, with its entries up for review; never in a circle."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, review, superseding
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from knowledge.revisions import revision
from tests.knowledge.import_files import apply, entry_of, jsonl

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TODAY = date(2026, 11, 22)
A = DocumentDraft(
    "18-NQ/TW", "Nghị quyết", "Sắp xếp bộ máy", "Ban Chấp hành Trung ương", "Trung ương",
    issued_on=date(2017, 10, 25), status="in force",
)  # fmt: skip
B = replace(A, number="60-NQ/TW", title="Bộ máy ba cấp", issued_on=date(2025, 4, 12))
C = replace(A, number="70-NQ/TW", title="Bộ máy hai cấp", issued_on=date(2025, 8, 20))


@pytest.fixture
async def keys(db: SqliteDatabase) -> list[int]:
    """A, B and C; A has a published entry, a sample, a draft and an archived one."""

    def fill(tx: Tx) -> list[int]:
        made = documents.save_all(tx, (A, B, C), NOW)
        for status in ("published", "sample", "draft", "archived"):
            draft = EntryDraft(status, f"Hỏi {status}?", "Đáp.", cites="18-NQ/TW", status=status)
            entries.save(tx, draft, NOW)
        return made

    return await db.run(fill)


async def reviews(db: SqliteDatabase) -> dict[str, date | None]:
    return {entry.id: entry.review_by for entry in await db.read(entries.all_entries)}


async def test_the_entries_are_up_for_review_at_once_and_staff_wait_to_be_told(
    db: SqliteDatabase, keys: list[int]
) -> None:
    before = await db.read(revision)
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    assert await reviews(db) == {"published": TODAY, "sample": TODAY, "draft": TODAY, "archived": None}
    assert await db.read(revision) > before
    assert [each.document for each in await db.read(review.untold)] == [keys[0]]
    await db.run(review.mark_told, keys[0], NOW)
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    assert await db.read(review.untold) == []


async def test_an_earlier_day_of_review_stays(db: SqliteDatabase, keys: list[int]) -> None:
    for id, day in (("published", date(2026, 1, 5)), ("sample", date(2027, 1, 5))):
        entry = await entry_of(db, id)
        await db.run(entries.save, replace(entries.as_draft(entry), review_by=day), NOW)
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    found = await reviews(db)
    assert (found["published"], found["sample"]) == (date(2026, 1, 5), TODAY)


async def test_a_draft_supersedes_from_the_moment_it_is_published(
    db: SqliteDatabase, keys: list[int]
) -> None:
    await db.run(documents.save, replace(B, status="draft"), NOW)
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    assert await reviews(db) == dict.fromkeys(await reviews(db))
    await db.run(documents.save, B, NOW)
    assert (await reviews(db))["published"] == TODAY
    assert [each.document for each in await db.read(review.untold)] == [keys[0]]


async def test_taken_back_and_marked_again(db: SqliteDatabase, keys: list[int]) -> None:
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    await db.run(review.mark_told, keys[0], NOW)
    await db.run(superseding.release, keys[0], NOW)
    old = await db.read(documents.by_key, keys[0])
    assert old is not None
    assert old.superseded_by is None
    await db.run(superseding.supersede, keys[0], keys[2], NOW)
    assert [each.document for each in await db.read(review.untold)] == [keys[0]]


async def test_no_document_supersedes_itself_nor_in_a_circle(db: SqliteDatabase, keys: list[int]) -> None:
    a, b, c = keys
    with pytest.raises(InputError, match="bởi chính nó"):
        await db.run(superseding.supersede, a, a, NOW)
    await db.run(superseding.supersede, a, b, NOW)
    with pytest.raises(InputError, match=r"60-NQ/TW ngày 12/04/2025 → 18-NQ/TW .* → 60-NQ/TW"):
        await db.run(superseding.supersede, b, a, NOW)
    await db.run(superseding.supersede, b, c, NOW)
    with pytest.raises(InputError, match=r"vòng tròn: 70-NQ/TW .* → 18-NQ/TW .* → 60-NQ/TW .* → 70-NQ/TW"):
        await db.run(superseding.supersede, c, a, NOW)
    with pytest.raises(InputError, match="không còn"):
        await db.run(superseding.supersede, a, 99, NOW)


async def test_no_circle_by_import_either_through_three(
    db: SqliteDatabase, keys: list[int], tmp_path: Path
) -> None:
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    await db.run(superseding.supersede, keys[1], keys[2], NOW)
    row = {"number": C.number, "title": C.title, "issuer": C.issuer, "superseded_by": "18-NQ/TW"}
    with pytest.raises(InputError, match=r"70-NQ/TW .* → 18-NQ/TW .* → 60-NQ/TW .* → 70-NQ/TW"):
        await apply(db, jsonl(tmp_path, row))


async def test_an_import_puts_entries_up_for_review_too(
    db: SqliteDatabase, keys: list[int], tmp_path: Path
) -> None:
    row = {"number": A.number, "title": A.title, "issuer": A.issuer, "superseded_by": "60-NQ/TW"}
    await apply(db, jsonl(tmp_path, row))
    assert (await reviews(db))["published"] == TODAY
    assert [each.document for each in await db.read(review.untold)] == [keys[0]]


async def test_one_file_that_publishes_the_new_and_takes_the_old_mark_back_changes_no_entry(
    db: SqliteDatabase, keys: list[int], tmp_path: Path
) -> None:
    await db.run(documents.save, replace(B, status="draft"), NOW)
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    rows = [{"number": one.number, "title": one.title, "issuer": one.issuer} for one in (A, B)]
    await apply(db, jsonl(tmp_path, rows[0] | {"superseded_by": ""}, rows[1] | {"status": "còn hiệu lực"}))
    assert (await reviews(db))["published"] is None


async def test_suspended_and_reopened_as_it_was(db: SqliteDatabase, keys: list[int]) -> None:
    await db.run(superseding.supersede, keys[0], keys[1], NOW)
    stopped = await db.run(superseding.suspend, keys[0], NOW)
    assert [entry.id for entry in stopped] == ["published", "sample"]
    assert await db.read(entries.of_document, keys[0]) == []
    assert await db.run(superseding.suspend, keys[0], NOW) == []
    opened = await db.run(superseding.reopen, keys[0], NOW)
    assert [entry.id for entry in opened] == ["published", "sample"]
    statuses = {entry.id: entry.status for entry in await db.read(entries.citing, keys[0])}
    assert statuses == {name: name for name in ("published", "sample", "draft", "archived")}
    assert await db.run(superseding.reopen, keys[0], NOW) == []


async def test_what_was_published_by_hand_meanwhile_is_left_alone(
    db: SqliteDatabase, keys: list[int]
) -> None:
    await db.run(superseding.suspend, keys[0], NOW)
    await db.run(entries.set_status, (await entry_of(db, "sample")).key, "published", NOW)
    await db.run(superseding.reopen, keys[0], NOW)
    assert (await entry_of(db, "sample")).status == "published"
