"""One reminder for whoever has begun to answer a poll and not sent it; nothing is known of anybody else.

That somebody has been reminded stands beside what they have begun, in the transaction that queues the reminder, and goes
with it: a kill reminds nobody twice. The message is a reply, so that what stays of it names neither the person nor the poll;
one that waits for the end of the quiet hours goes with what was begun, or it would tell who has finished meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.audience import links, quiet, subscriptions
from bot.clock import Clock, stamp
from bot.model import Address, Choice, Part, Text, Tx
from bot.outbox import REPLY
from bot.storage.base import Database, Row
from bot.texts import polls as texts
from bot.texts.times import moment
from scheduler.mailing import Mailing
from surveys import polls, ways_in
from surveys.ballot_drafts import LASTS

AFTER = timedelta(hours=3)  # from the first answer on
AT_ONCE = 60  # a minute: replies to those who write now go with them
_CAUSES = "reminder:"  # what the causes of its messages begin with
_WAITS = "state = 'waiting' AND cause >= 'reminder:' AND cause < 'reminder;'"  # ";" is the sign after ":"


class Reminders:
    """token  a fresh random name of hexadecimal digits"""

    def __init__(
        self, db: Database, clock: Clock, timezone: ZoneInfo, mailing: Mailing, *, token: Callable[[], str]
    ) -> None:
        self._db = db
        self._clock = clock
        self._timezone = timezone
        self._mailing = mailing
        self._token = token

    async def go_on(self) -> None:
        """Raises StorageError; what is left then is done the next time."""
        if await self._db.read(_waiting):
            await self._db.run(_withdraw_stale)
        if await self._db.read(self._due):
            await self._mailing.write(self._remind)

    def _due(self, tx: Tx) -> list[Row]:
        """What was begun long enough ago, where nobody is at rest now."""
        now = self._clock.now()
        if self._mailing.rests_until(now):
            return []
        rows = tx.rows(
            """SELECT draft.channel, draft.conversation, draft.begun_at, polls.key, polls.code
                FROM ballot_drafts AS draft JOIN polls ON polls.key = draft.poll
                WHERE draft.reminded = 0 AND draft.begun_at <= :before
                    AND polls.state = 'open' AND polls.closes_at > :now
                ORDER BY draft.begun_at, draft.channel, draft.conversation""",
            before=stamp(now - AFTER),
            now=stamp(now),
        )
        there = [row for row in rows if self._reaches(_at(row))]
        return [row for row in there if not self._at_rest(tx, _at(row), now)][:AT_ONCE]

    def _reaches(self, at: Address) -> bool:
        """Whether a message there is seen by who does not look: nothing can be written to a page that is closed."""
        medium = self._mailing.medium(at)
        return medium is not None and medium.limits.reader == "told"

    def _at_rest(self, tx: Tx, at: Address, now: datetime) -> bool:
        wanted = subscriptions.of_person(tx, at)
        if wanted is None or wanted.quiet is None:
            return False
        return quiet.until((quiet.parse(wanted.quiet),), now, self._timezone) is not None

    def _remind(self, tx: Tx) -> set[str]:
        """The networks for which something has been queued."""
        found = set()
        for row in self._due(tx):
            if _first(tx, _at(row), row["key"]):
                cause, words = f"{_CAUSES}{self._token()}", self._words(tx, row)
                self._mailing.put(tx, cause, _at(row), [words], priority=REPLY)
                found.add(row["channel"])
        return found

    def _words(self, tx: Tx, row: Row) -> Text:
        poll = polls.by_key(tx, row["key"])
        kept_until = datetime.fromisoformat(row["begun_at"]) + LASTS
        until = min(kept_until, poll.closes_at) if poll else kept_until
        said = texts.REMINDER.format(title=poll.title if poll else "", until=moment(until, self._timezone))
        go_on = Choice(texts.CONTINUE, ways_in.press(row["code"], ways_in.BEGIN))
        return Text((Part(said),), (go_on, Choice(texts.DISCARD, ways_in.press(row["code"], "stop"))))


def withdraw(tx: Tx, accounts: Iterable[Address]) -> None:
    """Who has sent their answers, or thrown them away, is not reminded of them any more."""
    for at in accounts:
        tx.run(
            f"DELETE FROM outbox WHERE {_WAITS} AND channel = :channel AND conversation = :conversation",  # noqa: S608
            channel=at.channel,
            conversation=at.conversation,
        )


def _waiting(tx: Tx) -> bool:
    return tx.row(f"SELECT 1 FROM outbox WHERE {_WAITS} LIMIT 1") is not None  # noqa: S608 - words of ours


def _withdraw_stale(tx: Tx) -> None:
    """What was begun has gone with its poll, or after its day."""
    tx.run(
        f"""DELETE FROM outbox WHERE {_WAITS} AND NOT EXISTS (SELECT 1 FROM ballot_drafts AS draft
            WHERE draft.channel = outbox.channel AND draft.conversation = outbox.conversation)"""  # noqa: S608
    )


def _at(row: Row) -> Address:
    return Address(row["channel"], row["conversation"])


def _first(tx: Tx, at: Address, poll: int) -> bool:
    """Whether this person has not been reminded yet, on any of their accounts; from now on they have."""
    before = False
    for account in {at, *links.accounts(tx, at)}:
        values = {"poll": poll, "channel": account.channel, "conversation": account.conversation}
        where = "WHERE poll = :poll AND channel = :channel AND conversation = :conversation"
        before = before or bool(tx.row(f"SELECT 1 FROM ballot_drafts {where} AND reminded = 1", **values))  # noqa: S608
        tx.run(f"UPDATE ballot_drafts SET reminded = 1 {where}", **values)  # noqa: S608
    return not before
