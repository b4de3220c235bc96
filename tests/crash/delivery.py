"""`python -m tests.crash.delivery --chats 10000 --kills 60`: a digest to many chats by a service that is killed and killed.

No chat is left out; only a send under way at a kill may arrive twice, and then it is counted and listed. Exit code 1 for a
broken promise.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from bot import campaigns, outbox
from bot.campaigns import Progress
from bot.clock import SystemClock
from bot.storage.sqlite import SqliteDatabase
from scheduler import digests
from tests.crash import oracle
from tests.crash.bulletin import approve, chat_of, subscribe
from tests.crash.questions import write_library
from tests.crash.sides import TelegramSide
from tests.crash.steps import ANY_TIME, OF_BATCHES, Doom
from tests.crash.victim import Order
from tests.crash.world import Kill, free_port
from tests.crash.zygote import Zygote
from tests.fakes.telegram import FakeTelegram

_OFTEN = (
    "before call",
    "call arrived",
    "call executed",
    "call answered",
    "before record",
    "inside record",
    "after record",
)
_IN_BUNDLES = ("before claim", "inside claim", "after claim")  # some dozen sends each
_AT_START = ("before recovery", "inside recovery", "after recovery")
_PATIENCE = 300.0  # seconds in which a step is reached, or everybody has it


@dataclass(slots=True)
class Report:
    chats: int
    kills: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    doubled: int = 0
    doubts: int = 0
    under_way: int = 0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{count:6}  {step}" for step, count in sorted(self.kills.items())]
        lines += [
            f"{self.kills.total():6}  kills while it went out to {self.chats} chats",
            f"{self.left_out:6}  chats left out",
            f"{self.under_way:6}  sends that a kill interrupted",
            f"{self.doubts:6}  of them counted and listed as doubtful",
            f"{self.doubled:6}  messages that arrived twice",
        ]
        return "\n".join((*lines, *(f"BROKEN {broken}" for broken in self.broken)))


class Readers(TelegramSide):
    """Chats that only read."""

    def _notice(self) -> None:
        FakeTelegram._notice(self)


def plan(kills: int, random: Random) -> list[Kill]:
    """First those while it is being queued; then every other step in turn, wherever the delivery happens to be."""
    made = [Kill(step, random.randint(1, 2)) for step in OF_BATCHES]
    steps: list[str] = []
    while len(made) < kills:
        if not steps:
            steps = random.sample((*_OFTEN, *_IN_BUNDLES, *_AT_START, ANY_TIME), len(_OFTEN) + 7)
        step = steps.pop()
        if step == ANY_TIME:
            made.append(Kill(step, after=random.uniform(0.1, 0.8)))
        else:
            made.append(
                Kill(step, 1 if step in _AT_START else random.randint(1, 15 if step in _OFTEN else 2))
            )
    return made[:kills]


async def run(chats: int, kills: Sequence[Kill], folder: Path) -> Report:
    """`folder` is left with the database and what the victims logged."""
    report = Report(chats)
    await write_library(folder / "hoidap.db")
    db, clock = SqliteDatabase.open(folder / "hoidap.db"), SystemClock()
    await db.run(subscribe, chats, clock)
    prefix = (await db.run(approve, clock)).cause
    await db.close()
    async with Readers() as side, Zygote() as zygote:
        for number in range(chats):
            side.meet(chat_of(number))
        order = _order(folder, side)
        for kill in kills:
            if not await _killed(kill, order, side, zygote, report):
                break
        await zygote.start(order)
        await _until_sent(side, folder)
        zygote.kill()
        await zygote.ended()
    await _sum_up(report, side, folder, prefix)
    return report


async def _killed(kill: Kill, order: Order, side: Readers, zygote: Zygote, report: Report) -> bool:
    """Whether it was reached; else there is nothing left to send."""
    side.doom = Doom(kill.step, kill.passes, zygote.kill)
    await zygote.start(replace(order, step=kill.step, passes=kill.passes))
    ended = asyncio.ensure_future(zygote.ended())
    if kill.step == ANY_TIME:
        await asyncio.wait({ended}, timeout=kill.after)
    else:
        await _until(lambda: ended.done() or _everybody_has_it(side, Path(order.folder), report.chats))
    reached = ended.done() or kill.step == ANY_TIME
    if not ended.done():
        zygote.kill()
    if not await ended:
        report.broken.append(f"{kill}: the service ended by itself, see victim.log")
    side.doom = Doom("", 0, lambda: None)
    report.kills[kill.step] += reached
    report.under_way += len(oracle.being_sent(Path(order.folder)))
    return reached


async def _until(true: Callable[[], bool]) -> None:
    """Another process's end has no event to wait for. Raises TimeoutError."""
    async with asyncio.timeout(_PATIENCE):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def _everybody_has_it(side: Readers, folder: Path, chats: int) -> bool:
    return len({sent.chat_id for sent in side.sent}) == chats and not oracle.unfinished(folder)


async def _until_sent(side: Readers, folder: Path) -> None:
    """Nothing waits, and nothing has come for a while."""
    seen = -1
    while seen < len(side.sent) or oracle.unfinished(folder):
        seen = len(side.sent)
        await asyncio.sleep(1)


async def _sum_up(report: Report, side: Readers, folder: Path, prefix: str) -> None:
    db = SqliteDatabase.open(folder / "hoidap.db")
    rows = await db.read(lambda tx: tx.rows("SELECT conversation, doubts FROM outbox WHERE state = 'sent'"))
    progress = await db.read(campaigns.progress, prefix)
    listed = await db.read(outbox.doubtful, 1_000_000)
    [digest] = await db.read(digests.latest_sent, 10)
    await db.close()
    doubts = {int(row["conversation"]): row["doubts"] for row in rows}
    times = Counter(sent.chat_id for sent in side.sent)
    report.left_out = report.chats - len(times)
    report.doubled = times.total() - len(times)
    report.doubts = progress.doubts
    report.broken += [
        f"{chat} got it {count} times with {doubts[chat]} doubts"
        for chat, count in times.items()
        if count > 1 + doubts[chat]
    ]
    if report.left_out:
        report.broken.append(f"{report.left_out} chats left out")
    if progress != Progress(sent=report.chats, doubts=report.doubts) or digest.chats != report.chats:
        report.broken.append(f"{progress}, and {digest.chats} chats stand in the digest")
    if report.doubts > report.under_way or len(listed) != sum(count > 0 for count in doubts.values()):
        report.broken.append(f"{report.doubts} doubts, {report.under_way} under way, {len(listed)} listed")
    log = folder / "victim.log"
    lines = log.read_text().splitlines() if log.exists() else []
    report.broken += [line for line in lines if "ERROR" in line or "CRITICAL" in line]


def _order(folder: Path, side: Readers) -> Order:
    return Order(
        str(folder), free_port(), side.url, side.token, "", "", "", "", False, "never", 1, digests=True
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.delivery", description=__doc__)
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(
            run(arguments.chats, plan(arguments.kills, Random(arguments.seed)), Path(folder))
        )
    print(report)
    print(f"{time.monotonic() - started:6.0f}  seconds")
    return int(bool(report.broken))


if __name__ == "__main__":
    sys.exit(main())
