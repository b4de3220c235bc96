"""Questions per second through Zalo Bot beside Telegram: the same bot, library and machine, each over its loopback fake.

python -m bench.zalo_bot [--questions 1000]

By webhook and by polling; without the platforms' pace, which is what limits a real service.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import tempfile
import time
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.app import Bot
from bot.clock import SystemClock
from bot.memory import ChannelMemory
from bot.networks import key_folder, telegram, zalo_bot
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from tests.crash.questions import LONG, QUESTIONS, write_library
from tests.crash.steps import Doom, doomed_to
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import FakeZaloBot
from web.server import Server
from web.webhooks import add_webhooks

PEOPLE = 100
SHORT = [question for question in QUESTIONS if question != LONG]


async def measure(network: str, webhook: bool, questions: int) -> float:
    """Questions answered in a second, from the first asked to the last answer on the far side."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        await write_library(Path(folder) / "hoidap.db")
        async with FakeTelegram(http_webhooks=True) as far, FakeZaloBot(http_webhooks=True) as zalo:
            settings = Settings(
                database_url=f"sqlite:///{folder}/hoidap.db",
                public_url=f"http://127.0.0.1:{port}" if webhook else None,
                telegram_bot_token=far.token,
                telegram_api_url=far.url,
                zalo_bot_token=zalo.token,
                zalo_bot_api_url=zalo.url,
            )
            return await _measure(network, settings, port, far if network == "telegram" else zalo, questions)


async def _measure(
    network: str, settings: Settings, port: int, far: FakeTelegram | FakeZaloBot, questions: int
) -> float:
    keys, clock, nowhere = key_folder(settings), SystemClock(), Doom("", 0, lambda: None)
    seal, secret = keys.seal(), keys.secret()
    db = SqliteDatabase.open(settings.database_path)
    async with aiohttp.ClientSession() as session:
        memory = ChannelMemory(db, seal, clock, "zalo-bot")
        nobody = AdministratorNotices(db, SendQueue({}, seal, clock), {}, ())
        real = (
            telegram(settings, secret, session)
            if network == "telegram"
            else zalo_bot(settings, secret, session, memory, nobody, clock)
        )
        channel = doomed_to(nowhere, real)
        bot = Bot(settings, db, keys, seal, clock, [channel])
        app = web.Application()
        add_webhooks(app, bot.channels, bot.dispatch.inbox)
        server = Server(app, "127.0.0.1", port)
        await server.start()
        async with bot.running():
            _ask(far, 0, "thư viện")  # also warms the matcher
            await far.until(lambda: len(far.sent) >= 1, 30)
            begun = time.perf_counter()
            for number in range(questions):
                _ask(far, number % PEOPLE, SHORT[number % len(SHORT)])
            await far.until(lambda: len(far.sent) > questions, 300)
            took = time.perf_counter() - begun
        await server.stop()
    await db.close()
    return questions / took


def _ask(far: FakeTelegram | FakeZaloBot, person: int, words: str) -> None:
    if isinstance(far, FakeTelegram):
        far.text(1000 + person, words)
    else:
        far.text(f"{person:020x}", words)


async def main(questions: int, rounds: int) -> None:
    for webhook in (True, False):
        best = {"telegram": 0.0, "zalo-bot": 0.0}
        for _ in range(rounds):
            for network in best:
                best[network] = max(best[network], await measure(network, webhook, questions))
        how = "webhook" if webhook else "polling"
        ratio = best["zalo-bot"] / best["telegram"]
        shown = ", ".join(f"{network} {rate:.0f}/s" for network, rate in best.items())
        print(f"{how}: {shown}; ratio {ratio:.2f} (best of {rounds})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    asyncio.run(main(arguments.questions, arguments.rounds))
