"""What a preview of a link to a poll shows: whose it is, and of a closed one what most have said."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.files import pictures
from web.last_few import LastFew

_REMEMBERED = 16  # some 30 kB each, and a tenth of a second to draw


class SurveyPictures:
    def __init__(self, organisation: str) -> None:
        self._organisation = organisation
        self._last: LastFew[tuple[str, tuple[str, ...]], bytes] = LastFew(_REMEMBERED)

    async def preview(self, title: str, lines: tuple[str, ...]) -> bytes:
        """Raises PictureError."""
        draw = partial(
            asyncio.to_thread, pictures.card, title, lines, None, self._organisation, None, "preview"
        )
        return await self._last.made((title, lines), draw)
