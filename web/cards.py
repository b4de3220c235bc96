"""The pictures of digests at `/d/<code>/card.png` and `preview.png`: drawn off the event loop, and kept as long as they are
asked for."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import PictureError
from bot.files import pictures
from bot.files.pictures import Shape
from bot.model import Tx
from bot.storage.base import Database
from scheduler import digests, forwarding
from web import digest_pages

FOLDER = "d"
# "card.png", "preview.png"; "card-<slug>.png" where the code to scan is to name a unit. Not "?u=": networks that fetch a
# picture are told a path.
NAME = r"(card|preview)(?:-([a-z0-9]{1,20}))?\.png"
_SHAPES: dict[str, Shape] = {"card": "portrait", "preview": "preview"}
CALLED_BACK = ("skipped", "cancelled")
_REMEMBERED = 60  # some 50 kB each


@dataclass(frozen=True, slots=True)
class Card:
    """`lasting` when the words on it will not change any more."""

    content: bytes
    name: str
    lasting: bool


class Cards:
    """public_url  without it a card has no code to scan"""

    def __init__(self, db: Database, organisation: str, public_url: str | None, timezone: ZoneInfo) -> None:
        self._db = db
        self._organisation = organisation
        self._public_url = public_url
        self._timezone = timezone
        self._one_at_a_time = (
            asyncio.Lock()
        )  # they take a quarter of a second each, and the processor from everybody
        self._drawn: OrderedDict[tuple[Any, ...], tuple[bytes, str]] = OrderedDict()

    async def content(self, reference: str) -> bytes:
        """Of "<code>/card.png", for the outbox. Raises FileNotFoundError: no such digest, or it cannot be drawn."""
        code, _, name = reference.partition("/")
        card = await self.card(code, name)
        if card is None:
            raise FileNotFoundError("no picture of this digest")
        return card.content

    async def card(self, code: str, name: str) -> Card | None:
        """Also of a draft, which its approvers see as it will go out. None: no such digest, or it cannot be drawn."""
        parts = re.fullmatch(NAME, name)
        if parts is None:
            return None
        shape, slug = _SHAPES[parts[1]], parts[2] or ""
        found = await self._db.read(_words, code, slug, self._public_url, self._timezone)
        if found is None:
            return None
        title, lines, address, day, lasting = found
        words = (title, lines, address if shape == "portrait" else None, self._organisation, day, shape)
        async with self._one_at_a_time:
            drawn = self._drawn.pop(words, None)
            if drawn is None:
                try:
                    content = await asyncio.to_thread(pictures.card, *words)
                except PictureError:
                    return None
                drawn = content, hashlib.sha256(content).hexdigest()[:16]
            self._drawn[words] = drawn
            if len(self._drawn) > _REMEMBERED:
                self._drawn.popitem(last=False)
        return Card(*drawn, lasting)


def _words(tx: Tx, code: str, slug: str, public_url: str | None, timezone: ZoneInfo) -> Any | None:
    digest = digests.by_code(tx, code)
    if digest is None or digest.state in CALLED_BACK:
        return None
    unit = digest_pages.known(tx, slug)
    return (
        forwarding.heading(digest),
        digest_pages.card_lines(digest_pages.standing(tx, digest) or digest),
        forwarding.link_to(public_url, digest, unit or None),
        digest_pages.day_of(digest, timezone),
        digest.state in digest_pages.PUBLIC,
    )
