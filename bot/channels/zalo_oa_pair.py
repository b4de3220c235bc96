"""A pair of tokens: out of Zalo's answers, onto the disk and back. Pure; never shown."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.zalo_oa_errors import quoted
from bot.clock import stamp
from bot.model import JSON

_LIFE = 90_000  # seconds, where Zalo does not say


@dataclass(frozen=True, slots=True)
class Pair:
    access: str
    refresh: str
    expires_at: datetime

    def __repr__(self) -> str:
        return "<a token pair>"


@dataclass(slots=True)
class Kept:
    """What is on disk. `seed` is a hash of the refresh token of the settings that was used; `dead` of one that is burnt."""

    pair: Pair | None = None
    oa_id: str = ""
    seed: str = ""
    dead: str = ""

    def __repr__(self) -> str:
        return "<what is kept of the tokens>"


def pair_of(answer: JSON, now: datetime) -> Pair | None:
    """Only both tokens together are a success: OAuth's failures come at HTTP 200 too."""
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
        return None
    try:
        life = int(str(answer.get("expires_in")))
    except ValueError:
        life = _LIFE
    return Pair(access, refresh, now + timedelta(seconds=life if 0 < life <= 10 * _LIFE else _LIFE))


def code_of(answer: JSON) -> int:
    with contextlib.suppress(ValueError):
        return int(str(answer.get("error")))
    return 0


def reason_of(answer: JSON, *hidden: str) -> str:
    """What OAuth says; it has names of its own for it. Without what is hidden: it may quote what we sent."""
    names = ("error_name", "error_reason", "error_description", "message")
    says = str(next((answer[name] for name in names if answer.get(name)), ""))
    for secret in hidden:
        says = says.replace(secret, "…")
    return f"{quoted(says)} ({code_of(answer)})"


def from_json(found: JSON, app_id: str) -> Kept:
    if found.get("app_id") != app_id:
        return Kept()  # another app's tokens are of no use
    pair = None
    if found.get("refresh"):
        pair = Pair(found["access"], found["refresh"], datetime.fromisoformat(found["expires_at"]))
    return Kept(pair, found["oa_id"], found["seed"], found["dead"])


def to_json(kept: Kept, app_id: str) -> JSON:
    pair = kept.pair
    tokens = (
        {"access": pair.access, "refresh": pair.refresh, "expires_at": stamp(pair.expires_at)} if pair else {}
    )
    return {"app_id": app_id, "oa_id": kept.oa_id, "seed": kept.seed, "dead": kept.dead, **tokens}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
