"""Looks at groups from time to time: what they are called, how many people they hold, what we may do there."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.audience import groups
from bot.clock import Clock
from bot.errors import SendError
from bot.model import Address, GroupFacts, Tx
from bot.storage.base import Database

log = logging.getLogger(__name__)

Describe = Callable[[Address], Awaitable[GroupFacts | None]]


async def look(
    db: Database,
    describe: Describe,
    clock: Clock,
    *,
    forbidden_only: bool,
    gone: Callable[[Tx, Address], object],
    moved: Callable[[Tx, Address, str], object],
) -> None:
    """One after another: nobody waits for it. Raises StorageError.

    gone, moved  what is written when a platform says so: the same as where a message is refused
    """
    for group in await db.read(groups.all_groups):
        if forbidden_only and not group.forbidden:
            continue
        try:
            facts = await describe(group.at)
        except SendError as error:
            log.info("group %d could not be looked at: %s", group.key, error)
            if error.gone:
                await db.run(gone, group.at)
            elif error.moved_to:
                await db.run(moved, group.at, error.moved_to)
            continue
        if facts:
            await db.run(groups.learn, group.at, facts, clock.now())
