"""Commands as words on networks without slash commands, and questions that merely contain such words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Address, Inbound
from bot.texts import chat
from handlers.commands import code_after, code_alone, spoken
from handlers.routes import ROUTES
from knowledge.normalise import fold
from tests.dialogues.several import several


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tro giup", "/help"),
        ("Trợ giúp ạ!", "/help"),
        ("TRỢ GIÚP 🙏🙏", "/help"),
        ("trogiup", "/help"),
        ("help", "/help"),
        ("bat dau", "/start"),
        ("Bắt đầu nhé.", "/start"),
        ("rieng tu", "/riengtu"),
        ("riengtu", "/riengtu"),
        ("xoá dữ liệu", "/xoadulieu"),
        ("xoa du lieu di ban oi", "/xoadulieu"),
        ("liên kết", "/lienket"),
        ("“bỏ liên kết”", "/bolienket"),
        ("xóa dữ liệu của tôi", "/xoadulieu"),
        ("quyen rieng tu", "/riengtu"),
        ("quan tri", "/quantri"),
        ("hướng dẫn", "/help"),
        ("dang ky", "/dangky"),
        ("Đăng ký ạ", "/dangky"),
        ("huy dang ky", "/huydangky"),
        ("/help", "/help"),
    ],
)
def test_words_that_are_a_command(typed: str, meant: str) -> None:
    assert spoken(typed) == meant


def test_every_command_of_the_menu_has_words_and_a_handler() -> None:
    assert [name for name, _ in chat.COMMANDS] == list(chat.SPOKEN_COMMANDS)
    for name, words in chat.SPOKEN_COMMANDS.items():
        assert spoken(words) == spoken(fold(words)) == f"/{name}"
        inbound = Inbound(Address("net", "p"), "text", "p", f"/{name}")
        first = next(at for at, route in enumerate(ROUTES) if route.matches(inbound))
        unknown = next(
            at for at, route in enumerate(ROUTES) if route.matches(replace(inbound, text="/khongco"))
        )
        assert first < unknown


@pytest.mark.parametrize(
    "question",
    [
        "tro giup xa hoi la gi",
        "trợ giúp pháp lý",
        "xóa dữ liệu cá nhân theo luật nào",
        "xoa du lieu?",
        "bat dau tu nam nao",
        "liên kết vùng",
        "dang ky ket hon o dau",
        "đăng ký?",
        "bỏ",
        "dữ liệu",
        "liền kết",
        "bạt đầu",
        "nhé",
        "ạ",
        "",
        "🙏",
        "trợ giúp " * 30,
    ],
)
def test_questions_stay_as_they_were_typed(question: str) -> None:
    assert spoken(question) == question


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lienket 7KC-9MX-T4F", "7KC9MXT4F"),
        ("Liên kết: 7kc 9mx t4f", "7KC9MXT4F"),
        ("/lienket@OurBot 7KC9MXT4F", "7KC9MXT4F"),
        ("“lienket 7KC-9MX-T4F”", "7KC9MXT4F"),
        ("lienket ZSB-9MX-T4F", "2589MXT4F"),
        ("lienket 7KC-9MX-T4", ""),
        ("/lienket abc", ""),
        ("/lienket", None),
        ("lien ket", None),
        ("liên kết vùng", None),
        ("lienket vung", None),
        ("liên kết 2025-2030", None),
        ("lienket7KC-9MX-T4F", "7KC9MXT4F"),
        ("lienket 7KC-9MX-T4F nhé ạ", "7KC9MXT4F"),
        ("lienket 7KC–9MX–T4F", "7KC9MXT4F"),
        ("lienket ７ＫＣ-９ＭＸ-Ｔ４Ｆ", "7KC9MXT4F"),
        ("lienket 7KC-9MX-T4F\nlienket 7KC-9MX-T4F", "7KC9MXT4F"),
        ("quantri 7KC-9MX-T4F", None),
        ("7KC-9MX-T4F", None),
    ],
)
def test_a_code_that_comes_with_its_word(typed: str, code: str | None) -> None:
    assert code_after(Inbound(Address("net", "p"), "text", "p", typed), "lienket") == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KC-9MX-T4F", "7KC9MXT4F"),
        ("mã của tôi là 7kc-9mx-t4f ạ", "7KC9MXT4F"),
        ("7KC–9MX–T4F.", "7KC9MXT4F"),
        ("nghị quyết 57-NQ/TW", ""),
        ("gọi 234-567-892", ""),  # a telephone number
        ("7KC-9MX-T4FA", ""),
        ("7KC-9MX-T40", ""),  # no code has a nought
        ("7KC9MXT4F", ""),  # could be anything
    ],
)
def test_a_code_that_comes_alone(typed: str, code: str) -> None:
    assert code_alone(Inbound(Address("net", "p"), "text", "p", typed)) == code


async def test_where_there_are_no_slash_commands_words_command_and_texts_name_the_words(
    tmp_path: Path,
) -> None:
    async with several(tmp_path) as talk:
        help_ = await talk.says("zalo-bot", "lan", "tro giup ạ")
        assert "gõ “riêng tư” để biết rõ hơn" in help_
        assert "“xóa dữ liệu” – xóa dữ liệu của tôi" in help_
        assert "/" not in help_.replace("57-NQ/TW", "")
        assert "Gõ “xóa dữ liệu” để xóa" in await talk.says("zalo-bot", "lan", "rieng tu")
        assert "Dữ liệu gắn với Bạn vừa được xóa" in await talk.says("zalo-bot", "lan", "xoa du lieu")
        assert "Cách dùng" in await talk.says("zalo-bot", "lan", "/help")


async def test_where_there_are_slash_commands_words_are_words(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        first = await talk.says("telegram", "7", "rieng tu")
        assert "gõ /riengtu để biết rõ hơn" in first
        assert "Về dữ liệu của Bạn" not in first
        help_ = await talk.says("telegram", "7", "/help")
        assert "/xoadulieu – xóa dữ liệu của tôi" in help_
        assert "“" not in help_


async def test_what_is_not_open_yet_says_so_and_is_no_question(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("zalo-bot", "lan", "bat dau")
        answer = await talk.says("zalo-bot", "lan", "hoi thi")
        assert "“hội thi” chưa mở" in answer
        assert "“tra cứu”" in answer
        assert "“hội thi” chưa mở" in await talk.says("telegram", "7", "/hoithi")
        assert await talk.rows("question_log") == []


async def test_a_question_that_contains_a_command_is_answered_as_a_question(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        await talk.says("zalo-bot", "lan", "bat dau")
        for question in ("tro giup xa hoi la gi", "xóa dữ liệu cá nhân theo luật nào"):
            assert "chưa có câu trả lời" in await talk.says("zalo-bot", "lan", question)
        assert [row["text"] for row in await talk.rows("question_log")] == [
            "tro giup xa hoi la gi",
            "xóa dữ liệu cá nhân theo luật nào",
        ]
