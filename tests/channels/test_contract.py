"""What every channel must do, whatever its network; a further channel is one more line of CHANNELS."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.base import Channel
from bot.channels.layout import fit
from bot.channels.terminal import Terminal
from bot.channels.webchat import WebChat
from bot.model import JSON, Address, Choice, Part, Text
from tests.channels import zalo_bot_setup, zalo_oa_setup
from tests.channels.telegram_setup import connected
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import LAN, FakeZaloBot
from tests.fakes.zalo_oa import LAN as OA_LAN
from tests.fakes.zalo_oa import FakeZaloOA


@dataclass
class Far:
    """A channel with its far side: `raw` makes an update as the network sends it, `shown` is what people see."""

    channel: Channel
    to: Address
    raw: Callable[[int, str], JSON]
    shown: Callable[[], list[str]]


class Letters:
    """A mailbox in memory, as the web chat's channel wants it."""

    def __init__(self) -> None:
        self.kept: dict[str, JSON] = {}

    async def put(self, visitor: str, payload: JSON, key: str) -> int:
        self.kept.setdefault(key, payload)
        return list(self.kept).index(key) + 1

    def shown(self) -> list[str]:
        return [
            "".join(text for text, _ in payload["parts"])
            + "".join(f"[{choice['label']}]" for choice in payload["choices"])
            for payload in self.kept.values()
        ]


@asynccontextmanager
async def telegram() -> AsyncIterator[Far]:
    async with FakeTelegram() as fake, connected(fake) as channel:
        await channel.start()
        fake.meet(7)

        def raw(number: int, words: str) -> JSON:
            return {"update_id": number, "message": fake.message(7, text=words)}

        def shown() -> list[str]:
            buttons = [[one["text"] for row in sent.buttons for one in row] for sent in fake.sent]
            return [
                sent.text + "".join(f"[{label}]" for label in labels)
                for sent, labels in zip(fake.sent, buttons, strict=True)
            ]

        yield Far(channel, Address("telegram", "7"), raw, shown)


@asynccontextmanager
async def zalo_bot() -> AsyncIterator[Far]:
    async with FakeZaloBot() as fake, zalo_bot_setup.connected(fake) as channel:
        await channel.start()
        fake.meet(LAN)

        def raw(number: int, words: str) -> JSON:
            message = fake.message(LAN, text=words, message_id=f"{number:020x}")
            return {"event_name": "message.text.received", "message": message}

        yield Far(channel, Address("zalo-bot", LAN), raw, lambda: [sent.text for sent in fake.sent])


@asynccontextmanager
async def zalo_oa() -> AsyncIterator[Far]:
    async with FakeZaloOA() as fake, zalo_oa_setup.connected(fake) as channel:
        await channel.start()

        def raw(number: int, words: str) -> JSON:
            return fake.event("user_send_text", OA_LAN, {"text": words, "msg_id": str(number)})

        def shown() -> list[str]:
            return [sent.text + "".join(f"[{one['title']}]" for one in sent.buttons) for sent in fake.sent]

        yield Far(channel, Address("zalo-oa", OA_LAN), raw, shown)


@asynccontextmanager
async def web() -> AsyncIterator[Far]:
    letters = Letters()

    def raw(number: int, words: str) -> JSON:
        return {"visitor": "v" * 32, "id": f"message-{number}", "text": words}

    yield Far(WebChat(letters), Address("web", "v" * 32), raw, letters.shown)


@asynccontextmanager
async def terminal() -> AsyncIterator[Far]:
    printed: list[str] = []

    def raw(number: int, words: str) -> JSON:
        return {"id": str(number), "conversation": "me", "text": words}

    yield Far(Terminal("terminal-1", printed.append), Address("terminal-1", "me"), raw, lambda: printed)


CHANNELS: list[Callable[[], AbstractAsyncContextManager[Far]]] = [telegram, zalo_bot, zalo_oa, web, terminal]


@pytest.fixture(params=CHANNELS, ids=lambda one: one.__name__)
async def far(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Far]:
    async with request.param() as made:
        yield made


def test_an_update_has_one_name_and_one_conversation(far: Far) -> None:
    first, second = far.raw(1, "một"), far.raw(2, "hai")
    assert far.channel.identify(first) == far.channel.identify(first)
    assert far.channel.identify(first)[0] != far.channel.identify(second)[0]
    assert far.channel.identify(first)[1] == far.channel.identify(second)[1] == far.to.conversation


@pytest.mark.parametrize("nonsense", [{}, {"a": 1}, {"update_id": None}, {"visitor": 1, "id": []}])
def test_what_is_no_update_is_refused(far: Far, nonsense: JSON) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        far.channel.identify(nonsense)


def test_text_arrives_as_it_was_typed_in_one_normal_form(far: Far) -> None:
    words = "Nghị quyết 57 <b>&amp; \u202e'; DROP TABLE"
    inbound = far.channel.decode(far.raw(1, unicodedata.normalize("NFD", words)))
    assert inbound is not None
    assert (inbound.kind, inbound.text) == ("text", words)
    assert inbound.address == far.to
    assert inbound.private
    assert inbound.addressed
    assert inbound.sender
    assert not far.channel.is_group(far.to.conversation)


def test_fields_that_we_do_not_know_do_no_harm(far: Far) -> None:
    raw = far.raw(1, "xin chào")
    inbound = far.channel.decode({**raw, "something_new": {"deep": [1, None]}})
    assert inbound is not None
    assert inbound.text == "xin chào"


def test_a_webhook_body_without_proof_is_refused(far: Far) -> None:
    assert far.channel.verify({}, b"{}") is False
    assert far.channel.verify({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, b"{}") is False


async def test_signs_and_letters_reach_people_as_they_are(far: Far) -> None:
    words = "5 < 6 & 7 > 6 \"thế\" 'nhé' 👍 <script>alert(1)</script> ệ"
    name = await far.channel.send(far.to, Text((Part(words, "bold"), Part("\n\nhết", "italic"))), "outbox:1")
    assert name
    assert far.shown() == [words + "\n\nhết"]


async def test_whatever_its_length_a_reply_arrives_whole_and_in_order(far: Far) -> None:
    words = "\n\n".join(f"Đoạn {number}: " + "chữ " * 60 for number in range(40))
    choices = tuple(Choice(f"Lựa chọn {number}", f"answer/{number}") for number in range(5))
    pieces = fit(Text((Part(words),), choices), far.channel.limits)
    for position, piece in enumerate(pieces):
        await far.channel.send(far.to, piece, f"outbox:{position}")
    everything = "".join(far.shown())
    assert "".join(everything.split()).startswith("".join(words.split()))
    places = [everything.index(f"Lựa chọn {number}") for number in range(5)]
    assert places == sorted(places)


async def test_closing_twice_does_no_harm(far: Far) -> None:
    await far.channel.close()
    await far.channel.close()


async def test_a_key_that_is_sent_twice_is_one_message_where_the_network_knows_keys(far: Far) -> None:
    reply = Text((Part("một lần"),))
    await far.channel.send(far.to, reply, "outbox:1")
    await far.channel.send(far.to, reply, "outbox:1")
    assert len(far.shown()) == (1 if far.channel.limits.knows_keys else 2)
