"""An administrator looks after the members: list, change, withdraw; and what becomes of people, codes and the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.audience import department, staff
from bot.audience.staff import Role
from bot.model import Address
from knowledge import inquiries, inquiry_groups
from tests.dialogues.several import Several, several

CHIEF = Address("telegram", "1")
AN = Address("zalo-bot", "an")


async def given(talk: Several, account: Address, role: Role, name: str) -> int:
    return await talk.db.run(staff.give_role, talk.bot.admins, account, role, name, None, talk.clock.now())


async def role_of(talk: Several, account: Address) -> str | None:
    found = await talk.db.read(staff.member, talk.bot.admins, account)
    return found.role if found else None


async def test_the_list_and_one_of_it(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await given(talk, AN, "editor", "Nguyễn Văn An")
        await talk.says("telegram", "1", "mời cộng tác viên Lê Bình")
        await talk.next("telegram", "1")
        assert "Thành viên: 2" in await talk.says("telegram", "1", "thành viên")
        assert talk.labels("telegram", "1") == [
            "Quản trị viên – quản trị viên",
            "Nguyễn Văn An – biên tập",
            "Đang mời: Lê Bình – cộng tác viên",
        ]
        shown = await talk.presses("telegram", "1", "Nguyễn Văn An")
        assert "Vai trò: biên tập\nĐơn vị: chưa chọn\nTừ ngày: 23/11/2026\nNhắn tin qua: bot Zalo" in shown
        assert talk.labels("telegram", "1") == [
            "Chuyển thành cộng tác viên",
            "Chuyển thành người duyệt",
            "Chuyển thành quản trị viên",
            "Thu hồi vai trò",
        ]


async def test_a_role_is_changed_and_the_member_hears_of_it(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        key = await given(talk, AN, "editor", "An")
        await talk.says("telegram", "1", "/thanhvien")
        await talk.presses("telegram", "1", "An")
        assert (
            await talk.presses("telegram", "1", "Chuyển thành người duyệt")
            == "Vai trò của An nay là người duyệt."
        )
        assert "nay là người duyệt" in await talk.next("zalo-bot", "an")
        assert await role_of(talk, AN) == "approver"
        said = await talk.says("telegram", "1", "nhật ký")
        assert "23/11 08:00 – Quản trị viên: giao vai trò người duyệt cho An" in said
        assert "hệ thống: giao vai trò biên tập cho An" in said
        assert await talk.says("telegram", "1", "", payload=f"member/{key}/editor")


async def test_withdrawing_is_asked_again_and_ends_the_role_everywhere(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        key = await given(talk, AN, "editor", "An")
        await talk.link(("zalo-bot", "an"), ("web", "v"))
        await talk.hear("telegram", "1", "", payload=f"member/{key}/leave")
        assert "Thu hồi vai trò biên tập của An?" in await talk.next("telegram", "1")
        assert await talk.presses("telegram", "1", "Thu hồi") == "Đã thu hồi vai trò biên tập của An."
        assert "đã được thu hồi" in await talk.next("zalo-bot", "an")
        assert await role_of(talk, AN) is None
        assert await role_of(talk, Address("web", "v")) is None
        await talk.hear("telegram", "1", "", payload=f"member/{key}/left")
        assert "không còn trong danh sách" in await talk.next("telegram", "1")


async def test_the_last_administrator_stays(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("telegram", "1", f"quantri {await talk.bot.claim_code()}")
        for act in ("left", "leave", "editor"):
            await talk.hear("telegram", "1", "", payload=f"member/1/{act}")
            assert "quản trị viên cuối cùng" in await talk.next("telegram", "1")
        assert await role_of(talk, CHIEF) == "administrator"


async def test_two_administrators_who_remove_each_other_at_once(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        one, other = Address("telegram", "1"), Address("zalo-bot", "b")
        keys = [await given(talk, account, "administrator", "X") for account in (one, other)]
        await talk.hear("telegram", "1", "", payload=f"member/{keys[1]}/left")
        await talk.hear("zalo-bot", "b", "", payload=f"member/{keys[0]}/left")
        await talk.next("telegram", "1")
        await talk.next("zalo-bot", "b")
        assert [await role_of(talk, each) for each in (one, other)].count("administrator") == 1


async def test_whom_the_settings_name_only_they_can_remove(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await given(talk, AN, "administrator", "An")
        await talk.hear("zalo-bot", "an", "", payload="member/1")
        assert "thiết lập ADMINS" in await talk.next("zalo-bot", "an")
        await talk.hear("zalo-bot", "an", "", payload="member/1/left")
        assert "ADMINS" in await talk.next("zalo-bot", "an")
        assert await role_of(talk, CHIEF) == "administrator"


@pytest.mark.parametrize("payload", ["member/1/left", "members/0", "invitation/1/stop"])
async def test_a_button_of_administrators_is_dead_for_everybody_else(tmp_path: Path, payload: str) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await given(talk, AN, "approver", "An")
        await talk.hear("zalo-bot", "an", "", payload=payload)
        assert "không còn dùng được" in await talk.next("zalo-bot", "an")


@pytest.mark.parametrize(
    "payload", ["member", "member/x", "member/99999999999999999999", "invitation/7", "members/-1"]
)
async def test_buttons_that_fit_nothing_are_answered_calmly(tmp_path: Path, payload: str) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await talk.hear("telegram", "1", "", payload=payload)
        assert "trục trặc" not in await talk.next("telegram", "1")


async def test_an_invitation_is_stopped(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await talk.says("telegram", "1", "mời biên tập An")
        line = await talk.next("telegram", "1")
        await talk.says("telegram", "1", "/thanhvien")
        assert "đến 08:00 ngày 30/11/2026" in await talk.presses("telegram", "1", "Đang mời: An")
        assert "Đã hủy mã mời An" in await talk.presses("telegram", "1", "Hủy mã mời")
        assert "không đúng" in await talk.says("zalo-bot", "an", line)


async def test_the_codes_of_an_administrator_who_has_left_are_dead(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        key = await given(talk, AN, "administrator", "An")
        await talk.says("zalo-bot", "an", "mời quản trị viên Người Lạ")
        line = await talk.next("zalo-bot", "an")
        await talk.says("telegram", "1", "", payload=f"member/{key}/editor")
        assert "không đúng" in await talk.says("web", "stranger", line)


async def test_many_members_come_in_pages(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        for number in range(20):
            await given(talk, Address("web", f"w{number}"), "collaborator", f"Người {number:02}")
        assert "Thành viên: 21, trang 1/3" in await talk.says("telegram", "1", "/thanhvien")
        assert talk.labels("telegram", "1")[-1] == "Trang sau"
        assert "trang 2/3" in await talk.presses("telegram", "1", "Trang sau")
        assert "trang 3/3" in await talk.presses("telegram", "1", "Trang sau")
        assert talk.labels("telegram", "1") == ["Người 19 – cộng tác viên", "Trang trước"]


async def test_a_member_says_what_they_are_called(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        assert "là Trần Thị Chi" in await talk.says("telegram", "1", "Họ tên: Trần Thị Chi")
        assert "Họ tên cần có chữ" in await talk.says("telegram", "1", "họ tên: …")
        assert "chưa có câu trả lời" in await talk.says("telegram", "7", "Họ tên: Trần Thị Chi")
        assert [each.name for each in await talk.db.read(staff.members, (CHIEF,))] == ["Trần Thị Chi"]


@pytest.mark.parametrize("act", ["left", "collaborator"])
async def test_what_somebody_had_taken_is_free_when_they_may_answer_no_more(tmp_path: Path, act: str) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        key = await given(talk, AN, "editor", "An")
        now = talk.clock.now()
        inquiry = await talk.db.run(inquiries.send, "Đường làng hỏng?", Address("web", "v"), None, now)
        assert await talk.db.run(inquiry_groups.take, inquiry.group, key, [key])
        await talk.says("telegram", "1", "", payload=f"member/{key}/{act}")
        group = await talk.db.read(inquiry_groups.by_key, inquiry.group)
        assert group is not None
        assert (group.state, group.taken_by) == ("open", None)


async def test_a_changed_setting_stands_in_the_journal(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await talk.db.run(department.change, "four_eyes", "không", talk.clock.now())
        assert "hệ thống: đổi thiết lập four_eyes" in await talk.says("telegram", "1", "nhật ký")


# Their own data


async def test_privacy_tells_a_member_what_is_kept_of_them(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await given(talk, AN, "editor", "An")
        assert "giữ vai trò biên tập" in await talk.says("zalo-bot", "an", "rieng tu")
        assert "giữ vai trò" not in await talk.says("zalo-bot", "mai", "rieng tu")


async def test_erasing_withdraws_the_role_on_every_network_and_keeps_the_name_for_the_log(
    tmp_path: Path,
) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        key = await given(talk, AN, "editor", "Nguyễn Văn An")
        await talk.link(("zalo-bot", "an"), ("web", "v"))
        erased = await talk.says("web", "v", "/xoadulieu")
        assert "Vai trò biên tập của đồng chí cũng đã được thu hồi" in erased
        [row] = [row for row in await talk.rows("staff") if row["key"] == key]
        assert (row["channel"], row["person"], row["name"]) == (None, None, "Nguyễn Văn An")
        assert "thu hồi vai trò của Nguyễn Văn An" in await talk.says("telegram", "1", "nhat ky")


async def test_two_members_cannot_become_one(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await given(talk, AN, "editor", "An")
        await given(talk, Address("web", "v"), "approver", "Bình")
        line = await talk.code_line("zalo-bot", "an")
        assert "mỗi người chỉ giữ một vai trò" in await talk.says("web", "v", line)
        assert await talk.rows("links") == []
