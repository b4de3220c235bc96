"""What leaves the Zalo OA channel, and what each refusal and fault means to the outbox; none of them shows a secret."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
import unicodedata
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.layout import fit
from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_errors import RULINGS, Refusal, read, ruling, send_error
from bot.errors import ChannelOff, SendError
from bot.model import Choice, File
from bot.texts import zalo_oa as words
from bot.zalo_oa_window import may_send, window
from tests.channels.zalo_oa_setup import KEY, PUBLIC_URL, Remembered, Told, connected, person, text
from tests.fakes.zalo_oa import GROUP, LAN, FakeZaloOA, Fault

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloOA]:
    async with FakeZaloOA() as server:
        yield server


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def channel(fake: FakeZaloOA, told: Told) -> AsyncIterator[ZaloOA]:
    async with connected(fake, notices=told) as made:
        yield made


async def refused(channel: ZaloOA, to: str = LAN, said: str = "chào") -> SendError:
    with pytest.raises(SendError) as caught:
        await channel.send(person(to), text(said), "outbox:1")
    return caught.value


def verdict(error: SendError) -> tuple[Any, ...]:
    return error.retryable, error.retry_after, error.scope, error.gone, error.closed


# What is sent


async def test_a_text_has_one_normal_form_and_a_name(fake: FakeZaloOA, channel: ZaloOA) -> None:
    name = await channel.send(person(LAN), text(unicodedata.normalize("NFD", "Nghị quyết")), "outbox:1")
    [sent] = fake.sent
    assert (sent.to, sent.text, sent.message_id, sent.quota) == (LAN, "Nghị quyết", name, "reply")


async def test_buttons_carry_signed_payloads_and_addresses(fake: FakeZaloOA, channel: ZaloOA) -> None:
    choices = (Choice("Xem chi tiết", "detail/12"), Choice("Toàn văn", url="https://example.vn/57?a=1&b=2"))
    await channel.send(person(LAN), text("Chọn:", *choices), "outbox:5")
    pressed, opened = fake.sent[0].buttons
    assert (pressed["title"], pressed["type"]) == ("Xem chi tiết", "oa.query.hide")
    assert re.fullmatch(r"#detail/12\.outbox5\.[0-9a-f]{24}", pressed["payload"])
    assert opened == {
        "title": "Toàn văn",
        "type": "oa.open.url",
        "payload": {"url": "https://example.vn/57?a=1&b=2"},
    }
    inbound = channel.decode(fake.event("user_send_text", LAN, {"text": pressed["payload"]}))
    assert inbound is not None
    assert (inbound.kind, inbound.payload) == ("choice", "detail/12")


async def test_whatever_a_reply_holds_zalo_takes_it(fake: FakeZaloOA, channel: ZaloOA) -> None:
    many = tuple(Choice(f"Lựa chọn {number} " + "rất dài " * 30, "p" * 64) for number in range(12))
    links = tuple(Choice("Địa chỉ " * 40, url="https://example.vn") for _ in range(3))
    for choices in ((), many, many[:5], links, (*many[:3], *links[:2])):
        for piece in fit(text("chữ ệ👍 " * 900, *choices), channel.limits):
            await channel.send(person(LAN), piece, "outbox:123456789012345678901234567890")
        for piece in fit(text("chữ ệ👍 " * 900, *choices), channel.group_limits):
            await channel.send(person(f"group/{GROUP}"), piece, "outbox:1")


async def test_more_than_five_choices_can_all_be_chosen(fake: FakeZaloOA, channel: ZaloOA) -> None:
    [piece] = fit(text("Chọn:", *(Choice(f"Câu {n}", f"answer/{n}") for n in range(1, 8))), channel.limits)
    await channel.send(person(LAN), piece, "outbox:1")
    assert fake.sent[0].text.splitlines()[2:] == [f"{n}. Câu {n}" for n in range(1, 8)]
    assert [button["title"] for button in fake.sent[0].buttons] == [f"{n}. Câu {n}" for n in range(1, 6)]


async def test_a_group_gets_words_and_numbers(fake: FakeZaloOA, channel: ZaloOA) -> None:
    [piece] = fit(text("Chọn:", Choice("Một", "1"), Choice("Hai", "2")), channel.group_limits)
    await channel.send(person(f"group/{GROUP}"), piece, "outbox:1")
    assert (fake.sent[0].to, fake.sent[0].text) == (f"group/{GROUP}", "Chọn:\n\n1. Một\n2. Hai")


async def test_a_file_is_an_address(fake: FakeZaloOA, channel: ZaloOA) -> None:
    file = File("nq 57.pdf", "application/pdf", "documents/12", "Nghị quyết 57", b"%PDF")
    await channel.send(person(LAN), file, "outbox:1")
    await channel.send(person(f"group/{GROUP}"), file, "outbox:2")
    private, group = fake.sent
    assert private.text == "Nghị quyết 57"
    assert private.buttons[0]["payload"] == {"url": f"{PUBLIC_URL}/documents/12"}
    assert group.text == f"Nghị quyết 57\n{PUBLIC_URL}/documents/12"


# What is refused

LATER = (True, None, "conversation", False, False)
MINUTE = (True, 60.0, "channel", False, False)


@pytest.mark.parametrize(
    ("fault", "expected", "uncertain", "arrived"),
    [
        (Fault("drop_before"), LATER, True, 0),
        (Fault("drop_after"), LATER, True, 1),
        (Fault("page", status=502), LATER, True, 0),
        (Fault("page", status=404), LATER, False, 0),
        (Fault("page", status=403), MINUTE, False, 0),
        (Fault("page", status=429), MINUTE, False, 0),
        (Fault("nonsense"), LATER, True, 0),
        (Fault("strange"), LATER, True, 0),
        (Fault("status", code=-32, status=429, message="Too many requests"), MINUTE, False, 0),
        (Fault("error", code=-32, message="Request limit reached"), MINUTE, False, 0),
    ],
    ids=lambda value: f"{value.kind} {value.status}" if isinstance(value, Fault) else "",
)
async def test_faults(
    fake: FakeZaloOA, channel: ZaloOA, fault: Fault, expected: tuple[Any, ...], uncertain: bool, arrived: int
) -> None:
    fake.fail(fault)
    error = await refused(channel)
    assert (verdict(error), error.uncertain, len(fake.sent)) == (expected, uncertain, arrived)
    await channel.send(person(LAN), text("lại"), "outbox:1")  # the next call is not hurt
    assert fake.sent[-1].text == "lại"


# What becomes of a send: by the table of the reference, which is not the table of the code.
OUTCOMES = {
    "refresh": (-216, -220),
    "later": (-200, -234),
    "everything later": (-32, -224, -221, -204, -205, -209, -212, -219, -242, -223),
    "gone": (-213, -217, -227, -403),
    "closed": (-230, -232, -305, -311, -244, -237, -211, -218, -320, -321),
    "parked": (-201, -210, -233, -100, -240, -248, -238, -241, -9999, 12345),
}


@pytest.mark.parametrize(
    ("outcome", "code"), [(outcome, code) for outcome, codes in OUTCOMES.items() for code in codes]
)
def test_every_documented_code_has_its_outcome(outcome: str, code: int) -> None:
    refusal = Refusal(code, "a reason")
    error = send_error(refusal)
    found = {
        "later": error.retryable and error.scope == "conversation" and bool(error.retry_after),
        "everything later": error.retryable and error.scope == "channel" and bool(error.retry_after),
        "refresh": ruling(refusal).kind == "refresh" and error.retryable,
        "gone": error.gone and not error.retryable,
        "closed": error.closed and not error.gone and not error.retryable,
        "parked": not (error.retryable or error.gone or error.closed),
    }
    assert found[outcome], found
    assert str(code) in str(error)


def test_no_code_is_forgotten() -> None:
    named = {code for codes in OUTCOMES.values() for code in codes} - {-9999, 12345}
    assert named == set(RULINGS)


@pytest.mark.parametrize(
    ("code", "says", "tell"),
    [
        (-32, "Your application reached limit call api", ""),
        (-32, "App does not have permission to call this API", "permission"),
        (-223, "OA has not granted permission to the app", "permission"),
        (-223, "Out of quota for this message", "quota"),
        (-248, "x", "content"),
        (-224, "x", "tier"),
        (-321, "x", "money"),
        (-209, "x", "set-up"),
    ],
)
def test_codes_with_two_meanings_are_told_apart_by_their_message(code: int, says: str, tell: str) -> None:
    assert ruling(Refusal(code, says)).tell == tell
    assert not tell or tell in words.NOTICES


def test_codes_may_come_as_strings_and_other_bodies_are_nobodys() -> None:
    assert read(200, b'{"error":"-230","message":"x"}') == Refusal(-230, "x")
    assert read(200, b'{"error":0,"message":"Success"}') == {}
    assert read(200, b'{"error":"0","data":{"message_id":"1"}}') == {"message_id": "1"}
    for body in (b"", b"[]", b"{}", b'{"error":null}', b'{"error":true}', b"[" * 100_000):
        answer = read(200, body)
        assert isinstance(answer, Refusal)
        assert (answer.code, answer.uncertain) == (0, True)


async def test_what_zalo_quotes_of_a_message_is_not_passed_on(fake: FakeZaloOA, channel: ZaloOA) -> None:
    fake.refuse(LAN, -201, 'Params is invalid: "tên tôi là Lan"')
    assert str(await refused(channel)) == "Zalo OA: Params is invalid: … (-201)"


async def test_administrators_are_told_once_a_day_what_only_they_can_mend(
    fake: FakeZaloOA, channel: ZaloOA, told: Told
) -> None:
    fake.refuse(LAN, -224, "Tier is too low")
    for _ in range(3):
        await refused(channel)
    await channel.close()
    [(once, said)] = told.by_occasion.items()
    assert once == "zalo-oa tier 2026-11-23"
    assert "Tier is too low (-224)" in said


async def test_a_message_without_words_is_permanent(channel: ZaloOA) -> None:
    assert verdict(await refused(channel, said="  \n")) == (False, None, "conversation", False, False)


async def test_nobody_listens(fake: FakeZaloOA, channel: ZaloOA) -> None:
    await channel.send(person(LAN), text("chào"), "outbox:1")
    await fake.stop()
    assert verdict(await refused(channel)) == LATER


async def test_no_answer_in_time(fake: FakeZaloOA) -> None:
    until = asyncio.Event()
    async with connected(fake, answer_seconds=0.5) as channel:
        await channel.send(person(LAN), text("chào"), "outbox:1")
        fake.fail(Fault("hold", until=until))
        assert (await refused(channel)).uncertain
        until.set()


# Windows


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (-1, "free"),
        (0, "free"),
        (47.9, "free"),
        (48, "paid"),
        (167.9, "paid"),
        (168, "closed"),
        (9999, "closed"),
    ],
)
def test_the_window(hours: float, expected: str) -> None:
    last = NOW - timedelta(hours=hours)
    assert window(last, NOW) == expected
    assert may_send(last, NOW, accept_price=False) is (expected == "free")
    assert may_send(last, NOW, accept_price=True) is (expected != "closed")


def test_of_somebody_unknown_only_the_platform_can_tell() -> None:
    assert may_send(None, NOW, accept_price=False)


async def test_outside_the_window_nothing_is_sent_and_nobody_unsubscribed(fake: FakeZaloOA) -> None:
    async def closed(conversation: str) -> bool:
        return False

    async with connected(fake, may_write=closed) as channel:
        assert verdict(await refused(channel)) == (False, None, "conversation", False, True)
        await channel.send(person(f"group/{GROUP}"), text("nhóm"), "outbox:1")  # groups have no window
    assert [sent.to for sent in fake.sent] == [f"group/{GROUP}"]


async def test_the_platform_keeps_the_window_too(fake: FakeZaloOA, channel: ZaloOA, told: Told) -> None:
    fake.seconds_silent[LAN] = 7 * 86400
    assert (await refused(channel)).closed
    fake.seconds_silent[LAN] = 3 * 86400
    fake.quota_used_up = True
    assert (await refused(channel)).closed
    fake.seconds_silent[LAN] = 0
    await channel.send(person(LAN), text("trong 48 giờ"), "outbox:1")  # nothing waits for the quota
    await channel.close()
    assert list(told.by_occasion) == ["zalo-oa quota 2026-11-23"]


# Start


async def test_start_learns_who_we_are(fake: FakeZaloOA, channel: ZaloOA) -> None:
    await channel.start()
    event = fake.event("user_send_group_text", LAN, {"text": f"@{fake.name} nghị quyết 57"})
    inbound = channel.decode(event | {"recipient": {"id": GROUP}})
    assert inbound is not None
    assert (inbound.addressed, inbound.text) == (True, "nghị quyết 57")
    assert fake.name in await channel.describe()


@pytest.mark.parametrize("missing", ["app_secret", "secret_key", "public_url"])
async def test_what_is_missing_is_named(fake: FakeZaloOA, missing: str) -> None:
    async with connected(fake, **{missing: ""}) as channel:
        with pytest.raises(ChannelOff, match=r"needs (PUBLIC_URL|ZALO_OA_\w+): see docs"):
            await channel.start()


async def test_a_tier_that_does_not_tell_our_name_is_no_reason_to_be_silent(
    fake: FakeZaloOA, channel: ZaloOA
) -> None:
    fake.fail(Fault("error", code=-224, message="tier"), call="/v2.0/oa/getoa")
    await channel.start()
    fake.fail(Fault("page", status=502), call="/v2.0/oa/getoa")
    with pytest.raises(SendError):
        await channel.start()


# Secrets

FAULTS = [
    *(
        Fault("drop_before"),
        Fault("drop_after"),
        Fault("page", status=502),
        Fault("nonsense"),
        Fault("strange"),
    ),
    *(Fault("error", code=code, message=f"code {code}") for code in RULINGS if code not in (-216, -220)),
]


async def test_secrets_and_texts_stay_out_of_logs_errors_and_representations(
    fake: FakeZaloOA, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    memory, private = Remembered(), "câu hỏi riêng"
    async with connected(fake, memory=memory, notices=told, refresh_token=fake.issue()[1]) as channel:
        seen = [repr(channel), repr(channel._tokens), repr(channel.consent)]
        for fault in FAULTS:
            fake.fail(fault)
            with pytest.raises(SendError) as caught:
                await channel.send(person(LAN), text(private), "outbox:1")
            seen += [str(caught.value), *traceback.format_exception(caught.value)]
        quoting = f"bad {fake.app_secret} or {memory.kept['tokens']['refresh']}"
        for fault in (*FAULTS[:5], Fault("error", code=-14001, message=quoting)):
            fake.expire_access()
            fake.fail(fault, call="oauth")
            seen.append(str(await refused(channel)))
        await fake.stop()
        seen.append(str(await refused(channel)))
        seen += [repr(channel._tokens._kept), *told.by_occasion.values()]
    kept = memory.kept["tokens"]
    secrets = {fake.app_secret, fake.secret_key, kept["refresh"], KEY.decode(), private}
    secrets |= set(fake.refreshes)
    everything = "\n".join([*seen, caplog.text])
    assert Path(__file__).name in everything  # there were tracebacks to look at
    for secret in secrets:
        assert secret not in everything, secret
