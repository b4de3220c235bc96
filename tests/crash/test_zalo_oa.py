"""`hoidap serve` with an Official Account, killed again and again while people write: the promise of the path."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from bot import inbox, outbox
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.zalo_oa import FakeZaloOA

ROOT = Path(__file__).parents[2]
KILLS = 6
BETWEEN_QUESTIONS = 0.03  # seconds


class Public:
    """People who each ask one thing; Zalo delivers it until it is acknowledged, and sometimes once more."""

    def __init__(self, fake: FakeZaloOA) -> None:
        self.fake = fake
        self.acknowledged: list[str] = []
        self._first = asyncio.Event()

    async def ask(self, person: str) -> None:
        event = self.fake.event("user_send_text", person, {"text": f"giá vàng hôm nay {person}"})
        while await self.fake.deliver(event) != 200:  # noqa: ASYNC110 - as Zalo does it
            await asyncio.sleep(self.fake.retry_after)
        self.acknowledged.append(person)
        self._first.set()
        if person.endswith("3"):
            await self.fake.deliver(event, 1)

    async def keep_asking(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for number in range(10_000):
                tasks.create_task(self.ask(f"9{number:05}"))
                await asyncio.sleep(BETWEEN_QUESTIONS)

    async def heard_again(self) -> None:
        self._first.clear()
        async with asyncio.timeout(30):
            await self._first.wait()

    async def all_answered(self) -> None:
        for person in list(self.acknowledged):
            await self.fake.replies(person, 1, within=30)


@contextlib.asynccontextmanager
async def served(
    fake: FakeZaloOA, folder: Path, port: int, token: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/hoidap.db",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "ZALO_OA_APP_ID": fake.app_id,
        "ZALO_OA_APP_SECRET": fake.app_secret,
        "ZALO_OA_SECRET_KEY": fake.secret_key,
        "ZALO_OA_REFRESH_TOKEN": token,
        "ZALO_OA_API_URL": fake.url,
        "ZALO_OA_OAUTH_URL": fake.url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve", "--empty"),
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def test_what_was_acknowledged_is_answered_and_nothing_twice_in_secret(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    async with FakeZaloOA() as fake:
        port, token = _free_port(), fake.issue()[1]
        fake.webhook = f"http://127.0.0.1:{port}/webhook/zalo-oa"
        public = Public(fake)
        asking = asyncio.create_task(public.keep_asking())
        for _ in range(KILLS):
            async with served(fake, tmp_path, port, token):
                await public.heard_again()
                await fake.until(lambda: bool(fake.sent))  # kills around the tokens: test_zalo_oa_tokens.py
                await asyncio.sleep(chance.uniform(0.0, 0.4))  # then it is killed
        async with served(fake, tmp_path, port, token) as process:
            await public.heard_again()
            asking.cancel()
            await asyncio.wait([asking])
            await public.all_answered()
            process.terminate()
            assert await process.wait() == 0
        replies = Counter(sent.to for sent in fake.sent)
    doubled = {person: count for person, count in replies.items() if count > 1}
    db = SqliteDatabase.open(tmp_path / "hoidap.db")
    received, sent = await db.read(inbox.counts), await db.read(outbox.counts)
    await db.close()
    print(
        f"{KILLS} kills, {len(public.acknowledged)} acknowledged, {len(doubled)} doubled, {sent['doubtful']} in doubt"
    )
    assert len(public.acknowledged) > 3 * KILLS
    assert set(public.acknowledged) <= set(replies)
    assert (received["parked"], sent["parked"], sent["undeliverable"]) == (0, 0, 0)
    assert sum(doubled.values()) - len(doubled) <= sent["doubtful"], (
        "twice only where a kill interrupted a send"
    )
    assert fake.refreshes.count(token) == 1


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
