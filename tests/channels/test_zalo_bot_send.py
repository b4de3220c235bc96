"""Sending against the fake: what arrives."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator

import pytest

from bot.channels.base import Channel, Metered, Polling, Probed, Signalling
from bot.channels.layout import fit
from bot.channels.zalo_bot import ZaloBot
from bot.errors import SendError
from bot.model import Choice, File, Part, Text
from tests.channels.zalo_bot_setup import chat, connected, text
from tests.fakes.zalo_bot import GROUP, LAN, FakeZaloBot, Fault


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as server:
        server.meet(LAN)
        server.meet(GROUP)
        yield server


@pytest.fixture
async def zalo(fake: FakeZaloBot) -> AsyncIterator[ZaloBot]:
    async with connected(fake) as channel:
        yield channel


def test_it_is_a_channel(zalo: ZaloBot) -> None:
    channel: Channel = zalo
    for protocol in (Polling, Signalling, Probed, Metered):
        assert isinstance(channel, protocol)
    assert [channel.is_group(name) for name in (LAN, GROUP, "group:f8a7")] == [False, True, True]


async def test_words_arrive_plain_and_in_one_normal_form(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    reply = Text((Part("**a** <b>", "bold"), Part(unicodedata.normalize("NFD", " tiếng Việt"), "italic")))
    name = await zalo.send(chat(LAN), reply, "1")
    [sent] = fake.sent
    assert (sent.text, sent.message_id) == ("**a** <b> tiếng Việt", name)
    assert sent.fields.keys() == {"chat_id", "text"}  # no parse_mode: nothing of it is markup


async def test_choices_are_numbered_lines(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    choices = (
        Choice("Xem chi tiết", "d:1"),
        Choice("Toàn văn", url="https://example.org/57"),
        Choice("👍", "u:1"),
    )
    [piece] = fit(text("Đây.", *choices), zalo.limits)
    await zalo.send(chat(LAN), piece, "1")
    assert fake.sent[0].text == "Đây.\n\n1. Xem chi tiết\n2. 👍\nToàn văn: https://example.org/57"


@pytest.mark.parametrize("letters", ["Nghị quyết & <số>. ", "😀", "ệ "])
async def test_a_long_answer_fits_however_zalo_counts(fake: FakeZaloBot, zalo: ZaloBot, letters: str) -> None:
    long = text(letters * 3000, Choice("Xem chi tiết", "d:1"))
    pieces = fit(long, zalo.limits)
    for piece in pieces:
        await zalo.send(chat(LAN), piece, "1")
    assert len(fake.sent) == len(pieces) > 2
    assert max(len(sent.text.encode("utf-16-le")) // 2 for sent in fake.sent) <= 1900
    everything = "".join("".join(sent.text.split()) for sent in fake.sent)
    assert everything == "".join((letters * 3000).split()) + "1.Xemchitiết"


async def test_groups_are_written_to_by_their_own_name(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    fake.meet("f8a7")
    await zalo.send(chat(GROUP), text("một"), "1")
    await zalo.send(chat("group:f8a7"), text("hai"), "2")
    await zalo.signal(chat("group:f8a7"), "typing")
    assert [(sent.chat_id, sent.text) for sent in fake.sent] == [(GROUP, "một"), ("f8a7", "hai")]
    assert fake.typing == ["f8a7"]


FILE = File("Nghị quyết 57.pdf", "application/pdf", "documents/12", caption="Toàn văn", content=b"%PDF")


async def test_a_file_is_an_address(fake: FakeZaloBot) -> None:
    async with connected(fake, public_url="https://hoidap.example.vn/") as channel:
        await channel.send(chat(LAN), FILE, "1")
    assert fake.sent[0].text == (
        "Toàn văn\nBạn tải tệp “Nghị quyết 57.pdf” tại: https://hoidap.example.vn/documents/12"
    )


PICTURE = File("áp phích.png", "image/png", "documents/13", caption="Áp phích", content=b"\x89PNG")


async def test_a_picture_is_fetched_from_its_address(fake: FakeZaloBot) -> None:
    async with connected(fake, public_url="https://hoidap.example.vn/") as channel:
        await channel.send(chat(LAN), PICTURE, "1")
    [sent] = fake.sent
    assert (sent.text, sent.fields["photo"]) == ("Áp phích", "https://hoidap.example.vn/documents/13")


async def test_a_picture_that_zalo_does_not_take_is_an_address(fake: FakeZaloBot) -> None:
    async with connected(fake, public_url="https://hoidap.example.vn/") as channel:
        fake.fail(Fault("status", 400), method="sendPhoto")
        await channel.send(chat(LAN), PICTURE, "1")
        fake.fail(Fault("page", 502), method="sendPhoto")
        with pytest.raises(SendError) as caught:
            await channel.send(chat(LAN), PICTURE, "2")
    assert caught.value.retryable
    assert [sent.text for sent in fake.sent] == [
        "Áp phích\nBạn tải tệp “áp phích.png” tại: https://hoidap.example.vn/documents/13"
    ]


async def test_without_a_public_address_the_text_goes_without(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    await zalo.send(chat(LAN), FILE, "1")
    long = File("a" * 3000, "x/y", "1", caption="b" * 3000)
    await zalo.send(chat(LAN), long, "2")
    assert fake.sent[0].text.startswith("Toàn văn\n")
    assert "http" not in fake.sent[0].text
    assert len(fake.sent[1].text) <= 1900


async def test_typing_is_shown_and_presses_do_not_exist(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    await zalo.signal(chat(LAN), "typing")
    await zalo.signal(chat(LAN), "pressed", "1")
    assert fake.typing == [LAN]
    assert [method for method, _ in fake.calls] == ["sendChatAction"]


@pytest.mark.parametrize(
    "fault", [Fault("drop_before"), Fault("status"), Fault("page", 502), Fault("status", 429)]
)
async def test_a_signal_that_fails_disturbs_nobody(fake: FakeZaloBot, zalo: ZaloBot, fault: Fault) -> None:
    fake.fail(fault, method="sendChatAction")
    await zalo.signal(chat(LAN), "typing")
    assert fake.typing == []
