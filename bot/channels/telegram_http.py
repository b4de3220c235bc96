"""A call to Telegram: fields as JSON, or as multipart where a file goes along."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import aiohttp

from bot.channels.http import JSON_BODY, request


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
    headers, body = (None, _multipart(fields, files)) if files else (JSON_BODY, json.dumps(fields).encode())
    return await request(session, "POST", url, body=body, headers=headers, wait=wait, proxy=proxy)


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
