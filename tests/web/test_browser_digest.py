"""The page of a digest in a real browser on a small phone: read, unfolded, copied, printed, and counted once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.audience import units
from bot.storage.sqlite import SqliteDatabase
from scheduler import kits
from scheduler.forwarding import day_of, kit_text
from tests.fakes.time import MovedClock
from tests.web.digest_site import CODE, ORGANISATION, QUESTION, VIETNAM, counted, open_digests, write

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[tuple[TestServer, SqliteDatabase, str]]:
    """The server, its database, and the slug of the unit that passed the link on."""
    db, clock = SqliteDatabase.open(tmp_path / "digest.db"), MovedClock()
    await db.run(write, clock)
    slug = await db.read(units.slug_of, 1)
    assert slug is not None
    async with open_digests(db, clock) as server:
        yield server, db, slug
    await db.close()


def address(server: TestServer, query: str = "") -> str:
    return str(server.make_url(f"/d/{CODE}")) + query


async def test_it_is_read_and_unfolded_on_a_small_phone(
    page: Page, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    await page.goto(address(site[0]))
    await expect(page.get_by_role("heading", name="Nghị quyết số 57-NQ/TW")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    answer = page.get_by_text("Đến năm 2030, kinh tế số").first
    await expect(answer).to_be_hidden()
    await page.get_by_text(QUESTION).first.click()
    await expect(answer).to_be_visible()
    small = await page.evaluate(
        """[...document.querySelectorAll("a, button, summary")].filter((each) => each.checkVisibility())
            .map((each) => [each.textContent, each.getBoundingClientRect().height]).filter(([, height]) => height < 40)"""
    )
    assert small == []


async def test_the_text_is_copied_whole(
    page: Page, context: BrowserContext, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    server, db, _ = site
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(address(server))
    await page.get_by_role("button", name="Sao chép").click()
    await expect(page.get_by_text("Đã sao chép")).to_be_visible()
    digest = await db.read(kits.find, CODE)
    assert digest is not None
    whole = kit_text(digest, ORGANISATION, day_of(digest, VIETNAM))
    assert await page.evaluate("navigator.clipboard.readText()") == whole


async def test_each_load_counts_once_for_the_unit_of_its_link(
    page: Page, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    server, db, slug = site
    posts: list[str] = []
    page.on(
        "request", lambda request: posts.append(request.post_data or "") if request.method == "POST" else None
    )
    for times in (1, 2):
        async with page.expect_response(lambda response: response.url.endswith("/opened")) as answer:
            await page.goto(address(server, f"?u={slug}"))
        assert (await answer.value).status == 204
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await page.get_by_text(QUESTION).first.click()
        assert await counted(db, MovedClock()) == {1: times}
    assert posts == [f'{{"u":"{slug}"}}'] * 2
    assert await page.context.cookies() == []


async def test_a_robot_without_script_counts_nothing_and_reads_everything(
    browser: Browser, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    server, db, slug = site
    async with await browser.new_context(java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(address(server, f"?u={slug}"))
        await expect(page.get_by_label("Lời giới thiệu để chuyển tiếp")).to_be_visible()
        await expect(page.get_by_role("button", name="Sao chép")).to_be_hidden()
    assert await counted(db, MovedClock()) == {}


async def test_on_paper_everything_is_unfolded_and_nothing_is_to_press(
    page: Page, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    await page.goto(address(site[0]))
    await page.emulate_media(media="print")
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await expect(page.get_by_text("Đến năm 2045, tối thiểu 50%.").first).to_be_visible()
    await expect(page.get_by_role("button", name="Sao chép")).to_be_hidden()
    printed = await page.pdf(prefer_css_page_size=True)
    width, height = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)[0]
    assert (round(float(width)), round(float(height))) == (595, 842)  # A4


async def test_where_a_phone_can_share_it_shares_the_link_of_the_unit(
    page: Page, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    server, _, slug = site
    await page.add_init_script("navigator.share = async (shared) => void (window.shared = shared)")
    await page.goto(address(server, f"?u={slug}"))
    await page.get_by_role("button", name="Chia sẻ").click()
    shared = await page.evaluate("window.shared")
    assert (shared["url"], shared["title"]) == (
        address(server, f"?u={slug}"),
        "Văn bản mới đến ngày 22/11/2026",
    )


async def test_an_app_that_forbids_its_clipboard_copies_the_old_way_or_says_what_to_do(
    page: Page, site: tuple[TestServer, SqliteDatabase, str]
) -> None:
    await page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await page.goto(address(site[0]))
    await page.get_by_role("button", name="Sao chép").click()
    await expect(page.get_by_text("Đã sao chép")).to_be_visible()
    assert await page.evaluate("getSelection().toString()") == await page.get_by_role("textbox").input_value()
    await page.evaluate("document.execCommand = () => false")
    await page.get_by_role("button", name="Sao chép").click()
    await expect(page.get_by_text("nhấn giữ vào khung chữ")).to_be_visible()
