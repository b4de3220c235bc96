"""/viec: for members in private, whatever they type it like; for everybody else the words are a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.audience import staff
from bot.model import Address
from tests.dialogues.several import several

ADMIN = Address("telegram", "1")


@pytest.mark.parametrize("words", ["/viec", "viec", "Việc của tôi ạ", "viec cua toi"])
async def test_a_member_sees_what_waits(tmp_path: Path, words: str) -> None:
    async with several(tmp_path, admins=(ADMIN,)) as talk:
        assert "Hiện không có việc nào chờ đồng chí (quản trị viên)" in await talk.says(
            "telegram", "1", words
        )


async def test_on_a_network_without_slash_commands_too(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        account = Address("zalo-bot", "lan")
        await talk.db.run(staff.give_role, (), account, "collaborator", "Lan", None, talk.clock.now())
        assert "(cộng tác viên)" in await talk.says("zalo-bot", "lan", "viec")


async def test_to_anybody_else_they_are_nothing_special(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(ADMIN,)) as talk:
        assert "chưa có lệnh /viec" in await talk.says("telegram", "7", "/viec")
        assert "chưa có câu trả lời" in await talk.says("telegram", "7", "việc của tôi")
        assert "chưa có lệnh" not in await talk.says("telegram", "7", "việc")


async def test_in_a_group_even_a_member_is_anybody(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(ADMIN,)) as talk:
        await talk.hear("telegram", "1", "việc của tôi", group="group-1")
        assert "đồng chí" not in await talk.next("telegram", "group-1")
