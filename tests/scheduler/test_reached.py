"""Which chat a message counts for: a forum is one, whatever its topic; groups of an Official Account are several."""

from __future__ import annotations

import pytest

from bot.model import Address
from scheduler import reached


@pytest.mark.parametrize(
    ("channel", "conversation", "counted"),
    [
        ("telegram", "7", "7"),
        ("telegram", "-100123", "-100123"),
        ("telegram", "-100123/45", "-100123"),
        ("zalo-oa", "group/f414c8f76fa586fbdfb4", "group/f414c8f76fa586fbdfb4"),
        ("zalo-bot", "zgr-f8a7101d77709e2ec761", "zgr-f8a7101d77709e2ec761"),
    ],
)
def test_the_chat_of_a_conversation(channel: str, conversation: str, counted: str) -> None:
    assert reached.chat(Address(channel, conversation)) == counted
