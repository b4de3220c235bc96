"""Groups on Zalo: set up with a code from staff, since nobody can be asked who leads them. On both fake platforms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import AFTERMATH
from bot.audience import groups, staff, units
from bot.audience.recipients import all_recipients
from bot.audience.units import Unit
from bot.channels.base import Pace
from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from scheduler import group_rounds
from tests.dialogues.conftest import NOW, _small_knowledge
from tests.dialogues.on_zalo_bot import ANSWER, NAME, QUESTION, Talk, number, talking
from tests.dialogues.on_zalo_oa import Talk as TalkOfOA
from tests.dialogues.on_zalo_oa import serving
from tests.dialogues.several import Several, several
from tests.fakes.time import Daytime
from tests.fakes.zalo_bot import GROUP, LAN, MINH
from tests.fakes.zalo_oa import GROUP as OA_GROUP
from tests.fakes.zalo_oa import LAN as OA_LAN
from tests.fakes.zalo_oa import MINH as OA_MINH
from tests.fakes.zalo_oa import FakeZaloOA


def _units(tx: Tx) -> None:
    ward = units.add(tx, Unit(0, "Phường Bình Minh", "phường"), NOW)
    for at in (1, 2):
        units.add(tx, Unit(0, f"Tổ dân phố {at}", "tổ dân phố", ward), NOW)


async def made_collaborator(db: SqliteDatabase, channel: str, person: str, unit: int | None = 1) -> None:
    def make(tx: Tx) -> None:
        key = staff.give_role(tx, (), Address(channel, person), "collaborator", "Lan", None, NOW)
        if unit:
            staff.place(tx, key, unit, None, NOW)

    await db.run(_units)
    await db.run(make)


async def recipients(db: SqliteDatabase) -> list[tuple[str, int | None, int | None]]:
    return [(each.to.conversation, each.unit, each.members) for each in await db.read(all_recipients)]


# Zalo Bot


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, webhook=False) as made:
        yield made


async def code_line(talk: Talk, words: str = "mã nhóm") -> str:
    said = await talk.says(MINH, words)
    assert "kèm nhắc tên tôi" in said
    return await talk.reply(MINH)


async def test_a_code_sent_with_a_mention_sets_a_zalo_group_up(talk: Talk) -> None:
    await made_collaborator(talk.db, "zalo-bot", MINH)
    line = await code_line(talk, "mã nhóm tổ dân phố 2")
    assert line.startswith("/nhom ")
    card = await talk.asks_in_group(f"@{NAME} {line}")
    assert "Mã đúng" in card
    assert "Đơn vị: Tổ dân phố 2" in card
    assert "Tự trả lời" not in card  # Zalo never lets a bot read a group
    assert await recipients(talk.db) == [(GROUP, 3, None)]
    assert "đã được dùng" in await talk.asks_in_group(f"@{NAME} {line}")
    menu = await talk.asks_in_group(
        f"@{NAME} {number(card, 'Đổi giờ yên tĩnh')}"
    )  # who sent the code goes on
    assert "20:00-07:00" in await talk.asks_in_group(f"@{NAME} {number(menu, '20:00-07:00')}")


async def test_others_hear_once_how_a_zalo_group_is_set_up_and_questions_are_answered(talk: Talk) -> None:
    await made_collaborator(talk.db, "zalo-bot", MINH)
    assert "xin cán bộ" in await talk.asks_in_group(f"@{NAME} thiết lập")
    talk.fake.group_text(GROUP, f"@{NAME} thiết lập nhóm")
    assert ANSWER in await talk.asks_in_group(f"@{NAME} {QUESTION}")
    assert await recipients(talk.db) == []
    group = await talk.db.read(groups.find, Address("zalo-bot", GROUP))
    assert group
    assert group.state == "new"
    talk.fake.group_text(GROUP, f"@{NAME} thiết lập tổ dân phố 1", MINH)  # a member of staff needs no code
    assert "Đơn vị: Tổ dân phố 1" in await talk.reply(GROUP)
    assert await recipients(talk.db) == [(GROUP, 2, None)]


async def test_a_code_is_kept_for_the_group_and_for_who_may_give_it(talk: Talk) -> None:
    await made_collaborator(talk.db, "zalo-bot", MINH, unit=2)
    assert "đơn vị của mình và các đơn vị bên dưới" in await talk.says(MINH, "mã nhóm tổ dân phố 2")
    assert "không tìm thấy đơn vị" in await talk.says(MINH, "mã nhóm: thôn không có")
    assert "không tìm thấy đơn vị “thôn {1}”" in await talk.says(MINH, "mã nhóm: thôn {1}")
    line = await code_line(talk)
    assert "để gửi trong nhóm" in await talk.says(LAN, line)
    await talk.db.run(lambda tx: staff.withdraw_role(tx, (), 1, None, NOW))
    assert "không đúng, hoặc đã được dùng" in await talk.asks_in_group(f"@{NAME} {line}")
    assert await recipients(talk.db) == []
    assert "mã nhóm" not in await talk.says(LAN, "mã nhóm")  # for anybody else these are words like others


# An Official Account


@pytest.fixture
async def oa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TalkOfOA]:
    monkeypatch.setattr(ZaloOA, "pace", Pace())
    db = SqliteDatabase.open(tmp_path / "hoidap.db")
    await db.run(_small_knowledge)
    await db.close()
    async with (
        FakeZaloOA() as fake,
        serving(fake, tmp_path, zalo_oa_refresh_token=fake.issue()[1]) as made,
    ):
        yield made


async def test_a_group_of_an_official_account_from_its_making_to_its_end(oa: TalkOfOA) -> None:
    await made_collaborator(oa.db, "zalo-oa", OA_MINH)
    place = f"group/{OA_GROUP}"
    oa.fake.groups[OA_GROUP] = ("Tổ dân phố 2 – Bình Minh", 31, "enabled")
    await oa.fake.group_event("create_group", OA_GROUP)
    greeting = await oa.reply(place)
    assert "xin cán bộ" in greeting.text
    await oa.fake.group_event("user_join_group", OA_GROUP, (OA_LAN,))  # no second greeting
    await oa.says(OA_MINH, "mã nhóm tổ dân phố 2")
    line = await oa.reply(OA_MINH)
    await oa.fake.group_text(OA_GROUP, f"[@{oa.fake.oa_id}] {line.text}")
    card = await oa.reply(place)
    assert "Đơn vị: Tổ dân phố 2" in card.text
    assert await recipients(oa.db) == [(place, 3, 31)]
    # Zalo delivers everything that is said in such a group, so that it can be let answer.
    await oa.fake.group_text(OA_GROUP, QUESTION)
    await oa.fake.group_text(OA_GROUP, f"[@{oa.fake.oa_id}] {number(card.text, 'Cho tôi tự trả lời')}")
    assert "tôi sẽ trả lời" in (await oa.reply(place)).text
    await oa.fake.group_text(OA_GROUP, "tối nay họp tổ lúc mấy giờ")
    await oa.fake.group_text(OA_GROUP, QUESTION)
    assert ANSWER in (await oa.reply(place)).text
    oa.fake.groups[OA_GROUP] = ("Tổ dân phố 2", 35, "disabled")  # its package has expired
    await look(oa)
    assert await recipients(oa.db) == []
    oa.fake.groups[OA_GROUP] = ("Tổ dân phố 2", 35, "enabled")
    await look(oa)
    assert await recipients(oa.db) == [(place, 3, 35)]
    await oa.fake.group_event("delete_group", OA_GROUP)
    await oa.silence(place)
    assert await recipients(oa.db) == []


async def look(oa: TalkOfOA) -> None:
    await group_rounds.look(
        oa.db,
        oa.bot.platforms.describe,
        Daytime(),
        forbidden_only=False,
        gone=AFTERMATH.gone,
        moved=AFTERMATH.moved,
    )


async def test_a_group_that_was_there_before_us_is_known_from_its_first_message(oa: TalkOfOA) -> None:
    await oa.fake.group_text(OA_GROUP, f"[@{oa.fake.oa_id}] {QUESTION}")
    assert ANSWER in (await oa.reply(f"group/{OA_GROUP}")).text
    assert await oa.db.read(groups.find, Address("zalo-oa", f"group/{OA_GROUP}"))


# Codes


async def test_a_code_is_good_for_a_week_and_guessing_ends_soon(tmp_path: Path) -> None:
    async with several(tmp_path, (Address("telegram", "1"),)) as talk:
        await made_collaborator(talk.db, "telegram", "7")
        line = await code_of(talk)
        assert "Lan: lấy mã cho một nhóm: Phường Bình Minh" in await talk.says("telegram", "1", "nhật ký")
        talk.clock.move(days=8)
        assert "quá 7 ngày" in await talk.says("zalo-bot", "lan", line, group="group-1")
        line = await code_of(talk)
        for _ in range(5):
            said = await talk.says("zalo-bot", "lan", "/nhom 7KC-9MX-T4F", group="group-1")
            assert "không đúng" in said
        assert "tạm dừng nhận mã" in await talk.says("zalo-bot", "lan", line, group="group-1")
        assert "Mã đúng" in await talk.says("zalo-bot", "minh", line.removeprefix("/nhom "), group="group-1")


async def code_of(talk: Several) -> str:
    await talk.says("telegram", "7", "mã nhóm")
    return await talk.next("telegram", "7")


@pytest.mark.parametrize("shown", ["7KC-9MX-T4F", "7KC9MXT4F"])
async def test_an_invitation_comes_by_a_link_as_well(tmp_path: Path, shown: str) -> None:
    """t.me/our_bot?start=<code> makes Telegram send "/start <code>"."""
    async with several(tmp_path) as talk:
        code = await talk.invitation("collaborator", "Nguyễn Văn An")
        sent = code if "-" in shown else code.replace("-", "")
        assert "cộng tác viên" in await talk.says("telegram", "7", f"/start {sent}")
        assert [each["role"] for each in await talk.rows("staff")] == ["collaborator"]
        assert "Bạn có thể hỏi tôi" in await talk.says("telegram", "8", "/start gi-do")
