from __future__ import annotations

import pytest

from bot.channels.base import Channel, Signalling
from bot.channels.webchat import WebChat
from bot.errors import SendError, StorageError
from bot.model import JSON, Address, Choice, File, Inbound, Part, Reply, Text

AN = Address("web", "an")


class Mail:
    def __init__(self, error: Exception | None = None) -> None:
        self.put_in: list[tuple[str, JSON, str]] = []
        self._error = error

    async def put(self, visitor: str, payload: JSON, key: str) -> int:
        if self._error:
            raise self._error
        self.put_in.append((visitor, payload, key))
        return len(self.put_in)


def test_it_is_a_channel_that_can_show_typing() -> None:
    channel: Channel = WebChat(Mail())
    assert isinstance(channel, Signalling)
    assert not channel.verify({}, b"{}")  # no webhook leads here


@pytest.mark.parametrize(
    ("raw", "inbound"),
    [
        (
            {"visitor": "an", "id": "message1", "text": "Nghị quyết 57"},
            Inbound(AN, "text", sender="an", text="Nghị quyết 57", message_id="message1"),
        ),
        (  # decomposed letters, as some phones type them
            {"visitor": "an", "id": "message1", "text": "Nghi\u0323 quye\u0302\u0301t"},
            Inbound(AN, "text", sender="an", text="Nghị quyết", message_id="message1"),
        ),
        (  # half a character cannot be stored
            {"visitor": "an", "id": "message1", "text": "a\ud83d"},
            Inbound(AN, "text", sender="an", text="a\ufffd", message_id="message1"),
        ),
        (
            {"visitor": "an", "id": "message1", "payload": "entry:12"},
            Inbound(AN, "choice", sender="an", payload="entry:12", message_id="message1"),
        ),
    ],
)
def test_decoding(raw: JSON, inbound: Inbound) -> None:
    assert WebChat(Mail()).decode(raw) == inbound


def test_identity_is_stable_per_visitor_and_names_nobody() -> None:
    channel = WebChat(Mail())
    raw = {"visitor": "an", "id": "message1", "text": "x"}
    external_id, conversation = channel.identify(raw)
    assert conversation == "an"
    assert channel.identify(raw | {"text": "y"}) == (external_id, "an")
    assert channel.identify(raw | {"visitor": "bình"})[0] != external_id
    assert channel.identify(raw | {"id": "message2"})[0] != external_id
    assert "message1" not in external_id


@pytest.mark.parametrize(
    "raw", [{}, {"visitor": "an"}, {"visitor": "", "id": "x"}, {"visitor": 1, "id": "x"}]
)
def test_what_is_no_update_has_no_identity(raw: JSON) -> None:
    with pytest.raises((ValueError, KeyError)):
        WebChat(Mail()).identify(raw)


@pytest.mark.parametrize(
    ("reply", "payload"),
    [
        (
            Text(
                (Part("Theo ", "plain"), Part("Nghị quyết 57", "bold")),
                (Choice("Xem chi tiết", payload="detail:1"), Choice("Mở", url="https://example.org/")),
                reply_to="message1",
            ),
            {
                "key": "outbox:1",
                "parts": [["Theo ", "plain"], ["Nghị quyết 57", "bold"]],
                "choices": [
                    {"label": "Xem chi tiết", "payload": "detail:1"},
                    {"label": "Mở", "url": "https://example.org/"},
                ],
                "reply_to": "message1",
            },
        ),
        (
            File("Kế hoạch.pdf", "application/pdf", "documents/12/?x", "Bản đầy đủ", b"%PDF"),
            {
                "key": "outbox:1",
                "file": "Kế hoạch.pdf",
                "url": "/documents/12/%3Fx",
                "caption": "Bản đầy đủ",
            },
        ),
    ],
)
async def test_a_reply_goes_into_the_mailbox(reply: Reply, payload: JSON) -> None:
    mail = Mail()
    assert await WebChat(mail).send(AN, reply, "outbox:1") == "1"
    assert mail.put_in == [("an", payload, "outbox:1")]


async def test_a_failing_storage_is_a_reason_to_try_again() -> None:
    with pytest.raises(SendError) as caught:
        await WebChat(Mail(StorageError("the disk is full"))).send(AN, Text((Part("x"),)), "outbox:1")
    assert caught.value.retryable


async def test_mail_wakes_every_tab_of_its_visitor_only() -> None:
    channel = WebChat(Mail())
    with channel.listen("an") as one, channel.listen("an") as two, channel.listen("bình") as other:
        await channel.send(AN, Text((Part("x"),)), "outbox:1")
        assert one.woken
        assert two.woken
        assert not other.woken
        assert (channel.open_streams, channel.streams_of("an")) == (3, 2)
    assert channel.open_streams == 0


async def test_typing_is_shown_once_and_a_press_is_not_typing() -> None:
    channel = WebChat(Mail())
    with channel.listen("an") as stream:
        await channel.signal(AN, "pressed")
        assert not stream.woken
        await channel.signal(AN, "typing")
        assert await stream.wait(10)
        assert not await stream.wait(0)


async def test_closing_ends_the_streams_that_are_open_and_those_to_come() -> None:
    channel = WebChat(Mail())
    with channel.listen("an") as stream:
        await channel.close()
        await stream.wait(10)
        assert stream.closed
    with channel.listen("an") as late:
        assert late.closed
