"""Health: ready is who can store what comes in; metrics are for this machine and tell no words."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import inbox
from bot.connection import Status
from bot.inbox import Inbox
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.disk import full_disk
from tests.fakes.network import FakeNetwork, typed
from tests.fakes.time import MovedClock
from web.health import PROBE_LASTS, add_health

Client = TestClient[web.Request, web.Application]
STATUSES = {"web": Status("on"), "net": Status("off", "the token is wrong")}


@pytest.fixture
async def client(db: SqliteDatabase, clock: MovedClock) -> AsyncIterator[Client]:
    app = web.Application()
    add_health(app, db, clock, lambda: STATUSES, lambda: 60)
    async with TestClient(TestServer(app)) as client:
        yield client


async def got(client: Client, path: str, **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with client.get(path, headers=named) as response:
        return response.status, await response.text()


async def test_the_process_lives(client: Client, db: SqliteDatabase) -> None:
    with full_disk():
        assert (await got(client, "/healthz"))[0] == 200


async def test_ready_says_how_database_and_channels_are(client: Client) -> None:
    async with client.get("/readyz") as response:
        assert response.status == 200
        assert await response.json() == {
            "ready": True,
            "database": "ok",
            "channels": {"web": {"state": "on"}, "net": {"state": "off", "reason": "the token is wrong"}},
        }


async def test_it_is_not_ready_when_nothing_can_be_written(client: Client, clock: MovedClock) -> None:
    with full_disk():
        status, text = await got(client, "/readyz")
        assert status == 503
        assert "disk" in text
    assert (await got(client, "/readyz"))[0] == 503, "asked again at once, it does not touch the disk"
    clock.move(seconds=PROBE_LASTS)
    assert (await got(client, "/readyz"))[0] == 200
    clock.move(hours=-5)
    with full_disk():
        assert (await got(client, "/readyz"))[0] == 503, "a clock that was set back keeps no old answer"


async def test_a_closed_database_is_not_ready(client: Client, db: SqliteDatabase) -> None:
    await db.close()
    assert (await got(client, "/readyz"))[0] == 503


async def test_metrics_count_and_tell_no_words(
    client: Client, db: SqliteDatabase, seal: Seal, clock: MovedClock
) -> None:
    box = Inbox(db, seal, clock, lambda: None)
    await box.add(
        FakeNetwork("net"), [typed("u1", "conversation-4711", "secret words"), typed("u2", "c2", "y")]
    )
    await db.run(inbox.park, 1, "KeyError, code 123456", "now")
    status, text = await got(client, "/metrics")
    assert status == 200
    for line in (
        'hoidap_rows{state="waiting",table="inbox"} 1.0',
        'hoidap_rows{state="parked",table="inbox"} 1.0',
        'hoidap_rows{state="doubtful",table="outbox"} 0.0',
        'hoidap_rows{state="open",table="inquiry_groups"} 0.0',
        'hoidap_channel_on{channel="web"} 1.0',
        'hoidap_channel_on{channel="net"} 0.0',
        "hoidap_entries 60.0",
    ):
        assert line in text.splitlines()
    for private in ("4711", "secret", "KeyError", "token", "u1"):
        assert private not in text


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "X_Real_IP", "Via"])
async def test_metrics_are_not_for_those_who_come_through_a_proxy(client: Client, header: str) -> None:
    assert (await got(client, "/metrics", **{header: "203.0.113.9"}))[0] == 403


async def test_metrics_without_a_database_are_no_traceback(client: Client, db: SqliteDatabase) -> None:
    await db.close()
    assert (await got(client, "/metrics"))[0] == 503
