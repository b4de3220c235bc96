"""How long a visitor waits on a bad line: 400 kbit/s, 150 ms, a processor four times slower; nothing cached.

    python -m bench.first_load [--json] [--runs 5]

Starts the page with the small dispatcher of the tests, so that the line and the page are measured, not the answering.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.texts import web as texts
from tests.browser import ARGUMENTS, HOW_TO_GET_ONE, chromium
from tests.web.site import open_site, realistic

LINE = {
    "offline": False,
    "latency": 150,  # milliseconds there and back
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
    "connectionType": "cellular3g",
}
SLOWER = 4
GOAL_SECONDS = 3.0


async def measure(browser: Browser, url: str) -> tuple[float, float, int]:
    """Seconds until the question can be typed, until its answer is read; bytes on the line."""
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", LINE)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    received = 0

    def count(event: dict[str, float]) -> None:
        nonlocal received
        received += int(event["encodedDataLength"])

    session.on("Network.loadingFinished", count)
    begun = time.monotonic()
    await page.goto(url, wait_until="domcontentloaded")  # when the page's scripts have run
    composer = page.get_by_role("textbox", name=texts.COMPOSER_LABEL)
    await composer.press_sequentially("?")
    usable = time.monotonic() - begun
    await composer.press("Enter")
    await page.get_by_text("Theo Nghị quyết số 57").wait_for()
    answered = time.monotonic() - begun
    await context.close()
    return usable, answered, received


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    path = chromium()
    if path is None:
        raise SystemExit(HOW_TO_GET_ONE)
    with tempfile.TemporaryDirectory() as folder:
        async with open_site(Path(folder), realistic) as site, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
            runs = [await measure(browser, site.url) for _ in range(options.runs)]
            await browser.close()
    usable, answered, received = (statistics.median(column) for column in zip(*runs, strict=True))
    report = {
        "usable_seconds": round(usable, 2),
        "answered_seconds": round(answered, 2),
        "bytes_received": round(received),
        "runs": options.runs,
        "goal_seconds": GOAL_SECONDS,
        "reached": usable < GOAL_SECONDS,
    }
    if options.json:
        print(json.dumps(report))
    else:
        print(f"400 kbit/s, 150 ms, {SLOWER}x slower processor, median of {options.runs} runs:")
        print(f"  can be typed in after  {usable:.2f} s (goal: {GOAL_SECONDS:.0f} s)")
        print(f"  first answer after     {answered:.2f} s")
        print(f"  over the line          {received / 1000:.1f} kB")


if __name__ == "__main__":
    asyncio.run(main())
