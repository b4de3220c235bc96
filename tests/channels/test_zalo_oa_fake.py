"""The fake refuses what Zalo would refuse: else a test against it would prove nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fakes.zalo_oa import GROUP, LAN, FakeZaloOA

JSON = dict[str, Any]


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloOA]:
    async with FakeZaloOA() as server:
        yield server


async def call(fake: FakeZaloOA, path: str, body: JSON, token: str) -> JSON:
    assert fake._session
    headers = {"access_token": token}
    async with fake._session.post(f"{fake.url}{path}", json=body, headers=headers) as answer:
        assert answer.status == 200, "errors come at HTTP 200"
        told: JSON = await answer.json()
        return told


async def send(fake: FakeZaloOA, message: JSON, token: str = "") -> Any:
    body = {"recipient": {"user_id": LAN}, "message": message}
    return (await call(fake, "/v3.0/oa/message/cs", body, token or fake.issue()[0]))["error"]


def with_buttons(*buttons: JSON) -> JSON:
    return {"text": "a", "attachment": {"type": "template", "payload": {"buttons": list(buttons)}}}


def button(title: str = "b", payload: Any = "#c", kind: str = "oa.query.hide") -> JSON:
    return {"title": title, "type": kind, "payload": payload}


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"text": "a" * 2000}, 0),
        ({"text": "a" * 2001}, -210),
        ({"text": " "}, -201),
        ({}, -201),
        (with_buttons(*[button()] * 5), 0),
        (with_buttons(*[button()] * 6), -210),
        (with_buttons(button("b" * 100, "#" * 1000)), 0),
        (with_buttons(button("b" * 101)), -210),
        (with_buttons(button(payload="#" * 1001)), -210),
        (with_buttons(button(payload={"url": "https://a.vn"}, kind="oa.open.url")), 0),
        (with_buttons(button(payload="https://a.vn", kind="oa.open.url")), -201),
        ({"text": "a", "attachment": {"type": "template", "payload": {"template_type": "list"}}}, -233),
    ],
)
async def test_limits_of_a_message(fake: FakeZaloOA, message: JSON, error: int) -> None:
    assert await send(fake, message) == error
    assert len(fake.sent) == (error == 0)


async def test_windows_and_quota(fake: FakeZaloOA) -> None:
    token = fake.issue()[0]
    for seconds, error, quota in ((0, 0, "reply"), (48 * 3600, 0, "purchase_quota"), (7 * 86400, -230, None)):
        fake.seconds_silent[LAN] = seconds
        assert await send(fake, {"text": "a"}, token) == error
        assert quota is None or fake.sent[-1].quota == quota
    fake.seconds_silent[LAN], fake.quota_used_up = 48 * 3600, True
    assert await send(fake, {"text": "a"}, token) == -211


async def test_wrong_tokens_and_groups(fake: FakeZaloOA) -> None:
    assert await send(fake, {"text": "a"}, "made-up") == -216
    body = {"recipient": {"group_id": GROUP}, "message": {"text": "a"}}
    told = await call(fake, "/v3.0/oa/group/message", body, fake.issue()[0])
    assert (told["error"], told["data"]["group_id"], fake.sent[0].to) == (0, GROUP, f"group/{GROUP}")


async def test_refresh_tokens_work_once_and_kill_what_was_before(fake: FakeZaloOA) -> None:
    access, refresh = fake.issue()

    async def renew(**other: str) -> JSON:
        assert fake._session
        form = {"refresh_token": refresh, "app_id": fake.app_id, "grant_type": "refresh_token"}
        secret = other.pop("secret_key", fake.app_secret)
        address, headers = f"{fake.url}/v4/oa/access_token", {"secret_key": secret}
        async with fake._session.post(address, data=form | other, headers=headers) as answer:
            assert answer.status == 200
            told: JSON = await answer.json()
            return told

    assert (await renew(secret_key="wrong"))["error"] == -14004
    assert (await renew(app_id="5"))["error"] == -14004
    renewed = await renew()
    assert renewed["expires_in"] == "90000"
    assert (await renew())["error"] == -14020
    assert "error_description" in await renew()
    assert await send(fake, {"text": "a"}, access) == -216
    assert await send(fake, {"text": "a"}, renewed["access_token"]) == 0
