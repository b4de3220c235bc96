"""Booklets ordered in chat: a file on Telegram, links for a day on Zalo, and nothing special for anybody else."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from bot.audience import staff
from bot.channels.base import Limits
from bot.errors import UsageError
from bot.model import Address, File, Inbound, Text
from handlers.staff import booklet_words
from knowledge.booklet import Order
from tests.dialogues.conftest import NOW, Talk, _small_knowledge
from tests.dialogues.several import ZALO, Several, several

EDITOR = 501
TODAY = date(2026, 11, 22)
URL = "https://hoidap.example.vn"
ADMIN = Address("zalo-bot", "lan")
WITH_FILES = Limits(text=4096, file=50_000_000)


async def make_editor(talk: Talk, person: int, role: staff.Role = "editor") -> None:
    await talk.db.run(staff.give_role, (), Address("telegram", str(person)), role, "Lan", None, NOW)


async def test_an_editor_gets_the_file(talk: Talk) -> None:
    await make_editor(talk, EDITOR)
    sent = await talk.says(EDITOR, "Sổ tay nghị quyết 57 khổ A5")
    assert sent.document is not None
    name, content, media_type = sent.document
    assert name == "so-tay-nghi-quyet-57.docx"
    assert media_type.endswith("wordprocessingml.document")
    assert "Về Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị: 2 câu hỏi, khổ A5." in sent.text
    document = docx.Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP." in text
    assert "doanh nghiệp" not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("/sotay", "Về các nghị quyết, chủ trương, chính sách: 3 câu hỏi, khổ A4."),
        ("so tay tat ca mau", ": 4 câu hỏi"),
        ("tài liệu sinh hoạt chi bộ tháng 12/2024", "Tháng 12/2024: 1 văn bản, 2 câu hỏi, khổ A4."),
        ("sổ tay nghị quyết 68", "thì thêm chữ “mẫu” ở cuối"),
        ("sổ tay nghị quyết 18", "ghi thêm ngày ban hành"),
        ("tài liệu sinh hoạt chi bộ tháng 1/2020", "ban hành tháng 1/2020"),
        ("sổ tay từ 31/02/2026", "“31/02/2026” không phải ngày"),
        ("sổ tay đảng viên điện tử", "Nếu đây là câu hỏi, đồng chí thêm dấu “?” ở cuối."),
    ],
)
async def test_what_editors_order(talk: Talk, words: str, told: str) -> None:
    await make_editor(talk, EDITOR)
    sent = await talk.says(EDITOR, words)
    assert told in sent.text
    assert (sent.document is not None) is ("khổ A4" in sent.text)


async def test_for_everybody_else_the_words_are_a_question(talk: Talk) -> None:
    await make_editor(talk, 502, "collaborator")
    for person in (502, 503):
        assert "chưa có lệnh /sotay" in (await talk.says(person, "/sotay")).text
        sent = await talk.says(person, "sổ tay nghị quyết 57")
        assert sent.document is None
        assert "khổ A4" not in sent.text
    await make_editor(talk, EDITOR)
    asked = await talk.says(EDITOR, "Sổ tay đảng viên điện tử là gì?")
    assert asked.document is None
    assert "chủ đề" not in asked.text


async def ordered(talk: Several, words: str) -> Any:
    await talk.db.run(_small_knowledge)
    await talk.hear("zalo-bot", "lan", words)
    await talk.next("zalo-bot", "lan")
    return talk.networks["zalo-bot"].sent[-1].reply


async def test_where_no_file_can_be_sent_there_are_links_for_a_day(tmp_path: Path) -> None:
    async with several(tmp_path, (ADMIN,), URL, zalo_bot=ZALO) as talk:
        reply = await ordered(talk, "so tay nghi quyet 57")
        assert isinstance(reply, Text)
        links = [word for word in reply.plain.split() if word.startswith(f"{URL}/so-tay/")]
        assert [link.rpartition(".")[2] for link in links] == ["docx", "html"]
        file = await talk.bot.files.booklets.file(links[1].rpartition("/")[2])
        assert "Ít nhất 3% tổng chi ngân sách hằng năm." in file.content.decode()


async def test_where_there_is_no_address_either_the_operator_is_told_what_to_type(tmp_path: Path) -> None:
    async with several(tmp_path, (ADMIN,), zalo_bot=ZALO) as talk:
        reply = await ordered(talk, "so tay nghi quyet 57 a5 mau")
        assert isinstance(reply, Text)
        command = "hoidap booklet so-tay-nghi-quyet-57.docx --document 'nghi quyet 57' --page A5 --samples"
        assert reply.plain.endswith(command)


async def test_a_network_with_files_gets_the_web_page_as_well_where_there_is_an_address(
    tmp_path: Path,
) -> None:
    async with several(tmp_path, (ADMIN,), URL, zalo_bot=WITH_FILES) as talk:
        reply = await ordered(talk, "sổ tay nghị quyết 57")
        assert isinstance(reply, File)
        assert reply.content.startswith(b"PK")
        assert f"(mở được trong 24 giờ): {URL}/so-tay/" in reply.caption


# The words


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("sổ tay", Order()),
        ("So tay 57.", Order(document="57")),
        ("sổ tay hỏi đáp nghị quyết 71 A5", Order(document="nghị quyết 71", sheet="A5")),
        ("/sotay@HoiDapBot nq 18 ngày 25/10/2017", Order(document="nq 18 ngày 25/10/2017")),
        ("sổ tay về chủ đề giáo dục, khổ A5, cả mẫu", Order(topic="giáo dục", sheet="A5", samples=True)),
        ("sổ tay giáo dục năm 2025", Order("giáo dục", "", date(2025, 1, 1), date(2025, 12, 31))),
        ("sổ tay tháng 12", Order(first=date(2025, 12, 1), last=date(2025, 12, 31))),
        ("sổ tay tháng này", Order(first=date(2026, 11, 1), last=date(2026, 11, 30))),
        ("so tay thang truoc", Order(first=date(2026, 10, 1), last=date(2026, 10, 31))),
        ("sổ tay quý IV", Order(first=date(2026, 10, 1), last=date(2026, 12, 31))),
        ("sổ tay tháng 2 năm 2024", Order(first=date(2024, 2, 1), last=date(2024, 2, 29))),
        (
            "sổ tay từ 1/10/2026 đến ngày 15/11/2026",
            Order(first=date(2026, 10, 1), last=date(2026, 11, 15)),
        ),
        ("sổ tay đến 15/11/2026", Order(last=date(2026, 11, 15))),
        (
            "tài liệu sinh hoạt chi bộ",
            Order(first=date(2026, 11, 1), last=date(2026, 11, 30), meeting=True),
        ),
        ("Tài liệu sinh hoạt: nghị quyết 71", Order(document="nghị quyết 71", meeting=True)),
        ("/tailieu tháng 11 mẫu", Order("", "", date(2026, 11, 1), date(2026, 11, 30), True, True)),
    ],
)
def test_words_that_order(words: str, order: Order) -> None:
    assert booklet_words.is_order(Inbound(ADMIN, "text", text=words))
    assert booklet_words.read(words, TODAY) == order


@pytest.mark.parametrize(
    "words",
    ["sổ tay là gì?", "sổ taymột", "xin sổ tay", "/sotayx", "tài liệu", "sổ tay " + "dài " * 60, ""],
)
def test_words_that_do_not(words: str) -> None:
    assert not booklet_words.is_order(Inbound(ADMIN, "text", text=words))


def test_in_a_group_nothing_is_ordered() -> None:
    assert not booklet_words.is_order(Inbound(ADMIN, "text", text="sổ tay", private=False))


@pytest.mark.parametrize(
    "words",
    [
        "sổ tay tháng 13",
        "sổ tay từ 30/02/2026",
        "sổ tay đến 1/1/0000",
        "sổ tay tháng 5/0000",
        "sổ tay quý 1/0000",
        "sổ tay năm 0000",
    ],
)
def test_a_day_that_is_none_is_said(words: str) -> None:
    with pytest.raises(UsageError, match="không phải ngày"):
        booklet_words.read(words, TODAY)
