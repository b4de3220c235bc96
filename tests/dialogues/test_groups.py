"""Groups on Telegram, on the fake platform: greeted, set up by who leads them, moved, forbidden, removed; forums too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.app import AFTERMATH
from bot.audience import groups, staff, units
from bot.audience.groups import Group
from bot.audience.recipients import all_recipients
from bot.audience.units import Unit
from bot.model import Address, Part, Text, Tx
from bot.outbox import BULK
from handlers.staff import groups as staff_groups
from scheduler import group_rounds
from tests.dialogues.conftest import NOW, Talk, button, labels
from tests.fakes.telegram import Fault, Sent
from tests.fakes.time import Daytime

GROUP, SUPERGROUP, LEADER, OTHER, EDITOR = -500, -1001234, 501, 502, 9
QUESTION = "mục tiêu kinh tế số của nghị quyết 57"
ANSWER = "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP."
MENTION = "@hoidap_bot"


def _units(tx: Tx) -> None:
    ward = units.add(tx, Unit(0, "Phường Bình Minh", "phường"), NOW)
    for number in (1, 2, 3):
        units.add(tx, Unit(0, f"Tổ dân phố {number}", "tổ dân phố", ward), NOW)
    staff.give_role(tx, (), Address("telegram", str(EDITOR)), "editor", "Hà", None, NOW)


async def row(talk: Talk, chat: int = GROUP) -> Group | None:
    return await talk.db.read(groups.find, Address("telegram", str(chat)))


async def recipients(talk: Talk) -> list[tuple[str, int | None]]:
    return [(each.to.conversation, each.unit) for each in await talk.db.read(all_recipients)]


async def greeted(talk: Talk, chat: int = GROUP) -> Sent:
    await talk.db.run(_units)
    talk.fake.rooms[chat].admins = {LEADER}
    talk.fake.admit(chat)
    return await talk.reply(chat)


async def chooses(talk: Talk, sent: Sent, label: str, who: int = LEADER, chat: int = GROUP) -> Sent:
    """A tap whose answer is a message of its own."""
    talk.fake.press(chat, sent.message_id, button(sent, label), who)
    return await talk.reply(chat)


async def turns(talk: Talk, sent: Sent, label: str, chat: int = GROUP) -> Sent:
    """A tap after which the message reads otherwise."""
    count = len(talk.fake.edited)
    talk.fake.press(chat, sent.message_id, button(sent, label), LEADER)
    await talk.fake.until(lambda: len(talk.fake.edited) > count)
    assert talk.fake.edited[-1].message_id == sent.message_id
    return talk.fake.edited[-1]


async def test_who_leads_a_group_sets_it_up_with_a_few_taps(talk: Talk) -> None:
    greeting = await greeted(talk)
    assert "Xin chào cả nhóm" in greeting.text
    card = await chooses(talk, greeting, "Thiết lập nhóm")
    assert "Bản tin: chưa nhận" in card.text
    assert await recipients(talk) == []
    menu = await turns(talk, card, "Chọn đơn vị")
    card = await turns(talk, menu, "Tổ dân phố 3")
    assert "Bản tin: đang nhận" in card.text
    assert "Đơn vị: Tổ dân phố 3" in card.text
    hours = await turns(talk, card, "Đổi giờ yên tĩnh")
    assert "20:00-07:00" in (await turns(talk, hours, "20:00-07:00")).text
    group = await row(talk)
    assert group
    assert (group.state, group.unit, group.quiet, group.members) == ("on", 4, "20:00-07:00", 11)
    stopped = await turns(talk, card, "Thôi nhận bản tin")
    assert "Bản tin: chưa nhận" in stopped.text
    assert await recipients(talk) == []
    assert "đang nhận" in (await turns(talk, stopped, "Nhận bản tin")).text


async def test_words_do_what_taps_do(talk: Talk) -> None:
    await greeted(talk)
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 2", LEADER)
    assert "Đơn vị: Tổ dân phố 2" in (await talk.reply(GROUP)).text
    talk.fake.group_text(GROUP, "/thietlap@hoidap_bot 19h-7h", LEADER)
    assert "19:00-07:00" in (await talk.reply(GROUP)).text
    talk.fake.group_text(GROUP, "/thietlap 25:00-07:00", LEADER)
    assert "Chưa đọc được giờ yên tĩnh" in (await talk.reply(GROUP)).text
    await talk.db.run(lambda tx: tx.run("UPDATE units SET code = '26734' WHERE key = 4"))
    talk.fake.group_text(GROUP, "/thietlap 26734", LEADER)
    assert "Đơn vị: Tổ dân phố 3" in (await talk.reply(GROUP)).text
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 2", LEADER)
    assert "Đơn vị: Tổ dân phố 2" in (await talk.reply(GROUP)).text
    talk.fake.group_text(GROUP, "/thietlap thôn không có", LEADER)
    unknown = await talk.reply(GROUP)
    assert "không tìm thấy đơn vị “thôn không có”" in unknown.text
    assert await recipients(talk) == [(str(GROUP), 3)]
    assert "dùng trong nhóm" in (await talk.says(7, "/thietlap")).text


async def test_it_greets_once_and_again_only_after_it_was_removed(talk: Talk) -> None:
    await greeted(talk)
    update = talk.fake.admit(GROUP)
    talk.fake.push("my_chat_member", update["my_chat_member"])
    await talk.silence(GROUP)
    talk.fake.block(GROUP)
    await talk.silence(GROUP)
    assert await row(talk) is None
    talk.fake.admit(GROUP)
    assert "Xin chào cả nhóm" in (await talk.reply(GROUP)).text


async def test_who_does_not_lead_it_is_told_once(talk: Talk) -> None:
    greeting = await greeted(talk)
    said = await chooses(talk, greeting, "Thiết lập nhóm", who=OTHER)
    assert "dành cho quản trị viên của nhóm" in said.text
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 1", OTHER)
    talk.fake.press(GROUP, greeting.message_id, button(greeting, "Thiết lập nhóm"), OTHER + 1)
    await talk.silence(GROUP)
    group = await row(talk)
    assert group
    assert group.unit is None


async def test_an_anonymous_administrator_and_a_member_of_staff_may(talk: Talk) -> None:
    await greeted(talk)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    hidden: dict[str, Any] = {
        "from": anonymous,
        "sender_chat": {"id": GROUP, "title": "Nhóm", "type": "group"},
    }
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 1", **hidden)
    assert "Đơn vị: Tổ dân phố 1" in (await talk.reply(GROUP)).text
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 3", EDITOR)
    assert "Đơn vị: Tổ dân phố 3" in (await talk.reply(GROUP)).text


async def test_when_telegram_does_not_tell_who_leads_it_nothing_changes(talk: Talk) -> None:
    await greeted(talk)
    talk.fake.fail(Fault("status", 502), method="getChatAdministrators")
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 1", LEADER)
    assert "chưa kiểm tra được" in (await talk.reply(GROUP)).text
    assert await recipients(talk) == []


async def test_it_answers_unasked_only_where_it_may_and_only_when_sure(talk: Talk) -> None:
    card = await chooses(talk, await greeted(talk), "Thiết lập nhóm")
    assert "quản trị viên của nhóm" in (await chooses(talk, card, "Cách cho tôi tự trả lời")).text
    talk.fake.change_rights(GROUP, "administrator")
    await talk.silence(GROUP)
    talk.fake.group_text(GROUP, QUESTION, OTHER)
    await talk.silence(GROUP)
    talk.fake.group_text(GROUP, "/thietlap", LEADER)
    card = await talk.reply(GROUP)
    assert "tôi sẽ trả lời" in (await turns(talk, card, "Cho tôi tự trả lời")).text
    talk.fake.group_text(GROUP, QUESTION, OTHER)
    assert ANSWER in (await talk.reply(GROUP)).text
    for words in (
        "hôm nay ai đi họp thế",
        "nghị quyết",
        "tối nay họp tổ lúc mấy giờ các bác",
        "cảm ơn",
        "/help@otherbot",
    ):
        talk.fake.group_text(GROUP, words, OTHER)
    await talk.silence(GROUP)
    logged = await talk.db.read(lambda tx: tx.rows("SELECT text FROM question_log"))
    assert [each["text"] for each in logged] == [QUESTION]
    talk.fake.group_text(GROUP, f"/thietlap {MENTION}", LEADER)
    await turns(talk, await talk.reply(GROUP), "Thôi tự trả lời")
    talk.fake.group_text(GROUP, QUESTION, OTHER)
    await talk.silence(GROUP)


async def test_a_group_that_becomes_a_supergroup_keeps_everything(talk: Talk) -> None:
    await greeted(talk)
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 2", LEADER)
    await talk.reply(GROUP)
    talk.fake.migrate(GROUP, SUPERGROUP)
    await talk.silence(GROUP, SUPERGROUP)
    assert await recipients(talk) == [(str(SUPERGROUP), 3)]
    talk.fake.admit(SUPERGROUP)  # Telegram tells of the new one as well
    await talk.silence(SUPERGROUP)


async def test_a_move_that_only_a_refusal_tells_of(talk: Talk) -> None:
    await greeted(talk)
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 2", LEADER)
    await talk.reply(GROUP)
    talk.fake.migrate(GROUP, SUPERGROUP, tell=False)
    await sends(talk, "telegram", str(GROUP), "Bản tin")
    assert (await talk.reply(SUPERGROUP)).text == "Bản tin"
    assert await recipients(talk) == [(str(SUPERGROUP), 3)]


async def sends(talk: Talk, channel: str, conversation: str, words: str, digest: int = 1) -> None:
    """As a digest does."""
    to = Address(channel, conversation)
    cause = f"digest:{digest}:{words}:{conversation}"
    await talk.db.run(talk.bot._queue.put, cause, [(to, Text((Part(words),)))], BULK)
    talk.bot._queued(channel)


async def test_where_it_may_not_write_staff_hear_once_and_it_comes_back(talk: Talk) -> None:
    await greeted(talk)
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 2", LEADER)
    await talk.reply(GROUP)
    talk.fake.rooms[GROUP].writing = False
    come = "INSERT INTO digest_chats VALUES ('telegram', :at, :document, :document, '2026-11-20')"
    await talk.db.run(lambda tx: tx.run(come, at=str(GROUP), document=1))
    await talk.db.run(lambda tx: tx.run(come, at=str(GROUP), document=2))
    await sends(talk, "telegram", str(GROUP), "Bản tin 1", digest=2)
    await talk.silence(GROUP)
    await settled(talk)
    left = await talk.db.read(lambda tx: tx.rows("SELECT document FROM digest_chats"))
    assert [row["document"] for row in left] == [1]  # what the second was to bring may come later
    assert await recipients(talk) == []
    talk.fake.meet(EDITOR)
    for _ in range(2):
        await talk.bot.tell(staff_groups.announce)
    assert "không cho tôi gửi tin" in (await talk.reply(EDITOR)).text
    await talk.silence(EDITOR)
    await look(talk, forbidden_only=True)
    assert await recipients(talk) == []
    talk.fake.rooms[GROUP].writing = True
    await look(talk, forbidden_only=True)
    assert await recipients(talk) == [(str(GROUP), 3)]
    await sends(talk, "telegram", str(GROUP), "Bản tin 2")
    assert (await talk.reply(GROUP)).text == "Bản tin 2"


async def settled(talk: Talk) -> None:
    """Nothing is waiting or being sent any more."""

    def open_rows(tx: Tx) -> int:
        return len(tx.rows("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"))

    while await talk.db.read(open_rows):
        await talk.silence()


async def look(talk: Talk, *, forbidden_only: bool) -> None:
    await group_rounds.look(
        talk.db,
        talk.bot.platforms.describe,
        Daytime(),
        forbidden_only=forbidden_only,
        gone=AFTERMATH.gone,
        moved=AFTERMATH.moved,
    )


async def test_the_rounds_see_titles_numbers_and_groups_that_are_gone(talk: Talk) -> None:
    await greeted(talk)
    talk.fake.rooms[GROUP].title, talk.fake.rooms[GROUP].members = "Tổ 3  Bình Minh", 46
    await look(talk, forbidden_only=False)
    group = await row(talk)
    assert group
    assert (group.title, group.members) == ("Tổ 3 Bình Minh", 45)
    talk.fake.block(GROUP, tell=False)
    await talk.db.run(has_had_something, GROUP)
    await look(talk, forbidden_only=False)
    assert await row(talk) is None
    assert await talk.db.read(had_something) == []


async def test_the_rounds_see_a_move_and_what_has_come_does_not_come_again(talk: Talk) -> None:
    await greeted(talk)
    await talk.db.run(has_had_something, GROUP)
    talk.fake.migrate(GROUP, SUPERGROUP, tell=False)
    await look(talk, forbidden_only=False)
    assert await talk.db.read(had_something) == [("digest", str(SUPERGROUP)), ("poll", str(SUPERGROUP))]


async def test_what_has_come_to_a_group_is_known_under_its_new_name(talk: Talk) -> None:
    await greeted(talk)
    await talk.db.run(has_had_something, GROUP)
    talk.fake.migrate(GROUP, SUPERGROUP)
    await talk.silence(GROUP, SUPERGROUP)
    assert await talk.db.read(had_something) == [("digest", str(SUPERGROUP)), ("poll", str(SUPERGROUP))]


def has_had_something(tx: Tx, group: int) -> None:
    """A document by a digest, and a poll."""
    document = tx.rows("SELECT key FROM documents LIMIT 1")[0]["key"]
    tx.run("INSERT INTO surveys (name, purpose, begins_on, ends_on, changed_at) VALUES ('', '', '', '', '')")
    tx.run(
        """INSERT INTO polls (survey, code, version, definition, closes_at, changed_at)
            VALUES (1, 'ab12', 1, '{}', '', '')"""
    )
    tx.run(
        "INSERT INTO digest_chats VALUES ('telegram', :group, :document, 1, '2026-11-22')",
        group=str(group),
        document=document,
    )
    tx.run(
        "INSERT INTO poll_chats (poll, channel, conversation) VALUES (1, 'telegram', :group)",
        group=str(group),
    )


def had_something(tx: Tx) -> list[tuple[str, str]]:
    rows = tx.rows(
        """SELECT 'digest' AS what, conversation FROM digest_chats
            UNION ALL SELECT 'poll', conversation FROM poll_chats ORDER BY what"""
    )
    return [(row["what"], row["conversation"]) for row in rows]


async def test_a_forum_answers_where_it_was_asked_and_digests_go_where_it_was_set_up(talk: Talk) -> None:
    await greeted(talk, SUPERGROUP)
    room = talk.fake.rooms[SUPERGROUP]
    room.topics = {45, 46}
    talk.fake.group_text(SUPERGROUP, f"{MENTION} {QUESTION}", OTHER, thread=46)
    answer = await talk.reply(SUPERGROUP)
    assert ANSWER in answer.text
    assert answer.fields["message_thread_id"] == 46
    talk.fake.press(SUPERGROUP, answer.message_id, button(answer, "Xem chi tiết"), OTHER, thread=46)
    assert (await talk.reply(SUPERGROUP)).fields["message_thread_id"] == 46
    talk.fake.group_text(SUPERGROUP, "/thietlap tổ dân phố 1", LEADER, thread=45)
    card = await talk.reply(SUPERGROUP)
    assert "đúng mục thảo luận này" in card.text
    assert await recipients(talk) == [(f"{SUPERGROUP}/45", 2)]
    await sends(talk, "telegram", f"{SUPERGROUP}/45", "Bản tin 1")
    assert (await talk.reply(SUPERGROUP)).fields["message_thread_id"] == 45
    room.topics = {46}  # somebody deletes the topic
    await sends(talk, "telegram", f"{SUPERGROUP}/45", "Bản tin 2")
    moved = await talk.reply(SUPERGROUP)
    assert (moved.text, "message_thread_id" in moved.fields) == ("Bản tin 2", False)
    assert await recipients(talk) == [(str(SUPERGROUP), 2)]


async def test_staff_see_groups_change_their_unit_and_take_them_out(talk: Talk) -> None:
    assert "Chưa có nhóm nào" in (await editor_says(talk, "/nhom")).text
    await greeted(talk)
    listed = await talk.says(EDITOR, "/nhom")
    assert labels(listed) == [f"Nhóm {-GROUP} – chưa chọn, chưa thiết lập"]
    one = await talk.presses(EDITOR, listed, "Nhóm")
    assert "Số người: 11 người" in one.text
    assert "Bản tin gần nhất: chưa có" in one.text
    menu = await talk.presses(EDITOR, one, "Đổi đơn vị")
    one = await talk.presses(EDITOR, menu, "Tổ dân phố 3")
    assert "Tình trạng: nhận bản tin" in one.text
    assert await recipients(talk) == [(str(GROUP), 4)]
    day = {"day": "2026-11-20", "conversation": str(GROUP)}
    reached = "INSERT INTO digest_chats VALUES ('telegram', :conversation, 1, 1, :day)"
    await talk.db.run(lambda tx: tx.run(reached, **day))
    tomorrow = Daytime().now() + timedelta(hours=10)
    to_topic = [(Address("telegram", f"{GROUP}/45"), Text((Part("Bản tin"),)))]
    await talk.db.run(talk.bot._queue.put, "digest:2:1", to_topic, BULK, tomorrow)
    one = await talk.presses(EDITOR, one, "Ngừng gửi vào nhóm")
    waiting = await talk.db.read(lambda tx: tx.rows("SELECT * FROM outbox WHERE state = 'waiting'"))
    assert waiting == []  # nor what was to go out in the morning
    assert "Bản tin gần nhất: 20/11/2026" in one.text
    assert await recipients(talk) == []
    talk.fake.group_text(GROUP, "/thietlap", LEADER)
    off = await talk.reply(GROUP)
    assert "đang tạm ngừng gửi bản tin" in off.text
    assert "Nhận bản tin" not in labels(off)
    await talk.presses(EDITOR, one, "Gửi lại vào nhóm")
    assert await recipients(talk) == [(str(GROUP), 4)]
    acts = await talk.db.read(lambda tx: tx.rows("SELECT act, actor FROM audit WHERE act LIKE 'group.%'"))
    assert [each["actor"] for each in acts] == [1, 1, 1]


async def editor_says(talk: Talk, words: str) -> Sent:
    def enrol(tx: Tx) -> None:
        staff.give_role(tx, (), Address("telegram", str(EDITOR)), "editor", "Hà", None, NOW)

    await talk.db.run(enrol)
    return await talk.says(EDITOR, words)


async def test_nothing_of_who_is_in_a_group_is_kept(talk: Talk) -> None:
    greeting = await greeted(talk)
    await chooses(talk, greeting, "Thiết lập nhóm")
    talk.fake.group_text(GROUP, "/thietlap tổ dân phố 1", LEADER)
    await talk.reply(GROUP)

    def everything(tx: Tx) -> Sequence[object]:
        tables = [each["name"] for each in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = (tables_row for table in tables for tables_row in tx.rows(f"SELECT * FROM {table}"))
        return [value for each in kept for value in each.values()]

    assert str(LEADER) not in {str(value) for value in await talk.db.read(everything)}
