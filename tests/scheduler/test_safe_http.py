"""Nobody reaches our own network through an address that we fetch: not by name, number, redirect or a second answer."""

from __future__ import annotations

import gzip
import logging
import zlib
from collections.abc import AsyncIterator

import pytest

from scheduler.safe_http import LARGEST, FetchError, Reach, check_address, fetch, is_public
from tests.fakes.feeds import FakeFeeds, Names

OPEN = Reach(private=True)


@pytest.fixture
async def feeds() -> AsyncIterator[FakeFeeds]:
    async with FakeFeeds() as fake:
        yield fake


async def reason(address: str, reach: Reach = OPEN) -> str:
    with pytest.raises(FetchError) as error:
        await fetch(address, reach)
    assert address not in str(error.value)
    return error.value.reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::",
        "2001::1", "2001:db8::1", "100::1", "3fff::1", "5f00::1", "localhost", "",
    ],
)  # fmt: skip
def test_where_no_public_page_is(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.1.2.3", "2405:4800::1", "2a00:1450:4001:81b::200e"])
def test_where_public_pages_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://example.vn/a", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://example.vn", "address"),
        ("javascript:alert(1)", "address"),
        ("//example.vn/a", "address"),
        ("http://", "address"),
        ("http:///a", "address"),
        ("http://lan:matkhau@example.vn/", "address"),
        ("http://@example.vn/", "address"),
        ("https://example.vn\\@127.0.0.1/", "address"),
        ("http://exa mple.vn/", "address"),
        ("http://example.vn:99999/", "address"),
        ("http://[::1", "address"),
        ("http://example.vn:22/", "forbidden"),
        ("http://example.vn:6379/", "forbidden"),
        ("http://example.vn:0/", "address"),
    ],
)
def test_addresses_that_are_not_fetched(address: str, why: str) -> None:
    with pytest.raises(FetchError) as error:
        check_address(address)
    assert error.value.reason == why


async def test_an_answer_with_its_marks(feeds: FakeFeeds) -> None:
    feeds.give("/a", "<rss/>", ETag='"1"')
    answer = await fetch(feeds.url("/a") + "#part", OPEN, {"If-None-Match": '"0"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"<rss/>", '"1"')
    (asked,) = feeds.asked("/a")
    assert asked["If-None-Match"] == '"0"'
    assert not {"Cookie", "Authorization", "Referer"} & asked.keys()


async def test_loopback_only_where_the_setting_allows_it(feeds: FakeFeeds) -> None:
    feeds.give("/a", "<rss/>")
    port = feeds.port
    gate = Reach(ports=frozenset((port,)))
    for host in (
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "localhost",
    ):
        # aiohttp refuses numbers in other clothes by itself
        assert await reason(f"http://{host}:{port}/a", gate) in ("forbidden", "address"), host
    assert await reason(feeds.url("/a"), gate) == "forbidden"
    assert await reason(f"http://[::1]:{port}/a", gate) == "forbidden"
    assert feeds.requests == []


async def test_a_name_that_leads_inside_is_not_followed(feeds: FakeFeeds) -> None:
    names = Names(feeds_vn=[["127.0.0.1", "10.0.0.1", "::1"]])
    gate = Reach(ports=frozenset((feeds.port,)), resolver=names)
    assert await reason(feeds.url("/a", "feeds.vn"), gate) == "forbidden"
    assert names.asked == ["feeds.vn"]
    assert feeds.requests == []


async def test_what_is_checked_is_what_is_connected_to(feeds: FakeFeeds) -> None:
    """A name that answered well a moment ago is asked again for the redirect, and its new answer is checked."""
    names = Names(good_vn=[["127.0.0.1"]], turns_vn=[["127.0.0.1"], ["10.0.0.1"]])
    feeds.redirect("/a", feeds.url("/b", "turns.vn"))
    feeds.redirect("/b", feeds.url("/c", "turns.vn"))
    # 127.0.0.1 stands for the open internet here; 10.0.0.1 must never be tried.
    gate = Reach(ports=frozenset((feeds.port,)), resolver=names, is_open=lambda host: host == "127.0.0.1")
    assert await reason(feeds.url("/a", "good.vn"), gate) == "forbidden"
    assert [path for path, _ in feeds.requests] == ["/a", "/b"]
    assert names.asked == ["good.vn", "turns.vn", "turns.vn"]


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/", "http://[::1]:{port}/", "http://127.0.0.2:{port}/"]
)
async def test_a_redirect_leads_nowhere_inside(feeds: FakeFeeds, to: str) -> None:
    feeds.redirect("/a", to.format(port=feeds.port))
    gate = Reach(ports=frozenset((feeds.port, 80)), is_open=lambda host: host == "127.0.0.1")
    assert await reason(feeds.url("/a"), gate) == "forbidden"
    assert [path for path, _ in feeds.requests] == ["/a"]


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("file:///etc/passwd", "address"),
        ("http://lan:mk@example.vn/", "address"),
        ("", "broken"),
        ("/a", "redirects"),
    ],
)
async def test_redirects_that_are_none(feeds: FakeFeeds, to: str, why: str) -> None:
    feeds.redirect("/a", to)
    assert await reason(feeds.url("/a")) == why


async def test_five_redirects_and_no_more(feeds: FakeFeeds) -> None:
    for at in range(6):
        feeds.redirect(f"/{at}", f"/{at + 1}", status=(301, 302, 303, 307, 308, 302)[at])
    feeds.give("/6", "<rss/>")
    assert (await fetch(feeds.url("/1"), OPEN)).status == 200
    assert await reason(feeds.url("/0")) == "redirects"


async def test_a_proxy_of_the_environment_is_not_used(
    feeds: FakeFeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    feeds.give("/a", "<rss/>")
    assert (await fetch(feeds.url("/a"), OPEN)).status == 200


async def test_no_cookie_is_given_back(feeds: FakeFeeds) -> None:
    feeds.give("/a", b"", 302, Location="/b", Set_Cookie="a=b; Path=/")
    feeds.give("/b", "<rss/>")
    await fetch(feeds.url("/a"), OPEN)
    assert "Cookie" not in feeds.asked("/b")[0]


async def test_five_megabytes_and_no_more(feeds: FakeFeeds) -> None:
    feeds.give("/a", b"a" * LARGEST)
    feeds.give("/b", b"a" * (LARGEST + 1))
    assert len((await fetch(feeds.url("/a"), OPEN)).body) == LARGEST
    assert await reason(feeds.url("/b")) == "large"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_what_is_unpacked_counts(feeds: FakeFeeds, encoding: str, pack: object) -> None:
    assert callable(pack)
    bomb = pack(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    feeds.give("/bomb", bomb, Content_Encoding=encoding)
    feeds.give("/good", pack(b"<rss/>"), Content_Encoding=encoding)
    assert await reason(feeds.url("/bomb")) == "large"
    assert (await fetch(feeds.url("/good"), OPEN)).body == b"<rss/>"


async def test_other_packing_and_broken_packing(feeds: FakeFeeds) -> None:
    feeds.give("/a", b"x", Content_Encoding="br")
    feeds.give("/b", b"no gzip at all", Content_Encoding="gzip")
    assert await reason(feeds.url("/a")) == "encoding"
    assert await reason(feeds.url("/b")) == "broken"


async def test_a_slow_server_has_its_time_in_all(feeds: FakeFeeds) -> None:
    feeds.drip("/drip")
    feeds.hang("/hang")
    hasty = Reach(private=True, longest=0.1)
    assert await reason(feeds.url("/drip"), hasty) == "slow"
    assert await reason(feeds.url("/hang"), hasty) == "slow"


async def test_nobody_there(feeds: FakeFeeds, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert await reason("http://127.0.0.1:9/secret-path") == "unreachable"
    assert await reason(feeds.url("/a").replace("http:", "https:")) in ("certificate", "unreachable")
    assert "secret-path" not in caplog.text
