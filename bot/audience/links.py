"""One person on several networks: their accounts share a random identity, which means nothing anywhere else.

An account is an Address: the channel, and the person as the channel names them (also the name of their private chat).
"""

from __future__ import annotations

from bot.model import Address, Tx


def accounts(tx: Tx, account: Address) -> list[Address]:
    """All accounts of this person, the given one first; only this one when nothing is linked."""
    rows = tx.rows(
        """SELECT other.channel, other.person FROM links AS own
            JOIN links AS other ON other.identity = own.identity
            WHERE own.channel = :channel AND own.person = :person ORDER BY other.channel, other.person""",
        channel=account.channel,
        person=account.conversation,
    )
    found = [Address(row["channel"], row["person"]) for row in rows]
    return [account, *(other for other in found if other != account)]


def clash(tx: Tx, one: Address, other: Address) -> str:
    """The channel on which they would have two accounts if they were one person; "" where there is none."""
    theirs = {account.channel: account for account in accounts(tx, other)}
    for account in accounts(tx, one):
        if theirs.get(account.channel, account) != account:
            return account.channel
    return ""


def join(tx: Tx, one: Address, other: Address, identity: str) -> None:
    """They are one person now, with everybody whom they are already linked to. `identity` is fresh and random.

    Raises LookupError when they have become two people on one channel in the meantime.
    """
    if clash(tx, one, other):
        raise LookupError("one of the accounts has been linked otherwise in the meantime")
    for account in dict.fromkeys((*accounts(tx, one), *accounts(tx, other))):
        tx.run(
            """INSERT INTO links (channel, person, identity) VALUES (:channel, :person, :identity)
                ON CONFLICT (channel, person) DO UPDATE SET identity = excluded.identity""",
            channel=account.channel,
            person=account.conversation,
            identity=identity,
        )


def leave(tx: Tx, account: Address) -> None:
    """This account stands alone again; the others stay linked among themselves, if more than one remains."""
    others = accounts(tx, account)[1:]
    for alone in (account, *(others if len(others) == 1 else ())):
        tx.run(
            "DELETE FROM links WHERE channel = :channel AND person = :person",
            channel=alone.channel,
            person=alone.conversation,
        )
