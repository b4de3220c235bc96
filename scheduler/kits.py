"""The digests that may be passed on, as they may be passed on now."""

from __future__ import annotations

from dataclasses import replace

from bot.audience import units
from bot.model import Tx
from knowledge import documents
from scheduler import digests
from scheduler.digests import Digest

NEWEST = 5
OUT = ("sending", "paused", "sent")


def newest(tx: Tx) -> list[Digest]:
    """Those that have gone out, the newest first."""
    found = (standing(tx, digest) for digest in digests.latest_sent(tx, NEWEST))
    return [digest for digest in found if digest]


def find(tx: Tx, code: str) -> Digest | None:
    """One that has gone out and has not been called back."""
    digest = digests.by_code(tx, code)
    return standing(tx, digest) if digest and digest.state in OUT else None


def slug_of(tx: Tx, unit: int | None) -> str | None:
    """What stands for a member's unit in links."""
    return units.slug_of(tx, unit) if unit is not None else None


def known(tx: Tx, slug: str) -> str:
    """The slug, if it is a unit's; else ""."""
    return slug if slug and units.by_slug(tx, slug) is not None else ""


def standing(tx: Tx, digest: Digest) -> Digest | None:
    """Without the documents that have been withdrawn since; None where none is left."""
    found = {item.document: documents.by_key(tx, item.document) for item in digest.items}
    items = tuple(item for item in digest.items if (at := found[item.document]) and at.status != "draft")
    return replace(digest, items=items) if items else None
