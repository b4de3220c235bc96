"""The server listens where it was told to, or says why not."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web

from bot.errors import SettingsError
from web.server import Server


async def hello(request: web.Request) -> web.Response:
    return web.Response(text="hello")


def application() -> web.Application:
    app = web.Application()
    app.router.add_get("/", hello)
    return app


async def test_it_listens_until_it_is_stopped() -> None:
    server = Server(application(), "127.0.0.1", 0)
    port = await server.start()
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/") as response:
            assert await response.text() == "hello"
        await server.stop()
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"http://127.0.0.1:{port}/")


async def test_a_port_that_another_program_uses() -> None:
    first = Server(application(), "127.0.0.1", 0)
    port = await first.start()
    with pytest.raises(SettingsError, match=f"cannot listen on 127.0.0.1:{port}: another program uses it"):
        await Server(application(), "127.0.0.1", port).start()
    await first.stop()


@pytest.mark.parametrize("host", ["fe80::1%no-such-card", "h" * 70, "127.0.0.1.."])
async def test_an_address_that_does_not_exist(host: str) -> None:
    with pytest.raises(SettingsError, match="no such address or name; set HOST"):
        await Server(application(), host, 0).start()


async def test_an_address_that_is_not_of_this_machine() -> None:
    with pytest.raises(SettingsError, match="set HOST to an address of this machine"):
        await Server(application(), "203.0.113.1", 0).start()
