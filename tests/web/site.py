"""The web chat on a real server, over a real database, with a small dispatcher that answers what it is told to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.webchat import Stream, WebChat
from bot.clock import SystemClock, stamp
from bot.inbox import Inbox, finish, heads
from bot.mailbox import Mailbox
from bot.model import Choice, Inbound, Part, Reply, Text
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from web.assets import Assets
from web.chat import add_chat

Answer = Callable[[Inbound], Sequence[Reply]]

SECRET = b"a secret of the tests"
EXAMPLE = "Nghị quyết 57-NQ/TW nói về vấn đề gì?"
ORGANISATION = "Ban Tuyên giáo và Dân vận phường Hòa Bình"


def echo(inbound: Inbound) -> Sequence[Reply]:
    return [Text((Part(f"Đã nhận: {inbound.text or inbound.payload}"),))]


class WatchedChat(WebChat):
    """Tells when a browser begins or ends to listen."""

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(mailbox)
        self._changed = asyncio.Event()

    @contextmanager
    def listen(self, visitor: str) -> Iterator[Stream]:
        try:
            with super().listen(visitor) as stream:
                self._changed.set()
                yield stream
        finally:
            self._changed.set()

    async def until_streams(self, number: int) -> None:
        async with asyncio.timeout(30):
            while self.open_streams != number:
                self._changed.clear()
                await self._changed.wait()


class Site:
    """Can be stopped and started again on the same port: the database, and what waits in it, stays."""

    def __init__(self, folder: Path, answer: Answer = echo, **options: Any) -> None:
        self.db = SqliteDatabase.open(folder / "site.db")
        self.clock = SystemClock()
        self.answer = answer
        self.answered: list[Inbound] = []
        self._heard = asyncio.Event()
        self.server: TestServer
        self._options = options
        self._work = asyncio.Event()
        self._port: int | None = None
        seal = Seal(b"k" * 32)
        self.inbox = Inbox(self.db, seal, self.clock, self._work.set)
        self.mailbox = Mailbox(self.db, seal, self.clock)
        self.channel = WatchedChat(self.mailbox)
        self._dispatcher = asyncio.create_task(self._dispatch())

    @property
    def url(self) -> str:
        return str(self.server.make_url("/"))

    async def start(self) -> None:
        self.channel = WatchedChat(self.mailbox)
        app = web.Application()
        assets = Assets()
        assets.add_routes(app)
        fixed: dict[str, Any] = {
            "organisation": ORGANISATION,
            "secret": SECRET,
            "examples": lambda: [EXAMPLE],
        }
        settings = fixed | self._options
        add_chat(app, inbox=self.inbox, mailbox=self.mailbox, channel=self.channel, assets=assets, **settings)
        app.on_shutdown.append(self._close_channel)
        self.server = TestServer(app, port=self._port)
        await self.server.start_server()
        self._port = self.server.port

    async def stop(self) -> None:
        await self.server.close()

    async def close(self) -> None:
        if not self.server.closed:
            await self.stop()
        self._dispatcher.cancel()
        await asyncio.wait([self._dispatcher])
        await self.db.close()

    async def hears(self, number: int) -> Inbound:
        """The message with this number, from 0, as soon as it is being answered."""
        async with asyncio.timeout(30):
            while len(self.answered) <= number:
                self._heard.clear()
                await self._heard.wait()
        return self.answered[number]

    async def _close_channel(self, app: web.Application) -> None:
        await self.channel.close()

    async def _dispatch(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            for waiting in await self.db.read(heads, [self.channel.name], 100):
                inbound = self.channel.decode(self.inbox.open(waiting))
                assert inbound is not None
                self.answered.append(inbound)
                self._heard.set()
                for position, reply in enumerate(self.answer(inbound)):
                    await self.channel.send(inbound.address, reply, f"inbox:{waiting.id}/{position}")
                await self.db.run(finish, waiting.id, stamp(self.clock.now()))
                self._work.set()


@asynccontextmanager
async def open_site(folder: Path, answer: Answer = echo, **options: Any) -> AsyncIterator[Site]:
    site = Site(folder, answer, **options)
    await site.start()
    try:
        yield site
    finally:
        await site.close()


def realistic(inbound: Inbound) -> Sequence[Reply]:
    """An answer as the department would publish it, for pictures and measurements."""
    if inbound.payload == "detail":
        return [Text((Part("Đến năm 2030, kinh tế số đạt tối thiểu 30% GDP; năm 2045 tối thiểu 50%."),))]
    return [
        Text(
            (
                Part("Nghị quyết 57", "bold"),
                Part(
                    " coi khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số là đột phá quan trọng hàng đầu "
                    "để đất nước phát triển nhanh, bền vững.\n\nNgười dân và doanh nghiệp là trung tâm; "
                    "Nhà nước giữ vai trò dẫn dắt, thúc đẩy.\n\n"
                ),
                Part("Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "italic"),
                Part("\n\n"),
                Part(f"Nội dung mẫu, chưa được {ORGANISATION} duyệt.", "italic"),
            ),
            (
                Choice("Xem chi tiết", payload="detail"),
                Choice("Câu hỏi liên quan", payload="related"),
                Choice("👍", payload="up"),
                Choice("👎", payload="down"),
            ),
        )
    ]


if __name__ == "__main__":  # a look at the page: python -m tests.web.site
    import tempfile

    logging.basicConfig(level=logging.INFO)

    async def serve() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with open_site(Path(folder), realistic) as site:
                logging.info("%s", site.url)
                await asyncio.Event().wait()

    asyncio.run(serve())
