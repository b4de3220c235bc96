"""Editors ask for the report of a closed poll: as a file where one can be sent, else as a link for a day."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.audience import department, staff
from bot.channels.zalo_bot import ZaloBot
from bot.errors import InputError
from bot.model import Address, File, Tx
from tests.dialogues.several import TELEGRAM, Several, several
from tests.dialogues.staff.staffed import picks
from tests.surveys.setup import QUESTIONS, ballot, opened, voter
from web.survey_reports import add_survey_reports

CHIEF, EDITOR = Address("telegram", "1"), Address("zalo-bot", "lan")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    networks = {"telegram": replace(TELEGRAM, file=True), "zalo_bot": ZaloBot.limits}
    async with several(tmp_path, (CHIEF,), "https://hoidap.example", **networks) as talk:
        await talk.db.run(staff.give_role, (CHIEF,), EDITOR, "editor", "Lan", None, talk.clock.now())
        await talk.db.run(department.change, "report_symbol", "BTGDVX", talk.clock.now())
        await talk.bot.refresh()
        yield talk


async def closed(talk: Several) -> None:
    box, now = talk.bot.box, talk.clock.now()

    def scene(tx: Tx) -> None:
        key = opened(tx, box, now, *QUESTIONS)
        for number in range(30):
            assert box.submit(tx, key, [voter(number)], ballot(q1=(1,)), now) == "sent"
        box.close(tx, key, "time", now)

    await talk.db.run(scene)


async def test_the_report_comes_as_a_file(talk: Several) -> None:
    await closed(talk)
    assert "chọn cuộc thăm dò" in await talk.says("telegram", "1", "báo cáo dư luận xã hội")
    assert "kết thúc 23/11/2026" in await picks(talk, CHIEF, "Bà con và chuyển đổi số")
    await talk.hear("telegram", "1", "", payload="opinion/poll1/docx")
    await talk.next("telegram", "1")
    [file] = [each.reply for each in talk.networks["telegram"].sent if isinstance(each.reply, File)]
    assert file.name == "bao-cao-du-luan-poll1.docx"
    head = docx.Document(io.BytesIO(file.content)).tables[0].rows[0].cells[0]
    assert head.paragraphs[-1].text == "Số ……-BC/BTGDVX"


async def test_where_no_file_can_be_sent_a_link_gives_it_for_a_day(talk: Several) -> None:
    await closed(talk)
    await talk.says("zalo-bot", "lan", "bao cao du luan poll1")
    said = await picks(talk, EDITOR, "Bảng số liệu (Excel)")
    address = said.rpartition("https://hoidap.example")[2]
    app = web.Application()
    add_survey_reports(app, talk.bot.files.survey_reports)
    client: TestClient[Any, Any]
    async with TestServer(app) as server, TestClient(server) as client:
        response = await client.get(address)
        assert (response.status, response.headers["X-Robots-Tag"]) == (200, "noindex")
        assert 'filename="so-lieu-tham-do-poll1.xlsx"' in response.headers["Content-Disposition"]
        talk.clock.move(hours=25)
        assert (await client.get(address)).status == 404


@pytest.mark.parametrize(
    ("words", "told"),
    [("báo cáo dư luận", "Chưa có cuộc thăm dò nào kết thúc"), ("báo cáo dư luận zzzz99", "mã “zzzz99”")],
)
async def test_what_is_not_there_is_said(talk: Several, words: str, told: str) -> None:
    assert told in await talk.says("telegram", "1", words)


async def test_for_anybody_else_it_is_a_question(talk: Several) -> None:
    await closed(talk)
    assert "chọn cuộc thăm dò" not in await talk.says("telegram", "99", "báo cáo dư luận")


async def test_the_form_is_one_of_two(talk: Several) -> None:
    with pytest.raises(InputError, match="nhà nước"):
        await talk.db.run(department.change, "report_form", "quân đội", talk.clock.now())
    await talk.db.run(department.change, "report_form", "nhà nước", talk.clock.now())
    assert (await talk.db.read(department.load)).report_form == "state"
