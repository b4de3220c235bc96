"""The claim code: who sends it becomes administrator, once, in private, within its day."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.model import Address
from tests.dialogues.several import TELEGRAM, TERMINAL, Several, several

WRONG = "222-222-222"


async def administrators(talk: Several) -> list[tuple[str, str]]:
    return [(row["channel"], row["person"]) for row in await talk.rows("staff")]


async def test_whoever_sends_the_code_becomes_administrator_on_any_network(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        said = await talk.says("zalo-bot", "lan", f"quantri {code}")
        assert said.startswith("Xin chào đồng chí! Đây là dịch vụ trả lời tự động")
        assert "Từ nay đồng chí là quản trị viên" in said
        assert await administrators(talk) == [("zalo-bot", "lan")]
        assert await talk.rows("codes") == []
        assert "đã là quản trị viên" in await talk.says("zalo-bot", "lan", f"quantri {code}")


async def test_a_code_works_once(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        await talk.says("telegram", "7", f"/quantri {code.lower().replace('-', '')}")
        assert "không đúng, hoặc đã được dùng" in await talk.says("telegram", "8", f"quantri {code}")
        assert await administrators(talk) == [("telegram", "7")]


async def test_the_code_alone_is_enough_and_never_taken_for_a_question(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        assert "nhắn tin riêng" in await talk.says("telegram", "7", code, group="group-1")
        wrong = await talk.says("telegram", "7", WRONG.replace("2", "K"))
        assert wrong.startswith("Xin chào Bạn!")
        assert "Mã này không đúng" in wrong
        assert "Mã đúng" in await talk.says("telegram", "7", f"mã {code} ạ")
        assert "Mã này không đúng" in await talk.says("telegram", "8", code)
        assert await talk.rows("question_log") == []


async def test_codes_alone_are_limited_too(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        for _ in range(5):
            await talk.says("telegram", "7", WRONG.replace("2", "K"))
        assert "tạm dừng nhận mã" in await talk.says("telegram", "7", code)
        assert await administrators(talk) == []


async def test_of_two_people_with_one_code_at_one_moment_one_succeeds(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        for person in ("a", "b", "c"):
            await talk.hear("telegram", person, f"quantri {code}")
        heard = [await talk.next("telegram", person) for person in ("a", "b", "c")]
        assert sum("Mã đúng" in words for words in heard) == 1
        assert len(await administrators(talk)) == 1


async def test_the_database_never_holds_the_code(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        await talk.says("telegram", "7", f"quantri {code}")
        await talk.says("telegram", "8", f"quantri {code}")
    everything = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("hoidap.db*")))  # noqa: ASYNC240
    assert code.encode() not in everything
    assert code.replace("-", "").encode() not in everything
    assert code not in caplog.text


async def test_it_expires_after_a_day_and_says_so(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        talk.clock.move(hours=24)
        assert "đã hết hạn" in await talk.says("telegram", "7", f"quantri {code}")
        assert await administrators(talk) == []


async def test_it_works_until_then(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        talk.clock.move(hours=23, minutes=59)
        assert "Mã đúng" in await talk.says("telegram", "7", f"quantri {code}")


async def test_each_start_has_a_new_code_and_ends_the_old_one(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        old = await talk.bot.claim_code()
    async with several(tmp_path) as talk:
        new = await talk.bot.claim_code()
        assert new != old
        assert "không đúng" in await talk.says("telegram", "7", f"quantri {old}")
        assert "Mã đúng" in await talk.says("telegram", "7", f"quantri {new}")


async def test_with_an_administrator_there_is_no_code(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
    async with several(tmp_path, admins=(Address("telegram", "1"),)) as talk:
        assert await talk.bot.claim_code() == ""
        assert "không đúng" in await talk.says("telegram", "7", f"quantri {code}")
        assert "đã là quản trị viên" in await talk.says("telegram", "1", f"quantri {code}")


async def test_in_a_group_it_is_not_even_looked_at(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        said = await talk.says("telegram", "7", f"quantri {code}", group="group-1")
        assert "nhắn tin riêng" in said
        assert await administrators(talk) == []


async def test_wrong_codes_are_limited_for_each_person(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        for _ in range(5):
            assert "không đúng" in await talk.says("telegram", "7", f"quantri {WRONG}")
        assert "tạm dừng nhận mã" in await talk.says("telegram", "7", f"quantri {code}")
        assert "Mã đúng" in await talk.says("telegram", "8", f"quantri {code}")


async def test_after_an_hour_a_person_may_try_again(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        for _ in range(5):
            await talk.says("telegram", "7", f"quantri {WRONG}")
        talk.clock.move(hours=1, seconds=1)
        assert "Mã đúng" in await talk.says("telegram", "7", f"quantri {code}")


async def test_many_people_with_wrong_codes_stop_their_own_network_only(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        for number in range(50):
            await talk.says("web", f"visitor-{number}", f"quantri {WRONG}")
        assert "tạm dừng nhận mã" in await talk.says("web", "visitor-new", f"quantri {code}")
        assert "Mã đúng" in await talk.says("zalo-bot", "lan", f"quantri {code}")


async def test_the_bare_command_explains_itself(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        assert "dành cho người vận hành" in await talk.says("telegram", "7", "/quantri")


async def test_the_terminal_takes_no_code_because_nobody_is_kept_there(tmp_path: Path) -> None:
    async with several(tmp_path, telegram=TELEGRAM, terminal=TERMINAL) as talk:
        code = await talk.bot.claim_code()
        assert "không giữ lại người dùng" in await talk.says("terminal", "me", f"quantri {code}")
        assert "Mã đúng" in await talk.says("telegram", "7", f"quantri {code}")


async def test_slips_with_links_do_not_count_against_claiming(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        code = await talk.bot.claim_code()
        for _ in range(6):
            await talk.says("telegram", "7", f"lienket {WRONG}")
        assert "Mã đúng" in await talk.says("telegram", "7", f"quantri {code}")
