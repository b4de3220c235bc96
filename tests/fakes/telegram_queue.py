"""The updates that wait for the bot: given by long polling or posted to its webhook until it confirms them."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable

import aiohttp

from tests.fakes.telegram_rules import JSON, Refused

_ONLY_WHEN_ASKED = ("chat_member", "message_reaction", "message_reaction_count")


class UpdateQueue:
    def __init__(self, notice: Callable[[], None]) -> None:
        self._notice = notice  # called whenever an update has been confirmed
        self.confirmed: list[int] = []  # update ids, in the order in which they were acknowledged
        self.waiting: dict[int, JSON] = {}
        self.webhook: JSON = {}
        self.retry_after = 0.05  # seconds between two tries of a webhook
        self._allowed: list[str] = []
        self._arrived = asyncio.Event()
        self._poll = 0
        self._deliveries: set[asyncio.Task[None]] = set()
        self._order: dict[object, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))

    async def stop(self) -> None:
        self._poll += 1
        self._arrived.set()
        self._stop_deliveries()
        if self._session:
            await self._session.close()

    def add(self, update: JSON) -> None:
        kind = next(name for name in update if name != "update_id")
        if kind in self._allowed or not (self._allowed or kind in _ONLY_WHEN_ASKED):
            self.waiting[update["update_id"]] = update
            self._arrived.set()
            self._deliver(update)

    def set_webhook(self, fields: JSON) -> None:
        self.webhook = fields
        self._allow(fields)
        for update in list(self.waiting.values()):
            self._deliver(update)

    def delete_webhook(self, drop: bool) -> None:
        self.webhook = {}
        self._stop_deliveries()
        if drop:
            self.waiting.clear()

    async def poll(self, fields: JSON) -> list[JSON]:
        """getUpdates."""
        if self.webhook:
            raise Refused(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        self._allow(fields)
        self._poll = mine = self._poll + 1
        self._arrived.set()  # wakes a poll that is under way: it ends with a conflict
        for number in [number for number in self.waiting if number < fields.get("offset", 0)]:
            self._confirm(number)
        deadline = time.monotonic() + fields.get("timeout", 0)
        while not self.waiting and mine == self._poll and (left := deadline - time.monotonic()) > 0:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                break
        if mine != self._poll:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        return [self.waiting[number] for number in sorted(self.waiting)[: fields.get("limit", 100)]]

    def _allow(self, fields: JSON) -> None:
        self._allowed = fields.get("allowed_updates", self._allowed)

    def _confirm(self, number: int) -> None:
        if self.waiting.pop(number, None):
            self.confirmed.append(number)
            self._notice()

    def _deliver(self, update: JSON) -> None:
        if self.webhook:
            task = asyncio.get_running_loop().create_task(self._post(update, self.webhook))
            self._deliveries.add(task)
            task.add_done_callback(self._deliveries.discard)

    async def _post(self, update: JSON, webhook: JSON) -> None:
        """To the webhook until it says 200; in order within a chat, chats side by side."""
        event = next(value for name, value in update.items() if name != "update_id")
        chat = (event.get("message") or event).get("chat", {}).get("id")
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.get("secret_token", "")}
        assert self._session
        async with self._order[chat]:
            while update["update_id"] in self.waiting:
                try:
                    async with self._session.post(webhook["url"], json=update, headers=headers) as answer:
                        if answer.ok:
                            self._confirm(update["update_id"])
                            return
                except (aiohttp.ClientError, TimeoutError):
                    pass
                await asyncio.sleep(self.retry_after)

    def _stop_deliveries(self) -> None:
        for task in self._deliveries:
            task.cancel()
