"""Talks as propagandists note them: in one line, in three taps, corrected, withdrawn, summed up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audience import staff, units
from bot.audience.staff import Role
from bot.audience.units import Unit
from bot.model import Address, Tx
from tests.dialogues.conftest import _small_knowledge
from tests.dialogues.several import Several, several
from tests.fakes.time import START as NOW

CHIEF = Address("telegram", "1")
AN = ("zalo-bot", "an")  # a propagandist in Tổ dân phố 3 of Bình Minh
UNITS = (
    ("Tỉnh Ví Dụ", "tỉnh", None),
    ("Phường Bình Minh", "phường", 1),
    ("Xã Tân Lập", "xã", 1),
    ("Tổ dân phố 3", "tổ dân phố", 2),
    ("Tổ dân phố 4", "tổ dân phố", 2),
    ("Tổ dân phố 3", "tổ dân phố", 3),
)
LINE = "buổi tuyên truyền: 45 người nghe, tổ dân phố 3, nghị quyết 57"
NQ57 = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"


def prepare(tx: Tx) -> None:
    _small_knowledge(tx)
    for name, kind, parent in UNITS:
        units.add(tx, Unit(0, name, kind, parent), NOW)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(tmp_path, admins=(CHIEF,)) as talking:
        await talking.db.run(prepare)
        await member(talking, AN, unit=4)
        yield talking


async def member(
    talk: Several, at: tuple[str, str], role: Role = "collaborator", unit: int | None = None
) -> None:
    def become(tx: Tx) -> None:
        key = staff.give_role(tx, (CHIEF,), Address(*at), role, f"Member {at[1]}", None, NOW)
        if unit is not None:
            staff.place(tx, key, unit, None, NOW)

    await talk.db.run(become)


async def counted(talk: Several) -> list[tuple[object, ...]]:
    """(listeners, unit, day, content) of each that counts."""
    return [
        (row["listeners"], row["unit"], row["held_on"], row["content"])
        for row in await talk.rows("talks")
        if row["state"] == "counted"
    ]


# In one line


async def test_one_line_is_enough(talk: Several) -> None:
    said = await talk.says(*AN, LINE)
    assert (
        "Đã ghi buổi tuyên truyền:\n• Ngày: 23/11/2026\n• Đơn vị: Tổ dân phố 3, Phường Bình Minh\n"
        f"• Người nghe: 45\n• Nội dung: {NQ57}\n\nTrong một ngày"
    ) in said
    assert await counted(talk) == [(45, 4, "2026-11-23", "nghị quyết 57")]
    assert [row["document"] for row in await talk.rows("talk_documents")] == [3]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("buoi tuyen truyen 30 ng to dan pho 4 nghi quyet 57", (30, 5, "2026-11-23")),
        ("Buổi tuyên truyền: nghị quyết 57; 30 người; xã Tân Lập; hôm qua", (30, 3, "2026-11-22")),
        ("buổi tuyên truyền 20/11: 30 hội viên, an toàn giao thông", (30, 4, "2026-11-20")),
        ("buổi tuyên truyền: 30 người, tổ 3 xã tân lập, nq 68", (30, 6, "2026-11-23")),
        ("/buoi 30 người, tdp4, nghị quyết 57", (30, 5, "2026-11-23")),
    ],
)
async def test_however_it_is_typed(talk: Several, line: str, row: tuple[object, ...]) -> None:
    await member(talk, ("telegram", "7"), unit=4)
    assert "Đã ghi" in await talk.says("telegram", "7", line)
    assert [each[:3] for each in await counted(talk)] == [row]


async def test_a_place_and_words_are_kept_masked(talk: Several) -> None:
    said = await talk.says(
        *AN, "buổi tuyên truyền: 30 người tại nhà văn hóa tổ 3, an toàn giao thông, hỏi anh Ba 0912345678"
    )
    assert "• Nội dung: an toàn giao thông, hỏi anh Ba" in said
    assert "• Địa điểm: nhà văn hóa tổ 3" in said
    [row] = await talk.rows("talks")
    assert row["content"] == "an toàn giao thông, hỏi anh Ba [số điện thoại]"


async def test_a_unit_that_several_have_is_asked_for(talk: Several) -> None:
    assert "ở đơn vị nào" in await talk.says("telegram", "1", LINE)
    assert talk.labels("telegram", "1") == ["Tổ dân phố 3, Phường Bình Minh", "Tổ dân phố 3, Xã Tân Lập"]
    assert await counted(talk) == []
    assert "Tổ dân phố 3, Xã Tân Lập" in await talk.presses("telegram", "1", "Tổ dân phố 3, Xã")
    assert [row[1] for row in await counted(talk)] == [6]


async def test_a_unit_that_nobody_knows_is_asked_for_and_not_guessed(talk: Several) -> None:
    said = await talk.says(*AN, "buổi tuyên truyền: 45 người, tổ dân phố 99, nghị quyết 57")
    assert "ở đơn vị nào" in said
    assert "1. Tổ dân phố 3" in said
    assert "Đơn vị: Tổ dân phố 4" in await talk.says(*AN, "tổ dân phố 4")


async def test_a_number_that_several_documents_have_is_asked_for(talk: Several) -> None:
    said = await talk.says(*AN, "buổi tuyên truyền: 45 người, nghị quyết 18")
    assert "Có nhiều văn bản mang số này" in said
    assert "ngày 16/06/2022" in await talk.says(*AN, "1")
    assert len(await talk.rows("talk_documents")) == 1


async def test_none_of_those_documents_keeps_the_words(talk: Several) -> None:
    await talk.says(*AN, "buổi tuyên truyền: 45 người, nghị quyết 18")
    assert "Nội dung: nghị quyết 18" in await talk.says(*AN, "3")
    assert len(await counted(talk)) == 1


@pytest.mark.parametrize("number", ["0", "100000", "123456789"])
async def test_nonsense_numbers_are_asked_again(talk: Several, number: str) -> None:
    said = await talk.says(*AN, f"buổi tuyên truyền: {number} người, nghị quyết 57")
    assert "có lẽ gõ nhầm" in said
    assert "bao nhiêu người nghe" in said
    assert "có lẽ gõ nhầm" in await talk.says(*AN, f"{number} người")
    assert "Người nghe: 45" in await talk.says(*AN, "45")
    assert len(await counted(talk)) == 1


async def test_a_day_that_is_still_to_come_is_asked_again(talk: Several) -> None:
    said = await talk.says(*AN, "buổi tuyên truyền: 45 người, nghị quyết 57, 25/11")
    assert "Ngày 25/11/2026 chưa đến" in said
    assert "Ngày 24/11/2026 chưa đến" in await talk.says(*AN, "24/11")
    assert "Ngày: 21/11/2026" in await talk.says(*AN, "ngày 21/11")


# In three taps


async def test_three_taps(talk: Several) -> None:
    await member(talk, ("telegram", "7"), unit=2)
    assert "bao nhiêu người nghe" in await talk.says("telegram", "7", "buổi tuyên truyền")
    assert "tuyên truyền nội dung gì" in await talk.presses("telegram", "7", "50 người")
    assert talk.labels("telegram", "7")[-1] == "Không chọn văn bản"
    said = await talk.presses("telegram", "7", "Nghị quyết số 57")
    assert "Phường Bình Minh" in said
    assert await counted(talk) == [(50, 2, "2026-11-23", "")]


async def test_taps_for_somebody_without_a_unit(talk: Several) -> None:
    await talk.says("telegram", "1", "/buoi")
    assert "ở đơn vị nào" in await talk.presses("telegram", "1", "20 người")
    await talk.presses("telegram", "1", "Phường Bình Minh")
    assert "nội dung gì" in await talk.presses("telegram", "1", "Tổ dân phố 4")
    await talk.presses("telegram", "1", "Không chọn")
    assert await counted(talk) == [(20, 5, "2026-11-23", "")]


async def test_on_a_network_without_buttons_answers_are_typed(talk: Several) -> None:
    await talk.says(*AN, "buoi tuyen truyen")
    assert "nội dung gì" in await talk.says(*AN, "37")
    assert "Nội dung: phòng chống lừa đảo trên mạng" in await talk.says(*AN, "phòng chống lừa đảo trên mạng")
    assert [row[0] for row in await counted(talk)] == [37]


async def test_a_question_in_between_is_answered_as_one(talk: Several) -> None:
    await talk.bot.refresh()
    await talk.says(*AN, "buổi tuyên truyền")
    assert "30% GDP" in await talk.says(*AN, "mục tiêu kinh tế số của nghị quyết 57?")
    assert "nội dung gì" in await talk.says(*AN, "45 người")


async def test_a_forgotten_question_is_over_after_ten_minutes(talk: Several) -> None:
    await talk.says(*AN, "buổi tuyên truyền")
    talk.clock.move(minutes=11)
    assert "không thấy lựa chọn số 45" in await talk.says(*AN, "45")
    assert await counted(talk) == []


async def test_delivered_twice_it_counts_once(talk: Several) -> None:
    raw = {"id": "again", "conversation": "an", "sender": "an", "text": LINE}
    for _ in range(2):
        await talk.bot.dispatch.inbox.add(talk.networks["zalo-bot"], [raw])
    assert "Đã ghi" in await talk.next(*AN)
    assert "Lượt người nghe: 45" in await talk.says(*AN, "báo cáo")
    assert len(await counted(talk)) == 1


# Corrected and withdrawn


async def test_corrected_within_a_day_and_counted_once(talk: Several) -> None:
    await member(talk, ("telegram", "7"), unit=4)
    await talk.says("telegram", "7", LINE)
    assert "sửa điều gì" in await talk.presses("telegram", "7", "Sửa")
    await talk.presses("telegram", "7", "Số người nghe")
    assert "Đã sửa" in await talk.says("telegram", "7", "54 người")
    await talk.presses("telegram", "7", "Sửa")
    await talk.presses("telegram", "7", "Ngày")
    assert "Ngày: 22/11/2026" in await talk.presses("telegram", "7", "Hôm qua")
    await talk.presses("telegram", "7", "Sửa")
    await talk.presses("telegram", "7", "Đơn vị")
    await talk.presses("telegram", "7", "Cấp trên")
    await talk.presses("telegram", "7", "Tổ dân phố 4")
    await talk.presses("telegram", "7", "Sửa")
    await talk.presses("telegram", "7", "Nội dung")
    assert "Nội dung: chuyển đổi số" in await talk.says("telegram", "7", "chuyển đổi số")
    assert await counted(talk) == [(54, 5, "2026-11-22", "chuyển đổi số")]
    assert await talk.rows("talk_documents") == []
    said = await talk.says("telegram", "1", "nhật ký")
    assert said.count("sửa buổi tuyên truyền số 1") == 4
    assert said.count("ghi buổi tuyên truyền số 1") == 1


async def test_withdrawn_within_a_day(talk: Several) -> None:
    await talk.says(*AN, LINE)
    assert "Đã rút lại" in await talk.says(*AN, "2")
    assert await talk.rows("talks") == []
    assert await talk.rows("talk_documents") == []


async def test_after_a_day_it_stands(talk: Several) -> None:
    await talk.says(*AN, LINE)
    [row] = await talk.rows("talks")
    talk.clock.move(hours=24)
    for act in ("withdraw", "edit", "n/50"):
        await talk.hear(*AN, "", payload=f"talk/{row['name']}/{act}")
        assert "không sửa được nữa" in await talk.next(*AN)
    assert len(await counted(talk)) == 1


async def test_nobody_else_changes_it_not_even_an_administrator(talk: Several) -> None:
    await talk.says(*AN, LINE)
    [row] = await talk.rows("talks")
    await talk.hear("telegram", "1", "", payload=f"talk/{row['name']}/withdraw")
    assert "không sửa được nữa" in await talk.next("telegram", "1")
    assert len(await counted(talk)) == 1


async def test_the_same_twice_is_asked_about(talk: Several) -> None:
    await talk.says(*AN, LINE)
    assert "một buổi giống như vậy" in await talk.says(*AN, LINE)
    assert "không ghi thêm" in await talk.says(*AN, "2")
    await talk.says(*AN, LINE)
    assert "Đã ghi" in await talk.says(*AN, "1")
    assert len(await counted(talk)) == 2


@pytest.mark.parametrize(
    "act",
    [
        "",
        "x",
        "n/0",
        "n/-1",
        "n/100000",
        "u/99/set",
        "u/x/y",
        "d/999",
        "d/x",
        "t/2026-11-30",
        "t/gone",
        "another",
        "edit/x",
    ],
)
async def test_buttons_that_fit_nothing_change_nothing(talk: Several, act: str) -> None:
    await talk.says(*AN, LINE)
    before = await talk.rows("talks")
    await talk.hear(*AN, "", payload=f"talk/{before[0]['name']}/{act}")
    assert "trục trặc" not in await talk.next(*AN)
    assert await talk.rows("talks") == before


async def test_an_unfinished_draft_cannot_be_made_to_count(talk: Several) -> None:
    await talk.says(*AN, "buổi tuyên truyền")
    [row] = await talk.rows("talks")
    await talk.hear(*AN, "", payload=f"talk/{row['name']}/another")
    assert "bao nhiêu người" in await talk.next(*AN)
    assert await counted(talk) == []


async def test_to_a_citizen_it_is_a_question(talk: Several) -> None:
    assert "chưa có câu trả lời" in await talk.says("telegram", "9", LINE)
    assert await talk.rows("talks") == []


async def test_leaving_deletes_drafts_and_keeps_what_was_counted(talk: Several) -> None:
    await talk.says(*AN, LINE)
    await talk.says(*AN, "buổi tuyên truyền")
    assert "số liệu các buổi tuyên truyền giữ lại họ tên" in await talk.says(*AN, "xóa dữ liệu")
    assert [row["state"] for row in await talk.rows("talks")] == ["counted"]


# The report


@pytest.fixture
async def reported(talk: Several) -> Several:
    """Three talks of this month, one of the last, one of the last year."""
    await member(talk, ("telegram", "7"), "editor", unit=3)
    await talk.says(*AN, LINE)
    await talk.says(*AN, "buổi tuyên truyền: 1.200 người, tổ dân phố 4, nghị quyết 68")
    await talk.says("telegram", "7", "buổi tuyên truyền: 30 người, xã Tân Lập, nghị quyết 57")
    await talk.says(*AN, "buổi tuyên truyền 5/10: 20 người, phường Bình Minh, nghị quyết 57")
    await talk.says(*AN, "buổi tuyên truyền 20/12/2025: 7 người, nghị quyết 57")
    return talk


async def test_staff_see_everything_by_unit(reported: Several) -> None:
    said = await reported.says("telegram", "7", "/baocao")
    assert said == (
        "Báo cáo tuyên truyền tháng 11/2026 – toàn bộ đơn vị:\n"
        "• Buổi tuyên truyền: 3\n• Lượt người nghe: 1.275\n• Văn bản được tuyên truyền: 2\n\n"
        "Theo đơn vị:\n"
        "• Phường Bình Minh: 2 buổi, 1.245 lượt người\n"
        "• Xã Tân Lập: 1 buổi, 30 lượt người\n\n"
        "Văn bản:\n"
        f"• {NQ57}: 2 buổi\n"
        "• Nghị quyết số 68-NQ/TW ngày 04/05/2025 của Bộ Chính trị: 1 buổi"
    )
    assert reported.labels("telegram", "7") == [
        "Tháng trước", "Năm nay", "Phường Bình Minh", "Xã Tân Lập", "Xem bằng ảnh",
    ]  # fmt: skip
    inside = await reported.presses("telegram", "7", "Phường Bình Minh")
    assert "Phường Bình Minh (kể cả đơn vị trực thuộc)" in inside
    assert "• Tổ dân phố 4: 1 buổi, 1.200 lượt người\n• Tổ dân phố 3: 1 buổi, 45 lượt người" in inside
    year = await reported.presses("telegram", "7", "Năm nay")
    assert "năm 2026 – Phường Bình Minh" in year
    assert "• Phường Bình Minh (cấp này): 1 buổi, 20 lượt người" in year
    assert "Buổi tuyên truyền: 3" in year
    assert "toàn bộ" not in await reported.presses("telegram", "7", "Cấp trên")


async def test_last_month(reported: Several) -> None:
    await reported.says("telegram", "7", "bao cao")
    said = await reported.presses("telegram", "7", "Tháng trước")
    assert "tháng 10/2026" in said
    assert "Lượt người nghe: 20" in said


async def test_a_propagandist_sees_their_own_unit_only(reported: Several) -> None:
    said = await reported.says(*AN, "báo cáo")
    assert "tháng 11/2026 – Tổ dân phố 3:" in said
    assert "Lượt người nghe: 45" in said
    await reported.hear(*AN, "", payload="report/month/3")
    assert "– Tổ dân phố 3:" in await reported.next(*AN)


async def test_without_a_unit_one_sees_ones_own(talk: Several) -> None:
    await member(talk, ("telegram", "8"))
    await talk.says("telegram", "8", "buổi tuyên truyền: 30 người, xã Tân Lập, nghị quyết 57")
    await talk.says(*AN, LINE)
    said = await talk.says("telegram", "8", "/baocao")
    assert "các buổi đồng chí đã ghi" in said
    assert "Lượt người nghe: 30" in said
    assert "/donvi" in said


async def test_a_merged_unit_is_counted_where_it_belongs_now(reported: Several) -> None:
    def merge(tx: Tx) -> None:
        units.merge(tx, 5, 4, NOW)

    await reported.db.run(merge)
    await reported.says("telegram", "7", "/baocao")
    said = await reported.presses("telegram", "7", "Phường Bình Minh")
    assert "Buổi tuyên truyền: 2\n• Lượt người nghe: 1.245" in said
    assert "Tổ dân phố 4" not in said


async def test_before_there_is_anything(talk: Several) -> None:
    assert "Chưa có buổi tuyên truyền nào" in await talk.says("telegram", "1", "/baocao")


async def test_without_units_talks_are_counted_all_the_same(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        assert "Đã ghi" in await talk.says(
            "telegram", "1", "buổi tuyên truyền: 30 người, thôn 7, an toàn giao thông"
        )
        said = await talk.says("telegram", "1", "/baocao")
        assert "Lượt người nghe: 30" in said
        assert "Theo đơn vị" not in said


async def test_without_units_a_place_is_kept_as_one(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        await talk.db.run(_small_knowledge)
        said = await talk.says("telegram", "1", LINE)
        assert "• Địa điểm: tổ dân phố 3" in said
        assert f"• Nội dung: {NQ57}" in said
