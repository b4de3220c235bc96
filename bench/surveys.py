"""Twenty thousand answers to a poll in ten minutes, through the loopback Telegram and Zalo Bot, with their limits on.

python -m bench.surveys [--minutes 10]

People come one after another, and each waits for the next question before they answer it, as people do. A message that they
send is an answer: to the consent, to a question, "Gửi" at the end. What is measured is the time from its arrival until the
next question is there. Both sides are processes of their own; the poll is counted as in the service, only more often.
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
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing.connection import Connection
from random import Random

import aiohttp

from bench.throughput import process, processor_seconds
from bot import inbox
from bot.app import Bot
from bot.channels.base import Channel
from bot.clock import SystemClock
from bot.memory import ChannelMemory
from bot.model import Tx
from bot.networks import key_folder, telegram, zalo_bot
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from surveys import polls, surveys
from surveys.polls import PollDraft, Question
from surveys.running import Running, end_early, open_poll
from tests.fakes.telegram import TOKEN, FakeTelegram, Rates
from tests.fakes.zalo_bot import TOKEN as ZALO_TOKEN
from tests.fakes.zalo_bot import FakeZaloBot

CODE = "k7m2q9"
QUESTIONS = (
    Question("one", "Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa phường", "Zalo", "Họp tổ dân phố")),
    Question("one", "Bạn bao nhiêu tuổi?", ("Dưới 30", "30–59", "Từ 60"), crossing=True),
    Question("scale", "Bạn hài lòng với bộ phận một cửa không?"),
)
ANSWERS = 5  # of one person: consent, three questions, "Gửi"
# Messages a second that arrive on each network; their limits are 30 and 10 that we send.
TELEGRAM, ZALO = 26.0, 8.0
THINKING = 1.5  # seconds between reading a question and answering it
BETWEEN_ROUNDS = 1.0  # seconds; a minute in the service
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Seen:
    waits: tuple[float, ...]  # seconds from an answer to the next question
    unanswered: int
    voters: int
    took: float
    refused: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    report(*measure(parser.parse_args().minutes))


def measure(minutes: float) -> tuple[Seen, int, float]:
    """What people saw, the ballots that were counted, and the seconds of processor time that the bot took."""
    near, far = _SPAWN.Pipe()
    orders, told = _SPAWN.Pipe()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(process(far_side, far, minutes))
        far.close()  # so that a far side that dies is noticed
        bot = stack.enter_context(process(ours, *near.recv(), folder, told))
        told.close()
        orders.recv()
        before = processor_seconds(bot)
        near.send("go")
        seen: Seen = near.recv()
        used = processor_seconds(bot) - before
        orders.send("close")
        return seen, orders.recv(), used


def report(seen: Seen, counted: int, processor: float) -> None:
    waits = sorted(seen.waits) or [0.0]
    p95 = waits[int(0.95 * (len(waits) - 1))]
    print(f"{len(seen.waits)} answers of {seen.voters} people in {seen.took:.0f} s")
    print(
        f"next question after {statistics.median(waits):.3f} s (median), {p95:.3f} s (p95), {waits[-1]:.3f} s (slowest)"
    )
    print(f"{seen.unanswered} without a reply, {seen.refused} refused with 429; {counted} ballots counted")
    print(f"{processor / max(1, len(seen.waits)) * 1000:.1f} ms of processor an answer")


def far_side(connection: Connection, minutes: float) -> None:
    async def run() -> None:
        async with FakeTelegram(rates=Rates()) as one, FakeZaloBot() as other:
            connection.send((one.url, other.url))
            await asyncio.to_thread(connection.recv)
            connection.send(await _crowd(one, other, minutes * 60))
            await asyncio.Event().wait()

    asyncio.run(run())


async def _crowd(one: FakeTelegram, other: FakeZaloBot, seconds: float) -> Seen:
    begun, random = time.monotonic(), Random(57)
    waits: list[float] = []
    missing: list[str] = []

    async def on_telegram(number: int) -> None:
        chat = 1_000_000 + number
        one.meet(chat)

        async def answer(turn: int, words: str) -> float:
            one.press(chat, turn, f"poll/{CODE}/{words}")
            return (await one.replies(chat, turn, within=30))[turn - 1].at

        choices = (f"{at}o{random.randint(1, question.choices)}" for at, question in enumerate(QUESTIONS, 1))
        await _person(("yes", *choices, "send"), answer, waits, missing)

    async def on_zalo(number: int) -> None:
        chat = f"{number:020x}"

        async def answer(turn: int, words: str) -> float:
            other.text(chat, words)
            return (await other.replies(chat, turn, within=30))[turn - 1].at

        choices = (str(random.randint(1, question.choices)) for question in QUESTIONS)
        # The introduction of the poll, its consent by "1", and "Gửi", which stands first below the look back.
        await _person((CODE, "1", *choices, "1"), answer, waits, missing)

    async with asyncio.TaskGroup() as coming:
        coming.create_task(_arrive(on_telegram, TELEGRAM / ANSWERS, begun + seconds))
        coming.create_task(_arrive(on_zalo, ZALO / (ANSWERS + 1), begun + seconds))
    people = len({sent.chat_id for sent in one.sent}) + len({sent.chat_id for sent in other.sent})
    return Seen(tuple(waits), len(missing), people, time.monotonic() - begun, one.floods)


async def _arrive(person: Callable[[int], Awaitable[None]], per_second: float, until: float) -> None:
    """So many begin in a second, evenly; until the end."""
    async with asyncio.TaskGroup() as there:
        begun = time.monotonic()
        for number in itertools.count():
            at = begun + number / per_second
            if at >= until:
                break
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            there.create_task(_awaited(person(number)))


async def _awaited(person: Awaitable[None]) -> None:
    await person


async def _person(
    words: tuple[str, ...],
    answer: Callable[[int, str], Awaitable[float]],
    waits: list[float],
    missing: list[str],
) -> None:
    for turn, said in enumerate(words, 1):
        at = time.monotonic()
        try:
            waits.append(await answer(turn, said) - at)
        except TimeoutError:
            missing.append(said)
            return
        await asyncio.sleep(THINKING)


def ours(telegram_url: str, zalo_url: str, folder: str, orders: Connection) -> None:
    """The service with everything but its web server."""

    async def run() -> None:
        settings = Settings(
            database_url=f"sqlite:///{folder}/hoidap.db",
            telegram_bot_token=TOKEN,
            telegram_api_url=telegram_url,
            zalo_bot_token=ZALO_TOKEN,
            zalo_bot_api_url=zalo_url,
        )
        db, clock, keys = SqliteDatabase.open(settings.database_path), SystemClock(), key_folder(settings)
        seal, secret = keys.seal(), keys.secret()
        async with aiohttp.ClientSession() as session:
            nobody = AdministratorNotices(db, SendQueue({}, seal, clock), {}, ())
            memory = ChannelMemory(db, seal, clock, "zalo-bot")
            networks: list[Channel] = [
                telegram(settings, secret, session),
                zalo_bot(settings, secret, session, memory, nobody, clock),
            ]
            bot = Bot(settings, db, keys, seal, clock, networks)
            await db.run(_launch, bot, clock)
            running = Running(db, bot.box, clock, inbox.waits)
            async with bot.running():
                counting = asyncio.create_task(_count(running))
                await asyncio.sleep(2)  # the networks are there
                orders.send("ready")
                await asyncio.to_thread(orders.recv)
                counting.cancel()
                await db.run(end_early, 1, clock.now())
                await running.round()
                orders.send(await db.read(_ballots))

    asyncio.run(run())


async def _count(running: Running) -> None:
    while True:
        await running.round()
        await asyncio.sleep(BETWEEN_ROUNDS)


def _launch(tx: Tx, bot: Bot, clock: SystemClock) -> None:
    now, day = clock.now(), date(2026, 11, 1)
    survey = surveys.add(tx, "Chuyển đổi số", "biết bà con cần gì", day, day + timedelta(90), (), now)
    draft = PollDraft("Bà con và chuyển đổi số", QUESTIONS)
    key = polls.add(tx, survey, draft, CODE, now + timedelta(days=1), now)
    polls.move(tx, key, "approved", among_states=("draft",), now=now)
    open_poll(tx, bot.box, key, now)


def _ballots(tx: Tx) -> int:
    cells = tx.rows("SELECT option, times FROM poll_counters WHERE question = 0 AND crossing = 0")
    return Counter({row["option"]: row["times"] for row in cells})[0]


if __name__ == "__main__":
    main()
