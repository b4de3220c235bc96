"""A process that refreshes its tokens and is killed: python -m tests.channels.zalo_oa_victim FOLDER URL REFRESH_TOKEN.

Prints a line for each thing that happened: "told <occasion>" when administrators would be told, "works" when a message went
out, "waits" when none could.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp

from bot.channels.zalo_oa import ZaloOA
from bot.clock import SystemClock
from bot.errors import SendError
from bot.memory import ChannelMemory
from bot.model import Address, Part, Text
from bot.sealing import Seal
from bot.storage.sqlite import SqliteDatabase
from bot.texts import zalo_oa as words
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, LAN, SECRET_KEY


class _Printed:
    async def tell_administrators(self, text: str, once: str) -> None:
        assert "/oauth/zalo?start=" in text
        print(f"told {once.split()[1]}", flush=True)


async def _always(conversation: str) -> bool:
    return True


async def main(folder: str, url: str, refresh_token: str) -> None:
    db, clock = SqliteDatabase.open(Path(folder) / "hoidap.db"), SystemClock()
    async with aiohttp.ClientSession() as session:
        channel = ZaloOA(
            session,
            app_id=APP_ID,
            app_secret=APP_SECRET,
            secret_key=SECRET_KEY,
            refresh_token=refresh_token,
            api_url=url,
            oauth_url=url,
            public_url="https://hoidap.example.vn",
            key=b"key",
            memory=ChannelMemory(db, Seal(b"k" * 32), clock, "zalo-oa"),
            clock=clock,
            notices=_Printed(),
            sentences=words.NOTICES,
            button_of_file=words.FILE_BUTTON,
            may_write=_always,
        )
        try:
            await channel.start()
            await channel.send(Address("zalo-oa", LAN), Text((Part("chào"),)), "outbox:1")
            print("works", flush=True)
        except SendError:
            print("waits", flush=True)
        await channel.close()
    await db.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
