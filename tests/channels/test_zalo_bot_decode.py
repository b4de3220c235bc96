"""What the updates of the Zalo Bot Platform mean, as a table of raw JSON."""

from __future__ import annotations

import copy
import unicodedata
from typing import Any

import pytest

from bot.channels.zalo_bot import ZaloBot
from bot.model import Address, Inbound
from tests.channels.zalo_bot_setup import NAME, connected
from tests.fakes.zalo_bot import FakeZaloBot

JSON = dict[str, Any]

LAN, GROUP = "6ede9afa66b88fe6d6a9", "zgr-f8a7101d77709e2ec761"
TEXT, IMAGE, STICKER, VOICE, UNSUPPORTED = (
    f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "unsupported")
)


@pytest.fixture
async def zalo() -> Any:
    async with connected(FakeZaloBot()) as channel:  # nobody is called
        yield channel


def update(event: Any = TEXT, chat: Any = LAN, kind: Any = "PRIVATE", **fields: Any) -> JSON:
    message = {
        "from": {"id": LAN, "display_name": "Lan", "is_bot": False},
        "chat": {"id": chat, "chat_type": kind},
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    }
    return {"event_name": event, "message": {k: v for k, v in (message | fields).items() if v is not None}}


def in_group(event: str = TEXT, chat: Any = GROUP, **fields: Any) -> JSON:
    return update(event, chat, "GROUP", **fields)


def from_lan(words: str = "", kind: Any = "text", **fields: Any) -> Inbound:
    known: JSON = {"sender": LAN, "text": words, "message_id": "2d758cb5e222177a4e35"}
    return Inbound(Address("zalo-bot", fields.pop("chat", LAN)), kind, **(known | fields))


def from_group(words: str, chat: str = GROUP, **fields: Any) -> Inbound:
    return from_lan(words, chat=chat, private=False, addressed=True, **fields)


CASES: dict[str, tuple[JSON, Inbound | None]] = {
    "text": (update(text="nghị quyết 57"), from_lan("nghị quyết 57")),
    "text in NFD": (update(text=unicodedata.normalize("NFD", "tiếng Việt")), from_lan("tiếng Việt")),
    "half a character": (update(text="a\ud83d"), from_lan("a\ufffd")),
    "a command": (update(text="/riengtu"), from_lan("/riengtu")),
    "no text in it": (update(), from_lan(kind="other")),
    "blank text": (update(text=" \n"), from_lan(kind="other")),
    "text that is no text": (update(text=["a"]), from_lan(kind="other")),
    "a picture": (
        update(IMAGE, photo_url="https://x.zdn.vn/a.jpg", message_type="CHAT_PHOTO"),
        from_lan(kind="other"),
    ),
    "a picture with a question": (
        update(IMAGE, photo="https://x.zdn.vn/a.jpg", caption="là gì?"),
        from_lan("là gì?"),
    ),
    "a sticker": (update(STICKER, sticker="a1", url="https://x.zdn.vn/s"), from_lan(kind="other")),
    "a voice": (update(VOICE, voice_url="https://x.zdn.vn/v.aac"), from_lan(kind="other")),
    "something unsupported": (update(UNSUPPORTED), from_lan(kind="other")),
    "an event of later": (update("message.reacted", text="x"), None),
    "an event without a message": ({"event_name": "bot.renamed", "bot": {}}, None),
    "an event of later in an unknown place": (update("message.pinned", chat=None), None),
    "from a bot": (update(text="x", **{"from": {"id": LAN, "is_bot": True}}), None),
    "is_bot as a word": (update(text="x", **{"from": {"id": LAN, "is_bot": "false"}}), from_lan("x")),
    "ids as numbers": (
        update(chat=12345, text="x", message_id=678, **{"from": {"id": 12345}}),
        from_lan("x", chat="12345", sender="12345", message_id="678"),
    ),
    "no sender": (update(text="x", **{"from": None}), from_lan("x", sender="")),
    "no message_id": (update(text="x", message_id=None), from_lan("x", message_id="")),
    "no chat_type, private": (update(kind=None, text="x"), from_lan("x")),
    "no chat_type, a group by its name": (update(chat=GROUP, kind=None, text="x"), from_group("x")),
    "no chat_type, a group by its sender": (
        update(chat="77", kind=None, text="x"),
        from_group("x", chat="group:77"),
    ),
    "chat_type in small letters": (update(chat=GROUP, kind="group", text="x"), from_group("x")),
    "a group that is named otherwise": (in_group(chat="f8a7", text="x"), from_group("x", chat="group:f8a7")),
    "a group, mentioned first": (in_group(text="@Bot Hỏi Đáp thủ tục?"), from_group("thủ tục?")),
    "a group, mentioned inside": (in_group(text="này @bot hỏi đáp, thủ tục?"), from_group("này , thủ tục?")),
    "a group, mentioned at the end": (in_group(text="thủ tục? @BOT HỎI ĐÁP"), from_group("thủ tục?")),
    "a group, mentioned with a comma": (in_group(text="@Bot Hỏi Đáp: thủ tục?"), from_group("thủ tục?")),
    "a mention with odd spaces": (in_group(text="@Bot\u00a0Hỏi  Đáp 2"), from_group("2")),
    "a mention in NFD": (in_group(text=unicodedata.normalize("NFD", "@Bot Hỏi Đáp 2")), from_group("2")),
    "a longer name": (in_group(text="@Bot Hỏi Đápx hay"), from_group("@Bot Hỏi Đápx hay")),
    "a group, nothing but a mention": (in_group(text="@Bot Hỏi Đáp"), from_group("")),
    "a group, an answer to us": (in_group(text="2"), from_group("2")),
    "a group, a picture that mentions us": (in_group(IMAGE, caption="@Bot Hỏi Đáp 57?"), from_group("57?")),
    "a group, a picture": (in_group(IMAGE, photo_url="https://x.zdn.vn/a.jpg"), None),
    "a group, something unsupported": (in_group(UNSUPPORTED), None),
    "unknown fields": (
        update(text="x", reply_to_message={"a": [1]}, quote=7) | {"account": [None]},
        from_lan("x"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrapped_or_flat_it_means_the_same(zalo: ZaloBot, name: str) -> None:
    raw, expected = CASES[name]
    before = copy.deepcopy(raw)
    assert zalo.decode(raw) == zalo.decode({"ok": True, "result": raw}) == expected
    assert zalo.identify(raw) == zalo.identify({"ok": True, "result": raw})
    if expected is not None:
        assert zalo.identify(raw)[1] == expected.address.conversation
        assert zalo.is_group(expected.address.conversation) is not expected.private
    assert raw == before


async def test_without_a_name_mentions_stay() -> None:
    async with connected(FakeZaloBot(), name=None) as channel:
        inbound = channel.decode(in_group(text="@Bot Hỏi Đáp thủ tục?"))
    assert inbound == from_group("@Bot Hỏi Đáp thủ tục?")


async def test_the_name_may_be_given_with_its_sign() -> None:
    async with connected(FakeZaloBot(), name=f" @{NAME} ") as channel:
        assert channel.decode(in_group(text=f"@{NAME} 57")) == from_group("57")


def test_the_name_is_the_message_id(zalo: ZaloBot) -> None:
    assert zalo.identify(update(text="x")) == ("2d758cb5e222177a4e35", LAN)


def test_without_message_id_the_content_is_the_name(zalo: ZaloBot) -> None:
    first = update(text="x", message_id=None)
    again = update(text="x", message_id=None, photo_url="https://signed.anew/1")
    others = [
        update(text="y", message_id=None),
        update(text="x", message_id=None, date=1750316131603),
        update(text="x", message_id=None, **{"from": {"id": "other"}}),
        update(IMAGE, text="x", message_id=None),
        update(text="x", message_id="", chat="other"),
        update(text="x\ud83d", message_id=None),
        {"event_name": "bot.renamed"},
    ]
    assert zalo.identify(first) == zalo.identify(again)
    assert len({zalo.identify(raw)[0] for raw in [first, *others]}) == 1 + len(others)


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"ok": True, "result": {}},
        {"event_name": None, "message": {}},
        {"event_name": ["a"]},
        {"event_name": TEXT, "message": {}},
        {"event_name": TEXT, "message": {"chat": []}},
        {"event_name": TEXT, "message": {"chat": {"id": None}, "message_id": "1"}},
        {"event_name": TEXT, "message": {"chat": {"id": True}, "message_id": "1"}},
    ],
)
def test_what_is_no_update_is_refused(zalo: ZaloBot, nonsense: JSON) -> None:
    with pytest.raises(ValueError, match="update"):
        zalo.identify(nonsense)


@pytest.mark.parametrize("event", [TEXT, IMAGE, STICKER, VOICE, UNSUPPORTED])
def test_oddities_inside_hurt_nobody(zalo: ZaloBot, event: str) -> None:
    odds: list[Any] = [None, 5, "x", [], {}, True]
    for odd in odds:
        for place in ("from", "text", "caption", "date", "message_id"):
            raw = update(event, text="x") if place != "text" else update(event)
            raw["message"][place] = odd
            assert zalo.identify(raw)[1] == LAN
            zalo.decode(raw)
