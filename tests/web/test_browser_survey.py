"""A poll in a real browser on a small phone, with and without script, and its result on the screen and on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.storage.sqlite import SqliteDatabase
from surveys.ballots import Ballots
from tests.fakes.time import MovedClock
from tests.surveys.setup import counters
from tests.web.survey_site import CODE, answered, closed, open_poll, open_surveys

pytestmark = pytest.mark.asyncio(loop_scope="session")
TOO_SMALL = """[...document.querySelectorAll("a, button, summary, label")].filter((each) => each.checkVisibility())
    .map((each) => [each.textContent, each.getBoundingClientRect().height]).filter(([, height]) => height < 40)"""


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path, box: Ballots) -> AsyncIterator[tuple[TestServer, SqliteDatabase, Ballots]]:
    db, clock = SqliteDatabase.open(tmp_path / "polls.db"), MovedClock()
    await db.run(open_poll, box, clock)
    async with open_surveys(db, box, clock) as server:
        yield server, db, box
    await db.close()


def address(server: TestServer) -> str:
    return str(server.make_url(f"/r/{CODE}"))


async def answer(page: Page, server: TestServer) -> None:
    await page.goto(address(server))
    assert await page.evaluate(TOO_SMALL) == []
    await page.get_by_role("button", name="Tôi tham gia", exact=True).click()
    assert await page.get_by_role("radio", checked=True).count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert await page.evaluate(TOO_SMALL) == []
    await page.get_by_label("Loa phường").check()
    for choice in ("Lớp học", "Máy tính", "Mạng"):
        await page.get_by_label(choice, exact=True).check()
    await page.get_by_role("textbox").fill("Mong có <i>lớp</i>\nbuổi tối")
    await page.get_by_role("button", name="Xem lại trước khi gửi").click()
    await expect(page.get_by_text("chỉ nhận tối đa 2 ý")).to_be_visible()
    await page.get_by_label("Mạng", exact=True).uncheck()
    await page.get_by_role("button", name="Xem lại trước khi gửi").click()
    await expect(page.get_by_text("Lớp học; Máy tính")).to_be_visible()
    await page.get_by_role("button", name="Sửa câu trả lời").click()
    await expect(page.get_by_role("textbox")).to_have_value("Mong có <i>lớp</i>\nbuổi tối")
    await page.get_by_role("button", name="Xem lại trước khi gửi").click()
    await page.get_by_role("button", name="Gửi", exact=True).click()
    await expect(page.get_by_role("heading", name="Phiếu đã gửi")).to_be_visible()


async def test_it_is_answered_on_a_small_phone(
    page: Page, site: tuple[TestServer, SqliteDatabase, Ballots]
) -> None:
    server, db, box = site
    await answer(page, server)
    [cookie] = await page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    await db.run(lambda tx: box.count(tx, 1, least=1))
    assert (await db.read(counters, 1))["web", 3, 2, 0, 0] == 1
    await page.goto(address(server))
    await expect(page.get_by_role("heading", name="Bạn đã trả lời rồi")).to_be_visible()


async def test_it_is_answered_without_script(
    browser: Browser, site: tuple[TestServer, SqliteDatabase, Ballots]
) -> None:
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    async with context:
        page = await context.new_page()
        await answer(page, site[0])


async def test_the_script_says_how_much_room_is_left(
    page: Page, site: tuple[TestServer, SqliteDatabase, Ballots]
) -> None:
    await page.goto(address(site[0]))
    await page.get_by_role("button", name="Tôi tham gia", exact=True).click()
    await page.get_by_role("textbox").fill("bốn chữ")
    await expect(page.get_by_text("Còn 493 chữ cái")).to_be_visible()


async def test_a_result_fits_a_small_phone_and_paper(
    page: Page, site: tuple[TestServer, SqliteDatabase, Ballots]
) -> None:
    server, db, box = site
    await db.run(answered, box, MovedClock(), 1)
    await db.run(closed, box, MovedClock(), 1)
    await page.goto(address(server))
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert await page.evaluate(TOO_SMALL) == []
    crossed = page.get_by_role("heading", name="Dưới 30").first
    await expect(crossed).to_be_hidden()
    await page.get_by_text("Xem theo: Bạn bao nhiêu tuổi?").first.click()
    await expect(crossed).to_be_visible()
    await page.emulate_media(media="print")
    assert len(await page.pdf(prefer_css_page_size=True)) > 10_000
