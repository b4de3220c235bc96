"""Everything that the service keeps about one person, and its deletion: the one list of where to look."""

from __future__ import annotations

from bot import choices, inbox, mailbox, outbox
from bot.audience import people
from bot.model import Address, Tx
from handlers.context import Kept


def kept(tx: Tx, address: Address, sender: str) -> Kept:
    """What `erase` would delete now."""
    here = {"channel": address.channel, "conversation": address.conversation}
    row = tx.row(
        """SELECT
            (SELECT count(*) FROM inbox WHERE channel = :channel AND conversation = :conversation
                AND state = 'parked') +
            (SELECT count(*) FROM outbox WHERE channel = :channel AND conversation = :conversation
                AND state IN ('waiting', 'parked')) AS messages,
            (SELECT count(*) FROM shown_choices WHERE channel = :channel AND conversation = :conversation) AS choices""",
        **here,
    )
    found = row or {"messages": 0, "choices": 0}
    return Kept(people.knows(tx, address.channel, sender), found["messages"], bool(found["choices"]))


def erase(tx: Tx, address: Address, sender: str) -> None:
    """In a group, `address` is everybody's: only what is the sender's own goes."""
    people.forget(tx, address.channel, sender)
    if address.conversation == sender:
        inbox.erase(tx, address)
        outbox.erase(tx, address)
        choices.erase(tx, address)
        mailbox.erase(tx, address.conversation)
