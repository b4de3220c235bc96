"""The page's routes over a real server, database and inbox."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from http.cookies import Morsel
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from yarl import URL

from bot.model import JSON
from bot.texts import web as texts
from tests.web.site import ORGANISATION, Site, open_site
from web.chat import COOKIE, Rates
from web.rates import Rate
from web.visitors import Visitors

START = "0123456789abcdef" * 2
Client = aiohttp.ClientSession


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as site:
        yield site


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with new_client() as client:
        yield client


def new_client() -> Client:
    return Client(
        cookie_jar=aiohttp.CookieJar(unsafe=True)
    )  # unsafe: cookies of an address instead of a name


async def post(
    client: Client, site: Site, headers: dict[str, str] | None = None, **changes: Any
) -> tuple[int, JSON]:
    content = {"id": "message-1", "start": START, "text": "Nghị quyết 57 là gì?"} | changes
    body = {key: value for key, value in content.items() if value is not None}
    async with client.post(URL(site.url) / "chat/messages", json=body, headers=headers) as response:
        return response.status, await response.json()


async def inbox_rows(site: Site) -> int:
    return int((await site.db.read(lambda tx: tx.rows("SELECT count(*) AS n FROM inbox")))[0]["n"])


def cookie_of(client: Client) -> Morsel[str] | None:
    return next((cookie for cookie in client.cookie_jar if cookie.key == COOKIE), None)


# The page


async def test_the_page_sets_no_cookie_and_refuses_foreign_scripts_and_frames(
    site: Site, client: Client
) -> None:
    async with client.get(site.url) as response:
        html = await response.text()
        assert response.status == 200
        assert "Set-Cookie" not in response.headers
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert ORGANISATION in html
    assert not re.search(r"<[^>]+ (style|on\w+)=", html)
    assert "<style" not in html


async def test_without_a_script_the_page_says_what_is_needed(site: Site, client: Client) -> None:
    async with client.get(site.url) as response:
        (sentence,) = re.findall(r"<noscript>(.*?)</noscript>", await response.text())
    assert texts.NO_SCRIPT.format(organisation=ORGANISATION) in sentence


async def test_the_organisation_is_text_and_not_markup(tmp_path: Path, client: Client) -> None:
    async with (
        open_site(tmp_path, organisation="<b>Ban</b> & {ban}") as site,
        client.get(site.url) as response,
    ):
        html = await response.text()
    assert "&lt;b&gt;Ban&lt;/b&gt; &amp; {ban}" in html
    assert "<b>" not in html


async def test_what_the_page_loads_is_cached_for_ever_under_the_name_of_its_content(
    site: Site, client: Client
) -> None:
    async with client.get(site.url) as response:
        addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', await response.text()))
    assert {re.sub(r"\.\w{10}\.", ".", address) for address in addresses} == {
        "/static/chat.css", "/static/chat.js", "/static/chat-line.js", "/static/chat-store.js",
        "/static/chat-view.js", "/static/icon.svg",
    }  # fmt: skip
    for address in addresses:
        async with client.get(URL(site.url).join(URL(address))) as response:
            assert response.status == 200
            assert "immutable" in response.headers["Cache-Control"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with client.get(URL(site.url) / "static/chat.0000000000.js") as response:
        assert response.status == 404


# A message


async def test_a_message_is_stored_before_it_is_accepted_and_a_cookie_names_the_visitor(
    site: Site, client: Client
) -> None:
    status, answer = await post(client, site)
    assert (status, answer) == (202, {"id": "message-1"})
    assert await inbox_rows(site) == 1
    cookie = cookie_of(client)
    assert cookie is not None
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    assert Visitors(b"a secret of the tests").of_cookie(cookie.value)


async def test_the_same_id_twice_is_one_message_although_the_first_answer_was_lost(site: Site) -> None:
    async with new_client() as before, new_client() as after:
        assert (await post(before, site))[0] == 202
        assert (await post(after, site))[0] == 202  # the cookie was lost with the answer
        assert await inbox_rows(site) == 1
        ours, theirs = cookie_of(before), cookie_of(after)
        assert ours is not None
        assert theirs is not None
        assert ours.value == theirs.value


async def test_the_same_id_of_two_visitors_is_two_messages(site: Site) -> None:
    async with new_client() as one, new_client() as other:
        await post(one, site)
        await post(other, site, start="f" * 32)
        assert await inbox_rows(site) == 2


async def test_a_pressed_button_is_a_choice(site: Site, client: Client) -> None:
    await post(client, site, text=None, payload="entry:12")
    await wait_for_replies(client, site)
    assert [(inbound.kind, inbound.payload) for inbound in site.answered] == [("choice", "entry:12")]


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"text": "  \n "}, 400, texts.EMPTY),
        ({"text": "x" * 4001}, 413, texts.TOO_LONG),
        ({"text": "🙂" * 4001}, 413, texts.TOO_LONG),
        ({"text": None}, 400, texts.NOT_UNDERSTOOD),
        ({"text": 57}, 400, texts.NOT_UNDERSTOOD),
        ({"text": None, "payload": "ký tự"}, 400, texts.NOT_UNDERSTOOD),
        ({"text": None, "payload": "x" * 65}, 400, texts.NOT_UNDERSTOOD),
        ({"id": None}, 400, texts.NOT_UNDERSTOOD),
        ({"id": "x"}, 400, texts.NOT_UNDERSTOOD),
        ({"id": "x" * 65}, 400, texts.NOT_UNDERSTOOD),
        ({"id": ["message-1"]}, 400, texts.NOT_UNDERSTOOD),
        ({"start": None}, 400, texts.NOT_UNDERSTOOD),
        ({"start": "../../etc/passwd"}, 400, texts.NOT_UNDERSTOOD),
        ({"seen": -1}, 400, texts.NOT_UNDERSTOOD),
        ({"seen": True}, 400, texts.NOT_UNDERSTOOD),
        ({"seen": 10**400}, 400, texts.NOT_UNDERSTOOD),
    ],
)
async def test_what_cannot_be_used_is_refused_in_a_sentence(
    site: Site, client: Client, changes: JSON, status: int, sentence: str
) -> None:
    assert await post(client, site, **changes) == (status, {"error": sentence})
    assert await inbox_rows(site) == 0
    assert cookie_of(client) is None


async def test_a_text_of_just_4000_characters_is_taken(site: Site, client: Client) -> None:
    assert (await post(client, site, text="ữ" * 4000))[0] == 202
    assert (await post(client, site, id="message-2", text="🙂" * 4000))[0] == 202


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff\xfe", 400), (b"[" * 9000, 400),
        (b'"' + b"x" * 50_000 + b'"', 413),
    ],
)  # fmt: skip
async def test_a_body_that_is_no_post_of_our_page(
    site: Site, client: Client, body: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/json"}
    async with client.post(URL(site.url) / "chat/messages", data=body, headers=headers) as response:
        assert response.status == status
        assert "error" in await response.json()


async def test_a_body_without_a_length_is_cut_off_at_the_limit(site: Site, client: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 1024

    headers = {"Content-Type": "application/json"}
    async with client.post(URL(site.url) / "chat/messages", data=endless(), headers=headers) as response:
        assert response.status == 413


async def test_a_form_of_another_site_is_refused(site: Site, client: Client) -> None:
    for content_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        headers = {"Content-Type": content_type}
        async with client.post(URL(site.url) / "chat/messages", data=b"{}", headers=headers) as response:
            assert response.status == 415


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 202),
        ({"Sec-Fetch-Site": "same-origin"}, 202),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://hoidap.example"}, 202),  # a proxy changed Host
        ({"Origin": "https://hoidap.example"}, 202),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
    ],
)
async def test_only_our_own_page_may_post(
    tmp_path: Path, client: Client, headers: dict[str, str], status: int
) -> None:
    async with open_site(tmp_path, public_url="https://hoidap.example") as site:
        assert (await post(client, site, headers=headers))[0] == status


async def test_the_origin_of_the_address_in_use_is_ours(site: Site, client: Client) -> None:
    assert (await post(client, site, headers={"Origin": site.url.rstrip("/")}))[0] == 202


@pytest.mark.parametrize("value", ["", "x", f"{'0' * 32}.{'0' * 64}"])
async def test_a_forged_cookie_is_a_new_visitor(site: Site, client: Client, value: str) -> None:
    client.cookie_jar.update_cookies({COOKIE: value}, URL(site.url))
    assert (await post(client, site))[0] == 202
    cookie = cookie_of(client)
    assert cookie is not None
    assert cookie.value == Visitors(b"a secret of the tests").cookie(
        Visitors(b"a secret of the tests").named_from(START)
    )


@pytest.mark.parametrize(
    ("trusted", "proto", "secure"),
    [
        (["127.0.0.1"], "https", True),
        (["127.0.0.1"], "http, https", True),
        (["127.0.0.1"], "https, http", False),
        (["127.0.0.1"], "http", False),
        ([], "https", False),
        (["10.0.0.0/8"], "https", False),
    ],
)
async def test_the_cookie_is_secure_where_the_visitor_came_by_https(
    tmp_path: Path, client: Client, trusted: list[str], proto: str, secure: bool
) -> None:
    async with open_site(tmp_path, trusted_proxies=[ip_network(name) for name in trusted]) as site:
        url = URL(site.url) / "chat/messages"
        body = {"id": "message-1", "start": START, "text": "x"}
        async with client.post(url, json=body, headers={"X-Forwarded-Proto": proto}) as response:
            assert bool(response.cookies[COOKIE]["secure"]) is secure


async def test_nothing_is_accepted_that_could_not_be_stored(site: Site, client: Client) -> None:
    await site.db.close()
    url = URL(site.url) / "chat/messages"
    async with client.post(url, json={"id": "message-1", "start": START, "text": "x"}) as response:
        assert response.status == 503
        assert int(response.headers["Retry-After"]) > 0
        assert await response.json() == {"error": texts.BUSY}
        assert "Set-Cookie" not in response.headers


# Rates


def rates(messages: int = 99, place: int = 99, visitors: int = 99, connections: int = 99) -> Rates:
    """In a row: no time passes, however slow the machine is."""
    return Rates(*(Rate(number, seconds=lambda: 0.0) for number in (messages, place, visitors, connections)))


async def test_a_visitor_who_is_too_fast_is_asked_to_wait_and_loses_nothing(
    tmp_path: Path, client: Client
) -> None:
    async with open_site(tmp_path, rates=rates(messages=2)) as site:
        assert [(await post(client, site, id=f"message-{n}"))[0] for n in range(2)] == [202, 202]
        url = URL(site.url) / "chat/messages"
        async with client.post(url, json={"id": "message-3", "text": "x"}) as response:
            assert response.status == 429
            assert 0 < int(response.headers["Retry-After"]) <= 30
            assert await response.json() == {"error": texts.TOO_FAST}
        assert await inbox_rows(site) == 2


async def test_places_are_told_apart_by_the_address_that_a_trusted_proxy_names(tmp_path: Path) -> None:
    proxies = [ip_network("127.0.0.1")]
    async with (
        open_site(tmp_path, rates=rates(place=1), trusted_proxies=proxies) as site,
        new_client() as client,
    ):

        async def from_place(forwarded: str) -> int:
            return (await post(client, site, headers={"X-Forwarded-For": forwarded}))[0]

        assert await from_place("203.0.113.7") == 202
        assert await from_place("203.0.113.8") == 202
        assert await from_place("203.0.113.7") == 429
        assert await from_place("198.51.100.1, 203.0.113.7") == 429  # made up, to look like another place
        assert await from_place("2001:db8:1:2::1") == 202
        assert await from_place("2001:db8:1:2::2") == 429


async def test_nobody_else_may_name_another_address(tmp_path: Path, client: Client) -> None:
    async with open_site(tmp_path, rates=rates(place=1)) as site:
        assert (await post(client, site, headers={"X-Forwarded-For": "203.0.113.7"}))[0] == 202
        assert (await post(client, site, headers={"X-Forwarded-For": "203.0.113.8"}))[0] == 429


async def test_one_place_cannot_make_visitors_without_end(tmp_path: Path, client: Client) -> None:
    async with open_site(tmp_path, rates=rates(visitors=2)) as site:
        known = await post(client, site)
        assert known[0] == 202
        statuses = []
        for number in range(2):
            async with new_client() as stranger:
                statuses.append((await post(stranger, site, start=f"{number:032x}"))[0])
        assert statuses == [202, 429]
        assert (await post(client, site, id="message-2"))[0] == 202  # who is known goes on


# Forgetting


async def test_a_visitor_who_leaves_is_not_recognised_again(site: Site, client: Client) -> None:
    await post(client, site)
    await wait_for_replies(client, site)
    async with client.post(URL(site.url) / "chat/forget", json={}) as response:
        assert response.status == 204
    assert cookie_of(client) is None
    rows = await site.db.read(lambda tx: tx.rows("SELECT * FROM web_mail"))
    assert rows == []


async def test_another_site_cannot_make_a_visitor_leave(site: Site, client: Client) -> None:
    await post(client, site)
    headers = {"Origin": "https://evil.example"}
    async with client.post(URL(site.url) / "chat/forget", json={}, headers=headers) as response:
        assert response.status == 403
    assert cookie_of(client) is not None


async def wait_for_replies(client: Client, site: Site) -> list[JSON]:
    url = (URL(site.url) / "chat/replies").with_query(after="0", wait="10")
    async with asyncio.timeout(30), client.get(url) as response:
        replies: list[JSON] = json.loads(await response.text())["replies"]
        return replies
