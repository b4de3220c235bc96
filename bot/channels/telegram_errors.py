"""What Telegram's refusals mean: an HTTP status and a body in, a SendError out. Pure; never quotes a token or a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from bot.errors import ChannelOff, SendError
from bot.model import JSON

# 400s that say that we may not write there any more; every 403 says so too.
_GONE = (
    "chat not found",
    "user is deactivated",
    "user not found",
    "chat was deactivated",
    "PEER_ID_INVALID",
)
# 400s that say that we are in the group and may not write: its administrators can change that.
_FORBIDDEN = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_RESTRICTED",
)
_UNKNOWN_FILE = (
    "wrong file identifier",
    "wrong remote file identifier",
    "file reference",
    "wrong type of file",
)
_NOTHING_TO_EDIT = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
    "there is no text in the message to edit",
)
_POLL_CLOSED = ("poll has already been closed",)
_POLL_GONE = ("message with poll to stop not found", "message is not a poll", "MESSAGE_ID_INVALID")
_NO_POLLS = ("not enough rights to send polls", "CHAT_SEND_POLL_FORBIDDEN")
# 400s that say that the topic of a forum is closed or deleted: the forum itself is there.
_NO_THREAD = ("message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED")
_FLOOD_WINDOW = 3.0  # seconds in which refusals to two conversations mean that everything is too fast
_WAIT_FOR_TOKEN = 60.0  # seconds; a revoked token is mended by people, the messages wait


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no result.

    status       HTTP status; 0: no answer at all (timeout, dropped connection)
    retry_after  seconds that Telegram asks us to wait
    moved_to     the id of the supergroup that a group became
    uncertain    the call may have been executed all the same
    """

    status: int
    description: str
    retry_after: float | None = None
    moved_to: str = ""
    uncertain: bool = False

    @property
    def bad_token(self) -> bool:
        """401: a token that Telegram does not know; 404: no token at all, or a wrong address."""
        return self.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)

    @property
    def unknown_file(self) -> bool:
        """A picture's name that Telegram no longer takes: it wants to be given the picture again."""
        return self.status == HTTPStatus.BAD_REQUEST and _says(self.description, _UNKNOWN_FILE)

    @property
    def nothing_to_edit(self) -> bool:
        """The message reads so already, or is gone: what an edit was for has come about, or never will."""
        return self.status == HTTPStatus.BAD_REQUEST and _says(self.description, _NOTHING_TO_EDIT)

    @property
    def poll_closed(self) -> bool:
        return self.status == HTTPStatus.BAD_REQUEST and _says(self.description, _POLL_CLOSED)

    @property
    def poll_gone(self) -> bool:
        return self.status == HTTPStatus.BAD_REQUEST and _says(self.description, _POLL_GONE)

    @property
    def no_polls(self) -> bool:
        """The group takes no polls from us; other messages it may take."""
        return self.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN) and _says(
            self.description, _NO_POLLS
        )

    @property
    def lost_thread(self) -> bool:
        """The topic of a forum is closed or deleted; the forum itself is there."""
        return self.status == HTTPStatus.BAD_REQUEST and _says(self.description, _NO_THREAD)

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later: anything but a client's error."""
        return not 400 <= self.status < 500 or self.status in (
            HTTPStatus.REQUEST_TIMEOUT,
            HTTPStatus.CONFLICT,
            HTTPStatus.TOO_MANY_REQUESTS,
        )


NOT_TELEGRAM = Refusal(0, "the answer is not Telegram's", uncertain=True)


def read_answer(body: bytes) -> JSON:
    """The JSON object in a body; empty where there is none (the page of a proxy on the way)."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def read_refusal(status: int, body: bytes, token: str) -> Refusal:
    """From any body. What is not Telegram's JSON is not quoted."""
    answer = read_answer(body)
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    wait, moved_to = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
    return Refusal(
        status,
        _clean(answer.get("description") or f"HTTP status {status}", token),
        float(wait) if isinstance(wait, int | float) else None,
        str(moved_to) if moved_to else "",
        uncertain=status >= HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def send_error(refusal: Refusal, scope: Literal["conversation", "channel"] = "conversation") -> SendError:
    """What the outbox has to know. `scope` is what has to wait after a 429."""
    reason = f"Telegram: {refusal.description}"
    if refusal.moved_to:
        return SendError(reason, retryable=True, moved_to=refusal.moved_to)
    if refusal.bad_token:
        return SendError(reason, retryable=True, retry_after=_WAIT_FOR_TOKEN, scope="channel")
    if refusal.retryable:
        return SendError(
            reason,
            retryable=True,
            retry_after=refusal.retry_after,
            scope=scope,
            uncertain=refusal.uncertain,
        )
    forbidden = _says(refusal.description, _FORBIDDEN)
    gone = refusal.status == HTTPStatus.FORBIDDEN or _says(refusal.description, _GONE)
    return SendError(reason, retryable=False, gone=gone and not forbidden, forbidden=forbidden)


def channel_off(method: str, refusal: Refusal) -> ChannelOff | None:
    """The sentence for what only the operator can mend; None for what time mends."""
    if refusal.bad_token:
        return ChannelOff(
            f"Telegram does not accept the token ({refusal.status} {refusal.description}): set TELEGRAM_BOT_TOKEN to "
            "the one that @BotFather shows for this bot, and leave TELEGRAM_API_URL unset unless you run a server"
        )
    if not refusal.retryable:
        return ChannelOff(
            f"Telegram refuses {method} ({refusal.description}): check PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET"
        )
    return None


class FloodWatch:
    """Telegram does not say whether a chat or the whole bot is too fast; refusals to two chats at once do, with nothing
    taken in between."""

    def __init__(self) -> None:
        self._conversation, self._at = "", 0.0

    def scope(self, refusal: Refusal, conversation: str, now: float) -> Literal["conversation", "channel"]:
        """What has to wait. `now` in seconds of any steady clock."""
        if refusal.status != HTTPStatus.TOO_MANY_REQUESTS:
            return "conversation"
        other = self._conversation not in ("", conversation)
        soon = now - self._at < _FLOOD_WINDOW
        self._conversation, self._at = conversation, now
        return "channel" if other and soon else "conversation"

    def calm(self) -> None:
        """A message was taken: not everything is too fast."""
        self._conversation = ""


def _says(description: str, any_of: Iterable[str]) -> bool:
    folded = description.casefold()
    return any(words.casefold() in folded for words in any_of)


def _clean(description: object, token: str) -> str:
    """Telegram quotes pieces of the message ("Unsupported start tag …"); a proxy may quote the address."""
    text = str(description).replace(token, "<token>")
    return re.sub(r'"[^"]*"', '"…"', text)[:300]
