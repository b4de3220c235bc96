"""What has reached which chat: no document comes to a chat twice, whatever schedules overlap.

A row is written in the transaction that queues the message, so a kill can neither lose one nor double it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot import campaigns
from bot.model import Address, Tx
from bot.storage.base import among
from scheduler.digest_rows import Digest


def chat(to: Address) -> str:
    """The conversation; of a topic in a forum ("-100123/45") the whole group, which may choose another topic."""
    return to.conversation.partition("/")[0] if to.conversation.startswith("-") else to.conversation


def take(tx: Tx, digest: Digest, to: Address, documents: Iterable[int], today: date) -> set[int]:
    """Of these, the ones that have not come to this chat yet; from now on they have."""
    return {
        document
        for document in documents
        if tx.run(
            """INSERT INTO digest_chats (channel, conversation, document, digest, on_day)
                VALUES (:channel, :conversation, :document, :digest, :today)
                ON CONFLICT (channel, conversation, document) DO NOTHING""",
            channel=to.channel,
            conversation=chat(to),
            document=document,
            digest=digest.key,
            today=today.isoformat(),
        )
    }


def pairs(tx: Tx, documents: Sequence[int]) -> set[tuple[str, str, int]]:
    """(channel, conversation, document) of all that have come somewhere, of some documents."""
    some, values = among("document", documents)
    rows = tx.rows(
        f"SELECT channel, conversation, document FROM digest_chats WHERE document IN {some}",  # noqa: S608
        **values,
    )
    return {(row["channel"], row["conversation"], row["document"]) for row in rows}


def forget_unsent(tx: Tx, digest: Digest) -> int:
    """Before its waiting messages are cancelled: they have reached nobody."""
    return tx.run(
        """DELETE FROM digest_chats WHERE digest = :key AND (channel, conversation) IN (
                SELECT channel, CASE WHEN substr(conversation, 1, 1) = '-' AND instr(conversation, '/') > 0
                    THEN substr(conversation, 1, instr(conversation, '/') - 1) ELSE conversation END FROM outbox
                WHERE cause >= :first AND cause < :beyond AND state IN ('waiting', 'held') AND position = 0)""",
        key=digest.key,
        **campaigns.within(digest.cause),
    )


def forget(tx: Tx, at: Address, *, digest: int) -> int:
    """What a digest was to bring to one chat."""
    return tx.run(
        "DELETE FROM digest_chats WHERE channel = :channel AND conversation = :conversation AND digest = :digest",
        channel=at.channel,
        conversation=chat(at),
        digest=digest,
    )


def waits(tx: Tx, digest: Digest) -> bool:
    """Whether some of its messages are still to be sent; what is held until its reader writes is not counted."""
    row = tx.row(
        """SELECT 1 FROM outbox WHERE cause >= :first AND cause < :beyond AND state IN ('waiting', 'sending') LIMIT 1""",
        **campaigns.within(digest.cause),
    )
    return row is not None


def move(tx: Tx, old: Address, conversation: str) -> None:
    """The chat has a new name, or one of its topics has gone: then it has the one that it had."""
    values = {"channel": old.channel, "old": chat(old), "new": conversation}
    if values["old"] == conversation:
        return
    tx.run(
        """INSERT INTO digest_chats (channel, conversation, document, digest, on_day)
            SELECT channel, :new, document, digest, on_day FROM digest_chats
                WHERE channel = :channel AND conversation = :old
            ON CONFLICT (channel, conversation, document) DO NOTHING""",
        **values,
    )
    tx.run(
        "DELETE FROM digest_chats WHERE channel = :channel AND conversation = :old",
        **values,
    )


def last(tx: Tx, at: Address) -> date | None:
    """The day on which something came to this chat last, as long as that is remembered."""
    row = tx.row(
        "SELECT max(on_day) AS day FROM digest_chats WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=chat(at),
    )
    return date.fromisoformat(row["day"]) if row and row["day"] else None


def erase(tx: Tx, at: Address) -> int:
    return tx.run(
        "DELETE FROM digest_chats WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=chat(at),
    )


def forget_before(tx: Tx, day: date) -> int:
    return tx.run("DELETE FROM digest_chats WHERE on_day < :day", day=day.isoformat())
