"""People, as little as possible: that somebody has been told that this is an automatic service."""

from __future__ import annotations

from datetime import date

from bot.audience import interactions, links
from bot.model import Address, Tx


def knows(tx: Tx, channel: str, person: str) -> bool:
    """Whether this person has been introduced to the service."""
    return bool(
        tx.row(
            "SELECT 1 FROM people WHERE channel = :channel AND person = :person",
            channel=channel,
            person=person,
        )
    )


def meet(tx: Tx, channel: str, person: str, today: date) -> bool:
    """From now on this person has been introduced to the service; whether they had not been."""
    return bool(
        tx.run(
            """INSERT INTO people (channel, person, first_seen_on) VALUES (:channel, :person, :today)
                ON CONFLICT (channel, person) DO NOTHING""",
            channel=channel,
            person=person,
            today=today.isoformat(),
        )
    )


def forget(tx: Tx, channel: str, person: str) -> int:
    interactions.erase(tx, Address(channel, person))
    return tx.run(
        "DELETE FROM people WHERE channel = :channel AND person = :person", channel=channel, person=person
    )


def forget_private_chat(tx: Tx, address: Address) -> None:
    """Somebody blocked us: in a private chat the conversation is named after the person."""
    forget(tx, address.channel, address.conversation)
    links.leave(tx, address)
