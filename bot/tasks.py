"""Work that goes on as long as the service: begun, begun again after a fault of ours, and ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

log = logging.getLogger(__name__)

START_AGAIN = 1.0  # seconds


def start(name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    """A task that a fault of ours does not end: it is logged, and the work begins again."""

    async def insist() -> None:
        while True:
            try:
                await work()
                return
            except Exception:
                log.exception("%s failed and is started again", name)
                await asyncio.sleep(START_AGAIN)

    return asyncio.create_task(insist(), name=name)


async def stop(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError):
            await task
