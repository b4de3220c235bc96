"""The test's end of the process that makes victims (tests/crash/victim.py)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, Self

from tests.crash.victim import Order

ROOT = Path(__file__).parents[2]


class Zygote:
    """Makes victims, one at a time."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process
        self._pid = 0

    async def __aenter__(self) -> Self:
        command = [sys.executable, "-m", "tests.crash.victim"]
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()  # also ends a victim that still lives
        await self._process.wait()

    async def start(self, order: Order) -> None:
        assert self._process.stdin
        self._process.stdin.write(order.line())
        self._pid = (await self._news())["pid"]

    def kill(self) -> None:
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)

    async def ended(self) -> bool:
        """Whether it was killed, once it is dead."""
        status = (await self._news())["ended"]
        self._pid = 0
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    async def _news(self) -> Any:
        assert self._process.stdout
        return json.loads(await self._process.stdout.readline())
