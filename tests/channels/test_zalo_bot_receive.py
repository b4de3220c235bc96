"""Long polling and webhooks against the fake: polling loses as little as it can, the webhook loses nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.zalo_bot import ZaloBot
from bot.errors import ChannelOff, SendError, StorageError
from bot.inbox import Inbox
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from tests.channels.zalo_bot_setup import SECRET, Stored, connected
from tests.fakes.time import MovedClock
from tests.fakes.zalo_bot import GROUP, LAN, MINH, FakeZaloBot, Fault
from web.webhooks import add_webhooks

HEADER = "X-Bot-Api-Secret-Token"


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as server:
        yield server


@pytest.fixture
async def zalo(fake: FakeZaloBot) -> AsyncIterator[ZaloBot]:
    async with connected(fake) as channel:
        await channel.start()
        yield channel


# Polling


async def test_a_poll_brings_one_update(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    first, second = fake.text(LAN, "một"), fake.text(MINH, "hai")
    stored = Stored()
    await zalo.poll(stored)
    assert stored.updates == [first]
    await zalo.poll(stored)
    assert stored.updates == [first, second]


@pytest.mark.parametrize("http", [200, 408])
async def test_nothing_to_fetch_is_no_failure(fake: FakeZaloBot, zalo: ZaloBot, http: int) -> None:
    fake.idle_status = http
    stored = Stored()
    for _ in range(3):
        await zalo.poll(stored)
    assert (stored.updates, fake.count("getUpdates")) == ([], 3)


async def test_idle_answers_without_waiting_do_not_go_round_at_full_speed(fake: FakeZaloBot) -> None:
    fake.fail(*[Fault("status", 408)] * 3, method="getUpdates")
    begun = asyncio.get_running_loop().time()
    async with connected(fake, poll_seconds=25) as channel:
        await channel.poll(Stored())
    assert 0.4 < asyncio.get_running_loop().time() - begun < 5


async def test_what_zalo_gave_away_is_kept_until_the_disk_takes_it(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    first = fake.text(LAN, "một")
    stored = Stored()
    stored.full = True
    for _ in range(3):
        with pytest.raises(StorageError, match="disk full"):
            await zalo.poll(stored)
    second = fake.text(LAN, "hai")
    stored.full = False
    await zalo.poll(stored)
    assert stored.updates == [first]
    await zalo.poll(stored)
    assert (stored.updates, fake.count("getUpdates")) == ([first, second], 2)


async def test_a_poll_waits_for_the_next_update(fake: FakeZaloBot) -> None:
    stored = Stored()
    async with connected(fake, poll_seconds=30) as channel:
        polling = asyncio.create_task(channel.poll(stored))
        await fake.until(lambda: fake.count("getUpdates") == 1)
        fake.text(LAN, "chào")
        await asyncio.wait_for(polling, 5)
    assert stored.texts == ["chào"]
    assert fake.calls[0] == ("getUpdates", {"timeout": "30"})


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop_before"),
        Fault("status", 500),
        Fault("http", 504),
        Fault("status", 403),
        Fault("page", 502),
        Fault("nonsense"),
        Fault("status", 400),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status}",
)
async def test_a_poll_that_fails_is_tried_again(fake: FakeZaloBot, zalo: ZaloBot, fault: Fault) -> None:
    fake.text(LAN, "chào")
    fake.fail(fault, method="getUpdates")
    stored = Stored()
    with pytest.raises(SendError) as caught:
        await zalo.poll(stored)
    assert (caught.value.retryable, caught.value.retry_after) == (True, None)
    await zalo.poll(stored)
    assert stored.texts == ["chào"]


async def test_a_poll_that_is_too_much_waits_a_minute(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    fake.fail(Fault("status", 429), method="getUpdates")
    with pytest.raises(SendError) as caught:
        await zalo.poll(Stored())
    assert caught.value.retry_after == 60


@pytest.mark.parametrize("fault", [Fault("strange"), Fault("nothing")])
async def test_an_answer_without_an_update_is_idle(fake: FakeZaloBot, zalo: ZaloBot, fault: Fault) -> None:
    fake.text(LAN, "chào")
    fake.fail(fault, method="getUpdates")
    stored = Stored()
    await zalo.poll(stored)
    assert stored.updates == []


async def test_an_update_in_flight_is_lost_by_polling_as_the_operator_is_told(
    fake: FakeZaloBot, zalo: ZaloBot
) -> None:
    fake.text(LAN, "chào")
    fake.fail(Fault("drop_after"), method="getUpdates")
    stored = Stored()
    with pytest.raises(SendError):
        await zalo.poll(stored)
    await zalo.poll(stored)
    assert (stored.updates, len(fake.given)) == ([], 1)


async def test_a_token_that_is_reset_turns_polling_off(fake: FakeZaloBot, zalo: ZaloBot) -> None:
    fake.fail(Fault("status", 401), method="getUpdates")
    with pytest.raises(ChannelOff):
        await zalo.poll(Stored())


# Webhook


@pytest.mark.parametrize(
    ("headers", "genuine"),
    [
        ({HEADER: SECRET}, True),
        ({HEADER.lower(): SECRET}, True),
        ({HEADER: SECRET + "x"}, False),
        ({HEADER: "bí mật"}, False),
        ({HEADER: "\udcff"}, False),
        ({HEADER: ""}, False),
        ({}, False),
    ],
)
def test_a_webhook_is_known_by_its_secret(zalo: ZaloBot, headers: dict[str, str], genuine: bool) -> None:
    assert zalo.verify(headers, b"{}") is genuine


async def test_without_a_secret_nothing_is_genuine(fake: FakeZaloBot) -> None:
    async with connected(fake, secret="") as channel:
        assert not channel.verify({HEADER: ""}, b"{}")
        assert not channel.is_probe({HEADER: ""}, b"")


@asynccontextmanager
async def served(channel: ZaloBot, folder: Path) -> AsyncIterator[tuple[str, SqliteDatabase]]:
    """The real webhook with a real inbox: its address, and the database."""
    db = SqliteDatabase.open(folder / "hoidap.db")
    inbox = Inbox(db, Seal(b"k" * 32), MovedClock(), lambda: None)
    app = web.Application()
    add_webhooks(app, {channel.name: channel}, inbox)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site.port}", db
    finally:
        await runner.cleanup()
        await db.close()


async def names(db: SqliteDatabase) -> list[str]:
    return [
        row["external_id"] for row in await db.read(lambda tx: tx.rows("SELECT * FROM inbox ORDER BY id"))
    ]


BODY = json.dumps(
    {"event_name": "message.text.received", "message": {"chat": {"id": LAN}, "message_id": "m1"}}
)


@pytest.mark.parametrize(
    ("headers", "body", "status", "kept"),
    [
        ({HEADER: SECRET}, BODY, 200, ["m1"]),
        ({HEADER: SECRET}, f'{{"ok":true,"result":{BODY}}}', 200, ["m1"]),
        ({}, "", 200, []),
        ({}, "{}", 200, []),
        ({HEADER: SECRET}, "", 200, []),
        ({HEADER: "wrong"}, "", 403, []),
        ({HEADER: "wrong"}, BODY, 403, []),
        ({}, BODY, 403, []),
        ({}, "nonsense", 403, []),
        ({HEADER: SECRET}, "nonsense", 400, []),
        ({HEADER: SECRET}, "[1]", 400, []),
        ({HEADER: SECRET}, " " * (5 * 1024 * 1024), 413, []),
    ],
)
async def test_what_the_webhook_takes(
    zalo: ZaloBot, tmp_path: Path, headers: dict[str, str], body: str, status: int, kept: list[str]
) -> None:
    async with served(zalo, tmp_path) as (url, db), aiohttp.ClientSession() as session:
        async with session.post(
            f"{url}/webhook/zalo-bot", data=BytesIO(body.encode()), headers=headers
        ) as answer:
            assert answer.status == status
        assert await names(db) == kept


async def test_wrapped_flat_repeated_and_reordered_each_message_is_stored_once(tmp_path: Path) -> None:
    async with FakeZaloBot(http_webhooks=True) as fake, connected(fake) as receiver:
        fake.retry_after = 0
        async with (
            served(receiver, tmp_path) as (url, db),
            connected(fake, public_url=url) as channel,
        ):
            early = fake.text(LAN, "trước")
            await channel.start()
            assert fake.probes == [200]
            fake.hold_back()
            sent = [early, *(fake.text(LAN, f"câu {number}") for number in range(5))]
            sent.append(fake.group_text(GROUP, "@Bot Hỏi Đáp 57"))
            fake.release(reverse=True)
            for wrapped in (True, False, None):
                fake.wrapped = wrapped
                for update in sent:
                    fake.repeat(update)
            await fake.until(lambda: len(fake.given) == 4 * len(sent))
            stored = await names(db)
    assert sorted(stored) == sorted(update["message"]["message_id"] for update in sent)


async def test_nothing_is_acknowledged_that_was_not_stored(tmp_path: Path) -> None:
    class Full:
        tries = 0

        async def add(self, channel: Any, raws: Any) -> int:
            self.tries += 1
            if self.tries < 3:
                raise StorageError("disk full")
            return 1

    inbox = Full()
    async with FakeZaloBot(http_webhooks=True) as fake, connected(fake) as receiver:
        fake.retry_after = 0
        app = web.Application()
        add_webhooks(app, {receiver.name: receiver}, inbox)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with connected(fake, public_url=f"http://127.0.0.1:{site.port}") as channel:
            await channel.start()
            fake.text(LAN, "một")
            await fake.until(lambda: len(fake.given) == 1)
        await runner.cleanup()
    assert inbox.tries == 3
