"""Sending against the fake: what arrives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.channels.base import Channel, Polling, Signalling
from bot.channels.layout import fit
from bot.channels.telegram import Telegram
from bot.errors import SendError
from bot.model import Choice, Edit, File, Part, Picture, Text
from tests.channels.telegram_setup import chat, connected, text
from tests.fakes.telegram import FakeTelegram, Fault

LAN, GROUP = 7, -1001234


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.meet(LAN)
        server.meet(GROUP)
        yield server


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async with connected(fake) as channel:
        yield channel


def test_it_is_a_channel(telegram: Telegram) -> None:
    channel: Channel = telegram
    assert isinstance(channel, Polling)
    assert isinstance(channel, Signalling)
    assert [channel.is_group(name) for name in ("7", "-5", "-1001234")] == [False, True, True]


async def test_words_arrive_with_their_styles_and_nothing_is_markup(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    reply = Text((Part("a < b & <b>", "bold"), Part(" </i> "), Part("“nghiêng” 😀", "italic")))
    name = await telegram.send(chat(LAN), reply, "1")
    [sent] = fake.sent
    assert sent.text == "a < b & <b> </i> “nghiêng” 😀"
    assert sent.entities == [
        {"type": "bold", "offset": 0, "length": 11},
        {"type": "italic", "offset": 17, "length": 12},
    ]
    assert (name, sent.buttons, sent.reply_to) == (str(sent.message_id), [], None)
    assert sent.fields["link_preview_options"] == {"is_disabled": True}


async def test_a_reply_quotes_what_it_answers_even_when_that_is_gone(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    await telegram.send(chat(LAN), text("chào", reply_to="41"), "1")
    quoted = {"message_id": 41, "allow_sending_without_reply": True}
    assert fake.sent[0].fields["reply_parameters"] == quoted


async def test_buttons_stand_in_rows_and_short_ones_side_by_side(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    choices = (
        Choice("Xem chi tiết", "d:1"),
        Choice("Câu hỏi liên quan", "r:1"),
        Choice("👍", "u:1"),
        Choice("👎", "w:1"),
        Choice("Toàn văn", url="https://example.org/57"),
        Choice("Hỏng", url="http://localhost/57"),
        Choice("Hỏng", url="vanban.example.org"),
    )
    await telegram.send(chat(LAN), text("chào", *choices), "1")
    assert fake.sent[0].buttons == [
        [{"text": "Xem chi tiết", "callback_data": "d:1"}],
        [{"text": "Câu hỏi liên quan", "callback_data": "r:1"}],
        [{"text": "👍", "callback_data": "u:1"}, {"text": "👎", "callback_data": "w:1"}],
        [{"text": "Toàn văn", "url": "https://example.org/57"}],
    ]


async def test_a_long_answer_fits_when_it_is_laid_out(fake: FakeTelegram, telegram: Telegram) -> None:
    long = Text((Part("Nghị quyết & <số> 😀. " * 900, "bold"),), (Choice("👍", "u:1"),))
    pieces = fit(long, telegram.limits)
    for piece in pieces:
        await telegram.send(chat(LAN), piece, "1")
    assert len(fake.sent) == len(pieces) > 3
    assert [bool(sent.buttons) for sent in fake.sent] == [False] * (len(pieces) - 1) + [True]
    assert "".join("".join(sent.text.split()) for sent in fake.sent) == "".join(long.plain.split())


async def test_a_file_arrives_with_its_name_and_a_caption_that_fits(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    content = bytes(range(256)) * 8_000  # 2 MB
    file = File(
        'Nghị quyết “57” "mới".pdf', "application/pdf", "1", caption="<Toàn văn> " * 200, content=content
    )
    name = await telegram.send(chat(LAN), file, "1")
    await telegram.send(chat(LAN), File("a\r\nX: b.pdf", "application/pdf", "2", content=b"1"), "2")
    [sent, odd] = fake.sent
    assert sent.document == (file.name, content, "application/pdf")
    assert str(sent.message_id) == name
    assert 1000 < len(sent.text) <= 1024
    assert sent.text.startswith("<Toàn văn> <Toàn văn>")
    assert sent.text.endswith("…")
    assert odd.document == ("a  X: b.pdf", b"1", "application/pdf")


async def test_typing_and_a_pressed_button_are_shown(fake: FakeTelegram, telegram: Telegram) -> None:
    press = fake.press(LAN, 5, "a:1")["callback_query"]["id"]
    await telegram.signal(chat(LAN), "typing")
    await telegram.signal(chat(LAN), "pressed", press)
    assert (fake.typing, fake.pressed) == ([LAN], [press])


@pytest.mark.parametrize("fault", [Fault("drop_before"), Fault("status"), Fault("page", 502), Fault("flood")])
async def test_a_signal_that_fails_disturbs_nobody(
    fake: FakeTelegram, telegram: Telegram, fault: Fault
) -> None:
    fake.fail(fault, method="sendChatAction")
    await telegram.signal(chat(LAN), "typing")
    await telegram.signal(chat(LAN), "pressed", "an old press")
    assert (fake.typing, fake.pressed) == ([], [])


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x02v\x08\x02\x00\x00\x00"
CARD = Picture(
    "thẻ.png", "image/png", "d/ab/card.png", "Nghị quyết <57> & mới", "Thẻ", (Choice("Xem", "kit/ab"),), PNG
)


async def test_a_picture_arrives_with_its_words_and_buttons_and_is_uploaded_once(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    name = await telegram.send(chat(LAN), CARD, "1")
    await telegram.send(chat(GROUP), CARD, "2")
    first, second = fake.sent
    assert name == str(first.message_id)
    assert first.photo == second.photo == ("thẻ.png", PNG, "image/png")
    assert (first.text, first.button("Xem")) == ("Nghị quyết <57> & mới", "kit/ab")
    assert isinstance(second.fields["photo"], str)  # by its name: no second upload
    await telegram.send(chat(LAN), replace(CARD, content=PNG + b"changed"), "3")
    assert fake.sent[2].photo == ("thẻ.png", PNG + b"changed", "image/png")


async def test_a_picture_whose_name_telegram_has_forgotten_is_uploaded_again(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    await telegram.send(chat(LAN), CARD, "1")
    fake.photos.clear()
    await telegram.send(chat(LAN), CARD, "2")
    assert [sent.photo for sent in fake.sent] == [("thẻ.png", PNG, "image/png")] * 2
    await telegram.send(chat(LAN), CARD, "3")
    assert isinstance(fake.sent[2].fields["photo"], str)


async def test_what_is_no_picture_is_refused_for_good(fake: FakeTelegram, telegram: Telegram) -> None:
    huge = PNG.replace(b"\x00\x00\x04\xb0", b"\x00\x00\xff\xff")
    for content in (b"", b"<svg/>", huge):
        with pytest.raises(SendError) as error:
            await telegram.send(chat(LAN), replace(CARD, content=content), "1")
        assert (error.value.retryable, error.value.gone) == (False, False)
    with pytest.raises(SendError):  # the outbox cuts it: see fit_picture
        await telegram.send(chat(LAN), replace(CARD, caption="ệ" * 1025), "1")


async def test_an_edit_replaces_the_words_and_keeps_the_place(fake: FakeTelegram, telegram: Telegram) -> None:
    name = await telegram.send(chat(LAN), text("0/10", Choice("Dừng", "stop/7")), "1")
    await telegram.send(chat(LAN), text("sau"), "2")
    assert await telegram.send(chat(LAN), Edit("a", text("5/10", reply_to="3"), name), "3") == name
    assert [(sent.text, sent.buttons) for sent in fake.sent] == [("5/10", []), ("sau", [])]
    assert len(fake.edited) == 1


async def test_an_edit_that_has_nothing_to_change_has_succeeded(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    """The same words once more, a message that is gone, one that has become something else."""
    name = await telegram.send(chat(LAN), text("0/10"), "1")
    picture = await telegram.send(chat(LAN), CARD, "2")
    for message, words in ((name, "0/10"), ("4711", "1/10"), (picture, "1/10")):
        assert await telegram.send(chat(LAN), Edit("a", text(words), message), "3") == message
    assert fake.edited == []
    fake.refuse(LAN, 403, "Forbidden: bot was blocked by the user")
    with pytest.raises(SendError) as error:
        await telegram.send(chat(LAN), Edit("a", text("1/10"), name), "4")
    assert error.value.gone
