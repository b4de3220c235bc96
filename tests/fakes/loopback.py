"""What every fake platform is: a server of this process on loopback that a test can wait for, and that can break off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Self

from aiohttp import web


class Loopback:
    """Start with `async with`, or start() and stop(); a second start() takes the same port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._watchers: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self._runner: web.BaseRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Ends in a call of `listen`."""
        raise NotImplementedError

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def listen(self, runner: web.BaseRunner) -> None:
        self._runner = runner
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site.port

    async def until(self, true: Callable[[], bool], within: float = 10) -> None:
        """Waits for something that a call or a delivery makes true; TimeoutError when not `within` seconds."""
        if not true():
            reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._watchers.append((true, reached))
            await asyncio.wait_for(reached, within)

    def _notice(self) -> None:
        """Wakes the tests that wait for what has become true."""
        for watcher in list(self._watchers):
            if watcher[1].done() or watcher[0]():
                self._watchers.remove(watcher)
                if not watcher[1].done():
                    watcher[1].set_result(None)


def drop(request: web.BaseRequest) -> None:
    """The connection breaks."""
    if request.transport:
        request.transport.close()


def nonsense() -> web.Response:
    """Something before the platform answers with success, and no JSON."""
    return web.Response(text="<html>Hello</html>", content_type="text/html")


def page(request: web.BaseRequest, status: int) -> web.Response:
    """An error of a proxy: HTML that quotes the address, which holds the token."""
    text = f"<html><title>Bad Gateway</title>The address {request.path} is not available</html>"
    headers = {"Location": "/elsewhere"} if 300 <= status < 400 else None
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)
