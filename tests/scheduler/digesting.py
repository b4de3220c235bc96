"""A department with documents, schedules and recipients, over a real database and networks in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

from bot.audience import groups, subscriptions
from bot.audience.department import Department
from bot.audience.subscriptions import Subscription
from bot.channels.base import Limits, Pace
from bot.model import Address, Text, Tx
from bot.outbox import place
from bot.payloads import from_bytes
from bot.queueing import SendQueue
from bot.sealing import Seal
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from knowledge import documents
from knowledge.documents import DocumentDraft
from scheduler import digests, schedules
from scheduler.digests import Digest
from scheduler.distribution import Distribution
from scheduler.mailing import Mailing
from scheduler.media import Media
from scheduler.schedule_words import parse
from scheduler.schedules import Schedule
from tests.fakes.network import FakeNetwork
from tests.fakes.time import MovedClock

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # 10:00; the digest of the tests is due on Monday at 07:30
DUE = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
WEEKLY = Schedule("Hằng tuần", parse("thứ Hai hàng tuần 07:30"))
DOCUMENT = DocumentDraft(
    "57-NQ/TW",
    "Nghị quyết",
    "Về đột phá phát triển khoa học, công nghệ",
    "Bộ Chính trị",
    "Trung ương",
    summary="Khoa học là đột phá quan trọng. Người dân là trung tâm. Câu thứ ba không gửi.",
    topics=("Khoa học",),
    status="in force",
)
LAN, HOA = Address("net", "lan"), Address("net", "hoa")
GROUP = Address("net", "group-1")


class Office:
    """`at` local time everything is done that is due, by one or more processes on the same database."""

    def __init__(self, db: SqliteDatabase, clock: MovedClock, seal: Seal, *networks: FakeNetwork) -> None:
        self.db, self.clock, self.seal = db, clock, seal
        self.networks: Mapping[str, FakeNetwork] = {each.name: each for each in networks} or {
            "net": FakeNetwork(limits=Limits(text=4096, buttons=20, label=40), pace=Pace(per_second=10))
        }
        self.media = Media(self.networks, "https://bot.example")
        self.settings = Department()
        self.drawable, self.faulty = True, ""
        self._numbers = count(1)

    def process(self, db: SqliteDatabase | None = None) -> Distribution:
        mailing = Mailing(
            db or self.db,
            SendQueue(self.networks, self.seal, self.clock),
            self.media,
            VIET_NAM,
            department=lambda: self.settings,
            queued=lambda name: None,
        )
        return Distribution(db or self.db, self.clock, VIET_NAM, mailing, token=self.token, draws=self.draws)

    async def draws(self, code: str) -> bool:
        if code == self.faulty:
            raise RuntimeError("a fault of the pictures")
        return self.drawable

    def token(self) -> str:
        return f"{next(self._numbers):012x}"[::-1]

    async def go_on(self) -> None:
        await self.process().go_on()

    async def has(self, schedule: Schedule) -> Schedule:
        return await self.db.run(schedules.save, schedule, None, self.clock.now(), VIET_NAM)

    async def publish(self, draft: DocumentDraft) -> int:
        return await self.db.run(documents.save, draft, self.clock.now())

    async def subscribe(self, *people: Subscription | Address) -> None:
        for each in people:
            wanted = each if isinstance(each, Subscription) else Subscription(each)
            await self.db.run(subscriptions.keep, wanted, self.clock.now())

    async def group(self, at: Address, **values: object) -> None:
        def add(tx: Tx) -> None:
            groups.add(tx, at, self.clock.now(), "Tổ dân phố 3")
            found = groups.find(tx, at)
            assert found
            groups.change(tx, found.key, None, self.clock.now(), state="on", **values)

        await self.db.run(add)

    async def digest(self) -> Digest:
        """The only one there is."""
        rows = await self.db.read(lambda tx: tx.rows("SELECT key FROM digests"))
        assert len(rows) == 1, rows
        return await self.by_key(rows[0]["key"])

    async def by_key(self, key: int) -> Digest:
        found = await self.db.read(digests.by_key, key)
        assert found
        return found

    async def approve(self) -> None:
        await self.db.run(digests.approve, (await self.digest()).key, None, self.clock.now())

    async def rows(self) -> list[Row]:
        """What has been queued."""
        return await self.db.read(lambda tx: tx.rows("SELECT * FROM outbox ORDER BY id"))

    async def queued(self) -> dict[str, list[str]]:
        """The texts for each conversation."""
        texts: dict[str, list[str]] = {}
        for row in await self.rows():
            texts.setdefault(row["conversation"], []).append(self.text(row))
        return texts

    def text(self, row: Row) -> str:
        reply = from_bytes(self.seal.open(row["payload"], place(row["cause"], row["position"])))
        assert isinstance(reply, Text)
        return reply.plain

    async def queued_last(self) -> str:
        """The text of the last message that was queued."""
        return self.text((await self.rows())[-1])

    async def everything_arrives(self) -> None:
        await self.db.run(
            lambda tx: tx.run("UPDATE outbox SET state = 'sent', payload = NULL WHERE state = 'waiting'")
        )


def automatic(schedule: Schedule = WEEKLY) -> Schedule:
    return replace(schedule, automatic=True)
