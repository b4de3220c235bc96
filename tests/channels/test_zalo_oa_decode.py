"""Zalo OA's webhook bodies: whose signature counts, what an event is called, what it means."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import unicodedata
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_events import Presses, decode, identify
from bot.model import JSON, Inbound
from tests.channels.zalo_oa_setup import connected
from tests.fakes.zalo_oa import GROUP, LAN, MINH, FakeZaloOA
from tests.fakes.zalo_oa_rules import signature

OA = "388613280878808645"
NAMES = frozenset({OA, "ban tuyên giáo bình minh"})
PRESSES = Presses(b"key")

# The reference's test vector.
BODY = (
    '{"app_id":"123456789","sender":{"id":"246845883529197922"},"recipient":{"id":"388613280878808645"},'
    '"event_name":"user_send_text","message":{"text":"Xin chào","msg_id":"96d3cdf3af150460909"},'
    '"timestamp":"1763740800000"}'
).encode()
MAC = "mac=2e0f89f3a997c7621da946679782a00626a84a4001022ef8647d5f3791485560"


def event(name: str = "user_send_text", message: JSON | None = None, **more: Any) -> JSON:
    return {
        "app_id": "123456789",
        "event_name": name,
        "sender": {"id": LAN},
        "recipient": {"id": OA},
        "message": {"msg_id": "m1", **(message or {"text": "xin chào"})},
        "timestamp": "1763740800000",
        **more,
    }


def read(raw: JSON) -> Inbound | None:
    return decode("zalo-oa", raw, PRESSES, NAMES)


def got(raw: JSON) -> Inbound:
    inbound = read(raw)
    assert inbound is not None
    return inbound


@pytest.fixture
async def channel() -> AsyncIterator[ZaloOA]:
    async with FakeZaloOA() as fake, connected(fake, secret_key="oa-secret") as made:
        yield made


# Signatures


def test_the_test_vector(channel: ZaloOA) -> None:
    assert channel.verify({"X-ZEvent-Signature": MAC}, BODY)
    assert channel.verify({"x-zevent-signature": MAC.upper().replace("MAC=", "mac=")}, BODY)
    assert signature("123456789", BODY, "1763740800000", "oa-secret") == MAC


def test_a_timestamp_that_is_a_number_is_the_same(channel: ZaloOA) -> None:
    body = BODY.replace(b'"1763740800000"', b"1763740800000")
    assert channel.verify(
        {"X-ZEvent-Signature": signature("123456789", body, "1763740800000", "oa-secret")}, body
    )


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "mac=",
        "mac=" + "0" * 64,
        MAC[:-1],
        "mac=ệ",
        "mac=" + hmac.new(b"oa-secret", b"123456789" + BODY + b"1763740800000", hashlib.sha256).hexdigest(),
        signature("123456789", BODY, "1763740800000", "app-secret"),
        signature("987654321", BODY, "1763740800000", "oa-secret"),
        signature("123456789", BODY, "1763740800001", "oa-secret"),
    ],
)
def test_other_signatures_are_refused(channel: ZaloOA, shown: str) -> None:
    assert not channel.verify({"X-ZEvent-Signature": shown}, BODY)


def test_a_changed_body_is_refused(channel: ZaloOA) -> None:
    assert not channel.verify({"X-ZEvent-Signature": MAC}, BODY.replace(b"Xin", b"xin"))
    for nonsense in (b"", b"[]", b"not JSON", b"[" * 100_000, b'{"timestamp":{}}'):
        assert not channel.verify({"X-ZEvent-Signature": MAC}, nonsense)


def test_a_body_of_another_app_is_refused_although_its_signature_fits_ours(channel: ZaloOA) -> None:
    body = BODY.replace(b'"app_id":"123456789"', b'"app_id":"987654321"')
    for app in ("123456789", "987654321"):
        mac = signature(app, body, "1763740800000", "oa-secret")
        assert not channel.verify({"X-ZEvent-Signature": mac}, body)


def test_an_oa_id_in_place_of_the_app_is_refused_and_logged(
    channel: ZaloOA, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    body = json.dumps({"event_name": "follow", "oa_id": OA, "timestamp": "1"}).encode()
    assert not channel.verify({"X-ZEvent-Signature": signature(OA, body, "1", "oa-secret")}, body)
    assert "signed with the OA's id" in caplog.text


def test_probes(channel: ZaloOA) -> None:
    assert channel.is_probe({}, b"")
    assert channel.is_probe({"User-Agent": "Java/17"}, b"{}")
    assert not channel.is_probe({}, BODY)
    assert not channel.is_probe({"X-ZEvent-Signature": "mac=0"}, b"{}")


async def test_before_the_key_is_known_everything_is_a_probe_and_nothing_is_believed() -> None:
    async with FakeZaloOA() as fake, connected(fake, secret_key="") as channel:
        keyless = signature("123456789", BODY, "1763740800000", "")
        assert not channel.verify({"X-ZEvent-Signature": keyless}, BODY)
        assert channel.is_probe({"X-ZEvent-Signature": keyless}, BODY)


# Names


def test_a_message_is_called_by_its_id() -> None:
    assert identify(event()) == ("m1", LAN)
    assert identify(event(timestamp="2")) == ("m1", LAN), "a retry may have another timestamp"


def test_ids_may_be_numbers() -> None:
    raw = event(message={"text": "chào", "msg_id": 77}, sender={"id": int(LAN)}, timestamp=1763740800000)
    assert identify(raw) == ("77", LAN)
    assert (got(raw).sender, got(raw).message_id) == (LAN, "77")


def test_without_an_id_the_event_its_time_and_its_sender_are_the_name() -> None:
    first = event(message={"text": "chào", "msg_id": None})
    assert identify(first) == identify({**first, "user_id_by_app": "5"})
    assert identify(first)[0] != identify({**first, "timestamp": "2"})[0]
    assert identify(first)[0] != identify({**first, "sender": {"id": MINH}})[0]


def test_a_reaction_does_not_hide_the_message_that_it_names() -> None:
    reaction = event("user_reacted_message", {"msg_id": "m1", "react_icon": "/-heart"})
    assert identify(reaction)[0] != identify(event())[0]


def test_events_that_nobody_knows_have_a_name_too() -> None:
    raw = {"event_name": "add_user_to_tag", "timestamp": "1"}
    assert identify(raw)[1] == "events"
    assert read(raw) is None


@pytest.mark.parametrize(
    "nonsense", [{}, {"event_name": ""}, {"event_name": 5}, {"message": {"msg_id": "1"}}]
)
def test_nonsense_is_no_event(nonsense: JSON) -> None:
    with pytest.raises(ValueError, match="without a name"):
        identify(nonsense)


# Meanings


def test_a_text() -> None:
    words = "Nghị quyết 57 \u202e'; --"
    inbound = got(event(message={"msg_id": "m1", "text": unicodedata.normalize("NFD", words)}))
    assert (inbound.kind, inbound.text, inbound.sender, inbound.address.conversation) == (
        "text",
        words,
        LAN,
        LAN,
    )
    assert (inbound.private, inbound.addressed, inbound.message_id) == (True, True, "m1")
    assert got(event(message={"text": "a\ud800b"})).text == "a\ufffdb"


@pytest.mark.parametrize(
    "kind", ["image", "audio", "video", "sticker", "location", "business_card", "file", "gif"]
)
def test_what_cannot_be_read(kind: str) -> None:
    attachment = {"attachments": [{"type": kind, "payload": {"url": "https://example.org/x"}}]}
    assert got(event(f"user_send_{kind}", {"msg_id": "m1", **attachment})).kind == "other"
    assert got(event(f"user_send_{kind}", {"msg_id": "m1", "text": None, **attachment})).kind == "other"


def test_words_beside_a_link_or_picture_are_a_text() -> None:
    assert got(event("user_send_link", {"text": "nghị quyết 57 https://a.vn"})).kind == "text"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "oa_send_text",
            "oa_send_image",
            "oa_send_group_text",
            "user_seen_message",
            "user_received_message",
        ),
        *("user_reacted_message", "oa_reacted_message", "user_click_chatnow", "user_submit_info"),
        *("anonymous_send_text", "user_out_group", "add_group_admin", "user_withdraw", "something_new"),
    ],
)
def test_what_does_not_concern_us(name: str) -> None:
    assert identify(event(name))[1]
    assert read(event(name)) is None
    assert read({"event_name": name}) is None


def test_our_own_message_waits_in_the_line_of_the_person_who_got_it() -> None:
    assert identify(event("oa_send_text", sender={"id": OA}, recipient={"id": LAN}))[1] == LAN


def test_follow_greets_and_unfollow_stops() -> None:
    raw = {
        "event_name": "follow",
        "oa_id": OA,
        "follower": {"id": LAN},
        "app_id": "123456789",
        "timestamp": "5",
    }
    assert (got(raw).kind, got(raw).text, got(raw).sender) == ("text", "/start", LAN)
    stopped = got({**raw, "event_name": "unfollow"})
    assert (stopped.kind, stopped.address.conversation) == ("stopped", LAN)
    assert identify(raw)[0] != identify({**raw, "event_name": "unfollow"})[0]


# Buttons


def test_a_pressed_button() -> None:
    carried = PRESSES.close("detail/12", LAN, "outbox5")
    inbound = got(event(message={"msg_id": "m1", "text": carried}))
    assert (inbound.kind, inbound.payload, inbound.message_id, inbound.press) == (
        "choice",
        "detail/12",
        "outbox5",
        "m1",
    )


@pytest.mark.parametrize("payload", ["a", "why/k3x9q2m7w1zd/other question", "x" * 64, "a.b.c", ""])
def test_every_payload_comes_back_as_it_was(payload: str) -> None:
    assert PRESSES.open(PRESSES.close(payload, LAN, "k1"), LAN) == (payload, "k1")


def test_typing_a_payload_presses_nothing() -> None:
    for typed in ("#detail/12", "detail/12", "#gio_lam_viec", "#1", "# 57", "#a.b.c"):
        assert got(event(message={"text": typed})).kind == "text"


def test_a_payload_of_somebody_else_or_of_another_key_is_a_button_that_does_nothing() -> None:
    carried = PRESSES.close("up/12/k3x9q2m7w1zd", MINH, "outbox5")
    forged = [carried, Presses(b"other").close("none", LAN, "o"), carried.replace("up/12", "up/13")]
    for typed in (*forged, "#none.o." + "0" * 24):
        inbound = got(event(message={"text": typed}))
        assert (inbound.kind, inbound.payload) == ("choice", "")


# Groups


def group(text: str = "", **more: Any) -> JSON:
    return event("user_send_group_text", {"msg_id": "m1", "text": text}, recipient={"id": GROUP}, **more)


@pytest.mark.parametrize(
    "where",
    [
        {"recipient": {"id": GROUP}},
        {"recipient": {"id": OA, "group_id": GROUP}},
        {"recipient": {}, "message": {"msg_id": "m1", "text": "a", "conversation_id": GROUP}},
        {"recipient": {"id": OA}, "group_id": GROUP},
    ],
)
def test_a_group_wherever_its_id_stands(where: JSON) -> None:
    inbound = got(group("a") | where)
    assert inbound.address.conversation == f"group/{GROUP}"
    assert (inbound.private, inbound.sender) == (False, LAN)


@pytest.mark.parametrize(
    ("said", "text", "addressed"),
    [
        ("mọi người ơi", "mọi người ơi", False),
        (f"[@{OA}] nghị quyết  57", "nghị quyết 57", True),
        (f"hỏi [@{MINH}] nhé", "hỏi nhé", False),
        ("@Ban Tuyên giáo Bình Minh nghị quyết 57", "nghị quyết 57", True),
        ("/help", "/help", True),
        (f"[@{GROUP}] họp", "họp", False),
    ],
)
def test_a_group_is_heard_when_it_mentions_us(said: str, text: str, addressed: bool) -> None:
    inbound = got(group(said))
    assert (inbound.text, inbound.addressed) == (text, addressed)


@pytest.mark.parametrize(
    ("said", "quote", "addressed"),
    [
        ("còn gì nữa không", {"quote_msg": {"msg_id": "m0", "sender": {"id": OA}}}, True),
        ("còn gì nữa không", {"quote_msg": {"msg_id": "m0", "sender": {"id": MINH}}}, False),
        ("2", {"quote_msg": {"msg_id": "m0", "sender": {"id": MINH}}}, False),
        ("2", {"quote_msg_id": "m0"}, True),
        ("2.", {"quote_msg": {"msg_id": 5}}, True),
        ("còn gì nữa không", {"quote_msg_id": "m0"}, False),
        ("2", {"quote_msg_id": None, "quote_msg": "m0"}, False),
    ],
)
def test_a_group_is_heard_when_it_answers_us(said: str, quote: JSON, addressed: bool) -> None:
    raw = group()
    raw["message"] |= {"text": said, **quote}
    assert got(raw).addressed is addressed


def test_pictures_in_groups_are_silent_and_groups_begin_and_end() -> None:
    picture = got(event("user_send_group_image", {"msg_id": "m1"}, recipient={"id": GROUP}))
    assert (picture.kind, picture.addressed) == ("other", False)
    made = got({"event_name": "create_group", "group_id": GROUP, "oa_id": OA, "timestamp": "1"})
    assert (made.kind, made.address.conversation, made.private) == ("joined", f"group/{GROUP}", False)
    came = got({"event_name": "user_join_group", "group_id": GROUP, "users": [{"id": "1"}], "timestamp": "1"})
    assert (came.kind, came.sender) == ("joined", "")
    assert got({"event_name": "delete_group", "group_id": GROUP, "timestamp": "2"}).kind == "stopped"


def test_groups_and_persons_are_told_apart(channel: ZaloOA) -> None:
    assert channel.is_group(identify(group("a"))[1])
    assert not channel.is_group(identify(event())[1])
