"""What a platform's rules keep from somebody for now: held, sealed, for a week at most, until that person writes.

Zalo takes an Official Account's messages only for people who wrote to it a short while ago. When they write again, what
they had asked for (a reply: an officer's answer) follows at once; what they had not (bulk: a digest) is offered by a button.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import outbox
from bot.model import Address, Choice, Inbound, Outcome, Part, Sending, Text, Tx
from bot.outbox import BULK, REPLY
from bot.queueing import SendQueue
from bot.texts import zalo_oa as texts

SHOW = "held"  # what the button of the offer carries


def opens(inbound: Inbound) -> bool:
    """Whether the rules let us write to a person again, because that person has written."""
    return inbound.private and inbound.kind in ("text", "choice", "other")


def asks(inbound: Inbound) -> bool:
    """Whether somebody wants to see what was offered."""
    return inbound.private and inbound.kind == "choice" and inbound.payload == SHOW


def hold(tx: Tx, row: int, error: str, *, now: str) -> None:
    """The rules keep this row from its reader, who stays subscribed.

    What was released and is kept again is parked: it would come back with each message that somebody writes. What was
    called off while its call was under way has ended.
    """
    if outbox.called_off(tx, row, now):
        return
    tx.run(
        """UPDATE outbox SET state = CASE WHEN released = 1 THEN 'parked' ELSE 'held' END,
                tries = tries + 1, error = :error, finished_at = :now
            WHERE id = :row""",
        row=row,
        error=error,
        now=now,
    )


def count(tx: Tx, to: Address) -> int:
    """How many messages are held, without those of a paused campaign; one that was cut into several pieces is one."""
    found = tx.rows(
        """SELECT DISTINCT cause FROM outbox
            WHERE state = 'held' AND halted = 0 AND channel = :channel AND conversation = :conversation""",
        channel=to.channel,
        conversation=to.conversation,
    )
    return len(found)


def offer(tx: Tx, to: Address) -> Text | None:
    """The offer of the bulk that is held; None when there is none, or nothing new since the last offer."""
    new = tx.run(
        """UPDATE outbox SET offered = 1
            WHERE state = 'held' AND halted = 0 AND channel = :channel AND conversation = :conversation
                AND priority = :bulk AND offered = 0""",
        channel=to.channel,
        conversation=to.conversation,
        bulk=BULK,
    )
    if not new:
        return None
    return Text((Part(texts.HELD.format(count=count(tx, to))),), (Choice(texts.HELD_BUTTON, SHOW),))


def requested(to: Address, now: str) -> Outcome:
    """What follows when the offer is taken."""

    def bring(tx: Tx) -> Sequence[Sending]:
        if release(tx, to, now, bulk=True):
            return ()
        return (Sending(to, Text((Part(texts.HELD_NO_MORE),))),)

    return Outcome(settle=bring)


def follow(tx: Tx, queue: SendQueue, row: int, to: Address, now: str, *, answered: bool) -> None:
    """Once somebody's message, an inbox row, has been handled: what our replies could not reach them with, and the offer.

    After the writes of that message: what they erase is not offered. Behind an answer only: an offer alone is a riddle.
    """
    if not count(tx, to):  # as with almost every message
        return
    release(tx, to, now, bulk=False)
    if answered and (offered := offer(tx, to)):
        queue.put(tx, f"offer:{row}", [(to, offered)])


def release(tx: Tx, to: Address, now: str, *, bulk: bool) -> int:
    """Send what is held, as replies, behind what waits already; without `bulk` only what was a reply from the start.

    They become new rows, since a conversation is sent in the order of its rows; cause and position stay, which make a send
    happen once and under which its payload is sealed. Returns how many rows there were.
    """
    freed = tx.rows(
        """DELETE FROM outbox
            WHERE state = 'held' AND halted = 0 AND channel = :channel AND conversation = :conversation
                AND priority <= :least_urgent
            RETURNING id, cause, position, payload, doubts""",
        channel=to.channel,
        conversation=to.conversation,
        least_urgent=BULK if bulk else REPLY,
    )
    for row in sorted(freed, key=lambda row: row["id"]):
        tx.run(
            """INSERT INTO outbox
                    (cause, position, channel, conversation, priority, payload, released, doubts, due_at, wanted_at,
                        created_at)
                VALUES (:cause, :position, :channel, :conversation, :reply, :payload, 1, :doubts, :now, :now, :now)""",
            cause=row["cause"],
            position=row["position"],
            channel=to.channel,
            conversation=to.conversation,
            reply=REPLY,
            payload=row["payload"],
            doubts=row["doubts"],
            now=now,
        )
    return len(freed)


def give_up(tx: Tx, before: str) -> int:
    """Blank what nobody asked for in all that time."""
    return tx.run(
        """UPDATE outbox SET state = 'undeliverable', payload = NULL, conversation = NULL
            WHERE state = 'held' AND finished_at < :before""",
        before=before,
    )
