"""A digest comes with its card where that costs no further message and takes nothing from its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.base import Limits
from bot.channels.layout import fit_picture
from bot.model import Picture, Text
from scheduler.rendering import Medium, render
from tests.scheduler.issues import NQ57, NQ68, digest, many

TELEGRAM = Limits(4096, "utf-16", buttons=100, label=40, caption=1024, picture_buttons=True)
ZALO_BOT = Limits(1900, "utf-16", slash_commands=False, caption=1900)
PUBLIC = "https://bot.example"


@pytest.mark.parametrize("limits", [TELEGRAM, ZALO_BOT])
def test_all_words_stand_below_the_card(limits: Limits) -> None:
    issue = digest(NQ57, NQ68)
    (card,) = render(issue, Medium(limits, public_url=PUBLIC))
    (text,) = render(issue, Medium(replace(limits, caption=0), public_url=PUBLIC))
    assert isinstance(card, Picture)
    assert isinstance(text, Text)
    assert (card.reference, card.media_type) == ("d/abcd2345/card.png", "image/png")
    assert (card.caption, card.choices) == (text.plain, text.choices)
    assert card.alt == "Ảnh bản tin: Văn bản mới đến ngày 23/11/2026"
    assert text.plain in fit_picture(card, limits).caption


@pytest.mark.parametrize(
    ("limits", "whole"),
    [
        (replace(TELEGRAM, caption=0), True),  # it sends none
        (replace(TELEGRAM, picture_buttons=False), True),  # the buttons would have to become lines
        (replace(TELEGRAM, caption=300), True),  # the words would have to be cut
        (TELEGRAM, False),  # the chat has had some of its documents before
    ],
)
def test_else_the_words_come_alone(limits: Limits, whole: bool) -> None:
    (text,) = render(digest(NQ57, NQ68), Medium(limits, public_url=PUBLIC), whole=whole)
    assert isinstance(text, Text)


def test_a_long_digest_is_words() -> None:
    (text,) = render(many(30), Medium(TELEGRAM, public_url=PUBLIC))
    assert isinstance(text, Text)
