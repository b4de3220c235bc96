"""A loopback Telegram: the Bot API's wire format, its refusals, its rates, and its faults on demand.

    async with FakeTelegram() as fake:
        channel = Telegram(session, token=fake.token, api_url=fake.url, …)
        fake.text(7, "nghị quyết 57")           # an update for whoever polls or has a webhook
        [answer] = await fake.replies(7, 1)     # answer.text, answer.buttons

It listens on a real port, so that the bot may be another process; its state lives in the test.
"""

from __future__ import annotations

from typing import Any

from tests.fakes import telegram_updates as updates
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_polls import FakePoll
from tests.fakes.telegram_rules import JSON, Rates, Refused
from tests.fakes.telegram_wire import Sent, TelegramWire

__all__ = ["TOKEN", "FakeTelegram", "Fault", "Rates", "Sent"]

TOKEN = "123456789:AAFakeTokenForLoopbackOnly_0123456789"


class FakeTelegram(TelegramWire):
    """The server with the words that tests use. Without `rates` nothing is ever too fast."""

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "hoidap_bot",
        rates: Rates | None = None,
        http_webhooks: bool = False,
        port: int = 0,
    ) -> None:
        super().__init__(token, username, rates, http_webhooks, port)
        self._last_update = 700_000_000

    def text(self, chat_id: int, text: str, **more: Any) -> JSON:
        """A person writes in private; `more` are fields of the message. Returns the raw update."""
        return self.push("message", self.message(chat_id, text=text, **more))

    def group_text(self, chat_id: int, text: str, user_id: int = 501, thread: int = 0, **more: Any) -> JSON:
        """thread: the topic of a forum that it is said in."""
        topic = updates.in_topic(chat_id, thread) if thread else {}
        return self.push("message", self.message(chat_id, user_id, text=text, **topic, **more))

    def press(
        self, chat_id: int, message_id: int, data: str, user_id: int | None = None, thread: int = 0
    ) -> JSON:
        """Somebody presses a button below a message of the bot's."""
        update = updates.press(chat_id, message_id, data, user_id or abs(chat_id), self.me)
        if thread:
            update["message"] |= updates.in_topic(chat_id, thread)
        self._presses.add(update["id"])
        return self.push("callback_query", update)

    def message(self, chat_id: int, user_id: int | None = None, **content: Any) -> JSON:
        """A message that is not yet sent: text, photo, reply_to_message …"""
        return updates.message(self._new_message_id(), chat_id, user_id or abs(chat_id), content)

    def push(self, kind: str, event: JSON) -> JSON:
        """Any update, for whoever listens."""
        self._last_update += 1
        update = {"update_id": self._last_update, kind: event}
        chat = (event.get("message") or event).get("chat", {}).get("id")
        if chat is not None:
            self.meet(chat)
        self.repeat(update)
        return update

    def repeat(self, update: JSON) -> None:
        """The same update once more, as after a lost acknowledgement."""
        self.queue.add(update)

    def meet(self, chat_id: int) -> None:
        """The chat exists and has the bot in it; every update does this too."""
        self._chats.add(chat_id)

    def block(self, chat_id: int, tell: bool = True) -> None:
        """A person blocks the bot, a group throws it out. tell: as an update, too."""
        where = "bot was blocked by the user" if chat_id > 0 else "bot was kicked from the supergroup chat"
        self._refusals[chat_id] = Refused(403, f"Forbidden: {where}")
        if tell:
            self.push("my_chat_member", updates.membership(chat_id, self.me, "member", "kicked"))

    def change_rights(self, chat_id: int, status: str) -> JSON:
        """A group's administrator changes what the bot may do there."""
        before, self.rooms[chat_id].bot = self.rooms[chat_id].bot, status
        return self.push("my_chat_member", updates.membership(chat_id, self.me, before, status))

    def admit(self, chat_id: int) -> JSON:
        """The block is lifted; the bot is added to the group."""
        self._refusals.pop(chat_id, None)
        return self.push("my_chat_member", updates.membership(chat_id, self.me, "left", "member"))

    def migrate(self, chat_id: int, new_id: int, tell: bool = True) -> None:
        """A group becomes a supergroup with another id."""
        sentence = "Bad Request: group chat was upgraded to a supergroup chat"
        self._refusals[chat_id] = Refused(400, sentence, migrate_to_chat_id=new_id)
        self.meet(new_id)
        if tell:
            self.push("message", self.message(chat_id, 501, migrate_to_chat_id=new_id))
            self.push("message", self.message(new_id, 501, migrate_from_chat_id=chat_id))

    def vote(self, poll: str, person: int, *options: int) -> None:
        """Somebody chooses, from 0, in whatever chat the poll is shown."""
        self.tell_poll(self.polls.vote(poll, person, options))

    def end_poll(self, poll: str) -> None:
        """A group's administrator closes it."""
        self.tell_poll(self.polls.stop(*self.polls.by_name[poll].at))

    def delete_poll(self, poll: str) -> None:
        """The message with it is deleted: nobody tells the bot."""
        self.polls.by_name[poll].at = (0, 0)

    def tell_poll(self, poll: FakePoll) -> None:
        self.push("poll", poll.json)

    def refuse(self, chat_id: int, status: int, description: str) -> None:
        """Every message to this chat is refused like this."""
        self._refusals[chat_id] = Refused(status, description)

    def fail(self, *faults: Fault, method: str = "sendMessage") -> None:
        """The next calls of a method meet these faults, one each."""
        self._faults[method].extend(faults)

    async def replies(self, chat_id: int, count: int, within: float = 10) -> list[Sent]:
        """All messages in a chat, once there are `count`; TimeoutError when not `within` seconds."""
        await self.until(lambda: len(self._by_chat[chat_id]) >= count, within)
        return list(self._by_chat[chat_id])

    def count(self, method: str) -> int:
        """How often a method was called with the right token and fields."""
        return sum(name == method for name, _ in self.calls)

    @property
    def unconfirmed(self) -> list[int]:
        return sorted(self.queue.waiting)

    @property
    def confirmed(self) -> list[int]:
        return self.queue.confirmed

    @property
    def webhook(self) -> JSON:
        """The fields of the last setWebhook; empty after deleteWebhook."""
        return self.queue.webhook
