"""Pictures on the networks that fetch them from us, and where they are shown by ourselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.base import Channel
from bot.channels.layout import fit_picture
from bot.channels.terminal import Terminal
from bot.channels.webchat import WebChat
from bot.errors import SendError
from bot.model import JSON, Address, Choice, Edit, Picture, Poll, StopPoll
from tests.channels import zalo_bot_setup, zalo_oa_setup
from tests.fakes.zalo_bot import LAN, FakeZaloBot
from tests.fakes.zalo_oa import GROUP, FakeZaloOA
from tests.fakes.zalo_oa import LAN as OA_LAN

CARD = Picture(
    "card.png",
    "image/png",
    "d/ab/card.png",
    "Nghị quyết 57",
    "Thẻ nghị quyết 57",
    (Choice("Chuyển tiếp", "kit/ab"),),
)
GONE = replace(CARD, reference="d/other/card.png")
WORDS = "Nghị quyết 57\n\n1. Chuyển tiếp"


@pytest.fixture
async def ours() -> AsyncIterator[str]:
    """Our own address, with the card and nothing else."""

    async def card(request: web.Request) -> web.Response:
        return web.Response(body=b"\x89PNG", content_type="image/png")

    app = web.Application()
    app.router.add_get("/d/ab/card.png", card)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def laid(picture: Picture, channel: Channel) -> Picture:
    return fit_picture(picture, channel.limits)


async def test_zalo_bot_fetches_it_from_us_and_what_it_cannot_fetch_goes_out_in_words(ours: str) -> None:
    async with (
        FakeZaloBot(http_webhooks=True) as fake,
        zalo_bot_setup.connected(fake, public_url=ours) as channel,
    ):
        fake.meet(LAN)
        fake.fetches = True
        await channel.send(Address("zalo-bot", LAN), laid(CARD, channel), "1")
        await channel.send(Address("zalo-bot", LAN), laid(GONE, channel), "2")
        shown, alone = fake.sent
        assert (shown.fields["photo"], shown.text) == (f"{ours}/d/ab/card.png", WORDS)
        assert (set(alone.fields), alone.text) == ({"chat_id", "text"}, WORDS)


async def test_zalo_bot_without_an_address_of_ours_sends_no_pictures() -> None:
    async with FakeZaloBot() as fake, zalo_bot_setup.connected(fake) as channel:
        assert (channel.limits.caption, type(channel).limits.caption > 0) == (0, True)


@pytest.mark.parametrize("to", [OA_LAN, f"group/{GROUP}"])
async def test_zalo_oa_fetches_it_for_people_and_for_groups(ours: str, to: str) -> None:
    async with FakeZaloOA() as fake, zalo_oa_setup.connected(fake, public_url=ours) as channel:
        await channel.start()
        fake.fetches = True
        at = Address("zalo-oa", to)
        await channel.send(at, laid(CARD, channel), "1")
        await channel.send(at, laid(GONE, channel), "2")
        await channel.send(at, replace(CARD, caption="", choices=()), "3")
        assert [(sent.to, sent.text, sent.picture) for sent in fake.sent] == [
            (to, WORDS, f"{ours}/d/ab/card.png"),
            (to, WORDS, ""),
            (to, "", f"{ours}/d/ab/card.png"),
        ]


async def test_zalo_oa_says_once_what_the_rules_keep_from_somebody(ours: str) -> None:
    async with FakeZaloOA() as fake, zalo_oa_setup.connected(fake, public_url=ours) as channel:
        await channel.start()
        fake.refuse(OA_LAN, -230, "User has not interacted with the OA in the past 7 days")
        fake.calls.clear()
        with pytest.raises(SendError) as error:
            await channel.send(Address("zalo-oa", OA_LAN), laid(CARD, channel), "1")
        assert error.value.closed
        assert len(fake.calls) == 1  # words alone would be refused as well


async def test_the_terminal_tells_what_it_shows_and_where_it_is() -> None:
    printed: list[str] = []
    for public_url in (None, "https://hoidap.example.vn/"):
        channel = Terminal("terminal-1", printed.append, public_url)
        await channel.send(Address("terminal-1", "me"), laid(CARD, channel), "1")
    assert printed == [
        f"[Thẻ nghị quyết 57: /d/ab/card.png]\n{WORDS}",
        f"[Thẻ nghị quyết 57: https://hoidap.example.vn/d/ab/card.png]\n{WORDS}",
    ]


class Letters:
    def __init__(self) -> None:
        self.kept: list[JSON] = []

    async def put(self, visitor: str, payload: JSON, key: str) -> int:
        self.kept.append(payload)
        return len(self.kept)


async def test_the_web_page_gets_its_address_below_our_own_and_its_words() -> None:
    letters = Letters()
    channel = WebChat(letters)
    await channel.send(Address("web", "v"), laid(CARD, channel), "1")
    assert letters.kept == [
        {
            "key": "1",
            "picture": "/d/ab/card.png",
            "alt": "Thẻ nghị quyết 57",
            "parts": [["Nghị quyết 57", "plain"]],
            "choices": [{"label": "Chuyển tiếp", "payload": "kit/ab"}],
        }
    ]


async def test_who_changes_no_message_and_has_no_polls_says_so() -> None:
    """The outbox gives them none; a channel that got one all the same must not say it a second time."""
    edit = Edit("a", zalo_bot_setup.text("1/10"), "m1")
    async with (
        FakeZaloBot() as bot,
        zalo_bot_setup.connected(bot) as zalo_bot,
        FakeZaloOA() as oa,
        zalo_oa_setup.connected(oa) as zalo_oa,
    ):
        channels: list[tuple[Channel, str]] = [
            (zalo_bot, LAN),
            (zalo_oa, OA_LAN),
            (WebChat(Letters()), "v"),
            (Terminal("terminal-1", print), "me"),
        ]
        for channel, to in channels:
            assert not channel.limits.edits
            with pytest.raises(SendError, match="changes no message"):
                await channel.send(Address(channel.name, to), edit, "1")
            for reply in (Poll("Bạn chọn gì?", ("a", "b")), StopPoll("m1")):
                with pytest.raises(SendError, match="takes no polls") as error:
                    await channel.send(Address(channel.name, to), reply, "1")
                assert not error.value.retryable
        assert (bot.sent, oa.sent) == ([], [])
