"""`/ban-in/<code>`: a digest as a sheet to print, for whoever has its code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.audience import units
from bot.audience.units import Unit
from bot.files import qr
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge.booklet_pages import Imprint
from scheduler import notices
from scheduler.digests import Digest
from tests.fakes.time import START, MovedClock
from tests.scheduler.issues import NQ57, digest, put
from web.notices import Notices, add_notices

Client = TestClient[web.Request, web.Application]
URL = "https://hoidap.example.vn"
HOME = Imprint("Ban Tuyên giáo <b>", "Bình Minh", date(2026, 11, 23))


@pytest.fixture
async def client(db: SqliteDatabase, clock: MovedClock) -> AsyncIterator[Client]:
    app = web.Application()
    add_notices(app, Notices(db, clock, ZoneInfo("Asia/Ho_Chi_Minh"), lambda: HOME, URL))
    async with TestClient(TestServer(app)) as client:
        yield client


def fill(tx: Tx, of: Digest | None = None) -> str:
    put(tx, of or digest(replace(NQ57, title="<img src=x> & “mục tiêu”")))
    key = units.add(tx, Unit(0, "Phường Bình Minh", "phường"), START)
    return units.slug_of(tx, key) or ""


async def test_both_forms_with_the_code_of_the_unit(client: Client, db: SqliteDatabase) -> None:
    slug = await db.run(fill)
    page = notices.reference(digest(), slug, "html")
    async with client.get(f"/{page}") as response:
        said = await response.text()
        assert response.status == 200
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "&lt;img src=x&gt; &amp; “mục tiêu”" in said
    assert "<img" not in said
    assert f"{URL}/d/abcd2345?u={slug}" in said
    assert qr.svg(f"{URL}/d/abcd2345?u={slug}") in said
    async with client.get(f"/{notices.reference(digest(), slug, 'docx')}") as response:
        assert (await response.read()).startswith(b"PK")
        assert response.headers["Content-Disposition"] == 'attachment; filename="ban-tin-abcd2345.docx"'


async def test_a_unit_that_nobody_knows_is_left_out(client: Client, db: SqliteDatabase) -> None:
    await db.run(fill)
    async with client.get("/ban-in/abcd2345-nobody.html") as response:
        assert f"{URL}/d/abcd2345</span>" in await response.text()


@pytest.mark.parametrize(
    "name", ["zzzz2345.docx", "abcd2345.exe", "abcd2345", "-.html", "abcd2345-" + "a" * 3_000 + ".pdf"]
)
async def test_there_is_nothing_else(client: Client, db: SqliteDatabase, name: str) -> None:
    await db.run(fill)
    async with client.get(f"/ban-in/{name}") as response:
        assert response.status == 404


async def test_what_has_not_gone_out_is_for_nobody(client: Client, db: SqliteDatabase) -> None:
    await db.run(fill, replace(digest(), state="draft", started_at=None))
    async with client.get("/ban-in/abcd2345.html") as response:
        assert response.status == 404
        assert "bản tin không còn nữa" in await response.text()
