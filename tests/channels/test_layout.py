"""Long replies in many messages, buttons as lines: nothing is lost and no message is over its limit."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

import pytest

from bot.channels.base import Limits
from bot.channels.layout import fit, numbered_payloads, shorten, size
from bot.model import Choice, Part, Text

ROOMY = Limits(text=4096, units="utf-16", buttons=8, label=20)
BARE = Limits(text=200)
BARE_WITH_BUTTONS = Limits(text=200, buttons=8)
FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇻🇳"


def plain(words: str, *choices: Choice, reply_to: str = "") -> Text:
    return Text((Part(words),), choices, reply_to)


def cut(words: str, room: int, units: str = "code points") -> list[str]:
    limits = Limits(text=room, units="utf-16" if units == "utf-16" else "code points", buttons=8)
    return [piece.plain for piece in fit(plain(words), limits)]


def test_a_short_reply_stays_as_it_is() -> None:
    reply = plain("Xin chào", Choice("Có", "yes"), reply_to="5")
    assert fit(reply, ROOMY) == [reply]


def test_an_empty_reply_is_one_message() -> None:
    assert [piece.plain for piece in fit(plain("", Choice("Có", "yes")), ROOMY)] == [""]
    assert [piece.plain for piece in fit(plain(" \n" * 300), BARE)] == [""]
    assert [piece.plain for piece in fit(plain("chữ" + " " * 300), BARE)] == ["chữ"]


@pytest.mark.parametrize(
    ("words", "room", "pieces"),
    [
        ("một hai.\n\nba bốn.\nnăm sáu", 20, ["một hai.", "ba bốn.\nnăm sáu"]),
        ("một hai.\nba bốn. năm sáu", 20, ["một hai.", "ba bốn. năm sáu"]),
        ("một hai ba. Bốn năm sáu bảy", 20, ["một hai ba.", "Bốn năm sáu bảy"]),
        ("một hai ba bốn năm", 12, ["một hai ba", "bốn năm"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("một\n \n\n hai", 4, ["một", "hai"]),
        ("năm 2025: 3.000 người", 16, ["năm 2025: 3.000", "người"]),
    ],
    ids=["paragraph", "line", "sentence", "word", "hard", "blank lines go", "a point inside a number"],
)
def test_where_a_text_is_cut(words: str, room: int, pieces: list[str]) -> None:
    assert cut(words, room) == pieces


def test_a_heading_is_not_left_alone() -> None:
    first, *_ = cut("Đầu\n\n" + "chữ " * 30, 60)
    assert first.startswith("Đầu\n\nchữ chữ")


@pytest.mark.parametrize(
    ("words", "room"),
    [
        (f"ab{FAMILY}cd", 5),
        (f"abc{FLAG}{FLAG}", 4),
        ("abc" + "e\u0302\u0301" + "z", 4),
        ("abc👍🏽z", 4),
        ("abc1\ufe0f\u20e3z", 5),
    ],
    ids=["family", "flags", "stacked accents", "skin", "keycap"],
)
def test_what_people_see_as_one_character_stays_whole(words: str, room: int) -> None:
    pieces = cut(words, room)
    assert "".join(pieces) == words
    joined = {FAMILY, FLAG, "e\u0302\u0301", "👍🏽", "1\ufe0f\u20e3"}
    for one in (one for one in joined if one in words and len(one) <= room):
        assert sum(piece.count(one) for piece in pieces) == words.count(one)


def test_an_endless_character_is_cut_anyway() -> None:
    zalgo = "e" + "\u0301" * 500
    pieces = cut(zalgo, 100)
    assert "".join(pieces) == zalgo
    assert max(map(len, pieces)) <= 100


def test_utf16_counts_emoji_twice() -> None:
    assert [len(piece) for piece in cut("😀" * 10, 8, "utf-16")] == [4, 4, 2]
    assert [len(piece) for piece in cut("😀" * 10, 8)] == [8, 2]
    assert size("a😀", "utf-16") == 3


def test_a_style_that_is_cut_goes_on() -> None:
    reply = Text((Part("Tiêu đề ", "bold"), Part("một hai ba ", "italic"), Part("bốn năm sáu")))
    pieces = fit(reply, Limits(text=12, buttons=1))
    styles = {
        word: part.style for piece in pieces for part in piece.parts for word in part.text.split() if word
    }
    assert styles["Tiêu"] == styles["đề"] == "bold"
    assert styles["một"] == styles["ba"] == "italic"
    assert styles["sáu"] == "plain"
    long = fit(Text((Part("chữ đậm " * 9, "bold"),)), Limits(text=30, buttons=1))
    assert len(long) > 2
    assert {part.style for piece in long for part in piece.parts} == {"bold"}


def test_choices_come_last_and_the_quotation_first() -> None:
    first, *middle, last = fit(plain("chữ " * 200, Choice("Có", "yes"), reply_to="5"), BARE_WITH_BUTTONS)
    assert (first.reply_to, first.choices) == ("5", ())
    assert all(piece.choices == () and piece.reply_to == "" for piece in middle)
    assert (last.reply_to, last.choices) == ("", (Choice("Có", "yes"),))


def test_a_label_too_long_for_a_button_stands_whole_in_the_text() -> None:
    other = Choice("Không phải", "none", leads=True)
    [piece] = fit(plain("Chọn:", Choice("Câu hỏi số một rất là dài dòng", "1"), other), ROOMY)
    assert piece.plain == "Chọn:\n\n1. Câu hỏi số một rất là dài dòng"
    assert piece.choices == (Choice("1. Câu hỏi số một…", "1"), other)
    assert size(piece.choices[0].label, "utf-16") <= 20


def test_surplus_buttons_are_dropped_and_not_listed() -> None:
    choices = tuple(Choice(f"Câu hỏi số {number} rất là dài dòng", str(number)) for number in range(12))
    [piece] = fit(plain("Chọn:", *choices), ROOMY)
    assert [choice.payload for choice in piece.choices] == [str(number) for number in range(8)]
    assert "8. Câu hỏi số 7" in piece.plain
    assert "Câu hỏi số 8" not in piece.plain


def test_without_buttons_choices_are_numbered_lines() -> None:
    reply = plain(
        "Ý bạn là:",
        Choice("Nghị quyết 57", "d:57"),
        Choice("Toàn\nvăn", url="https://example.org/57"),
        Choice("Hỏi cán bộ", "ask"),
        reply_to="9",
    )
    [piece] = fit(reply, BARE)
    assert piece.plain == ("Ý bạn là:\n\n1. Nghị quyết 57\n2. Hỏi cán bộ\nToàn văn: https://example.org/57")
    assert (piece.choices, piece.reply_to) == ((), "9")
    assert numbered_payloads(reply.choices, BARE) == ["d:57", "ask"]
    assert numbered_payloads(reply.choices, ROOMY) == []


def test_only_choices_without_words() -> None:
    assert fit(plain("", Choice("Có", "yes")), BARE)[0].plain == "1. Có"


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("dài quá", 7, "dài quá"),
        ("dài quá", 5, "dài…"),
        ("ab" + FAMILY, 5, "ab…"),
        ("dài", 1, "…"),
        ("dành bao nhiêu ngân sách", 18, "dành bao nhiêu…"),
        ("số 18 ngày 16/06/2022", 18, "số 18 ngày 16/06/…"),
    ],
)
def test_shorten(text: str, room: int, short: str) -> None:
    assert shorten(text, room) == short


@pytest.mark.parametrize("units", ["utf-16", "code points"])
def test_any_text_keeps_its_words_and_its_styles_within_the_limit(units: str) -> None:
    source = random.Random(71)
    stock = [
        "nghị",
        "quyết",
        "57-NQ/TW.",
        "😀",
        FAMILY,
        FLAG,
        "\n",
        "\n\n",
        "một câu dài.",
        "x" * 40,
        "<b>",
        "ệ",
    ]
    for _ in range(300):
        parts = tuple(
            Part(
                " ".join(source.choices(stock, k=source.randint(1, 12))) + " ",
                source.choice(["plain", "bold"]),
            )
            for _ in range(source.randint(1, 6))
        )
        room = source.randint(12, 90)
        limits = Limits(text=room, units="utf-16" if units == "utf-16" else "code points", buttons=1)
        pieces = fit(Text(parts), limits)
        assert all(size(piece.plain, limits.units) <= room for piece in pieces)
        assert _styled(part for piece in pieces for part in piece.parts) == _styled(parts)


def _styled(parts: Iterable[Part]) -> list[tuple[str, str]]:
    """Every visible character with its style."""
    return [(letter, part.style) for part in parts for letter in re.sub(r"\s", "", part.text)]


FEW = Limits(text=200, buttons=2, label=20, numbers=True)


def test_more_choices_than_buttons_are_all_lines_whose_numbers_can_be_typed() -> None:
    choices = (
        Choice("Câu hỏi số một rất là dài dòng", "1"),
        Choice("Toàn văn", url="https://example.org/57"),
        Choice("Hai", "2"),
        Choice("Không phải", "none"),
    )
    [piece] = fit(plain("Chọn:", *choices), FEW)
    lines = [
        "1. Câu hỏi số một rất là dài dòng",
        "2. Hai",
        "3. Không phải",
        "Toàn văn: https://example.org/57",
    ]
    assert piece.plain.splitlines()[2:] == lines
    assert [(one.label, one.payload) for one in piece.choices] == [
        ("1. Câu hỏi số một…", "1"),
        ("2. Hai", "2"),
    ]
    assert numbered_payloads(choices, FEW) == ["1", "2", "none"]


def test_where_buttons_suffice_the_numbers_are_those_of_the_lines() -> None:
    choices = (Choice("Câu hỏi số một rất là dài dòng", "1"), Choice("Không phải", "none", leads=True))
    [piece] = fit(plain("Chọn:", *choices), FEW)
    assert piece.plain == "Chọn:\n\n1. Câu hỏi số một rất là dài dòng"
    assert numbered_payloads(choices, FEW) == ["1"]


def test_a_list_with_a_long_label_is_listed_whole() -> None:
    choices = (Choice("Hai", "2"), Choice("Câu hỏi số một rất là dài dòng", "1"))
    [piece] = fit(plain("Chọn:", *choices), FEW)
    assert piece.plain == "Chọn:\n\n1. Hai\n2. Câu hỏi số một rất là dài dòng"
    assert [choice.label for choice in piece.choices] == ["1. Hai", "2. Câu hỏi số một…"]
    assert numbered_payloads(choices, FEW) == ["2", "1"]


def test_what_leads_on_has_a_button_before_the_items_of_the_list() -> None:
    choices = (
        *(Choice(f"Văn bản {at}", str(at)) for at in range(4)),
        Choice("Trang sau", "next", leads=True),
    )
    for limits in (FEW, Limits(text=200, buttons=2)):
        [piece] = fit(plain("Chọn:", *choices), limits)
        assert [choice.payload for choice in piece.choices] == ["0", "next"]
    assert numbered_payloads(choices, FEW) == ["0", "1", "2", "3", "next"]
