"""Telegram: the Bot API through python-telegram-bot's wire types and bare client, over aiohttp.

No Application, Updater or persistence: the inbox and the outbox do that for every network. The only file that
imports the library. Shapes and limits: https://core.telegram.org/bots/api.
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
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.base import Limits, Pace, Store
from bot.channels.http import Unreachable
from bot.channels.layout import shorten
from bot.channels.telegram_errors import (
    NOT_TELEGRAM,
    FloodWatch,
    Refusal,
    channel_off,
    read_answer,
    read_refusal,
    send_error,
)
from bot.channels.telegram_format import message_fields, picture_fields, spans_naming, tidy, where, without
from bot.channels.telegram_groups import facts, leads
from bot.channels.telegram_http import post
from bot.channels.telegram_photos import Photos
from bot.channels.telegram_updates import (
    KINDS,
    change_of_chat,
    conversation,
    identify,
    readable,
    thread_of,
    unreadable,
)
from bot.errors import ChannelOff, SendError
from bot.model import JSON, Address, Edit, File, GroupFacts, Inbound, Picture, Reply, Text

_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name, not the secret
_CAPTION = 1024  # UTF-16 units
_ANSWER, _UPLOAD, _SIGNAL = 20.0, 120.0, 5.0  # seconds to wait for Telegram

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Telegram:
    """The channel. `session` belongs to the caller and outlives it.

    api_url      https://api.telegram.org, or a Bot API server of one's own
    secret       what Telegram shows us with each webhook: 1-256 of A-Z a-z 0-9 _ -
    public_url   our own address, for webhooks; None: long polling
    commands     (name without slash, description) for the menu
    proxy        address of an HTTP proxy
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
    ) -> None:
        # At DEBUG the library logs the token (in its address), the secret and every text.
        logging.getLogger("telegram").setLevel(logging.INFO)
        self._bot = _Bot(token, api_url.rstrip("/"), AiohttpRequest(session, token, proxy))
        self._secret = secret
        self._public_url = public_url
        self._commands = [telegram.BotCommand(name, description) for name, description in commands]
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._id, self._username = token.partition(":")[0], ""  # the name comes from getMe
        self._flood = FloodWatch()
        self._photos = Photos()

    @property
    def start_address(self) -> str:
        return f"https://t.me/{self._username}?start=" if self._username else ""

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
        if change := change_of_chat(self.name, raw):
            return change
        update = telegram.Update.de_json(readable(raw))
        if update.callback_query:
            return _press(update.callback_query, thread_of(raw["callback_query"].get("message") or {}))
        if update.message:
            thread = thread_of(raw["message"])
            return self._message(update.message, thread, unreadable=unreadable(raw["message"]))
        if update.edited_message and update.edited_message.chat.type == ChatType.PRIVATE:
            # Only words that were changed are a new question; a moving location is edited every few seconds.
            return self._message(update.edited_message, "", unreadable=False)
        return None

    async def start(self) -> None:
        me = await self._ask("getMe", dict)
        self._username = str(me.get("username", "")).casefold()
        try:
            await self._ask("setMyCommands", bool, commands=self._commands)
        except (
            ChannelOff,
            SendError,
        ) as error:  # a menu is a comfort: without it the bot answers all the same
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
            wait=self._poll_seconds + _ANSWER,
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
            case Text():
                answer = await self._call(to, "sendMessage", _ANSWER, there | message_fields(reply))
        # An answer without a name is no reason to say it again.
        return str(answer.get("message_id", "")) if isinstance(answer, dict) else ""

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
        own = await self._about(group, "getChatMember", dict, user_id=int(self._id))
        if own.get("status") in ("left", "kicked"):
            raise SendError("Telegram: we are not in this group", retryable=False, gone=True)
        members = await self._about(group, "getChatMemberCount", int)
        me = await self._ask("getMe", dict)  # @BotFather may have changed it since the start
        return facts(chat, own, members, reads_all=bool(me.get("can_read_all_group_messages")))

    def _message(self, message: telegram.Message, thread: str, *, unreadable: bool) -> Inbound | None:
        words, entities = message.text or message.caption or "", message.entities or message.caption_entities
        if not (words or unreadable):
            return None
        group = message.chat.type != ChatType.PRIVATE
        naming = spans_naming(words, ((e.type, e.offset, e.length) for e in entities), self._own_name)
        if naming is None and group:
            return None  # a command for another bot
        return Inbound(
            Address(self.name, conversation(message.chat.id, thread)),
            "text" if words else "other",
            sender="" if message.sender_chat or not message.from_user else str(message.from_user.id),
            text=tidy(without(words, naming or ())),
            private=not group,
            addressed=not group or bool(naming) or self._is_ours(message.reply_to_message),
            message_id=str(message.message_id),
            quoted="" if group else self._quoted(message.reply_to_message),
            thread=thread,
            as_group=message.sender_chat is not None,  # of others, `readable` has left nothing
        )

    def _quoted(self, message: telegram.Message | None) -> str:
        return tidy(message.text or message.caption or "") if message and self._is_ours(message) else ""

    def _own_name(self) -> str:
        if not self._username:
            raise SendError("Telegram has not yet told us our name", retryable=True, scope="channel")
        return self._username

    def _is_ours(self, message: telegram.Message | None) -> bool:
        return bool(message and message.from_user and str(message.from_user.id) == self._id)

    async def _ask(self, method: str, shape: type[_T], wait: float = _ANSWER, **fields: Any) -> _T:
        """A call that concerns the whole channel. Raises ChannelOff where only new settings help."""
        try:
            answer = await self._bot.call(method, wait, fields)
            if isinstance(answer, shape):
                return answer
            refusal = NOT_TELEGRAM
        except _Refused as refused:
            refusal = refused.refusal
        raise channel_off(method, refusal) or send_error(refusal, "channel")

    async def _send_photo(self, to: Address, picture: Picture) -> Any:
        """Uploaded once; from then on Telegram knows it by a name."""
        fields = where(to) | picture_fields(picture)
        if name := self._photos.name_of(picture):
            answer = await self._bot.answer("sendPhoto", _ANSWER, {**fields, "photo": name})
            if not (isinstance(answer, Refusal) and answer.unknown_file):
                return self._judged(to, answer)
            self._photos.forget(picture)
        answer = await self._call(to, "sendPhoto", _UPLOAD, {**fields, "photo": _upload(picture)})
        self._photos.remember(picture, answer)
        return answer

    async def _edit(self, to: Address, edit: Edit) -> str:
        message = {"chat_id": where(to)["chat_id"], "message_id": int(edit.message)}
        fields = message | message_fields(replace(edit.text, reply_to=""))
        answer = await self._bot.answer("editMessageText", _ANSWER, fields)
        if not (isinstance(answer, Refusal) and answer.nothing_to_edit):
            self._judged(to, answer)
        return edit.message

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
        answer = await self._bot.answer(method, _ANSWER, {"chat_id": int(self.whole(group)), **fields})
        if isinstance(answer, shape):
            return answer
        raise send_error(answer if isinstance(answer, Refusal) else NOT_TELEGRAM)


def _press(press: telegram.CallbackQuery, thread: str) -> Inbound | None:
    if press.message is None or press.data is None or press.from_user.is_bot:
        return None
    return Inbound(
        Address(Telegram.name, conversation(press.message.chat.id, thread)),
        "choice",
        sender=str(press.from_user.id),
        payload=press.data,
        private=press.message.chat.type == ChatType.PRIVATE,
        message_id=str(press.message.message_id),
        press=press.id,
        thread=thread,
    )


def _document(reply: File) -> JSON:
    return {"document": _upload(reply), "caption": shorten(reply.caption, _CAPTION, "utf-16") or None}


def _upload(reply: File | Picture) -> telegram.InputFile:
    upload = telegram.InputFile(reply.content, filename=reply.name)
    upload.mimetype = reply.media_type
    return upload


class AiohttpRequest(BaseRequest):
    """The library's calls over our session: see bench/telegram_http.py for what that gains over HTTPXRequest."""

    def __init__(self, session: aiohttp.ClientSession, token: str, proxy: str | None = None) -> None:
        self._session = session
        self._token = token
        self._proxy = proxy

    @property
    def read_timeout(self) -> float:
        return _ANSWER

    async def initialize(self) -> None:
        """Nothing: the session is open."""

    async def shutdown(self) -> None:
        """Nothing: the session is the caller's."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST: we never download files
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_timeouts: Any,
        **_more_timeouts: Any,
    ) -> tuple[int, bytes]:
        data = request_data or RequestData()
        wait = read_timeout if isinstance(read_timeout, int | float) else _ANSWER
        try:
            status, body = await post(
                self._session, url, data.parameters, data.multipart_data, wait=wait, proxy=self._proxy
            )
        except Unreachable as error:
            raise _Refused(Refusal(0, str(error), uncertain=error.uncertain)) from None
        if status >= 300:
            # Read here: the library's own exceptions quote whole bodies and hide retry_after behind a deprecation.
            raise _Refused(read_refusal(status, body, self._token))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSON:
        # Not the library's: that one logs what it cannot read.
        answer = read_answer(payload)
        if "result" not in answer:
            raise _Refused(NOT_TELEGRAM)
        return answer


class _Refused(TelegramError):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.description)
        self.refusal = refusal


class _Bot(telegram.Bot):
    def __init__(self, token: str, api_url: str, request: BaseRequest) -> None:
        super().__init__(token, base_url=f"{api_url}/bot", request=request, get_updates_request=request)

    async def call(self, method: str, wait: float, fields: JSON) -> Any:
        """The raw result of a method. Raises _Refused.

        Raw, because an answer that the wire types cannot read would look like a failed send and be said again;
        `do_api_request` is the same but warns about methods that it knows.
        """
        try:
            return await self._post(method, fields, read_timeout=wait)
        except _Refused:
            raise
        except TelegramError as error:
            problem = Refusal(0, f"the call could not be made ({type(error.__cause__ or error).__name__})")
        raise _Refused(problem)

    async def answer(self, method: str, wait: float, fields: JSON) -> Any | Refusal:
        """The same, with a refusal as a value: no chain of causes, which would quote the address with the token."""
        try:
            return await self.call(method, wait, fields)
        except _Refused as refused:
            return refused.refusal

    def __repr__(self) -> str:
        return "<the bot>"  # the library's shows the token
