"""How fast messages leave: python-telegram-bot over its own HTTPXRequest, over our AiohttpRequest, and our channel.

Run `python -m bench.telegram_http`. The fake Telegram runs in a process of its own; rounds alternate, the best counts.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection

import aiohttp
import telegram
from telegram.request import HTTPXRequest

from bot.channels.telegram import Telegram
from bot.channels.telegram_client import AiohttpRequest
from bot.model import Address, Part, Text
from tests.fakes.telegram import TOKEN, FakeTelegram

CHAT = 7
ANSWER = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị " * 5

Send = Callable[[], Awaitable[object]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1500, help="in each round")
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    far_side = context.Process(target=serve, args=(theirs,), daemon=True)
    far_side.start()
    try:
        asyncio.run(measure(ours.recv(), wanted.messages, wanted.rounds))
    finally:
        far_side.terminate()
        far_side.join()


def serve(connection: Connection) -> None:
    async def run() -> None:
        async with FakeTelegram() as fake:
            fake.meet(CHAT)
            connection.send(fake.url)
            await asyncio.Event().wait()

    asyncio.run(run())


async def measure(url: str, messages: int, rounds: int) -> None:
    async with aiohttp.ClientSession() as session:
        over_httpx = telegram.Bot(TOKEN, f"{url}/bot", request=HTTPXRequest())
        over_aiohttp = telegram.Bot(TOKEN, f"{url}/bot", request=AiohttpRequest(session, TOKEN))
        channel = Telegram(session, token=TOKEN, secret="x", api_url=url)
        reply, to = Text((Part(ANSWER),)), Address("telegram", str(CHAT))
        senders: dict[str, Send] = {
            "library over HTTPXRequest": lambda: over_httpx.send_message(CHAT, ANSWER),
            "library over AiohttpRequest": lambda: over_aiohttp.send_message(CHAT, ANSWER),
            "bot.channels.telegram": lambda: channel.send(to, reply, "1"),
        }
        for together in (1, 16):
            best = dict.fromkeys(senders, 0.0)
            for _ in range(rounds):
                for name, send in senders.items():
                    best[name] = max(best[name], await per_second(send, messages, together))
            base = best["library over HTTPXRequest"]
            for name, rate in best.items():
                print(f"{together:>2} at once  {name:<28} {rate:7.0f}/s  {rate / base:5.2f}")
        await over_httpx.shutdown()


async def per_second(send: Send, messages: int, together: int) -> float:
    left = iter(range(messages))

    async def worker() -> None:
        for _ in left:
            await send()

    started = time.perf_counter()
    await asyncio.gather(*[worker() for _ in range(together)])
    return messages / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
