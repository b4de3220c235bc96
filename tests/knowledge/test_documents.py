from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.files.attachments import Attachment
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries
from knowledge.citations import Citable, Citations, named
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from knowledge.revisions import revision

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
NQ18_2017 = DocumentDraft(
    "18-NQ/TW", "Nghị quyết", "Sắp xếp bộ máy", "Ban Chấp hành Trung ương", "Trung ương",
    issued_on=date(2017, 10, 25), topics=("Tổ chức, bộ máy", "Biên chế"), status="in force",
)  # fmt: skip
NQ18_2022 = replace(NQ18_2017, title="Quản lý và sử dụng đất", issued_on=date(2022, 6, 16))


async def test_a_document_comes_back_as_it_was_saved(db: SqliteDatabase) -> None:
    key = await db.run(documents.save, NQ18_2017, NOW)
    document = await db.read(documents.by_key, key)
    assert document is not None
    assert documents.as_draft(document) == NQ18_2017
    assert not document.has_file
    assert await db.read(documents.by_key, key + 1) is None


async def test_number_date_and_issuer_make_a_document(db: SqliteDatabase) -> None:
    first = await db.run(documents.save, NQ18_2017, NOW)
    assert await db.run(documents.save, NQ18_2022, NOW) != first
    again = replace(NQ18_2017, number="18 - nq/tw", issuer="ban chấp hành Trung ương", title="Tên mới")
    assert await db.run(documents.save, again, NOW) == first
    assert len(await db.read(documents.all_documents)) == 2


async def test_without_a_number_the_title_stands_for_it(db: SqliteDatabase) -> None:
    nameless = replace(NQ18_2017, number=None, issued_on=None)
    first = await db.run(documents.save, nameless, NOW)
    assert await db.run(documents.save, replace(nameless, summary="Mới"), NOW) == first
    assert await db.run(documents.save, replace(nameless, title="Khác"), NOW) != first


async def test_find(db: SqliteDatabase) -> None:
    for draft in (NQ18_2017, NQ18_2022):
        await db.run(documents.save, draft, NOW)
    both = await db.read(documents.find, "18-nq/tw")
    assert {one.issued_on for one in both} == {date(2017, 10, 25), date(2022, 6, 16)}
    (one,) = await db.read(documents.find, "18-NQ/TW", date(2022, 6, 16))
    assert one.title == "Quản lý và sử dụng đất"
    assert await db.read(documents.find, "18-NQ/TW", date(2022, 6, 16), "Quốc hội") == []
    assert await db.read(documents.find, "8-NQ/TW") == []


async def test_newest_follows_to_the_end_and_stops_in_a_circle(db: SqliteDatabase) -> None:
    drafts = [replace(NQ18_2017, number=f"{at}-NQ/TW") for at in range(4)]
    keys = await db.run(documents.save_all, drafts, NOW)

    async def supersede(at: int, by: int) -> None:
        await db.run(documents.save, replace(drafts[at], superseded_by=keys[by]), NOW)

    async def newest(at: int) -> str | None:
        document = await db.read(documents.by_key, keys[at])
        assert document is not None
        found = await db.read(documents.newest, document)
        return found.number if found else None

    assert await newest(0) is None
    await supersede(0, 1)
    await supersede(1, 2)
    assert await newest(0) == "2-NQ/TW"
    await supersede(2, 0)
    assert await newest(0) == "2-NQ/TW"
    await supersede(3, 3)
    assert await newest(3) is None


async def test_a_draft_supersedes_nothing_for_people(db: SqliteDatabase) -> None:
    new = await db.run(documents.save, replace(NQ18_2022, status="draft"), NOW)
    old = await db.run(documents.save, replace(NQ18_2017, superseded_by=new), NOW)
    document = await db.read(documents.by_key, old)
    assert document is not None
    assert await db.read(documents.newest, document) is None


async def test_files_are_kept_until_another_comes(db: SqliteDatabase) -> None:
    file = Attachment("a.pdf", "application/pdf", b"%PDF-")
    key = await db.run(documents.save, replace(NQ18_2017, file=file), NOW)
    await db.run(documents.save, replace(NQ18_2017, summary="Tóm tắt"), NOW)
    assert await db.read(documents.file_of, key) == file
    await db.run(documents.save, replace(NQ18_2017, file=replace(file, content=b"%PDF-2")), NOW)
    found = await db.read(documents.file_of, key)
    assert found is not None
    assert found.content == b"%PDF-2"
    assert await db.read(documents.file_of, key + 1) is None


async def test_the_revision_counts_what_people_can_see(db: SqliteDatabase) -> None:
    async def steps(draft: DocumentDraft) -> int:
        before = await db.read(revision)
        await db.run(documents.save, draft, NOW)
        return await db.read(revision) - before

    hidden = replace(NQ18_2017, status="draft")
    assert await steps(hidden) == 0
    assert await steps(NQ18_2017) == 1
    assert await steps(NQ18_2017) == 0
    assert await steps(replace(NQ18_2017, file=Attachment("a.pdf", "application/pdf", b"%PDF-"))) == 1
    assert await steps(hidden) == 1
    assert await steps(replace(hidden, summary="Bản nháp sửa")) == 0


async def test_entries_are_linked_when_their_document_arrives(db: SqliteDatabase) -> None:
    async def document_of(id: str) -> int | None:
        entry = await db.read(entries.by_id, id)
        assert entry is not None
        return entry.document

    for id, cites in (("chung", "18-NQ/TW"), ("rieng", "Nghị quyết số 18-NQ/TW ngày 25/10/2017")):
        await db.run(entries.save, EntryDraft(id, "Hỏi?", "Đáp.", cites=cites, status="published"), NOW)
    before = await db.read(revision)
    old = await db.run(documents.save, replace(NQ18_2017, status="draft"), NOW)
    assert (await document_of("chung"), await document_of("rieng")) == (old, old)
    assert await db.read(revision) == before + 1
    await db.run(documents.save, NQ18_2022, NOW)
    assert (await document_of("chung"), await document_of("rieng")) == (
        None,
        old,
    )  # two fit: neither is picked


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("18-NQ/TW", ("2017", "2022")),
        ("18-nq/tw ngày 25/10/2017", ("2017",)),
        ("Nghị quyết số 18-NQ/TW, ngày 16 tháng 6 năm 2022", ("2022",)),
        ("18-NQ/TW ngày 01/01/2020", ()),
        ("18-NQ/TU", ()),
        ("18-CT/TW", ()),
        ("57-NQ/TW", ("57",)),
        ("nghị quyết 57", ("57",)),
        ("57-NQ/TW và 18-NQ/TW", ()),
        ("Nghị quyết Đại hội Đảng bộ tỉnh", ("đại hội",)),
        ("Một cuốn sách", ()),
        ("", ()),
    ],
)
def test_citations(text: str, keys: tuple[str, ...]) -> None:
    central = ("Nghị quyết", "Một việc", "Ban Chấp hành Trung ương")
    citations = Citations(
        [
            Citable("2017", "18-NQ/TW", *central, date(2017, 10, 25)),
            Citable("2022", "18-NQ/TW", *central, date(2022, 6, 16)),
            Citable("57", "57-NQ/TW", "Nghị quyết", "Khoa học", "Bộ Chính trị", date(2024, 12, 22)),
            Citable("đại hội", None, "Nghị quyết", "Nghị quyết Đại hội Đảng bộ tỉnh", "Đại hội", None),
        ]
    )
    assert citations.fitting(text) == keys
    assert citations.only(text) == (keys[0] if len(keys) == 1 else None)


def test_the_full_name_of_a_document() -> None:
    assert (
        named("57-NQ/TW", date(2024, 12, 22), "Bộ Chính trị") == "57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
    )
    assert named("57-NQ/TW") == "57-NQ/TW"
