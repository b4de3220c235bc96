"""The OA's token pair: one refresher, never cancelled; a new pair is on disk before it is used.

A refresh token works once. Between Zalo's rotation and our commit lies an instant in which a kill loses the pair; that ends
in a notice to the administrators with the link to consent again. Nothing else that we do may burn a token.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from bot.channels.base import Memory
from bot.channels.http import Unreachable, request
from bot.channels.zalo_oa_errors import read_json
from bot.channels.zalo_oa_pair import Kept, Pair, code_of, digest, from_json, pair_of, reason_of, to_json
from bot.clock import Clock
from bot.errors import HoidapError, SealBroken, SendError, StorageError
from bot.model import JSON

AHEAD = timedelta(hours=14)  # of 25: refreshed twice a day, so that an outage of half a day does no harm
LAST_MOMENT = timedelta(minutes=2)  # nearer to its end a token is not used any more
# A new token that is refused within it has another trouble: rotating on mends nothing.
JUST_NOW = timedelta(minutes=5)
_ANSWER = 40.0  # seconds to wait for Zalo: an answer that we do not hear burns the token
_DEAD = {-14020}  # used or expired: only a new consent helps
_TRY_AGAIN = 20.0  # seconds
_SAVES = 20  # tries to put a new pair on disk
_MEMORY = "tokens"

_log = logging.getLogger(__name__)


class ConsentNeeded(SendError):
    """There is no working refresh token: an administrator of the OA has to consent. What is to be sent waits."""

    def __init__(self) -> None:
        super().__init__(
            "Zalo OA: an administrator of the OA has to consent",
            retryable=True,
            retry_after=3.0,
            scope="channel",
        )


class Tokens:
    """seed   the refresh token of the settings, if any; used once for each value
    tell   told, without waiting, what only administrators can mend: ("connect", "") before the first consent, ("consent",
           which loss) or ("set-up", the reason)
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        memory: Memory,
        clock: Clock,
        *,
        app_id: str,
        app_secret: str,
        oauth_url: str,
        seed: str,
        tell: Callable[[str, str], object],
        save_seconds: float,
    ) -> None:
        self._session = session
        self._memory = memory
        self._clock = clock
        self._app_id = app_id
        self._app_secret = app_secret
        self._url = f"{oauth_url.rstrip('/')}/v4/oa/access_token"
        self._seed = seed
        self._tell = tell
        self._save_seconds = save_seconds
        self._kept: Kept | None = None
        self._unsaved = False  # a pair that is not on disk yet
        self.lost = False  # whether only a new consent helps
        self._forced_at: datetime | None = None
        self._working: asyncio.Task[None] | None = None

    def __repr__(self) -> str:
        return "<the tokens>"

    async def begin(self) -> None:
        """At the start: a new refresh token of the settings goes before the pair that we have. Raises as `access`."""
        kept = await self._load()
        if self._new_seed(kept):
            try:
                await self._refreshed()
            except ConsentNeeded:
                raise
            except SendError as error:
                _log.warning("the refresh token of the settings is not used yet: %s", error)

    async def access(self) -> str:
        """An access token that works, as far as we know. Raises SendError, ConsentNeeded, StorageError."""
        kept = await self._load()
        if self._unsaved or kept.pair is None or self._left(kept.pair) < LAST_MOMENT:
            await self._refreshed()
        return self._pair().access

    async def instead_of(self, refused: str) -> str:
        """An access token after Zalo has refused this one; the same where it was renewed for that reason just before.

        Raises as `access` does.
        """
        kept = await self._load()
        now = self._clock.now()
        if self._unsaved or kept.pair is None:
            await self._refreshed()
        elif kept.pair.access == refused and not (self._forced_at and now - self._forced_at < JUST_NOW):
            await self._refreshed()
            self._forced_at = now
        return self._pair().access

    async def keep_fresh(self) -> None:
        """Refresh ahead of expiry. Raises as `access` does."""
        kept = await self._load()
        aging = kept.pair and self._left(kept.pair) < AHEAD and not self._is_dead(kept, kept.pair.refresh)
        if aging or self._new_seed(kept) or self._unsaved:
            await self._refreshed()

    async def state(self) -> tuple[Literal["none", "expired", "valid"], datetime | None]:
        """What is on disk, for the operator, and until when; asks nobody."""
        kept = await self._load()
        if kept.pair is None or self._is_dead(kept, kept.pair.refresh):
            return "none", None
        return ("valid" if self._left(kept.pair) > LAST_MOMENT else "expired"), kept.pair.expires_at

    async def known(self) -> str | None:
        """The access token on disk while it is valid; never refreshes, for a process beside the one that does."""
        state, _ = await self.state()
        return self._pair().access if state == "valid" else None

    async def oa_id(self) -> str:
        """The OA that has consented; "" while nobody knows. Raises StorageError."""
        return (await self._load()).oa_id

    async def remember_oa(self, oa_id: str) -> None:
        """Once it is known, no other OA's consent is taken. Raises StorageError."""
        kept = await self._load()
        if kept.oa_id != oa_id:
            kept.oa_id = oa_id
            await self._save(kept)

    async def exchange(self, code: str, verifier: str) -> JSON:
        """A consent's code for a pair that is not used yet: see `adopt`. Raises SendError."""
        form = {"code": code, "grant_type": "authorization_code", "code_verifier": verifier}
        answer = await self._ask(form)
        if pair_of(answer, self._clock.now()) is None:
            raise SendError(f"Zalo OA: {reason_of(answer, code, self._app_secret)}", retryable=False)
        return answer

    async def adopt(self, answer: JSON, oa_id: str) -> None:
        """From now on the pair of a consent. Raises StorageError: then nothing has changed."""
        before = await self._load()
        # A token of the settings that has not been used by now is older than this consent.
        seed = digest(self._seed) if self._seed else before.seed
        kept = Kept(pair_of(answer, self._clock.now()), oa_id, seed)
        await self._alone(lambda: self._replace(kept))

    async def close(self) -> None:
        """Returns when no refresh is under way any more: cutting one off would burn the token."""
        while self._working and not self._working.done():
            await asyncio.wait([self._working])

    # The one refresher

    async def _refreshed(self) -> None:
        if self._working and not self._working.done():
            await asyncio.shield(self._working)
        else:
            await self._alone(self._refresh)

    async def _alone(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Whoever waits may be cancelled; the work goes on."""
        await self.close()
        self._working = asyncio.create_task(work())
        self._working.add_done_callback(_retrieve)
        await asyncio.shield(self._working)

    async def _replace(self, kept: Kept) -> None:
        await self._save(kept)
        self._kept, self._unsaved, self.lost = kept, False, False

    async def _refresh(self) -> None:
        kept = await self._load()
        if self._unsaved:
            await self._insist(kept)
            return
        for token in self._candidates(kept):
            # A disk that takes nothing must be noticed before Zalo rotates the token, not after.
            await self._save(kept)
            answer = await self._ask({"refresh_token": token, "grant_type": "refresh_token"})
            pair = pair_of(answer, self._clock.now())
            if pair is not None:
                kept.pair, kept.dead, self.lost = pair, "", False
                self._mark_seed(kept, token)
                await self._insist(kept)
                return
            if code_of(answer) not in _DEAD:
                self._tell("set-up", reason_of(answer, token, self._app_secret))
                raise SendError(
                    f"Zalo OA: {reason_of(answer, token, self._app_secret)}",
                    retryable=True,
                    retry_after=_TRY_AGAIN,
                    scope="channel",
                )
            _log.warning("Zalo OA: a refresh token is used up or expired")
            self._mark_seed(kept, token)
            kept.dead = digest(token)
            await self._save(kept)
        self.lost = True
        if self._seed or kept.pair:
            self._tell("consent", kept.dead[:12])
        else:
            self._tell("connect", "")
        raise ConsentNeeded

    def _candidates(self, kept: Kept) -> list[str]:
        """Refresh tokens to try: a new one of the settings first."""
        ours = [kept.pair.refresh] if kept.pair and not self._is_dead(kept, kept.pair.refresh) else []
        return [self._seed, *ours] if self._new_seed(kept) else ours

    def _new_seed(self, kept: Kept) -> bool:
        return bool(self._seed) and kept.seed != digest(self._seed)

    def _mark_seed(self, kept: Kept, token: str) -> None:
        if token == self._seed:
            kept.seed = digest(token)

    @staticmethod
    def _is_dead(kept: Kept, token: str) -> bool:
        return kept.dead == digest(token)

    async def _insist(self, kept: Kept) -> None:
        """The token before is dead already: a disk that is full for a moment must not lose its successor."""
        self._unsaved = True
        for _ in range(_SAVES):
            try:
                await self._save(kept)
            except StorageError as error:
                _log.error("Zalo OA: the new tokens are not on disk yet: %s", error)
                await asyncio.sleep(self._save_seconds)
            else:
                self._unsaved = False
                return
        raise SendError(
            "Zalo OA: the new tokens cannot be stored",
            retryable=True,
            retry_after=_TRY_AGAIN,
            scope="channel",
        )

    # The wire and the disk

    async def _ask(self, form: dict[str, str]) -> JSON:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": self._app_secret}
        body = urlencode({**form, "app_id": self._app_id}).encode()
        try:
            status, answer = await request(
                self._session, "POST", self._url, body=body, headers=headers, wait=_ANSWER
            )
        except Unreachable as error:
            problem = f"Zalo OA: {error}"
        else:
            if found := read_json(answer):
                return found
            problem = f"Zalo OA: an answer that is not Zalo's (HTTP status {status})"
        raise SendError(problem, retryable=True, retry_after=_TRY_AGAIN, scope="channel")

    async def _load(self) -> Kept:
        if self._kept is None:
            try:
                found = await self._memory.load(_MEMORY) or {}
            except SealBroken as error:
                _log.warning("Zalo OA: the tokens that were kept cannot be read: %s", error)
                found = {}
            if self._kept is None:  # nobody else was quicker
                self._kept = from_json(found, self._app_id)
        return self._kept

    async def _save(self, kept: Kept) -> None:
        await self._memory.keep(_MEMORY, to_json(kept, self._app_id))

    def _pair(self) -> Pair:
        if self._kept is None or self._kept.pair is None:
            raise ConsentNeeded
        return self._kept.pair

    def _left(self, pair: Pair) -> timedelta:
        return pair.expires_at - self._clock.now()


def _retrieve(task: asyncio.Task[None]) -> None:
    """Its error has been told to whoever waited; if nobody waits any more, to the log."""
    if not task.cancelled() and isinstance(error := task.exception(), HoidapError):
        _log.info("%s", error)
