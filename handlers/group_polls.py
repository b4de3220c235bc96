"""Polls in groups as their platform tells of them: totals, and nothing of who has voted."""

from __future__ import annotations

from bot.model import Inbound, Outcome, Tx
from handlers.context import Context
from surveys import group_polls


async def told(inbound: Inbound, context: Context) -> Outcome:
    """How a poll stands now."""
    state, now = inbound.poll, context.clock.now()
    if state is None:
        return Outcome()

    def learn(tx: Tx) -> None:
        group_polls.heard(tx, inbound.address.channel, state, now)

    return Outcome(writes=(learn,))
