"""The fake is worth as much as it refuses: its table against the published Bot API, its rules one by one."""

from __future__ import annotations

import json
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.telegram import FakeTelegram, Rates
from tests.fakes.telegram_rules import TABLE, Meter, Refused, parse_html
from tests.fakes.telegram_updates import entities

# Not part of the project: present where the project is developed.
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "telegram-bot-api-10.1.json"


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    if not REFERENCE.is_file():
        sentence = f"the table of Telegram's methods is not checked: {REFERENCE.name} is not here"
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn(sentence, stacklevel=1)
        pytest.skip(sentence)
    table: dict[str, Any] = json.loads(REFERENCE.read_text("utf-8"))
    return table


def test_the_table_is_of_the_published_version(published: dict[str, Any]) -> None:
    assert TABLE["version"] == published["version"]


@pytest.mark.parametrize(
    ("section", "name"), [(section, name) for section in ("methods", "types") for name in TABLE[section]]
)
def test_the_table_says_what_telegram_publishes(published: dict[str, Any], section: str, name: str) -> None:
    ours = TABLE[section][name]
    theirs = {field["name"]: field for field in published[section][name]["fields"]}
    assert set(ours) <= set(theirs)
    for field, rule in ours.items():
        assert set(rule["types"]) <= set(theirs[field]["types"]), field
        assert rule.get("required", False) == theirs[field]["required"], field
    if section == "methods":
        needed = {field for field, rule in theirs.items() if rule["required"]}
        assert needed <= set(ours)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.meet(7)
        yield server


async def call(fake: FakeTelegram, method: str, token: str = "", **fields: Any) -> tuple[int, Any]:
    url = f"{fake.url}/bot{token or fake.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=fields) as answer:
        return answer.status, await answer.json()


LONG_DATA = {"inline_keyboard": [[{"text": "Có", "callback_data": "x" * 65}]]}
NO_KIND = {"inline_keyboard": [[{"text": "Có"}]]}
BAD_URL = {"inline_keyboard": [[{"text": "Có", "url": "javascript:1"}]]}


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"chat_id": 7}, "sendMessage needs text"),
        ({"chat_id": 7, "text": "a", "typo": 1}, "sendMessage has no field typo"),
        ({"chat_id": 7, "text": 5}, "field text must be String"),
        ({"chat_id": True, "text": "a"}, "field chat_id must be Integer or String"),
        ({"chat_id": 8, "text": "a"}, "chat not found"),
        ({"chat_id": "@somebody", "text": "a"}, "chat not found"),
        ({"chat_id": 7, "text": " \n"}, "message text is empty"),
        ({"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 7, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 7, "text": "a <x>", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"chat_id": 7, "text": "a < b", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"chat_id": 7, "text": "<b>a", "parse_mode": "HTML"}, "Can't find end tag"),
        ({"chat_id": 7, "text": "<b><i>a</b></i>", "parse_mode": "HTML"}, "Unmatched end tag"),
        ({"chat_id": 7, "text": "a", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"chat_id": 7, "text": "a", "reply_markup": LONG_DATA}, "BUTTON_DATA_INVALID"),
        ({"chat_id": 7, "text": "a", "reply_markup": NO_KIND}, "exactly one kind"),
        ({"chat_id": 7, "text": "a", "reply_markup": BAD_URL}, "Wrong HTTP URL"),
        ({"chat_id": 7, "text": "a", "reply_parameters": {"id": 1}}, "ReplyParameters has no field id"),
    ],
)
async def test_it_refuses(fake: FakeTelegram, fields: dict[str, Any], description: str) -> None:
    status, answer = await call(fake, "sendMessage", **fields)
    assert (status, answer["ok"], fake.sent) == (400, False, [])
    assert description in answer["description"]


async def test_it_takes_what_fits_exactly(fake: FakeTelegram) -> None:
    status, answer = await call(
        fake, "sendMessage", chat_id=7, text="<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML"
    )
    assert (status, answer["result"]["text"]) == (200, "<" * 4096)


async def test_tokens_and_methods_that_it_does_not_know(fake: FakeTelegram) -> None:
    stranger = "1:" + "A" * 35
    assert await call(fake, "getMe", stranger) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert (await call(fake, "getMe", "nonsense"))[0] == 404
    assert (await call(fake, "getYou"))[0] == 404
    assert fake.calls == []


async def test_a_form_is_read_as_json_is(fake: FakeTelegram) -> None:
    form = {"offset": "5", "timeout": "0", "allowed_updates": '["message"]'}
    url = f"{fake.url}/bot{fake.token}/getUpdates"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
        assert answer.status == 200
    assert fake.calls == [("getUpdates", {"offset": 5, "timeout": 0, "allowed_updates": ["message"]})]


async def test_only_what_was_asked_for_is_given(fake: FakeTelegram) -> None:
    await call(fake, "getUpdates", allowed_updates=["callback_query"])
    fake.text(7, "chào")
    wanted = fake.press(7, 1, "x")
    assert (await call(fake, "getUpdates"))[1]["result"] == [wanted]


async def test_a_second_start_keeps_the_address_and_the_memory(fake: FakeTelegram) -> None:
    address = fake.url
    await fake.stop()
    await fake.start()
    assert fake.url == address
    assert (await call(fake, "sendMessage", chat_id=7, text="chào"))[0] == 200


def test_html() -> None:
    text, runs = parse_html("😀 <b>đậm &amp; <i>nghiêng</i></b> &lt;x&gt; & thường")
    assert text == "😀 đậm & nghiêng <x> & thường"
    assert runs == [
        {"type": "italic", "offset": 9, "length": 7},
        {"type": "bold", "offset": 3, "length": 13},
    ]


def test_commands_and_mentions_are_found_as_the_platform_does() -> None:
    assert entities("😀 @hoidap_bot /help@hoidap_bot a@b.vn 1/2") == [
        {"type": "mention", "offset": 3, "length": 11},
        {"type": "bot_command", "offset": 15, "length": 16},
    ]


def refusals(meter: Meter, moments: list[tuple[int, float]]) -> list[int | None]:
    """retry_after of each message, None where it was taken."""
    waits: list[int | None] = []
    for chat, at in moments:
        try:
            meter.take(chat, at)
            waits.append(None)
        except Refused as refused:
            waits.append(refused.body["parameters"]["retry_after"])
    return waits


def test_rates() -> None:
    assert refusals(Meter(Rates()), [(chat, 0.0) for chat in range(1, 32)]) == [None] * 30 + [1]
    assert refusals(Meter(Rates()), [(1, 0.0), (1, 0.5), (1, 1.0)]) == [None, 1, None]
    group = refusals(Meter(Rates()), [(-5, second) for second in range(21)])
    assert group == [None] * 20 + [40]
