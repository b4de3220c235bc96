"""`/so-tay/<ticket>`: a booklet for a day, made from what is published now, and nothing for anybody without a ticket."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.model import Tx
from bot.sealing import Seal, Tickets
from bot.storage.sqlite import SqliteDatabase
from handlers.report_orders import Order as ReportOrder
from knowledge import entries
from knowledge.booklet import FOLDER, Order
from knowledge.booklet_pages import Imprint
from knowledge.entries import EntryDraft
from tests.fakes.time import MovedClock
from web.booklets import Booklets, add_booklets

Client = TestClient[web.Request, web.Application]
DAY = timedelta(hours=24)
EVIL = "<img src=x onerror=alert(1)> Nghị quyết 57-NQ/TW & “mục tiêu” là gì?"


@pytest.fixture
def tickets(seal: Seal) -> Tickets:
    return Tickets(seal)


@pytest.fixture
def booklets(db: SqliteDatabase, tickets: Tickets, clock: MovedClock) -> Booklets:
    imprint = Imprint("Ban Tuyên giáo <b>", "Đà Lạt", date(2026, 11, 22))
    return Booklets(db, tickets, clock, lambda: imprint)


@pytest.fixture
async def client(booklets: Booklets) -> AsyncIterator[Client]:
    app = web.Application()
    add_booklets(app, booklets)
    async with TestClient(TestServer(app)) as client:
        yield client


def fill(tx: Tx, count: int = 3) -> None:
    drafts = [
        EntryDraft(f"e{at}", f"{at}. {EVIL}", "Câu trả lời ngắn. " * 12, topic="Y tế" if at % 2 else "")
        for at in range(count)
    ]
    now = MovedClock().now()
    entries.save_all(tx, [replace(draft, source="Cổng", status="published") for draft in drafts], now)


def ticket(tickets: Tickets, clock: MovedClock, order: Order | None = None) -> str:
    return tickets.issue(FOLDER, (order or Order()).as_text(), clock.now() + DAY)


async def test_a_ticket_is_worth_both_files_for_a_day(
    client: Client, db: SqliteDatabase, tickets: Tickets, clock: MovedClock
) -> None:
    await db.run(fill)
    name = ticket(tickets, clock)
    async with client.get(f"/so-tay/{name}.docx") as response:
        assert response.status == 200
        assert (await response.read()).startswith(b"PK")
        assert response.headers["Content-Disposition"] == 'attachment; filename="so-tay.docx"'
    async with client.get(f"/so-tay/{name}.html") as response:
        page = await response.text()
        assert response.content_type == "text/html"
        assert response.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "&lt;img src=x" in page
    assert "<img" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)|@import|url\(", page)  # whole by itself
    clock.move(hours=24, seconds=1)
    async with client.get(f"/so-tay/{name}.docx") as response:
        assert response.status == 404
        assert "hết hạn" in await response.text()


async def test_what_is_no_ticket_gets_nothing(
    client: Client, db: SqliteDatabase, tickets: Tickets, clock: MovedClock
) -> None:
    await db.run(fill)
    name = ticket(tickets, clock)
    report = tickets.issue(
        "bao-cao", ReportOrder(date(2026, 1, 1), date(2026, 2, 1)).as_text(), clock.now() + DAY
    )
    for path in (
        f"{report}.docx",
        f"{name}.pdf",
        f"{name[:-4]}AAAA.html",
        "x.docx",
        ".html",
        name,
        f"{name}.docx/x",
    ):
        async with client.get(f"/so-tay/{path}") as response:
            assert response.status == 404


async def test_while_the_storage_fails_nobody_is_told_that_it_has_ended(
    client: Client, db: SqliteDatabase, tickets: Tickets, clock: MovedClock
) -> None:
    await db.close()
    async with client.get(f"/so-tay/{ticket(tickets, clock)}.docx") as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")


async def test_it_says_what_is_published_now(
    client: Client, db: SqliteDatabase, tickets: Tickets, clock: MovedClock
) -> None:
    await db.run(fill)
    name = ticket(tickets, clock)
    async with client.get(f"/so-tay/{name}.html") as response:
        assert "2. &lt;img" in await response.text()
    [*_, last] = await db.read(entries.all_entries)
    await db.run(entries.set_status, last.key, "archived", clock.now())
    async with client.get(f"/so-tay/{name}.html") as response:
        assert "2. &lt;img" not in await response.text()
    for entry in await db.read(entries.all_entries):
        await db.run(entries.set_status, entry.key, "archived", clock.now())
    async with client.get(f"/so-tay/{name}.html") as response:
        assert response.status == 404


async def test_a_thousand_questions_take_seconds_and_are_made_once(
    booklets: Booklets, db: SqliteDatabase, tickets: Tickets, clock: MovedClock
) -> None:
    await db.run(fill, 1000)
    name = f"{ticket(tickets, clock)}.docx"
    made = await booklets.file(name)
    assert len(made.content) > 50_000
    assert await booklets.file(name) is made
