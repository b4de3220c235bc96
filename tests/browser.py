"""One Chromium for the whole session, and how to get it where there is none.

Use the fixture `page` (a fresh profile for each test). Without a browser the tests are skipped with a sentence that
says what to do, or fail when REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds until a test gives up: machines may be slow, and who passes does not wait
HOW_TO_GET_ONE = (
    "NO BROWSER TESTS: no Chromium found. Install one (Debian, Ubuntu: `apt-get install chromium`) "
    "or name it in CHROMIUM=/path/to/chromium"
)


def chromium() -> str | None:
    """The path of a Chromium: CHROMIUM, else /usr/bin/chromium."""
    return shutil.which(os.environ.get("CHROMIUM") or "/usr/bin/chromium")


def require_chromium() -> str:
    """Its path; without one the test is skipped, or fails when REQUIRE_BROWSER=1."""
    path = chromium()
    if path is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = require_chromium()
    async with async_playwright() as playwright:
        # Our list carries --headless itself: playwright's own would want a shell that only its download has.
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A fresh profile of a small phone; any request outside loopback fails the test."""
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    outside: list[str] = []
    context.on("request", lambda request: outside.append(request.url) if _is_outside(request.url) else None)
    yield context
    await context.close()
    assert outside == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """A page whose script errors and refused scripts or styles (CSP) fail the test."""
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    assert errors == []


def _is_outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:"))
