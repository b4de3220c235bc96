"""A chat wants nothing any more that it has not asked for: what waits for it never goes there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot import campaigns
from bot.clock import stamp
from bot.model import Address, Tx
from scheduler import digest_rows, launching, poll_news, reached
from surveys import group_polls, reach


def call_off(tx: Tx, at: Address, now: datetime) -> None:
    """Of digests, invitations to polls and their results. A digest may come once the chat wants them again; a poll that
    it was asked to take part in says nothing more to it."""
    never_came(tx, at, campaigns.withdraw(tx, digest_rows.CAUSES, at, stamp(now)))
    group_polls.called_off(tx, at, campaigns.withdraw(tx, launching.CAUSES, at, stamp(now)), now)
    campaigns.withdraw(tx, poll_news.CAUSES, at, stamp(now))
    reach.erase(tx, at)


def unsubscribed(tx: Tx, at: Address, now: datetime) -> None:
    """A subscription has ended, here or by going on at another account: nor is it known what has come here."""
    call_off(tx, at, now)
    reached.erase(tx, at)


def never_came(tx: Tx, at: Address, causes: Iterable[str]) -> None:
    """Of these causes nothing has arrived at a chat: the documents of digests among them may come there later."""
    for cause in causes:
        if cause.startswith(digest_rows.CAUSES):
            reached.forget(tx, at, digest=int(cause.split(":")[1]))
