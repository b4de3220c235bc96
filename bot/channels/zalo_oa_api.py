"""Calls to the API of an Official Account, with a token that works; what only an administrator can mend is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal

import aiohttp

from bot.channels.http import JSON_BODY, Unreachable, request
from bot.channels.zalo_oa_errors import Refusal, read, ruling, send_error
from bot.channels.zalo_oa_tokens import Tokens
from bot.model import JSON

Method = Literal["GET", "POST"]


class Api:
    """tell            told, without waiting, the occasion (see zalo_oa_errors.py) and what Zalo said
    answer_seconds  how long to wait for Zalo
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        api_url: str,
        *,
        tell: Callable[[str, str], object],
        answer_seconds: float,
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._url = api_url.rstrip("/")
        self._tell = tell
        self._answer_seconds = answer_seconds

    async def call(self, method: Method, path: str, body: JSON | None = None) -> JSON:
        """Raises SendError, ConsentNeeded, StorageError."""
        answer = await self.answer(method, path, body)
        if not isinstance(answer, Refusal):
            return answer
        rule = ruling(answer)
        if occasion := "permission" if rule.kind == "refresh" else rule.tell:
            self._tell(occasion, str(answer))
        raise send_error(answer)

    async def answer(self, method: Method, path: str, body: JSON | None = None) -> JSON | Refusal:
        """Also where Zalo refuses; after a refusal of the token itself it is tried once more with another."""
        token = await self._tokens.access()
        answer = await self.ask(token, method, path, body)
        if isinstance(answer, Refusal) and ruling(answer).kind == "refresh":
            answer = await self.ask(await self._tokens.instead_of(token), method, path, body)
        return answer

    async def ask(self, token: str, method: Method, path: str, body: JSON | None = None) -> JSON | Refusal:
        """With this token and no other."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {**JSON_BODY, "access_token": token}
        try:
            status, answer = await request(
                self._session,
                method,
                f"{self._url}{path}",
                body=data,
                headers=headers,
                wait=self._answer_seconds,
            )
        except Unreachable as error:
            return Refusal(0, str(error), 0, uncertain=error.uncertain)
        return read(status, answer)
