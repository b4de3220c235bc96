"""One person on several networks: joined by a code, undone at will, erased together."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.audience import staff
from bot.model import Address
from tests.dialogues.several import TELEGRAM, WEB, ZALO, Several, several

TELEGRAM_7, ZALO_LAN, WEB_V = ("telegram", "7"), ("zalo-bot", "lan"), ("web", "v")


async def linked(talk: Several) -> set[frozenset[tuple[str, str]]]:
    """The groups of accounts that are one person."""
    groups: dict[str, set[tuple[str, str]]] = {}
    for row in await talk.rows("links"):
        groups.setdefault(row["identity"], set()).add((row["channel"], row["person"]))
    return {frozenset(group) for group in groups.values()}


async def is_administrator(talk: Several, account: tuple[str, str]) -> bool:
    member = await talk.db.read(staff.member, (), Address(*account))
    return member is not None and member.role == "administrator"


async def test_a_code_of_one_network_sent_on_another_joins_them(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        explained = await talk.says("telegram", "7", "/lienket")
        assert "bot Zalo hoặc trang web" in explained
        assert "10 phút" in explained
        line = await talk.next("telegram", "7")
        assert line.startswith("lienket ")
        joined = await talk.says("zalo-bot", "lan", line)
        assert "Đã liên kết với Telegram" in joined
        assert "gõ “bỏ liên kết” ngay" in joined
        assert "Vai trò" not in joined
        assert await linked(talk) == {frozenset({TELEGRAM_7, ZALO_LAN})}
        told = await talk.next("telegram", "7")
        assert "vừa liên kết thêm bot Zalo" in told
        assert "/bolienket" in told


async def test_the_code_is_sent_with_slash_as_well(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        line = await talk.code_line("zalo-bot", "lan")
        assert "Đã liên kết với bot Zalo" in await talk.says("telegram", "7", f"/{line}")


async def test_the_code_is_enough_without_its_word(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        line = await talk.code_line("zalo-bot", "lan")
        assert "Đã liên kết với bot Zalo" in await talk.says("telegram", "7", line.removeprefix("lienket "))


async def test_the_identity_is_random_and_says_nothing(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        [identity] = {row["identity"] for row in await talk.rows("links")}
        assert len(identity) == 12
        assert await talk.rows("codes") == []


async def test_more_than_two_networks_are_one_person(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        assert "Telegram và bot Zalo" in await talk.link(TELEGRAM_7, WEB_V)
        assert await linked(talk) == {frozenset({TELEGRAM_7, ZALO_LAN, WEB_V})}


async def test_two_pairs_become_one_person(tmp_path: Path) -> None:
    async with several(tmp_path, telegram=TELEGRAM, zalo_bot=ZALO, zalo_oa=ZALO, web=WEB) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        await talk.link(("zalo-oa", "9"), WEB_V)
        await talk.link(ZALO_LAN, WEB_V)
        assert await linked(talk) == {frozenset({TELEGRAM_7, ZALO_LAN, ("zalo-oa", "9"), WEB_V})}


async def test_a_code_works_once_and_for_ten_minutes(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        line = await talk.code_line("telegram", "7")
        await talk.says("zalo-bot", "lan", line)
        assert "không đúng, hoặc đã được dùng" in await talk.says("zalo-bot", "mai", line)
        late = await talk.code_line("telegram", "8")
        talk.clock.move(minutes=10)
        assert "quá 10 phút" in await talk.says("zalo-bot", "mai", late)
        assert await linked(talk) == {frozenset({TELEGRAM_7, ZALO_LAN})}


async def test_a_new_code_ends_the_one_before(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        first = await talk.code_line("telegram", "7")
        await talk.code_line("telegram", "7")
        assert "không đúng" in await talk.says("zalo-bot", "lan", first)


@pytest.mark.parametrize("person", ["7", "8"])
async def test_on_the_same_network_it_does_nothing(tmp_path: Path, person: str) -> None:
    async with several(tmp_path) as talk:
        line = await talk.code_line("telegram", "7")
        assert "Mã này lấy ở Telegram" in await talk.says("telegram", person, line)
        assert await linked(talk) == set()


async def test_one_person_has_one_account_on_a_network(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        line = await talk.code_line("telegram", "8")
        assert "một tài khoản Telegram" in await talk.says("zalo-bot", "lan", line)
        assert await linked(talk) == {frozenset({TELEGRAM_7, ZALO_LAN})}


async def test_joining_again_changes_nothing(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        line = await talk.code_line("zalo-bot", "lan")
        assert "đã liên kết với nhau rồi" in await talk.says("telegram", "7", line)
        assert len(await linked(talk)) == 1


async def test_in_a_group_nobody_links(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        line = await talk.code_line("telegram", "7")
        for words in (line, "lien ket", "bo lien ket"):
            assert "nhắn tin riêng" in await talk.says("zalo-bot", "lan", words, group="group-1")
        assert await linked(talk) == set()


async def test_wrong_codes_and_asking_for_codes_are_limited(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        for _ in range(5):
            line = await talk.code_line("telegram", "7")
            assert "không đúng" in await talk.says("zalo-bot", "lan", "lienket 222-222-222")
        assert "lấy mã nhiều lần" in await talk.says("telegram", "7", "/lienket")
        assert "tạm dừng nhận mã" in await talk.says("zalo-bot", "lan", line)
        assert "Đã liên kết" in await talk.says("zalo-bot", "mai", line)


async def test_a_single_network_has_nothing_to_link(tmp_path: Path) -> None:
    async with several(tmp_path, telegram=TELEGRAM) as talk:
        assert "chưa có ứng dụng nào khác" in await talk.says("telegram", "7", "/lienket")


async def test_unlinking_undoes_it(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        assert "chưa liên kết" in await talk.says("zalo-bot", "lan", "bo lien ket")
        await talk.link(TELEGRAM_7, ZALO_LAN)
        assert "Đã bỏ liên kết với Telegram" in await talk.says("zalo-bot", "lan", "bo lien ket")
        assert await talk.rows("links") == []


async def test_of_three_the_other_two_stay_linked(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        await talk.link(TELEGRAM_7, WEB_V)
        assert "thêm trang web" in await talk.next(*ZALO_LAN)
        assert "Telegram và trang web" in await talk.says("zalo-bot", "lan", "bỏ liên kết ạ")
        assert await linked(talk) == {frozenset({TELEGRAM_7, WEB_V})}


async def test_an_administrator_is_one_on_all_linked_networks_until_unlinked(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("telegram", "7", f"quantri {await talk.bot.claim_code()}")
        assert "Vai trò quản trị viên từ nay dùng được" in await talk.link(TELEGRAM_7, ZALO_LAN)
        assert await is_administrator(talk, TELEGRAM_7)
        assert await is_administrator(talk, ZALO_LAN)
        assert "Vai trò quản trị viên chỉ còn ở Telegram" in await talk.says("zalo-bot", "lan", "bo lien ket")
        assert not await is_administrator(talk, ZALO_LAN)
        assert await is_administrator(talk, TELEGRAM_7)


async def test_erasing_covers_all_linked_conversations_and_says_so(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        await talk.code_line("telegram", "7")
        erased = await talk.says("zalo-bot", "lan", "xoa du lieu")
        assert "liên kết với Telegram; dữ liệu của Bạn ở đó cũng đã xóa" in erased
        assert "đã từng nhắn tin" in erased
        for table in ("people", "links", "codes"):
            assert await talk.rows(table) == [], table
        assert "không còn giữ dữ liệu nào" in await talk.says("telegram", "7", "/xoadulieu")


async def test_erasing_in_a_group_leaves_the_links_and_does_not_tell_of_them(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        erased = await talk.says("telegram", "7", "/xoadulieu", group="group-1")
        assert "Zalo" not in erased
        assert "nhắn tin riêng" in erased
        assert await linked(talk) == {frozenset({TELEGRAM_7, ZALO_LAN})}
        assert [(row["channel"], row["person"]) for row in await talk.rows("people")] == [ZALO_LAN]


async def test_a_role_is_not_erased_and_the_reply_says_so(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("telegram", "7", f"quantri {await talk.bot.claim_code()}")
        await talk.link(TELEGRAM_7, ZALO_LAN)
        erased = await talk.says("zalo-bot", "lan", "xoa du lieu")
        assert "Vai trò quản trị viên thì vẫn còn" in erased
        assert await is_administrator(talk, TELEGRAM_7)
        assert not await is_administrator(talk, ZALO_LAN)


async def test_privacy_mentions_linking(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        assert "gõ /bolienket để bỏ" in await talk.says("telegram", "7", "/riengtu")
        assert "gõ “bỏ liên kết” để bỏ" in await talk.says("zalo-bot", "lan", "rieng tu")


async def test_who_blocks_us_on_a_network_is_forgotten_there(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.link(TELEGRAM_7, ZALO_LAN)
        await talk.hear("telegram", "7", "", kind="stopped")
        assert "chưa liên kết" in await talk.says("telegram", "7", "/bolienket")
        assert await talk.rows("links") == []
