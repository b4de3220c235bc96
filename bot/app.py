"""The composition root, with service.py and jobs.py: only they know everybody. Collaborators are arguments, and nothing is
built at import."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from bot import erasure, inbox, outbox
from bot.audience import department, groups, interactions, resting, staff
from bot.audience.codes import Codes
from bot.audience.lately import Lately
from bot.channels.base import Channel, Troubled
from bot.channels.zalo_oa import ZaloOA
from bot.clock import Clock
from bot.connection import Connection, Status
from bot.dispatch import Dispatch
from bot.drafts import Drafts
from bot.errors import StorageError
from bot.model import Inbound, Sending, Tx
from bot.platforms import Platforms
from bot.queueing import SendQueue
from bot.recent import Recent
from bot.sealing import KeyFolder, Seal, Tickets, derive
from bot.sending import Aftermath, Sender
from bot.settings import Settings
from bot.storage.base import Database
from bot.tasks import start, stop
from handlers import claiming
from handlers.commands import spoken
from handlers.context import Context
from handlers.groups import forbid, move
from handlers.routes import ROUTES
from handlers.staff import digest_notices, rising, rounds, undrawn
from knowledge import revisions
from knowledge.library import Library
from scheduler.digests import Digest
from scheduler.distribution import Distribution
from scheduler.mailing import Mailing
from scheduler.media import Media
from scheduler.poll_news import PollNews
from scheduler.poll_reminders import Reminders
from scheduler.polls import Invitations
from surveys import group_polls
from surveys.ballots import Ballots
from web.files import Files

log = logging.getLogger(__name__)

TOLD_FOR = timedelta(minutes=10)  # who may not set up a group is told once in that time, however many try
SET_UP_FOR = timedelta(hours=1)  # how long a code for a group makes its sender somebody who may choose
LOOK_FOR_CHANGES = 0.05  # seconds: what somebody publishes is answered at once, whatever process wrote it


AFTERMATH = Aftermath(gone=erasure.end_chat, forbidden=forbid, moved=move, polled=group_polls.polled)


class Bot:
    """Everything between the networks and the database, for the given channels.

    chance  gives so many bytes that nobody can guess
    """

    def __init__(
        self,
        settings: Settings,
        db: Database,
        keys: KeyFolder,
        seal: Seal,
        clock: Clock,
        channels: Sequence[Channel],
        chance: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self.platforms = Platforms(self.channels)
        self.library = Library(db)
        self.department = department.Department()
        self._revisions = (-1, -1)
        self._db = db
        self._seal = seal
        self._clock = clock
        self._timezone = settings.timezone
        self.admins = settings.admins
        self._codes = codes_of(settings, keys, clock)
        tickets = Tickets(seal)
        self.media = Media(self.channels, settings.public_url)
        self.box = Ballots(keys, chance)
        self.files = Files(
            db,
            tickets,
            clock,
            timezone=settings.timezone,
            organisation=settings.organisation,
            public_url=settings.public_url,
            department=lambda: self.department,
            undrawn=self._without_card,
        )
        self._context = Context(
            db=db,
            clock=clock,
            timezone=settings.timezone,
            organisation=settings.organisation,
            library=self.library,
            department=lambda: self.department,
            day_key=keys.of_the_day,
            token=lambda: chance(6).hex(),
            kept=erasure.kept,
            erase=erasure.erase,
            end=erasure.end_chat,
            networks={channel.name: channel.limits.slash_commands for channel in channels},
            admins=self.admins,
            codes=self._codes,
            recent=Recent(seal, clock),
            ticket=tickets.issue,
            public_url=settings.public_url,
            private_feeds=settings.feeds_allow_private,
            takes_files=frozenset(channel.name for channel in channels if channel.limits.file),
            tells=frozenset(channel.name for channel in channels if channel.limits.reader == "told"),
            keeps_nobody=frozenset(channel.name for channel in channels if channel.limits.reader == "leaves"),
            drafts=Drafts(seal, clock),
            delivery=outbox.delivery,
            media=self.media,
            box=self.box,
            received=inbox.received,
            knowing_admins=self.platforms.knowing_admins,
            is_admin=self.platforms.is_admin,
            describe_group=self.platforms.describe,
            told=Lately(clock, TOLD_FOR),
            setting_up=Lately(clock, SET_UP_FOR),
        )
        self._queue = SendQueue(self.channels, seal, clock)
        mailing = Mailing(
            db,
            self._queue,
            self.media,
            settings.timezone,
            department=lambda: self.department,
            queued=self._queued,
        )
        token, organisation = self._context.token, settings.organisation
        self.digests = Distribution(
            db, clock, settings.timezone, mailing, token=token, draws=self.files.cards.can_draw
        )
        self.invitations = Invitations(db, clock, settings.timezone, mailing, organisation)
        self.poll_news = PollNews(db, clock, mailing, organisation, settings.public_url, token=token)
        self.reminders = Reminders(db, clock, settings.timezone, mailing, token=token)
        self.dispatch = Dispatch(
            db,
            seal,
            clock,
            self.channels,
            ROUTES,
            self._context,
            self._queued,
            spoken=spoken,
            seen=self._seen,
        )
        self.connections = {
            channel.name: Connection(
                channel,
                self.dispatch.inbox,
                self._sender(channel),
                polled=settings.public_url is None,
                started=self.dispatch.open,
            )
            for channel in channels
        }

    def statuses(self) -> dict[str, Status]:
        return {name: _status(connection) for name, connection in self.connections.items()}

    async def claim_code(self) -> str:
        """A new code for whoever is to become administrator; "" when there is one. Earlier codes end.

        Raises StorageError.
        """
        code = self._codes.fresh()
        offered = await self._db.run(claiming.offer, self._codes, self.admins, code, self._clock.now())
        return code if offered else ""

    async def tell(self, decide: Callable[[Tx, Context], Sequence[Sending]]) -> None:
        """Queue what `decide` says in one transaction, outside any conversation; each has a cause. Raises StorageError."""

        def put(tx: Tx) -> set[str]:
            sendings = decide(tx, self._context)
            for each in sendings:
                self._queue.send(tx, each)
            return {each.to.channel for each in sendings}

        for name in await self._db.run(put):
            self._queued(name)

    async def watch(self) -> None:
        """Tell staff what many people are asking about. Raises StorageError."""
        if found := await rising.look(self._context):
            await self.tell(lambda tx, context: rising.announce(tx, context, found))

    async def see_to_inquiries(self) -> None:
        """What happens to inquiries by itself. Raises StorageError."""
        close = await rounds.nearest(self._context)
        await self.tell(lambda tx, context: rounds.make(tx, context, close))

    async def tell_of_digests(self) -> None:
        """Approvers hear of drafts, of what goes out and of what has become of it. Raises StorageError."""
        found = await digest_notices.look(self._context)
        if found is not None:
            await self.tell(lambda tx, context: digest_notices.announce(tx, context, found))

    async def refresh(self) -> None:
        """See what has been published or set, by whatever process."""
        newest = await self._db.read(_revisions)
        if newest == self._revisions:
            return
        await self.library.refresh()
        self.department = await self._db.read(department.load)
        self._revisions = newest

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Handles and sends as long as the context lasts; what has been begun is finished at the end."""
        await self.refresh()
        await self._db.run(staff.enrol, self.admins, self._clock.now())
        receiving = [start(name, connection.run) for name, connection in self.connections.items()]
        handling = [start("dispatch", self.dispatch.run), start("changes", self._follow_changes)]
        try:
            yield
        finally:
            # The dispatch first, so that what it still decides is sent by an outbox that still runs.
            await stop(handling)
            await stop(receiving)

    async def _without_card(self, digest: Digest) -> None:
        try:
            await self.tell(partial(undrawn.announce, digest=digest))
        except StorageError as error:  # the digest matters more
            log.warning("nobody could be told that a digest has no picture: %s", error)

    def _sender(self, channel: Channel) -> Sender:
        return Sender(
            channel, self._db, self._seal, self._clock, self.files.content, AFTERMATH, self._resting
        )

    def _resting(self, tx: Tx, channel: str, chats: Collection[str], now: datetime) -> Mapping[str, datetime]:
        return resting.resting(tx, channel, chats, self.department.quiet, now, self._timezone)

    def _queued(self, channel: str) -> None:
        self.connections[channel].sender.wake()

    def _seen(self, tx: Tx, inbound: Inbound) -> None:
        at = inbound.address
        if not inbound.private and inbound.kind in ("text", "choice") and inbound.addressed:
            groups.add(tx, inbound.group, self._clock.now())  # where no network tells that we were added
        if at.channel == ZaloOA.name and inbound.private and inbound.kind in ("text", "choice", "other"):
            interactions.note(tx, at, self._clock.now())

    async def _follow_changes(self) -> None:
        while True:
            await asyncio.sleep(LOOK_FOR_CHANGES)
            try:
                await self.refresh()
            except StorageError as error:
                log.warning("cannot look for changes: %s", error)


def _revisions(tx: Tx) -> tuple[int, int]:
    """Of the knowledge and of the settings."""
    return revisions.revision(tx), department.revision(tx)


def codes_of(settings: Settings, keys: KeyFolder, clock: Clock) -> Codes:
    """The same in every process of this installation: a code made by a command is taken by the service."""
    return Codes(derive(settings.secret_key or keys.secret(), "codes").encode(), clock)


def _status(connection: Connection) -> Status:
    """A channel that has started may have lost what it needs since."""
    channel, status = connection.channel, connection.status
    if status.state == "on" and isinstance(channel, Troubled) and channel.trouble:
        return Status("waiting", channel.trouble)
    return status
