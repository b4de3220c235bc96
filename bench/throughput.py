"""Questions per second through the loopback Telegram: the whole service beside a python-telegram-bot echo without storage.

Run `python -m bench.throughput`. Ours: polling, inbox, matching with the starter knowledge, outbox, sendMessage, over SQLite
with `synchronous=FULL` on disk. Theirs: Application with an echo handler. The far side, and each bot, is a process of its
own; rounds alternate; no pace on either side. Also the memory of the idle service and the time until it is ready.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import logging
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.app import Bot
from bot.clock import SystemClock
from bot.commands.knowledge import load_starter
from bot.networks import key_folder, telegram
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from knowledge.starting import FOLDER
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.unpaced import Unpaced

_WARM_UP = 100  # updates that are not counted
_PATIENCE = 10.0  # seconds without an answer
_SPAWN = multiprocessing.get_context("spawn")

Run = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Round:
    """answers a second; milliseconds of processor time that the bot took for each; updates that got no answer."""

    rate: float
    processor: float
    unanswered: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=2000, help="in each round")
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    print_throughput(wanted.updates, wanted.chats, wanted.rounds)
    print_idle()


def print_throughput(updates: int, chats: int, rounds: int) -> None:
    bots: dict[str, Run] = {
        "hoidap, everything stored": ours,
        "echo": echo,
        "echo, concurrent updates": concurrent_echo,
    }
    measured: dict[str, list[Round]] = {name: [] for name in bots}
    for number in range(rounds):
        for name, run in bots.items():
            measured[name].append(measure(run, updates, chats, seed=number))
    print(f"{updates} updates from {chats} chats, {rounds} rounds each in turn; answers a second")
    for name, results in measured.items():
        rates = [result.rate for result in results]
        processor = statistics.median(result.processor for result in results)
        shown = " ".join(f"{rate:5.0f}" for rate in rates)
        lost = sum(result.unanswered for result in results)
        print(
            f"{name:27} {statistics.median(rates):5.0f}   [{shown}]   {processor:.2f} ms of processor each"
            f"{f', {lost} never answered' if lost else ''}"
        )
    mine, *others = measured
    for other in others:
        ratios = [a.rate / b.rate for a, b in zip(measured[mine], measured[other], strict=True)]
        print(f"{statistics.median(ratios):.2f} of {other} (median of the rounds)")


def measure(run: Run, updates: int, chats: int, seed: int) -> Round:
    """One bot against a far side of its own, from the first update until the last answer has arrived."""
    near, far = _SPAWN.Pipe()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(process(far_side, far, updates, chats, seed))
        far.close()  # so that a far side that dies is noticed
        bot = stack.enter_context(process(run, near.recv(), folder))
        near.recv()  # warm
        before = processor_seconds(bot)
        near.send("go")
        seconds, answered = near.recv()
        processor = processor_seconds(bot) - before
    return Round(answered / seconds, processor / answered * 1000, updates - answered)


def far_side(connection: Connection, updates: int, chats: int, seed: int) -> None:
    async def run() -> None:
        random = Random(seed)
        texts = questions()
        async with FakeTelegram() as fake:
            connection.send(fake.url)
            for number in range(_WARM_UP):
                fake.text(1_000_000 + number % 20, random.choice(texts))
            await fake.until(lambda: len(fake.sent) >= _WARM_UP and not fake.unconfirmed, within=60)
            connection.send("warm")
            await asyncio.to_thread(connection.recv)
            started = time.monotonic()
            for number in range(updates):
                fake.text(1 + number % chats, random.choice(texts))
            await _answered(fake, _WARM_UP + updates)
            connection.send((fake.sent[-1].at - started, len(fake.sent) - _WARM_UP))
            await asyncio.Event().wait()

    asyncio.run(run())


async def _answered(fake: FakeTelegram, wanted: int) -> None:
    """Until there are that many, or none has come for a while: a bot that stores nothing may lose some."""
    there = -1
    while there < len(fake.sent) < wanted:
        there = len(fake.sent)
        with contextlib.suppress(TimeoutError):
            await fake.until(lambda: len(fake.sent) >= wanted, within=_PATIENCE)


def ours(url: str, folder: str) -> None:
    async def run() -> None:
        settings = Settings(
            database_url=f"sqlite:///{folder}/hoidap.db", telegram_bot_token=TOKEN, telegram_api_url=url
        )
        db, clock, keys = SqliteDatabase.open(settings.database_path), SystemClock(), key_folder(settings)
        await load_starter(db, clock)
        async with aiohttp.ClientSession() as session:
            channel = Unpaced(telegram(settings, keys.secret(), session))
            async with Bot(settings, db, keys, keys.seal(), clock, [channel]).running():
                gc.freeze()  # as `serve` does
                await asyncio.Event().wait()

    asyncio.run(run())


def echo(url: str, folder: str) -> None:  # noqa: ARG001 - as every bot here
    _echo(url, concurrent=False)


def concurrent_echo(url: str, folder: str) -> None:  # noqa: ARG001
    _echo(url, concurrent=True)


def _echo(url: str, *, concurrent: bool) -> None:
    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_text(update.message.text)

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").job_queue(None)
    application = builder.concurrent_updates(concurrent).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    logging.disable()  # it reports each lost answer with pages of stack
    application.run_polling()


def print_idle() -> None:
    """The command as an operator starts it, on a new database and again on the same."""
    with tempfile.TemporaryDirectory() as folder:
        for what in ("first start, loading the starter knowledge", "every other start"):
            seconds, megabytes = _start(folder)
            print(f"{what}: ready after {seconds:.2f} s; idle {megabytes:.0f} MB")


def _start(folder: str) -> tuple[float, float]:
    """Seconds from the start of the process to the first 200 of /readyz; resident megabytes a moment later."""
    port = 18_471
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": f"sqlite:///{folder}/hoidap.db",
        "PORT": str(port),
    }
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "serve"]
    root = Path(__file__).parents[1]
    serve = subprocess.Popen(
        command,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _is_ready(f"http://127.0.0.1:{port}/readyz"):
            time.sleep(0.01)
        seconds = time.perf_counter() - started
        time.sleep(2)
        return seconds, _resident_megabytes(serve.pid)
    finally:
        serve.terminate()
        serve.wait()


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def questions() -> list[str]:
    lines = (FOLDER / "entries.jsonl").read_text("utf-8").splitlines()
    entries: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [text for entry in entries for text in (entry["question"], *entry["phrasings"])]


def _resident_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def processor_seconds(process: BaseProcess) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def process(target: Callable[..., None], *arguments: object) -> Iterator[BaseProcess]:
    process = _SPAWN.Process(target=target, args=arguments, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    main()
