"""A bot with a small knowledge base on the fake Zalo Bot Platform, and people who talk with it by numbers."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.app import Bot
from bot.channels.base import Pace
from bot.channels.zalo_bot import ZaloBot
from bot.files.attachments import Attachment
from bot.memory import ChannelMemory
from bot.model import Tx
from bot.networks import ZALO_BOT_WORDS, key_folder
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents
from tests.channels.zalo_bot_setup import SECRET, Told
from tests.dialogues.conftest import NOW, ORGANISATION, _small_knowledge
from tests.fakes.time import Daytime
from tests.fakes.zalo_bot import GROUP, FakeZaloBot
from web.server import Server
from web.webhooks import add_webhooks

QUESTION = "mục tiêu kinh tế số của nghị quyết 57"
ANSWER = "Đến năm 2030, kinh tế số chiếm ít nhất 30% GDP."
NAME = "Bot Hỏi Đáp"


class Talk:
    """The network as a test sees it: who says what, and what comes back."""

    def __init__(self, fake: FakeZaloBot, db: SqliteDatabase) -> None:
        self.fake = fake
        self.db = db
        self._read: dict[str, int] = {}

    async def says(self, chat: str, words: str) -> str:
        self.fake.text(chat, words)
        return await self.reply(chat)

    async def asks_in_group(self, words: str) -> str:
        self.fake.group_text(GROUP, words)
        return await self.reply(GROUP)

    async def reply(self, chat: str) -> str:
        """The next message in a chat that no test has looked at yet."""
        position = self._read.get(chat, 0)
        sent = (await self.fake.replies(chat, position + 1))[position]
        self._read[chat] = position + 1
        return sent.text

    async def silence(self, *chats: str) -> None:
        """Everything said so far has been handled, and nothing unread stands in these chats."""
        self.fake.text("silence", "cảm ơn")
        await self.reply("silence")
        for chat in chats:
            assert len(await self.fake.replies(chat, 0)) == self._read.get(chat, 0)


def number(shown: str, label: str) -> str:
    """What to type for the choice that starts like this."""
    found = re.search(rf"^(\d+)\. {re.escape(label)}", shown, re.MULTILINE)
    assert found, shown
    return found[1]


@asynccontextmanager
async def talking(folder: Path, *, webhook: bool) -> AsyncIterator[Talk]:
    port = _free_port()
    settings = Settings(
        database_url=f"sqlite:///{folder}/hoidap.db",
        organisation=ORGANISATION,
        public_url=f"http://127.0.0.1:{port}" if webhook else None,
    )
    db = SqliteDatabase.open(settings.database_path)
    await db.run(_small_knowledge)
    await db.run(_with_a_file)
    keys, clock = key_folder(settings), Daytime()
    async with FakeZaloBot(http_webhooks=True) as fake, aiohttp.ClientSession() as session:
        channel = ZaloBot(
            session,
            token=fake.token,
            secret=SECRET,
            memory=ChannelMemory(db, keys.seal(), clock, "zalo-bot"),
            notices=Told(),
            clock=clock,
            words=ZALO_BOT_WORDS,
            api_url=fake.url,
            public_url=settings.public_url,
            name=NAME,
            poll_seconds=1,
        )
        channel.pace = Pace()  # a dialogue of ten lines should not take ten seconds
        bot = Bot(settings, db, keys, keys.seal(), clock, [channel])
        app = web.Application()
        add_webhooks(app, bot.channels, bot.dispatch.inbox)
        server = Server(app, "127.0.0.1", port)
        await server.start()
        async with bot.running():
            yield Talk(fake, db)
        await server.stop()
    await db.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _with_a_file(tx: Tx) -> None:
    [document] = documents.find(tx, "68-NQ/TW")
    file = Attachment("nq68.pdf", "application/pdf", b"%PDF-1.7")
    documents.save(tx, replace(documents.as_draft(document), file=file), NOW)
