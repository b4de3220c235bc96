"""The index of a running service: made anew when something changes, and findings that are not older than it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.model import Tx
from bot.storage.base import Reader
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, own_words
from knowledge.answering import Thresholds
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from knowledge.library import PART, REMEMBERED, Library
from knowledge.own_words import Word
from knowledge.references import DocumentRef
from knowledge.short_forms import ShortForm

T = TypeVar("T")

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


class Counted:
    """A reader that notes how many entries were read at once."""

    def __init__(self, db: Reader) -> None:
        self._db = db
        self.read_at_once: list[int] = []

    async def read(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        if fn is entries.answerable_among:
            self.read_at_once.append(len(args[0]))
        return await self._db.read(fn, *args, **kwargs)


async def test_only_what_changed_is_read_again(db: SqliteDatabase) -> None:
    counted = Counted(db)
    library = Library(counted)
    drafts = [
        EntryDraft(f"e{number}", f"Nhà văn hóa {number} ở đâu?", "Ở thôn.", status="published")
        for number in range(PART + 20)
    ]
    await db.run(entries.save_all, drafts, NOW)
    await library.refresh()
    await db.run(publish, "Từ 7 giờ.")
    await library.refresh()
    await db.run(publish, "Từ 8 giờ.")
    await library.refresh()
    assert counted.read_at_once == [PART, 20, 1, 1]
    assert len(library.index) == len(drafts) + 1
    found = library.find(QUESTION, Thresholds())
    assert found.entry is not None
    assert found == (await fresh(db)).find(QUESTION, Thresholds())


async def test_a_document_and_a_short_form_change_what_entries_mean(db: SqliteDatabase) -> None:
    document = DocumentDraft(
        "12-NQ/HU", "Nghị quyết", "Về nước sạch", "Huyện ủy", "xã", NOW.date(), status="in force"
    )
    draft = EntryDraft(
        "nuoc", "Nghị quyết 12 nói gì về nước sạch?", "Đến 2030.", cites="12-NQ/HU", status="published"
    )
    library = Library(db)
    await db.run(entries.save, draft, NOW)
    await library.refresh()
    assert library.index.documents.meant(DocumentRef("12")) == ()

    await db.run(documents.save, document, NOW)
    await library.refresh()
    assert [each.number for each in library.index.documents.meant(DocumentRef("12"))] == ["12-NQ/HU"]
    assert [entry.document.number for entry in library.index.entries if entry.document] == ["12-NQ/HU"]

    await db.run(own_words.save_all, [Word(ShortForm("nsh", "nước sạch"))], NOW)
    await library.refresh()
    assert str(library.index.query("nsh").words) == "nuoc sach"


async def fresh(db: SqliteDatabase) -> Library:
    library = Library(db)
    await library.refresh()
    return library


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
