"""/dangky: by a word, by buttons, by numbers, by topics as people name them; changed, moved, ended, erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.audience.quiet import Quiet
from bot.audience.recipients import all_recipients
from bot.errors import SendError
from bot.model import Address, Part, Text, Tx
from bot.outbox import BULK
from handlers.wishes import read
from knowledge import documents
from knowledge.catalogue import Topic
from knowledge.documents import DocumentDraft, Level
from surveys import reach
from tests.dialogues.several import Several, several
from tests.fakes.time import MovedClock
from tests.surveys.setup import HEARD, opened


def _published(tx: Tx) -> None:
    written: tuple[tuple[str, Level, tuple[str, ...]], ...] = (
        ("57-NQ/TW", "Trung ương", ("Khoa học và công nghệ", "Chuyển đổi số")),
        ("71-NQ/TW", "Trung ương", ("Giáo dục và đào tạo",)),
        ("12-NQ/TU", "tỉnh", ("Đất đai",)),
    )
    for number, level, topics in written:
        draft = DocumentDraft(
            number, "Nghị quyết", f"Về {topics[0]}", "Bộ Chính trị", level, topics=topics, status="in force"
        )
        documents.save(tx, draft, MovedClock().now())


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Several]:
    async with several(tmp_path) as made:
        await made.db.run(_published)
        await made.bot.refresh()
        yield made


async def subscribed(talk: Several) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    found = await talk.db.read(all_recipients)
    return [(each.to.channel, each.to.conversation, each.topics, each.levels) for each in found]


async def test_a_choice_on_a_further_page_shows_that_page_again(talk: Several) -> None:
    topics = tuple(f"Chủ đề số {number:02}" for number in range(1, 13))
    draft = DocumentDraft(
        "99-NQ/TW", "Nghị quyết", "Nhiều việc", "Bộ Chính trị", "Trung ương", topics=topics, status="in force"
    )
    await talk.db.run(documents.save, draft, MovedClock().now())
    await talk.bot.refresh()
    await talk.says("telegram", "7", "/dangky")
    await talk.presses("telegram", "7", "Chọn chủ đề")
    await talk.presses("telegram", "7", "Trang sau")
    second = talk.labels("telegram", "7")
    topic = next(label for label in second if "Chủ đề số" in label)
    await talk.presses("telegram", "7", topic)
    assert talk.labels("telegram", "7") == [f"✓ {label}" if label == topic else label for label in second]
    await talk.presses("telegram", "7", f"✓ {topic}")
    assert talk.labels("telegram", "7") == second


async def test_one_word_subscribes_and_buttons_narrow_it(talk: Several) -> None:
    card = await talk.says("telegram", "7", "/dangky")
    assert "Đã đăng ký" in card
    assert "Chủ đề: mọi chủ đề" in card
    assert "/huydangky" in card
    assert await subscribed(talk) == [("telegram", "7", (), ())]
    await talk.presses("telegram", "7", "Chọn chủ đề")
    assert "✓ Mọi chủ đề" in talk.labels("telegram", "7")
    await talk.presses("telegram", "7", "Giáo dục")
    await talk.presses("telegram", "7", "Đất đai")
    assert "✓ Đất đai" in talk.labels("telegram", "7")
    card = await talk.presses("telegram", "7", "Xong")
    assert "Chủ đề: Giáo dục và đào tạo; Đất đai" in card
    await talk.presses("telegram", "7", "Chọn cấp")
    await talk.presses("telegram", "7", "Cấp tỉnh")
    assert "Cấp: cấp tỉnh" in await talk.presses("telegram", "7", "Xong")
    assert await subscribed(talk) == [("telegram", "7", ("Giáo dục và đào tạo", "Đất đai"), ("tỉnh",))]
    assert "Bạn đang nhận bản tin" in await talk.says("telegram", "7", "/dangky")
    assert await subscribed(talk) == [("telegram", "7", ("Giáo dục và đào tạo", "Đất đai"), ("tỉnh",))]
    assert "Đã thôi gửi" in await talk.presses("telegram", "7", "Thôi nhận")
    assert await subscribed(talk) == []
    assert "chưa đăng ký" in await talk.says("telegram", "7", "/huydangky")


async def test_on_zalo_words_and_numbers(talk: Several) -> None:
    card = await talk.says("zalo-bot", "lan", "đăng ký giáo dục và đất đai cấp tỉnh")
    assert "Chủ đề: Giáo dục và đào tạo; Đất đai" in card
    assert "“hủy đăng ký”" in card
    assert await subscribed(talk) == [("zalo-bot", "lan", ("Giáo dục và đào tạo", "Đất đai"), ("tỉnh",))]
    menu = await talk.says("zalo-bot", "lan", "1")
    line = next(line for line in menu.splitlines() if "✓ Đất đai" in line)
    assert "✓ Đất đai" not in await talk.says("zalo-bot", "lan", line.partition(".")[0])
    assert "mọi chủ đề" in await talk.says("zalo-bot", "lan", "đăng ký tất cả")
    assert await subscribed(talk) == [("zalo-bot", "lan", (), ())]
    assert "không gửi tin: 20:00-07:00" in await talk.says("zalo-bot", "lan", "đăng ký 20h-7h")
    assert "Chưa đọc được giờ yên tĩnh" in await talk.says("zalo-bot", "lan", "đăng ký 25h-7h")
    assert [each.quiet for each in await talk.db.read(all_recipients)] == [Quiet(time(20), time(7))]
    assert "Đã thôi gửi" in await talk.says("zalo-bot", "lan", "huy dang ky")
    assert await subscribed(talk) == []


async def test_a_topic_that_nobody_knows_and_a_question_that_begins_so(talk: Several) -> None:
    await talk.says("zalo-bot", "lan", "bat dau")
    assert "chưa có câu trả lời" in await talk.says("zalo-bot", "lan", "đăng ký kết hôn ở đâu")
    assert "chưa có câu trả lời" in await talk.says("zalo-bot", "lan", "đăng ký đất đai?")
    unknown = await talk.says("telegram", "7", "/dangky bóng đá")
    assert "chưa có chủ đề “bóng đá”" in unknown
    assert await subscribed(talk) == []
    assert "✓ Đất đai" not in talk.labels("telegram", "7")
    await talk.presses("telegram", "7", "Đất đai")
    assert await subscribed(talk) == [("telegram", "7", ("Đất đai",), ())]


async def test_where_nothing_can_be_sent_it_says_where_it_can(talk: Several) -> None:
    assert "đăng ký trên Telegram và bot Zalo" in await talk.says("web", "v", "/dangky")
    assert await subscribed(talk) == []


async def test_in_a_group_it_says_how_the_group_gets_it(talk: Several) -> None:
    said = await talk.says("telegram", "7", "/dangky", group="group-1")
    assert "/thietlap" in said
    assert await subscribed(talk) == []


async def test_one_person_on_two_networks_gets_it_once(talk: Several) -> None:
    await talk.says("telegram", "7", "/dangky đất đai")
    await talk.says("zalo-bot", "lan", "dang ky giao duc")
    await talk.db.run(_have_come, "7", "lan")
    heard = await talk.link(("telegram", "7"), ("zalo-bot", "lan"))
    assert await talk.db.read(_come) == ["lan"]  # what came to an account goes with the subscription there
    assert "từ nay chỉ gửi ở đây" in heard
    assert await subscribed(talk) == [("zalo-bot", "lan", ("Giáo dục và đào tạo",), ())]
    assert "không gửi ở bot Zalo nữa" in await talk.says("telegram", "7", "/dangky")
    assert await talk.db.read(_come) == []
    assert await subscribed(talk) == [("telegram", "7", ("Giáo dục và đào tạo",), ())]
    assert "vẫn gửi ở Telegram" in await talk.says("zalo-bot", "lan", "bo lien ket")
    assert await subscribed(talk) == [("telegram", "7", ("Giáo dục và đào tạo",), ())]


def _have_come(tx: Tx, *people: str) -> None:
    come = "INSERT INTO digest_chats VALUES (:channel, :conversation, 1, 1, '2026-11-20')"
    for person in people:
        channel = "telegram" if person.isdigit() else "zalo-bot"
        tx.run(come, channel=channel, conversation=person)


def _come(tx: Tx) -> list[str]:
    return [row["conversation"] for row in tx.rows("SELECT conversation FROM digest_chats")]


async def test_what_waits_for_the_morning_does_not_come_to_who_has_unsubscribed_at_night(
    talk: Several,
) -> None:
    await talk.says("telegram", "7", "/dangky")
    poll = await talk.db.run(opened, talk.bot.box, talk.clock.now(), HEARD)
    tomorrow = talk.clock.now() + timedelta(hours=10)
    for person in ("7", "8"):
        to = Address("telegram", person)
        digest = [(to, Text((Part("Bản tin"),)))]
        await talk.db.run(talk.bot._queue.put, f"digest:1:{person}", digest, BULK, tomorrow)
        for cause in ("poll:1:", "poll-news:1:result:"):  # the same holds of invitations and of results
            await talk.db.run(talk.bot._queue.put, f"{cause}{person}", digest, BULK, tomorrow)
        await talk.db.run(reach.note_chat, poll, to)
        await talk.db.run(talk.bot._queue.put, f"digest:2:{person}", digest, BULK)
        talk.bot._queued("telegram")
        await talk.next("telegram", person)
    await talk.says("telegram", "7", "cảm ơn")  # what came before has been written down
    assert "Đã thôi gửi" in await talk.says("telegram", "7", "/huydangky")
    rows = await talk.db.read(
        lambda tx: tx.rows("SELECT * FROM outbox WHERE cause LIKE 'digest:%' ORDER BY id")
    )
    assert [(row["state"], row["conversation"]) for row in rows] == [
        ("undeliverable", None),
        ("sent", None),
        ("waiting", "8"),
        ("sent", "8"),
    ]
    polls = await talk.db.read(
        lambda tx: tx.rows("SELECT * FROM outbox WHERE cause LIKE 'poll%' ORDER BY id")
    )
    assert [row["conversation"] for row in polls] == [None, None, "8", "8"]
    assert await talk.db.read(reach.chats, poll) == [Address("telegram", "8")]


async def test_it_is_shown_erased_and_ends_with_a_block(talk: Several) -> None:
    assert "hiện chưa đăng ký" in await talk.says("telegram", "7", "/riengtu")
    await talk.says("telegram", "7", "/dangky đất đai")
    assert "đang nhận bản tin về văn bản mới (Đất đai; mọi cấp)" in await talk.says(
        "telegram", "7", "/riengtu"
    )
    assert "• đăng ký nhận bản tin" in await talk.says("telegram", "7", "/xoadulieu")
    assert await subscribed(talk) == []
    await talk.says("telegram", "8", "/dangky")
    await talk.db.run(
        talk.bot._queue.put, "digest:1:1", [(Address("telegram", "8"), Text((Part("Bản tin"),)))], BULK
    )
    talk.bot._queued("telegram")
    await talk.next("telegram", "8")
    talk.networks["telegram"].refuse("8", SendError("blocked", retryable=False, gone=True))
    await talk.hear("telegram", "8", "cảm ơn")
    await talk.says("telegram", "9", "/dangky")
    while len(await subscribed(talk)) > 1:
        pass  # until the refusal has been written down
    assert await subscribed(talk) == [("telegram", "9", (), ())]
    assert await talk.db.read(lambda tx: tx.rows("SELECT 1 FROM outbox WHERE conversation = '8'")) == []
    await talk.hear("telegram", "9", "", kind="stopped")
    await talk.says("telegram", "10", "cảm ơn")
    assert await subscribed(talk) == []


TOPICS = [Topic(name, name, 1) for name in ("Giáo dục và đào tạo", "Đất đai", "Kinh tế tư nhân")]


@pytest.mark.parametrize(
    ("typed", "topics", "levels", "rest"),
    [
        ("giáo dục", ["Giáo dục và đào tạo"], (), ()),
        ("GIAO DUC, dat dai", ["Giáo dục và đào tạo", "Đất đai"], (), ()),
        ("nhận tin về kinh tế tư nhân cấp xã ạ", ["Kinh tế tư nhân"], ("xã",), ()),
        ("trung ương và tỉnh", [], ("Trung ương", "tỉnh"), ()),
        ("kết hôn", [], (), ("ket", "hon")),
        ("bản tin", [], (), ()),
        ("👍", [], (), ()),
    ],
)
def test_a_wish(typed: str, topics: list[str], levels: tuple[str, ...], rest: tuple[str, ...]) -> None:
    wish = read(typed, TOPICS)
    assert ([topic.name for topic in wish.topics], wish.levels, wish.rest) == (topics, levels, rest)
