"""A digest on each network: within its limits, cut sensibly, with a way to ask and to pass on; never broken by its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.channels.base import Limits
from bot.channels.layout import fit, size
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import Text
from scheduler.digest_rows import Digest, Item
from scheduler.rendering import MESSAGES, SHOWN, Medium, render

NOW = datetime(2026, 11, 23, tzinfo=UTC)
START = "https://t.me/our_bot?start="
SITE = "https://bot.example"
MEDIA = {
    "telegram": Medium(Telegram.limits, start=START, public_url=SITE),
    "telegram group": Medium(Telegram.limits, group=True, start=START, public_url=SITE),
    "telegram without address": Medium(Telegram.limits, start=START),
    "zalo-bot": Medium(ZaloBot.limits, public_url=SITE),
    "zalo-bot group": Medium(ZaloBot.limits, group=True),
    "zalo-oa": Medium(ZaloOA.limits, public_url=SITE),
    "zalo-oa group": Medium(ZaloOA.group_limits, group=True, public_url=SITE),
    "no pictures": Medium(Limits(text=4096, buttons=20)),
}


def item(number: int = 57, **more: Any) -> Item:
    values: dict[str, Any] = {
        "document": number,
        "number": f"{number}-NQ/TW",
        "kind": "Nghị quyết",
        "title": "Về đột phá phát triển khoa học, công nghệ",
        "issuer": "Bộ Chính trị",
        "issued_on": date(2024, 12, 22),
        "sentences": "Khoa học là đột phá quan trọng.",
        "address": "https://example.vn/57",
        "topics": (),
        "level": "Trung ương",
    }
    return Item(**values | more)


def digest(*items: Item, **more: Any) -> Digest:
    values: dict[str, Any] = {
        "key": 1,
        "code": "abcd2345",
        "schedule": 1,
        "urgent": False,
        "overrides_quiet": False,
        "state": "approved",
        "reason": "",
        "due_at": NOW,
        "send_at": NOW,
        "valid_until": NOW,
        "title": "Văn bản mới đến ngày 23/11/2026",
        "greeting": "",
        "unit": None,
        "audience": "all",
        "items": items,
        "most_asked": None,
        "poll": None,
        "approved_by": None,
        "chats": 0,
        "started_at": None,
        "finished_at": None,
    }
    return Digest(**values | more)


def words(found: Digest, medium: Medium, *, whole: bool = False) -> Text:
    (reply,) = render(found, medium, whole=whole)
    assert isinstance(reply, Text)
    return reply


def test_one_document_is_told_with_all_that_belongs_to_it() -> None:
    said = words(digest(item(), greeting="Kính gửi các đồng chí!"), MEDIA["telegram"])
    assert said.plain == (
        "Văn bản mới đến ngày 23/11/2026\nKính gửi các đồng chí!\n\n"
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n"
        "Về đột phá phát triển khoa học, công nghệ\nKhoa học là đột phá quan trọng.\nToàn văn: https://example.vn/57"
    )
    assert [(choice.label, choice.payload or choice.url) for choice in said.choices] == [
        ("Hỏi thêm: 57-NQ/TW", "document/57"),
        ("Chuyển tiếp", "kit/abcd2345"),
        ("Xem trên trang web", "https://bot.example/d/abcd2345"),
    ]


def test_what_is_not_known_is_left_out() -> None:
    bare = item(9, issuer="", issued_on=None, sentences="", address=None)
    said = words(digest(replace(bare, number=None)), MEDIA["telegram without address"])
    assert said.plain.endswith("\n\nNghị quyết\nVề đột phá phát triển khoa học, công nghệ")
    assert said.choices[0].label == "Hỏi thêm: mục 1"


def test_in_a_group_questions_lead_to_a_private_chat() -> None:
    said = words(digest(item(), item(58)), MEDIA["telegram group"])
    assert [choice.url for choice in said.choices[:2]] == [f"{START}d57", f"{START}d58"]


@pytest.mark.parametrize(
    ("medium", "how"),
    [
        (
            "zalo-bot",
            "Hỏi thêm: nhắn số hiệu văn bản, ví dụ: 57-NQ/TW\nChuyển tiếp: nhắn “chuyển tiếp abcd2345”",
        ),
        (
            "zalo-bot group",
            "Hỏi thêm: nhắc tên tôi kèm số hiệu văn bản, ví dụ: 57-NQ/TW\n"
            "Chuyển tiếp: nhắc tên tôi kèm “chuyển tiếp abcd2345”",
        ),
    ],
)
def test_without_buttons_it_says_the_words_to_type(medium: str, how: str) -> None:
    said = words(digest(item()), MEDIA[medium])
    assert said.choices == ()
    assert said.plain.endswith(how)


def test_with_few_buttons_more_documents_than_those_are_asked_about_in_words() -> None:
    few = words(digest(*(item(number) for number in range(57, 60))), MEDIA["zalo-oa"])
    assert [choice.label for choice in few.choices] == [
        "Hỏi thêm: 57-NQ/TW",
        "Hỏi thêm: 58-NQ/TW",
        "Hỏi thêm: 59-NQ/TW",
        "Chuyển tiếp",
        "Xem trên trang web",
    ]
    many = words(digest(*(item(number) for number in range(57, 61))), MEDIA["zalo-oa"])
    assert [choice.label for choice in many.choices] == ["Chuyển tiếp", "Xem trên trang web"]
    assert "Hỏi thêm: nhắn số hiệu văn bản" in many.plain


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize(
    "title",
    [
        "Ngắn",
        "Rất dài " * 250,
        "🇻🇳👨‍👩‍👧" * 300,
        "<b>đậm</b> & <script>alert(1)</script>\n\n\nba dòng",
        "a" * 2000,
    ],
)
def test_two_hundred_documents_with_any_title_make_few_messages(name: str, title: str) -> None:
    medium = MEDIA[name]
    found = digest(*(item(number, title=title, sentences=title) for number in range(200)))
    said = words(found, medium, whole=True)
    pieces = fit(said, medium.limits, "gõ số")
    assert len(pieces) <= MESSAGES
    assert all(size(piece.plain, medium.limits.units) <= medium.limits.text for piece in pieces)
    shown = said.plain.count("Nghị quyết số ")
    assert 1 <= shown <= SHOWN
    assert f"Và {200 - shown} văn bản khác" in said.plain
    assert ("/d/abcd2345" if medium.public_url else "tra") in said.plain.partition("văn bản khác")[2]
    assert all(size(choice.label, medium.limits.units) <= medium.limits.label for choice in said.choices)


def test_urgent_news_is_marked_and_what_goes_along_is_told() -> None:
    said = words(digest(item(), urgent=True, title="TIN KHẨN"), MEDIA["telegram"]).plain
    assert said.startswith("🔴 TIN KHẨN\n")
    more = words(
        digest(item(), most_asked=("a", "Kinh tế số\nlà gì?"), poll=("k7m2q9", "Nước sạch")),
        MEDIA["telegram"],
    ).plain
    assert "Được hỏi nhiều trong tuần: Kinh tế số là gì?\n\nĐang lấy ý kiến: Nước sạch" in more
