"""/chuyentiep: what is passed on, for whom, and how many groups it went to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.audience import staff, units
from bot.audience.staff import Role
from bot.audience.units import Unit
from bot.channels.base import Limits
from bot.model import Address, File, Picture, Tx
from scheduler import forwards
from tests.dialogues.several import Several, several
from tests.fakes.time import START as NOW
from tests.scheduler.issues import NQ57, NQ68, digest, put

MEDIA = Limits(text=4096, buttons=100, file=1_000_000, caption=1024)
URL = "https://hoidap.example.vn"
LAN, AN = ("telegram", "lan"), ("zalo-bot", "an")  # propagandists of Phường Bình Minh
CITIZEN = ("zalo-bot", "citizen")
TODAY = digest(NQ57, NQ68)
OLD = replace(digest(NQ68, title="Tin cũ"), code="olda2345", started_at=NOW - timedelta(days=7))


def prepare(tx: Tx) -> None:
    put(tx, replace(OLD, started_at=NOW - timedelta(days=7)))
    put(tx, replace(TODAY, started_at=NOW))
    unit = units.add(tx, Unit(0, "Phường Bình Minh", "phường"), NOW)
    for at in (LAN, AN):
        key = staff.give_role(tx, (), Address(*at), "collaborator", f"Member {at[1]}", None, NOW)
        staff.place(tx, key, unit, None, NOW)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(tmp_path, public_url=URL) as talking:
        await talking.db.run(prepare)
        yield talking


async def slug(talk: Several) -> str:
    [row] = await talk.rows("units")
    return str(row["slug"])


async def said(talk: Several) -> list[tuple[int, int | None, int | None]]:
    return [(row["groups"], row["unit"], row["member"]) for row in await talk.rows("forwards")]


# What is passed on


async def test_a_member_chooses_and_gets_the_text_by_itself(talk: Several) -> None:
    assert "chuyển tiếp bản tin nào" in await talk.says(*LAN, "/chuyentiep")
    assert talk.labels(*LAN) == ["Văn bản mới đến ngày 23/11/2026", "Tin cũ (16/11/2026)"]
    text = await talk.presses(*LAN, "Văn bản mới")
    assert text.startswith(
        "Văn bản mới đến ngày 23/11/2026\nBan Tuyên giáo và Dân vận xã Bình Minh, 23/11/2026\n\n1. Nghị"
    )
    assert text.endswith(f"Xem đầy đủ tại: {URL}/d/abcd2345?u={await slug(talk)}")
    assert talk.labels(*LAN) == []
    menu = await talk.next(*LAN)
    assert "số này tính cho Phường Bình Minh" in menu
    assert talk.labels(*LAN) == [
        "Ảnh để đăng", "Bản in A4", "Bài đọc loa", "1 nhóm", "2 nhóm", "3 nhóm", "5 nhóm", "10 nhóm", "Số khác",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["/chuyentiep abcd2345", "/chuyentiep@OurBot ABCD2345", "/start kitabcd2345"]
)
async def test_by_its_code(talk: Several, words: str) -> None:
    assert "1. Nghị quyết số 57-NQ/TW" in await talk.says(*LAN, words)
    assert "nguyên văn" in await talk.next(*LAN)


@pytest.mark.parametrize(
    "words", ["chuyển tiếp abcd2345", "chuyen tiep “abcd2345”", "Chuyển tiếp: abcd2345."]
)
async def test_by_words_where_there_is_no_slash(talk: Several, words: str) -> None:
    assert "1. Nghị quyết số 57-NQ/TW" in await talk.says(*AN, words)
    menu = await talk.next(*AN)
    assert "đã gửi 3 nhóm" in menu
    assert "1. Ảnh để đăng\n2. Bản in A4\n3. Bài đọc loa\n4. Báo số nhóm đã gửi" in menu


async def test_a_citizen_gets_the_newest_text_without_a_unit(talk: Several) -> None:
    assert "Đây là tin để Bạn chuyển tiếp nguyên văn:" in await talk.says(*CITIZEN, "chuyển tiếp")
    text = await talk.next(*CITIZEN)
    assert text.startswith(
        "Văn bản mới đến ngày 23/11/2026\n"
    )  # nothing of us before it, for somebody new, too
    assert text.endswith(f"{URL}/d/abcd2345")
    assert "chưa có câu trả lời" in await talk.says(*CITIZEN, "đã gửi 3 nhóm")
    assert await said(talk) == []


async def test_a_press_of_somebody_without_a_role_gives_the_text_whatever_it_says(talk: Several) -> None:
    await talk.hear("telegram", "other", "", payload="kit/abcd2345/n/3")
    assert "nguyên văn" in await talk.next("telegram", "other")
    assert await said(talk) == []


async def test_words_that_go_on_are_a_question(talk: Several) -> None:
    assert "chưa có câu trả lời" in await talk.says(*CITIZEN, "chuyển tiếp đơn thư công dân thế nào")


async def test_in_a_group_one_line_says_where(talk: Several) -> None:
    await talk.hear("telegram", "lan", "", group="g", payload="kit/abcd2345")
    assert await talk.next("telegram", "g") == f"Tin để chuyển tiếp, có nút sao chép: {URL}/d/abcd2345"


async def test_a_group_is_told_too_that_there_is_nothing_yet(talk: Several) -> None:
    await talk.db.run(lambda tx: tx.run("UPDATE digests SET state = 'draft', started_at = NULL"))
    assert "Chưa có bản tin nào" in await talk.says("telegram", "lan", "/chuyentiep", group="g")


@pytest.mark.parametrize("words", ["/chuyentiep zzzz2345", "/start kitzzzz2345"])
async def test_what_is_not_there(talk: Several, words: str) -> None:
    assert "không còn nữa" in await talk.says(*LAN, words)


async def test_what_has_been_withdrawn_is_not_passed_on(talk: Several) -> None:
    await talk.db.run(lambda tx: tx.run("UPDATE documents SET status = 'draft' WHERE number = '57-NQ/TW'"))
    text = await talk.says(*LAN, "/chuyentiep abcd2345")
    assert "57-NQ/TW" not in text
    assert "1. Nghị quyết số 68-NQ/TW" in text


async def test_before_the_first_digest(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        assert "Chưa có bản tin nào được gửi" in await talk.says("zalo-bot", "citizen", "chuyển tiếp")


@pytest.mark.parametrize("typed", ["4", "5"])
async def test_on_an_official_account_a_number_is_itself_beside_the_buttons(
    tmp_path: Path, typed: str
) -> None:
    """Five buttons at most, and the same numbers typed."""
    limits = Limits(text=2000, buttons=5, numbers=True, slash_commands=False, label=100)
    async with several(tmp_path, public_url=URL, zalo_oa=limits) as talk:
        await talk.db.run(prepare)
        await talk.db.run(lambda tx: tx.run("UPDATE staff SET channel = 'zalo-oa' WHERE person = 'an'"))
        at = ("zalo-oa", "an")
        assert "1. Nghị quyết" in await talk.says(*at, "chuyển tiếp abcd2345")
        await talk.next(*at)
        assert talk.labels(*at) == ["Ảnh để đăng", "Bản in A4", "Bài đọc loa", "Báo số nhóm đã gửi"]
        await talk.presses(*at, "Báo số nhóm")
        assert talk.labels(*at) == ["1 nhóm", "2 nhóm", "3 nhóm", "4 nhóm", "5 nhóm"]
        assert f"tất cả {typed} nhóm" in await talk.says(*at, typed)


# Its parts


async def test_the_picture_carries_the_unit(tmp_path: Path) -> None:
    async with several(tmp_path, public_url=URL, telegram=MEDIA) as talk:
        await talk.db.run(prepare)
        await talk.says(*LAN, "/chuyentiep abcd2345")
        await talk.next(*LAN)
        await talk.presses(*LAN, "Ảnh")
        picture = talk.networks["telegram"].sent[-1].reply
        assert isinstance(picture, Picture)
        assert picture.reference == f"d/abcd2345/card-{await slug(talk)}.png"
        assert picture.caption.startswith("Văn bản mới đến ngày 23/11/2026\nXem đầy đủ tại: https://")
        assert picture.content.startswith(b"\x89PNG")


async def test_the_sheet_is_a_file_or_a_link(talk: Several) -> None:
    await talk.says(*AN, "chuyển tiếp abcd2345")
    await talk.next(*AN)
    assert f"{URL}/ban-in/abcd2345-{await slug(talk)}.docx" in await talk.says(*AN, "2")
    await talk.hear("web", "lan", "", payload="kit/abcd2345/a4")  # not a member there
    assert "nguyên văn" in await talk.next("web", "lan")


async def test_a_file_where_the_network_takes_one(tmp_path: Path) -> None:
    async with several(tmp_path, public_url=URL, telegram=MEDIA) as talk:
        await talk.db.run(prepare)
        await talk.says(*LAN, "/chuyentiep abcd2345")
        await talk.next(*LAN)
        await talk.presses(*LAN, "Bản in A4")
        file = talk.networks["telegram"].sent[-1].reply
        assert isinstance(file, File)
        assert file.name == "ban-tin-abcd2345.docx"
        assert file.content.startswith(b"PK")
        assert f"{URL}/ban-in/abcd2345-{await slug(talk)}.html" in file.caption


async def test_the_script_is_a_message_of_its_own(talk: Several) -> None:
    await talk.says(*AN, "chuyển tiếp abcd2345")
    await talk.next(*AN)
    assert "Bài đọc trên loa truyền thanh, dài khoảng 1 phút" in await talk.says(*AN, "3")
    script = await talk.next(*AN)
    assert script.startswith("Kính thưa toàn thể nhân dân!")
    assert "Nghị quyết số năm mươi bảy ngày hai mươi hai tháng mười hai" in script


async def test_without_an_address_it_says_so_once(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.db.run(prepare)
        assert "https://hoidap" not in await talk.says(*AN, "chuyển tiếp abcd2345")
        await talk.next(*AN)
        assert "PUBLIC_URL" in await talk.next(*AN)
        assert "chưa gửi được ảnh" in await talk.says(*AN, "1")
        assert "chưa gửi được tệp" in await talk.says(*AN, "2")
        await talk.says(*AN, "chuyển tiếp abcd2345")
        assert "Đồng chí đã báo" not in await talk.next(*AN)
        assert "bao nhiêu nhóm" in await talk.says(*AN, "4")  # and nothing in between


# How many groups


async def test_one_tap_and_another_number_corrects_it(talk: Several) -> None:
    await talk.says(*LAN, "/chuyentiep abcd2345")
    await talk.next(*LAN)
    noted = await talk.presses(*LAN, "3 nhóm")
    assert "đã gửi “Văn bản mới đến ngày 23/11/2026” vào tất cả 3 nhóm, tính cho Phường Bình Minh" in noted
    assert await said(talk) == [(3, 1, 1)]
    assert "bao nhiêu nhóm" in await talk.presses(*LAN, "Sửa số")
    assert "tất cả 7 nhóm" in await talk.says(*LAN, "7")
    assert await said(talk) == [(7, 1, 1)]
    assert "Đã rút lại" in await talk.presses(*LAN, "Rút lại")
    assert await said(talk) == []


async def test_a_tap_that_comes_twice_counts_once(talk: Several) -> None:
    for _ in range(2):
        await talk.hear(*LAN, "", payload="kit/abcd2345/n/3")
        await talk.next(*LAN)
    assert await said(talk) == [(3, 1, 1)]


async def test_numbers_mean_themselves_where_there_are_no_buttons(talk: Several) -> None:
    await talk.says(*AN, "chuyển tiếp abcd2345")
    await talk.next(*AN)
    for typed in ("5", "12", "12 nhóm", "200"):
        assert "bao nhiêu nhóm" in await talk.says(*AN, "4") if typed == "5" else True
        assert f"tất cả {typed.partition(' ')[0]} nhóm" in await talk.says(*AN, typed)
    assert await said(talk) == [(200, 1, 2)]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("đã gửi 3 nhóm", 3),
        ("Da gui 12 nhom zalo", 12),
        ("Tôi đã chuyển tiếp vào 4 nhóm rồi ạ.", 4),
        ("vừa gửi được 1 nhóm", 1),
        ("đã gửi ba nhóm", 3),
        ("đã gửi tin này vào tất cả 6 nhóm", 6),
    ],
)
async def test_in_words_of_the_newest(talk: Several, words: str, count: int) -> None:
    assert f"“Văn bản mới đến ngày 23/11/2026” vào tất cả {count} nhóm" in await talk.says(*AN, words)


async def test_in_words_of_the_one_that_was_shown(talk: Several) -> None:
    await talk.says(*AN, "chuyển tiếp olda2345")
    await talk.next(*AN)
    assert "“Tin cũ” vào tất cả 3 nhóm" in await talk.says(*AN, "đã gửi 3 nhóm")


async def test_more_groups_are_added(talk: Several) -> None:
    assert "tất cả 2 nhóm" in await talk.says(*AN, "đã gửi thêm 2 nhóm")  # none were said before
    assert "tất cả 5 nhóm" in await talk.says(*AN, "Đã gửi thêm vào 3 nhóm nữa ạ")
    assert "tất cả 6 nhóm" in await talk.says(*AN, "vừa chia sẻ một nhóm nữa")
    assert "tất cả 8 nhóm" in await talk.says(*AN, "thêm 2")
    assert "ghi 207 nhóm" in await talk.says(*AN, "đã gửi thêm 199 nhóm")
    assert "tất cả 4 nhóm" in await talk.says(*AN, "đã gửi 4 nhóm")
    assert [count for count, *_ in await said(talk)] == [4]


@pytest.mark.parametrize("words", ["đã gửi -3 nhóm", "đã gửi thêm –2 nhóm"])
async def test_fewer_than_none_is_asked_again(talk: Several, words: str) -> None:
    await talk.says(*AN, "đã gửi 4 nhóm")
    assert "không thể là số âm" in await talk.says(*AN, words)
    assert "không thể là số âm" in await talk.says(*AN, "-3")
    assert [count for count, *_ in await said(talk)] == [4]
    assert "tất cả 9 nhóm" in await talk.says(*AN, "9")


@pytest.mark.parametrize("count", ["0", "201", "999999"])
async def test_nonsense_is_asked_again(talk: Several, count: str) -> None:
    assert "có lẽ gõ nhầm" in await talk.says(*AN, f"đã gửi {count} nhóm")
    assert await said(talk) == []
    assert "tất cả 9 nhóm" in await talk.says(*AN, "9")


@pytest.mark.parametrize("act", ["n/x", "n/-1", "n/999999999999999999", "x", "n/0", "/", "n/3/4/5"])
async def test_buttons_that_fit_nothing_break_nothing(talk: Several, act: str) -> None:
    await talk.hear(*LAN, "", payload=f"kit/abcd2345/{act}")
    assert "trục trặc" not in await talk.next(*LAN)


async def test_what_is_too_old_counts_no_more(talk: Several) -> None:
    talk.clock.move(days=61)
    assert "quá 60 ngày" in await talk.says(*AN, "đã gửi 3 nhóm")
    assert await said(talk) == []


async def test_a_question_in_between_is_answered_as_one(talk: Several) -> None:
    await talk.says(*AN, "chuyển tiếp abcd2345")
    await talk.next(*AN)
    await talk.says(*AN, "4")
    assert "chưa có câu trả lời" in await talk.says(*AN, "bao giờ có đường mới")


async def test_who_leaves_takes_their_name_off_the_number(talk: Several) -> None:
    await talk.says(*AN, "đã gửi 3 nhóm")
    assert "số nhóm đồng chí báo" in await talk.says(*AN, "riêng tư")
    await talk.says(*AN, "xóa dữ liệu")
    assert await said(talk) == [(3, 1, None)]


async def test_in_time_the_number_is_the_units_alone(talk: Several) -> None:
    await talk.says(*AN, "đã gửi 3 nhóm")
    later = NOW.date() + forwards.REPORTED_FOR + timedelta(days=2)
    await talk.db.run(forwards.let_go_before, later - forwards.REPORTED_FOR)
    assert await said(talk) == [(3, 1, None)]


async def test_somebody_without_a_unit_is_told_how_to_choose_one(talk: Several) -> None:
    def become(tx: Tx) -> None:
        role: Role = "editor"
        staff.give_role(tx, (), Address("telegram", "hoa"), role, "Hoa", None, NOW)

    await talk.db.run(become)
    await talk.says("telegram", "hoa", "/chuyentiep abcd2345")
    assert "chưa chọn đơn vị" in await talk.next("telegram", "hoa")
    assert "vào tất cả 2 nhóm.\n" in await talk.presses("telegram", "hoa", "2 nhóm")
    assert await said(talk) == [(2, None, 3)]
