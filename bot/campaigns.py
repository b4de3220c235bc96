"""Many sends that belong together, by how their causes begin ("digest:7:"): paused, resumed, cancelled, counted.

A call that is under way cannot be taken back; what is paused or cancelled is not tried again.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Address, Tx
from bot.outbox import CANCELLED
from bot.outbox_chats import forget_sent
from bot.storage.base import in_chat


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows, each one call to a platform. `paused`: among those that wait; `doubts`: sends that may have arrived twice."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    held: int = 0
    parked: int = 0
    undeliverable: int = 0
    doubts: int = 0
    paused: int = 0

    @property
    def unfinished(self) -> int:
        return self.waiting + self.sending

    @property
    def all(self) -> int:
        return self.unfinished + self.sent + self.held + self.parked + self.undeliverable


@dataclass(frozen=True, slots=True)
class Failure:
    channel: str
    error: str
    count: int


def pause(tx: Tx, prefix: str) -> int:
    """Nothing more of it goes out until `resume`, nor what is held for its reader. Returns how many rows wait for that."""
    return tx.run(
        """UPDATE outbox SET halted = 1
            WHERE cause >= :first AND cause < :beyond AND state IN ('waiting', 'sending', 'held') AND halted = 0""",
        **within(prefix),
    )


def resume(tx: Tx, prefix: str, now: str) -> int:
    """What was paused goes out; the time of the pause does not make it too old. What is held is offered anew."""
    return tx.run(
        """UPDATE outbox SET halted = 0, offered = 0, wanted_at = max(wanted_at, :now)
            WHERE cause >= :first AND cause < :beyond AND halted = 1""",
        **within(prefix),
        now=now,
    )


def cancel(tx: Tx, prefix: str, now: str) -> int:
    """What has not gone out, and what its reader has not fetched yet, never will. Returns how many rows."""
    tx.run(
        """UPDATE outbox SET halted = 2, error = :error, finished_at = :now
            WHERE cause >= :first AND cause < :beyond AND state = 'sending'""",
        **within(prefix),
        error=CANCELLED,
        now=now,
    )
    return tx.run(
        """UPDATE outbox SET state = 'undeliverable', error = :error, payload = NULL, conversation = NULL,
                finished_at = :now
            WHERE cause >= :first AND cause < :beyond AND state IN ('waiting', 'held')""",
        **within(prefix),
        error=CANCELLED,
        now=now,
    )


def withdraw(tx: Tx, prefix: str, at: Address, now: str) -> set[str]:
    """What waits for one chat (or for topics of it), which wants none of it any more, never goes there; nor is it known what
    went there. Returns the causes of what waited."""
    there, chat = in_chat(at)
    rows = tx.rows(
        f"""UPDATE outbox SET state = 'undeliverable', error = :error, payload = NULL, conversation = NULL,
                finished_at = :now
            WHERE cause >= :first AND cause < :beyond AND state IN ('waiting', 'held') AND {there}
            RETURNING cause""",  # noqa: S608 - parameter names only
        **within(prefix),
        error=CANCELLED,
        now=now,
        **chat,
    )
    forget_sent(tx, at)
    return {row["cause"] for row in rows}


def progress(tx: Tx, prefix: str) -> Progress:
    row = tx.rows(
        """SELECT coalesce(sum(state = 'waiting'), 0) AS waiting, coalesce(sum(state = 'sending'), 0) AS sending,
                coalesce(sum(state = 'sent'), 0) AS sent, coalesce(sum(state = 'held'), 0) AS held,
                coalesce(sum(state = 'parked'), 0) AS parked,
                coalesce(sum(state = 'undeliverable'), 0) AS undeliverable,
                coalesce(sum(doubts), 0) AS doubts,
                coalesce(sum(state = 'waiting' AND halted = 1), 0) AS paused
            FROM outbox WHERE cause >= :first AND cause < :beyond""",
        **within(prefix),
    )[0]
    return Progress(**row)


def failures(tx: Tx, prefix: str) -> list[Failure]:
    """Why what did not arrive did not arrive, the most frequent reason first; what is held is not lost, and counted too."""
    rows = tx.rows(
        """SELECT channel, coalesce(error, '') AS error, count(*) AS count FROM outbox
            WHERE cause >= :first AND cause < :beyond AND state IN ('held', 'parked', 'undeliverable')
            GROUP BY channel, coalesce(error, '') ORDER BY count DESC, channel, error""",
        **within(prefix),
    )
    return [Failure(**row) for row in rows]


def within(prefix: str) -> dict[str, str]:
    """For `cause >= :first AND cause < :beyond`: a range rather than LIKE, since the index of the causes answers it."""
    return {"first": prefix, "beyond": prefix[:-1] + chr(ord(prefix[-1]) + 1)}
