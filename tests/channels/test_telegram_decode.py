"""What Telegram's updates mean, as a table of raw JSON."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram import Telegram
from bot.errors import SendError
from bot.model import Address, Inbound, PollState
from tests.channels.telegram_setup import SECRET, connected
from tests.fakes.telegram import TOKEN, FakeTelegram

JSON = dict[str, Any]

ME = {"id": 123456789, "is_bot": True, "first_name": "Hỏi Đáp", "username": "hoidap_bot"}
LAN = {"id": 7, "is_bot": False, "first_name": "Lan"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Lan"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Tổ 5"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": -1009, "type": "channel", "title": "Tin"}

POLL: JSON = {
    "id": "51",
    "question": "Bạn biết qua đâu?",
    "options": [{"text": "Loa", "voter_count": 4}, {"text": "Zalo", "voter_count": 3}],
    "total_voter_count": 7,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}

TO_LAN, TO_GROUP = Address("telegram", "7"), Address("telegram", "-1001")


@pytest.fixture
async def telegram() -> Any:
    """A channel that has heard its own name from getMe."""
    async with FakeTelegram() as fake, connected(fake) as channel:
        await channel.start()
        yield channel


def message(chat: JSON = PRIVATE, **fields: Any) -> JSON:
    base = {"message_id": 40, "date": 1795000000, "chat": chat, "from": LAN}
    return {"update_id": 900, "message": {key: v for key, v in (base | fields).items() if v is not None}}


def edited(chat: JSON = PRIVATE, **fields: Any) -> JSON:
    return {"update_id": 900, "edited_message": message(chat, **fields)["message"]}


def mention(text: str, name: str, kind: str = "mention") -> JSON:
    """`text` with an entity on `name`, counted as Telegram counts."""
    before = text[: text.index(name)]
    return {
        "text": text,
        "entities": [
            {"type": kind, "offset": len(before.encode("utf-16-le")) // 2, "length": len(name)},
        ],
    }


def from_lan(words: str = "", **fields: Any) -> Inbound:
    kind = fields.pop("kind", "text")
    return Inbound(TO_LAN, kind, sender="7", text=words, message_id="40", **fields)


def from_group(words: str, addressed: bool, sender: str = "7", kind: Any = "text") -> Inbound:
    return Inbound(
        TO_GROUP, kind, sender=sender, text=words, private=False, addressed=addressed, message_id="40"
    )


OURS: JSON = {"message_id": 30, "date": 1, "chat": PRIVATE, "from": ME}
NOBODY: JSON = {"from": None}
STRANGE_FIELDS: JSON = {
    "forward_origin": {"type": "user", "sender_user": LAN, "date": 1},
    "via_bot": {"id": 1},
    "quote": 5,
    "effect_id": [],
    "external_reply": {"strange": True},
    "a_field_of_2031": {"x": [1]},
    "reply_markup": "nonsense",
}

PRIVATE_CASES: dict[str, tuple[JSON, Inbound | None]] = {
    "text": (message(text="nghị quyết 57"), from_lan("nghị quyết 57")),
    "decomposed accents": (message(text=unicodedata.normalize("NFD", "Nghị quyết")), from_lan("Nghị quyết")),
    "right to left and zero width": (message(text="\u202eabc\u200b"), from_lan("\u202eabc\u200b")),
    "markup is only text": (message(text="<b>'; DROP TABLE x"), from_lan("<b>'; DROP TABLE x")),
    "emoji only": (message(text="👍🏽"), from_lan("👍🏽")),
    "half an emoji": (message(text="a\ud83d"), from_lan("a\ufffd")),
    "ten thousand characters": (message(text="a" * 10_000), from_lan("a" * 10_000)),
    "unknown fields": (message(text="chào", **STRANGE_FIELDS), from_lan("chào")),
    "a reply to words of ours": (
        message(text="đúng vậy", reply_to_message=OURS | {"text": "Câu hỏi #12"}),
        from_lan("đúng vậy", quoted="Câu hỏi #12"),
    ),
    "a photo in reply to a caption of ours": (
        message(photo=[{"file_id": "x"}], reply_to_message=OURS | {"caption": "Tệp #12"}),
        from_lan(kind="other", quoted="Tệp #12"),
    ),
    "a reply to their own words": (
        message(text="ý tôi là", reply_to_message=OURS | {"from": LAN, "text": "#12"}),
        from_lan("ý tôi là"),
    ),
    "caption": (message(photo=[{"file_id": "x"}], caption="hỏi về ảnh"), from_lan("hỏi về ảnh")),
    "photo": (message(photo=[{"file_id": "x"}]), from_lan(kind="other")),
    "sticker": (message(sticker={}), from_lan(kind="other")),
    "voice": (message(voice={"nonsense": 1}), from_lan(kind="other")),
    "a poll that the library cannot read": (
        message(poll={"id": "1", "question": "?"}),
        from_lan(kind="other"),
    ),
    "a notice": (message(pinned_message={"message_id": 3}), None),
    "nothing at all": (message(), None),
    "empty text": (message(text=""), None),
    "a command keeps its slash": (
        message(**mention("/riengtu", "/riengtu", "bot_command")),
        from_lan("/riengtu"),
    ),
    "a command to us by name": (
        message(**mention("/help@hoidap_bot gì", "/help@hoidap_bot", "bot_command")),
        from_lan("/help gì"),
    ),
    "an edited text is a new question": (edited(text="nq 68", edit_date=1), from_lan("nq 68")),
    "a moving location": (edited(location={"latitude": 1, "longitude": 2}), None),
    "another bot": (message(text="chào", **{"from": ME | {"id": 5}}), None),
    "nobody": (message(text="chào", **NOBODY), Inbound(TO_LAN, "text", text="chào", message_id="40")),
    "a channel's post": ({"update_id": 900, "channel_post": message(CHANNEL, text="tin")["message"]}, None),
    "a poll of ours, as an older API server tells it": (
        {"update_id": 900, "poll": POLL},
        Inbound(Address("telegram", "poll:51"), "poll", poll=PollState("51", False, 7, (4, 3))),
    ),
    "a poll that has closed": (
        {"update_id": 900, "poll": POLL | {"is_closed": True, "a_field_of_2031": {}}},
        Inbound(Address("telegram", "poll:51"), "poll", poll=PollState("51", True, 7, (4, 3))),
    ),
    "a vote that is not secret, of somebody else's poll": (
        {"update_id": 900, "poll_answer": {"poll_id": "51", "user": LAN, "option_ids": [0]}},
        None,
    ),
    "an unknown kind": ({"update_id": 900, "kind_of_2031": {"chat": PRIVATE}}, None),
    "blocked": (
        {
            "update_id": 900,
            "my_chat_member": {
                "chat": PRIVATE,
                "from": LAN,
                "date": 1,
                "old_chat_member": {"status": "member", "user": ME},
                "new_chat_member": {"status": "kicked", "user": ME, "until_date": 0},
            },
        },
        Inbound(TO_LAN, "stopped", sender="7"),
    ),
}


def member(before: JSON, after: JSON, chat: JSON = GROUP) -> JSON:
    change = {"chat": chat, "from": LAN, "date": 1, "old_chat_member": before, "new_chat_member": after}
    return {"update_id": 900, "my_chat_member": change}


LEFT, IN, OUT = {"status": "left"}, {"status": "member"}, {"status": "kicked"}
JOINED = Inbound(TO_GROUP, "joined", sender="7", private=False, title="Tổ 5")
RIGHTS = Inbound(TO_GROUP, "rights", sender="7", private=False)
TO_TOPIC = Address("telegram", "-1001/45")
IN_TOPIC = {"message_thread_id": 45, "is_topic_message": True}
STOPPED = Inbound(TO_GROUP, "stopped", sender="7", private=False)
OUR_MESSAGE = {"message_id": 30, "date": 1, "chat": GROUP, "from": ME, "text": "…", "poll": {"id": "poison"}}

GROUP_CASES: dict[str, tuple[JSON, Inbound | None]] = {
    "talk among people": (message(GROUP, text="chào cả nhà"), from_group("chào cả nhà", False)),
    "mentioned": (
        message(GROUP, **mention("😀 @HoiDap_Bot nghị quyết 57", "@HoiDap_Bot")),
        from_group("😀 nghị quyết 57", True),
    ),
    "mentioned at the start": (
        message(GROUP, **mention("@hoidap_bot, nq 57 là gì", "@hoidap_bot")),
        from_group("nq 57 là gì", True),
    ),
    "mentioned and nothing else": (
        message(GROUP, **mention("@hoidap_bot", "@hoidap_bot")),
        from_group("", True),
    ),
    "somebody else mentioned": (
        message(GROUP, **mention("@hoidap_bot2 chào", "@hoidap_bot2")),
        from_group("@hoidap_bot2 chào", False),
    ),
    "our name without an entity": (
        message(GROUP, text="a@hoidap_bot.vn"),
        from_group("a@hoidap_bot.vn", False),
    ),
    "mentioned in a caption": (
        message(
            GROUP,
            photo=[],
            caption="@hoidap_bot đây là gì",
            caption_entities=[{"type": "mention", "offset": 0, "length": 11}],
        ),
        from_group("đây là gì", True),
    ),
    "an offset outside the text": (
        message(GROUP, text="chào", entities=[{"type": "mention", "offset": 90, "length": 11}]),
        from_group("chào", False),
    ),
    "a reply to us": (
        message(GROUP, text="thế còn 68?", reply_to_message=OUR_MESSAGE),
        from_group("thế còn 68?", True),
    ),
    "a reply to somebody else": (
        message(GROUP, text="ừ", reply_to_message=OUR_MESSAGE | {"from": LAN}),
        from_group("ừ", False),
    ),
    "a sticker as a reply to us": (
        message(GROUP, sticker={}, reply_to_message=OUR_MESSAGE),
        from_group("", True, kind="other"),
    ),
    "a command": (message(GROUP, **mention("/help", "/help", "bot_command")), from_group("/help", True)),
    "a command to us": (
        message(GROUP, **mention("/help@HoiDap_bot", "/help@HoiDap_bot", "bot_command")),
        from_group("/help", True),
    ),
    "a command after a mention": (
        message(GROUP, **mention("@hoidap_bot /help", "@hoidap_bot")),
        from_group("/help", True),
    ),
    "a command to another bot": (
        message(GROUP, **mention("/help@other_bot", "/help@other_bot", "bot_command")),
        None,
    ),
    "a command in the middle": (
        message(GROUP, **mention("gõ /help nhé", "/help", "bot_command")),
        from_group("gõ /help nhé", False),
    ),
    "an edited message": (edited(GROUP, text="a"), None),
    "an anonymous administrator": (
        message(GROUP, **mention("/help", "/help", "bot_command"), **{"from": ANONYMOUS}, sender_chat=GROUP),
        replace(from_group("/help", True, sender=""), as_group=True),
    ),
    "in a topic of a forum": (
        message(GROUP, text="chào", **IN_TOPIC),
        replace(from_group("chào", False), address=TO_TOPIC, thread="45"),
    ),
    "in a chain of replies, which is no topic": (
        message(GROUP, text="chào", message_thread_id=45),
        from_group("chào", False),
    ),
    "a channel speaks in the group": (message(GROUP, text="tin", sender_chat=CHANNEL), None),
    "a post passed on automatically": (
        message(GROUP, text="tin", sender_chat=GROUP, is_automatic_forward=True),
        None,
    ),
    "the group moved": (
        message(GROUP, migrate_to_chat_id=-1002),
        Inbound(TO_GROUP, "moved", private=False, moved_to="-1002"),
    ),
    "the twin of a move": (message(GROUP, migrate_from_chat_id=-5), None),
    "added": (member(LEFT, IN), JOINED),
    "added as administrator, with rights of 2031": (
        member(OUT, {"status": "administrator", "can_fly": 1}),
        JOINED,
    ),
    "made administrator": (member(IN, {"status": "administrator"}), RIGHTS),
    "left": (member(IN, LEFT), STOPPED),
    "thrown out": (member(IN, OUT), STOPPED),
    "restricted but there": (member(IN, {"status": "restricted", "is_member": True}), RIGHTS),
    "out, and otherwise": (member(LEFT, OUT), None),
    "restricted and gone": (member(IN, {"status": "restricted", "is_member": False}), STOPPED),
    "unblocked": (member(OUT, IN, PRIVATE), None),
    "added to a channel": (member(LEFT, IN, CHANNEL), None),
}


@pytest.mark.parametrize(("raw", "expected"), PRIVATE_CASES.values(), ids=PRIVATE_CASES)
async def test_in_private(telegram: Telegram, raw: JSON, expected: Inbound | None) -> None:
    assert telegram.decode(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), GROUP_CASES.values(), ids=GROUP_CASES)
async def test_in_groups(telegram: Telegram, raw: JSON, expected: Inbound | None) -> None:
    assert telegram.decode(raw) == expected


def press(data: str | None, chat: JSON = PRIVATE, **more: Any) -> JSON:
    shown = {"message_id": 30, "date": 0, "chat": chat}  # date 0: too old to be shown
    body = {"id": "444", "from": LAN, "chat_instance": "1", "message": shown, "data": data} | more
    return {"update_id": 901, "callback_query": {key: v for key, v in body.items() if v is not None}}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (press("a:1"), Inbound(TO_LAN, "choice", "7", payload="a:1", message_id="30", press="444")),
        (
            press("?", GROUP),
            Inbound(TO_GROUP, "choice", "7", payload="?", private=False, message_id="30", press="444"),
        ),
        (
            press("?", message={"message_id": 30, "date": 1, "chat": GROUP, **IN_TOPIC}),
            Inbound(
                TO_TOPIC, "choice", "7", payload="?", private=False, message_id="30", press="444", thread="45"
            ),
        ),
        (press(None, game_short_name="x"), None),
        (press("a:1", message=None, inline_message_id="x"), None),
    ],
    ids=["private", "group", "in a topic", "a game", "below an inline message"],
)
async def test_a_button(telegram: Telegram, raw: JSON, expected: Inbound | None) -> None:
    assert telegram.decode(raw) == expected
    assert telegram.identify(raw)[0] == "901"


@pytest.mark.parametrize(
    ("raw", "conversation"),
    [
        (message(text="a"), "7"),
        ({"update_id": 900, "edited_message": {"chat": GROUP}}, "-1001"),
        (press("x", GROUP) | {"update_id": 900}, "-1001"),
        (member(LEFT, IN), "-1001"),
        (message(GROUP, text="a", **IN_TOPIC), "-1001/45"),
        (message(PRIVATE, text="a", **IN_TOPIC), "7"),
        (press("x", message={"message_id": 1, "chat": GROUP, **IN_TOPIC}) | {"update_id": 900}, "-1001/45"),
        ({"update_id": 900, "callback_query": {"id": "1"}}, "-"),
        ({"update_id": 900, "poll": {"id": "51"}}, "poll:51"),
        ({"update_id": 900, "poll": {"id": 51}}, "-"),
        ({"update_id": 900, "message": "nonsense"}, "-"),
        ({"update_id": 900}, "-"),
    ],
)
async def test_whose_update_it_is(telegram: Telegram, raw: JSON, conversation: str) -> None:
    assert telegram.identify(raw) == ("900", conversation)


@pytest.mark.parametrize(
    "raw", [{}, {"update_id": "1"}, {"update_id": True}, {"message": {}}, [], "text", None]
)
async def test_what_is_no_update(telegram: Telegram, raw: Any) -> None:
    with pytest.raises(ValueError, match="update_id"):
        telegram.identify(raw)


async def test_a_name_that_is_not_yet_known_is_not_taken_for_somebody_elses() -> None:
    async with aiohttp.ClientSession() as session:
        telegram = Telegram(session, token=TOKEN, secret=SECRET)
        assert telegram.decode(message(text="chào")) == from_lan("chào")
        to_us = message(GROUP, text="thế còn 68?", reply_to_message=OUR_MESSAGE)
        assert telegram.decode(to_us) == from_group("thế còn 68?", True)
        with pytest.raises(SendError) as caught:
            telegram.decode(message(GROUP, **mention("@hoidap_bot chào", "@hoidap_bot")))
        assert caught.value.retryable
