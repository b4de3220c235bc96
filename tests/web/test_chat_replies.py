"""How replies reach a browser: server-sent events and long polling, over a real server and database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from yarl import URL

from bot.model import JSON, Address, Part, Text
from tests.web.site import SECRET, Site, open_site
from web.chat import COOKIE, Rates
from web.rates import Rate
from web.replies import StreamLimits
from web.visitors import Visitors

VISITORS = Visitors(SECRET)
AN = Address("web", VISITORS.named_from("an"))


@dataclass
class Event:
    kind: str
    data: JSON
    id: int | None


class Browser:
    """What a browser does with the routes, step by step."""

    def __init__(self, site: Site, session: aiohttp.ClientSession) -> None:
        self.site = site
        self._session = session

    @asynccontextmanager
    async def events(self, after: int = 0, **headers: str) -> AsyncIterator[aiohttp.ClientResponse]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        url = (URL(self.site.url) / "chat/events").with_query(after=str(after))
        async with asyncio.timeout(30), self._session.get(url, headers=names) as response:
            yield response

    async def poll(self, after: int = 0, wait: int = 0, **headers: str) -> tuple[int, JSON]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        url = (URL(self.site.url) / "chat/replies").with_query(after=str(after), wait=str(wait))
        async with asyncio.timeout(30), self._session.get(url, headers=names) as response:
            return response.status, await response.json()


@asynccontextmanager
async def browser_at(folder: Path, visitor: str = AN.conversation, **options: Any) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with open_site(folder, **options) as site, aiohttp.ClientSession(cookie_jar=jar) as session:
        jar.update_cookies({COOKIE: VISITORS.cookie(visitor)}, URL(site.url))
        yield Browser(site, session)


@pytest_asyncio.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with browser_at(tmp_path) as browser:
        yield browser


async def read(response: aiohttp.ClientResponse) -> Event:
    block = (await response.content.readuntil(b"\n\n")).decode()
    fields = dict(line.split(": ", 1) for line in block.strip().split("\n"))
    return Event(fields["event"], json.loads(fields["data"]), int(fields["id"]) if "id" in fields else None)


async def say(site: Site, text: str, key: str, to: Address = AN) -> int:
    return int(await site.channel.send(to, Text((Part(text),)), key))


async def test_what_waits_comes_first_then_what_comes_in(browser: Browser) -> None:
    waiting = await say(browser.site, "trước", "1")
    async with browser.events() as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert response.headers["Cache-Control"] == "no-store"
        first = await read(response)
        assert (first.kind, first.id, first.data["parts"]) == ("reply", waiting, [["trước", "plain"]])
        fresh = await say(browser.site, "sau\nhai dòng", "2")
        second = await read(response)
        assert (second.id, second.data["parts"]) == (fresh, [["sau\nhai dòng", "plain"]])


async def test_a_stream_without_mail_says_at_once_that_it_is_there(browser: Browser) -> None:
    async with browser.events() as response:
        assert (await read(response)).kind == "beat"


async def test_a_silent_stream_beats(tmp_path: Path) -> None:
    limits = StreamLimits(beat=0.01)
    async with browser_at(tmp_path, stream_limits=limits) as browser, browser.events() as response:
        assert [(await read(response)).kind for _ in range(3)] == ["beat"] * 3


async def test_typing_is_shown(browser: Browser) -> None:
    async with browser.events() as response:
        await read(response)
        await browser.site.channel.signal(AN, "typing")
        assert (await read(response)).kind == "typing"


@pytest.mark.parametrize("by_header", [True, False])
async def test_a_browser_that_comes_back_gets_the_rest_and_its_copy_is_deleted(
    browser: Browser, by_header: bool
) -> None:
    seen = await say(browser.site, "một", "1")
    missed = await say(browser.site, "hai", "2")
    headers = {"Last_Event_ID": str(seen)} if by_header else {}
    async with browser.events(after=0 if by_header else seen, **headers) as response:
        assert (await read(response)).id == missed
    rows = await browser.site.db.read(lambda tx: tx.rows("SELECT sequence FROM web_mail"))
    assert rows == [{"sequence": missed}]


async def test_an_unconfirmed_reply_comes_again_and_the_same_row_sent_twice_is_one(browser: Browser) -> None:
    await say(browser.site, "một", "1")
    await say(browser.site, "một", "1")
    for _ in range(2):
        _, answer = await browser.poll()
        assert [reply["key"] for reply in answer["replies"]] == ["1"]


async def test_nobody_hears_what_is_for_another(browser: Browser) -> None:
    await say(browser.site, "cho người khác", "1", Address("web", VISITORS.named_from("bình")))
    assert await browser.poll() == (200, {"replies": [], "typing": False})


async def test_a_long_poll_ends_with_the_reply(browser: Browser) -> None:
    polling = asyncio.create_task(browser.poll(wait=25))
    await browser.site.channel.until_streams(1)
    sequence = await say(browser.site, "một", "1")
    status, answer = await polling
    assert (status, [reply["sequence"] for reply in answer["replies"]]) == (200, [sequence])


async def test_a_long_poll_ends_to_show_typing(browser: Browser) -> None:
    polling = asyncio.create_task(browser.poll(wait=25))
    await browser.site.channel.until_streams(1)
    await browser.site.channel.signal(AN, "typing")
    assert await polling == (200, {"replies": [], "typing": True})


async def test_polling_confirms(browser: Browser) -> None:
    seen = await say(browser.site, "một", "1")
    assert (await browser.poll(after=seen))[1]["replies"] == []
    assert (await browser.poll(after=0))[1]["replies"] == []


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, "²"])
async def test_a_sequence_that_is_none_reads_from_the_beginning(browser: Browser, after: str) -> None:
    await say(browser.site, "một", "1")
    url = (URL(browser.site.url) / "chat/replies").with_query(after=after, wait=after)
    async with browser._session.get(url) as response:
        assert len((await response.json())["replies"]) == 1


async def test_without_a_cookie_of_ours_there_is_nothing_to_hear(browser: Browser) -> None:
    async with aiohttp.ClientSession() as stranger:
        for path in ("events", "replies"):
            async with stranger.get(URL(browser.site.url) / "chat" / path) as response:
                assert response.status == 401
                assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
async def test_a_link_on_another_site_cannot_read_in_the_visitors_name(browser: Browser, site: str) -> None:
    sequence = await say(browser.site, "một", "1")
    assert (await browser.poll(after=sequence, Sec_Fetch_Site=site))[0] == 403
    async with browser.events(after=sequence, Sec_Fetch_Site=site) as response:
        assert response.status == 403
    assert len((await browser.poll())[1]["replies"]) == 1


async def test_streams_of_one_visitor_are_limited(tmp_path: Path) -> None:
    limits = StreamLimits(tabs=1)
    async with browser_at(tmp_path, stream_limits=limits) as browser, browser.events() as first:
        assert (await read(first)).kind == "beat"
        async with browser.events() as second:
            assert second.status == 429


async def test_when_all_streams_are_taken_pages_poll_without_waiting(tmp_path: Path) -> None:
    limits = StreamLimits(streams=0)
    async with browser_at(tmp_path, stream_limits=limits) as browser:
        async with browser.events() as response:
            assert response.status == 503
            assert int(response.headers["Retry-After"]) > 0
        assert (await browser.poll(wait=25))[
            0
        ] == 200  # at once: a waiting one would run into the test's time limit


async def test_connecting_again_and_again_is_limited(tmp_path: Path) -> None:
    rates = Rates(connections=Rate(1, seconds=lambda: 0.0))
    async with browser_at(tmp_path, rates=rates) as browser:
        assert (await browser.poll())[0] == 200
        assert (await browser.poll())[0] == 429


async def test_a_failing_storage_is_a_reason_to_come_back(browser: Browser) -> None:
    await browser.site.db.close()
    assert (await browser.poll())[0] == 503
    async with browser.events() as response:
        assert response.status == 503


async def test_a_stopping_server_does_not_wait_for_those_who_listen(browser: Browser) -> None:
    async with browser.events() as response:
        await read(response)
        polling = asyncio.create_task(browser.poll(wait=25))
        await browser.site.channel.until_streams(2)
        async with asyncio.timeout(20):  # less than the poll asks for
            await browser.site.stop()
        assert await response.content.read() == b""
    assert (await polling)[0] == 200


async def test_the_stream_of_a_browser_that_has_gone_is_let_go(tmp_path: Path) -> None:
    limits = StreamLimits(beat=0.01)
    async with browser_at(tmp_path, stream_limits=limits) as browser:
        async with browser.events() as response:
            await read(response)
        await browser.site.channel.until_streams(0)
