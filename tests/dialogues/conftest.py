"""A bot with a small knowledge base, and people who talk with it through the loopback Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import Bot
from bot.channels.base import Pace
from bot.channels.telegram import Telegram
from bot.model import Tx
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents, entries
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from tests.fakes.telegram import FakeTelegram, Sent
from tests.fakes.time import Daytime

ORGANISATION = "Ban Tuyên giáo và Dân vận xã Bình Minh"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Talk:
    """The network as a test sees it: who says what, and what comes back."""

    def __init__(self, fake: FakeTelegram, bot: Bot, db: SqliteDatabase) -> None:
        self.fake = fake
        self.bot = bot
        self.db = db
        self._read: dict[int, int] = {}

    async def says(self, chat: int, words: str, **more: Any) -> Sent:
        """A person writes in private; the next reply."""
        self.fake.text(chat, words, **more)
        return await self.reply(chat)

    async def presses(self, chat: int, sent: Sent, label: str) -> Sent:
        """A person presses the button that starts like this; the next reply."""
        self.fake.press(chat, sent.message_id, button(sent, label))
        return await self.reply(chat)

    async def reply(self, chat: int) -> Sent:
        """The next message in a chat that no test has looked at yet."""
        position = self._read.get(chat, 0)
        sent = (await self.fake.replies(chat, position + 1))[position]
        self._read[chat] = position + 1
        return sent

    async def silence(self, *chats: int) -> None:
        """Everything said so far has been handled, and nothing unread stands in these chats."""
        self.fake.text(999_999, "cảm ơn")
        await self.reply(999_999)
        for chat in chats:
            assert len(await self.fake.replies(chat, 0)) == self._read.get(chat, 0)


def buttons(sent: Sent) -> list[tuple[str, str]]:
    """(label, data or address) of each button, row by row."""
    return [(one["text"], one.get("callback_data") or one["url"]) for row in sent.buttons for one in row]


def button(sent: Sent, label: str) -> str:
    """The data behind the button that starts with this label, which may stand whole in a numbered line."""
    return next(data for name, data in zip(labels(sent), datas(sent), strict=True) if name.startswith(label))


def datas(sent: Sent) -> list[str]:
    return [data for _, data in buttons(sent)]


def labels(sent: Sent) -> list[str]:
    """Labels as people read them: a long one from its numbered line in the text."""
    lines = {line.partition(". ")[0]: line.partition(". ")[2] for line in sent.text.splitlines()}
    names = [name for name, _ in buttons(sent)]
    return [lines.get(name.partition(". ")[0], name) if name[:1].isdigit() else name for name in names]


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/hoidap.db", organisation=ORGANISATION)
    db = SqliteDatabase.open(settings.database_path)
    await db.run(_small_knowledge)
    keys = key_folder(settings)
    async with FakeTelegram() as fake, aiohttp.ClientSession() as session:
        channel = Telegram(session, token=fake.token, secret="x", api_url=fake.url, poll_seconds=1)
        channel.pace = Pace()  # a dialogue of ten lines should not take ten seconds
        bot = Bot(settings, db, keys, keys.seal(), Daytime(), [channel])
        async with bot.running():
            yield Talk(fake, bot, db)
    await db.close()


def _small_knowledge(tx: Tx) -> None:
    def document(number: str, title: str, issued_on: date, **more: Any) -> int:
        draft = DocumentDraft(
            number,
            "Nghị quyết",
            title,
            more.pop("issuer", "Bộ Chính trị"),
            "Trung ương",
            issued_on,
            status="in force",
            **more,
        )
        return documents.save(tx, draft, NOW)

    def entry(id: str, question: str, answer: str, cites: str, **more: Any) -> None:
        entries.save(
            tx,
            EntryDraft(id, question, answer, cites=cites, status=more.pop("status", "published"), **more),
            NOW,
        )

    land = document(
        "18-NQ/TW",
        "Quản lý và sử dụng đất",
        date(2022, 6, 16),
        issuer="Ban Chấp hành Trung ương",
        summary="Về đất đai.",
    )
    document("18-NQ/TW", "Sắp xếp tổ chức bộ máy", date(2017, 10, 25), issuer="Ban Chấp hành Trung ương")
    document(
        "57-NQ/TW",
        "Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        date(2024, 12, 22),
        summary="Đặt mục tiêu cho năm 2030.",
        address="https://example.vn/57?a=1&b=2",
    )
    document("68-NQ/TW", "Phát triển kinh tế tư nhân", date(2025, 5, 4))
    document("19-NQ/TW", "Chính sách đất đai cũ", date(2012, 10, 31), superseded_by=land)
    entry(
        "muc-tieu-57",
        "Nghị quyết 57 đặt mục tiêu gì cho kinh tế số?",
        "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP.",
        "57-NQ/TW",
        phrasings=("mục tiêu kinh tế số của nghị quyết 57", "kinh tế số đến năm 2030 chiếm bao nhiêu"),
        detail="Chi tiết: tỉ trọng kinh tế số <tối thiểu> 30% GDP & tăng dần.",
        article="Mục II",
    )
    entry(
        "kinh-phi-57",
        "Nghị quyết 57 dành bao nhiêu ngân sách cho khoa học?",
        "Ít nhất 3% tổng chi ngân sách hằng năm.",
        "57-NQ/TW",
    )
    entry(
        "doanh-nghiep-68",
        "Nghị quyết 68 đặt mục tiêu có bao nhiêu doanh nghiệp?",
        "Đến năm 2030 có 2 triệu doanh nghiệp.",
        "68-NQ/TW",
        status="sample",
    )
    entry(
        "dat-19",
        "Nghị quyết 19 quy định thời hạn giao đất nông nghiệp ra sao?",
        "Thời hạn giao đất nông nghiệp được kéo dài.",
        "19-NQ/TW",
    )
