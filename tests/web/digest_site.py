"""The page of a digest on a real server, over a real database with real documents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.audience import units
from bot.audience.units import Unit
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from scheduler import composing, openings
from scheduler.digest_rows import write_item
from scheduler.digests import Digest, by_code
from tests.fakes.time import MovedClock
from web.assets import Assets
from web.cards import Cards
from web.digests import add_digests

ORGANISATION = "Ban Tuyên giáo và Dân vận phường Hòa Bình"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CODE = "abcd2345"
TOPIC = "Khoa học, công nghệ"
QUESTION = "Nghị quyết 57-NQ/TW đặt mục tiêu gì & đến năm nào?"
ANSWER = "Đến năm 2030, kinh tế số đạt tối thiểu 30% GDP.\n\nĐến năm 2045, tối thiểu 50%."
SENTENCES = "Khoa học, công nghệ và chuyển đổi số là đột phá hàng đầu. Người dân là trung tâm."
NQ57 = DocumentDraft(
    "57-NQ/TW",
    "Nghị quyết",
    "Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
    "Bộ Chính trị",
    "Trung ương",
    date(2024, 12, 22),
    summary=SENTENCES,
    address="https://tulieu.example/57?a=1&b=2",
    status="in force",
)
NQ68 = DocumentDraft(
    "68-NQ/TW",
    "Nghị quyết",
    "Phát triển kinh tế tư nhân",
    "Bộ Chính trị",
    "Trung ương",
    date(2025, 5, 4),
    summary="Kinh tế tư nhân là một động lực quan trọng nhất của nền kinh tế.",
    address="javascript:alert(1)",
    status="in force",
)
NQ71 = DocumentDraft(
    "71-NQ/TW",
    "Nghị quyết",
    "Đột phá phát triển <b>giáo dục</b> và đào tạo",
    "Bộ Chính trị",
    "Trung ương",
    date(2025, 8, 22),
    summary="Giáo dục là quốc sách hàng đầu.",
    status="in force",
)


def write(tx: Tx, clock: MovedClock, drafts: tuple[DocumentDraft, ...] = (NQ57, NQ68, NQ71)) -> Digest:
    """A digest that has gone out today, with a question to its first document, one that is a sample, and a unit."""
    now = clock.now()
    keys = documents.save_all(tx, drafts, now)
    entries.save_all(
        tx,
        (
            EntryDraft(
                "q1", QUESTION, ANSWER, cites="57-NQ/TW", article="Mục II", status="published", topic=TOPIC
            ),
            EntryDraft(
                "q2", "Mẫu chưa ai duyệt?", "Chưa duyệt.", cites="57-NQ/TW", status="sample", topic=TOPIC
            ),
        ),
        now,
    )
    digest = composing.urgent(tx, keys[0], None, now, override_quiet=False, code=CODE)
    for position, key in enumerate(keys[1:], 1):
        document = documents.by_key(tx, key)
        assert document is not None
        write_item(tx, digest.key, composing.item_of(tx, document), position)
    change(tx, state="sent", title="Văn bản mới đến ngày 22/11/2026", urgent=0)
    change(tx, greeting="Kính gửi Bạn những văn bản mới của tuần.", most_asked="q1")
    change(tx, most_asked_question=QUESTION)
    units.add(tx, Unit(0, "Tổ dân phố 1", "tổ dân phố"), now)
    found = by_code(tx, CODE)
    assert found is not None
    return found


def change(tx: Tx, /, **values: Any) -> None:
    sets = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE digests SET {sets}", **values)


async def nobody(digest: Digest) -> None:
    raise AssertionError(f"the card of {digest.title} could not be drawn")


@asynccontextmanager
async def open_digests(
    db: SqliteDatabase, clock: MovedClock, public_url: str | None = None, **options: Any
) -> AsyncIterator[TestServer]:
    app = web.Application()
    assets = Assets()
    assets.add_routes(app)
    cards = Cards(db, ORGANISATION, public_url, VIETNAM, nobody)
    fixed: dict[str, Any] = {
        "organisation": ORGANISATION,
        "timezone": VIETNAM,
        "public_url": public_url,
    }
    add_digests(app, db, clock, cards, assets, **fixed | options)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


async def counted(db: SqliteDatabase, clock: MovedClock) -> dict[int | None, int]:
    today = clock.now().astimezone(VIETNAM).date()
    return await db.read(openings.of, today - timedelta(days=1), today)
