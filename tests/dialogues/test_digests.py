"""A digest through the real channels to the loopback Telegram, Zalo Bot and Zalo OA; and what a reader does with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import aiohttp
import pytest

from bot.app import Bot
from bot.audience import groups, interactions, subscriptions
from bot.audience.subscriptions import Subscription
from bot.channels.base import Pace
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Tx
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from scheduler import schedules
from scheduler.schedule_words import parse
from scheduler.schedules import Schedule
from tests.channels import zalo_bot_setup, zalo_oa_setup
from tests.fakes.telegram import FakeTelegram
from tests.fakes.time import MovedClock
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import MINH, FakeZaloOA
from tests.scheduler.digesting import VIET_NAM

SITE = zalo_oa_setup.PUBLIC_URL
PERSON, GROUP, LAN = 7, -100500, "6ede9afa66b88fe6d6a9"
DRAFT = DocumentDraft(
    "57-NQ/TW",
    "Nghị quyết",
    "Về đột phá phát triển <khoa học> & công nghệ 🚀",
    "Bộ Chính trị",
    "Trung ương",
    date(2024, 12, 22),
    summary="Đặt mục tiêu cho năm 2030. Người dân là trung tâm.",
    address="https://example.vn/57?a=1&b=2",
    status="in force",
)


@dataclass
class Office:
    bot: Bot
    db: SqliteDatabase
    clock: MovedClock
    telegram: FakeTelegram
    zalo_bot: FakeZaloBot
    zalo_oa: FakeZaloOA
    channel: Telegram

    async def publish(self, *drafts: DocumentDraft) -> list[int]:
        return [await self.db.run(documents.save, draft, self.clock.now()) for draft in drafts]

    async def minutes(self) -> None:
        """Until the digest of the next morning has been taken on."""
        self.clock.move(hours=24)
        await self.bot.digests.go_on()


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    for each in (Telegram, ZaloBot, ZaloOA):
        monkeypatch.setattr(each, "pace", Pace())
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/hoidap.db", organisation="Ban Tuyên giáo", public_url=SITE
    )
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram())
        zalo_bot = await stack.enter_async_context(FakeZaloBot())
        zalo_oa = await stack.enter_async_context(FakeZaloOA())
        session = await stack.enter_async_context(aiohttp.ClientSession())
        channel = Telegram(session, token=telegram.token, secret="x", api_url=telegram.url, public_url=SITE)
        others = (
            await stack.enter_async_context(zalo_bot_setup.connected(zalo_bot, public_url=SITE)),
            await stack.enter_async_context(zalo_oa_setup.connected(zalo_oa)),
        )
        db, clock, keys = SqliteDatabase.open(settings.database_path), MovedClock(), key_folder(settings)
        stack.push_async_callback(db.close)
        for chat in (PERSON, GROUP):
            telegram.meet(chat)
        zalo_bot.text(LAN, "chào")
        await db.run(_audience, clock)
        bot = Bot(settings, db, keys, keys.seal(), clock, [channel, *others])
        await stack.enter_async_context(bot.running())
        yield Office(bot, db, clock, telegram, zalo_bot, zalo_oa, channel)


def _audience(tx: Tx, clock: MovedClock) -> None:
    for at in (Address("telegram", str(PERSON)), Address("zalo-bot", LAN), Address("zalo-oa", MINH)):
        subscriptions.keep(tx, Subscription(at), clock.now())
    interactions.note(tx, Address("zalo-oa", MINH), clock.now())
    groups.add(tx, Address("telegram", str(GROUP)), clock.now(), "Tổ dân phố 3")
    found = groups.find(tx, Address("telegram", str(GROUP)))
    assert found
    groups.change(tx, found.key, None, clock.now(), state="on")
    daily = Schedule("Sáng", parse("hằng ngày 07:30"), automatic=True)
    schedules.save(tx, daily, None, clock.now(), VIET_NAM)


async def test_a_short_digest_comes_as_a_picture_with_its_words_to_every_network(office: Office) -> None:
    await office.publish(DRAFT)
    await office.minutes()
    (private,) = await office.telegram.replies(PERSON, 1)
    (in_group,) = await office.telegram.replies(GROUP, 1)
    (bot,) = await office.zalo_bot.replies(LAN, 1)
    (oa,) = await office.zalo_oa.replies(MINH, 1)
    for sent in (private, in_group, bot, oa):
        assert "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị" in sent.text
        assert "Về đột phá phát triển <khoa học> & công nghệ 🚀" in sent.text
        assert "Toàn văn: https://example.vn/57?a=1&b=2" in sent.text
    labels = [button["text"] for row in private.buttons for button in row]
    assert labels == ["Hỏi thêm: 57-NQ/TW", "Chuyển tiếp", "Xem trên trang web"]
    assert in_group.buttons[0][0]["url"] == "https://t.me/hoidap_bot?start=d1"
    assert bot.fields["photo"].startswith(f"{SITE}/d/")
    assert "Hỏi thêm: nhắn số hiệu văn bản, ví dụ: 57-NQ/TW" in bot.text
    assert [button["title"] for button in oa.buttons][:1] == ["Hỏi thêm: 57-NQ/TW"]


async def test_the_way_from_a_group_leads_to_the_questions_of_the_document(office: Office) -> None:
    def ask(tx: Tx) -> None:
        draft = EntryDraft("muc-tieu", "Nghị quyết 57 đặt mục tiêu gì?", "30% GDP.", cites="57-NQ/TW")
        entries.save(tx, replace(draft, status="published"), office.clock.now())

    await office.publish(DRAFT)
    await office.db.run(ask)
    await office.bot.refresh()
    raw = office.telegram.text(PERSON, "/start d1")
    await office.bot.dispatch.inbox.add(office.channel, [raw])
    page = (await office.telegram.replies(PERSON, 1))[0]
    assert "57-NQ/TW" in page.text
    assert any("Nghị quyết 57 đặt mục tiêu gì?" in str(button) for button in page.buttons)


async def test_a_long_digest_comes_in_few_messages_to_every_network(office: Office) -> None:
    title = "Về việc <b>thực hiện</b> & tuyên truyền 🇻🇳 " * 45
    await office.publish(
        *(replace(DRAFT, number=f"{number}-NQ/TW", title=f"{number} {title}") for number in range(200))
    )
    await office.minutes()
    told = {
        "telegram": [sent.text for sent in await office.telegram.replies(PERSON, 1)],
        "zalo-bot": [sent.text for sent in await office.zalo_bot.replies(LAN, 2)],
        "zalo-oa": [sent.text for sent in await office.zalo_oa.replies(MINH, 2)],
    }
    rows = await office.db.read(
        lambda tx: tx.rows("SELECT channel, count(*) AS calls FROM outbox GROUP BY channel")
    )
    assert {row["channel"]: row["calls"] for row in rows} == {"telegram": 4, "zalo-bot": 2, "zalo-oa": 2}
    for texts in (told["zalo-bot"], told["zalo-oa"]):
        assert "văn bản khác. Xem đủ tại: https://hoidap.example.vn/d/" in texts[-1]


async def test_what_has_reached_somebody_is_forgotten_with_them(office: Office) -> None:
    await office.publish(DRAFT)
    await office.minutes()
    await office.telegram.replies(PERSON, 1)
    assert str(PERSON) in await office.db.read(_reached)
    raw = office.telegram.text(PERSON, "/xoadulieu")
    await office.bot.dispatch.inbox.add(office.channel, [raw])
    await office.telegram.replies(PERSON, 2)
    assert sorted(await office.db.read(_reached)) == sorted([str(GROUP), LAN, MINH])


def _reached(tx: Tx) -> list[str]:
    return [row["conversation"] for row in tx.rows("SELECT conversation FROM digest_chats")]
