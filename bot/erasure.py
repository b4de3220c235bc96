"""Everything that the service keeps about one person, and its deletion: the one list of where to look.

A role of theirs is withdrawn by handlers/staff/leaving.py: its row keeps the name, for the audit log, and no address.
"""

from __future__ import annotations

from bot import choices, drafts, inbox, mailbox, outbox_chats, recent
from bot.audience import codes, groups, links, people, subscriptions
from bot.model import Address, Tx
from handlers.context import Kept
from knowledge import inquiries
from scheduler import reached
from surveys import ballot_drafts, group_polls, reach


def kept(tx: Tx, address: Address, sender: str) -> Kept:
    """What `erase` would delete now."""
    accounts = _accounts(tx, address, sender)
    known = any(people.knows(tx, account.channel, account.conversation) for account in accounts)
    waiting = tuple(inquiry.number for inquiry in inquiries.waiting_of(tx, accounts))
    if address.conversation != sender:
        return Kept(known, messages=0, choices=False, inquiries=waiting)
    rows = [_rows(tx, account) for account in accounts]
    return Kept(
        known,
        sum(row["messages"] for row in rows),
        any(row["choices"] for row in rows),
        tuple(account.channel for account in accounts[1:]),
        any(row["recent"] for row in rows),
        drafts=any(row["drafts"] for row in rows),
        inquiries=waiting,
        polls=sum(ballot_drafts.begun(tx, account) for account in accounts),
        asked=sum(reach.asked(tx, account) for account in accounts),
        subscribed=subscriptions.of_person(tx, accounts[0]) is not None,
    )


def _rows(tx: Tx, account: Address) -> dict[str, int]:
    """Of one private conversation."""
    rows = tx.rows(
        """SELECT
            (SELECT count(*) FROM inbox WHERE channel = :channel AND conversation = :conversation
                AND state = 'parked') +
            (SELECT count(*) FROM outbox WHERE channel = :channel AND conversation = :conversation
                AND state IN ('waiting', 'held', 'parked')) AS messages,
            (SELECT count(*) FROM shown_choices
                WHERE channel = :channel AND conversation = :conversation) AS choices,
            (SELECT count(*) FROM recent
                WHERE channel = :channel AND conversation = :conversation) AS recent,
            (SELECT count(*) FROM drafts
                WHERE channel = :channel AND conversation = :conversation) AS drafts""",
        channel=account.channel,
        conversation=account.conversation,
    )
    return rows[0]


def erase(tx: Tx, address: Address, sender: str) -> None:
    """In private, on all networks that the person has linked. In a group, `address` is everybody's: only the
    sender's own row goes."""
    for account in _accounts(tx, address, sender):
        people.forget(tx, account.channel, account.conversation)
        inquiries.erase(tx, account)
        if address.conversation == sender:
            inbox.erase(tx, account)
            outbox_chats.erase(tx, account)
            choices.erase(tx, account)
            recent.erase(tx, account)
            drafts.erase(tx, account)
            ballot_drafts.erase(tx, account)
            reach.erase(tx, account)
            mailbox.erase(tx, account.conversation)
            codes.withdraw(tx, "link", account)
            subscriptions.end(tx, account)
            reached.erase(tx, account)
            links.leave(tx, account)


def end_chat(tx: Tx, address: Address) -> None:
    """Somebody blocked us, or a group has removed us: what has been asked there stays, without them."""
    groups.leave(tx, address)
    outbox_chats.forget_sent(tx, address)
    people.forget_private_chat(tx, address)
    inquiries.forget_asker(tx, address)
    subscriptions.end(tx, address)
    reached.erase(tx, address)
    drafts.erase(tx, address)
    ballot_drafts.erase(tx, address)
    group_polls.left(tx, address)
    reach.erase(tx, address)


def _accounts(tx: Tx, address: Address, sender: str) -> list[Address]:
    """The sender's account, and in their private chat also the linked ones: each names a private conversation too."""
    account = Address(address.channel, sender)
    return links.accounts(tx, account) if address.conversation == sender else [account]
