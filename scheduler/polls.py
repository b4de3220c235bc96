"""Takes the invitations of open polls to their chats, some hundred at a time; called every minute, and after an opening.

How far they have come stands in the row of their poll: see mailing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import campaigns
from bot.audience.recipients import Recipient
from bot.clock import Clock, stamp
from bot.model import Text, Tx
from bot.storage.base import Database
from scheduler import launching
from scheduler.invitations import Invitation, invitation
from scheduler.mailing import END, Mailing, Turn
from scheduler.rendering import Medium
from surveys import polls, reach, surveys
from surveys.group_polls import Chat, open_in_groups, take_links
from surveys.polls import Poll

_OVER = "~~"  # and what had not gone out at the close has been called off


class Invitations:
    def __init__(
        self, db: Database, clock: Clock, timezone: ZoneInfo, mailing: Mailing, organisation: str
    ) -> None:
        self._db = db
        self._clock = clock
        self._timezone = timezone
        self._mailing = mailing
        self._organisation = organisation

    async def go_on(self) -> None:
        """All that is to be sent now. Raises StorageError; what is left then is done the next time."""
        for key in await self._db.read(_closed):
            await self._db.run(_call_off, key, self._clock.now())
        for poll in await self._db.read(polls.in_states, "open"):
            await self._invite(poll)
            await self._mailing.write(self._invite_instead, poll)

    async def _invite(self, poll: Poll) -> None:
        done = (await self._db.read(launching.launch, poll.key)).announced
        if done < END:
            await self._mailing.bring(poll.key, await self._db.read(_to, poll), done, self._put)

    def _put(self, tx: Tx, key: int, done: str, some: Sequence[Turn], following: str) -> bool:
        """Queue it for these chats; whether it is still at `done` and open."""
        now = self._clock.now()
        if not tx.run(
            """UPDATE polls SET announced = :next
                WHERE key = :key AND state = 'open' AND announced = :done AND closes_at > :now""",
            key=key,
            done=done,
            next=following,
            now=stamp(now),
        ):
            return False
        poll = polls.by_key(tx, key)
        of = invitation_to(tx, poll, self._organisation, self._timezone) if poll else None
        if poll is None or of is None:
            return False
        count = launching.launch(tx, key).invited
        rendered: dict[Medium, Text] = {}
        for turn in some:
            to = turn.recipient.to
            medium = self._mailing.medium(to)
            if medium is None:
                continue
            if medium not in rendered:
                rendered[medium] = invitation(of, medium)
            count += 1
            wait = self._mailing.not_before(to, turn.recipient.quiet, now, turn.ahead)
            reach.note_chat(tx, key, to)
            if not self._asked_there(tx, poll, turn, medium, wait or now):
                self._mailing.put(tx, f"{launching.cause(key)}{count}", to, [rendered[medium]], wait)
        tx.run("UPDATE polls SET invited = :count WHERE key = :key", key=key, count=count)
        return True

    def _asked_there(self, tx: Tx, poll: Poll, turn: Turn, medium: Medium, at: datetime) -> bool:
        """Whether it is a large group whose network has polls of its own: then it is asked by these, and by no link."""
        if not (medium.group and medium.limits.native_polls):
            return False
        chat = Chat(turn.recipient.to, turn.recipient.members, at)
        opened = open_in_groups(
            tx, poll, [chat], {chat.to.channel}, self._organisation, self._timezone, self._clock.now()
        )
        for each in opened.sends:
            self._mailing.send(tx, each)
        return not opened.links

    def _invite_instead(self, tx: Tx, poll: Poll) -> set[str]:
        """The link for groups that were to be asked by polls of their own, and could not be. Returns the networks."""
        of = invitation_to(tx, poll, self._organisation, self._timezone)
        channels = set()
        for name, to in take_links(tx, poll.key) if of else ():
            if of and (medium := self._mailing.medium(to)):
                cause = f"{launching.cause(poll.key)}link:{name}"
                self._mailing.put(tx, cause, to, [invitation(of, medium)])
                channels.add(to.channel)
        return channels


def invitation_to(tx: Tx, poll: Poll, organisation: str, timezone: ZoneInfo) -> Invitation | None:
    survey = surveys.by_key(tx, poll.survey)
    until = poll.last_day(timezone).strftime("%d/%m/%Y")
    return Invitation(poll, survey, organisation, until) if survey else None


def _to(tx: Tx, poll: Poll) -> list[Recipient]:
    survey = surveys.by_key(tx, poll.survey)
    return launching.chosen(tx, poll, survey) if survey else []


def _closed(tx: Tx) -> list[int]:
    rows = tx.rows(
        "SELECT key FROM polls WHERE state = 'closed' AND announced <> :over ORDER BY key", over=_OVER
    )
    return [row["key"] for row in rows]


def _call_off(tx: Tx, key: int, now: datetime) -> None:
    """Nobody is invited to what is over."""
    campaigns.cancel(tx, launching.cause(key), stamp(now))
    tx.run("UPDATE polls SET announced = :over WHERE key = :key", key=key, over=_OVER)
