"""`hoidap serve`: the service until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from argparse import Namespace
from functools import partial

from bot.app import Bot
from bot.channels.zalo_oa import ZaloOA
from bot.clock import SystemClock
from bot.commands.knowledge import load_starter
from bot.commands.progress import Display, watch
from bot.errors import StorageError
from bot.logs import start_logging
from bot.networks import secrets_of
from bot.service import service
from bot.settings import Settings
from bot.storage.serve_lock import ServeLock
from bot.storage.sqlite import SqliteDatabase
from bot.tasks import start
from bot.tasks import stop as end
from handlers.claiming import WORD


async def serve(settings: Settings, arguments: Namespace) -> int:
    """Raises SettingsError, StorageError. Stops in order on SIGTERM and SIGINT."""
    host, port = arguments.host or settings.host, settings.port if arguments.port is None else arguments.port
    start_logging(secrets_of(settings))
    lock = ServeLock(settings.database_path)
    lock.take()
    db = SqliteDatabase.open(settings.database_path)
    try:
        if not arguments.empty:
            await load_starter(db, SystemClock())
        stop = _stop_signal()
        async with service(settings, db, SystemClock(), host=host, port=port) as (bot, listening):
            _say_where(settings, host, listening, [name for name in bot.channels if name != "web"])
            await _say_how_to_claim(bot)
            if settings.public_url:
                _say_how_to_consent(bot)
            # What lives now lives on. The garbage collector, which stops all answers while it looks, need not look at
            # a large knowledge base again and again.
            gc.freeze()
            showing = start("progress", partial(watch, db, Display(sys.stdout, live=sys.stdout.isatty())))
            await stop.wait()
            await end([showing])
            print("Stopping: what has been begun is being finished.", flush=True)
    finally:
        await db.close()
        lock.release()
    return 0


def _say_where(settings: Settings, host: str, port: int, networks: list[str]) -> None:
    shown = f"[{host}]" if ":" in host else host
    print(f"Hỏi Đáp is running. Web chat: {settings.public_url or f'http://{shown}:{port}'}/")
    if "telegram" not in networks:
        print("Telegram is off: set TELEGRAM_BOT_TOKEN in .env to turn it on.")
    if "zalo-bot" not in networks:
        print("Zalo Bot is off: set ZALO_BOT_TOKEN in .env to turn it on.")
    if "zalo-oa" not in networks:
        print("Zalo OA is off: set ZALO_OA_APP_ID in .env to turn it on.")
    for name in networks:
        if name == "zalo-oa" and not settings.public_url:
            print("zalo-oa is off: Zalo delivers to a public address only, set PUBLIC_URL in .env.")
            continue
        how = f"webhook {settings.public_url}/webhook/{name}" if settings.public_url else "long polling"
        print(f"{name}: connecting, by {how}.")
    if "zalo-bot" in networks and not settings.public_url:
        print(
            "zalo-bot: polling there can lose a message at every stop, because Zalo keeps no copy of what it has given "
            "away. For real use set PUBLIC_URL, so that Zalo delivers to a webhook."
        )
    print("Stop with Ctrl-C.", flush=True)


async def _say_how_to_claim(bot: Bot) -> None:
    """The only place that ever shows the code: it is in no log and, as a hash only, in the database."""
    try:
        code = await bot.claim_code()
    except StorageError as error:  # the service runs all the same, and /readyz says what is wrong
        print(f"No administrator's code could be made: {error}", flush=True)
        return
    if code:
        print(f"There is no administrator yet. To become one, send the bot in a private chat:  {WORD} {code}")
        print("The code works once, for 24 hours; each start shows a new one.", flush=True)


def _say_how_to_consent(bot: Bot) -> None:
    """The link is secret: whoever has it can connect an Official Account."""
    channel = bot.channels.get("zalo-oa")
    if isinstance(channel, ZaloOA):
        print(
            f"zalo-oa: an administrator of the OA connects it, at the first time, at {channel.consent.link}",
            flush=True,
        )


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
