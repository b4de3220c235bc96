"""One HTTP call to Telegram over aiohttp: (status, body) back, or Unreachable. Quotes no address: it holds the token."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import aiohttp

_CONNECT = 10.0  # seconds
_JSON = {"Content-Type": "application/json"}


class Unreachable(Exception):
    """No answer came. `uncertain`: the call was on its way, and may have been executed."""

    def __init__(self, problem: str, *, uncertain: bool) -> None:
        super().__init__(problem)
        self.uncertain = uncertain


async def post(
    session: aiohttp.ClientSession,
    url: str,
    fields: Mapping[str, Any],
    files: Mapping[str, tuple[str, Any, str]],
    *,
    wait: float,
    proxy: str | None,
) -> tuple[int, bytes]:
    """POST `fields` (JSON values), with `files` (field → name, content, media type) as multipart.

    wait  seconds for the whole call
    """
    headers, body = (None, _multipart(fields, files)) if files else (_JSON, json.dumps(fields).encode())
    limits = aiohttp.ClientTimeout(total=wait, connect=min(wait, _CONNECT))
    try:
        # A redirect would show the token to somebody else.
        async with session.post(
            url, data=body, headers=headers, timeout=limits, proxy=proxy, allow_redirects=False
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


def _multipart(fields: Mapping[str, Any], files: Mapping[str, tuple[str, Any, str]]) -> aiohttp.FormData:
    # Telegram shows a percent-encoded file name as it stands: Vietnamese names go raw.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, (file_name, content, media_type) in files.items():
        plain = "".join(letter if letter.isprintable() else " " for letter in file_name)
        # A stream, because a body of many megabytes at once would hold up everything else.
        form.add_field(name, BytesIO(content), filename=plain, content_type=media_type)
    return form
