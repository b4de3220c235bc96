"""A loopback Zalo for an Official Account: OAuth, the OpenAPI and its webhook, with their refusals and faults on demand.

    async with FakeZaloOA() as fake:
        channel = ZaloOA(session, api_url=fake.url, oauth_url=fake.url, refresh_token=fake.issue()[1], …)
        fake.webhook = "http://127.0.0.1:…/webhook/zalo-oa"
        await fake.text(LAN, "nghị quyết 57")   # delivered, signed; a webhook that refuses gets it again
        [answer] = await fake.replies(LAN, 1)   # answer.text, answer.buttons

It listens on a real port, so that the bot may be another process; its state lives in the test.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp

from tests.fakes.zalo_oa_rules import JSON, Fault, Refused, signature
from tests.fakes.zalo_oa_wire import Sent, ZaloOAWire, now

__all__ = ["GROUP", "LAN", "MINH", "FakeZaloOA", "Fault", "Sent"]

APP_ID, APP_SECRET, SECRET_KEY = "123456789", "app-secret-of-the-fake", "oa-secret-of-the-fake"
LAN, MINH, GROUP = "246845883529197922", "2512523625412515", "f414c8f76fa586fbdfb4"


class FakeZaloOA(ZaloOAWire):
    """The server with the words that tests use."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(APP_ID, APP_SECRET, SECRET_KEY, port)
        self.webhook = ""
        self.statuses: list[int] = []  # what the webhook answered
        self.retries = 3
        self.retry_after = 0.05  # seconds, where Zalo waits half a minute
        self._messages = 0

    # What people do

    async def text(self, person: str, text: str, **more: Any) -> JSON:
        """A person writes; `more` are fields of the message. Returns the event, which the webhook has answered."""
        return await self.push(self.event("user_send_text", person, {"text": text, **more}))

    async def press(self, person: str, sent: Sent, title: str) -> JSON:
        """A person taps the button that starts like this: its payload comes as a text."""
        found = next(one for one in sent.buttons if one["title"].startswith(title))
        return await self.text(person, found["payload"])

    async def group_text(self, group: str, text: str, person: str = LAN) -> JSON:
        event = self.event("user_send_group_text", person, {"text": text})
        event["recipient"] = {"id": group}
        return await self.push(event)

    async def group_event(self, name: str, group: str, people: tuple[str, ...] = ()) -> JSON:
        """ "create_group", "user_join_group", "delete_group" …"""
        event = {
            "app_id": self.app_id,
            "oa_id": self.oa_id,
            "group_id": group,
            "users": [{"id": person} for person in people],
            "event_name": name,
            "timestamp": now(),
        }
        return await self.push(event)

    async def follow(self, person: str, follows: bool = True) -> JSON:
        event = {
            "oa_id": self.oa_id,
            "follower": {"id": person},
            "event_name": "follow" if follows else "unfollow",
            "source": "oa_profile",
            "app_id": self.app_id,
            "timestamp": now(),
        }
        return await self.push(event)

    def event(self, name: str, person: str, message: JSON | None = None) -> JSON:
        """An event that is not yet delivered."""
        self._messages += 1
        return {
            "app_id": self.app_id,
            "sender": {"id": person},
            "recipient": {"id": self.oa_id},
            "event_name": name,
            "message": {"msg_id": f"{self._messages:020x}", **(message or {})},
            "timestamp": now(),
        }

    # What Zalo does

    async def push(self, event: JSON, times: int = 1) -> JSON:
        """Deliver, as often as `times`, and again while the webhook refuses."""
        for _ in range(times):
            for attempt in range(self.retries + 1):
                if await self.deliver(event, attempt) == 200:
                    break
                await asyncio.sleep(self.retry_after)
        return event

    async def deliver(self, event: JSON, attempt: int = 0, *, key: str = "", app_id: str = "") -> int:
        """One delivery; the status that the webhook answered. key, app_id: signed with others than ours."""
        body = json.dumps(event, ensure_ascii=False).encode()
        signed = signature(app_id or self.app_id, body, str(event["timestamp"]), key or self.secret_key)
        return await self.post(body, {"X-ZEvent-Signature": signed, "num_retry": str(attempt)})

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        """Any call of the webhook; 0 where nobody listens."""
        assert self._session
        try:
            async with self._session.post(self.webhook, data=body, headers=headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, OSError):
            status = 0
        self.statuses.append(status)
        return status

    def refuse(self, to: str, code: int, message: str) -> None:
        """Every message to this person or "group/<id>" is refused like this."""
        self._refusals[to] = Refused(code, message)

    def admit(self, to: str) -> None:
        self._refusals.pop(to, None)

    def fail(self, *faults: Fault, call: str = "/v3.0/oa/message/cs") -> None:
        """The next calls of this path, or of "oauth", meet these faults, one each."""
        self._faults[call].extend(faults)

    async def replies(self, to: str, count: int, within: float = 10) -> list[Sent]:
        """All messages to a person or "group/<id>", once there are `count`; TimeoutError when not `within` seconds."""

        def there() -> list[Sent]:
            return [sent for sent in self.sent if sent.to == to]

        await self.until(lambda: len(there()) >= count, within)
        return there()
