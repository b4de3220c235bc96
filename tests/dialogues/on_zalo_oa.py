"""The whole service on the fake Zalo Official Account, and people who talk with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import Bot
from bot.model import Address
from bot.service import service
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from tests.dialogues.conftest import ORGANISATION
from tests.fakes.time import Daytime
from tests.fakes.zalo_oa import FakeZaloOA, Sent

QUESTION = "mục tiêu kinh tế số của nghị quyết 57"
ANSWER = "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP."
ADMIN = "admin-of-the-oa"


class Talk:
    """The network as a test sees it: who says what, and what comes back."""

    def __init__(self, fake: FakeZaloOA, bot: Bot, db: SqliteDatabase) -> None:
        self.fake = fake
        self.bot = bot
        self.db = db
        self._read: dict[str, int] = {}

    async def says(self, person: str, words: str) -> Sent:
        await self.fake.text(person, words)
        return await self.reply(person)

    async def presses(self, person: str, sent: Sent, title: str) -> Sent:
        await self.fake.press(person, sent, title)
        return await self.reply(person)

    async def reply(self, to: str) -> Sent:
        """The next message that no test has looked at yet."""
        position = self._read.get(to, 0)
        sent = (await self.fake.replies(to, position + 1))[position]
        self._read[to] = position + 1
        return sent

    async def silence(self, *to: str) -> None:
        """Everything delivered so far has been handled, and nothing unread stands there."""
        await self.says("999", "cảm ơn")
        for each in to:
            assert len(await self.fake.replies(each, 0)) == self._read.get(each, 0)


def titles(sent: Sent) -> list[str]:
    return [button["title"] for button in sent.buttons]


@asynccontextmanager
async def serving(fake: FakeZaloOA, folder: Path, **options: Any) -> AsyncIterator[Talk]:
    settings = Settings(
        database_url=f"sqlite:///{folder}/hoidap.db",
        organisation=ORGANISATION,
        public_url="https://hoidap.example.vn",
        admins=(Address("zalo-oa", ADMIN),),
        zalo_oa_app_id=fake.app_id,
        zalo_oa_app_secret=fake.app_secret,
        zalo_oa_secret_key=fake.secret_key,
        zalo_oa_api_url=fake.url,
        zalo_oa_oauth_url=fake.url,
        zalo_site_verification="Code123",
    )
    db = SqliteDatabase.open(settings.database_path)
    try:
        async with service(replace(settings, **options), db, Daytime(), host="127.0.0.1", port=0) as (
            bot,
            port,
        ):
            fake.webhook = f"http://127.0.0.1:{port}/webhook/zalo-oa"
            yield Talk(fake, bot, db)
    finally:
        await db.close()
