"""The Bot API as a server on loopback: methods, refusals, and faults on demand."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

from tests.fakes import telegram_updates as updates
from tests.fakes.loopback import Loopback, drop
from tests.fakes.telegram_faults import Fault, as_json, spoil
from tests.fakes.telegram_groups import Rooms
from tests.fakes.telegram_polls import FakePoll, Polls, check_poll
from tests.fakes.telegram_queue import UpdateQueue
from tests.fakes.telegram_rules import (
    JSON,
    Meter,
    Rates,
    Refused,
    check_fields,
    check_keyboard,
    check_photo,
    check_text,
    parse_html,
)

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_TOKEN_SHAPE = re.compile(r"\d+:[\w-]{20,}")
_BODY = 60_000_000  # bytes


@dataclass(frozen=True)
class Sent:
    """A message that the bot sent, as it reads now. text: as shown; html: as sent; at: seconds of time.monotonic()."""

    chat_id: int
    message_id: int
    text: str
    html: str = ""
    entities: list[JSON] = field(default_factory=list)
    buttons: list[list[JSON]] = field(default_factory=list)
    reply_to: int | None = None
    poll: str = ""  # the name of the poll that it holds
    document: tuple[str, bytes, str] | None = None  # name, content, media type
    photo: tuple[str, bytes, str] | None = None  # also where it came by the name of an earlier upload
    fields: JSON = field(default_factory=dict)
    at: float = 0.0

    def button(self, label: str) -> str:
        """The callback_data of the button with this label."""
        return next(str(b["callback_data"]) for row in self.buttons for b in row if b["text"] == label)


class TelegramWire(Loopback):
    def __init__(
        self, token: str, username: str, rates: Rates | None, http_webhooks: bool, port: int
    ) -> None:
        super().__init__(port)
        self.token = token
        self.me: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Hỏi Đáp",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
        }
        self.rooms = Rooms(self.me)
        self.polls = Polls()
        self.http_webhooks = http_webhooks
        self.queue = UpdateQueue(self._notice)
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, JSON]] = []  # every call that had the right token and fields
        self.pressed: list[str] = []  # callback ids that were acknowledged
        self.typing: list[int] = []  # chats that saw "typing …"
        self.commands: list[JSON] = []
        self.photos: dict[
            str, tuple[str, bytes, str]
        ] = {}  # by file_id; what is taken out is forgotten by Telegram
        self.edited: list[Sent] = []  # messages as they read after each edit
        self._chats: set[int] = set()
        self._presses: set[str] = set()
        self._refusals: dict[int, Refused] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._by_chat: dict[int, list[Sent]] = defaultdict(list)
        self._meter = Meter(rates) if rates else None
        self.floods = 0  # calls that were over the rates
        self._last_message = 0

    async def start(self) -> None:
        server = web.Server(self._handle, request_factory=_request, access_log=None)
        await self.listen(web.ServerRunner(server, shutdown_timeout=0.1))
        self.queue.start()

    async def stop(self) -> None:
        await self.queue.stop()
        await super().stop()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        token, _, method = request.path.removeprefix("/bot").partition("/")
        if token != self.token:
            right_shape = _TOKEN_SHAPE.fullmatch(token)
            return as_json(Refused(401, "Unauthorized") if right_shape else Refused(404, "Not Found"))
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault and fault.kind != "drop_after" and (spoilt := await spoil(fault, request)):
            return spoilt
        try:
            form = request.content_type != "application/json"
            fields = check_fields(method, await _fields(request, form), form)
            self.calls.append((method, fields))
            self._notice()
            answer = as_json(await self._answer(method, fields))
        except Refused as refused:
            answer = as_json(refused)
        if fault and fault.kind == "drop_after":
            drop(request)
        return answer

    async def _answer(self, method: str, fields: JSON) -> Any:
        if method.startswith("getChat"):
            return self.rooms.answer(method, self._open_chat(fields), fields)
        return await _METHODS[method](self, fields)

    async def _get_me(self, fields: JSON) -> Any:
        return self.me

    async def _set_commands(self, fields: JSON) -> Any:
        for command in fields["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = fields["commands"]
        return True

    async def _set_webhook(self, fields: JSON) -> Any:
        if not fields["url"].startswith(("https://", "http://") if self.http_webhooks else "https://"):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[\w-]{1,256}", fields.get("secret_token", "-"), re.ASCII):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.queue.set_webhook(fields)
        return True

    async def _delete_webhook(self, fields: JSON) -> Any:
        self.queue.delete_webhook(drop=fields.get("drop_pending_updates", False))
        return True

    async def _get_updates(self, fields: JSON) -> Any:
        return await self.queue.poll(fields)

    async def _send_message(self, fields: JSON) -> Any:
        reply_to = fields.get("reply_parameters", {}).get("message_id")
        return self._accept(fields, **_words(fields), reply_to=reply_to)

    async def _edit_text(self, fields: JSON) -> Any:
        chat = self._open_chat(fields)
        named = fields.get("message_id")
        before = next((sent for sent in self._by_chat[chat] if sent.message_id == named), None)
        if before is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if before.photo or before.document:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        words = _words(fields)
        if all(getattr(before, name) == value for name, value in words.items()):
            raise Refused(400, f"Bad Request: {_NOT_MODIFIED}")
        self._count(chat)
        after = replace(before, **words, fields=fields)
        self.edited.append(after)
        for messages in (self.sent, self._by_chat[chat]):
            messages[messages.index(before)] = after
        self._notice()
        return updates.own_message(after.message_id, chat, after.text, self.me)

    async def _send_photo(self, fields: JSON) -> Any:
        caption = fields.get("caption", "")
        check_text(caption, 1024, "")
        markup = fields.get("reply_markup", {"inline_keyboard": []})
        check_keyboard(markup)
        photo: Any = fields["photo"]
        if isinstance(photo, str):
            if photo not in self.photos:
                raise Refused(400, "Bad Request: wrong remote file identifier specified: wrong string length")
            name = photo
        else:
            check_photo(photo[1])
            name = f"AgACAgUAAxkD{len(self.photos) + 1:08d}"
        shown: tuple[str, bytes, str] = self.photos.get(name) or photo
        message = self._accept(fields, text=caption, buttons=markup["inline_keyboard"], photo=shown)
        self.photos[name] = shown
        sizes = [
            {"file_id": name, "file_unique_id": name[-8:], "width": 90 * n, "height": 90 * n} for n in (1, 9)
        ]
        return {**message, "photo": sizes}

    async def _send_document(self, fields: JSON) -> Any:
        caption = fields.get("caption", "")
        check_text(caption, 1024, "")
        if isinstance(fields["document"], str):
            raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        if not fields["document"][1]:
            raise Refused(400, "Bad Request: file must be non-empty")
        return self._accept(fields, text=caption, document=fields["document"])

    async def _send_poll(self, fields: JSON) -> Any:
        check_poll(fields, time.time())
        chat = self._open_chat(fields)
        if chat > 0:
            raise Refused(400, "Bad Request: this fake takes polls in groups only")
        if not self.rooms[chat].polls:
            raise Refused(400, "Bad Request: not enough rights to send polls to the chat")
        poll = self.polls.make(fields)
        message = self._accept(fields, text=fields["question"], poll=poll.name)
        poll.at = chat, message["message_id"]
        del message["text"]
        return {**message, "poll": poll.json}

    async def _stop_poll(self, fields: JSON) -> Any:
        poll = self.polls.stop(self._open_chat(fields), fields["message_id"])
        self.tell_poll(poll)
        return poll.json

    def tell_poll(self, poll: FakePoll) -> None:
        """The bot hears how its poll stands."""
        raise NotImplementedError

    async def _send_action(self, fields: JSON) -> Any:
        self.typing.append(self._open_chat(fields))
        return True

    async def _answer_press(self, fields: JSON) -> Any:
        if fields["callback_query_id"] not in self._presses:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.pressed.append(fields["callback_query_id"])
        return True

    async def _webhook_info(self, fields: JSON) -> JSON:
        return {
            "url": self.queue.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue.waiting),
        }

    def _open_chat(self, fields: JSON) -> int:
        chat = int(fields["chat_id"]) if re.fullmatch(r"-?\d+", str(fields["chat_id"])) else 0
        if chat in self._refusals:
            raise self._refusals[chat]
        if chat not in self._chats:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _accept(self, fields: JSON, **content: Any) -> JSON:
        chat, now = self._open_chat(fields), time.monotonic()
        self.rooms.check(chat, fields)
        self._count(chat)
        sent = Sent(chat, self._new_message_id(), **content, fields=fields, at=now)
        self.sent.append(sent)
        self._by_chat[chat].append(sent)
        self._notice()
        return updates.own_message(sent.message_id, chat, sent.text, self.me)

    def _count(self, chat: int) -> None:
        if self._meter:
            try:
                self._meter.take(chat, time.monotonic())
            except Refused:
                self.floods += 1
                raise

    def _new_message_id(self) -> int:
        self._last_message += 1
        return self._last_message


_METHODS: dict[str, Callable[[TelegramWire, JSON], Awaitable[Any]]] = {
    "getMe": TelegramWire._get_me,
    "setMyCommands": TelegramWire._set_commands,
    "setWebhook": TelegramWire._set_webhook,
    "deleteWebhook": TelegramWire._delete_webhook,
    "getWebhookInfo": TelegramWire._webhook_info,
    "getUpdates": TelegramWire._get_updates,
    "sendMessage": TelegramWire._send_message,
    "sendDocument": TelegramWire._send_document,
    "sendPhoto": TelegramWire._send_photo,
    "editMessageText": TelegramWire._edit_text,
    "sendPoll": TelegramWire._send_poll,
    "stopPoll": TelegramWire._stop_poll,
    "sendChatAction": TelegramWire._send_action,
    "answerCallbackQuery": TelegramWire._answer_press,
}


def _words(fields: JSON) -> JSON:
    """What a text message shows."""
    text: str = fields["text"]
    entities: list[JSON] = []
    if fields.get("parse_mode", "HTML") != "HTML":
        raise Refused(400, "Bad Request: unsupported parse_mode")
    if "parse_mode" in fields:
        text, entities = parse_html(text)
    check_text(text, 4096, "message text is empty")
    markup = fields.get("reply_markup", {"inline_keyboard": []})
    check_keyboard(markup)
    return {"text": text, "html": fields["text"], "entities": entities, "buttons": markup["inline_keyboard"]}


async def _fields(request: web.BaseRequest, form: bool) -> JSON:
    if not form:
        fields = json.loads(await request.read() or b"{}")
        if not isinstance(fields, dict):
            raise Refused(400, "Bad Request: object expected as JSON")
        return fields
    return {
        name: (value.filename, value.file.read(), value.content_type)
        if isinstance(value, web.FileField)
        else value
        for name, value in (await request.post()).items()
    }


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_BODY)
