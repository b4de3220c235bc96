"""A question that finds no answer goes to an officer by one tap; only then is it known where its asker is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.masking import PHONE
from bot.model import Address, Choice, Text, Tx
from bot.settings import VIET_NAM
from handlers.asking_officer import OPEN_OF_ONE
from scheduler import housekeeping
from tests.dialogues.conftest import _small_knowledge as small_knowledge
from tests.dialogues.several import TELEGRAM, WEB, ZALO, Several, several

ADMIN = Address("telegram", "1")
UNKNOWN = "Bao giờ sửa cầu bắc qua suối Rồng?"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    """Monday, eight in the morning; one administrator."""
    async with several(tmp_path, (ADMIN,), telegram=TELEGRAM, zalo_bot=ZALO, zalo_oa=ZALO, web=WEB) as talk:
        await talk.db.run(small_knowledge)
        await talk.bot.refresh()
        yield talk


def last(talk: Several, network: str, conversation: str) -> Text:
    reply = [sent.reply for sent in talk.networks[network].sent if sent.conversation == conversation][-1]
    assert isinstance(reply, Text)
    return reply


def button(talk: Several, network: str, conversation: str, label: str) -> Choice:
    return next(
        choice for choice in last(talk, network, conversation).choices if choice.label.startswith(label)
    )


async def presses(talk: Several, network: str, person: str, label: str) -> str:
    """Somebody presses a button of the last message; the next message that comes back."""
    choice = button(talk, network, person, label)
    await talk.hear(network, person, "", payload=choice.payload, message_id="m")
    return await talk.next(network, person)


async def test_one_tap_sends_what_was_asked(talk: Several) -> None:
    offer = await talk.says("telegram", "7", UNKNOWN)
    assert "chưa có câu trả lời" in offer
    assert "giữ địa chỉ trò chuyện của Bạn đến khi có trả lời, tối đa 30 ngày" in offer
    assert await talk.rows("inquiry_askers") == []
    sent = await presses(talk, "telegram", "7", "Gửi cán bộ")
    assert "số #1" in sent
    assert "tối đa 30 ngày" in sent
    assert "ngoài giờ" not in sent
    (inquiry,) = await talk.rows("inquiries")
    assert (inquiry["text"], inquiry["channel"], inquiry["asked_in"]) == (
        UNKNOWN,
        "telegram",
        "2026-11-23T01:00Z",
    )
    (asker,) = await talk.rows("inquiry_askers")
    assert (asker["channel"], asker["conversation"]) == ("telegram", "7")
    card = await talk.next("telegram", "1")
    assert card.startswith("Câu hỏi #1 (Telegram, 08:00 ngày 23/11/2026)\n“Bao giờ sửa")
    assert "1 người đã hỏi trong 30 ngày; 1 người chờ trả lời." in card


async def test_where_there_are_no_buttons_a_number_sends_it(talk: Several) -> None:
    assert "1. Gửi cán bộ" in await talk.says("zalo-bot", "lan", UNKNOWN)
    assert "số #1" in await talk.says("zalo-bot", "lan", "1")
    assert "trả lời (reply)" in await talk.next("telegram", "1")


async def test_pressing_again_sends_nothing_again(talk: Several) -> None:
    await talk.says("telegram", "7", UNKNOWN)
    payload = button(talk, "telegram", "7", "Gửi cán bộ").payload
    await presses(talk, "telegram", "7", "Gửi cán bộ")
    await talk.hear("telegram", "7", "", payload=payload)
    again = await talk.next("telegram", "7")
    assert "đã gửi rồi" in again
    assert "chờ trả lời: #1" in again
    assert len(await talk.rows("inquiries")) == 1


async def test_the_button_is_good_for_a_day_and_only_here(talk: Several) -> None:
    await talk.says("telegram", "7", UNKNOWN)
    payload = button(talk, "telegram", "7", "Gửi cán bộ").payload
    await talk.hear("telegram", "8", "", payload=payload)
    assert "không còn giữ nội dung" in await talk.next("telegram", "8")
    talk.clock.move(hours=24)
    await talk.hear("telegram", "7", "", payload=payload)
    assert "Đã quá một ngày" in await talk.next("telegram", "7")
    assert await talk.rows("inquiries") == []


async def test_what_is_kept_until_the_tap_is_sealed_and_goes_by_itself(talk: Several) -> None:
    await talk.says("telegram", "7", UNKNOWN)
    (draft,) = await talk.rows("drafts")
    assert "suối Rồng".encode() not in draft["payload"]
    talk.clock.move(hours=25)
    await talk.db.run(housekeeping.tidy, talk.bot.department, talk.clock.now(), VIET_NAM)
    assert await talk.rows("drafts") == []


async def test_of_many_questions_the_latest_few_are_kept(talk: Several) -> None:
    for number in range(12):
        talk.clock.move(seconds=1)
        await talk.says("telegram", "7", f"{UNKNOWN} {number}")
    assert len(await talk.rows("drafts")) == 8
    assert "số #1" in await presses(talk, "telegram", "7", "Gửi cán bộ")
    assert (await talk.rows("inquiries"))[0]["text"].endswith("11")


async def test_after_suggestions_that_do_not_fit(talk: Several) -> None:
    await talk.says("telegram", "7", "giao đất năm nay thế nào")
    assert "Gửi cán bộ" in await presses(talk, "telegram", "7", "Không phải")
    await presses(talk, "telegram", "7", "Gửi cán bộ")
    assert (await talk.rows("inquiries"))[0]["text"] == "giao đất năm nay thế nào"


async def test_after_an_answer_to_another_question(talk: Several) -> None:
    await talk.says("telegram", "7", "mục tiêu kinh tế số của nghị quyết 57")
    await presses(talk, "telegram", "7", "👎")
    assert "Gửi cán bộ" in await presses(talk, "telegram", "7", "Không đúng câu tôi hỏi")
    assert "số #1" in await presses(talk, "telegram", "7", "Gửi cán bộ")
    assert (await talk.rows("inquiries"))[0]["text"] == "mục tiêu kinh tế số của nghị quyết 57"


async def test_where_there_is_nobody_to_read_it_nothing_is_promised(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("telegram", "7", UNKNOWN)
        assert last(talk, "telegram", "7").choices == ()
        assert "chưa có cán bộ nào" in await talk.says("telegram", "7", "/gopy")


# By command


@pytest.mark.parametrize(
    "words", ["/gopy Đường làng hỏng, gọi 0912 345 678", "Góp ý: Đường làng hỏng, gọi 0912345678"]
)
async def test_a_text_after_the_command_is_shown_before_it_is_sent(talk: Several, words: str) -> None:
    preview = await talk.says("zalo-bot", "lan", words)
    assert f"“Đường làng hỏng, gọi {PHONE}”" in preview
    assert "đã được che" in preview
    assert await talk.rows("inquiries") == []
    assert "số #1" in await talk.says("zalo-bot", "lan", "1")
    assert (await talk.rows("inquiries"))[0]["text"] == f"Đường làng hỏng, gọi {PHONE}"
    assert [row["text"] for row in await talk.rows("question_log")] == [f"Đường làng hỏng, gọi {PHONE}"]


async def test_the_command_alone_asks_for_the_text(talk: Several) -> None:
    assert "gõ câu hỏi hoặc góp ý trong một tin nhắn" in await talk.says("zalo-bot", "lan", "gop y")
    assert "Gửi nội dung này" in await talk.says("zalo-bot", "lan", "Đề nghị sửa cầu suối Rồng")
    assert "số #1" in await talk.says("zalo-bot", "lan", "1")
    assert "chưa có câu trả lời" in await talk.says("zalo-bot", "lan", "Đề nghị sửa cầu suối Vàng")


async def test_a_question_that_begins_like_the_command_is_a_question(talk: Several) -> None:
    assert "chưa có câu trả lời" in await talk.says("zalo-bot", "lan", "góp ý dự thảo văn kiện ở đâu")


@pytest.mark.parametrize("words", ["thôi", "Không gửi"])
async def test_one_may_think_better_of_it(talk: Several, words: str) -> None:
    await talk.says("telegram", "7", "/gopy")
    assert "chưa gửi gì" in await talk.says("telegram", "7", words)
    assert "chưa có câu trả lời" in await talk.says("telegram", "7", UNKNOWN)


async def test_the_wish_to_send_something_is_forgotten_after_a_while(talk: Several) -> None:
    await talk.says("telegram", "7", "/gopy")
    talk.clock.move(minutes=16)
    assert "chưa có câu trả lời" in await talk.says("telegram", "7", UNKNOWN)


async def test_what_has_an_answer_is_said_so(talk: Several) -> None:
    preview = await talk.says("telegram", "7", "/gopy mục tiêu kinh tế số của nghị quyết 57")
    assert "có câu trả lời gần với nội dung này" in preview
    assert "30% GDP" in await presses(talk, "telegram", "7", "Xem câu trả lời")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("😀😀", "chưa thấy chữ nào"),
        ("đường hỏng " * 200, "2.199 ký tự"),
        ("Gửi các đồng chí\nTỐI MẬT\nNội dung", "TỐI MẬT"),
        ("tôi muốn tố cáo cán bộ xã nhận tiền", "113"),
        ("cứu với nhà tôi đang cháy", "114"),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_what_to_do(talk: Several, words: str, said: str) -> None:
    await talk.says("telegram", "7", "/gopy")
    assert said in await talk.says("telegram", "7", words)
    assert await talk.rows("inquiries") == []
    assert [row["name"] for row in await talk.rows("drafts")] == ["awaited"]
    assert "Gửi nội dung này" in await talk.says("telegram", "7", "Đường làng hỏng")


async def test_not_in_a_group(talk: Several) -> None:
    assert "Bạn nhắn riêng cho tôi" in await talk.says("telegram", "7", "/gopy", group="group-1")
    assert "Muốn hỏi cán bộ phụ trách" in await talk.says("telegram", "7", UNKNOWN, group="group-1")
    assert last(talk, "telegram", "group-1").choices == ()
    assert await talk.rows("drafts") == []


# Sent


async def sends(talk: Several, network: str, person: str, words: str) -> str:
    await talk.says(network, person, words)
    return (
        await presses(talk, network, person, "Gửi cán bộ")
        if network != "zalo-bot"
        else await talk.says(network, person, "1")
    )


async def test_one_person_has_a_few_open_questions_at_a_time(talk: Several) -> None:
    for number in range(OPEN_OF_ONE):
        assert f"số #{number + 1}" in await sends(talk, "telegram", "7", f"/gopy việc khác hẳn số {number}")
    refused = await sends(talk, "telegram", "7", UNKNOWN)
    assert "đang có 3 câu hỏi chờ trả lời (#1, #2, #3)" in refused
    assert "số #4" in await sends(talk, "telegram", "8", UNKNOWN)


async def test_linked_accounts_are_one_person(talk: Several) -> None:
    await talk.link(("telegram", "7"), ("zalo-bot", "lan"))
    for number in range(OPEN_OF_ONE):
        await sends(talk, "telegram", "7", f"/gopy việc khác hẳn số {number}")
    assert "chờ trả lời" in await sends(talk, "zalo-bot", "lan", UNKNOWN)


async def test_it_can_be_taken_back(talk: Several) -> None:
    await sends(talk, "telegram", "7", UNKNOWN)
    payload = button(talk, "telegram", "7", "Rút lại").payload
    await talk.hear("telegram", "8", "", payload=payload)
    assert "không còn chờ trả lời" in await talk.next("telegram", "8")
    assert "Đã rút lại câu hỏi #1" in await presses(talk, "telegram", "7", "Rút lại")
    assert [await talk.rows(table) for table in ("inquiries", "inquiry_askers", "inquiry_groups")] == [
        [],
        [],
        [],
    ]


async def test_deletion_takes_back_what_waits_and_says_so(talk: Several) -> None:
    await sends(talk, "telegram", "7", UNKNOWN)
    erased = await talk.says("telegram", "7", "/xoadulieu")
    assert "câu hỏi đang chờ cán bộ trả lời (#1)" in erased
    assert "vài câu hỏi gần nhất" in erased
    assert [await talk.rows(table) for table in ("inquiries", "inquiry_askers", "drafts")] == [[], [], []]


async def test_who_blocks_the_bot_is_forgotten_and_the_question_stays(talk: Several) -> None:
    await sends(talk, "telegram", "7", UNKNOWN)
    await talk.hear("telegram", "7", "", kind="stopped")
    await talk.says("telegram", "8", "xin chào")
    assert await talk.rows("inquiry_askers") == []
    assert len(await talk.rows("inquiries")) == 1


async def test_outside_working_hours_it_is_said_when_somebody_will_look(talk: Several) -> None:
    talk.clock.move(hours=12)
    sent = await sends(talk, "telegram", "7", UNKNOWN)
    assert "Hiện ngoài giờ làm việc (T2–T6 07:30–11:30, 13:30–17:00)" in sent
    assert "từ 07:30 ngày 24/11/2026" in sent
    assert talk.networks["telegram"].unread("1") == []


async def test_the_web_visitor_is_told_where_the_answer_waits(talk: Several) -> None:
    assert "trong chính trình duyệt này" in await sends(talk, "web", "v", UNKNOWN)


async def test_no_row_tells_who_asked_but_the_one_that_goes(talk: Several) -> None:
    """The person's name stands nowhere else than where it is deleted with the answer."""
    person = "7001234567"
    await sends(talk, "telegram", person, UNKNOWN)

    def naming(tx: Tx) -> set[str]:
        tables = {row["name"] for row in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            table
            for table in tables - {"outbox"}  # what is being sent has its own rule
            for row in tx.rows(f"SELECT * FROM {table}")
            if any(person in str(value) for value in row.values())
        }

    assert await talk.db.read(naming) == {"inquiry_askers", "drafts", "people"}


# Asked alike


async def test_who_asks_alike_joins_the_group(talk: Several) -> None:
    await sends(talk, "telegram", "7", UNKNOWN)
    await talk.next("telegram", "1")
    await sends(talk, "zalo-bot", "lan", "bao gio sua cau bac qua suoi rong")
    await sends(talk, "web", "v", "Bao giờ sửa đường qua suối Rồng?")
    groups = [row["group_key"] for row in await talk.rows("inquiries")]
    assert groups == [1, 1, 2]
    assert "Câu hỏi #3" in await talk.next("telegram", "1")
    assert talk.networks["telegram"].unread("1") == []
