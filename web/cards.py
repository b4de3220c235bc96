"""The pictures of digests at `/d/<code>/card.png` and `preview.png`: drawn off the event loop, and kept as long as they are
asked for."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from bot.errors import PictureError
from bot.files import pictures
from bot.files.pictures import Shape
from bot.model import Tx
from bot.storage.base import Database
from scheduler import digests, forwarding, kits
from scheduler.digests import Digest
from web import digest_pages
from web.last_few import LastFew

log = logging.getLogger(__name__)

FOLDER = "d"
# "card.png", "preview.png"; "card-<slug>.png" where the code to scan is to name a unit. Not "?u=": networks that fetch a
# picture are told a path.
NAME = r"(card|preview)(?:-([a-z0-9]{1,20}))?\.png"
CALLED_BACK = ("skipped", "cancelled")
_SHAPES: dict[str, Shape] = {"card": "portrait", "preview": "preview"}
_REMEMBERED = 60  # some 50 kB each

Undrawn = Callable[[Digest], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Card:
    """`name` is another for other content; `lasting` when the words on it will not change any more."""

    content: bytes
    name: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """What a picture shows: the same words, the same picture."""

    title: str
    lines: tuple[str, ...]
    address: str | None
    organisation: str
    day: date
    shape: Shape


class Cards:
    """
    public_url  without it a card has no code to scan
    undrawn     is told of a digest that goes out without its card, because it cannot be drawn
    """

    def __init__(
        self, db: Database, organisation: str, public_url: str | None, timezone: ZoneInfo, undrawn: Undrawn
    ) -> None:
        self._db = db
        self._organisation = organisation
        self._public_url = public_url
        self._timezone = timezone
        self._undrawn = undrawn
        # They take a quarter of a second each. Of what cannot be drawn somebody hears once.
        self._last: LastFew[_Words, Card | None] = LastFew(_REMEMBERED)

    async def can_draw(self, code: str) -> bool:
        return await self.card(code, "card.png") is not None

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
        found = await self._db.read(self._words, code, _SHAPES[parts[1]], parts[2] or "") if parts else None
        if found is None:
            return None
        digest, words = found
        card = await self._last.made(words, partial(self._draw, digest, words))
        return replace(card, lasting=digest.state in kits.OUT) if card else None

    async def _draw(self, digest: Digest, words: _Words) -> Card | None:
        try:
            content = await asyncio.to_thread(
                pictures.card,
                words.title,
                words.lines,
                words.address,
                words.organisation,
                words.day,
                words.shape,
            )
        except PictureError as error:
            log.error("digest %d has no picture: %s", digest.key, error)
            await self._undrawn(digest)
            return None
        return Card(content, hashlib.sha256(content).hexdigest()[:16])

    def _words(self, tx: Tx, code: str, shape: Shape, slug: str) -> tuple[Digest, _Words] | None:
        digest = digests.by_code(tx, code)
        if digest is None or digest.state in CALLED_BACK:
            return None
        unit = kits.known(tx, slug)
        link = forwarding.link_to(self._public_url, digest, unit or None)
        words = _Words(
            title=forwarding.heading(digest),
            lines=digest_pages.card_lines(kits.standing(tx, digest) or digest),
            address=link if shape == "portrait" else None,  # a preview is a link itself
            organisation=self._organisation,
            day=forwarding.day_of(digest, self._timezone),
            shape=shape,
        )
        return digest, words
