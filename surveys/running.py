"""What happens to polls by itself: they open, are counted and close when it is time.

A poll closes when every message that came before its end has been handled, and its polls in groups have been stopped. It
never opens again, whatever the clock says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock, stamp
from bot.model import Tx
from bot.storage.base import Database
from surveys import ballot_drafts, group_polls, polls, reach
from surveys.ballot_drafts import LASTS
from surveys.ballots import Ballots
from surveys.polls import Poll


class Running:
    """waits  whether a message that came before this moment is still to be handled"""

    def __init__(
        self, db: Database, box: Ballots, clock: Clock, waits: Callable[[Tx, datetime], bool]
    ) -> None:
        self._db = db
        self._box = box
        self._clock = clock
        self._waits = waits

    async def round(self) -> None:
        """Everything that is due now. Raises StorageError; what has been done by then stays done."""
        now = self._clock.now()
        for poll in await self._db.read(polls.in_states, "approved"):
            if poll.opens_at and poll.opens_at <= now < poll.closes_at:
                await self._db.run(open_poll, self._box, poll.key, now)
        for key in await self._db.read(self._box.keys.orphaned):
            await self._db.run(self._box.close, key, "keys lost", now)
        for poll in await self._db.read(polls.in_states, "open", "paused"):
            await self._db.run(self._count_or_close, poll, now)
        await self._db.run(ballot_drafts.forget_before, now - LASTS)
        self._box.keys.destroy(await self._db.read(self._box.keys.spent))

    def _count_or_close(self, tx: Tx, poll: Poll, now: datetime) -> None:
        over = poll.closes_at <= now and not self._waits(tx, poll.closes_at)
        if over and group_polls.settled(tx, poll, now):
            self._box.close(tx, poll.key, "time", now)
        else:
            self._box.count(tx, poll.key, now=now)


def open_poll(tx: Tx, box: Ballots, key: int, now: datetime) -> bool:
    """From now on it takes answers; False where it was not approved.

    The version before it ends in the same transaction, and whoever was asked then hears the result of this one.
    """
    box.keys.make(key)
    if not polls.move(tx, key, "open", among_states=("approved",), now=now):
        return False
    polls.began(tx, key, now)
    opened = polls.by_key(tx, key)
    if opened and opened.previous is not None:
        box.close(tx, opened.previous, "changed", now)
        reach.hand_on(tx, opened.previous, key)
    return True


def end_early(tx: Tx, key: int, now: datetime) -> bool:
    """No answer that comes from now on counts; the next round closes it. False where it does not run."""
    return bool(
        tx.run(
            """UPDATE polls SET closes_at = :now, why_closed = 'staff', changed_at = :now
                WHERE key = :key AND state IN ('open', 'paused') AND closes_at > :now""",
            key=key,
            now=stamp(now),
        )
    )
