"""What becomes of the rows of a chat that is called otherwise now, is at rest, is closed to us, or is to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.clock import stamp
from bot.model import Address, Tx
from bot.outbox import REPLY
from bot.storage.base import in_chat


def readdress(tx: Tx, old: Address, conversation: str, retry: int = 0, *, now: str) -> int:
    """A group has a new name: what waits for it goes there. `retry` is a row whose call was under way."""
    return tx.run(
        """UPDATE outbox SET conversation = :new,
                due_at = CASE WHEN id = :retry THEN :now ELSE due_at END,
                state = CASE WHEN id = :retry THEN 'waiting' ELSE state END
            WHERE channel = :channel AND conversation = :old AND (state = 'waiting' OR id = :retry)""",
        new=conversation,
        old=old.conversation,
        channel=old.channel,
        retry=retry,
        now=now,
    )


# The IN is what the index of the order is known by.
HEEDING = """SELECT id, due_at FROM outbox
    WHERE state IN ('waiting', 'sending') AND channel = :channel AND conversation = :conversation
        AND state = 'waiting' AND heeds_quiet = 1 AND due_at < :end"""


def put_off(tx: Tx, channel: str, until: Mapping[str, datetime], now: datetime) -> None:
    """Chats are at rest until then: all that heeds it waits, in its order, and begins anew. What was tried before holds up
    nothing meanwhile, and the night makes nothing too old. What was to follow after a while follows after it."""
    for conversation, end in until.items():
        for row in tx.rows(HEEDING, channel=channel, conversation=conversation, end=stamp(end)):
            after = max(datetime.fromisoformat(row["due_at"]) - now, timedelta(0))
            tx.run(
                "UPDATE outbox SET due_at = :due, wanted_at = :due, tries = 0 WHERE id = :row",
                row=row["id"],
                due=stamp(end + after),
            )


def abandon(tx: Tx, to: Address, now: str, *, also: int = 0, error: str = "left") -> set[str]:
    """We may not write there any more: end what waits for it, and for its topics where it is a forum. `also` is a row whose
    call was under way. Returns the causes of which nothing has arrived."""
    there, chat = in_chat(to)
    rows = tx.rows(
        f"""UPDATE outbox SET state = 'undeliverable', payload = NULL, conversation = NULL, finished_at = :now,
                error = :error
            WHERE {there} AND (state IN ('waiting', 'held') OR id = :also)
            RETURNING cause, position""",  # noqa: S608 - parameter names only
        **chat,
        also=also,
        now=now,
        error=error,
    )
    return {row["cause"] for row in rows if row["position"] == 0}


def erase(tx: Tx, address: Address) -> int:
    """Delete what still waits for a conversation, what is held and what was parked; of what was sent nobody can tell to
    whom any more. A call that is under way cannot be taken back: it ends as a reply does, and is not made again."""
    forget_sent(tx, address)
    tx.run(
        """UPDATE outbox SET priority = :reply, halted = 2
            WHERE channel = :channel AND conversation = :conversation AND state = 'sending'""",
        channel=address.channel,
        conversation=address.conversation,
        reply=REPLY,
    )
    return tx.run(
        """DELETE FROM outbox WHERE channel = :channel AND conversation = :conversation
            AND state IN ('waiting', 'held', 'parked')""",
        channel=address.channel,
        conversation=address.conversation,
    )


def forget_sent(tx: Tx, to: Address) -> int:
    """Of what was sent without being asked for, replies having no conversation any more: nobody can tell to whom. Of a
    forum with its topics."""
    there, chat = in_chat(to)
    return tx.run(f"UPDATE outbox SET conversation = NULL WHERE state = 'sent' AND {there}", **chat)  # noqa: S608
