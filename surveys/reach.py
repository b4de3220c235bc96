"""Which chats have been asked to take part in a poll: they hear how people answered, and later what was done about it.

Who was asked is no secret of theirs, and says nothing of whether they answered. It is forgotten with the last of the two,
when the chat wants no more digests, or 60 days after the close.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.clock import stamp
from bot.model import Address, Tx
from bot.storage.base import in_chat

News = Literal["result", "follow-up"]
KEPT = timedelta(days=60)


def note_chat(tx: Tx, poll: int, to: Address) -> None:
    """An invitation goes to this chat."""
    tx.run(
        """INSERT INTO poll_chats (poll, channel, conversation) VALUES (:poll, :channel, :conversation)
            ON CONFLICT (poll, channel, conversation) DO NOTHING""",
        poll=poll,
        channel=to.channel,
        conversation=to.conversation,
    )


def chats(tx: Tx, poll: int) -> list[Address]:
    """Of which this is known."""
    rows = tx.rows(
        "SELECT channel, conversation FROM poll_chats WHERE poll = :poll ORDER BY channel, conversation",
        poll=poll,
    )
    return [Address(row["channel"], row["conversation"]) for row in rows]


def untold(tx: Tx, poll: int, news: News, most: int) -> list[Address]:
    """Some of the chats that have not heard this yet; who has heard what was done hears no result after it."""
    rows = tx.rows(
        """SELECT channel, conversation FROM poll_chats
            WHERE poll = :poll AND (told = '' OR (told = 'result' AND :news = 'follow-up'))
            ORDER BY channel, conversation LIMIT :most""",
        poll=poll,
        news=news,
        most=most,
    )
    return [Address(row["channel"], row["conversation"]) for row in rows]


def told(tx: Tx, poll: int, to: Address, news: News) -> None:
    """The news is queued for this chat. After the last of them nothing has to be known about it any more."""
    values = {"poll": poll, "channel": to.channel, "conversation": to.conversation}
    if news == "follow-up":
        tx.run(
            "DELETE FROM poll_chats WHERE poll = :poll AND channel = :channel AND conversation = :conversation",
            **values,
        )
    else:
        tx.run(
            """UPDATE poll_chats SET told = 'result'
                WHERE poll = :poll AND channel = :channel AND conversation = :conversation""",
            **values,
        )


def hand_on(tx: Tx, old: int, new: int) -> None:
    """A poll that was changed has no result that is told: its chats hear that of the version after it."""
    tx.run(
        """INSERT INTO poll_chats (poll, channel, conversation)
            SELECT :new, channel, conversation FROM poll_chats WHERE poll = :old
            ON CONFLICT (poll, channel, conversation) DO NOTHING""",
        old=old,
        new=new,
    )
    tx.run("DELETE FROM poll_chats WHERE poll = :old", old=old)


def move(tx: Tx, old: Address, conversation: str) -> None:
    """The platform calls the chat otherwise now."""
    values = {"channel": old.channel, "old": old.conversation, "new": conversation}
    if old.conversation == conversation:
        return
    tx.run(
        """INSERT INTO poll_chats (poll, channel, conversation, told)
            SELECT poll, channel, :new, told FROM poll_chats WHERE channel = :channel AND conversation = :old
            ON CONFLICT (poll, channel, conversation) DO NOTHING""",
        **values,
    )
    tx.run("DELETE FROM poll_chats WHERE channel = :channel AND conversation = :old", **values)


def asked(tx: Tx, at: Address) -> int:
    """In how many polls this chat has been asked to take part, and would hear of the result."""
    row = tx.row(
        "SELECT count(*) AS n FROM poll_chats WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )
    return int(row["n"]) if row else 0


def erase(tx: Tx, at: Address) -> int:
    """Of a forum with its topics."""
    there, chat = in_chat(at)
    return tx.run(f"DELETE FROM poll_chats WHERE {there}", **chat)  # noqa: S608 - parameter names only


def forget(tx: Tx, now: datetime) -> int:
    """What has been known long enough."""
    return tx.run(
        "DELETE FROM poll_chats WHERE poll IN (SELECT key FROM polls WHERE state = 'closed' AND closes_at < :before)",
        before=stamp(now - KEPT),
    )
