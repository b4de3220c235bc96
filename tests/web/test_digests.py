"""The page of a digest: who may see it, what previews read in it, its pictures, and how openings are counted."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from PIL import Image

from bot.audience import units
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries, superseding
from scheduler.digests import Digest
from tests.fakes.time import MovedClock
from tests.web.digest_site import (
    ANSWER,
    CODE,
    NQ57,
    NQ68,
    NQ71,
    ORGANISATION,
    QUESTION,
    SENTENCES,
    VIETNAM,
    change,
    counted,
    nobody,
    open_digests,
    write,
)  # fmt: skip
from web.cards import Cards
from web.digest_pages import card_lines
from web.rates import Rate

Client = TestClient[Any, Any]
PUBLIC = "https://hoidap.example"
HIDDEN = ["draft", "approved", "skipped", "cancelled"]


class Head(HTMLParser):
    """What a robot reads that makes a preview: meta, link and title, wherever they stand; it runs no script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := values.get("property") or values.get("name")):
            assert name not in self.meta, f"{name} twice"
            self.meta[name] = values["content"]
        if tag == "link":
            self.links[values["rel"]] = values["href"]


@pytest.fixture
async def client(db: SqliteDatabase, clock: MovedClock) -> AsyncIterator[Client]:
    await db.run(write, clock)
    async with open_digests(db, clock, PUBLIC) as server, TestClient(server) as client:
        yield client


async def shown(client: Client, query: str = "") -> str:
    async with client.get(f"/d/{CODE}{query}") as response:
        assert response.status == 200
        return await response.text()


async def opened(client: Client, body: object = None, **headers: str) -> int:
    async with client.post(f"/d/{CODE}/opened", json=body or {"u": ""}, headers=headers) as response:
        return response.status


def picture_in(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


async def test_the_page_says_what_is_in_the_digest(client: Client) -> None:
    html = await shown(client)
    for said in ("Nghị quyết số 57-NQ/TW", "Ngày 22/12/2024 · Bộ Chính trị", NQ68.title, SENTENCES):
        assert said in html
    for paragraph in ANSWER.split("\n\n"):
        assert f"<p>{paragraph}</p>" in html
    assert "(Mục II)" in html
    assert 'href="https://tulieu.example/57?a=1&amp;b=2"' in html
    assert "Mẫu chưa ai duyệt?" not in html
    assert 'href="javascript:' not in html
    assert NQ71.title.replace("<", "&lt;").replace(">", "&gt;") in html
    assert len(html.encode()) < 30_000


@pytest.mark.parametrize("state", HIDDEN)
async def test_what_is_not_out_or_was_called_back_is_not_there(
    client: Client, db: SqliteDatabase, state: str
) -> None:
    await db.run(change, state=state)
    async with client.get(f"/d/{CODE}") as response:
        assert response.status == 404
        assert response.headers["Cache-Control"] == "no-store"
        html = await response.text()
        assert "Không có bản tin này" in html
        assert "57-NQ/TW" not in html
    assert await opened(client) == 404


@pytest.mark.parametrize("code", ["zzzzzzzz", "abcd", CODE.upper()])
async def test_a_code_is_exact_but_for_capitals(client: Client, code: str) -> None:
    async with client.get(f"/d/{code}") as response:
        assert response.status == (200 if code.lower() == CODE else 404)


async def test_half_a_character_is_no_unit(client: Client, db: SqliteDatabase, clock: MovedClock) -> None:
    assert await opened(client, {"u": "\ud800"}) == 204
    assert await counted(db, clock) == {None: 1}


async def test_who_comes_while_the_storage_fails_is_asked_to_come_again(
    client: Client, db: SqliteDatabase
) -> None:
    await db.close()
    for path in ("", "/card.png"):
        async with client.get(f"/d/{CODE}{path}") as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "5")
            assert "mở lại trang này" in await response.text()


async def test_documents_stand_as_they_are_now(client: Client, db: SqliteDatabase, clock: MovedClock) -> None:
    def since(tx: Tx) -> None:
        old, new, gone = (documents.find(tx, draft.number or "")[0] for draft in (NQ68, NQ57, NQ71))
        superseding.supersede(tx, old.key, new.key, clock.now())
        tx.run("UPDATE documents SET status = 'draft' WHERE key = :key", key=gone.key)
        entry = entries.by_id(tx, "q1")
        assert entry is not None
        entries.set_status(tx, entry.key, "archived", clock.now())

    await db.run(since)
    html = await shown(client)
    assert "Văn bản này đã được thay thế bởi Nghị quyết số 57-NQ/TW ngày 22/12/2024" in html
    assert "71-NQ/TW" not in html
    assert QUESTION.replace("&", "&amp;") not in html
    await db.run(lambda tx: tx.run("UPDATE documents SET status = 'draft'"))
    async with client.get(f"/d/{CODE}") as response:
        assert response.status == 404


async def test_what_robots_read_makes_a_preview(client: Client, db: SqliteDatabase) -> None:
    slug = await db.read(units.slug_of, 1)
    head = Head(await shown(client, f"?u={slug}"))
    address = f"{PUBLIC}/d/{CODE}"
    assert head.links["canonical"] == address
    assert {name: head.meta[name] for name in head.meta if name.startswith("og:")} == {
        "og:type": "article",
        "og:title": "Văn bản mới đến ngày 22/11/2026",
        "og:description": "Nghị quyết số 57-NQ/TW; Nghị quyết số 68-NQ/TW và 1 văn bản khác. "
        "Tóm tắt ngắn, kèm văn bản gốc.",
        "og:site_name": ORGANISATION,
        "og:locale": "vi_VN",
        "og:url": address,
        "og:image": f"{address}/preview.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": f"Ảnh bản tin: Văn bản mới đến ngày 22/11/2026, {ORGANISATION}",
    }
    assert head.meta["twitter:card"] == "summary_large_image"
    assert head.meta["description"] == head.meta["og:description"]
    async with client.get(head.meta["og:image"].removeprefix(PUBLIC)) as response:
        assert picture_in(await response.read()).size == (1200, 630)
        assert response.content_type == "image/png"


async def test_a_preview_of_urgent_news_says_what_it_is_about(client: Client, db: SqliteDatabase) -> None:
    await db.run(lambda tx: tx.run("UPDATE digests SET urgent = 1, title = 'TIN KHẨN'"))
    html = await shown(client)
    told = f"TIN KHẨN: {NQ57.title}"
    assert Head(html).meta["og:title"] == told
    assert f"<title>{told} – " in html


async def test_the_text_to_pass_on_names_the_unit_and_only_one_that_there_is(
    client: Client, db: SqliteDatabase
) -> None:
    slug = await db.read(units.slug_of, 1)
    assert f"{PUBLIC}/d/{CODE}?u={slug}\n" in (await shown(client, f"?u={slug}")).replace("</textarea>", "\n")
    for strange in ("zzz", "%22%3E%3Cscript%3E", "a" * 3000):
        html = await shown(client, f"?u={strange}")
        assert "?u=" not in html
        assert "<script>" not in html


async def test_without_an_address_of_our_own_everything_is_relative(
    db: SqliteDatabase, clock: MovedClock
) -> None:
    await db.run(write, clock)
    async with open_digests(db, clock) as server, TestClient(server) as client:
        html = await shown(client)
        head = Head(html)
        assert "canonical" not in head.links
        assert not {"og:url", "og:image", "twitter:card"} & head.meta.keys()
        assert f'href="/d/{CODE}/card.png"' in html
        async with client.get(f"/d/{CODE}/card.png") as response:
            card = picture_in(await response.read()).convert("RGB")
        assert (
            len(card.crop((800, 1180, 1080, 1300)).getcolors() or ()) == 1
        )  # where the code to scan would be


async def test_headers_let_the_page_do_what_it_does_and_no_more(client: Client) -> None:
    async with client.get(f"/d/{CODE}") as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Content-Encoding"] == "deflate"
        assert "Set-Cookie" not in response.headers
        assert not re.search(r"<script(?! src)|\son\w+=|style=", await response.text())


async def test_pictures_are_kept_by_whoever_asks(client: Client, db: SqliteDatabase) -> None:
    async def get(name: str = "card.png", **headers: str) -> ClientResponse:
        response = await client.get(f"/d/{CODE}/{name}", headers=headers)
        await response.read()
        return response

    first = await get()
    assert (first.status, first.headers["Cache-Control"]) == (200, "public, max-age=86400")
    again = await get(**{"If-None-Match": first.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    assert (await get("card-zzz.png")).headers["ETag"] == first.headers["ETag"]
    slug = await db.read(units.slug_of, 1)
    assert (await get(f"card-{slug}.png")).headers["ETag"] != first.headers["ETag"]
    await db.run(change, title="Văn bản mới tuần này")
    assert (await get()).headers["ETag"] != first.headers["ETag"]
    await db.run(change, state="draft")  # shown to approvers as it will go out
    assert (await get()).headers["Cache-Control"] == "no-store"
    await db.run(change, state="cancelled")
    assert (await get()).status == 404
    assert (await client.get(f"/d/{CODE}/other.png")).status == 404


async def test_the_outbox_gets_pictures_or_hears_that_there_is_none(
    db: SqliteDatabase, clock: MovedClock
) -> None:
    await db.run(write, clock)
    cards = Cards(db, ORGANISATION, PUBLIC, VIETNAM, nobody)
    slug = await db.read(units.slug_of, 1)
    plain = await cards.content(f"{CODE}/card.png")
    assert picture_in(plain).size == (1080, 1350)
    assert await cards.can_draw(CODE)
    assert await cards.content(f"{CODE}/card-{slug}.png") != plain
    for wrong in ("zzzzzzzz/card.png", f"{CODE}/x.png", f"{CODE}", ""):
        with pytest.raises(FileNotFoundError):
            await cards.content(wrong)


async def test_of_a_picture_that_cannot_be_drawn_somebody_hears_and_not_each_time(
    db: SqliteDatabase, clock: MovedClock
) -> None:
    digest = await db.run(write, clock)
    heard: list[int] = []

    async def hear(of: Digest) -> None:
        heard.append(of.key)

    cards = Cards(db, ORGANISATION, f"https://{'a' * 3000}.example", VIETNAM, hear)
    for _ in range(3):
        with pytest.raises(FileNotFoundError):
            await cards.content(f"{CODE}/card.png")
    assert not await cards.can_draw(CODE)
    assert heard == [digest.key]


async def test_openings_are_numbers_by_digest_unit_and_day(
    client: Client, db: SqliteDatabase, clock: MovedClock
) -> None:
    slug = await db.read(units.slug_of, 1)
    assert await opened(client, {"u": slug}) == 204
    clock.move(hours=23)
    for body in ({"u": slug}, {"u": "zzz"}, {"u": 7}, {}):
        assert await opened(client, body) == 204
    assert await counted(db, clock) == {1: 2, None: 3}
    rows = await db.read(
        lambda tx: tx.rows("SELECT digest, unit, day, times FROM openings ORDER BY day, unit")
    )
    assert [(row["digest"], row["unit"], row["day"], row["times"]) for row in rows] == [
        (1, 1, "2026-11-23", 1),
        (1, None, "2026-11-24", 3),
        (1, 1, "2026-11-24", 1),
    ]


async def test_only_our_own_page_counts_and_not_without_end(db: SqliteDatabase, clock: MovedClock) -> None:
    await db.run(write, clock)
    rate = Rate(3, seconds=lambda: 0.0)
    async with open_digests(db, clock, PUBLIC, rate=rate) as server, TestClient(server) as client:
        assert await opened(client, **{"Sec-Fetch-Site": "cross-site"}) == 403
        assert await opened(client, Origin="https://evil.example") == 403
        async with client.post(f"/d/{CODE}/opened", data="u=x") as response:
            assert response.status == 415
        assert [await opened(client) for _ in range(5)] == [204, 204, 204, 429, 429]
        assert await counted(db, clock) == {None: 3}


async def test_three_lines_for_a_card_whatever_the_digest_holds(
    db: SqliteDatabase, clock: MovedClock
) -> None:
    digest = await db.run(write, clock)
    assert [line[:19] for line in card_lines(digest)] == [
        "Nghị quyết 57-NQ/TW",
        "Nghị quyết 68-NQ/TW",
        "Nghị quyết 71-NQ/TW",
    ]
    one, more = digest.items[:1], digest.items * 3
    assert card_lines(replace(digest, items=one)) == (
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        NQ57.title,
        SENTENCES,
    )
    assert card_lines(replace(digest, items=more))[2] == "… và 7 văn bản khác"
