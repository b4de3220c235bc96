"""The Zalo Bot Platform as a server on loopback: methods, refusals at HTTP 200, and faults on demand."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.fakes.fetching import is_picture
from tests.fakes.loopback import Loopback, drop
from tests.fakes.zalo_bot_rules import JSON, LONGEST, Fault, Refused, checked, refusal, spoil


@dataclass(frozen=True)
class Sent:
    """A message that the bot sent. at: seconds of time.monotonic()."""

    chat_id: str
    message_id: str
    text: str
    fields: JSON = field(default_factory=dict)
    at: float = 0.0


class ZaloBotWire(Loopback):
    """
    fetches        whether it fetches pictures from their addresses, as Zalo does, and refuses what it cannot get
    quota          messages that are left; None: no end of them
    idle_status    the HTTP status of "nothing has come" (408): Zalo uses 200 and 408
    webhook_refusal  the error_code of getUpdates while a webhook is set; documented nowhere
    wrapped        whether the webhook's bodies are {"ok", "result"}, or flat; None: now so, now so
    """

    def __init__(self, token: str, http_webhooks: bool, port: int) -> None:
        super().__init__(port)
        self.token = token
        self.http_webhooks = http_webhooks
        self.fetches = False
        self.quota: int | None = None
        self.idle_status = 200
        self.webhook_refusal = 400
        self.wrapped: bool | None = None
        self.retry_after = 0.05  # seconds between two tries of a webhook
        self.webhook: JSON = {}  # the fields of the last setWebhook; empty after deleteWebhook
        self.probes: list[int] = []  # the status that each probe of a webhook got
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, JSON]] = []  # every call that had the right token and fields
        self.typing: list[str] = []  # chats that saw "typing …"
        self.waiting: list[JSON] = []  # updates that nobody has got
        self.given: list[str] = []  # message ids that a poll took away or a webhook acknowledged
        self._ever_set = False
        self._chats: set[str] = set()
        self._refusals: dict[str, Refused] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._by_chat: dict[str, list[Sent]] = defaultdict(list)
        self._arrived = asyncio.Event()
        self._stopping = False
        self._order: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._deliveries: set[asyncio.Task[None]] = set()
        self._random = random.Random(3)
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._stopping = False
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        await self.listen(web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1))

    async def stop(self) -> None:
        self._stopping = True
        self._arrived.set()
        for task in self._deliveries:
            task.cancel()
        if self._session:
            await self._session.close()
        await super().stop()

    # Calls

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        token, _, method = request.path.removeprefix("/bot").partition("/")
        if token != self.token:
            return refusal(Refused(401, "Unauthorized"))
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault and (spoilt := await spoil(fault, request)):
            return spoilt
        try:
            fields = checked(method, await request.read())
            self.calls.append((method, fields))
            self._notice()
            result = await (
                self._get_updates(fields, request)
                if method == "getUpdates"
                else _METHODS[method](self, fields)
            )
            answer = (
                {"ok": True}
                if result is None or (fault and fault.kind == "nothing")
                else {"ok": True, "result": result}
            )
            response = web.json_response(answer)
        except Refused as refused:
            response = refusal(refused)
        if fault and fault.kind == "drop_after":
            drop(request)
        return response

    async def _get_me(self, fields: JSON) -> JSON:
        return {
            "id": "1459232241454765289",
            "account_name": "bot.VDKyGxQvc",
            "account_type": "BASIC",
            "can_join_groups": True,
        }

    async def _get_updates(self, fields: JSON, request: web.BaseRequest) -> JSON:
        if self.webhook:
            raise Refused(self.webhook_refusal, "Bad Request: webhook is active")
        deadline = time.monotonic() + float(fields.get("timeout", "30"))
        while not self.waiting and not self._stopping and (left := deadline - time.monotonic()) > 0:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                break
        if not self.waiting or request.transport is None or request.transport.is_closing():
            raise Refused(408, "Request timeout", self.idle_status)
        update = self.waiting.pop(0)  # given away, whatever becomes of the answer
        self._given(update)
        return update

    async def _set_webhook(self, fields: JSON) -> JSON:
        if not fields["url"].startswith(("https://", "http://") if self.http_webhooks else "https://"):
            raise Refused(400, "Bad Request: url must be https")
        if not 8 <= len(fields["secret_token"]) <= 256:
            raise Refused(400, "Bad Request: secret_token must have 8 to 256 characters")
        self.webhook, self._ever_set = fields, True
        verification = await self._probe()  # whatever it finds, the address is saved
        self._notice()
        for update in list(self.waiting):
            self._deliver(update)
        return {"url": fields["url"], "updated_at": 1749538250568, "verification": verification}

    async def _delete_webhook(self, fields: JSON) -> JSON:
        if not self._ever_set:
            raise Refused(400, "Bad Request: webhook was never set")
        self.webhook = {}
        return {"url": "", "updated_at": 1749538250568}

    async def _webhook_info(self, fields: JSON) -> JSON:
        if not self.webhook:
            raise Refused(404, "Not found")
        return {"url": self.webhook["url"], "updated_at": 1749633372026}

    async def _send_message(self, fields: JSON) -> JSON:
        return self._sent(self._open_chat(fields), fields["text"], fields)

    async def _send_photo(self, fields: JSON) -> JSON:
        """Zalo fetches it from a public address."""
        chat = self._open_chat(fields)
        if not fields["photo"].startswith(("https://", "http://") if self.http_webhooks else "https://"):
            raise Refused(400, "Bad Request: photo must be a public address")
        assert self._session
        if self.fetches and not await is_picture(self._session, fields["photo"]):
            raise Refused(400, "Bad Request: failed to get photo from the address")
        return self._sent(chat, fields["caption"], fields)

    def _sent(self, chat: str, text: str, fields: JSON) -> JSON:
        if not 1 <= len(text) <= LONGEST or not text.strip():
            raise Refused(400, "Bad Request: text must have 1 to 2000 characters")
        if self.quota is not None:
            if self.quota <= 0:
                raise Refused(429, "Quota exceeded")
            self.quota -= 1
        sent = Sent(chat, f"{self._random.getrandbits(80):020x}", text, fields, time.monotonic())
        self.sent.append(sent)
        self._by_chat[chat].append(sent)
        self._notice()
        return {"message_id": sent.message_id, "date": int(time.time() * 1000)}

    async def _send_action(self, fields: JSON) -> None:
        if fields["action"] != "typing":
            raise Refused(400, "Bad Request: unknown action")
        self.typing.append(self._open_chat(fields))

    def _open_chat(self, fields: JSON) -> str:
        chat = str(fields["chat_id"])
        if chat in self._refusals:
            raise self._refusals[chat]
        if chat not in self._chats:
            raise Refused(404, "Not found")
        return chat

    # Webhooks

    async def _probe(self) -> JSON:
        """As the Java client does: nothing in it, no content type, no secret."""
        assert self._session
        try:
            headers = {"User-Agent": "Java/17.0.9"}
            skipped = ("Content-Type",)
            async with self._session.post(
                self.webhook["url"], headers=headers, skip_auto_headers=skipped
            ) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            return {"ok": False, "outcome": "webhook.err.conn", "latency_ms": 3, "hint": "Could not connect."}
        self.probes.append(status)
        outcome = "ok" if status == 200 else f"http.{status}"
        return {"ok": status == 200, "status_code": status, "outcome": f"webhook.{outcome}", "latency_ms": 3}

    def _deliver(self, update: JSON) -> None:
        if self.webhook:
            task = asyncio.get_running_loop().create_task(self._post(update, self.webhook))
            self._deliveries.add(task)
            task.add_done_callback(self._deliveries.discard)

    async def _post(self, update: JSON, webhook: JSON) -> None:
        """Until it is taken; in order within a chat, chats side by side."""
        assert self._session
        headers = {"X-Bot-Api-Secret-Token": webhook["secret_token"]}
        async with self._order[str((update.get("message") or {}).get("chat"))]:
            while self.webhook is webhook and any(update is waiting for waiting in self.waiting):
                wrapped = self._random.random() < 0.5 if self.wrapped is None else self.wrapped
                body = {"ok": True, "result": update} if wrapped else update
                try:
                    async with self._session.post(webhook["url"], json=body, headers=headers) as answer:
                        if answer.ok:
                            self.waiting = [waiting for waiting in self.waiting if waiting is not update]
                            self._given(update)
                            return
                except (aiohttp.ClientError, TimeoutError):
                    pass
                await asyncio.sleep(self.retry_after)

    def _given(self, update: JSON) -> None:
        self.given.append(str((update.get("message") or {}).get("message_id", "")))
        self._notice()


_METHODS: dict[str, Callable[[ZaloBotWire, JSON], Awaitable[Any]]] = {
    "getMe": ZaloBotWire._get_me,
    "setWebhook": ZaloBotWire._set_webhook,
    "deleteWebhook": ZaloBotWire._delete_webhook,
    "getWebhookInfo": ZaloBotWire._webhook_info,
    "sendMessage": ZaloBotWire._send_message,
    "sendPhoto": ZaloBotWire._send_photo,
    "sendChatAction": ZaloBotWire._send_action,
}
