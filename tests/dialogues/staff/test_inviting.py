"""Roles by invitation: the code's way from an administrator to somebody else, and every way in which it goes wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Address
from handlers.staff.inviting import Wish, read
from tests.dialogues.several import TERMINAL, Several, several

CHIEF = Address("telegram", "1")
WRONG = "222-222-222"


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("mời biên tập Nguyễn Văn An", Wish("editor", "Nguyễn Văn An")),
        ("Mời đồng chí biên tập viên: Nguyễn Văn An", Wish("editor", "Nguyễn Văn An")),
        ("moi ctv nguyen van an", Wish("collaborator", "nguyen van an")),
        ("mời làm người duyệt Lê Thị Bình", Wish("approver", "Lê Thị Bình")),
        ("mời Lê Thị Bình làm người duyệt.", Wish("approver", "Lê Thị Bình")),
        ("mời đồng chí Duyệt làm quản trị viên", Wish("administrator", "Duyệt")),
        ("/moi tuyên truyền viên Trần Mời", Wish("collaborator", "Trần Mời")),
        ("mời biên tập", Wish("editor", "")),
        (
            "mời ctv Lê Bình, tổ dân phố 3, phường A",
            Wish("collaborator", "Lê Bình", "tổ dân phố 3, phường A"),
        ),
        ("mời đồng chí làm biên tập", Wish("editor", "")),
        ("mời bạn hỏi", None),
        ("giấy mời biên tập gửi cho ai", None),
        (
            "mới biên tập xong nghị quyết",
            Wish("editor", "xong nghị quyết"),
        ),  # "moi" without accents: to members only
    ],
)
def test_what_administrators_type(typed: str, wish: Wish | None) -> None:
    assert read(typed) == wish


async def invited(talk: Several, words: str = "mời biên tập Nguyễn Văn An") -> str:
    """The line that an administrator forwards."""
    await talk.says("telegram", "1", words)
    return await talk.next("telegram", "1")


async def member(talk: Several, account: Address) -> Member | None:
    return await talk.db.read(staff.member, talk.bot.admins, account)


async def test_a_code_gives_the_role_to_whoever_sends_it(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        said = await talk.says("telegram", "1", "mời biên tập Nguyễn Văn An")
        assert "Mã mời Nguyễn Văn An làm biên tập" in said
        assert "đến 08:00 ngày 30/11/2026" in said
        line = await talk.next("telegram", "1")
        assert re.fullmatch(r"vaitro \w{3}-\w{3}-\w{3}", line)
        accepted = await talk.says("zalo-bot", "an", line)
        assert "Đồng chí đã được giao vai trò biên tập" in accepted
        assert "“việc của tôi”" in accepted
        assert await talk.next("telegram", "1") == "Nguyễn Văn An đã nhận vai trò biên tập."
        found = await member(talk, Address("zalo-bot", "an"))
        assert found is not None
        assert (found.role, found.name) == ("editor", "Nguyễn Văn An")
        assert await talk.rows("invitations") == await talk.rows("codes") == []


async def test_the_code_works_once(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
        await talk.says("zalo-bot", "an", line)
        assert "không đúng, hoặc đã được dùng" in await talk.says("zalo-bot", "mai", line)
        assert await member(talk, Address("zalo-bot", "mai")) is None


async def test_two_who_send_it_at_the_same_moment_do_not_both_get_it(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
        for person in ("a", "b", "c"):
            await talk.hear("web", person, line)
        heard = [await talk.next("web", person) for person in ("a", "b", "c")]
        assert sum("đã được giao vai trò" in words for words in heard) == 1
        assert sum("đã được dùng" in words for words in heard) == 2


async def test_it_lasts_seven_days_and_says_when_it_has_expired(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
        talk.clock.move(days=7)
        assert "quá 7 ngày" in await talk.says("zalo-bot", "an", line)
        assert await member(talk, Address("zalo-bot", "an")) is None


async def test_guessing_is_limited(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
        for _ in range(5):
            assert "không đúng" in await talk.says("web", "guesser", f"vaitro {WRONG}")
        assert "tạm dừng nhận mã" in await talk.says("web", "guesser", line)
        assert "đã được giao" in await talk.says("web", "an", line)


async def test_in_a_group_it_is_not_even_looked_at(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
        assert "nhắn tin riêng" in await talk.says("telegram", "7", line, group="group-1")
        assert "đã được giao" in await talk.says("telegram", "7", line)


async def test_who_has_as_much_already_leaves_the_code_for_others(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
        assert "Mã vẫn còn nguyên" in await talk.says("telegram", "1", line)
        assert "đã được giao" in await talk.says("telegram", "2", line)


async def test_a_higher_role_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await talk.says("telegram", "2", await invited(talk, "mời cộng tác viên An"))
        await talk.next("telegram", "1")
        await talk.says("telegram", "2", await invited(talk, "mời người duyệt Nguyễn Văn An"))
        found = await member(talk, Address("telegram", "2"))
        assert found is not None
        assert (found.role, found.name) == ("approver", "Nguyễn Văn An")
        assert len(await talk.rows("staff")) == 2


@pytest.mark.parametrize("words", ["mời biên tập Nguyễn Văn An", "thành viên", "/nhatky"])
async def test_only_administrators_are_understood(tmp_path: Path, words: str) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await talk.says("telegram", "2", await invited(talk, "mời người duyệt Bình"))
        for person in ("2", "7"):
            assert "chưa có" in await talk.says("telegram", person, words)
        assert await talk.rows("codes") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("mời biên tập", "gõ “mời”, vai trò và họ tên"),
        ("mời biên tập 123", "Họ tên cần có chữ"),
        (f"mời biên tập {'Nguyễn ' * 10}", "không quá 60 ký tự"),
    ],
)
async def test_a_name_that_is_none(tmp_path: Path, words: str, said: str) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        assert said in await talk.says("telegram", "1", words)
        assert await talk.rows("invitations") == []


async def test_a_telephone_number_beside_the_name_is_not_kept(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        assert "An [số điện thoại]" in await talk.says("telegram", "1", "mời ctv An 0912345678")


async def test_the_bare_command_explains_itself(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        assert "mã mời" in await talk.says("telegram", "7", "/vaitro")


async def test_the_terminal_takes_no_code(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        line = await invited(talk)
    async with several(tmp_path, terminal=TERMINAL) as alone:
        assert "không giữ lại người dùng" in await alone.says("terminal", "me", line)
