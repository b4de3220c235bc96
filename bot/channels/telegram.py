"""Telegram: the Bot API through python-telegram-bot's bare client, over aiohttp; what arrives is read raw.

No Application, Updater or persistence: the inbox and the outbox do that for every network.
Shapes and limits: https://core.telegram.org/bots/api.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar

import aiohttp
import telegram
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.base import Limits, Pace, Store, has_no_polls
from bot.channels.layout import shorten
from bot.channels.telegram_client import ANSWER, AiohttpRequest, Client, Refused
from bot.channels.telegram_decoding import Ourselves, decode
from bot.channels.telegram_errors import (
    NOT_TELEGRAM,
    FloodWatch,
    Refusal,
    channel_off,
    send_error,
)
from bot.channels.telegram_format import message_fields, picture_fields, where
from bot.channels.telegram_groups import facts, leads
from bot.channels.telegram_photos import Photos
from bot.channels.telegram_polls import after_refusal, after_sending, after_stopping, poll_fields
from bot.channels.telegram_updates import KINDS, identify
from bot.errors import ChannelOff, SendError
from bot.model import (
    JSON,
    Address,
    Edit,
    File,
    GroupFacts,
    Inbound,
    Picture,
    Poll,
    PollAnswer,
    Reply,
    StopPoll,
    Text,
)

_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name, not the secret
_CAPTION = 1024  # UTF-16 units
_UPLOAD, _SIGNAL = 120.0, 5.0  # seconds to wait, where ANSWER is not right

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Telegram:
    """The channel. `session` belongs to the caller and outlives it.

    api_url      https://api.telegram.org, or a Bot API server of one's own
    secret       what Telegram shows us with each webhook: 1-256 of A-Z a-z 0-9 _ -
    public_url   our own address, for webhooks; None: long polling
    commands     (name without slash, description) for the menu
    proxy        address of an HTTP proxy
    …_seconds    how long Telegram holds a long poll back, how long we wait for any other answer
    """

    name = "telegram"
    limits = Limits(
        text=4096,
        units="utf-16",
        buttons=100,
        label=40,
        file=50_000_000,
        caption=_CAPTION,
        picture_buttons=True,
        edits=True,
    )
    group_limits = replace(limits, native_polls=True)
    pace = Pace(per_second=30, conversation_per_second=1, group_per_minute=20)

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        token: str,
        secret: str,
        api_url: str = "https://api.telegram.org",
        public_url: str | None = None,
        commands: Sequence[tuple[str, str]] = (),
        proxy: str | None = None,
        poll_seconds: int = 25,
        answer_seconds: float = ANSWER,
    ) -> None:
        # At DEBUG the library logs the token (in its address), the secret and every text.
        logging.getLogger("telegram").setLevel(logging.INFO)
        self._bot = Client(token, api_url.rstrip("/"), AiohttpRequest(session, token, proxy, answer_seconds))
        self._secret = secret
        self._public_url = public_url
        self._commands = [telegram.BotCommand(name, description) for name, description in commands]
        self._poll_seconds = poll_seconds
        self._answer_seconds = answer_seconds
        self._offset: int | None = None
        self._us = Ourselves(token.partition(":")[0])
        self._flood = FloodWatch()
        self._photos = Photos()

    @property
    def start_address(self) -> str:
        return f"https://t.me/{self._us.username}?start=" if self._us.username else ""

    def is_group(self, conversation: str) -> bool:
        return conversation.startswith("-")

    def whole(self, conversation: str) -> str:
        return conversation.partition("/")[0]

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:  # noqa: ARG002 - the secret is all
        shown = next((value for name, value in headers.items() if name.lower() == _SECRET_HEADER), "")
        ours = self._secret.encode()
        return ours != b"" and hmac.compare_digest(shown.encode(errors="surrogateescape"), ours)

    def identify(self, raw: JSON) -> tuple[str, str]:
        return identify(raw)

    def decode(self, raw: JSON) -> Inbound | None:
        return decode(self.name, raw, self._us)

    async def start(self) -> None:
        me = await self._ask("getMe", dict)
        self._us.username = str(me.get("username", "")).casefold()
        try:
            await self._ask("setMyCommands", bool, commands=self._commands)
        except (ChannelOff, SendError) as error:
            # A menu is a comfort: without it the bot answers all the same.
            _log.warning("Telegram did not take the menu of commands: %s", error)
        if self._public_url is None:
            await self._ask("deleteWebhook", bool)
        else:
            await self._ask(
                "setWebhook",
                bool,
                url=f"{self._public_url.rstrip('/')}/webhook/{self.name}",
                secret_token=self._secret,
                allowed_updates=list(KINDS),
            )

    async def describe(self) -> str:
        """For the operator: who we are and how updates come. Changes nothing. Raises ChannelOff, SendError."""
        me, hook = await self._ask("getMe", dict), await self._ask("getWebhookInfo", dict)
        how = f"webhook {hook['url']}" if hook.get("url") else "long polling"
        trouble = f", last error: {hook['last_error_message']}" if hook.get("last_error_message") else ""
        return (
            f"@{me.get('username', '?')}, {how}, {hook.get('pending_update_count', 0)} updates wait{trouble}"
        )

    async def poll(self, store: Store) -> None:
        fetched = await self._ask(
            "getUpdates",
            list,
            wait=self._poll_seconds + self._answer_seconds,
            offset=self._offset,
            timeout=self._poll_seconds,
            allowed_updates=list(KINDS),
        )
        updates = [raw for raw in fetched if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]
        if len(updates) < len(fetched):
            _log.warning("Telegram gave %d updates without an id", len(fetched) - len(updates))
        if updates:
            await store(updates)
        # The next call confirms what is below its offset. With nothing left there is none: numbers may start lower.
        self._offset = max((raw["update_id"] + 1 for raw in updates), default=None)

    async def send(self, to: Address, reply: Reply, key: str) -> str:  # noqa: ARG002 - Telegram has no use for it
        there = where(to)
        match reply:
            case File():
                answer = await self._call(to, "sendDocument", _UPLOAD, there | _document(reply))
            case Picture():
                answer = await self._send_photo(to, reply)
            case Edit():
                return await self._edit(to, reply)
            case Poll() | StopPoll():
                return (await self.send_poll(to, reply)).message
            case Text():
                answer = await self._call(
                    to, "sendMessage", self._answer_seconds, there | message_fields(reply)
                )
        # An answer without a name is no reason to say it again.
        return str(answer.get("message_id", "")) if isinstance(answer, dict) else ""

    async def send_poll(self, to: Address, reply: Poll | StopPoll) -> PollAnswer:
        if not self.is_group(to.conversation):
            raise has_no_polls(self.name)
        if isinstance(reply, StopPoll):
            return await self._stop_poll(to, reply)
        members = await self._about(to.conversation, "getChatMemberCount", int) - 1  # without ourselves
        if members < reply.least:
            return PollAnswer("few")
        answer = await self._bot.answer("sendPoll", self._answer_seconds, where(to) | poll_fields(reply))
        if isinstance(answer, Refusal) and answer.no_polls:
            return PollAnswer("forbidden")
        return after_sending(self._judged(to, answer))

    async def signal(self, to: Address, kind: Literal["typing", "pressed"], press: str = "") -> None:
        try:
            if kind == "typing":
                fields = where(to) | {"action": ChatAction.TYPING.value}
                await self._bot.call("sendChatAction", _SIGNAL, fields)
            else:
                await self._bot.call("answerCallbackQuery", _SIGNAL, {"callback_query_id": press})
        except (TelegramError, SendError) as error:
            _log.debug("signal %s was not taken: %s", kind, error)

    async def close(self) -> None:
        """Nothing of its own to close: the session is the caller's."""

    async def is_admin(self, group: str, person: str) -> bool:
        return leads(await self._about(group, "getChatAdministrators", list), person)

    async def describe_group(self, group: str) -> GroupFacts:
        chat = await self._about(group, "getChat", dict)
        own = await self._about(group, "getChatMember", dict, user_id=int(self._us.id))
        if own.get("status") in ("left", "kicked"):
            raise SendError("Telegram: we are not in this group", retryable=False, gone=True)
        members = await self._about(group, "getChatMemberCount", int)
        me = await self._ask("getMe", dict)  # @BotFather may have changed it since the start
        return facts(chat, own, members, reads_all=bool(me.get("can_read_all_group_messages")))

    async def _ask(self, method: str, shape: type[_T], wait: float | None = None, **fields: Any) -> _T:
        """A call that concerns the whole channel. Raises ChannelOff where only new settings help."""
        try:
            answer = await self._bot.call(method, wait or self._answer_seconds, fields)
            if isinstance(answer, shape):
                return answer
            refusal = NOT_TELEGRAM
        except Refused as refused:
            refusal = refused.refusal
        raise channel_off(method, refusal) or send_error(refusal, "channel")

    async def _send_photo(self, to: Address, picture: Picture) -> Any:
        """Uploaded once; from then on Telegram knows it by a name."""
        fields = where(to) | picture_fields(picture)
        if name := self._photos.name_of(picture):
            answer = await self._bot.answer("sendPhoto", self._answer_seconds, {**fields, "photo": name})
            if not (isinstance(answer, Refusal) and answer.unknown_file):
                return self._judged(to, answer)
            self._photos.forget(picture)
        answer = await self._call(to, "sendPhoto", _UPLOAD, {**fields, "photo": _upload(picture)})
        self._photos.remember(picture, answer)
        return answer

    async def _edit(self, to: Address, edit: Edit) -> str:
        message = {"chat_id": where(to)["chat_id"], "message_id": int(edit.message)}
        fields = message | message_fields(replace(edit.text, reply_to=""))
        answer = await self._bot.answer("editMessageText", self._answer_seconds, fields)
        if not (isinstance(answer, Refusal) and answer.nothing_to_edit):
            self._judged(to, answer)
        return edit.message

    async def _stop_poll(self, to: Address, stop: StopPoll) -> PollAnswer:
        message = {"chat_id": where(to)["chat_id"], "message_id": int(stop.message)}
        answer = await self._bot.answer("stopPoll", self._answer_seconds, message)
        if isinstance(answer, Refusal) and (known := after_refusal(stop, answer)):
            return known
        return after_stopping(stop, self._judged(to, answer))

    async def _call(self, to: Address, method: str, wait: float, fields: JSON) -> Any:
        return self._judged(to, await self._bot.answer(method, wait, fields))

    def _judged(self, to: Address, answer: Any | Refusal) -> Any:
        if isinstance(answer, Refusal):
            group = self.whole(to.conversation)
            if answer.lost_thread and group != to.conversation:
                raise SendError(f"Telegram: {answer.description}", retryable=True, moved_to=group)
            raise send_error(answer, self._flood.scope(answer, group, time.monotonic()))
        self._flood.calm()
        return answer

    async def _about(self, group: str, method: str, shape: type[_T], **fields: Any) -> _T:
        """A question about a group. Raises SendError."""
        answer = await self._bot.answer(
            method, self._answer_seconds, {"chat_id": int(self.whole(group)), **fields}
        )
        if isinstance(answer, shape):
            return answer
        raise send_error(answer if isinstance(answer, Refusal) else NOT_TELEGRAM)


def _document(reply: File) -> JSON:
    return {"document": _upload(reply), "caption": shorten(reply.caption, _CAPTION, "utf-16") or None}


def _upload(reply: File | Picture) -> telegram.InputFile:
    upload = telegram.InputFile(reply.content, filename=reply.name)
    upload.mimetype = reply.media_type
    return upload
