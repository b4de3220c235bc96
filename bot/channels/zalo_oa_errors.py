"""What Zalo's refusals mean: a status and a body in, one ruling out. Pure; quotes no token and no text.

The table has every documented code of the OpenAPI and its outcome. Zalo says most errors at HTTP 200.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from bot.errors import SendError
from bot.model import JSON

_MINUTE, _HOUR = 60.0, 3600.0  # seconds

Kind = Literal["refresh", "retry", "wait", "closed", "gone", "park"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows from a refusal.

    kind     "refresh": the access token is renewed, the call repeated once. "retry": again soon, backing off. "wait": again
             after `seconds`. "closed": held until the person writes. "gone": never again. "park": for staff to see
    seconds  to wait, with kind "wait"
    channel  whether everything has to wait, not this conversation alone
    tell     the occasion of which administrators are told, "" for none: only they can mend it
    """

    kind: Kind
    seconds: float = 0.0
    channel: bool = False
    tell: str = ""


_REFRESH = Ruling("refresh")
_CLOSED, _GONE, _PARK = Ruling("closed"), Ruling("gone"), Ruling("park")
_SLOWER = Ruling("wait", _MINUTE, channel=True)
_SET_UP = Ruling("wait", _HOUR, channel=True, tell="set-up")
_CONSENT = Ruling("wait", _HOUR, channel=True, tell="permission")
_TIER = Ruling("wait", _HOUR, channel=True, tell="tier")
# Whoever has written within 48 hours costs neither: waiting for quota or money would only hold up the answer to their next
# question.
_QUOTA = Ruling("closed", tell="quota")
_MONEY = Ruling("closed", tell="money")

# Every code of the documentation; -32 and -223 have several meanings, see `ruling`.
RULINGS: dict[int, Ruling] = {
    -216: _REFRESH,  # invalid token
    -220: _REFRESH,  # expired or removed token
    -32: _SLOWER,
    -200: Ruling("wait", _MINUTE / 2),  # sending failed: of this message, as far as anybody knows
    -211: _QUOTA,  # out of quota
    -218: _CLOSED,  # this recipient's limit, until they write again
    -320: _MONEY,  # no Zalo Cloud account
    -321: _MONEY,  # no money in it
    -224: _TIER,  # the tier of the OA is too low
    -221: _TIER,  # the OA is not verified
    -213: _GONE,  # does not follow
    -217: _GONE,  # has blocked us
    -227: _GONE,  # banned, or inactive for more than 45 days
    -230: _CLOSED,  # no interaction within 7 days
    -232: _CLOSED,
    -305: _CLOSED,  # older: no interaction within 48 hours
    -311: _CLOSED,  # older: the quota of replies to this person is used
    -244: _CLOSED,  # the person does not want this type of message
    -201: _PARK,  # invalid parameter
    -210: _PARK,  # over a limit
    -233: _PARK,  # wrong message type
    -100: _PARK,  # attachment expired
    -240: _PARK,  # version 2 is switched off
    -234: Ruling("wait", _HOUR),  # not at night (promotion only)
    -248: Ruling("park", tell="content"),  # against the content policy
    -204: _SET_UP,  # the OA is disabled
    -205: _SET_UP,  # there is no such OA
    -209: _SET_UP,  # the app is not active
    -212: _SET_UP,  # the app has not registered this API
    -219: _SET_UP,  # the app has been removed
    -242: _SET_UP,  # wrong appsecret_proof
    -223: _CONSENT,  # the OA has not granted this
    -237: Ruling("closed", tell="group"),  # the group's package has expired
    -238: _PARK,  # the asset is in use
    -241: _PARK,
    -403: _GONE,  # the OA is not in the group
}

_PERMISSION = re.compile(
    r"permission|not (?:allow|grant|support|regist)|unauthori|package|tier|deprecat", re.I
)
_LIMIT = re.compile(r"quota|limit|exceed|too many", re.I)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no result.

    code       Zalo's; 0 where the answer is none of Zalo's
    status     of HTTP; 0: no answer at all
    uncertain  the call may have been executed all the same
    """

    code: int
    says: str
    status: int = 200
    uncertain: bool = False

    def __str__(self) -> str:
        return f"Zalo OA: {self.says} ({self.code or self.status})"


def read(status: int, body: bytes) -> JSON | Refusal:
    """The `data` of a success ({} when there is none), else the refusal. What is not Zalo's JSON is not quoted."""
    answer = read_json(body)
    code = _number(answer.get("error"))
    if code == 0 and status < HTTPStatus.BAD_REQUEST:
        data = answer.get("data")
        return data if isinstance(data, dict) else {}
    if code:
        return Refusal(code, quoted(answer.get("message")), status)
    broken = status < HTTPStatus.BAD_REQUEST or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return Refusal(0, "an answer that is not Zalo's", status, uncertain=broken)


def ruling(refusal: Refusal) -> Ruling:
    """What follows. An unknown code is parked: trying it again and again helps nobody."""
    if refusal.code == 0:
        if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
            return _SLOWER
        unauthorised = refusal.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
        return _SLOWER if unauthorised else Ruling("retry")
    if refusal.code == -32 and _PERMISSION.search(refusal.says) and not _LIMIT.search(refusal.says):
        return _CONSENT
    if refusal.code == -223 and _LIMIT.search(refusal.says):
        return _QUOTA
    return RULINGS.get(refusal.code, _PARK)


def send_error(refusal: Refusal) -> SendError:
    """What the outbox has to know."""
    what = ruling(refusal)
    if what.kind in ("gone", "closed", "park"):
        return SendError(
            str(refusal), retryable=False, gone=what.kind == "gone", closed=what.kind == "closed"
        )
    if what.kind == "refresh":  # renewed, and refused again
        return SendError(str(refusal), retryable=True, retry_after=_MINUTE, scope="channel")
    return SendError(
        str(refusal),
        retryable=True,
        retry_after=what.seconds or None,
        scope="channel" if what.channel else "conversation",
        uncertain=refusal.uncertain,
    )


def read_json(body: bytes) -> JSON:
    """The JSON object in a body; empty where there is none (the page of a proxy on the way)."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def quoted(words: object) -> str:
    """A platform's sentence, without what it may quote of a message, and short."""
    text = " ".join(str(words or "no reason given").split())
    return re.sub(r"""(["'“]).*?["'”]""", "…", text)[:150]


def _number(code: object) -> int | None:
    if isinstance(code, bool):
        return None
    if isinstance(code, int):
        return code
    return int(code) if isinstance(code, str) and re.fullmatch(r"-?\d{1,9}", code) else None
