"""One document in the place of another: marked by an editor or by a file, told once, and what editors do about it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.audience import audit, staff
from bot.model import Address, Text, Tx
from handlers.staff import superseding as staff_superseding
from handlers.staff.replacing import Wish, read
from knowledge import documents, entries
from tests.dialogues.several import Several
from tests.dialogues.staff.staffed import CHIEF, last_of, picks, presses, staffed
from tests.knowledge.import_files import jsonl

EDITOR, HELPER = Address("zalo-bot", "lan"), Address("telegram", "3")
QUESTION = "nghị quyết 57 dành bao nhiêu ngân sách cho khoa học"
WISH = "thay thế 57-NQ/TW bằng 68-NQ/TW"
NEWER = "Lưu ý: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị đã được thay thế bởi Nghị quyết số 68-NQ/TW"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """An administrator on Telegram, an editor on Zalo Bot, a collaborator."""
    async with staffed(tmp_path, {EDITOR: ("editor", "Lan"), HELPER: ("collaborator", "Minh")}) as talk:
        yield talk


def labels(text: Text) -> list[str]:
    return [choice.label for choice in text.choices]


async def key_of(talk: Several, number: str) -> int:
    return (await talk.db.read(documents.find, number))[0].key


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("thay thế 18-NQ/TW bằng 57-NQ/TW", Wish((("18-NQ/TW", "57-NQ/TW"),), undo=False)),
        ("Thay the 18-NQ/TW boi 57-NQ/TW.", Wish((("18-NQ/TW", "57-NQ/TW"),), undo=False)),
        ("/thaythe 18 bằng 57", Wish((("18", "57"),), undo=False)),
        ("thay thế A bằng B bằng C", Wish((("A", "B bằng C"), ("A bằng B", "C")), undo=False)),
        ("thay thế 18-NQ/TW", Wish((("18-NQ/TW", ""),), undo=False)),
        ("bỏ thay thế 18-NQ/TW", Wish((("18-NQ/TW", ""),), undo=True)),
        ("thay thế 18-NQ/TW bằng văn bản nào?", None),
        ("văn bản nào thay thế 18-NQ/TW", None),
        ("thay thế", None),
    ],
)
def test_what_editors_type(typed: str, wish: Wish | None) -> None:
    assert read(typed) == wish


async def test_marked_in_chat_it_holds_at_once_and_the_other_editors_are_told_once(talk: Several) -> None:
    sure = await talk.says("telegram", "1", WISH)
    assert "• Văn bản cũ: Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (Đột phá" in sure
    assert "2 câu trả lời theo văn bản cũ sẽ mang lưu ý" in sure
    assert NEWER not in await talk.says("web", "b", QUESTION)
    done = await picks(talk, CHIEF, "Xác nhận")
    assert "Từ bây giờ 2 câu trả lời theo văn bản cũ mang lưu ý này" in done
    assert "• Nghị quyết 57 dành bao nhiêu ngân sách cho khoa học?" in done
    assert NEWER in await talk.says("web", "a", QUESTION)
    told = await talk.next("zalo-bot", "lan")
    assert "• Nghị quyết 57 dành bao nhiêu ngân sách cho khoa học?" in told
    assert "1. Tạm ngừng 2 câu" in told
    assert "được đánh dấu thay thế bởi" in await presses(talk, CHIEF, await _again(talk))
    await talk.bot.tell(staff_superseding.announce)
    assert talk.networks["zalo-bot"].unread("lan") == []
    assert talk.networks["telegram"].unread("3") == []


async def _again(talk: Several) -> str:
    return f"replace/{await key_of(talk, '57-NQ/TW')}/{await key_of(talk, '68-NQ/TW')}/yes"


async def test_an_editor_suspends_all_with_one_tap_and_opens_them_again(talk: Several) -> None:
    await talk.says("telegram", "1", WISH)
    await picks(talk, CHIEF, "Xác nhận")
    await talk.next("zalo-bot", "lan")
    stopped = await picks(talk, EDITOR, "Tạm ngừng 2 câu")
    assert "Đã tạm ngừng 2 câu trả lời" in stopped
    assert "Câu trả lời đang tạm ngừng: 2" in stopped
    await talk.bot.refresh()
    assert "3% tổng chi" not in await talk.says("web", "a", QUESTION)
    assert "Không còn câu trả lời nào đang dùng" in await picks(talk, CHIEF, "Tạm ngừng 2 câu")
    assert "Đã mở lại 2 câu trả lời" in await picks(talk, EDITOR, "Mở lại 2 câu")
    await talk.bot.refresh()
    assert "3% tổng chi" in await talk.says("web", "a", QUESTION)
    assert "Không có câu trả lời nào đang tạm ngừng" in await picks(talk, CHIEF, "Mở lại 2 câu")
    acts = await talk.db.read(audit.recent, 10)
    assert [(act.actor, act.act) for act in acts][:3] == [
        ("Lan", "entries.reopened"),
        ("Lan", "entries.suspended"),
        ("Quản trị viên", "document.superseded"),
    ]
    journal = await talk.says("telegram", "1", "nhật ký")
    assert "Lan: tạm ngừng các câu trả lời theo 57-NQ/TW ngày 22/12/2024" in journal


async def test_what_waits_until_somebody_has_looked(talk: Several) -> None:
    await talk.says("telegram", "1", WISH)
    await picks(talk, CHIEF, "Xác nhận")
    assert "còn câu trả lời chưa rà soát" in await talk.says("telegram", "1", "/viec")
    shown = await picks(talk, CHIEF, "57-NQ/TW ngày 22/12/2024 (2 câu)")
    assert "Câu trả lời cần rà soát: 2" in shown
    assert "2 câu trả lời theo Nghị quyết số 57-NQ/TW" in await picks(talk, CHIEF, "Đã rà soát")
    assert "chưa rà soát" not in await talk.says("telegram", "1", "/viec")


async def test_a_mistake_is_taken_back(talk: Several) -> None:
    await talk.says("telegram", "1", WISH)
    await picks(talk, CHIEF, "Xác nhận")
    shown = await talk.says("telegram", "1", "bỏ thay thế 57-NQ/TW")
    assert "Đã được thay thế bởi Nghị quyết số 68-NQ/TW" in shown
    assert "Đã bỏ đánh dấu" in await picks(talk, CHIEF, "Bỏ đánh dấu thay thế")
    assert NEWER not in await talk.says("web", "a", QUESTION)
    old = await key_of(talk, "57-NQ/TW")
    assert "không có gì để tạm ngừng" in await presses(talk, CHIEF, f"suspend/{old}")
    assert "không được đánh dấu" in await presses(talk, CHIEF, f"release/{old}")


async def test_which_of_several_is_meant_is_asked(talk: Several) -> None:
    assert "Chưa có văn bản “58-NQ/TW”" in await talk.says("telegram", "1", "thay thế 58-NQ/TW bằng 57-NQ/TW")
    assert "Chưa có văn bản “58-NQ/TW”" in await talk.says("telegram", "1", "thay thế 57-NQ/TW bằng 58-NQ/TW")
    await talk.says("telegram", "1", "thay thế 18-NQ/TW bằng 57-NQ/TW")
    assert "25/10/2017" in await picks(talk, CHIEF, "18-NQ/TW ngày 25/10/2017 → 57-NQ/TW ngày 22/12/2024")
    assert "chọn một văn bản" in await talk.says("telegram", "1", "thay thế 18-NQ/TW")


async def test_a_question_of_a_member_stays_a_question(talk: Several) -> None:
    assert "Chưa có văn bản" not in await talk.says("telegram", "1", "thay thế sổ hộ khẩu bằng gì")


async def test_itself_and_circles_are_refused_with_a_sentence(talk: Several) -> None:
    refused = await talk.says("telegram", "1", "thay thế 57-NQ/TW bằng 57-NQ/TW")
    assert refused == "Văn bản không thể được thay thế bởi chính nó."
    assert "ghi ngược" in await talk.says("telegram", "1", "thay thế 68-NQ/TW bằng 57-NQ/TW")
    assert "ghi ngược" not in await talk.says("telegram", "1", WISH)
    await talk.says("telegram", "1", WISH)
    await picks(talk, CHIEF, "Xác nhận")
    await talk.says("telegram", "1", "thay thế 68-NQ/TW bằng 18-NQ/TW ngày 16/06/2022")
    sure = last_of(talk, CHIEF).choices[0].payload
    refused = await talk.says("telegram", "1", "thay thế 68-NQ/TW bằng 57-NQ/TW")
    assert "vòng tròn: 68-NQ/TW ngày 04/05/2025 → 57-NQ/TW ngày 22/12/2024 → 68-NQ/TW" in refused
    await presses(talk, CHIEF, sure)
    refused = await talk.says("telegram", "1", "thay thế 18-NQ/TW ngày 16/06/2022 bằng 57-NQ/TW")
    assert "vòng tròn" in refused
    asked_before = f"replace/{await key_of(talk, '68-NQ/TW')}/{await key_of(talk, '57-NQ/TW')}/yes"
    assert "vòng tròn" in await presses(talk, CHIEF, asked_before)


async def test_a_draft_takes_its_place_when_it_is_published(talk: Several) -> None:
    [new] = await talk.db.read(documents.find, "68-NQ/TW")

    def publish(tx: Tx, status: documents.Status) -> None:
        documents.save(tx, replace(documents.as_draft(new), status=status), talk.clock.now())

    await talk.db.run(publish, "draft")
    assert "còn là bản nháp" in await talk.says("telegram", "1", WISH)
    assert "chưa có gì thay đổi" in await picks(talk, CHIEF, "Xác nhận")
    assert "Lưu ý" not in await talk.says("web", "a", QUESTION)
    await talk.db.run(publish, "in force")
    assert NEWER in await talk.says("web", "a", QUESTION)
    await talk.bot.tell(staff_superseding.announce)
    assert "Tạm ngừng 2 câu" in await talk.next("zalo-bot", "lan")


async def test_by_a_file_in_another_process_everybody_is_told(talk: Several, tmp_path: Path) -> None:
    row = {
        "number": "57-NQ/TW",
        "title": "Khoa học",
        "issuer": "Bộ Chính trị",
        "issued_on": "2024-12-22",
        "superseded_by": "68-NQ/TW",
    }
    command = (sys.executable, "-m", "bot", "import", str(jsonl(tmp_path, row)))
    settings = os.environ | {"DATABASE_URL": f"sqlite:///{talk.db.path}"}
    other = await asyncio.create_subprocess_exec(*command, env=settings, stdout=subprocess.DEVNULL)
    assert await other.wait() == 0
    assert NEWER in await talk.says("web", "a", QUESTION)
    await talk.bot.tell(staff_superseding.announce)
    assert "Văn bản đã được thay thế" in await talk.next("zalo-bot", "lan")
    assert "Văn bản đã được thay thế" in await talk.next("telegram", "1")
    await talk.bot.tell(staff_superseding.announce)
    assert talk.networks["telegram"].unread("1") == []


async def test_to_everybody_else_these_are_words_and_dead_buttons(talk: Several) -> None:
    old = await key_of(talk, "57-NQ/TW")
    for of in (HELPER, Address("zalo-oa", "x")):
        assert "Văn bản cũ:" not in await talk.says(of.channel, of.conversation, WISH)
        for payload in (f"manage/{old}", f"suspend/{old}", f"replace/{old}/1/yes"):
            assert "không còn dùng được" in await presses(talk, of, payload)
        await talk.says(of.channel, of.conversation, "57-NQ/TW")
        assert "Quản lý văn bản" not in labels(last_of(talk, of))
    await talk.says("telegram", "1", "57-NQ/TW")
    assert "Quản lý văn bản" in labels(last_of(talk, CHIEF))
    shown = await picks(talk, CHIEF, "Quản lý văn bản")
    assert "Trong 30 ngày qua: 3 lượt xem, 0 lượt tải" in shown
    assert (await talk.rows("suspensions"), await talk.rows("supersedings")) == ([], [])


async def test_a_button_of_a_role_that_has_ended(talk: Several) -> None:
    await talk.says("telegram", "1", WISH)
    await picks(talk, CHIEF, "Xác nhận")
    await talk.next("zalo-bot", "lan")
    member = await talk.db.read(staff.member, (CHIEF,), EDITOR)
    assert member is not None
    await talk.db.run(staff.withdraw_role, (CHIEF,), member.key, None, talk.clock.now() + timedelta(1))
    assert "không còn dùng được" in await picks(talk, EDITOR, "Tạm ngừng 2 câu")
    assert len(await talk.db.read(entries.of_document, await key_of(talk, "57-NQ/TW"))) == 2
