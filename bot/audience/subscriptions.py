"""People who have asked for digests in their private chat: which topics, which levels, when it is quiet.

One person has one subscription, on the account where they asked last: accounts that are linked count as one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.audience import links
from bot.clock import stamp
from bot.model import Address, Tx
from bot.storage.base import Row


@dataclass(frozen=True, slots=True)
class Subscription:
    """topics, levels  (): every one
    quiet           "21:00-06:30"; None: as the department
    """

    at: Address
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    quiet: str | None = None


def of_person(tx: Tx, account: Address) -> Subscription | None:
    """Theirs, on whichever of their accounts it is."""
    found = (_find(tx, each) for each in links.accounts(tx, account))
    return next((one for one in found if one), None)


def all_subscriptions(tx: Tx) -> list[Subscription]:
    return [
        _subscription(row) for row in tx.rows("SELECT * FROM subscriptions ORDER BY channel, conversation")
    ]


def keep(tx: Tx, wanted: Subscription, now: datetime) -> list[Address]:
    """They get this from now on, here and nowhere else. Returns the accounts where they got something before."""
    ended = [account for account in links.accounts(tx, wanted.at)[1:] if end(tx, account)]
    tx.run(
        """INSERT INTO subscriptions (channel, conversation, topics, levels, quiet, since)
            VALUES (:channel, :conversation, :topics, :levels, :quiet, :now)
            ON CONFLICT (channel, conversation) DO UPDATE
            SET topics = excluded.topics, levels = excluded.levels, quiet = excluded.quiet""",
        channel=wanted.at.channel,
        conversation=wanted.at.conversation,
        topics=json.dumps(wanted.topics, ensure_ascii=False),
        levels=json.dumps(wanted.levels, ensure_ascii=False),
        quiet=wanted.quiet,
        now=stamp(now),
    )
    return ended


def join(tx: Tx, used_last: Address) -> list[Address]:
    """Accounts have become one person: one subscription remains, that of the account used last where it has one. Returns
    the accounts where another has ended."""
    found = [one.at for each in links.accounts(tx, used_last) if (one := _find(tx, each))]
    return [at for at in found[1:] if end(tx, at)]


def stop(tx: Tx, account: Address) -> bool:
    """They get nothing any more, on none of their accounts; False when they did not anyway."""
    ended = [end(tx, each) for each in links.accounts(tx, account)]
    return any(ended)


def end(tx: Tx, at: Address) -> bool:
    """This account gets nothing any more: it has blocked us, or what is kept of it is erased."""
    return bool(
        tx.run(
            "DELETE FROM subscriptions WHERE channel = :channel AND conversation = :conversation",
            channel=at.channel,
            conversation=at.conversation,
        )
    )


def _find(tx: Tx, account: Address) -> Subscription | None:
    row = tx.row(
        "SELECT * FROM subscriptions WHERE channel = :channel AND conversation = :conversation",
        channel=account.channel,
        conversation=account.conversation,
    )
    return _subscription(row) if row else None


def _subscription(row: Row) -> Subscription:
    return Subscription(
        Address(row["channel"], row["conversation"]),
        tuple(json.loads(row["topics"])),
        tuple(json.loads(row["levels"])),
        row["quiet"],
    )
