"""Feeds as they really come: well formed, crooked, hostile, in old encodings, endless."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scheduler.feed_reading import LONGEST_TITLE, NEWEST, Contents, NotRead, plain, read, read_apart
from tests.fakes.feeds import atom, item, rss

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TITLE = "Nghị quyết số 57-NQ/TW của Bộ Chính trị"


def contents(body: bytes, content_type: str = "application/rss+xml") -> Contents:
    return read(body, content_type, NOW)


def titles(body: bytes, content_type: str = "application/rss+xml") -> list[str]:
    return [entry.title for entry in contents(body, content_type).entries]


def fault(body: bytes) -> str:
    with pytest.raises(NotRead) as error:
        contents(body)
    return error.value.fault


def test_rss_and_atom() -> None:
    found = contents(rss(item(TITLE, "Tóm tắt", pubDate="Sun, 22 Dec 2024 08:00:00 +0700")))
    assert (found.title, found.left_out) == ("Báo Ví Dụ", 0)
    (entry,) = found.entries
    assert (entry.title, entry.summary, entry.address) == (TITLE, "Tóm tắt", "https://example.vn/bai")
    assert entry.published == "2024-12-22T01:00:00+00:00"
    assert titles(atom(("1", TITLE), ("2", "Hai"))) == [TITLE, "Hai"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Nghị quyết</b> số&nbsp;57", "Nghị quyết số 57"),
        ("<p>Một</p><p>Hai</p>", "Một Hai"),
        ("<script>alert('x')</script>Ba<style>a{}</style>", "Ba"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("2 < 3 và 5 > 4", "2 < 3 và 5 > 4"),
        ("<img src=x onerror=alert(1)>Ảnh <a href='javascript:x'>nối</a>", "Ảnh nối"),
        ("<<<>>> chữ", "<<<>>> chữ"),
        ("\u202eđảo\u202c \u200b📣", "đảo 📣"),
        ("T" * 2_000, "T" * (LONGEST_TITLE - 1) + "…"),
    ],
)
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain(html, LONGEST_TITLE) == text


def test_html_in_a_title_and_a_title_that_is_missing() -> None:
    assert titles(rss(item("&lt;b&gt;Đậm&lt;/b&gt; &amp;amp; rõ"))) == ["Đậm & rõ"]
    only_summary = "<item><guid>1</guid><description>Chỉ có tóm tắt</description></item>"
    assert titles(rss(only_summary, "<item><guid>2</guid></item>")) == ["Chỉ có tóm tắt"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss(item(TITLE), encoding="windows-1258"), "text/xml"),
        (rss(item(TITLE), encoding="utf-16"), "application/rss+xml"),
        (rss(item(TITLE)).replace(b"utf-8", b"UTF-8"), "text/xml"),
        # Said to be UTF-8, or nothing said, and is not
        (rss(item(TITLE), encoding="windows-1258").replace(b"windows-1258", b"utf-8"), "text/xml"),
        (rss(item(TITLE), encoding="windows-1258").partition(b"?>")[2], "application/rss+xml"),
        (b"\xef\xbb\xbf" + rss(item(TITLE)), "application/rss+xml; charset=utf-8"),
    ],
)  # fmt: skip
def test_encodings(body: bytes, content_type: str) -> None:
    assert titles(body, content_type) == [TITLE]


@pytest.mark.parametrize(
    "date", ["31/02/2025", "Mon, 31 Feb 2025 08:00:00 GMT", "0001-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "hôm qua", ""]
)  # fmt: skip
def test_dates_that_cannot_be_are_none(date: str) -> None:
    (entry,) = contents(rss(item(TITLE, pubDate=date))).entries
    assert entry.published in ("", "2025-03-03T08:00:00+00:00")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://a/b", "http://lan:mk@a.vn/", "a b", "", "https://" + "a" * 2_000]
)
def test_links_that_nobody_may_follow_are_none(link: str) -> None:
    (entry,) = contents(rss(item(TITLE, link=link))).entries
    assert entry.address is None


def test_of_ten_thousand_items_the_newest() -> None:
    items = [
        f"<item><title>{at}</title><pubDate>2026-{1 + at % 10:02}-{1 + at // 400:02}T00:00:00Z</pubDate></item>"
        for at in range(10_000)
    ]
    found = contents(rss(*items))
    assert (len(found.entries), found.left_out) == (NEWEST, 10_000 - NEWEST)
    assert found.entries[0].published.startswith("2026-10-25")
    assert min(entry.published for entry in found.entries) >= "2026-10-20"


def test_without_dates_the_first_are_the_newest() -> None:
    found = contents(rss(*(item(f"Bài {at}") for at in range(NEWEST + 5))))
    assert [entry.title for entry in found.entries][:2] == ["Bài 0", "Bài 1"]
    assert found.left_out == 5


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>'
    b"<rss version='2.0'><channel><item><title>&lol2;</title></item></channel></rss>"
)
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title>'


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<!doctype html><html><head><title>x</title></head><body><p>hi</body></html>", "no feed"),
        (b'{"items": []}', "no feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "no feed"),
        (b"<rss version='2.0'><channel><title>a", "broken"),
        (BOMB, "broken"),
        (OUTSIDE, "broken"),
        (BOMB.decode().encode("utf-16"), "broken"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, why: str) -> None:
    assert fault(body) == why


def test_of_a_feed_that_breaks_off_what_can_be_read_is_taken() -> None:
    whole = rss(item("Một"), item("Hai"), item("Ba"))
    assert titles(whole[: whole.index(b"Ba") - 20])[:2] == ["Một", "Hai"]
    assert contents(rss()).entries == ()


async def test_in_a_process_of_its_own() -> None:
    """What it can read it brings too: see test_feeds.py."""
    with pytest.raises(NotRead) as error:
        await read_apart(BOMB, "application/rss+xml", NOW)
    assert error.value.fault == "broken"


async def test_what_keeps_the_parser_busy_is_ended() -> None:
    with pytest.raises(NotRead) as error:
        await read_apart(b"<a " * 1_500_000, "application/rss+xml", NOW, patience=0.5)
    assert error.value.fault == "heavy"
