"""Zalo Bot: the Bot Platform through a thin client of our own. Shapes and limits: docs.zaloplatforms.com/docs/BOT.

Long polling there has no acknowledgement: what Zalo has given away and we have not stored is lost. The webhook is
the way to run it; polling is for trying out.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import quote

import aiohttp

from bot.channels.base import Limits, Memory, Notices, Pace, Store, has_no_polls, never_edits
from bot.channels.layout import shorten, words_of
from bot.channels.zalo_bot_api import Api
from bot.channels.zalo_bot_errors import (
    WAIT_AT_429,
    Exhaustion,
    Refusal,
    channel_error,
    host_of,
    send_error,
    webhook_in_the_way,
)
from bot.channels.zalo_bot_quota import BULK_UNTIL, Quota, Warnings
from bot.channels.zalo_bot_updates import chat_id, decode, identify, is_group, mention_of, tidy, unwrapped
from bot.clock import Clock
from bot.errors import SealBroken, SendError
from bot.model import JSON, Address, Edit, File, Inbound, Picture, Poll, Reply, StopPoll, Text

_SECRET_HEADER = "x-bot-api-secret-token"  # noqa: S105 - the name, not the secret
_SIGNAL = 5.0  # seconds to wait for Zalo
_PICTURE = 150.0  # it fetches a picture from us before it answers
_QUICK = 0.5  # seconds; an empty answer to a long poll that comes sooner is followed by a pause of as much
_WEBHOOK = "webhook"  # under this name we remember the address that we have set

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences that the channel itself says. `file_at` has {caption}, {name}, {address}; `file_nowhere` no address."""

    file_at: str
    file_nowhere: str
    quota: Warnings


class ZaloBot:
    """The channel. `session` belongs to the caller and outlives it.

    api_url      https://bot-api.zaloplatforms.com
    secret       what Zalo shows us with each webhook: 8-256 characters
    memory       keeps the month's count and the webhook that we set
    public_url   our own address, for webhooks and files; None: long polling, and no files
    name         the bot's display name, which stands in group messages as "@<name>"; None: mentions stay
    """

    name = "zalo-bot"
    # Zalo takes 2,000 and does not say of what: this many UTF-16 units are not more, however it counts.
    limits = Limits(text=1900, units="utf-16", slash_commands=False, caption=1900)
    pace = Pace(per_second=10, conversation_per_second=1)  # nothing is published: modest

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        token: str,
        secret: str,
        memory: Memory,
        notices: Notices,
        clock: Clock,
        words: Words,
        api_url: str = "https://bot-api.zaloplatforms.com",
        public_url: str | None = None,
        name: str | None = None,
        poll_seconds: int = 25,
        answer_seconds: float = 20,
        haste_seconds: float = WAIT_AT_429,
    ) -> None:
        self._api = Api(session, api_url, token, secret, answer_seconds)
        self._secret = secret
        self._memory = memory
        self._words = words
        self._public_url = public_url.rstrip("/") if public_url else None
        if self._public_url is None:  # Zalo fetches pictures from us
            self.limits = replace(self.limits, caption=0)
        self._mention = mention_of(name or "")
        self._poll_seconds = poll_seconds
        self._quota = Quota(memory, notices, clock, words.quota)
        self._exhaustion = Exhaustion(haste_seconds)
        self._not_stored: list[JSON] = []

    def is_group(self, conversation: str) -> bool:
        return is_group(conversation)

    def allows_bulk(self) -> bool:
        return self._quota.percent < BULK_UNTIL

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:  # noqa: ARG002 - the secret is all
        ours = self._secret.encode()
        shown = (_shown_secret(headers) or "").encode(errors="surrogateescape")
        return ours != b"" and hmac.compare_digest(shown, ours)

    def is_probe(self, headers: Mapping[str, str], body: bytes) -> bool:
        """setWebhook and testWebhook post nothing, and most often without the secret."""
        if body.strip() not in (b"", b"{}"):
            return False
        return _shown_secret(headers) is None or self.verify(headers, body)

    def identify(self, raw: JSON) -> tuple[str, str]:
        return identify(raw)

    def decode(self, raw: JSON) -> Inbound | None:
        return decode(self.name, raw, self._mention)

    async def start(self) -> None:
        await self._api.ask("getMe")
        await self._quota.load()
        if self._public_url is None:
            await self._make_room_for_polling()
        else:
            await self._set_webhook(f"{self._public_url}/webhook/{self.name}")

    async def describe(self) -> str:
        """For the operator: who we are and how updates come. Changes nothing. Raises ChannelOff, SendError, StorageError."""
        me, hook = await self._api.ask("getMe"), await self._webhook()
        await self._quota.load()
        who = me.get("account_name", "?") if isinstance(me, dict) else "?"
        if self._public_url is None:
            if hook and hook != await self._our_webhook():
                raise webhook_in_the_way(hook)
            how = "long polling; set PUBLIC_URL: a webhook loses nothing, polling can lose a message at every stop"
        else:
            ours = f"{self._public_url}/webhook/{self.name}"
            how = f"webhook {ours}" if hook == ours else f"webhook not set yet, serve will set {ours}"
            how += f" in place of one at {host_of(hook)}" if hook not in ("", ours) else ""
        return f"{who}, {how}; {self._quota}"

    async def poll(self, store: Store) -> None:
        if not self._not_stored:
            self._not_stored = await self._fetch()
        # Zalo has given it away and keeps no copy: what the disk refuses now is tried again before the next is fetched.
        if self._not_stored:
            await store(self._not_stored)
            self._not_stored = []

    async def send(self, to: Address, reply: Reply, key: str) -> str:  # noqa: ARG002 - Zalo has no use for it
        if isinstance(reply, Edit):
            raise never_edits(self.name)
        if isinstance(reply, Poll | StopPoll):
            raise has_no_polls(self.name)
        answer = await self._say(to, reply)
        if isinstance(answer, Refusal):
            if answer.uncertain and answer.retryable:
                await self._quota.count()  # it may have arrived: rather one too many
            raise await self._refused(to, answer)
        self._exhaustion.over()
        await self._quota.count()
        # An answer without a name is no reason to say it again.
        return str(answer.get("message_id", "")) if isinstance(answer, dict) else ""

    async def signal(self, to: Address, kind: Literal["typing", "pressed"], press: str = "") -> None:  # noqa: ARG002
        if kind == "typing":
            fields = {"chat_id": chat_id(to.conversation), "action": "typing"}
            answer = await self._api.call("sendChatAction", fields, wait=_SIGNAL)
            if isinstance(answer, Refusal):
                _log.debug("the typing sign was not taken: %s", answer.description)

    async def close(self) -> None:
        """Nothing of its own to close: the session is the caller's."""

    # Webhook or polling

    async def _set_webhook(self, url: str) -> None:
        await self._memory.keep(_WEBHOOK, {"url": url})
        answer = await self._api.ask("setWebhook", {"url": url, "secret_token": self._secret})
        seen = answer.get("verification") if isinstance(answer, dict) else None
        if isinstance(seen, dict) and seen.get("ok") is False:
            # The address is saved all the same: it works as soon as Zalo can reach it.
            _log.warning(
                "Zalo saved %s but could not reach it (%s, status %s): check PUBLIC_URL, the proxy before it, and that no "
                "protection against robots stands in the way",
                url,
                str(seen.get("outcome"))[:40],
                str(seen.get("status_code"))[:10],
            )

    async def _make_room_for_polling(self) -> None:
        """A webhook that we set ourselves goes, because PUBLIC_URL has been taken away; another's stays."""
        url = await self._webhook()
        if not url:
            return
        if url != await self._our_webhook():
            raise webhook_in_the_way(url)
        _log.warning("PUBLIC_URL is unset: the webhook %s is taken away, updates come by polling", url)
        await self._api.ask("deleteWebhook")

    async def _our_webhook(self) -> str:
        """The address that we set last, "" when we do not know of any."""
        try:
            return str((await self._memory.load(_WEBHOOK) or {}).get("url", ""))
        except SealBroken:  # the key is gone
            return ""

    async def _webhook(self) -> str:
        """The address that is set, "" for none."""
        answer = await self._api.call("getWebhookInfo", {})
        if isinstance(answer, Refusal):
            if not answer.retryable and not answer.bad_token:
                return ""  # 404: none was ever set
            raise channel_error("getWebhookInfo", answer)
        return str(answer.get("url") or "") if isinstance(answer, dict) else ""

    async def _fetch(self) -> list[JSON]:
        """One long poll; the single update that it brings, or none. Raises ChannelOff, SendError."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        fields = {"timeout": str(self._poll_seconds)}
        answer = await self._api.call(
            "getUpdates", fields, wait=self._poll_seconds + self._api.answer_seconds
        )
        if isinstance(answer, Refusal) and not answer.idle:
            # Which code it has while a webhook is set is documented nowhere.
            if answer.objection and (url := await self._webhook()):
                raise webhook_in_the_way(url)
            raise channel_error("getUpdates", answer)
        found = [
            unwrapped(raw)
            for raw in (answer if isinstance(answer, list) else [answer])
            if isinstance(raw, dict)
        ]
        if not found and self._poll_seconds and loop.time() - begun < _QUICK:
            await asyncio.sleep(
                _QUICK
            )  # an answer that should have taken long: never in circles at full speed
        return found

    # Sending

    async def _say(self, to: Address, reply: Text | File | Picture) -> Any | Refusal:
        chat = chat_id(to.conversation)
        if not isinstance(reply, Text) and self._public_url and reply.media_type.startswith("image/"):
            caption = (
                reply.caption if isinstance(reply, Picture) else shorten(reply.caption or reply.name, 1000)
            )
            fields = {"chat_id": chat, "photo": self._address(reply), "caption": tidy(caption)}
            answer = await self._api.call("sendPhoto", fields, wait=_PICTURE)
            if not (isinstance(answer, Refusal) and answer.objection):
                return answer
            _log.warning("Zalo does not take a picture, its words go out alone: %s", answer.description)
        return await self._api.call("sendMessage", {"chat_id": chat, "text": tidy(self._words_of(reply))})

    def _words_of(self, reply: Text | File | Picture) -> str:
        if isinstance(reply, Picture):
            return words_of(reply).plain
        return self._as_sentence(reply) if isinstance(reply, File) else reply.plain

    def _address(self, file: File | Picture) -> str:
        return f"{self._public_url}/{quote(file.reference)}"

    def _as_sentence(self, reply: File) -> str:
        """There are no documents on this platform: people get the address."""
        caption = shorten(reply.caption or reply.name, 1000)
        name = shorten(reply.name, 200)
        if self._public_url is None:
            return self._words.file_nowhere.format(caption=caption, name=name)
        return self._words.file_at.format(caption=caption, name=name, address=self._address(reply))

    async def _refused(self, to: Address, refusal: Refusal) -> SendError:
        if not refusal.too_many:
            return send_error(refusal)
        error, used_up = self._exhaustion.judge(to.conversation, asyncio.get_running_loop().time())
        if used_up:
            await self._quota.used_up()
        return error


def _shown_secret(headers: Mapping[str, str]) -> str | None:
    return next((value for name, value in headers.items() if name.lower() == _SECRET_HEADER), None)
