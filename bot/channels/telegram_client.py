"""python-telegram-bot's bare client over our aiohttp session; its refusals as values that quote no token.

See bench/telegram_http.py for what that gains over the library's HTTPXRequest.
"""

from __future__ import annotations

from typing import Any

import aiohttp
import telegram
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.http import Unreachable
from bot.channels.telegram_errors import NOT_TELEGRAM, Refusal, read_answer, read_refusal
from bot.channels.telegram_http import post
from bot.model import JSON

ANSWER = 20.0  # seconds to wait for Telegram, where nobody says otherwise


class AiohttpRequest(BaseRequest):
    """The library's calls over our session, which belongs to the caller."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        token: str,
        proxy: str | None = None,
        answer_seconds: float = ANSWER,
    ) -> None:
        self._session = session
        self._answer_seconds = answer_seconds
        self._token = token
        self._proxy = proxy

    @property
    def read_timeout(self) -> float:
        return self._answer_seconds

    async def initialize(self) -> None:
        """Nothing: the session is open."""

    async def shutdown(self) -> None:
        """Nothing: the session is the caller's."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST: we never download files
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_timeouts: Any,
        **_more_timeouts: Any,
    ) -> tuple[int, bytes]:
        data = request_data or RequestData()
        wait = read_timeout if isinstance(read_timeout, int | float) else self._answer_seconds
        try:
            status, body = await post(
                self._session, url, data.parameters, data.multipart_data, wait=wait, proxy=self._proxy
            )
        except Unreachable as error:
            raise Refused(Refusal(0, str(error), uncertain=error.uncertain)) from None
        if status >= 300:
            # Read here: the library's own exceptions quote whole bodies and hide retry_after behind a deprecation.
            raise Refused(read_refusal(status, body, self._token))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSON:
        # Not the library's: that one logs what it cannot read.
        answer = read_answer(payload)
        if "result" not in answer:
            raise Refused(NOT_TELEGRAM)
        return answer


class Refused(TelegramError):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.description)
        self.refusal = refusal


class Client(telegram.Bot):
    def __init__(self, token: str, api_url: str, request: BaseRequest) -> None:
        super().__init__(token, base_url=f"{api_url}/bot", request=request, get_updates_request=request)

    async def call(self, method: str, wait: float, fields: JSON) -> Any:
        """The raw result of a method. Raises Refused.

        Raw, because an answer that the wire types cannot read would look like a failed send and be said again;
        `do_api_request` is the same but warns about methods that it knows.
        """
        try:
            return await self._post(method, fields, read_timeout=wait)
        except Refused:
            raise
        except TelegramError as error:
            problem = Refusal(0, f"the call could not be made ({type(error.__cause__ or error).__name__})")
        raise Refused(problem)

    async def answer(self, method: str, wait: float, fields: JSON) -> Any | Refusal:
        """The same, with a refusal as a value: no chain of causes, which would quote the address with the token."""
        try:
            return await self.call(method, wait, fields)
        except Refused as refused:
            return refused.refusal

    def __repr__(self) -> str:
        return "<the bot>"  # the library's shows the token
