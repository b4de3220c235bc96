"""The consent of an OA's administrator: who may begin it, where it leads, what its answer is worth.

Only somebody with our secret link can begin; the answer has to bring our state back, and to be of the OA that we know.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Literal
from urllib.parse import urlencode

from bot.channels.zalo_oa_tokens import Tokens
from bot.clock import Clock
from bot.errors import SendError, StorageError

LASTS = timedelta(hours=1)  # from the link to Zalo's answer

Ending = Literal["done", "expired", "another OA", "refused", "try again"]


class Consent:
    """who  asks Zalo which OA an access token belongs to: its id; "" when Zalo does not say; raises SendError"""

    def __init__(
        self,
        tokens: Tokens,
        clock: Clock,
        who: Callable[[str], Awaitable[str]],
        *,
        app_id: str,
        oauth_url: str,
        public_url: str,
        key: bytes,
    ) -> None:
        self._tokens = tokens
        self._clock = clock
        self._who = who
        self._app_id = app_id
        self._oauth_url = oauth_url.rstrip("/")
        self._key = key
        self._password = self._derive("link").hex()[:32]
        # One verifier for good: the console of some apps wants its challenge saved, others take it from each link.
        self._verifier = _base64(self._derive("verifier"))
        self.challenge = _base64(hashlib.sha256(self._verifier.encode()).digest())
        self.callback = f"{public_url.rstrip('/')}/oauth/zalo"
        self.webhook = f"{public_url.rstrip('/')}/webhook/zalo-oa"

    def __repr__(self) -> str:
        return "<the consent>"

    @property
    def link(self) -> str:
        """What an administrator opens to begin. Secret."""
        return f"{self.callback}?start={self._password}"

    def may_begin(self, shown: str) -> bool:
        return hmac.compare_digest(shown.encode(errors="surrogatepass"), self._password.encode())

    def begin(self) -> tuple[str, str]:
        """(state, Zalo's address that asks the administrator). The state is for the administrator's browser only."""
        until = int((self._clock.now() + LASTS).timestamp())
        said = f"{until}.{secrets.token_hex(8)}"
        state = f"{said}.{self._derive(f'state {said}').hex()[:32]}"
        query = {
            "app_id": self._app_id,
            "redirect_uri": self.callback,
            "code_challenge": self.challenge,
            "state": state,
        }
        return state, f"{self._oauth_url}/v4/oa/permission?{urlencode(query)}"

    async def finish(self, code: str, oa_id: str, state: str) -> Ending:
        """Zalo's answer. The tokens that we have are replaced only by those of the same OA."""
        if not self._is_ours(state):
            return "expired"
        try:
            known = await self._tokens.oa_id()
            if known and oa_id and oa_id != known:
                return "another OA"
            answer = await self._tokens.exchange(code, self._verifier)
            # What the address says could be anybody's word; whose the tokens are, Zalo knows.
            consented = await self._who(answer["access_token"]) or oa_id
            if known and consented != known:
                return "another OA"
            await self._tokens.adopt(answer, consented)
        except SendError as error:
            return "try again" if error.retryable else "refused"
        except StorageError:
            return "try again"
        return "done"

    def _is_ours(self, state: str) -> bool:
        said, _, mark = state.rpartition(".")
        ours = self._derive(f"state {said}").hex()[:32]
        if not hmac.compare_digest(mark.encode(errors="surrogatepass"), ours.encode()):
            return False
        return int(said.partition(".")[0]) >= self._clock.now().timestamp()

    def _derive(self, purpose: str) -> bytes:
        words = f"zalo-oa consent {purpose}".encode(errors="surrogatepass")
        return hmac.new(self._key, words, hashlib.sha256).digest()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
