"""The report and the table of a closed poll, read again: what stands in them, in which form, and what never does."""

from __future__ import annotations

import io
import re
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from openpyxl import load_workbook

from bot.commands.survey_reports import make
from bot.errors import InputError, UsageError
from bot.files.official import Letterhead
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from surveys import report
from surveys.ballots import Ballots
from surveys.report import Found
from tests.fakes.time import MovedClock
from tests.surveys.setup import counters
from tests.web.survey_site import ORGANISATION, VIETNAM, answered, open_poll
from web.survey_reports import written

HEAD = Letterhead(
    "party", ORGANISATION, "Đảng ủy phường Hòa Bình", "BTGDV", "Hòa Bình", date(2026, 12, 1), "Trưởng ban"
)
STATE = Letterhead("state", ORGANISATION, "", "", "", date(2026, 12, 1), "")
MADE_AT = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
async def found(db: SqliteDatabase, box: Ballots, clock: MovedClock) -> Found:
    """The same asked twice, a day apart."""
    for _ in range(2):
        poll = await db.run(open_poll, box, clock)
        await db.run(answered, box, clock, poll)
        await db.run(box.close, poll, "time", clock.now())
        clock.move(days=1)
    return await db.read(report.find, "poll2", clock.now())


def read(found: Found, head: Letterhead = HEAD) -> Document:
    return docx.Document(io.BytesIO(written(found, "docx", head, VIETNAM, "", MADE_AT)))


def lines(document: Document) -> list[str]:
    head, foot = document.tables[0], document.tables[-1]
    beside = [each.text for table in (head, foot) for cell in table.rows[0].cells for each in cell.paragraphs]
    return [*beside, *(each.text for each in document.paragraphs)]


async def test_it_has_the_form_of_party_documents(found: Found) -> None:
    document = read(found)
    left, right = document.tables[0].rows[0].cells
    assert [each.text for each in left.paragraphs] == [
        "ĐẢNG ỦY PHƯỜNG HÒA BÌNH",
        "BAN TUYÊN GIÁO VÀ DÂN VẬN PHƯỜNG HÒA BÌNH",
        "*",
        "Số ……-BC/BTGDV",
    ]
    title = right.paragraphs[0].runs[0]
    assert (title.text, title.bold, title.underline) == ("ĐẢNG CỘNG SẢN VIỆT NAM", True, True)
    dated = right.paragraphs[-1].runs[0]
    assert (dated.text, dated.italic) == ("Hòa Bình, ngày 01 tháng 12 năm 2026", True)
    section = document.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side] == [210, 30, 15]
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size and normal.size.pt) == ("Times New Roman", 14)
    said = lines(document)
    for line in ("BÁO CÁO", "dư luận xã hội", "Nơi nhận:", "TRƯỞNG BAN", "V. NHẬN XÉT, KIẾN NGHỊ"):
        assert line in said
    assert any("không đại diện cho toàn bộ người dân" in line for line in said)


async def test_it_has_the_form_of_the_state_where_that_is_set(found: Found) -> None:
    said = lines(read(found, STATE))
    for line in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: ……/BC-……"):
        assert line in said
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in said


async def test_it_has_tables_charts_and_what_was_answered_before(found: Found) -> None:
    document = read(found)
    assert len(document.inline_shapes) >= 4
    then = [
        [cell.text for cell in row.cells]
        for table in document.tables
        if table.rows[0].cells[-1].text == "Lần này"
        for row in table.rows
    ]
    assert then[0] == ["Phương án", "Bà con và chuyển đổi số (đến 23/11/2026)", "Lần này"]
    assert then[1] == ["Loa phường", "60%", "60%"]


async def test_no_number_under_ten_stands_anywhere(found: Found, db: SqliteDatabase) -> None:
    raw = await db.read(counters, 2)
    assert any(0 < times < 10 for times in raw.values())  # there is something to hide
    cells = [cell.text for table in read(found).tables[1:-1] for row in table.rows for cell in row.cells]
    counts = [int(match[1]) for cell in cells if (match := re.fullmatch(r"(\d+)(?: \(\d+%\))?", cell))]
    assert counts
    scale = {"1", "2", "3", "4", "5"}  # its points are names of rows and columns
    assert not [count for count in counts if count < 10 and str(count) not in scale]
    people = [row[6] for row in report.rows(found)]
    assert all(count == "không nêu" or int(count) >= 10 for count in people)
    assert "không nêu" in people


async def test_it_says_from_when_on_a_poll_took_answers_that_was_opened_by_hand(found: Found) -> None:
    assert any("từ ngày 24/11/2026 đến hết ngày 24/11/2026" in line for line in lines(read(found)))


async def test_both_say_how_it_ended(db: SqliteDatabase, box: Ballots, clock: MovedClock) -> None:
    poll = await db.run(open_poll, box, clock)
    await db.run(answered, box, clock, poll)
    await db.run(box.close, poll, "restored", clock.now())
    found = await db.read(report.find, "poll1", clock.now())
    assert any("khôi phục từ bản sao lưu" in line for line in lines(read(found)))
    assert any("khôi phục từ bản sao lưu" in line for line in report.guidance(found, ""))


async def test_the_table_can_be_reckoned_with(found: Found) -> None:
    workbook = load_workbook(
        io.BytesIO(written(found, "xlsx", HEAD, VIETNAM, "https://x.example/r/poll2", MADE_AT))
    )
    results, words, guide = workbook.worksheets
    first, second, third = list(results.iter_rows(values_only=True))[:3]
    assert first == (
        "Câu",
        "Câu hỏi",
        "Cách trả lời",
        "Xem theo",
        "Nhóm",
        "Phương án",
        "Số người",
        "Tỷ lệ (%)",
    )
    assert second[4:7] == ("Tất cả", "(Số người trả lời)", 300)
    assert third[5:] == ("Loa phường", 179, 60)
    said = [row[2] for row in words.iter_rows(min_row=2, values_only=True)]
    assert len(said) == 30
    assert "Gọi tôi [số điện thoại] nhé" in said
    assert any("https://x.example/r/poll2" in str(row[0]) for row in guide.iter_rows(values_only=True))


async def test_of_a_poll_without_answers_it_says_so(
    db: SqliteDatabase, box: Ballots, clock: MovedClock
) -> None:
    poll = await db.run(open_poll, box, clock)
    with pytest.raises(InputError, match="chưa kết thúc"):
        await db.read(report.find, "poll1", clock.now())
    await db.run(box.close, poll, "time", clock.now())
    said = lines(read(await db.read(report.find, "poll1", clock.now())))
    assert any("Chưa đủ 10 người trả lời" in line for line in said)
    with pytest.raises(InputError, match="zzzz99"):
        await db.read(report.find, "zzzz99", clock.now())


async def test_the_command_writes_either(
    found: Found, db: SqliteDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(organisation=ORGANISATION)
    for name in ("report.docx", "numbers.xlsx"):
        assert await make(settings, db, Namespace(code="POLL-2", file=tmp_path / name)) == 0
        assert name in capsys.readouterr().out
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in lines(docx.Document(str(tmp_path / "report.docx")))
    with pytest.raises(UsageError, match=r"\.docx hoặc \.xlsx"):
        await make(settings, db, Namespace(code="poll2", file=tmp_path / "report.pdf"))
