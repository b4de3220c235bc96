"""The whole loop on the wire of three networks: asked on Zalo, answered by a reply on Telegram, published, and answered from
the knowledge base on the web page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.app import Bot
from bot.audience import people, staff
from bot.audience.staff import Role
from bot.channels.base import Pace
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.mailbox import Mailbox
from bot.memory import ChannelMemory
from bot.model import Address, Tx
from bot.networks import ZALO_BOT_WORDS, key_folder
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from tests.channels.zalo_bot_setup import Told
from tests.dialogues.conftest import ORGANISATION, button
from tests.dialogues.conftest import _small_knowledge as small_knowledge
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_wire import Sent
from tests.fakes.time import MovedClock
from tests.fakes.zalo_bot import LAN as ASKER
from tests.fakes.zalo_bot import FakeZaloBot
from web.assets import Assets
from web.chat import add_chat
from web.server import Server

EDITOR, APPROVER = 11, 12
QUESTION = "Bao giờ sửa cầu bắc qua suối Rồng?"
ANSWER = "Cầu được sửa xong trước ngày 30/12/2026."


class Loop:
    def __init__(self, telegram: FakeTelegram, zalo: FakeZaloBot, bot: Bot, page: str) -> None:
        self.telegram = telegram
        self.zalo = zalo
        self.bot = bot
        self._page = page
        self._read: dict[int | str, int] = {}

    async def asks_on_zalo(self, words: str) -> str:
        self.zalo.text(ASKER, words)
        return await self.comes_on_zalo()

    async def comes_on_zalo(self) -> str:
        position = self._read.get(ASKER, 0)
        sent = (await self.zalo.replies(ASKER, position + 1))[position]
        self._read[ASKER] = position + 1
        return sent.text

    async def comes_on_telegram(self, chat: int) -> Sent:
        position = self._read.get(chat, 0)
        sent = (await self.telegram.replies(chat, position + 1))[position]
        self._read[chat] = position + 1
        return sent

    async def replies_on_telegram(self, chat: int, to: Sent, words: str) -> Sent:
        """As with the swipe of a phone: Telegram tells which message is answered."""
        quoted = {
            "message_id": to.message_id,
            "date": 1,
            "chat": {"id": chat, "type": "private"},
            "from": self.telegram.me,
            "text": to.text,
        }
        self.telegram.text(chat, words, reply_to_message=quoted)
        return await self.comes_on_telegram(chat)

    async def presses(self, chat: int, sent: Sent, label: str) -> Sent:
        self.telegram.press(chat, sent.message_id, button(sent, label))
        return await self.comes_on_telegram(chat)

    async def asks_on_the_page(self, words: str) -> str:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as browser, asyncio.timeout(10):
            body = {"id": "0123456789abcdef", "start": "f" * 32, "text": words, "seen": 0}
            async with browser.post(f"{self._page}/chat/messages", json=body) as answer:
                assert answer.status == 202, await answer.text()
            async with browser.get(
                f"{self._page}/chat/replies", params={"after": "0", "wait": "9"}
            ) as answer:
                [reply] = (await answer.json())["replies"]
        return "".join(text for text, _ in reply["parts"])


@asynccontextmanager
async def loop(folder: Path) -> AsyncIterator[Loop]:
    settings = Settings(database_url=f"sqlite:///{folder}/hoidap.db", organisation=ORGANISATION)
    db = SqliteDatabase.open(settings.database_path)
    keys, clock = key_folder(settings), MovedClock()  # a Monday, eight in the morning
    seal = keys.seal()
    await db.run(small_knowledge)
    await db.run(_hire, clock.now())
    async with FakeTelegram() as telegram, FakeZaloBot() as zalo, aiohttp.ClientSession() as session:
        telegram.meet(EDITOR)
        telegram.meet(APPROVER)
        mailbox = Mailbox(db, seal, clock)
        page = WebChat(mailbox)
        on_telegram = Telegram(
            session, token=telegram.token, secret="x", api_url=telegram.url, poll_seconds=1
        )
        on_zalo = ZaloBot(
            session,
            token=zalo.token,
            secret="x" * 10,
            memory=ChannelMemory(db, seal, clock, "zalo-bot"),
            notices=Told(),
            clock=clock,
            words=ZALO_BOT_WORDS,
            api_url=zalo.url,
            public_url=None,
            name="Bot Hỏi Đáp",
            poll_seconds=1,
        )
        on_telegram.pace = on_zalo.pace = Pace()  # a dialogue should not take as long as people do
        bot = Bot(settings, db, keys, seal, clock, [page, on_telegram, on_zalo])
        app, assets = web.Application(), Assets()
        add_chat(
            app,
            inbox=bot.dispatch.inbox,
            mailbox=mailbox,
            channel=page,
            assets=assets,
            organisation=ORGANISATION,
            secret=b"a secret of the tests",
        )
        server = Server(app, "127.0.0.1", 0)
        port = await server.start()
        async with bot.running():
            yield Loop(telegram, zalo, bot, f"http://127.0.0.1:{port}")
        await server.stop()
    await db.close()


def _hire(tx: Tx, now: datetime) -> None:
    hired: tuple[tuple[int, Role, str], ...] = ((EDITOR, "editor", "Lan"), (APPROVER, "approver", "Hoa"))
    for person, role, name in hired:
        staff.give_role(tx, (), Address("telegram", str(person)), role, name, None, now)
        people.meet(tx, "telegram", str(person), now.date())


@pytest.mark.timeout(60)
async def test_a_question_finds_its_answer_and_the_answer_everybody(tmp_path: Path) -> None:
    async with loop(tmp_path) as talk:
        # Asked on Zalo, where there are no buttons.
        offer = await talk.asks_on_zalo(QUESTION)
        number = re.search(r"^(\d+)\. Gửi cán bộ", offer, re.MULTILINE)
        assert number, offer
        assert "số #1" in await talk.asks_on_zalo(number[1])
        # Answered on Telegram, by a reply to the card.
        card = await talk.comes_on_telegram(EDITOR)
        assert f"Câu hỏi #1 (bot Zalo, 08:00 ngày 23/11/2026)\n“{QUESTION}”" in card.text
        preview = await talk.replies_on_telegram(EDITOR, card, ANSWER)
        assert "sẽ nhận đúng như sau" in preview.text
        sent = await talk.presses(EDITOR, preview, "Gửi #1")
        got = await talk.comes_on_zalo()
        assert got.startswith(f"{ORGANISATION} trả lời câu hỏi #1 của Bạn:\n“{QUESTION}”\n\n{ANSWER}")
        # Published by somebody else.
        await talk.presses(EDITOR, sent, "Đưa vào kho")
        await talk.comes_on_telegram(APPROVER)  # the card of the question, in its time
        draft = await talk.comes_on_telegram(APPROVER)
        assert "được dùng ngay" in (await talk.presses(APPROVER, draft, "Duyệt")).text
        await talk.bot.refresh()
        # Answered from the knowledge base, on the web page, to somebody who types without accents.
        assert ANSWER in await talk.asks_on_the_page("bao gio sua cau bac qua suoi rong")
