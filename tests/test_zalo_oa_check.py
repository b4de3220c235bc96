"""`hoidap check` tells what is missing to an Official Account, and touches no token of a running service."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.memory import ChannelMemory
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase
from tests.channels.zalo_oa_setup import connected
from tests.fakes.zalo_oa import FakeZaloOA

ROOT = Path(__file__).parents[1]


async def check(fake: FakeZaloOA, folder: Path, **changed: str) -> Any:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/hoidap.db",
        "PUBLIC_URL": "https://hoidap.example.vn",
        "ZALO_OA_APP_ID": fake.app_id,
        "ZALO_OA_APP_SECRET": fake.app_secret,
        "ZALO_OA_SECRET_KEY": fake.secret_key,
        "ZALO_OA_API_URL": fake.url,
        "ZALO_OA_OAUTH_URL": fake.url,
        **changed,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "check", "--json"),
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert errors == b""
    for secret in (fake.app_secret, fake.secret_key):
        assert secret.encode() not in out
    return json.loads(out)["zalo-oa"]


async def test_without_consent_it_shows_the_link(tmp_path: Path) -> None:
    async with FakeZaloOA() as fake:
        told = await check(fake, tmp_path, ZALO_OA_REFRESH_TOKEN=fake.issue()[1])
        assert not told["ok"]
        assert "https://hoidap.example.vn/oauth/zalo?start=" in told["says"]
        assert fake.refreshes == [], "only serve uses a refresh token"
        told = await check(fake, tmp_path, ZALO_OA_SECRET_KEY="", PUBLIC_URL="")
        assert "needs PUBLIC_URL, ZALO_OA_SECRET_KEY" in told["says"]


async def test_with_tokens_it_says_whose_they_are(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/hoidap.db")
    db = SqliteDatabase.open(settings.database_path)
    memory = ChannelMemory(db, key_folder(settings).seal(), SystemClock(), "zalo-oa")
    async with FakeZaloOA() as fake:
        async with connected(
            fake, memory=memory, refresh_token=fake.issue()[1], clock=SystemClock()
        ) as channel:
            await channel.start()
        await db.close()
        told = await check(fake, tmp_path)
        assert told["ok"]
        assert fake.name in told["says"]
        assert len(fake.refreshes) == 1
