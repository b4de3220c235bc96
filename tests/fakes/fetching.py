"""Pictures by their addresses, as Zalo fetches them."""

from __future__ import annotations

import aiohttp


async def is_picture(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.ok and answer.content_type.startswith("image/") and bool(await answer.read())
    except (aiohttp.ClientError, TimeoutError):
        return False
