"""The processes that are killed: `python -m tests.crash.victim` has everything imported and forks one for each order.

An order is a line of JSON on standard input; what comes back, on standard output, is {"pid"}, then {"ended"}.
The rest is the service as bot/app.py wires it, with a database and a channel that may kill it.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import json
import logging
import os
import signal
import sys
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot import inbox
from bot.app import Bot
from bot.channels.webchat import WebChat
from bot.clock import SystemClock, stamp
from bot.mailbox import Mailbox
from bot.memory import ChannelMemory
from bot.model import Tx
from bot.networks import key_folder, networks
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.settings import Settings
from bot.storage.serve_lock import ServeLock
from bot.storage.sqlite import SqliteDatabase
from handlers.staff.group_polls import see_to
from knowledge.answering import find
from knowledge.candidates import Indexed
from knowledge.matcher import Index
from surveys.ballots import LEAST
from surveys.running import Running
from tests.crash.steps import Doom, DoomedDatabase, doomed_to
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, SECRET_KEY
from web.assets import Assets
from web.chat import Rates, add_chat
from web.health import add_health
from web.rates import Rate
from web.server import Server
from web.webhooks import add_webhooks

_NO_LIMIT = Rate(1_000_000)
BETWEEN_ROUNDS = 0.05  # seconds; a minute in the service
RATES = Rates(_NO_LIMIT, _NO_LIMIT, _NO_LIMIT, _NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Order:
    """Serve the database in `folder` on `port`, and die at the n-th pass of `step`.

    counts   polls, all the time
    digests  sends those that are due, looking all the time
    asks     invites to polls, reminds, stops and closes them, looking all the time
    """

    folder: str
    port: int
    telegram_url: str
    telegram_token: str
    zalo_bot_url: str
    zalo_bot_token: str
    zalo_oa_url: str
    zalo_oa_token: str
    webhook: bool
    step: str
    passes: int
    counts: bool = False
    digests: bool = False
    asks: bool = False

    def line(self) -> bytes:
        return json.dumps(dataclasses.asdict(self)).encode() + b"\n"


async def serve(order: Order) -> None:
    """Until killed, or until nobody holds the other end of standard input any more."""
    asyncio.get_running_loop().add_reader(0, os._exit, 1)
    settings = Settings(
        database_url=f"sqlite:///{order.folder}/hoidap.db",
        port=order.port,
        public_url=f"http://127.0.0.1:{order.port}" if order.webhook else None,
        telegram_bot_token=order.telegram_token,
        telegram_api_url=order.telegram_url,
        telegram_webhook_secret="a-secret-of-the-tests",
        zalo_bot_token=order.zalo_bot_token,
        zalo_bot_api_url=order.zalo_bot_url,
        zalo_bot_webhook_secret="a-secret-of-the-tests",
        zalo_oa_app_id=APP_ID if order.webhook else None,
        zalo_oa_app_secret=APP_SECRET,
        zalo_oa_secret_key=SECRET_KEY,
        zalo_oa_refresh_token=order.zalo_oa_token,
        zalo_oa_api_url=order.zalo_oa_url,
        zalo_oa_oauth_url=order.zalo_oa_url,
    )
    lock = ServeLock(settings.database_path)
    lock.take()
    doom = Doom(order.step, order.passes, lambda: os.kill(os.getpid(), signal.SIGKILL))
    db = DoomedDatabase(SqliteDatabase.open(settings.database_path), doom)
    clock, keys = SystemClock(), key_folder(settings)
    seal, secret = keys.seal(), keys.secret()
    mailbox = Mailbox(db, seal, clock)
    async with aiohttp.ClientSession() as session:
        web_chat = WebChat(mailbox)
        nobody = AdministratorNotices(db, SendQueue({}, seal, clock), {}, ())
        real = networks(
            settings,
            secret,
            session,
            db,
            lambda name: ChannelMemory(db, seal, clock, name),
            nobody,
            clock,
        )
        doomed = [doomed_to(doom, channel) for channel in real]
        bot = Bot(settings, db, keys, seal, clock, [web_chat, *doomed])
        async with bot.running():
            app = web.Application()
            assets = Assets()
            add_chat(
                app,
                inbox=bot.dispatch.inbox,
                mailbox=mailbox,
                channel=web_chat,
                assets=assets,
                organisation=settings.organisation,
                secret=secret,
                rates=RATES,
            )
            add_webhooks(app, {network.name: network for network in doomed}, bot.dispatch.inbox)
            add_health(app, db, clock, bot.statuses, lambda: len(bot.library.index))
            await Server(app, settings.host, settings.port).start()
            while order.counts:
                if await db.read(_to_count, stamp(clock.now())):
                    await Running(db, bot.box, clock, inbox.waits).round()
                await asyncio.sleep(BETWEEN_ROUNDS)
            while order.digests:
                await bot.digests.go_on()
                await asyncio.sleep(BETWEEN_ROUNDS)
            while order.asks:
                await bot.invitations.go_on()
                await bot.reminders.go_on()
                if await db.read(_to_stop, stamp(clock.now())):
                    await bot.tell(see_to)
                    await Running(db, bot.box, clock, inbox.waits).round()
                await asyncio.sleep(BETWEEN_ROUNDS)
            await asyncio.Event().wait()


def _to_count(tx: Tx, now: str) -> bool:
    """Whether a round would do something: else most kills around one would prove nothing."""
    full = tx.row("SELECT 1 FROM ballot_box GROUP BY poll HAVING count(*) >= :least", least=LEAST)
    over = tx.row("SELECT 1 FROM polls WHERE state = 'open' AND closes_at <= :now", now=now)
    return bool(full or over)


def _to_stop(tx: Tx, now: str) -> bool:
    """Whether polls in groups are to be stopped, or the poll closed."""
    return bool(tx.row("SELECT 1 FROM polls WHERE state = 'open' AND closes_at <= :now", now=now))


def main() -> None:
    _warm()
    gc.freeze()  # what is here stays shared with the children
    while line := sys.stdin.buffer.readline():
        order = Order(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            _live(order)
        _tell({"pid": pid})
        _, status = os.waitpid(pid, 0)
        _tell({"ended": status})


def _warm() -> None:
    """The matcher reads its word lists at the first question: once here instead of in every child."""
    find("nghị quyết 57 là gì", Index.build((Indexed(1, "1", "Nghị quyết 57 là gì?", (), "", None),), ()))


def _live(order: Order) -> None:
    try:
        logging.basicConfig(filename=f"{order.folder}/victim.log", level=logging.WARNING)
        asyncio.run(serve(order))
    except BaseException:
        logging.exception("the victim ended by itself")
    finally:
        os._exit(1)


def _tell(news: dict[str, int]) -> None:
    os.write(1, json.dumps(news).encode() + b"\n")


if __name__ == "__main__":
    main()
