"""Rounds over feeds: each outcome by itself, side by side; what they bring becomes items once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents
from knowledge.documents import DocumentDraft
from scheduler import feed_items, feeds
from scheduler.feed_fetching import Fetching
from scheduler.feed_items import FeedItem
from scheduler.feed_reading import Contents, read
from scheduler.feeds import EVERY, LONGEST_WAIT, Feed, FeedDraft
from scheduler.safe_http import Reach
from tests.fakes.feeds import FakeFeeds, atom, item, rss
from tests.fakes.time import MovedClock

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
NAMED = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ"
NEWS = "Xã Bình Minh ra quân dọn vệ sinh đường làng"
ABOUT = "Hội nghị triển khai Nghị quyết số 68-NQ/TW ngày 4/5/2025 của Bộ Chính trị"


async def _read_here(body: bytes, content_type: str, now: datetime) -> Contents:
    """Without a process of its own, which takes longer than a whole test."""
    return read(body, content_type, now)


class Desk:
    """A database with feeds of a fake server, and rounds over them."""

    def __init__(self, db: SqliteDatabase, clock: MovedClock, server: FakeFeeds) -> None:
        self.db, self.clock, self.server = db, clock, server
        self.fetching = Fetching(db, clock, VIET_NAM, Reach(private=True, longest=0.5), _read_here)

    async def add(self, path: str, body: bytes | None = None, **more: object) -> int:
        if body is not None:
            self.server.give(path, body)
        draft = FeedDraft(self.server.url(path), **more)  # type: ignore[arg-type]  # fields by name
        return await self.db.run(feeds.save, draft, self.clock.now())

    async def round(self, **later: float) -> None:
        self.clock.move(**(later or {"minutes": 30}))
        await self.fetching.round()

    async def feed(self, key: int) -> Feed:
        found = await self.db.read(feeds.by_key, key)
        assert found
        return found

    async def waiting(self) -> list[FeedItem]:
        return await self.db.read(feed_items.waiting, 1_000)

    async def titles(self) -> list[str]:
        return [each.title for each in await self.waiting()]


@pytest.fixture
async def desk(db: SqliteDatabase, clock: MovedClock) -> AsyncIterator[Desk]:
    async with FakeFeeds() as server:
        yield Desk(db, clock, server)


async def test_with_a_process_that_reads(desk: Desk) -> None:
    """As the service does it, once."""
    desk.fetching = Fetching(desk.db, desk.clock, VIET_NAM, Reach(private=True))
    await desk.add("/a", rss(item(NAMED)))
    await desk.round()
    assert len(await desk.waiting()) == 1


async def test_an_entry_becomes_a_document_to_decide_about(desk: Desk) -> None:
    await desk.add("/a", rss(item(NAMED, "Tóm tắt")), topic="Chuyển đổi số")
    await desk.round()
    (found,) = await desk.waiting()
    assert found.is_document
    assert (found.number, found.kind, found.issuer, found.level) == (
        "57-NQ/TW",
        "Nghị quyết",
        "Bộ Chính trị",
        "Trung ương",
    )
    assert (found.issued_on, found.summary, found.topics) == (
        date(2024, 12, 22),
        "Tóm tắt",
        ("Chuyển đổi số",),
    )
    assert found.address == "https://example.vn/bai"
    assert await desk.db.read(documents.all_documents) == []


async def test_what_the_title_leaves_open_comes_from_the_feed(desk: Desk) -> None:
    await desk.add(
        "/a", rss(item("Kế hoạch số 12-KH/ĐU về chuyển đổi số")), level="xã", issuer="Đảng ủy xã Ví Dụ"
    )
    await desk.round()
    (found,) = await desk.waiting()
    assert (found.level, found.issuer, feed_items.missing(found)) == ("xã", "Đảng ủy xã Ví Dụ", [])


async def test_news_where_it_is_wanted(desk: Desk) -> None:
    body = rss(item(NEWS), item(ABOUT), item(NAMED))
    key = await desk.add("/a", body)
    await desk.round()
    # What is about a document that nobody has may be how the department hears of it.
    assert [(each.number, each.is_document) for each in await desk.waiting()] == [
        ("57-NQ/TW", True),
        ("68-NQ/TW", False),
    ]
    draft = feeds.draft_of(await desk.feed(key))
    await desk.db.run(feeds.save, FeedDraft(draft.address, wanted="all"), desk.clock.now())
    await desk.round()
    assert NEWS in await desk.titles()
    assert [each.is_document for each in await desk.waiting()] == [True, False, False]


async def test_nothing_comes_twice(desk: Desk) -> None:
    await desk.add("/a", rss(item(NAMED, guid="1")))
    await desk.add(
        "/b", rss(item(NAMED.replace("57-NQ/TW", "57 – NQ/TW"), guid="2"), item(ABOUT), item(ABOUT, guid="9"))
    )
    await desk.round()
    await desk.round()
    assert len(await desk.waiting()) == 2


async def test_entries_that_share_a_name_are_told_apart_by_their_titles(desk: Desk) -> None:
    other = NAMED.replace("57", "68")
    page = "https://example.vn/van-ban"
    await desk.add("/a", rss(*(item(title, guid=page) for title in (NAMED, other, NAMED))))
    await desk.round()
    assert len(await desk.titles()) == 2
    await desk.round()
    assert len(await desk.titles()) == 2


async def test_a_document_that_is_there_is_not_offered(desk: Desk) -> None:
    def known(tx: Tx) -> None:
        draft = DocumentDraft(
            "57-NQ/TW", "Nghị quyết", "Đột phá", "Bộ Chính trị", "Trung ương", date(2024, 12, 22)
        )
        documents.save(tx, draft, desk.clock.now())

    await desk.db.run(known)
    later = "Nghị quyết số 57-NQ/TW ngày 5/10/2026 của Bộ Chính trị về việc khác"
    again = "Nghị quyết số 57-NQ/TW của Bộ Chính trị, toàn văn"
    await desk.add("/a", rss(item(NAMED), item(later), item(again), item("Triển khai Nghị quyết 57-NQ/TW")))
    await desk.round()
    assert [each.issued_on for each in await desk.waiting()] == [date(2026, 10, 5)]


async def test_one_title_may_be_of_several_documents(desk: Desk) -> None:
    """A plan is called as the resolution that it carries out; each province has its own resolution of that number."""
    title = "phát triển kinh tế tư nhân"
    await desk.add(
        "/a",
        rss(
            item(f"Bộ Chính trị ban hành Nghị quyết về {title}"),
            item(f"Nghị quyết số 68-NQ/TW của Bộ Chính trị về {title}"),
            item(f"Kế hoạch số 9-KH/TU của Tỉnh ủy Ví Dụ về {title}"),
            item(f"Nghị quyết số 18/2025/NQ-HĐND của HĐND tỉnh Phú Thọ về {title}"),
            item(f"Nghị quyết số 18/2025/NQ-HĐND của HĐND tỉnh Thanh Hóa về {title}"),
        ),
    )
    await desk.round()
    assert sorted(each.number or "" for each in await desk.waiting()) == [
        "18/2025/NQ-HĐND",
        "18/2025/NQ-HĐND",
        "68-NQ/TW",
        "9-KH/TU",
    ]


async def test_what_is_old_is_no_news(desk: Desk) -> None:
    """A feed that has just been added shows what it has had for years."""
    await desk.add("/a", rss(item(NAMED, pubDate="Sun, 22 Dec 2024 08:00:00 +0700")))
    await desk.add("/b", rss(item(ABOUT, pubDate="Sun, 15 Nov 2026 08:00:00 +0700")))
    await desk.round()
    assert await desk.titles() == [ABOUT]


async def test_what_is_dropped_does_not_come_back(desk: Desk) -> None:
    await desk.add("/a", rss(item(NAMED), item(NEWS)), wanted="all")
    await desk.add("/b")
    await desk.round()
    for each in await desk.waiting():
        assert await desk.db.run(feed_items.drop, each.key, None, desk.clock.now())
        assert not await desk.db.run(feed_items.drop, each.key, None, desk.clock.now())
    desk.server.give("/b", rss(item(NAMED, guid="x"), item(NEWS, guid="y")))
    await desk.round()
    assert await desk.waiting() == []
    desk.clock.move(days=170)
    await desk.round()  # both are seen again
    await desk.db.run(feed_items.tidy, desk.clock.now())
    desk.clock.move(days=30)
    await desk.db.run(feed_items.tidy, desk.clock.now())
    await desk.round()
    assert await desk.waiting() == []


async def test_a_feed_corrects_what_nobody_has_touched(desk: Desk) -> None:
    await desk.add("/a", rss(item("Nghị quyết số 57-NQ/TW", guid="1")))
    await desk.round()
    desk.server.give("/a", rss(item(NAMED, guid="1")))
    await desk.round()
    (found,) = await desk.waiting()
    assert found.issued_on == date(2024, 12, 22)
    await desk.db.run(feed_items.update, found.key, {"author": None, "title": "Của chúng tôi"})
    await desk.round()
    assert await desk.titles() == ["Đột phá phát triển khoa học, công nghệ"]


async def test_news_that_nobody_wants_goes_by_itself(desk: Desk) -> None:
    await desk.add("/a", rss(item(NAMED), item(NEWS)), wanted="all")
    await desk.round()
    desk.clock.move(days=15)
    await desk.db.run(feed_items.tidy, desk.clock.now())
    assert [each.is_document for each in await desk.waiting()] == [True]


async def test_one_that_fails_never_stops_the_others(desk: Desk) -> None:
    slow = await desk.add("/slow")
    desk.server.hang("/slow")
    bad = await desk.add("/bad", b"<html><body>Trang web</body></html>")
    lost = await desk.add("/lost")
    nowhere = await desk.db.run(feeds.save, FeedDraft("http://127.0.0.1:9/"), desk.clock.now())
    good = [await desk.add(f"/good{at}", rss(item(NAMED.replace("57", str(at))))) for at in range(6)]
    await desk.round()
    assert [(await desk.feed(key)).error for key in (slow, bad, lost, nowhere)] == [
        "slow",
        "no feed",
        "status 404",
        "unreachable",
    ]
    assert {(await desk.feed(key)).error for key in good} == {""}
    assert len(await desk.waiting()) == 6


async def test_it_is_tried_again_later_and_later(desk: Desk) -> None:
    key = await desk.add("/a")
    desk.server.give("/a", b"", status=500)
    waits = []
    for _ in range(8):
        await desk.round(hours=13)
        feed = await desk.feed(key)
        waits.append(feed.next_fetch_at - desk.clock.now())
    assert waits[:3] == [EVERY, EVERY * 2, EVERY * 4]
    assert waits[-1] == LONGEST_WAIT
    assert (feed.failures, feed.active) == (8, True)
    desk.server.give("/a", rss())
    await desk.round(hours=13)
    feed = await desk.feed(key)
    assert (feed.failures, feed.failing_since, feed.error, feed.last_success_at) == (
        0,
        None,
        "",
        desk.clock.now(),
    )
    assert feed.next_fetch_at == desk.clock.now() + EVERY


@pytest.mark.parametrize(
    ("said", "hours"), [("7200", 2), ("Mon, 23 Nov 2026 06:30:00 GMT", 5), ("99999999", 24), ("soon", 0.5)]
)
async def test_who_asks_us_to_wait_is_obeyed(desk: Desk, said: str, hours: float) -> None:
    key = await desk.add("/a")
    desk.server.give("/a", b"", status=429, Retry_After=said)
    await desk.round()
    feed = await desk.feed(key)
    assert feed.error == "status 429"
    assert feed.next_fetch_at - desk.clock.now() == timedelta(hours=hours)


async def test_what_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    key = await desk.add("/a")
    desk.server.give("/a", rss(item(NAMED)), ETag='W/"1"', Last_Modified="Mon, 23 Nov 2026 00:00:00 GMT")
    await desk.round()
    desk.server.give("/a", b"", status=304)
    await desk.round()
    asked = desk.server.asked("/a")[1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('W/"1"', "Mon, 23 Nov 2026 00:00:00 GMT")
    feed = await desk.feed(key)
    assert (feed.etag, feed.error, feed.last_success_at) == ('W/"1"', "", desk.clock.now())


async def test_a_page_that_is_gone_is_paused_and_told_once(desk: Desk) -> None:
    gone, missing = await desk.add("/gone"), await desk.add("/missing")
    desk.server.give("/gone", b"", status=410)
    await desk.round()
    assert not (await desk.feed(gone)).active
    assert (await desk.feed(missing)).active  # a page may be missing for an hour
    await desk.round(hours=2)
    await desk.round(hours=4)
    assert not (await desk.feed(missing)).active
    told = await desk.db.read(feeds.to_tell, desk.clock.now())
    assert [feed.key for feed in told] == [gone, missing]
    for feed in told:
        await desk.db.run(feeds.mark_told, feed.key)
    await desk.round(hours=24)
    assert await desk.db.read(feeds.to_tell, desk.clock.now()) == []
    assert len(desk.server.asked("/gone")) == 1


async def test_a_failing_feed_is_told_after_a_day(desk: Desk) -> None:
    key = await desk.add("/a", b"")
    await desk.round()
    assert await desk.db.read(feeds.to_tell, desk.clock.now() + timedelta(hours=23)) == []
    (told,) = await desk.db.read(feeds.to_tell, desk.clock.now() + timedelta(hours=24))
    assert (told.key, told.error) == (key, "empty")


async def test_it_takes_its_name_from_the_feed_and_says_what_it_left_out(desk: Desk) -> None:
    key = await desk.add("/a", rss(*(item(f"Bài {at}") for at in range(205))))
    own = await desk.add("/b", atom(("1", NAMED)), name="Của tôi")
    await desk.round()
    assert ((await desk.feed(key)).name, (await desk.feed(key)).left_out) == ("Báo Ví Dụ", 5)
    assert (await desk.feed(own)).name == "Của tôi"


async def test_two_rounds_at_once_fetch_once(desk: Desk) -> None:
    await desk.add("/a", rss(item(NAMED)))
    desk.clock.move(minutes=1)
    await asyncio.gather(desk.fetching.round(), desk.fetching.round())
    assert len(desk.server.asked("/a")) == 1


async def test_the_tick_does_not_wait_for_a_slow_feed(desk: Desk) -> None:
    await desk.add("/a")
    desk.server.hang("/a")
    desk.clock.move(minutes=1)
    await desk.fetching.begin()
    await desk.fetching.begin()
    await desk.fetching.close()
    assert len(desk.server.asked("/a")) <= 1
    desk.server.give("/a", rss(item(NAMED)))
    await desk.round(minutes=10)  # whoever had claimed it is gone
    assert len(await desk.waiting()) == 1


async def test_a_clock_that_was_wrong_stops_no_feed(desk: Desk) -> None:
    await desk.add("/a", rss(item(NAMED)))
    desk.clock.move(days=365)
    await desk.fetching.round()
    desk.clock.move(days=-365)
    await desk.fetching.round()
    assert len(desk.server.asked("/a")) == 2


async def test_a_removed_feed_takes_along_what_nobody_has_seen(desk: Desk) -> None:
    key = await desk.add("/a", rss(item(NAMED), item(ABOUT)))
    await desk.round()
    first, second = await desk.waiting()
    await desk.db.run(feed_items.drop, first.key, None, desk.clock.now())
    await desk.db.run(feeds.remove, key)
    assert await desk.waiting() == []
    assert await desk.db.read(feed_items.by_key, second.key) is None
    await desk.add("/b", rss(item(NAMED)))
    await desk.round()
    assert await desk.waiting() == []  # dropped stays dropped
