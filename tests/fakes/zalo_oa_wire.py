"""Zalo's OAuth and OpenAPI as one server on loopback: single-use refresh tokens, limits, windows, faults on demand."""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.fakes.fetching import is_picture
from tests.fakes.loopback import Loopback, drop
from tests.fakes.zalo_oa_rules import (
    JSON,
    Fault,
    OAuthRefused,
    Refused,
    buttons_of,
    challenge_of,
    checked_message,
    picture_of,
    spoil,
)

FREE, CLOSED = 48 * 3600, 7 * 86400  # seconds since the last interaction


@dataclass(frozen=True)
class Sent:
    """A message that the OA sent; `to` is a person, or "group/<id>"."""

    to: str
    message_id: str
    text: str
    buttons: list[JSON] = field(default_factory=list)
    quota: str = "reply"
    picture: str = ""  # its address


class ZaloOAWire(Loopback):
    """
    oa_id, name       of the account that the tokens belong to
    fetches           whether it fetches pictures from their addresses, as Zalo does, and refuses what it cannot get
    life              what is said of an access token's life; Zalo says seconds, as a string
    """

    def __init__(self, app_id: str, app_secret: str, secret_key: str, port: int = 0) -> None:
        super().__init__(port)
        self.app_id, self.app_secret, self.secret_key = app_id, app_secret, secret_key
        self.oa_id, self.name = "388613280878808645", "Ban Tuyên giáo Bình Minh"
        self.life: object = "90000"
        self.sent: list[Sent] = []
        self.refreshes: list[str] = []  # refresh tokens that came, also those that were refused
        self.calls: list[str] = []  # paths of OpenAPI calls that came
        self.seconds_silent: dict[str, float] = {}  # since a person's last interaction; not there: just now
        self.quota_used_up = False
        self.groups: dict[str, tuple[str, int, str]] = {}  # name, people, "enabled" or "disabled"
        self.fetches = False
        self._refusals: dict[str, Refused] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._number = self._forgotten = 0
        self._refresh_tokens: set[str] = set()
        self._access_tokens: dict[str, str] = {}  # token → the OA
        self._codes: dict[str, tuple[str, str]] = {}  # code → (challenge, OA)
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/v4/oa/permission", self._permission)
        app.router.add_post("/v4/oa/access_token", self._access_token)
        app.router.add_route("*", "/{path:v[23].*}", self._openapi)
        self._session = aiohttp.ClientSession()
        await self.listen(web.AppRunner(app, access_log=None, shutdown_timeout=0.1))

    async def stop(self) -> None:
        if self._session:
            await self._session.close()
        await super().stop()

    # Tokens

    def issue(self) -> tuple[str, str]:
        """A fresh (access, refresh) pair, as the API Explorer makes one; those before stay valid."""
        self._number += 1
        access, refresh = f"access-{self._number}-of-the-fake", f"refresh-{self._number}-of-the-fake"
        self._access_tokens[access] = self.oa_id
        self._refresh_tokens.add(refresh)
        return access, refresh

    def expire_access(self) -> None:
        """All access tokens have expired."""
        self._access_tokens.clear()

    def forget_calls_under_way(self) -> None:
        """What is held back is never done."""
        self._forgotten += 1

    def burn(self, refresh: str) -> None:
        """Somebody else has used it."""
        self._refresh_tokens.discard(refresh)

    async def _permission(self, request: web.Request) -> web.Response:
        """An OA administrator is logged in, and allows everything."""
        query = request.query
        if query.get("app_id") != self.app_id:
            return web.json_response(OAuthRefused(-14001, "Invalid app", "app_id").body)
        self._number += 1
        code = f"code-{self._number}"
        self._codes[code] = (query["code_challenge"], self.oa_id)
        back = {"code": code, "oa_id": self.oa_id, **({"state": query["state"]} if "state" in query else {})}
        raise web.HTTPFound(f"{query['redirect_uri']}?{urlencode(back)}")

    async def _access_token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.refreshes += [str(form["refresh_token"])] if "refresh_token" in form else []
        return await self._with_faults("oauth", request, lambda: self._granted(request, form))

    def _granted(self, request: web.Request, form: JSON) -> JSON:
        if request.headers.get("secret_key") != self.app_secret or form.get("app_id") != self.app_id:
            raise OAuthRefused(-14004, "Invalid secret key", "secret_key")
        if form.get("grant_type") == "authorization_code":
            challenge, _ = self._codes.pop(form.get("code", ""), ("", ""))
            if not challenge or challenge_of(form.get("code_verifier", "")) != challenge:
                raise OAuthRefused(-14010, "Invalid code", "code or code_verifier")
        elif form.get("refresh_token") in self._refresh_tokens:
            self._refresh_tokens.discard(form["refresh_token"])
            self._access_tokens.clear()
        else:
            raise OAuthRefused(-14020, "Invalid refresh token", "Refresh token is used or expired.")
        access, refresh = self.issue()
        return {"access_token": access, "refresh_token": refresh, "expires_in": self.life}

    # The OpenAPI

    async def _openapi(self, request: web.Request) -> web.Response:
        self.calls.append(request.path)
        body = json.loads(await request.read() or b"{}")
        if self.fetches and not await self._can_fetch(body):
            return web.json_response(Refused(-201, "Params is invalid: can not download image").body)
        return await self._with_faults(request.path, request, lambda: self._answer(request, body))

    async def _can_fetch(self, body: JSON) -> bool:
        assert self._session
        url = picture_of(body.get("message") or {})
        return not url or await is_picture(self._session, url)

    def _answer(self, request: web.Request, body: JSON) -> JSON:
        oa_id = self._access_tokens.get(request.headers.get("access_token", ""))
        if oa_id is None:
            raise Refused(-216, "Access token is invalid")
        if request.path == "/v2.0/oa/getoa":
            return _success({"oa_id": oa_id, "name": self.name, "is_verified": True})
        if request.path == "/v3.0/oa/message/cs":
            return self._send(body, "user_id", "")
        if request.path == "/v3.0/oa/group/message":
            return self._send(body, "group_id", "group/")
        if request.path == "/v3.0/oa/group/getgroup":
            return self._group(request.query.get("group_id", ""))
        raise Refused(404, "Not found")

    def _group(self, group: str) -> JSON:
        if group not in self.groups:
            raise Refused(-403, "OA is not in the group")
        name, members, status = self.groups[group]
        info = {"name": name, "group_id": group, "total_member": members, "max_member": 100, "status": status}
        return _success({"group_info": info, "asset_info": {}, "group_setting": {}})

    def _send(self, body: JSON, kind: str, prefix: str) -> JSON:
        if set(body) != {"recipient", "message"} or set(body["recipient"]) != {kind}:
            raise Refused(-201, "Params is invalid")
        to = prefix + body["recipient"][kind]
        text = checked_message(body["message"])
        if refusal := self._refusals.get(to):
            raise refusal
        quota = self._quota(to)
        if prefix and buttons_of(body["message"]):
            raise Refused(-233, "Message type is not supported")
        self._number += 1
        message_id = f"m{self._number:020x}"
        picture = picture_of(body["message"])
        self.sent.append(Sent(to, message_id, text, buttons_of(body["message"]), quota, picture))
        return _success(
            {"message_id": message_id, kind: body["recipient"][kind], "quota": {"quota_type": quota}}
        )

    def _quota(self, to: str) -> str:
        silent = self.seconds_silent.get(to, 0.0)
        if silent >= CLOSED:
            raise Refused(-230, "User has not interacted with the OA in the past 7 days")
        if silent < FREE:
            return "reply"
        if self.quota_used_up:
            raise Refused(-211, "Out of quota")
        return "purchase_quota"

    # Faults, and who waits for what

    async def _with_faults(self, name: str, request: web.Request, do: Callable[[], JSON]) -> web.Response:
        fault = self._faults[name].popleft() if self._faults[name] else None
        if fault and fault.kind == "hold":
            forgotten = self._forgotten
            await _held(fault)
            if forgotten != self._forgotten:
                return web.Response()
        if fault and (answer := spoil(fault, request)):
            return answer
        try:
            done = do()
        except (Refused, OAuthRefused) as refused:
            done = refused.body
        self._notice()
        if fault and fault.kind == "hold_after":
            await _held(fault)
        if fault and fault.kind == "drop_after":
            drop(request)
        return web.json_response(done)


async def _held(fault: Fault) -> None:
    if fault.reached:
        fault.reached.set()
    if fault.until:
        await fault.until.wait()


def _success(data: JSON) -> JSON:
    return {"data": data, "error": 0, "message": "Success"}


def now() -> str:
    """A timestamp as events have it: milliseconds, as a string."""
    return str(int(time.time() * 1000))
