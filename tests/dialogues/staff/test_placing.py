"""Which unit a member belongs to: by taps, by name, by the invitation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.audience import staff, units
from bot.audience.units import Unit
from bot.model import Address, Tx
from tests.dialogues.several import Several, several
from tests.fakes.time import START as NOW

CHIEF = Address("telegram", "1")
NAMES = (
    ("Tỉnh Ví Dụ", "tỉnh", None),
    ("Phường Bình Minh", "phường", 1),
    ("Xã Tân Lập", "xã", 1),
    ("Tổ dân phố 3", "tổ dân phố", 2),
    ("Tổ dân phố 3", "tổ dân phố", 3),
    *((f"Thôn {number}", "thôn", 3) for number in range(1, 11)),
)


def plant(tx: Tx) -> None:
    for name, kind, parent in NAMES:
        units.add(tx, Unit(0, name, kind, parent), NOW)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(tmp_path, admins=(CHIEF,)) as talking:
        await talking.db.run(plant)
        yield talking


async def unit_of(talk: Several, account: Address) -> str:
    found = await talk.db.read(staff.member, talk.bot.admins, account)
    tree = await talk.db.read(units.load)
    return tree.path(found.unit) if found and found.unit is not None else ""


async def test_three_taps(talk: Several) -> None:
    assert "công tác ở đơn vị nào" in await talk.says("telegram", "1", "/donvi")
    assert talk.labels("telegram", "1") == ["Tỉnh Ví Dụ", "Phường Bình Minh", "Xã Tân Lập"]
    await talk.presses("telegram", "1", "Xã Tân Lập")
    assert talk.labels("telegram", "1") == [
        "Xã Tân Lập", *(f"Thôn {number}" for number in range(1, 9)), "Xem thêm", "Cấp trên",
    ]  # fmt: skip
    await talk.presses("telegram", "1", "Xem thêm")
    assert talk.labels("telegram", "1") == ["Xã Tân Lập", "Thôn 9", "Thôn 10", "Tổ dân phố 3", "Cấp trên"]
    assert "thuộc đơn vị Thôn 10" in await talk.presses("telegram", "1", "Thôn 10")
    assert await unit_of(talk, CHIEF) == "Thôn 10, Xã Tân Lập"
    assert "đang ở đơn vị: Thôn 10, Xã Tân Lập" in await talk.says("telegram", "1", "đơn vị của tôi")


async def test_by_name(talk: Several) -> None:
    assert "thuộc đơn vị Tổ dân phố 3" in await talk.says("telegram", "1", "don vi: to 3 binh minh")
    assert await unit_of(talk, CHIEF) == "Tổ dân phố 3, Phường Bình Minh"


async def test_by_a_name_that_several_have(talk: Several) -> None:
    assert "đơn vị nào" in await talk.says("telegram", "1", "đơn vị: tdp 3")
    assert talk.labels("telegram", "1") == ["Tổ dân phố 3, Phường Bình Minh", "Tổ dân phố 3, Xã Tân Lập"]
    await talk.presses("telegram", "1", "Tổ dân phố 3, Xã")
    assert await unit_of(talk, CHIEF) == "Tổ dân phố 3, Xã Tân Lập"


async def test_by_its_code(talk: Several) -> None:
    """As tables of units have them; also where a unit is named for somebody else."""

    def number(tx: Tx) -> None:
        tx.run("UPDATE units SET code = 'TL-26734' WHERE name = 'Xã Tân Lập'")

    await talk.db.run(number)
    assert "thuộc đơn vị Xã Tân Lập" in await talk.says("telegram", "1", "đơn vị: tl-26734")
    said = await talk.says("telegram", "1", "mời cộng tác viên Lê Bình, TL-26734")
    assert "làm cộng tác viên (Xã Tân Lập)" in said


async def test_by_a_name_that_none_has(talk: Several) -> None:
    assert "không tìm thấy đơn vị “thôn 99”" in await talk.says("telegram", "1", "đơn vị: thôn 99")


async def test_by_the_invitation(talk: Several) -> None:
    said = await talk.says("telegram", "1", "mời cộng tác viên Lê Bình, thôn 3")
    assert "làm cộng tác viên (Thôn 3)" in said
    joined = await talk.says("zalo-bot", "b", await talk.next("telegram", "1"))
    assert joined.startswith("Xin chào đồng chí!")
    assert await unit_of(talk, Address("zalo-bot", "b")) == "Thôn 3, Xã Tân Lập"


@pytest.mark.parametrize(
    ("unit", "said"), [("thôn 99", "không tìm thấy"), ("tổ 3", "nhiều đơn vị tên như vậy")]
)
async def test_an_invitation_to_an_unclear_unit(talk: Several, unit: str, said: str) -> None:
    assert said in await talk.says("telegram", "1", f"mời cộng tác viên Lê Bình, {unit}")
    assert await talk.rows("invitations") == []


async def test_without_units(tmp_path: Path) -> None:
    async with several(tmp_path, admins=(CHIEF,)) as talk:
        for words in ("/donvi", "đơn vị: thôn 3"):
            assert "Chưa có danh mục đơn vị" in await talk.says("telegram", "1", words)
        said = await talk.says("telegram", "1", "mời biên tập Nguyễn Văn An, tổ dân phố 3")
        assert "mời không kèm đơn vị" in said


@pytest.mark.parametrize(
    "payload", ["place", "place/99/set", "place/x/y", "place/0/set", "place/3/999", "place/3/-1"]
)
async def test_buttons_that_fit_nothing_are_answered_calmly(talk: Several, payload: str) -> None:
    await talk.hear("telegram", "1", "", payload=payload)
    assert "trục trặc" not in await talk.next("telegram", "1")
    assert await unit_of(talk, CHIEF) == ""


async def test_to_a_citizen_they_are_questions(talk: Several) -> None:
    assert "chưa có câu trả lời" in await talk.says("telegram", "7", "đơn vị: thôn 3")
    assert "chưa có lệnh" in await talk.says("telegram", "7", "/donvi")
