"""What has been decided to say: one row is one call to a platform, which bot/sending.py makes.

A row waits, is marked as being sent (committed before the call), then is sent, parked (shown to staff), undeliverable, or
held until its reader writes (bot/held.py).
No platform has an idempotency key: a row found "sending" after a kill, or one whose connection broke, may have arrived. It
is sent once more, counted (`doubts`) and listed. Order is kept within a conversation; conversations go side by side, replies
before bulk. What waits for its time holds up nobody; what waits to be tried again holds up what follows it there.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Tx
from bot.storage.base import Row, among

REPLY, BULK = 0, 1  # priorities
CANCELLED = "cancelled"  # the error of what people have called off


@dataclass(frozen=True, slots=True)
class Due:
    id: int
    cause: str
    position: int
    conversation: str
    tries: int
    wanted_at: str
    priority: int
    heeds_quiet: int


def delivery(tx: Tx, cause: str) -> str:
    """What became of a cause, the worst of its rows: "lost", "held", "waiting" or "sent"; "" where there are none."""
    found = {row["state"] for row in tx.rows("SELECT state FROM outbox WHERE cause = :cause", cause=cause)}
    if found & {"parked", "undeliverable"}:
        return "lost"
    if found & {"waiting", "sending"}:
        return "waiting"
    return "held" if "held" in found else "sent" if found else ""


def doubtful(tx: Tx, limit: int = 100) -> list[Row]:
    """The sends that a kill interrupted and that may have arrived twice, newest first."""
    return tx.rows(
        """SELECT id, channel, doubts, state, created_at FROM outbox WHERE doubts > 0
            ORDER BY id DESC LIMIT :limit""",
        limit=limit,
    )


def parked(tx: Tx, limit: int = 100) -> list[Row]:
    """What no platform took, newest first, with the reason."""
    return tx.rows(
        """SELECT id, channel, error, created_at FROM outbox WHERE state = 'parked'
            ORDER BY id DESC LIMIT :limit""",
        limit=limit,
    )


def counts(tx: Tx) -> dict[str, int]:
    """How many rows wait, are held, parked, undeliverable; and how many sends may have arrived twice ("doubtful")."""
    states = tx.rows("SELECT state, count(*) AS rows FROM outbox WHERE state <> 'sent' GROUP BY state")
    found = {row["state"]: row["rows"] for row in states}
    doubts = tx.rows("SELECT coalesce(sum(doubts), 0) AS doubts FROM outbox WHERE doubts > 0")
    shown = ("waiting", "sending", "held", "parked", "undeliverable")
    return {state: found.get(state, 0) for state in shown} | {"doubtful": doubts[0]["doubts"]}


def tidy(tx: Tx, *, payloads_before: str, rows_before: str) -> None:
    """Blank what was parked long ago; delete what was finished longer ago than anybody asks about.

    What has waited as long, because its channel was switched off or staff have paused it, is parked and blanked too.
    """
    tx.run(
        """UPDATE outbox SET state = 'parked', payload = NULL, conversation = NULL, finished_at = :moment,
                error = CASE halted WHEN 1 THEN 'paused for too long' ELSE 'its channel was off' END
            WHERE state IN ('waiting', 'sending') AND created_at < :moment AND due_at < :moment""",
        moment=payloads_before,
    )
    tx.run(
        """UPDATE outbox SET payload = NULL, conversation = NULL
            WHERE state = 'parked' AND payload IS NOT NULL AND finished_at < :moment""",
        moment=payloads_before,
    )
    tx.run(
        "DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending', 'held') AND finished_at < :moment",
        moment=rows_before,
    )


def doubt(tx: Tx, channel: str, *, counted: bool) -> None:
    """After a start: what was being sent at the kill may or may not have arrived."""
    tx.run(
        """UPDATE outbox SET state = 'waiting', doubts = doubts + :counted
            WHERE state = 'sending' AND channel = :channel""",
        channel=channel,
        counted=int(counted),
    )
    _end_cancelled(tx)


# In this order an index gives them, however many wait behind or for a later time.
DUE = """SELECT id, cause, position, conversation, tries, wanted_at, priority, heeds_quiet FROM outbox AS row
    WHERE state = 'waiting' AND halted = 0 AND channel = :channel AND priority = :priority AND due_at <= :now
      AND NOT EXISTS (SELECT 1 FROM outbox AS other
        WHERE other.state IN ('waiting', 'sending') AND other.channel = row.channel
          AND other.conversation = row.conversation
          AND (other.state = 'sending'
            OR ((other.priority, other.id) < (row.priority, row.id)
              AND other.halted = 0 AND (other.due_at <= :now OR other.tries > 0))))
    ORDER BY due_at, id LIMIT :limit"""


def due(tx: Tx, channel: str, now: str, limit: int, least_urgent: int = BULK) -> list[Due]:
    """The first unfinished row of each conversation, where it waits and is due: replies first, then by age."""
    found: list[Due] = []
    for priority in range(REPLY, least_urgent + 1):
        rows = tx.rows(
            DUE,
            channel=channel,
            priority=priority,
            now=now,
            limit=limit - len(found),
        )
        found += [Due(**row) for row in rows]
    return found


def claim(tx: Tx, rows: list[int]) -> dict[int, bytes]:
    """Mark those that still may go as being sent; returns their payloads."""
    some, values = among("row", rows)
    claimed = tx.rows(
        f"""UPDATE outbox SET state = 'sending' WHERE id IN {some} AND state = 'waiting' AND halted = 0
            RETURNING id, payload""",  # noqa: S608
        **values,
    )
    return {row["id"]: row["payload"] for row in claimed}


def sent(tx: Tx, row: int, external_id: str, *, now: str) -> None:
    # A reply's conversation goes with its payload: what stays cannot tell who was answered.
    tx.run(
        """UPDATE outbox SET state = 'sent', payload = NULL, external_id = :external_id, finished_at = :now,
                error = NULL, conversation = CASE WHEN priority = 0 THEN NULL ELSE conversation END
            WHERE id = :row""",
        row=row,
        external_id=external_id,
        now=now,
    )


def again(tx: Tx, row: int, error: str, due_at: str, doubt: bool, *, now: str) -> None:  # noqa: ARG001 - see _record
    tx.run(
        """UPDATE outbox SET state = 'waiting', tries = tries + 1, doubts = doubts + :doubt, error = :error,
                due_at = :due_at
            WHERE id = :row""",
        row=row,
        error=error,
        due_at=due_at,
        doubt=int(doubt),
    )
    _end_cancelled(tx)


def end(tx: Tx, row: int, state: str, error: str, *, now: str) -> None:
    if called_off(tx, row, now):
        return
    tx.run(
        "UPDATE outbox SET state = :state, tries = tries + 1, error = :error, finished_at = :now WHERE id = :row",
        row=row,
        state=state,
        error=error,
        now=now,
    )


def not_now(tx: Tx, row: int, error: str, *, now: str) -> None:
    """The platform's rules keep it from this group: it is counted, and the group stays."""
    tx.run(
        """UPDATE outbox SET state = 'undeliverable', tries = tries + 1, error = :error, payload = NULL,
                conversation = NULL, finished_at = :now
            WHERE id = :row""",
        row=row,
        error=error,
        now=now,
    )


def called_off(tx: Tx, row: int, now: str) -> bool:
    """Whether people have called it off while its call was under way; then it has ended."""
    return bool(
        tx.run(
            """UPDATE outbox SET state = 'undeliverable', error = :error, payload = NULL, conversation = NULL,
                    finished_at = :now
                WHERE id = :row AND halted = 2""",
            row=row,
            error=CANCELLED,
            now=now,
        )
    )


def _end_cancelled(tx: Tx) -> None:
    """What was cancelled while its call was under way is not tried again."""
    tx.run(
        """UPDATE outbox SET state = 'undeliverable', error = :error, payload = NULL, conversation = NULL,
                finished_at = coalesce(finished_at, due_at)
            WHERE state = 'waiting' AND halted = 2""",
        error=CANCELLED,
    )


def message_name(tx: Tx, cause: str, channel: str) -> str:
    """The network's name of the first message of a cause, "" where it has not arrived there (or long ago)."""
    row = tx.row(
        """SELECT external_id FROM outbox
            WHERE cause = :cause AND position = 0 AND channel = :channel AND state = 'sent'""",
        cause=cause,
        channel=channel,
    )
    return str(row["external_id"] or "") if row else ""


def place(cause: str, position: int) -> str:
    return f"outbox:{cause}:{position}"
