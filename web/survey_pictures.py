"""What a preview of a link to a poll shows: whose it is, and of a closed one what most have said."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.files import pictures

KEPT = 16  # in memory, some 30 kB each


class SurveyPictures:
    """The last few that were drawn: each takes a tenth of a second of the processor."""

    def __init__(self, organisation: str) -> None:
        self._organisation = organisation
        self._drawn: OrderedDict[tuple[str, tuple[str, ...]], bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def preview(self, title: str, lines: tuple[str, ...]) -> bytes:
        """Raises PictureError."""
        async with self._one_at_a_time:
            content = self._drawn.pop((title, lines), b"") or await asyncio.to_thread(
                pictures.card, title, lines, None, self._organisation, None, "preview"
            )
            self._drawn[title, lines] = content
            if len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        return content
