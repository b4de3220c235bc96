"""The far sides of a world: loopback networks that outlive every kill, and tell how far a message has come.

Each can tell when a call has come, when it is done, and when something has been acknowledged; each keeps the chats that
people have on it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Iterator

from aiohttp import web

from bot.model import JSON
from tests.crash.people import Asked, Conversation
from tests.crash.steps import Doom
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import FakeZaloOA


class Chats:
    """What was asked on one network, by conversation."""

    def __init__(self) -> None:
        self.by_name: dict[str, Conversation] = {}

    def asked(self) -> Iterator[Asked]:
        return (message for who in self.by_name.values() for message in who.asked)

    def acknowledge(self, names: Collection[str]) -> None:
        for message in self.asked():
            message.acknowledged = message.acknowledged or message.external_id in names


class TelegramSide(FakeTelegram):
    channel = "telegram"

    def __init__(self) -> None:
        super().__init__(http_webhooks=True)
        self.doom = Doom("", 0, lambda: None)
        self.chats = Chats()
        self._told = self._acknowledged = 0

    def write(self, chat: str, question: str) -> tuple[JSON, str]:
        update = self.text(int(chat), question)
        return update, str(update["update_id"])

    def write_again(self, update: JSON) -> None:
        self.repeat(update)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.endswith("/getUpdates") and b'"offset"' in await request.read():
            self.doom.reach("confirmation arrived")
        if not request.path.endswith(("/sendMessage", "/sendPhoto", "/sendPoll", "/stopPoll")):
            return await super()._handle(request)
        self.doom.reach("call arrived")
        answer = await super()._handle(request)
        self.doom.reach("call executed")
        return answer

    def _notice(self) -> None:
        super()._notice()
        for sent in self.sent[self._told :]:
            self.chats.by_name[str(sent.chat_id)].receive(sent.text)
        self._told = len(self.sent)
        if new := {str(number) for number in self.confirmed[self._acknowledged :]}:
            self._acknowledged = len(self.confirmed)
            self.chats.acknowledge(new)
            self.doom.reach("acknowledged")


class ZaloBotSide(FakeZaloBot):
    """What a poll takes away is not acknowledged by it."""

    channel = "zalo-bot"

    def __init__(self) -> None:
        super().__init__(http_webhooks=True)
        self.doom = Doom("", 0, lambda: None)
        self.chats = Chats()
        self._told = self._acknowledged = 0

    def write(self, chat: str, question: str) -> tuple[JSON, str]:
        update = self.text(chat, question)
        return update, str(update["message"]["message_id"])

    def write_again(self, update: JSON) -> None:
        if self.webhook:  # a poll is never given the same again
            self.repeat(update)

    def take_stock(self, stored: Collection[tuple[str, str]]) -> int:
        """After a kill: what was stored is as good as acknowledged; returns how much a poll took away and lost."""
        lost = 0
        given = set(self.given)
        self.chats.acknowledge({name for channel, name in stored if channel == self.channel})
        for message in self.chats.asked():
            if message.external_id in given and not (message.acknowledged or message.given_up):
                message.given_up = True
                lost += 1
        for who in self.chats.by_name.values():
            who.changed.set()
        return lost

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if not request.path.endswith("/sendMessage"):
            return await super()._handle(request)
        self.doom.reach("call arrived")
        answer = await super()._handle(request)
        self.doom.reach("call executed")
        return answer

    def _notice(self) -> None:
        super()._notice()
        for sent in self.sent[self._told :]:
            self.chats.by_name[sent.chat_id].receive(sent.text)
        self._told = len(self.sent)
        new = set(self.given[self._acknowledged :])
        if new and self.webhook:
            self._acknowledged = len(self.given)
            self.chats.acknowledge(new)
            self.doom.reach("acknowledged")


class ZaloOASide(FakeZaloOA):
    """Delivers by webhook only, each person's events in order, each until it is acknowledged."""

    channel = "zalo-oa"

    def __init__(self) -> None:
        super().__init__()
        self.doom = Doom("", 0, lambda: None)
        self.chats = Chats()
        self._told = 0
        self._waiting: dict[str, deque[JSON]] = {}
        self._postmen: list[asyncio.Task[None]] = []

    @property
    def waiting(self) -> int:
        """Events that are not acknowledged."""
        return sum(map(len, self._waiting.values()))

    def write(self, chat: str, question: str) -> tuple[JSON, str]:
        event = self.event("user_send_text", chat, {"text": question})
        self.write_again(event)
        return event, str(event["message"]["msg_id"])

    def write_again(self, event: JSON) -> None:
        person = event["sender"]["id"]
        queue = self._waiting.setdefault(person, deque())
        queue.append(event)
        if len(queue) == 1:
            self._postmen.append(asyncio.create_task(self._carry(queue)))

    async def stop(self) -> None:
        for postman in self._postmen:
            postman.cancel()
        await asyncio.gather(*self._postmen, return_exceptions=True)
        await super().stop()

    async def _carry(self, queue: deque[JSON]) -> None:
        while queue:
            while await self.deliver(queue[0]) != 200:  # noqa: ASYNC110 - as Zalo does it
                await asyncio.sleep(self.retry_after)
            self.chats.acknowledge({str(queue[0]["message"]["msg_id"])})
            queue.popleft()
            self.doom.reach("acknowledged")

    async def _access_token(self, request: web.Request) -> web.Response:
        answer = await super()._access_token(request)
        self.doom.reach("rotated")
        return answer

    async def _openapi(self, request: web.Request) -> web.Response:
        if not request.path.endswith("/message/cs"):
            return await super()._openapi(request)
        self.doom.reach("call arrived")
        answer = await super()._openapi(request)
        self.doom.reach("call executed")
        return answer

    def _notice(self) -> None:
        super()._notice()
        for sent in self.sent[self._told :]:
            self.chats.by_name[sent.to].receive(sent.text)
        self._told = len(self.sent)
