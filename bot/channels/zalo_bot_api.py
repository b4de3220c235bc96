"""Calls to the Zalo Bot Platform. Each is a POST to an address that holds the token: neither is ever told."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from bot.channels.http import JSON_BODY, Unreachable, request
from bot.channels.zalo_bot_errors import Refusal, channel_error, read_answer
from bot.model import JSON


class Api:
    """secret          what Zalo shows us with each webhook; it and the token are blotted out of what Zalo says
    answer_seconds  how long to wait for Zalo
    """

    def __init__(
        self, session: aiohttp.ClientSession, api_url: str, token: str, secret: str, answer_seconds: float
    ) -> None:
        self._session = session
        self.answer_seconds = answer_seconds
        self._base = f"{api_url.rstrip('/')}/bot{token}"
        self._secrets = (token, secret)

    async def ask(self, method: str, fields: JSON | None = None) -> Any:
        """A call that concerns the whole channel. Raises ChannelOff where only new settings help, else SendError."""
        answer = await self.call(method, fields or {})
        if isinstance(answer, Refusal):
            raise channel_error(method, answer)
        return answer

    async def call(self, method: str, fields: JSON, wait: float | None = None) -> Any | Refusal:
        wait = self.answer_seconds if wait is None else wait
        body = json.dumps(fields, ensure_ascii=False).encode()
        try:
            status, answer = await request(
                self._session, "POST", f"{self._base}/{method}", body=body, headers=JSON_BODY, wait=wait
            )
        except Unreachable as error:
            return Refusal(0, str(error), zalos=False, uncertain=error.uncertain)
        return read_answer(status, answer, self._secrets)
