"""The path of a message put together as the service does it: inbox, dispatch and outboxes, over fake networks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Set
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import inbox, outbox
from bot.connection import Connection
from bot.dispatch import Dispatch, Route
from bot.model import JSON, Address, Inbound, Outcome, Part, PollAnswer, Reply, Text, Tx, say
from bot.outbox import BULK
from bot.queueing import SendQueue
from bot.sealing import Seal
from bot.sending import Aftermath, Sender
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from bot.texts import chat as texts
from tests.fakes.network import FakeNetwork
from tests.fakes.time import LoopClock, WaitedFor

Handle = Callable[[Inbound], Awaitable[Outcome]]

APOLOGY = re.compile(re.escape(texts.APOLOGY).replace(r"\{code\}", "[0-9A-F]{6}"))


def words(text: str) -> Text:
    return Text((Part(text),))


async def echo(inbound: Inbound) -> Outcome:
    return say(inbound.address, words(f"re: {inbound.text or inbound.payload}"))


class Journey:
    """`stop` and `start` as at an orderly end and the next start; the database stays."""

    def __init__(
        self, db: SqliteDatabase, *networks: FakeNetwork, handle: Handle = echo, polled: bool = True
    ) -> None:
        self.db = WaitedFor(db)
        self.clock = LoopClock()
        self.seal = Seal(b"k" * 32)
        self.networks: Mapping[str, FakeNetwork] = {network.name: network for network in networks}
        self.handle = handle
        self.forgotten: list[Address] = []
        self.forbidden: list[Address] = []
        self.moved: list[tuple[str, str]] = []
        self.polled: list[tuple[str, PollAnswer]] = []
        self.resting: dict[str, datetime] = {}  # until when, by conversation
        self.file = b"%PDF"
        self._polled = polled
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        async def handle(inbound: Inbound, _: None) -> Outcome:
            return await self.handle(inbound)

        routes: list[Route[None]] = [Route(lambda inbound: True, handle)]
        self.dispatch = Dispatch(
            self.db, self.seal, self.clock, self.networks, routes, None, lambda name: self.wake(name)
        )
        self.connections = {
            name: Connection(
                network,
                self.dispatch.inbox,
                self._sender(network),
                polled=self._polled,
                started=self.dispatch.open,
            )
            for name, network in self.networks.items()
        }
        works = [self.dispatch.run, *(connection.run for connection in self.connections.values())]
        self._tasks = [asyncio.ensure_future(work()) for work in works]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        ended = await asyncio.gather(*self._tasks, return_exceptions=True)
        faults = [error for error in ended if error and not isinstance(error, asyncio.CancelledError)]
        assert not faults, faults

    def wake(self, name: str) -> None:
        self.connections[name].sender.wake()

    async def hear(self, *raws: JSON, network: str = "") -> int:
        """Raw updates arrive, as by webhook."""
        channel = self.networks[network or next(iter(self.networks))]
        return await self.dispatch.inbox.add(channel, raws)

    async def queue(
        self, cause: str, to: str, *replies: Reply, bulk: bool = False, network: str = ""
    ) -> None:
        """Put replies straight into the outbox."""
        name = network or next(iter(self.networks))
        queue = SendQueue(self.networks, self.seal, self.clock)
        sends = [(Address(name, to), reply) for reply in replies]
        await self.db.run(queue.put, cause, sends, BULK if bulk else outbox.REPLY)
        self.wake(name)

    async def inbox_rows(self) -> list[Row]:
        return await self.rows("SELECT * FROM inbox ORDER BY id")

    async def outbox_rows(self) -> list[Row]:
        return await self.rows("SELECT * FROM outbox ORDER BY id")

    async def rows(self, sql: str, **values: Any) -> list[Row]:
        return await self.db.read(lambda tx: tx.rows(sql, **values))

    async def change(self, sql: str, **values: Any) -> None:
        await self.db.run(lambda tx: tx.run(sql, **values))

    async def counts(self) -> dict[str, int]:
        """Rows of both tables that are not finished well."""
        received, sent = await self.db.read(inbox.counts), await self.db.read(outbox.counts)
        both = {f"in {state}": count for state, count in received.items()}
        both |= {f"out {state}": count for state, count in sent.items()}
        return {state: count for state, count in both.items() if count}

    def _sender(self, network: FakeNetwork) -> Sender:
        def forget(tx: Tx, address: Address) -> None:
            self.forgotten.append(address)

        async def content(reference: str) -> bytes:
            if not self.file:
                raise FileNotFoundError(reference)
            return self.file

        def forbid(tx: Tx, address: Address, lost: Set[str], now: str) -> None:
            self.forbidden.append(address)

        def move(tx: Tx, old: Address, conversation: str) -> None:
            self.moved.append((old.conversation, conversation))

        def polled(tx: Tx, cause: str, said: PollAnswer, now: str) -> None:
            self.polled.append((cause, said))

        def resting(tx: Tx, name: str, chats: Collection[str], now: datetime) -> dict[str, datetime]:
            return {at: until for at, until in self.resting.items() if at in chats and until > now}

        aftermath = Aftermath(forget, forbid, move, polled)
        return Sender(network, self.db, self.seal, self.clock, content, aftermath, resting)


@asynccontextmanager
async def journey(folder: Path, *networks: FakeNetwork, **options: Any) -> AsyncIterator[Journey]:
    """A running journey over a new database."""
    db = SqliteDatabase.open(folder / "journey.db")
    made = Journey(db, *networks, **options)
    made.start()
    try:
        yield made
    finally:
        await made.stop()
        await db.close()


class Handling:
    """A handler that keeps what it was given, and fails or waits where it is told to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.faults: dict[str, list[Exception]] = {}
        self.holds: dict[str, asyncio.Event] = {}

    async def __call__(self, inbound: Inbound) -> Outcome:
        word = inbound.text or inbound.payload
        self.seen.append(word)
        if word in self.holds:
            await self.holds[word].wait()
        if faults := self.faults.get(word):
            raise faults.pop(0)
        return await echo(inbound)
