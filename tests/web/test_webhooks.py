"""Webhooks: verified, stored, and only then acknowledged."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.inbox import Inbox
from bot.sealing import Seal
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.disk import full_disk
from tests.fakes.network import FakeNetwork, typed
from tests.fakes.time import MovedClock
from web.webhooks import LARGEST, add_webhooks

Client = TestClient[web.Request, web.Application]
RIGHT = {"X-Secret": "right"}
UPDATE = json.dumps(typed("u1", "c1", "Nghị quyết 57?"))


@pytest.fixture
async def client(db: SqliteDatabase, seal: Seal, clock: MovedClock) -> AsyncIterator[Client]:
    app = web.Application()
    add_webhooks(app, {"net": FakeNetwork("net")}, Inbox(db, seal, clock, lambda: None))
    async with TestClient(TestServer(app)) as client:
        yield client


async def posted(
    client: Client, data: object = UPDATE, headers: dict[str, str] = RIGHT, path: str = "/webhook/net"
) -> int:
    async with client.post(path, data=data, headers=headers) as response:
        return response.status


async def stored(db: SqliteDatabase) -> list[Row]:
    return await db.read(lambda tx: tx.rows("SELECT channel, external_id FROM inbox"))


async def test_an_update_is_stored_when_it_is_acknowledged(client: Client, db: SqliteDatabase) -> None:
    assert await posted(client) == 200
    assert await stored(db) == [{"channel": "net", "external_id": "u1"}]
    assert await posted(client) == 200
    assert len(await stored(db)) == 1


@pytest.mark.parametrize("headers", [{}, {"X-Secret": "wrong"}, {"X-Secret": ""}])
async def test_a_wrong_secret(client: Client, db: SqliteDatabase, headers: dict[str, str]) -> None:
    assert await posted(client, headers=headers) == 403
    assert await posted(client, "no JSON", headers=headers) == 403
    assert await stored(db) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"\x80abc", b'"text"', b"[]", b"null", b"7", b"[" * 100_000, b'{"a":' * 100_000],
    ids=lambda body: repr(body[:9]),
)
async def test_what_is_no_update(client: Client, db: SqliteDatabase, body: bytes) -> None:
    assert await posted(client, body) == 400
    assert await stored(db) == []


async def test_an_object_without_the_usual_fields_is_stored_for_staff(
    client: Client, db: SqliteDatabase
) -> None:
    assert await posted(client, b"{}") == 200
    assert len(await stored(db)) == 1


async def in_chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 50_000):
        yield b" " * 50_000


async def test_five_megabytes_are_refused_with_and_without_a_length(
    client: Client, db: SqliteDatabase
) -> None:
    assert await posted(client, io.BytesIO(b" " * 5_000_000)) == 413
    assert await posted(client, in_chunks(5_000_000)) == 413
    assert await stored(db) == []
    assert await posted(client) == 200


async def test_the_largest_update_is_taken(client: Client, db: SqliteDatabase) -> None:
    room = LARGEST - len(UPDATE.encode())
    assert await posted(client, io.BytesIO((UPDATE + " " * room).encode())) == 200
    assert await posted(client, io.BytesIO((UPDATE + " " * (room + 1)).encode())) == 413


async def test_what_cannot_be_stored_is_not_acknowledged(client: Client, db: SqliteDatabase) -> None:
    with full_disk():
        async with client.post("/webhook/net", data=UPDATE, headers=RIGHT) as response:
            assert response.status == 503
            assert int(response.headers["Retry-After"]) > 0
            assert "disk" not in await response.text()
    assert await stored(db) == []
    assert await posted(client) == 200
    assert len(await stored(db)) == 1


async def test_an_unknown_channel_and_another_method(client: Client) -> None:
    assert await posted(client, path="/webhook/other") == 404
    assert await posted(client, path="/webhook/") == 404
    async with client.get("/webhook/net", headers=RIGHT) as response:
        assert response.status == 405
