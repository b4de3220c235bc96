"""A digest to ten thousand chats through the loopback Telegram with its real limits, while people go on asking.

python -m bench.delivery [--chats 10000]

30 messages a second over all, one a second to a chat, twenty a minute to a group: the far side answers 429 to what is more,
and nobody waits on either side for anything else. Every fifth chat is a group. The digest is approved, queued and sent as in
the service; meanwhile somebody asks twice a second. Ten thousand chats take six minutes, by the limits alone.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import multiprocessing
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection

import aiohttp

from bench.throughput import process, processor_seconds, questions
from bot.app import Bot
from bot.clock import SystemClock
from bot.commands.knowledge import load_starter
from bot.networks import key_folder, telegram
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from tests.crash.bulletin import EVERY_FIFTH, approve, chat_of, subscribe
from tests.fakes.telegram import TOKEN, FakeTelegram, Rates

_ASKERS, _FIRST_ASKER, _BETWEEN = 40, 90_000_001, 0.5  # people, the name of the first, seconds
_LOOK = 0.5  # seconds between two rounds of the scheduler, as it has one a minute
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the far side saw from the approval until the last chat had the digest; seconds."""

    took: float
    messages: int  # also answers
    left_out: int
    doubled: int
    refused: int
    waits: tuple[float, ...]  # from a question to its answer
    unanswered: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=10_000)
    wanted = parser.parse_args()
    report(wanted.chats, *measure(wanted.chats))


def measure(chats: int) -> tuple[Seen, float]:
    """What was seen, and the seconds of processor time that the bot took."""
    near, far = _SPAWN.Pipe()
    orders, told = _SPAWN.Pipe()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(process(far_side, far, chats))
        far.close()  # so that a far side that dies is noticed
        bot = stack.enter_context(process(ours, near.recv(), folder, chats, told))
        told.close()
        orders.recv()  # everybody has subscribed
        near.recv()  # those who will ask have been introduced
        before = processor_seconds(bot)
        near.send("approved")
        orders.send("approve")
        seen: Seen = near.recv()
        return seen, processor_seconds(bot) - before


def report(chats: int, seen: Seen, processor: float) -> None:
    allowed = seen.messages / Rates().per_second
    waits = sorted(seen.waits) or [0.0]
    p95 = waits[int(0.95 * (len(waits) - 1))]
    print(f"{chats} chats, of them {chats // EVERY_FIFTH} groups; {seen.messages} messages with the answers")
    print(
        f"{seen.took:.1f} s from the approval to the last chat; {allowed:.1f} s by the limits: {seen.took / allowed:.3f}"
    )
    print(f"{seen.left_out} chats left out, {seen.doubled} messages twice, {seen.refused} refused with 429")
    print(
        f"{len(seen.waits)} questions meanwhile: answered after {statistics.median(waits):.3f} s (median), "
        f"{p95:.3f} s (p95), {waits[-1]:.3f} s (slowest); {seen.unanswered} without an answer"
    )
    print(f"{processor / seen.messages * 1000:.1f} ms of processor a message")


def far_side(connection: Connection, chats: int) -> None:
    async def run() -> None:
        async with FakeTelegram(rates=Rates()) as fake:
            for number in range(chats):
                fake.meet(chat_of(number))
            connection.send(fake.url)
            for asker in range(_ASKERS):
                fake.text(_FIRST_ASKER + asker, "xin chào")
            await fake.until(lambda: len({sent.chat_id for sent in fake.sent}) == _ASKERS, within=60)
            await asyncio.sleep(3)  # the introductions of some are two messages
            connection.send("warm")
            await asyncio.to_thread(connection.recv)
            connection.send(await _watch(fake, chats))
            await asyncio.Event().wait()

    asyncio.run(run())


async def _watch(fake: FakeTelegram, chats: int) -> Seen:
    """From now until every chat has the digest, or nothing has come for a while."""
    wanted = {chat_of(number) for number in range(chats)}
    begun, first = time.monotonic(), len(fake.sent)
    asked: list[float] = []
    waits: list[float] = []
    asking = asyncio.create_task(_ask(fake, asked, waits))
    seen, quiet = first, 0
    while wanted and quiet < 30:  # seconds in which nothing comes
        await asyncio.sleep(1)
        quiet = quiet + 1 if len(fake.sent) == seen else 0
        wanted -= {sent.chat_id for sent in fake.sent[seen:]}
        seen = len(fake.sent)
    asking.cancel()
    sent = [each for each in fake.sent[first:] if each.chat_id < _FIRST_ASKER]
    times = Counter(each.chat_id for each in sent)
    last = max((each.at for each in sent), default=begun)
    return Seen(
        last - begun,
        sum(each.at <= last for each in fake.sent[first:]),
        chats - len(times),
        sum(times.values()) - len(times),
        fake.floods,
        tuple(waits),
        len(asked) - len(waits),
    )


async def _ask(fake: FakeTelegram, asked: list[float], waits: list[float]) -> None:
    """Twice a second somebody else asks; each waits for the answer, at most as long as it takes until it is their turn."""
    answering = set()

    async def answered(asker: int, before: int, at: float) -> None:
        with contextlib.suppress(TimeoutError):
            found = await fake.replies(asker, before + 1, within=_ASKERS * _BETWEEN - 1)
            waits.append(found[before].at - at)

    texts = questions()
    for turn in itertools.count():
        asker = _FIRST_ASKER + turn % _ASKERS
        before = len(await fake.replies(asker, 0))
        asked.append(time.monotonic())
        fake.text(asker, texts[turn * 7 % len(texts)])
        task = asyncio.create_task(answered(asker, before, asked[-1]))
        answering.add(task)
        task.add_done_callback(answering.discard)
        await asyncio.sleep(_BETWEEN)


def ours(url: str, folder: str, chats: int, orders: Connection) -> None:
    """The service with everything but its web server; it sends the digest when told to."""

    async def run() -> None:
        settings = Settings(
            database_url=f"sqlite:///{folder}/hoidap.db", telegram_bot_token=TOKEN, telegram_api_url=url
        )
        db, clock, keys = SqliteDatabase.open(settings.database_path), SystemClock(), key_folder(settings)
        await load_starter(db, clock)
        await db.run(subscribe, chats, clock)
        async with aiohttp.ClientSession() as session:
            channel = telegram(settings, keys.secret(), session)
            bot = Bot(settings, db, keys, keys.seal(), clock, [channel])
            async with bot.running():
                orders.send("ready")
                await asyncio.to_thread(orders.recv)
                await db.run(approve, clock)
                while True:
                    await bot.digests.go_on()
                    await asyncio.sleep(_LOOK)

    asyncio.run(run())


if __name__ == "__main__":
    main()
