"""What real people and networks send, and that it is met calmly."""

from __future__ import annotations

import unicodedata

from bot.model import Tx
from tests.dialogues.conftest import Talk, button, labels

QUESTION = "mục tiêu kinh tế số của nghị quyết 57"
ANSWER = "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP."


async def test_hostile_characters_do_not_change_the_answer(talk: Talk) -> None:
    for words in (
        unicodedata.normalize("NFD", QUESTION),
        "\u200b\u202e" + QUESTION.replace(" ", " \u200d") + "\ufeff",
        QUESTION.upper() + " ???",
    ):
        assert ANSWER in (await talk.says(7, words)).text


async def test_sql_and_html_are_words_like_others(talk: Talk) -> None:
    for words in ("'; DROP TABLE entries; --", "<b>abc</b> <script>alert(1)</script>"):
        reply = await talk.says(7, words)
        assert "chưa có câu trả lời" in reply.text or "chưa chắc" in reply.text
    assert ANSWER in (await talk.says(7, QUESTION)).text


async def test_nothing_to_read(talk: Talk) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    talk.fake.push("message", talk.fake.message(7, photo=photo))
    assert "chỉ đọc được tin nhắn chữ" in (await talk.reply(7)).text
    assert "chưa thấy chữ nào" in (await talk.says(7, "😀😀😀")).text


async def test_a_letter_of_ten_thousand_characters_is_asked_to_be_a_question(talk: Talk) -> None:
    assert "tóm lại thành một câu hỏi ngắn" in (await talk.says(7, "nghị quyết về đất đai " * 180)).text


async def test_an_edited_question_is_a_new_question(talk: Talk) -> None:
    await talk.says(7, "mục tiêu kin")
    talk.fake.push("edited_message", talk.fake.message(7, text=QUESTION, edit_date=1))
    assert ANSWER in (await talk.reply(7)).text


async def test_a_button_pressed_ten_times_answers_once(talk: Talk) -> None:
    answer = await talk.says(7, QUESTION)
    for _ in range(10):
        talk.fake.press(7, answer.message_id, button(answer, "Xem chi tiết"))
    assert "Chi tiết: tỉ trọng" in (await talk.reply(7)).text
    await talk.silence(7)


async def test_unknown_and_old_buttons(talk: Talk) -> None:
    answer = await talk.says(7, QUESTION)
    for data in ("what/is/this", "answer/abc", "answer/999999", "detail/-1", "why/x/y", "", "answer/1/2/3"):
        talk.fake.press(7, answer.message_id, data or "x")
        assert "không còn" in (await talk.reply(7)).text

    def archive(tx: Tx) -> None:
        tx.run("UPDATE entries SET status = 'archived' WHERE id = 'muc-tieu-57'")

    await talk.db.run(archive)
    assert "không còn nữa" in (await talk.presses(7, answer, "Xem chi tiết")).text


async def test_the_same_update_again_is_answered_once(talk: Talk) -> None:
    update = talk.fake.text(7, QUESTION)
    await talk.reply(7)
    talk.fake.repeat(update)
    await talk.silence(7)


async def test_a_group_hears_nothing_unless_it_asks(talk: Talk) -> None:
    talk.fake.group_text(-100, "mọi người ơi " + QUESTION)
    await talk.silence(-100)
    talk.fake.group_text(
        -100, f"@hoidap_bot {QUESTION}", entities=[{"type": "mention", "offset": 0, "length": 11}]
    )
    reply = await talk.reply(-100)
    assert ANSWER in reply.text
    assert "tự động" not in reply.text


async def test_sample_answers_are_not_given_to_groups(talk: Talk) -> None:
    talk.fake.group_text(
        -100,
        "@hoidap_bot nghị quyết 68 đặt mục tiêu có bao nhiêu doanh nghiệp",
        entities=[{"type": "mention", "offset": 0, "length": 11}],
    )
    reply = await talk.reply(-100)
    assert "2 triệu" not in reply.text
    assert "Nghị quyết 68 đặt mục tiêu có bao nhiêu doanh nghiệp?" not in labels(reply)


async def test_a_group_sees_nothing_of_a_sample_by_its_buttons_either(talk: Talk) -> None:
    def key(tx: Tx) -> int:
        return int(tx.rows("SELECT key FROM entries WHERE id = 'doanh-nghiep-68'")[0]["key"])

    sample = await talk.db.read(key)
    talk.fake.group_text(
        -100, f"@hoidap_bot {QUESTION}", entities=[{"type": "mention", "offset": 0, "length": 11}]
    )
    answer = await talk.reply(-100)
    for data in (f"answer/{sample}", f"detail/{sample}", f"up/{sample}/abc", f"down/{sample}/abc"):
        talk.fake.press(-100, answer.message_id, data, user_id=501)
        assert "không còn nữa" in (await talk.reply(-100)).text
    talk.fake.group_text(
        -100, "@hoidap_bot nghị quyết 68", entities=[{"type": "mention", "offset": 0, "length": 11}]
    )
    page = await talk.reply(-100)
    assert "Phát triển kinh tế tư nhân" in page.text
    assert labels(page) == []


async def test_added_to_a_group_it_greets_once_and_briefly(talk: Talk) -> None:
    talk.fake.admit(-200)
    assert "trợ lý trả lời tự động" in (await talk.reply(-200)).text
    await talk.silence(-200)


async def test_a_person_who_blocks_the_bot_is_forgotten(talk: Talk) -> None:
    await talk.says(7, "xin chào")
    talk.fake.block(7)
    await talk.silence()

    def people(tx: Tx) -> list[object]:
        return [row["person"] for row in tx.rows("SELECT person FROM people WHERE person = '7'")]

    assert await talk.db.read(people) == []


async def test_unknown_commands(talk: Talk) -> None:
    assert "/khongco" in (await talk.says(7, "/khongco abc")).text
    assert "Cách dùng" in (await talk.says(7, "/help@hoidap_bot")).text
