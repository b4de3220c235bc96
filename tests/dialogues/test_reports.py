"""/baocao: how far digests went and what came of them, for a period in words, as text and as a picture."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audience import staff, units
from bot.audience.units import Unit
from bot.channels.base import Limits
from bot.model import Address, Picture, Tx
from scheduler import forwards, openings, reached
from scheduler.digests import by_code
from tests.dialogues.several import Several, several
from tests.fakes.time import START as NOW
from tests.scheduler.issues import digest, put

CHIEF, AN = ("telegram", "1"), ("zalo-bot", "an")
URL = "https://hoidap.example.vn"
LIMITS = {
    "telegram": Limits(text=4096, buttons=100, file=1_000_000, caption=1024),
    "zalo_bot": Limits(text=1900, slash_commands=False, caption=1900),
}
REACHED = (
    "• Bản tin đã gửi: 1 lượt nhóm và cá nhân\n• Thành viên trong các nhóm đó: 1.200 lượt\n"
    "• Đã chuyển tiếp: 7 nhóm\n• Lượt mở trang bản tin: 2"
)


def prepare(tx: Tx) -> None:
    put(tx, digest())
    for name, parent in (("Tỉnh Ví Dụ", None), ("Phường Bình Minh", 1), ("Xã Tân Lập", 1)):
        units.add(tx, Unit(0, name, "xã", parent), NOW)
    tx.run(
        """INSERT INTO groups (channel, conversation, state, unit, members, since)
            VALUES ('telegram', '-1', 'on', 2, 1200, '2026-11-01T00:00:00')"""
    )
    key = staff.give_role(tx, (Address(*CHIEF),), Address(*AN), "collaborator", "An", None, NOW)
    staff.place(tx, key, 2, None, NOW)
    of = by_code(tx, "abcd2345")
    assert of
    reached.take(tx, of, Address("telegram", "-1"), (item.document for item in of.items), NOW.date())
    forwards.report(tx, of.key, key, 2, 7, NOW.date())
    openings.count(tx, of.key, 2, NOW.date())
    openings.count(tx, of.key, 2, NOW.date())


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(tmp_path, (Address(*CHIEF),), URL, **LIMITS) as talking:
        await talking.db.run(prepare)
        await talking.says(*CHIEF, "xin chào")  # known from now on
        yield talking


async def test_the_whole_reach_with_what_it_means(talk: Several) -> None:
    said = await talk.says(*CHIEF, "/baocao")
    assert said.startswith(
        f"Báo cáo tuyên truyền tháng 11/2026 – toàn bộ đơn vị:\nChưa có buổi tuyên truyền nào được ghi.\n{REACHED}\n\n"
        "Theo đơn vị:\n• Phường Bình Minh: 0 buổi, 0 lượt người; bản tin 1 lượt, chuyển tiếp 7 nhóm, 2 lượt mở\n\n"
    )
    assert "không phải số người" in said


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("báo cáo quý 4", "quý 4/2026"),
        ("Bao cao thang 11", "tháng 11/2026"),
        ("báo cáo tuyên truyền năm 2026 ạ", "năm 2026"),
        ("báo cáo từ 1/11/2026 đến 30/11/2026", "tháng 11/2026"),
        ("báo cáo kết quả tháng này", "tháng 11/2026"),
        ("báo cáo từ 30/11/2026 đến 1/11/2026", "tháng 11/2026"),
        ("báo cáo năm nay", "năm 2026"),
        ("báo cáo quý này", "quý 4/2026"),
    ],
)
async def test_a_period_in_words(talk: Several, words: str, named: str) -> None:
    said = await talk.says(*AN, words)
    assert f"{named} – Phường Bình Minh" in said
    assert REACHED in said


async def test_another_period_has_nothing_of_it(talk: Several) -> None:
    said = await talk.says(*CHIEF, "/baocao tháng 10")
    assert (
        said
        == "Báo cáo tuyên truyền tháng 10/2026 – toàn bộ đơn vị:\nChưa có buổi tuyên truyền nào được ghi."
    )


async def test_periods_that_are_none(talk: Several) -> None:
    assert "không phải ngày" in await talk.says(*AN, "báo cáo tháng 13")
    assert "không phải ngày" in await talk.says(*AN, "báo cáo năm 0000")
    assert "chưa rõ kỳ báo cáo" in await talk.says(*CHIEF, "/baocao gì đó")
    assert "chưa rõ kỳ báo cáo" in await talk.says(*CHIEF, "báo cáo quý 5")
    assert "chưa có câu trả lời" in await talk.says(*AN, "báo cáo thuế doanh nghiệp năm 2025")
    assert "chưa có câu trả lời" in await talk.says("zalo-bot", "citizen", "báo cáo quý 4")


async def test_as_a_picture(talk: Several) -> None:
    await talk.says(*CHIEF, "/baocao")
    await talk.presses(*CHIEF, "Xem bằng ảnh")
    picture = talk.networks["telegram"].sent[-1].reply
    assert isinstance(picture, Picture)
    assert picture.content.startswith(b"\x89PNG")
    assert picture.caption == "Kết quả tuyên truyền tháng 11/2026 – toàn bộ đơn vị"


async def test_merged_units_count_where_they_belong_now(talk: Several) -> None:
    await talk.db.run(units.merge, 2, 3, NOW)
    said = await talk.says(*CHIEF, "báo cáo năm 2026")
    assert "• Xã Tân Lập: 0 buổi, 0 lượt người; bản tin 1 lượt, chuyển tiếp 7 nhóm, 2 lượt mở" in said
    assert "Bình Minh" not in said
