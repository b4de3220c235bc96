"""A loopback Zalo Bot Platform: its wire format, its refusals at HTTP 200, its loss of polled updates, and faults on demand.

    async with FakeZaloBot() as fake:
        channel = ZaloBot(session, token=fake.token, api_url=fake.url, …)
        fake.text(LAN, "nghị quyết 57")         # an update for whoever polls or has a webhook
        [answer] = await fake.replies(LAN, 1)   # answer.text

It listens on a real port, so that the bot may be another process; its state lives in the test.
"""

from __future__ import annotations

import random
import time
from typing import Any

from tests.fakes.zalo_bot_rules import JSON, Fault, Refused
from tests.fakes.zalo_bot_wire import Sent, ZaloBotWire

__all__ = ["GROUP", "LAN", "MINH", "TOKEN", "FakeZaloBot", "Fault", "Sent"]

TOKEN = "12345689:fake-token-for-loopback-only"
LAN, MINH, GROUP = "6ede9afa66b88fe6d6a9", "a1b2c3d4e5f60718293a", "zgr-f8a7101d77709e2ec761"


class FakeZaloBot(ZaloBotWire):
    """The server with the words that tests use."""

    def __init__(self, token: str = TOKEN, http_webhooks: bool = False, port: int = 0) -> None:
        super().__init__(token, http_webhooks, port)
        self._last_message = random.getrandbits(72)  # also another fake never names a message the same
        self._held: list[JSON] | None = None

    def text(self, chat_id: str, text: str, **more: Any) -> JSON:
        """A person writes in private; `more` are fields of the message. Returns the raw update."""
        return self.push("message.text.received", self.message(chat_id, text=text, **more))

    def group_text(self, chat_id: str, text: str, user_id: str = LAN, **more: Any) -> JSON:
        """What the platform delivers of a group: it has checked that the bot is mentioned or answered."""
        return self.push("message.text.received", self.message(chat_id, user_id, text=text, **more))

    def message(self, chat_id: str, user_id: str | None = None, **content: Any) -> JSON:
        """A message that is not yet sent: text, photo_url, sticker …"""
        self._last_message += 1
        return {
            "from": {"id": user_id or chat_id, "display_name": "Lan", "is_bot": False},
            "chat": {"id": chat_id, "chat_type": "GROUP" if user_id else "PRIVATE"},
            "message_id": f"{self._last_message:020x}",
            "date": int(time.time() * 1000),
            **content,
        }

    def push(self, event_name: str, message: JSON) -> JSON:
        """Any update, for whoever listens."""
        update = {"event_name": event_name, "message": message}
        if chat := message.get("chat", {}).get("id"):
            self.meet(str(chat))
        self.repeat(update)
        return update

    def repeat(self, update: JSON) -> None:
        """The same update once more, as after a lost acknowledgement."""
        update = dict(update)
        if self._held is not None:
            self._held.append(update)
            return
        self.waiting.append(update)
        self._arrived.set()
        self._deliver(update)

    def hold_back(self) -> None:
        """Updates wait until `release`."""
        self._held = []

    def release(self, reverse: bool = False) -> None:
        """Deliver what was held back, in order or the other way round."""
        held, self._held = self._held or [], None
        for update in reversed(held) if reverse else held:
            self.repeat(update)

    def meet(self, chat_id: str) -> None:
        """The chat exists; every update does this too."""
        self._chats.add(chat_id)

    def refuse(self, chat_id: str, code: int, description: str) -> None:
        """Every message to this chat is refused like this."""
        self._refusals[chat_id] = Refused(code, description)

    def admit(self, chat_id: str) -> None:
        self._refusals.pop(chat_id, None)

    def fail(self, *faults: Fault, method: str = "sendMessage") -> None:
        """The next calls of a method meet these faults, one each."""
        self._faults[method].extend(faults)

    async def replies(self, chat_id: str, count: int, within: float = 10) -> list[Sent]:
        """All messages in a chat, once there are `count`; TimeoutError when not `within` seconds."""
        await self.until(lambda: len(self._by_chat[chat_id]) >= count, within)
        return list(self._by_chat[chat_id])

    def count(self, method: str) -> int:
        """How often a method was called with the right token and fields."""
        return sum(name == method for name, _ in self.calls)
