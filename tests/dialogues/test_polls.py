"""Polls as people answer them: with buttons and with numbers, back and forth, too late, twice, and from two networks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Tx
from surveys import polls, surveys
from surveys.polls import PollDraft, Question
from surveys.running import end_early, open_poll
from tests.dialogues.several import Several, several

HEARD = Question("one", "Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa phường", "Zalo", "Họp tổ dân phố"))
NEEDS = Question("several", "Bạn cần gì thêm?", ("Lớp học", "Máy tính", "Mạng"), most=2)
SCALE = Question("scale", "Bạn hài lòng với bộ phận một cửa không?", ("Không hài lòng", "Rất hài lòng"))
WISH = Question("open", "Bạn mong muốn điều gì?")
CODE = "k7m2q9"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(tmp_path) as town:
        await opened(town, HEARD, NEEDS, SCALE, WISH)
        yield town


async def opened(town: Several, *questions: Question, code: str = CODE) -> int:
    now = town.clock.now()

    def launch(tx: Tx) -> int:
        survey = surveys.add(
            tx,
            "Chuyển đổi số",
            "biết bà con cần gì để hướng dẫn",
            date(2026, 11, 1),
            date(2026, 12, 31),
            (),
            now,
        )
        key = polls.add(
            tx,
            survey,
            PollDraft("Bà con và chuyển đổi số", questions),
            code,
            now + timedelta(days=7),
            now,
        )
        polls.move(tx, key, "approved", among_states=("draft",), now=now)
        open_poll(tx, town.bot.box, key, now)
        return key

    return await town.db.run(launch)


async def counted(town: Several) -> dict[tuple[int, int], int]:
    """All ballots together: (question, option) and how many chose it."""
    await town.db.run(town.bot.box.count, 1, 1)
    rows = await town.rows("poll_counters")
    return {
        (row["question"], row["option"]): row["times"] for row in rows if row["option"] or not row["question"]
    }


async def test_from_the_list_to_the_ballot_with_buttons(town: Several) -> None:
    assert "Bà con và chuyển đổi số: 4 câu, đến hết 30/11/2026" in await town.says(
        "telegram", "lan", "/khaosat"
    )
    consent = await town.presses("telegram", "lan", "Trả lời: Bà con")
    assert "biết bà con cần gì để hướng dẫn" in consent
    assert "không ai tìm lại được nữa" in consent
    assert town.labels("telegram", "lan") == ["Tôi tham gia", "Tôi không tham gia"]
    assert "Câu 1/4" in await town.presses("telegram", "lan", "Tôi tham gia")
    assert "Câu 2/4" in await town.presses("telegram", "lan", "Zalo")
    assert "Câu 1/4" in await town.presses("telegram", "lan", "Quay lại")
    assert "Câu 2/4" in await town.presses("telegram", "lan", "Loa phường")
    await town.presses("telegram", "lan", "Lớp học")
    assert "✓ Lớp học" in town.labels("telegram", "lan")
    assert "Câu 3/4" in await town.presses("telegram", "lan", "Xong")
    assert "Câu 4/4" in await town.presses("telegram", "lan", "5 – Rất hài lòng")
    summary = await town.says("telegram", "lan", "Thêm lớp học buổi tối")
    assert "→ Loa phường" in summary
    assert "→ Thêm lớp học buổi tối" in summary
    assert "Câu 3/4" in await town.presses("telegram", "lan", "Sửa câu 3")
    assert "→ 4" in await town.presses("telegram", "lan", "4")
    assert "không kèm tên Bạn" in await town.presses("telegram", "lan", "Gửi")
    assert await town.rows("ballot_drafts") == []
    assert await counted(town) == {(0, 0): 1, (1, 1): 1, (2, 1): 1, (3, 4): 1}
    assert [row["text"] for row in await town.rows("poll_words")] == ["Thêm lớp học buổi tối"]
    assert await town.rows("question_log") == []
    assert "(Bạn đã trả lời)" in await town.says("telegram", "lan", "/khaosat")
    assert "mỗi người một phiếu" in await town.says("telegram", "lan", f"/khaosat {CODE}")


async def test_with_numbers_where_there_are_no_buttons(town: Several) -> None:
    assert "mời Bạn cho ý kiến" in await town.says("zalo-bot", "minh", "khao sat k7m-2q9")
    assert "Câu 1/4" in await town.says("zalo-bot", "minh", "1")
    assert "Câu 2/4" in await town.says("zalo-bot", "minh", "2")
    assert "Câu 3/4" in await town.says("zalo-bot", "minh", "1, 3")
    assert "Câu 4/4" in await town.says("zalo-bot", "minh", "5")
    assert "→ Lớp học; Mạng" in await town.says("zalo-bot", "minh", "Thêm lớp học")
    assert "không kèm tên Bạn" in await town.says("zalo-bot", "minh", "1")
    assert await counted(town) == {(0, 0): 1, (1, 2): 1, (2, 1): 1, (2, 3): 1, (3, 5): 1}


async def test_buttons_may_be_typed_as_people_type(town: Several) -> None:
    await town.says("zalo-bot", "minh", f"khao sat {CODE}")
    assert "Câu 1/4" in await town.says("zalo-bot", "minh", "tôi tham gia")
    assert "Câu 2/4" in await town.says("zalo-bot", "minh", "loa phuong")
    assert "Câu 1/4" in await town.says("zalo-bot", "minh", "quay lại")
    assert "Câu 2/4" in await town.says("zalo-bot", "minh", "bỏ qua")
    assert "quá số ý cho phép" in await town.says("zalo-bot", "minh", "1 2 3")
    assert "✓ Mạng" in await town.says("zalo-bot", "minh", "mạng")
    assert "Câu 3/4" in await town.says("zalo-bot", "minh", "xong")
    assert "Câu 4/4" in await town.says("zalo-bot", "minh", "bo qua cau nay")
    assert "→ (bỏ qua)" in await town.says("zalo-bot", "minh", "Bỏ qua")
    assert "không kèm tên Bạn" in await town.says("zalo-bot", "minh", "gửi")
    assert await town.rows("question_log") == []


async def test_a_number_of_no_option_is_told_how_many_there_are(town: Several) -> None:
    for network, one in (("zalo-bot", "minh"), ("telegram", "lan")):
        await town.says(network, one, f"khao sat {CODE}")
        await town.says(network, one, "1")
        said = await town.says(network, one, "9")
        assert said.startswith("Câu này có 3 lựa chọn. Bạn gõ số từ 1 đến 3")
        assert "Câu 1/4" in said
        assert "Câu 2/4" in await town.says(network, one, "2")
        assert "từ 1 đến 3" in await town.says(network, one, "1, 7")
    assert await town.rows("question_log") == []


async def test_a_code_alone_opens_its_poll_and_other_words_stay_questions(town: Several) -> None:
    assert "mời Bạn cho ý kiến" in await town.says("zalo-bot", "minh", "K7M2Q9")
    assert "mời Bạn cho ý kiến" not in await town.says("zalo-bot", "minh", "k7m2q8")
    assert "mời Bạn cho ý kiến" in await town.says("telegram", "lan", f"/start r_{CODE}")
    assert "không thấy cuộc thăm dò" in await town.says("telegram", "lan", "/start r_b2c3d4")


async def test_saying_no_is_as_easy_and_leaves_nothing(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    assert "không lưu gì" in await town.presses("telegram", "lan", "Tôi không tham gia")
    assert await town.rows("ballot_drafts") == []
    assert await town.rows("ballot_tokens") == []


async def test_nothing_is_kept_before_consent(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    assert await town.rows("ballot_drafts") == []


async def test_it_goes_on_where_it_stopped_and_a_question_between_is_answered(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    await town.presses("telegram", "lan", "Tôi tham gia")
    await town.presses("telegram", "lan", "Zalo")
    assert "Câu 2/4" not in await town.says("telegram", "lan", "nghị quyết 57 là gì")
    assert "đang trả lời dở" in await town.says("telegram", "lan", "/khaosat")
    resumed = await town.presses("telegram", "lan", "Trả lời: ")
    assert "tiếp tục từ đây" in resumed
    assert "Câu 2/4" in resumed


async def test_a_button_of_an_earlier_question_changes_nothing(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    await town.presses("telegram", "lan", "Tôi tham gia")
    await town.presses("telegram", "lan", "Zalo")
    await town.hear("telegram", "lan", "", payload=f"poll/{CODE}/1o3")
    again = await town.next("telegram", "lan")
    assert "thuộc về một câu khác" in again
    assert "Câu 2/4" in again
    for forged in (f"poll/{CODE}/9o9", f"poll/{CODE}/x", "poll/b2c3d4/yes", "poll", "poll/a/b/c"):
        await town.hear("telegram", "lan", "", payload=forged)
        assert await town.next("telegram", "lan")


async def test_one_person_with_two_networks_has_one_ballot(town: Several) -> None:
    await town.link(("telegram", "lan"), ("zalo-bot", "lan-zalo"))
    for words in ("khao sat k7m2q9", "1", "1", "5", "6", "1"):
        await town.says("zalo-bot", "lan-zalo", words)  # "5", "6", "1": skipped
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    await town.presses("telegram", "lan", "Tôi tham gia")
    for label in ("Zalo", "Bỏ qua", "Bỏ qua", "Bỏ qua"):
        await town.presses("telegram", "lan", label)
    assert "không kèm tên Bạn" in await town.says("zalo-bot", "lan-zalo", "1")
    assert "mỗi người một phiếu" in await town.presses("telegram", "lan", "Gửi")
    assert await town.rows("ballot_drafts") == []
    assert (await counted(town))[0, 0] == 1


async def test_after_the_end_nothing_is_taken(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    await town.presses("telegram", "lan", "Tôi tham gia")
    town.clock.move(seconds=5)
    await town.db.run(end_early, 1, town.clock.now())
    town.clock.move(seconds=5)
    assert "đã kết thúc" in await town.presses("telegram", "lan", "Zalo")


async def test_while_it_is_paused_nothing_is_lost(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    await town.presses("telegram", "lan", "Tôi tham gia")
    now = town.clock.now()
    await town.db.run(lambda tx: polls.move(tx, 1, "paused", among_states=("open",), now=now))
    assert "đang tạm dừng" in await town.presses("telegram", "lan", "Zalo")
    await town.db.run(lambda tx: polls.move(tx, 1, "open", among_states=("paused",), now=now))
    assert "tiếp tục từ đây" in await town.says("telegram", "lan", f"/khaosat {CODE}")


async def test_a_number_belongs_to_the_poll_that_was_shown_last(town: Several) -> None:
    await opened(town, SCALE, code="b2c3d4")
    for words in ("khao sat k7m2q9", "1", "khao sat b2c3d4", "1"):
        shown = await town.says("zalo-bot", "minh", words)
    assert "Câu 1/1" in shown
    assert "→ 3" in await town.says("zalo-bot", "minh", "3")
    one = await town.db.read(town.bot.box.drafts.find, Address("zalo-bot", "minh"), 1)
    assert one is not None
    assert one["answers"] == {}


async def test_in_a_group_nobody_is_asked_before_all_others(town: Several) -> None:
    said = await town.says("telegram", "lan", "/khaosat", group="-100")
    assert "nhắn tin riêng" in said


async def test_erasing_drops_what_was_begun(town: Several) -> None:
    await town.says("telegram", "lan", f"/khaosat {CODE}")
    await town.presses("telegram", "lan", "Tôi tham gia")
    assert "1 phiếu thăm dò đang trả lời dở" in await town.says("telegram", "lan", "/xoadulieu")
    assert await town.rows("ballot_drafts") == []


async def test_without_open_polls_that_is_said(tmp_path: Path) -> None:
    async with several(tmp_path) as town:
        assert "Hiện không có" in await town.says("telegram", "lan", "/khaosat")


async def test_on_the_web_page_it_is_counted_apart(town: Several) -> None:
    await town.says("web", "browser-1", f"/khaosat {CODE}")
    await town.presses("web", "browser-1", "Tôi tham gia")
    for label in ("Zalo", "Bỏ qua", "Bỏ qua", "Bỏ qua", "Gửi"):
        said = await town.presses("web", "browser-1", label)
    assert "không kèm tên Bạn" in said
    await town.db.run(town.bot.box.count, 1, 1)
    assert {row["source"] for row in await town.rows("poll_counters")} == {"web"}


async def test_on_an_official_account_with_its_five_buttons(tmp_path: Path) -> None:
    async with several(tmp_path, zalo_oa=ZaloOA.limits) as town:
        await opened(town, HEARD, NEEDS, SCALE, WISH)
        for words, expected in (
            (CODE, "mời Bạn cho ý kiến"),
            ("1", "Câu 1/4"),
            ("2", "Câu 2/4"),  # more choices than buttons: all are numbered
            ("1, 3", "Câu 3/4"),
            ("4", "Câu 4/4"),
            ("Thêm lớp học", "→ Thêm lớp học"),
        ):
            assert expected in await town.says("zalo-oa", "hoa", words), words
        assert "không kèm tên Bạn" in await town.presses("zalo-oa", "hoa", "Gửi")
        assert await counted(town) == {(0, 0): 1, (1, 2): 1, (2, 1): 1, (2, 3): 1, (3, 4): 1}
