"""What an outbox row keeps of a reply is the reply."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model import Choice, Edit, File, Part, Picture, Poll, Reply, StopPoll, Text
from bot.payloads import from_bytes, to_bytes

REPLIES: list[Reply] = [
    Text((Part("Xin chào"),)),
    Text(()),
    Text((Part("Nghị quyết 57", "bold"), Part("\n\n"), Part("Theo …", "italic")), reply_to="4711"),
    Text(
        (Part('"<b>&\\ \u200b👍🏽 \x00'),),
        (Choice("Xem", payload="detail:1"), Choice("Mở", url="https://example.vn/?a=1&b=2"), Choice("")),
    ),
    File("Nghị quyết.pdf", "application/pdf", "12", "Tải về"),
    Picture(
        "card.png",
        "image/png",
        "d/ab/card.png",
        "Mới",
        "Nghị quyết 57",
        (Choice("Xem", "kit/ab"), Choice("Mở", url="https://o.k")),
    ),
    Picture("card.png", "image/png", "d/ab/card.png"),
    Poll("Bạn hài lòng đến mức nào?", ("1 – Không", "2", "3 – Rất hài lòng")),
    Poll("Bạn cần gì?", ("Lớp học", "Mạng"), True, "Khảo sát", 20, datetime(2026, 12, 1, 17, tzinfo=UTC)),
    StopPoll("4711"),
    Edit("", Text((Part("Đã ghi."),)), "4711"),
    Edit("digest:7:progress", Text((Part("Đã gửi 10", "bold"),), (Choice("Dừng", "stop/7"),))),
]


@pytest.mark.parametrize("reply", REPLIES)
def test_there_and_back(reply: Reply) -> None:
    assert from_bytes(to_bytes(reply)) == reply


def test_the_content_of_a_file_is_not_kept_twice() -> None:
    file = File("a.pdf", "application/pdf", "12", content=b"%PDF" * 1000)
    assert len(to_bytes(file)) < 200
    assert from_bytes(to_bytes(file)) == File("a.pdf", "application/pdf", "12")


def test_half_a_character_is_kept_and_fails_no_transaction() -> None:
    """A broken client can send one; a reply that quotes it must not fail the whole outcome."""
    reply = Text((Part("\ud83d"),))
    assert from_bytes(to_bytes(reply)) == reply
