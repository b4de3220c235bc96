"""One HTTP call to a platform over aiohttp: (status, body) back, or Unreachable. Quotes no address and no header, for
tokens stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import aiohttp

JSON_BODY = {"Content-Type": "application/json; charset=utf-8"}

_CONNECT = 10.0  # seconds


class Unreachable(Exception):
    """No answer came. `uncertain`: the call was on its way, and may have been executed."""

    def __init__(self, problem: str, *, uncertain: bool) -> None:
        super().__init__(problem)
        self.uncertain = uncertain


async def request(
    session: aiohttp.ClientSession,
    method: Literal["GET", "POST"],
    url: str,
    *,
    body: bytes | aiohttp.FormData | None = None,
    headers: Mapping[str, str] | None = None,
    wait: float,
    proxy: str | None = None,
) -> tuple[int, bytes]:
    """One call. Whatever came back is an answer, whatever its status: the platforms disagree on what a status means.

    wait   seconds for the whole call
    proxy  address of an HTTP proxy
    """
    limits = aiohttp.ClientTimeout(total=wait, connect=min(wait, _CONNECT))
    try:
        # A redirect would show the token to somebody else.
        async with session.request(
            method,
            url,
            data=body or None,
            headers=headers,
            timeout=limits,
            proxy=proxy,
            allow_redirects=False,
        ) as answer:
            return answer.status, await answer.read()
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        problem, uncertain = f"not reachable ({type(error).__name__})", False
    except TimeoutError:
        problem, uncertain = "no answer in time", True
    except (aiohttp.ClientError, OSError) as error:
        problem, uncertain = f"the connection broke ({type(error).__name__})", True
    # Raised outside the handlers: aiohttp's errors hold the address.
    raise Unreachable(problem, uncertain=uncertain)
