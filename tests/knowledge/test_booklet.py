"""What a booklet holds: only what is published (samples when asked for), in order, with what has become of its documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.errors import InputError, UsageError
from bot.files.printing import Publication
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import booklet, booklet_pages, documents, entries
from knowledge.booklet import Chosen, Order, month, period_in_words
from knowledge.booklet_pages import Imprint
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
OFFICE = "Ban Tuyên giáo và Dân vận"


def fill(tx: Tx) -> None:
    def document(number: str, title: str, day: date | None, **more: Any) -> int:
        kept = DocumentDraft(
            number, "Nghị quyết", title, "Bộ Chính trị", "Trung ương", day, **{"status": "in force"} | more
        )
        return documents.save(tx, kept, NOW)

    def entry(id: str, cites: str = "", **more: Any) -> None:
        kept = EntryDraft(id, f"{id}?", f"Trả lời {id}.", cites=cites, **{"status": "published"} | more)
        entries.save(tx, kept, NOW)

    new = document("72-NQ/TW", "Bảo vệ sức khỏe", date(2025, 9, 9), topics=("Y tế",))
    document("20-NQ/TW", "Sức khỏe, bản cũ", date(2017, 10, 25), superseded_by=new, topics=("Y tế",))
    document("71-NQ/TW", "Giáo dục", date(2025, 8, 22), summary="Đổi mới.", address="https://example.vn/71")
    document("18-NQ/TW", "Bộ máy", date(2017, 10, 25))
    document("18-NQ/TW", "Đất đai", date(2022, 6, 16), status="expired")
    document("90-NQ/TW", "Dự thảo", date(2025, 8, 30), status="draft")
    entry("cu", "20-NQ/TW", topic="Y tế")
    entry("truong", "71-NQ/TW", topic="Giáo dục", article="Mục II", detail="Dòng một.\n\nDòng hai.")
    entry("vien-phi", "72-NQ/TW")
    entry("hoc-phi", "71-NQ/TW", topic="giáo dục", status="sample")
    entry("dat", "18-NQ/TW ngày 16/06/2022", topic="Đất đai")
    entry("mat", "99-NQ/TW ngày 01/01/2020", topic="Khác")  # of a document that nobody has
    entry("du-thao", "90-NQ/TW")
    entry("nhap", "71-NQ/TW", status="draft")
    entry("luu", "71-NQ/TW", status="archived")
    entry("loi", source="Cổng dịch vụ công")


@pytest.fixture
async def filled(db: SqliteDatabase) -> SqliteDatabase:
    await db.run(fill)
    return db


async def chosen(db: SqliteDatabase, **order: Any) -> Chosen:
    return await db.read(booklet.choose, Order(**order), "--samples")


async def composed(db: SqliteDatabase, **order: Any) -> Publication:
    return booklet_pages.compose(await chosen(db, **order), Imprint(OFFICE, "Đà Lạt", TODAY))


async def ids(db: SqliteDatabase, **order: Any) -> list[str]:
    return [item.entry.id for item in (await chosen(db, **order)).items]


async def test_everything_published_newest_documents_first(filled: SqliteDatabase) -> None:
    found = await ids(filled)
    assert found == ["vien-phi", "truong", "dat", "cu", "mat", "du-thao", "loi"]
    assert "hoc-phi" in await ids(filled, samples=True)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"topic": "giao duc"}, ["truong"]),
        ({"topic": "GIÁO DỤC", "samples": True}, ["truong", "hoc-phi"]),
        ({"topic": "y tế"}, ["vien-phi", "cu"]),  # also by the document's own topics
        ({"document": "71-NQ/TW"}, ["truong"]),
        ({"document": "nghị quyết 71"}, ["truong"]),
        ({"document": "71"}, ["truong"]),
        ({"document": "nghị quyết 18 ngày 16/06/2022"}, ["dat"]),
        ({"first": date(2025, 8, 22), "last": date(2025, 8, 22)}, ["truong"]),
        ({"first": date(2025, 8, 23)}, ["vien-phi"]),
        ({"last": date(2017, 12, 31)}, ["cu"]),
        ({"topic": "Y tế", "last": date(2020, 1, 1)}, ["cu"]),
    ],
)
async def test_a_part(filled: SqliteDatabase, order: dict[str, Any], expected: list[str]) -> None:
    assert await ids(filled, **order) == expected


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"topic": "biển đảo"}, "Các chủ đề đang có: Đất đai; Giáo dục; Khác; Y tế."),
        ({"document": "99-NQ/TW"}, "chưa có văn bản “99-NQ/TW”"),
        ({"document": "90-NQ/TW"}, "chưa có văn bản “90-NQ/TW”"),  # a draft is nobody's business
        (
            {"document": "nghị quyết 18"},
            "25/10/2017 của Bộ Chính trị; Nghị quyết số 18-NQ/TW ngày 16/06/2022",
        ),
        ({"document": "18"}, "ghi thêm ngày ban hành"),
        ({"document": "một cái gì đó"}, "chưa có văn bản"),
        (
            {"first": date(2026, 1, 2), "last": date(2026, 1, 1)},
            "(02/01/2026) sau ngày kết thúc (01/01/2026)",
        ),
    ],
)
async def test_what_does_not_exist_is_said(filled: SqliteDatabase, order: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as error:
        await chosen(filled, **order)
    assert told in str(error.value)


async def test_nothing_to_print_is_said_with_the_reason(db: SqliteDatabase) -> None:
    with pytest.raises(InputError, match=r"^Chưa có câu hỏi nào đã duyệt để in\.$"):
        await chosen(db)
    sample = EntryDraft("a", "A?", "A.", status="sample", topic="Y tế")
    await db.run(entries.save, sample, NOW)
    with pytest.raises(InputError, match=r"nội dung mẫu chưa duyệt \(1\); .* thì thêm --samples\.$"):
        await chosen(db, topic="y te")
    with pytest.raises(InputError, match="ban hành tháng 1/2026"):
        await chosen(db, first=date(2026, 1, 1), last=date(2026, 1, 31), meeting=True)


async def test_all_is_grouped_by_topic_and_numbered_through(filled: SqliteDatabase) -> None:
    made = await composed(filled, samples=True)
    assert [(chapter.number, chapter.heading) for chapter in made.chapters] == [
        ("I", "ĐẤT ĐAI"),
        ("II", "GIÁO DỤC"),
        ("III", "KHÁC"),
        ("IV", "Y TẾ"),
        ("V", "Nội dung khác"),
    ]
    assert [question.number for question in made.questions] == list(range(1, 9))
    assert made.about == ("Về các nghị quyết, chủ trương, chính sách",)
    assert made.dated == "Đà Lạt, ngày 22/11/2026"
    assert made.notes == (f"Trong tài liệu có 1 câu là nội dung mẫu, chưa được {OFFICE} duyệt.",)


async def test_a_topic_is_grouped_by_document(filled: SqliteDatabase) -> None:
    made = await composed(filled, topic="y te")
    assert made.about == ("Chủ đề: Y tế",)
    assert [chapter.heading for chapter in made.chapters] == [
        "Nghị quyết số 72-NQ/TW ngày 09/09/2025 của Bộ Chính trị",
        "Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Bộ Chính trị",
    ]


async def test_an_answer_with_detail_source_article_and_notice(filled: SqliteDatabase) -> None:
    made = await composed(filled, document="71")
    assert made.about == ("Về Nghị quyết số 71-NQ/TW ngày 22/08/2025 của Bộ Chính trị", "Giáo dục")
    (chapter,) = made.chapters
    assert chapter.heading == ""
    (question,) = chapter.questions
    assert [(each.style, each.text) for each in question.paragraphs] == [
        ("text", "Trả lời truong."),
        ("text", "Dòng một."),
        ("text", "Dòng hai."),
        ("source", "Theo Nghị quyết số 71-NQ/TW ngày 22/08/2025 của Bộ Chính trị (Mục II)."),
    ]


async def test_what_became_of_a_document_is_said_at_each_of_its_answers(filled: SqliteDatabase) -> None:
    made = await composed(filled, samples=True)
    said = {question.text: question.paragraphs for question in made.questions}
    new = "Nghị quyết số 72-NQ/TW ngày 09/09/2025 của Bộ Chính trị"
    assert said["cu?"][0].text == f"Lưu ý: văn bản này đã được thay thế bởi {new}."
    assert said["cu?"][0].style == "notice"
    assert "đã hết hiệu lực" in said["dat?"][0].text
    assert said["mat?"][-1].text == "Theo 99-NQ/TW ngày 01/01/2020."
    assert said["du-thao?"][-1].text == "Theo 90-NQ/TW."  # no more of a draft than staff wrote
    assert said["loi?"][-1].text == "Theo Cổng dịch vụ công."
    assert said["hoc-phi?"][-1].text.endswith("Nội dung mẫu, chưa được duyệt.")


async def test_meeting_material_presents_the_new_documents(filled: SqliteDatabase) -> None:
    first, last = month(2025, 8)
    made = await composed(filled, first=first, last=last, meeting=True)
    assert (made.title, made.about, made.cover) == ("TÀI LIỆU SINH HOẠT CHI BỘ", ("Tháng 8/2025",), False)
    new, questions, discussion = made.chapters
    assert [each.text for each in new.paragraphs] == [
        "1. Nghị quyết số 71-NQ/TW ngày 22/08/2025 của Bộ Chính trị",
        "Giáo dục",
        "Đổi mới.",
        "Toàn văn: https://example.vn/71",
    ]
    assert [question.text for question in questions.questions] == ["truong?"]
    assert [each.style for each in discussion.paragraphs] == ["hint", *["blank"] * 5]


async def test_meeting_material_without_questions_yet(filled: SqliteDatabase) -> None:
    made = await composed(filled, document="18-NQ/TW ngày 25/10/2017", meeting=True)
    assert [chapter.heading for chapter in made.chapters] == ["VĂN BẢN MỚI", "GỢI Ý THẢO LUẬN"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "tháng 2/2026"),
        (date(2026, 10, 1), date(2026, 12, 31), "quý 4/2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "từ 01/02/2026 đến 30/04/2026"),
        (date(2026, 12, 1), date(2026, 12, 30), "từ 01/12/2026 đến 30/12/2026"),
        (date(2026, 2, 2), date(2026, 2, 2), "ngày 02/02/2026"),
        (date(2026, 2, 2), None, "từ 02/02/2026"),
        (None, date(2026, 2, 2), "đến 02/02/2026"),
    ],
)
def test_periods_in_words(first: date | None, last: date | None, words: str) -> None:
    assert period_in_words(first, last) == words


def test_an_order_survives_as_text() -> None:
    order = Order("Y tế", "71", date(2026, 1, 1), None, samples=True, meeting=True, sheet="A5")
    assert Order.from_text(order.as_text()) == order
    assert Order.from_text(Order().as_text()) == Order()
    assert len(Order(document="57-NQ/TW").as_text()) < 30
    assert booklet.file_name(order, "docx") == "tai-lieu-sinh-hoat-y-te-71-01-01-2026.docx"
    assert booklet.file_name(Order(document="Nghị quyết số 57-NQ/TW"), "html") == (
        "so-tay-nghi-quyet-so-57-nq-tw.html"
    )


def test_chapters_in_roman_figures() -> None:
    assert [booklet_pages.roman(number) for number in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XXXX"]
