"""Zalo Official Account: signed webhooks in, consultation messages out. A thin client: no SDK.

Errors come at HTTP 200: only `error` tells. Names of fields and limits: see docs/vi/ket-noi-zalo-oa.md for the set-up.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

import aiohttp

from bot.channels.base import Limits, Memory, Notices, Pace, has_no_polls, never_edits
from bot.channels.layout import words_of
from bot.channels.zalo_oa_api import Api
from bot.channels.zalo_oa_consent import Consent
from bot.channels.zalo_oa_errors import Refusal, read_json, send_error
from bot.channels.zalo_oa_events import GROUP, Presses, decode, group_facts, identify
from bot.channels.zalo_oa_format import linked, message_of, picture_of, short
from bot.channels.zalo_oa_tokens import Tokens
from bot.clock import Clock
from bot.errors import ChannelOff, HoidapError, SendError
from bot.model import JSON, Address, Edit, File, GroupFacts, Inbound, Picture, Poll, Reply, StopPoll

# Zalo takes 2,000 characters, 100 of a title and 1,000 of a payload; what it counts as one is not documented: in UTF-16
# units these are not more, however it counts.
_TEXT, _LABEL, _BUTTONS = 1_900, 40, 5
# An app may make 4,000 requests a minute; some are left for everything that is no message.
_PER_SECOND = 50.0
_SIGNATURE = "x-zevent-signature"
_WHO = "/v2.0/oa/getoa"
_TELL_AGAIN = timedelta(hours=1)  # somebody may have become administrator meanwhile

_log = logging.getLogger(__name__)


class ZaloOA:
    """The channel. `session` belongs to the caller and outlives it.

    secret_key        signs webhooks: the OA's, which the console shows, not the app's
    refresh_token     the first one, if there is one; else an administrator consents, see `consent`
    key               of ours: signs what buttons carry, and the link to the consent
    sentences         what administrators are told, by occasion: every `tell` of zalo_oa_errors.py, "connect" and "consent"
    button_of_file    the label of the button that opens a file
    may_write         whether Zalo's window for a person is open, as far as we know: see bot/zalo_oa_window.py
    """

    name = "zalo-oa"
    limits = Limits(
        text=_TEXT,
        units="utf-16",
        buttons=_BUTTONS,
        label=_LABEL,
        numbers=True,
        slash_commands=False,
        caption=_TEXT,
    )
    group_limits = Limits(
        text=_TEXT, units="utf-16", slash_commands=False, caption=_TEXT
    )  # buttons in groups are not documented
    pace = Pace(per_second=_PER_SECOND)

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        app_id: str,
        app_secret: str,
        secret_key: str,
        refresh_token: str,
        api_url: str,
        oauth_url: str,
        public_url: str | None,
        key: bytes,
        memory: Memory,
        clock: Clock,
        notices: Notices,
        sentences: Mapping[str, str],
        button_of_file: str,
        may_write: Callable[[str], Awaitable[bool]],
        answer_seconds: float = 20,
        save_seconds: float = 0.5,
    ) -> None:
        self._app_id = app_id
        self._app_secret = app_secret
        self._secret_key = secret_key
        self._public_url = (public_url or "").rstrip("/")
        self._clock = clock
        self._notices = notices
        self._sentences = sentences
        self._button_of_file = button_of_file
        self._may_write = may_write
        self._presses = Presses(key)
        self._own_names: frozenset[str] = frozenset()
        self._telling: set[asyncio.Task[None]] = set()
        self._told_at: dict[str, datetime] = {}
        self._warned = False
        self._tokens = Tokens(
            session,
            memory,
            clock,
            app_id=app_id,
            app_secret=app_secret,
            oauth_url=oauth_url,
            seed=refresh_token,
            tell=self._tell,
            save_seconds=save_seconds,
        )
        self._api = Api(session, self._tokens, api_url, tell=self._tell, answer_seconds=answer_seconds)
        self.consent = Consent(
            self._tokens,
            clock,
            self._who,
            app_id=app_id,
            oauth_url=oauth_url,
            public_url=self._public_url,
            key=key,
        )

    def __repr__(self) -> str:
        return "<the channel zalo-oa>"

    @property
    def trouble(self) -> str:
        return "an administrator of the OA has to consent" if self._tokens.lost else ""

    def is_group(self, conversation: str) -> bool:
        return conversation.startswith(GROUP)

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        """No look at the clock: a body that is played again has its msg_id, and the inbox knows that already."""
        shown = _header(headers, _SIGNATURE).strip().lower().removeprefix("mac=")
        if not (self._secret_key and shown):
            return False
        event = read_json(body)
        if self._is_signed(shown, self._app_id, body, event):
            return str(event.get("app_id", self._app_id)) == self._app_id
        other = str(event.get("oa_id") or "")
        if other and not self._warned and self._is_signed(shown, other, body, event):
            self._warned = True
            _log.warning("Zalo OA: webhooks are signed with the OA's id in place of the app's: refused")
        return False

    def is_probe(self, headers: Mapping[str, str], body: bytes) -> bool:
        """The URL is saved before Zalo shows the key; and a call without event and signature has nothing to lose."""
        if not self._secret_key:
            return True
        return not _header(headers, _SIGNATURE) and "event_name" not in read_json(body)

    def identify(self, raw: JSON) -> tuple[str, str]:
        return identify(raw)

    def decode(self, raw: JSON) -> Inbound | None:
        return decode(self.name, raw, self._presses, self._own_names)

    async def start(self) -> None:
        self._check_settings()
        await self._tokens.begin()
        me = await self._account()
        names = (await self._tokens.oa_id(), str(me.get("name") or ""))
        self._own_names = frozenset(unicodedata.normalize("NFC", name).casefold() for name in names if name)

    async def describe(self) -> str:
        """For the operator, from a process beside the service: refreshes nothing. Raises ChannelOff, SendError."""
        self._check_settings()
        state, until = await self._tokens.state()
        token = await self._tokens.known()
        if token is None:
            if state == "none":
                raise SendError(f"no consent yet: open {self.consent.link}", retryable=False)
            raise SendError("the access token has expired: is `hoidap serve` running?", retryable=True)
        answer = await self._api.ask(token, "GET", _WHO)
        if isinstance(answer, Refusal):
            raise send_error(answer)
        return f"{answer.get('name') or '?'}, webhook {self.consent.webhook}, token valid until {until:%d/%m/%Y %H:%M} UTC"

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        if self.is_group(to.conversation):
            recipient, path = {"group_id": to.conversation.removeprefix(GROUP)}, "/v3.0/oa/group/message"
        else:
            recipient, path = {"user_id": to.conversation}, "/v3.0/oa/message/cs"
            if not await self._may_write(to.conversation):
                raise SendError("Zalo OA: nobody wrote there for too long", retryable=False, closed=True)
        if isinstance(reply, Edit):
            raise never_edits(self.name)
        if isinstance(reply, Poll | StopPoll):
            raise has_no_polls(self.name)
        if isinstance(reply, Picture):
            return await self._send_picture(path, recipient, reply)
        if isinstance(reply, File):
            title = "" if self.is_group(to.conversation) else self._button_of_file
            reply = linked(reply, self._public_url, title)
        message = message_of(reply, lambda payload: self._presses.close(payload, to.conversation, short(key)))
        sent = await self._api.call("POST", path, {"recipient": recipient, "message": message})
        # An answer without a name is no reason to say it again.
        return str(sent.get("message_id") or "")

    async def _send_picture(self, path: str, recipient: JSON, picture: Picture) -> str:
        """By its address: uploads are counted, small, and gone after a week."""
        refused = None
        try:
            sent = await self._api.call(
                "POST", path, {"recipient": recipient, "message": picture_of(picture, self._public_url)}
            )
        except SendError as error:
            if error.retryable or error.gone or error.closed:
                raise
            refused = error
        if refused:
            _log.warning("Zalo does not take a picture, its words go out alone: %s", refused)
            message = message_of(words_of(picture), str)
            sent = await self._api.call("POST", path, {"recipient": recipient, "message": message})
        return str(sent.get("message_id") or "")

    async def describe_group(self, group: str) -> GroupFacts:
        asked = urlencode({"group_id": group.removeprefix(GROUP)})
        return group_facts(await self._api.call("GET", f"/v3.0/oa/group/getgroup?{asked}"))

    async def keep_fresh(self) -> None:
        """Called now and then: refreshes the tokens long before they expire."""
        try:
            await self._tokens.keep_fresh()
        except HoidapError as error:
            _log.warning("the tokens are not refreshed yet: %s", error)

    async def close(self) -> None:
        """Ends nothing: waits for a refresh that is under way."""
        await self._tokens.close()
        if self._telling:
            await asyncio.wait(self._telling)

    async def _account(self) -> JSON:
        """Who we are; {} when Zalo does not tell although it can be reached: no reason not to answer people."""
        answer = await self._api.answer("GET", _WHO)
        if isinstance(answer, Refusal):
            if answer.code == 0:
                raise send_error(answer)
            _log.warning("the OA's own name is not known: %s", answer)
            return {}
        if oa_id := str(answer.get("oa_id") or ""):
            await self._tokens.remember_oa(oa_id)
        return answer

    async def _who(self, access: str) -> str:
        answer = await self._api.ask(access, "GET", _WHO)
        if isinstance(answer, Refusal):
            if answer.code == 0:
                raise send_error(answer)
            return ""
        return str(answer.get("oa_id") or "")

    def _check_settings(self) -> None:
        missing = {
            "PUBLIC_URL": self._public_url,
            "ZALO_OA_APP_SECRET": self._app_secret,
            "ZALO_OA_SECRET_KEY": self._secret_key,
        }
        if names := [name for name, value in missing.items() if not value]:
            raise ChannelOff(f"Zalo OA needs {', '.join(names)}: see docs/vi/ket-noi-zalo-oa.md")

    def _is_signed(self, shown: str, name: str, body: bytes, event: JSON) -> bool:
        timestamp = str(event.get("timestamp", ""))
        said = name.encode() + body + timestamp.encode("utf-8", "replace") + self._secret_key.encode()
        # Plain SHA-256 of the concatenation: that is how Zalo signs. Constant time.
        return hmac.compare_digest(
            shown.encode("utf-8", "replace"), hashlib.sha256(said).hexdigest().encode()
        )

    # Administrators

    def _tell(self, occasion: str, detail: str) -> None:
        """Queued at most once: for each loss of the tokens, each month without any, each day of other trouble."""
        now = self._clock.now()
        which = {"consent": detail, "connect": f"{now:%Y-%m}"}.get(occasion, f"{now:%Y-%m-%d}")
        once = f"zalo-oa {occasion} {which}"
        if once in self._told_at and now - self._told_at[once] < _TELL_AGAIN:
            return
        self._told_at[once] = now
        _log.error("zalo-oa needs an administrator: %s (%s)", occasion, detail)
        words = self._sentences[occasion].format(detail=detail, link=self.consent.link)
        task = asyncio.create_task(self._told(words, once))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _told(self, words: str, once: str) -> None:
        try:
            await self._notices.tell_administrators(words, once)
        except HoidapError as error:
            _log.error("administrators could not be told (%s): %s", once, error)
            del self._told_at[once]


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for given, value in headers.items() if given.lower() == name), "")
