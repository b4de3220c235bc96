"""A server of feeds on loopback: each path answers as a test has told it to, well or badly; who asked for what is kept."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from tests.files.old_text import in_windows_1258

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeFeeds:
    """`async with FakeFeeds() as feeds: feeds.give("/a.xml", rss(item("…")))`"""

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.let_go = asyncio.Event()

    async def __aenter__(self) -> FakeFeeds:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._server = TestServer(app)
        await self._server.start_server()
        return self

    async def __aexit__(self, *error: object) -> None:
        self.let_go.set()
        await self._server.close()

    @property
    def port(self) -> int:
        return self._server.port or 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Mapping[str, str]]:
        return [headers for asked, headers in self.requests if asked == path]

    def give(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        """Headers are written with _ for -."""
        content = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": "application/rss+xml"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }

        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=content, status=status, headers=named)

        self._answers[path] = answer

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.give(path, b"", status, Location=to)

    def drip(self, path: str) -> None:
        """A byte now and then, for ever."""

        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            while not self.let_go.is_set():
                try:
                    await response.write(b" ")
                except OSError:
                    break
                await asyncio.sleep(0.01)
            return response

        self._answers[path] = answer

    def hang(self, path: str) -> None:
        """No answer at all until the test lets go."""

        async def answer(_: web.Request) -> web.Response:
            await self.let_go.wait()
            return web.Response()

        self._answers[path] = answer

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.path, dict(request.headers)))
        answer = self._answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


class Names(AbstractResolver):
    """A resolver of our own: each name has its answers in turn, the last of them for ever."""

    def __init__(self, **names: list[list[str]]) -> None:
        self._names = {name.replace("_", "."): answers for name, answers in names.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answers = self._names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        pass


def rss(*items: str, title: str = "Báo Ví Dụ", encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>{title}</title>'
    whole = f"{text}{''.join(items)}</channel></rss>"
    return in_windows_1258(whole) if encoding == "windows-1258" else whole.encode(encoding)


def atom(*items: tuple[str, str]) -> bytes:
    entries = "".join(
        f'<entry><id>{name}</id><title>{title}</title><link href="https://example.vn/{name}"/></entry>'
        for name, title in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>{entries}</feed>'.encode()


def item(title: str, summary: str = "", **more: Any) -> str:
    fields = {"guid": title, "link": "https://example.vn/bai"} | more
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<item><title>{title}</title><description>{summary}</description>{inner}</item>"
