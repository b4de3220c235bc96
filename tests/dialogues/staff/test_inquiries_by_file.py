"""Inquiries go out as a spreadsheet; answers written into it reach the people who asked, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pytest

from bot.errors import InputError
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from knowledge.exchange.inquiry_rows import INQUIRIES
from knowledge.exchange.kinds import KINDS
from tests.dialogues.staff.inquiring import (
    ANSWER,
    BRIDGE,
    BRIDGE_BARE,
    CITIZEN,
    HOA,
    LAN,
    VISITOR,
    ZALO_CITIZEN,
    Office,
    office,
)

TREES = "Đề nghị trồng cây ở sân chợ"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as talk:
        await talk.asks(CITIZEN, BRIDGE)
        await talk.asks(ZALO_CITIZEN, BRIDGE_BARE)
        await talk.asks(VISITOR, TREES)
        yield talk


@pytest.fixture
async def sheet(talk: Office, tmp_path: Path) -> Path:
    path = tmp_path / "cau-hoi.xlsx"
    assert await talk.db.read(exporting.export, INQUIRIES, path) == 2
    return path


def write(sheet: Path, **cells: str) -> None:
    book = openpyxl.load_workbook(sheet)
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    book.save(sheet)


async def hand_in(talk: Office, sheet: Path) -> Applied:
    parsed = importing.read(sheet, KINDS)
    return await talk.db.run(importing.apply, parsed, publish=False, now=talk.clock.now())


def said(told: Applied) -> str:
    return "\n".join(notice.text for notice in (*told.report.errors, *told.report.warnings))


async def test_the_sheet_shows_what_waits_without_who_asked(sheet: Path) -> None:
    rows = [[str(cell or "") for cell in row] for row in openpyxl.load_workbook(sheet).worksheets[0].values]
    assert rows[0][:3] == ["Số câu hỏi", "Người dân hỏi", "Câu cùng nhóm"]
    assert rows[1] == ["#1", BRIDGE, "", "2", "23/11/2026", "", ""]
    assert rows[2][:2] == ["#3", TREES]
    assert "7" not in {cell for row in rows for cell in row}


async def test_importing_what_was_exported_changes_nothing(talk: Office, sheet: Path) -> None:
    told = await hand_in(talk, sheet)
    assert (told.added, told.changed, told.unchanged) == (0, 0, 2)
    assert said(told) == ""
    await talk.bot.see_to_inquiries()
    assert "inquiry.answered" not in await talk.audit()


async def test_answers_go_out_once_and_become_drafts_where_that_is_wished(talk: Office, sheet: Path) -> None:
    write(sheet, F2=ANSWER, G2="có")
    told = await hand_in(talk, sheet)
    assert told.changed == 1
    assert "1 câu trả lời cho 2 lượt hỏi sẽ được gửi" in said(told)
    assert (await hand_in(talk, sheet)).changed == 0
    for _ in range(2):
        await talk.bot.see_to_inquiries()
    for person in (CITIZEN, ZALO_CITIZEN):
        assert ANSWER in await talk.next(*person)
    await talk.settled()
    assert talk.unread(CITIZEN) == []
    assert len(await talk.rows("inquiry_askers")) == 1
    assert [row["source"] for row in await talk.rows("proposals")] == ["inquiry"]
    await talk.read(LAN, LAN)
    assert "đồng chí dùng bảng tính đã trả lời" in await talk.says(*LAN, "#1")
    assert "đã có người trả lời" in said(await hand_in(talk, changed(sheet, F2="khác")))


def changed(sheet: Path, **cells: str) -> Path:
    write(sheet, **cells)
    return sheet


async def test_who_answers_in_chat_before_is_first(talk: Office, sheet: Path) -> None:
    write(sheet, F2="từ bảng tính")
    await hand_in(talk, sheet)
    await talk.read(HOA, HOA)
    await talk.says(*HOA, f"#1 {ANSWER}")
    await talk.picks(HOA, "Gửi #1")
    await talk.bot.see_to_inquiries()
    assert ANSWER in await talk.next(*CITIZEN)
    await talk.settled()
    assert talk.unread(CITIZEN) == []


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"A2": "#99", "F2": ANSWER}, "không có câu hỏi #99"),
        ({"A2": "mười hai", "F2": ANSWER}, "không phải số của một câu hỏi"),
        ({"F2": "x" * 3_001}, "3001"),
        ({"A3": "#1", "F3": ANSWER}, "hai dòng"),
        ({"A3": "#2", "F2": ANSWER, "F3": "khác"}, "cùng nhóm với #1 nhưng câu trả lời khác"),
        ({"G2": "chắc là có"}, "không có trong danh sách"),
        ({"F2": "MẬT"}, "MẬT"),
    ],
)
async def test_what_cannot_be_taken_is_named_and_nothing_is_sent(
    talk: Office, sheet: Path, cells: dict[str, str], error: str
) -> None:
    write(sheet, **cells)
    with pytest.raises(InputError, match=error):
        await hand_in(talk, sheet)
    await talk.bot.see_to_inquiries()
    assert len(await talk.rows("inquiry_askers")) == 3


async def test_a_question_that_was_taken_back_meanwhile_is_only_noted(talk: Office, sheet: Path) -> None:
    await talk.picks(VISITOR, "Rút lại")
    write(sheet, F2=ANSWER)
    told = await hand_in(talk, sheet)
    assert "không có câu hỏi #3" in said(told)
    assert told.changed == 1
