"""One world: a database, loopback networks that outlive everything, people who ask, and a service that is killed."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot import outbox
from bot.storage.sqlite import SqliteDatabase
from tests.crash import oracle
from tests.crash.oracle import Row
from tests.crash.people import Browser, Chat, Conversation, ask_on
from tests.crash.questions import QUESTIONS
from tests.crash.sides import TelegramSide, ZaloBotSide, ZaloOASide
from tests.crash.steps import ANY_TIME, Doom
from tests.crash.victim import Order
from tests.crash.zygote import Zygote

CHATS, ZALO_CHATS, OA_CHATS, BROWSERS = 3, 2, 2, 3
_UNREACHED = 60.0  # seconds after which a step is taken for one that does not exist any more
_SETTLED = 60.0


@dataclass(frozen=True, slots=True)
class Kill:
    """At the n-th pass of a step; at "any time" so many seconds after the start."""

    step: str
    passes: int = 1
    after: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.step} ({self.after:.2f} s)" if self.step == ANY_TIME else f"{self.step} ({self.passes})"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is random about a world comes from its seed."""

    seed: int
    webhook: bool
    kills: tuple[Kill, ...]

    def __str__(self) -> str:
        return (
            f"seed {self.seed}, {'webhook' if self.webhook else 'polling'}: {', '.join(map(str, self.kills))}"
        )


@dataclass(slots=True)
class Report:
    plan: Plan
    acknowledged: Counter[str] = field(default_factory=Counter)  # by channel
    answered: int = 0
    doubled: int = 0
    doubts: int = 0
    under_way: int = 0  # sends that a kill interrupted, on networks that know no keys
    lost_in_flight: int = 0  # messages that Zalo gave to a poll and that were not yet stored at a kill
    broken: list[str] = field(default_factory=list)


class World:
    def __init__(self, plan: Plan, folder: Path, zygote: Zygote) -> None:
        self._plan = plan
        self._folder = folder
        self._zygote = zygote
        self._port = free_port()
        self._random = Random(plan.seed)
        self._telegram = TelegramSide()
        self._zalo_bot = ZaloBotSide()
        self._zalo_oa = ZaloOASide()
        self._browsers: list[Browser] = []
        self._chats: list[Chat] = []
        self._under_way: Counter[Row] = Counter()

    async def run(self, template: Path) -> Report:
        """Kill as planned, let everything settle, and check the promises."""
        self._folder.mkdir(parents=True)
        shutil.copy(template, self._folder / "hoidap.db")
        report = Report(self._plan)
        enough = asyncio.Event()
        async with AsyncExitStack() as stack:
            for side in (self._telegram, self._zalo_bot, self._zalo_oa):
                await stack.enter_async_context(side)
            self._invite()
            for browser in self._browsers:
                stack.push_async_callback(browser.close)
            listening = [asyncio.create_task(browser.listen()) for browser in self._browsers]
            stack.push_async_callback(_cancel, listening)
            asking = [
                asyncio.create_task(ask_on(person, Random(self._random.getrandbits(32)), enough))
                for person in self._people
            ]
            stack.push_async_callback(_cancel, asking)
            try:
                for kill in self._plan.kills:
                    report.broken += await self._kill(kill)
                    report.lost_in_flight += self._take_stock()
                enough.set()
                for who in self._conversations:
                    who.changed.set()
                report.broken += await self._serve_in_peace(asking)
                # Once more: whatever a restart says again comes before the answer to one more question.
                report.broken += await self._serve_in_peace(
                    person.ask(_another_question(person.conversation)) for person in self._people
                )
            finally:
                self._zygote.kill()
        await self._sum_up(report)
        return report

    def _invite(self) -> None:
        url = f"http://127.0.0.1:{self._port}"
        self._zalo_oa.webhook = f"{url}/webhook/zalo-oa"
        names: list[tuple[TelegramSide | ZaloBotSide | ZaloOASide, list[str]]] = [
            (self._telegram, [str(7000 + number) for number in range(CHATS)]),
            (self._zalo_bot, [f"{number:020x}" for number in range(ZALO_CHATS)]),
            # An Official Account delivers to a webhook only.
            (self._zalo_oa, [str(9000 + number) for number in range(OA_CHATS if self._plan.webhook else 0)]),
        ]
        for side, chats in names:
            for name in chats:
                chat = Chat(side, name, Random(self._random.getrandbits(32)))
                self._chats.append(chat)
                side.chats.by_name[name] = chat.conversation
        for _ in range(BROWSERS):
            self._browsers.append(Browser(url, Random(self._random.getrandbits(32))))

    async def _kill(self, kill: Kill) -> list[str]:
        """Serve until the kill; then nothing that was acknowledged may be missing."""
        self._set_doom(Doom(kill.step, kill.passes, self._zygote.kill))
        await self._zygote.start(self._order(kill))
        if kill.step == ANY_TIME:
            await asyncio.sleep(kill.after)
            self._zygote.kill()
        broken = []
        try:
            async with asyncio.timeout(_UNREACHED):
                if not await self._zygote.ended():
                    broken.append(f"{kill}: the service ended by itself, see {self._folder}/victim.log")
        except TimeoutError:
            self._zygote.kill()
            await self._zygote.ended()
            broken.append(f"{kill}: this step was not reached")
        self._set_doom(Doom("", 0, lambda: None))
        now = oracle.stored(self._folder)
        self._under_way.update(row for row in now.sending if row[0] != "web")
        return broken + [f"{kill}: {what}" for what in oracle.lost(self._conversations, now)]

    async def _serve_in_peace(self, asking: Iterable[Awaitable[None]]) -> list[str]:
        """Serve until these have asked and all is answered; then kill the service idle."""
        await self._zygote.start(self._order(Kill("never")))
        broken = []
        try:
            async with asyncio.timeout(_SETTLED):
                await asyncio.gather(*asking)
                # Another process's database has no event to wait for.
                while self._unread or oracle.unfinished(self._folder):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                for browser in self._browsers:
                    await _until_answered(browser.conversation)
        except TimeoutError:
            broken.append("not everything was answered")
        self._zygote.kill()
        await self._zygote.ended()
        return broken

    @property
    def _unread(self) -> bool:
        return bool(self._telegram.unconfirmed or self._zalo_bot.waiting or self._zalo_oa.waiting)

    def _take_stock(self) -> int:
        return self._zalo_bot.take_stock(oracle.stored(self._folder).inbox)

    async def _sum_up(self, report: Report) -> None:
        conversations = self._conversations
        report.lost_in_flight += self._take_stock()
        if self._plan.webhook and report.lost_in_flight:
            report.broken.append(f"{report.lost_in_flight} messages were lost although there is a webhook")
        now = oracle.stored(self._folder)
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        listed = await db.read(outbox.doubtful, 10_000)
        await db.close()
        for who in conversations:
            report.broken += oracle.wrongly_answered(who, now.doubts)
        report.broken += oracle.lost(conversations, now)
        report.broken += oracle.wrongly_counted(conversations, now)
        report.broken += oracle.wrongly_doubted(now, self._under_way, len(listed))
        if now.parked:
            report.broken.append(f"{now.parked} rows are parked")
        report.broken += [line for line in self._log() if "ERROR" in line or "CRITICAL" in line]
        report.acknowledged = Counter(
            who.channel for who in conversations for message in who.asked if message.acknowledged
        )
        report.answered = sum(len(who.received) - oracle.doubled(who) for who in conversations)
        report.doubled = sum(oracle.doubled(who) for who in conversations)
        report.doubts = now.doubts.total()
        report.under_way = self._under_way.total()

    def _log(self) -> list[str]:
        """What the victims logged: warnings and worse."""
        log = self._folder / "victim.log"
        return log.read_text().splitlines() if log.exists() else []

    @property
    def _people(self) -> list[Chat | Browser]:
        return [*self._chats, *self._browsers]

    @property
    def _conversations(self) -> list[Conversation]:
        return [person.conversation for person in self._people]

    def _order(self, kill: Kill) -> Order:
        return Order(
            str(self._folder),
            self._port,
            self._telegram.url,
            self._telegram.token,
            self._zalo_bot.url,
            self._zalo_bot.token,
            self._zalo_oa.url,
            # A new one for each start: a kill between Zalo's rotation and our commit is mended as people mend it.
            self._zalo_oa.issue()[1],
            self._plan.webhook,
            kill.step,
            kill.passes,
        )

    def _set_doom(self, doom: Doom) -> None:
        for side in (self._telegram, self._zalo_bot, self._zalo_oa):
            side.doom = doom
        for browser in self._browsers:
            browser.doom = doom


def _another_question(who: Conversation) -> str:
    """None of the last ones: the same answer twice in a row would look like one that was doubled, also where what
    was asked in between was given up."""
    latest = {message.question for message in who.asked[-5:]}
    return next(question for question in QUESTIONS if question not in latest)


async def _until_answered(who: Conversation) -> None:
    while oracle.wrongly_answered(who, Counter()):
        who.changed.clear()
        await who.changed.wait()


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
