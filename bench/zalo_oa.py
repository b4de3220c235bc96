"""Questions per second through a Zalo Official Account beside Telegram, both by webhook, each over its loopback fake.

python -m bench.zalo_oa [--questions 1000]

Without the platforms' pace, which is what limits a real service.
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

from bench.zalo_bot import PEOPLE, SHORT
from bench.zalo_bot import measure as measure_telegram
from bot.app import Bot
from bot.channels.base import Pace
from bot.clock import SystemClock
from bot.memory import ChannelMemory
from bot.networks import key_folder, zalo_oa
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from tests.crash.questions import write_library
from tests.fakes.zalo_oa import FakeZaloOA
from web.server import Server
from web.webhooks import add_webhooks

AT_A_TIME = 64  # deliveries that Zalo makes side by side


async def measure(questions: int) -> float:
    """Questions answered in a second, from the first asked to the last answer on the far side."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        await write_library(Path(folder) / "hoidap.db")
        async with FakeZaloOA() as far:
            far.webhook = f"http://127.0.0.1:{port}/webhook/zalo-oa"
            settings = Settings(
                database_url=f"sqlite:///{folder}/hoidap.db",
                public_url=f"http://127.0.0.1:{port}",
                zalo_oa_app_id=far.app_id,
                zalo_oa_app_secret=far.app_secret,
                zalo_oa_secret_key=far.secret_key,
                zalo_oa_refresh_token=far.issue()[1],
                zalo_oa_api_url=far.url,
                zalo_oa_oauth_url=far.url,
            )
            return await _measure(settings, port, far, questions)


async def _measure(settings: Settings, port: int, far: FakeZaloOA, questions: int) -> float:
    keys, clock = key_folder(settings), SystemClock()
    seal, secret = keys.seal(), keys.secret()
    db = SqliteDatabase.open(settings.database_path)
    async with aiohttp.ClientSession() as session:
        memory = ChannelMemory(db, seal, clock, "zalo-oa")
        nobody = AdministratorNotices(db, SendQueue({}, seal, clock), {}, ())
        channel = zalo_oa(settings, secret, session, db, memory, nobody, clock)
        channel.pace = Pace()
        bot = Bot(settings, db, keys, seal, clock, [channel])
        app = web.Application()
        add_webhooks(app, bot.channels, bot.dispatch.inbox)
        server = Server(app, "127.0.0.1", port)
        await server.start()
        async with bot.running():
            await far.text("1", "thư viện")  # also warms the matcher
            await far.until(lambda: len(far.sent) >= 1, 30)
            begun = time.perf_counter()
            async with asyncio.TaskGroup() as tasks:
                for lane in range(AT_A_TIME):
                    tasks.create_task(_ask(far, range(lane, questions, AT_A_TIME)))
            await far.until(lambda: len(far.sent) > questions, 300)
            took = time.perf_counter() - begun
        await server.stop()
        await channel.close()
    await db.close()
    return questions / took


async def _ask(far: FakeZaloOA, numbers: range) -> None:
    for number in numbers:
        await far.text(f"{1000 + number % PEOPLE}", SHORT[number % len(SHORT)])


async def main(questions: int, rounds: int) -> None:
    telegram = oa = 0.0
    for _ in range(rounds):
        telegram = max(telegram, await measure_telegram("telegram", webhook=True, questions=questions))
        oa = max(oa, await measure(questions))
    print(
        f"webhook: telegram {telegram:.0f}/s, zalo-oa {oa:.0f}/s; ratio {oa / telegram:.2f} (best of {rounds})"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    asyncio.run(main(arguments.questions, arguments.rounds))
