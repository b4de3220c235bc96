"""What the Zalo Bot Platform's refusals mean: an HTTP status and a body in, a SendError out. Pure; never quotes a secret.

Errors come at HTTP 200 with "ok": false and an error_code; the HTTP status counts only where the body is not Zalo's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ChannelOff, SendError
from bot.model import JSON

WAIT_AT_429 = 60.0  # seconds; Zalo names no time, and shorter waits are refused again
WAIT_FOR_QUOTA = 900.0  # seconds; a used-up quota comes back with the month, or when somebody pays
_WAIT_FOR_TOKEN = 60.0  # seconds; a token that was reset is mended by people, the messages wait
# 403 is "Internal server error" in Zalo's table; the others are delays.
_FOR_NOW = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no result.

    code       Zalo's error_code, else the HTTP status; 0: no answer at all, or one that is not Zalo's
    zalos      whether Zalo itself said so, and not a proxy on the way
    uncertain  the call may have been executed all the same
    """

    code: int
    description: str
    zalos: bool = True
    uncertain: bool = False

    @property
    def bad_token(self) -> bool:
        return self.zalos and self.code == HTTPStatus.UNAUTHORIZED

    @property
    def idle(self) -> bool:
        """408: of getUpdates it only says that nothing has come."""
        return self.code == HTTPStatus.REQUEST_TIMEOUT

    @property
    def too_many(self) -> bool:
        return self.code == HTTPStatus.TOO_MANY_REQUESTS

    @property
    def objection(self) -> bool:
        """A no of Zalo's own that is neither idleness, nor haste, nor the token."""
        return self.zalos and 400 <= self.code < 500 and not (self.idle or self.too_many or self.bad_token)

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later: anything but a plain no of Zalo's own."""
        return not (self.zalos and 400 <= self.code < 500) or self.code in _FOR_NOW


def read_answer(status: int, body: bytes, secrets: Iterable[str]) -> Any | Refusal:
    """The result of a call (None where there is none), or the refusal. What is not Zalo's JSON is not quoted."""
    answer = _json(body)
    if answer.get("ok") is True:
        return answer.get("result")
    if "ok" not in answer:
        code = status if status >= 300 else 0
        what = f"HTTP status {status}" if code else "the answer is not Zalo's"
        return Refusal(code, what, zalos=False, uncertain=not 400 <= code < 500)
    code = _number(answer.get("error_code")) or (status if status >= 400 else 0)
    uncertain = not 400 <= code < 500 or code in (HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_TIMEOUT)
    return Refusal(code, _clean(answer.get("description") or f"error {code}", secrets), uncertain=uncertain)


def send_error(refusal: Refusal) -> SendError:
    """What the outbox has to know; a 429 is judged by `Exhaustion`."""
    reason = f"Zalo Bot: {refusal.description}"
    if refusal.bad_token:
        return SendError(reason, retryable=True, retry_after=_WAIT_FOR_TOKEN, scope="channel")
    if refusal.too_many:
        return SendError(reason, retryable=True, retry_after=WAIT_AT_429)
    return SendError(reason, retryable=refusal.retryable, uncertain=refusal.retryable and refusal.uncertain)


def channel_error(method: str, refusal: Refusal) -> SendError | ChannelOff:
    """For calls that concern the whole channel: off where only new settings help."""
    if refusal.bad_token or (method == "getMe" and not refusal.retryable):
        return ChannelOff(
            f"Zalo does not accept the bot's token ({refusal.code} {refusal.description}): set ZALO_BOT_TOKEN to the one "
            "that Zalo Bot Creator shows for this bot, and leave ZALO_BOT_API_URL unset"
        )
    if method == "setWebhook" and not refusal.retryable:
        return ChannelOff(
            f"Zalo refuses setWebhook ({refusal.description}): check PUBLIC_URL, which must be an address with https "
            "that Zalo can reach, and ZALO_BOT_WEBHOOK_SECRET"
        )
    wait = WAIT_AT_429 if refusal.too_many else None
    return SendError(
        f"Zalo Bot: {method}: {refusal.description}", retryable=True, retry_after=wait, scope="channel"
    )


def host_of(url: str) -> str:
    """Not the whole address of somebody else's webhook: it may hold a secret."""
    try:
        return urlsplit(url).hostname or "an unknown place"
    except ValueError:
        return "an unknown place"


def webhook_in_the_way(url: str) -> SendError:
    reason = (
        f"Zalo delivers to a webhook at {host_of(url)}, which this service did not set, and refuses polling: set PUBLIC_URL "
        "so that we take it over, or have it removed by whoever set it; polling begins within a minute after that"
    )
    return SendError(reason, retryable=True, retry_after=WAIT_AT_429, scope="channel")


class Exhaustion:
    """Tells the reasons for a 429 apart, as well as can be: Zalo gives the same for haste, a full month, and a
    person beyond the plan's fifty.

    haste  for how many seconds refusals may come from haste alone
    """

    def __init__(self, haste: float = WAIT_AT_429) -> None:
        self._haste = haste
        self._since: float | None = None
        self._refused: set[str] = set()

    def over(self) -> None:
        """A message was taken."""
        self._since = None
        self._refused.clear()

    def judge(self, conversation: str, now: float) -> tuple[SendError, bool]:
        """(the error, whether the month's quota is probably used up). `now` in seconds of any steady clock.

        One conversation alone waits alone; refusals to two without a success between them hold up the channel.
        """
        self._since = now if self._since is None else self._since
        self._refused.add(conversation)
        if now - self._since < self._haste:
            reason, wait, used_up = "too many messages", WAIT_AT_429, False
        elif len(self._refused) > 1:
            reason, wait, used_up = (
                "refused again and again: the month's quota is probably used up",
                WAIT_FOR_QUOTA,
                True,
            )
        else:
            reason, wait, used_up = (
                "refused again and again: the month's quota is probably used up, or the plan allows no more people",
                WAIT_FOR_QUOTA,
                True,
            )
        scope: Any = "channel" if len(self._refused) > 1 else "conversation"
        return SendError(f"Zalo Bot: 429, {reason}", retryable=True, retry_after=wait, scope=scope), used_up


def _json(body: bytes) -> JSON:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _number(code: Any) -> int:
    return int(code) if isinstance(code, int | float) or (isinstance(code, str) and code.isdecimal()) else 0


def _clean(description: object, secrets: Iterable[str]) -> str:
    """An error may quote pieces of the message or the address."""
    text = str(description)
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return re.sub(r'"[^"]*"', '"…"', text)[:300]
