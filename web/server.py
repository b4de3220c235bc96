"""The aiohttp server: which routes there are, and that it starts and stops in order."""

from __future__ import annotations

import errno
import logging
import socket

from aiohttp import web

from bot.errors import SettingsError

log = logging.getLogger(__name__)


class Server:
    """An application on an address."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        # No access log: it would be a list of visitors.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        self._host = host
        self._port = port

    async def start(self) -> int:
        """Listen; returns the port (0 was asked for: the one that the system gave). Raises SettingsError."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except (OSError, UnicodeError) as error:  # Unicode: a name too long to be looked up
            await self._runner.cleanup()
            raise SettingsError(
                f"cannot listen on {self._host}:{self._port}: {_what_to_do(error)}"
            ) from error
        return site.port

    async def stop(self) -> None:
        """Take no more requests, and let those that are here finish."""
        await self._runner.cleanup()


def _what_to_do(error: OSError | UnicodeError) -> str:
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return "no such address or name; set HOST to an address of this machine, such as 127.0.0.1"
    if error.errno == errno.EADDRINUSE:
        return "another program uses it; stop that one or set PORT to another number"
    if error.errno == errno.EACCES:
        return "only the administrator of this machine may use it; set PORT to a number above 1023"
    return f"{error.strerror}; set HOST to an address of this machine, such as 127.0.0.1"
