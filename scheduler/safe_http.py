"""Fetching an address that a person has given us, so that nobody reaches through it into our own network.

The check stands at the one place that nothing gets around: where a socket is made for an address that is about to be
connected to. Names, numbers written as names, redirects and a resolver that answers differently the second time all come
through it. See docs/decisions/ on fetching what people name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

LARGEST = 5 * 1024 * 1024  # bytes, as they come and as they are unpacked
LONGEST = 20.0  # seconds for everything: name, connection, redirects, body
REDIRECTS = 5
PORTS = frozenset((80, 443, 8000, 8080, 8443))
AGENT = "hoidap (feed reader)"

Reason = Literal[
    "address", "forbidden", "unreachable", "certificate", "slow", "large", "redirects", "encoding", "broken"
]

_ONLY_IPV6 = ipaddress.ip_network("2000::/3")  # everything that is given out for use in public
_NOT_IPV6 = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)  # Teredo and its neighbours, documentation, 6to4: they lead elsewhere, or nowhere
_NOT_IPV4 = tuple(
    map(
        ipaddress.ip_network,
        ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"),
    )
)
_REDIRECTED = frozenset((301, 302, 303, 307, 308))
_PIECE = 64 * 1024

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class FetchError(Exception):
    """Why there is no answer; holds no address, for it would be logged."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of any status; `headers` in lower case, the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def check_address(address: str, ports: Collection[int] | None = PORTS) -> URL:
    """The address as it will be fetched, at one of these ports (None: any). Raises FetchError for what no page has."""
    try:
        parts = urlsplit(address.strip())
        url = URL(address.strip()).with_fragment(None)
        port = url.port
    except ValueError:
        raise FetchError("address") from None
    if url.scheme not in ("http", "https") or not url.host or not port:
        raise FetchError("address")
    if "@" in parts.netloc or any(
        character.isspace() or ord(character) < 32 for character in address.strip()
    ):
        raise FetchError("address")
    if ports is not None and port not in ports:
        raise FetchError("forbidden")
    return url


def is_public(host: str) -> bool:
    """Whether this IP address is one of the open internet, and of nothing else."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if address.version == 6:
        # Also IPv4 in IPv6's clothes (::ffff:0:0/96) and behind NAT64 (64:ff9b::/96) lie outside of 2000::/3.
        return address in _ONLY_IPV6 and address.is_global and not any(address in net for net in _NOT_IPV6)
    return address.is_global and not address.is_multicast and not any(address in net for net in _NOT_IPV4)


def is_plainly_private(url: URL) -> bool:
    """Whether the address itself says that it is not of the open internet; of a name only its fetching tells."""
    host = (url.raw_host or "").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        # As the system's resolver reads figures: "127.1" and "2130706433" are 127.0.0.1.
        literal = host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return False
    return not is_public(literal)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far we go.

    private   whether addresses of our own network, and any port, may be fetched
    is_open   which IP addresses are of the open internet
    resolver  None asks the system
    longest   seconds for everything
    """

    private: bool = False
    ports: Collection[int] = PORTS
    is_open: Callable[[str], bool] = is_public
    resolver: AbstractResolver | None = None
    longest: float = LONGEST


async def fetch(address: str, reach: Reach, headers: Mapping[str, str] | None = None) -> Answer:
    """GET, following redirects. Raises FetchError."""
    ports = None if reach.private else reach.ports
    url = check_address(address, ports)
    gate = _Gate(reach)
    try:
        async with asyncio.timeout(reach.longest), _session(reach, gate) as session:
            for _ in range(REDIRECTS + 1):
                answer = await _one(session, url, headers or {})
                if isinstance(answer, Answer):
                    return answer
                url = check_address(str(answer), ports)
            raise FetchError("redirects")
    except TimeoutError:
        reason: Reason = "slow"
    except aiohttp.ClientConnectorCertificateError:
        reason = "certificate"
    except (aiohttp.ClientConnectorSSLError, ssl.SSLError):
        reason = "certificate"
    except aiohttp.InvalidURL:
        reason = "address"
    except (aiohttp.ClientConnectorError, OSError):
        reason = "forbidden" if gate.refused else "unreachable"
    except (aiohttp.ClientError, ValueError, zlib.error):
        reason = "broken"
    # Raised outside the handlers: aiohttp's errors hold the address.
    raise FetchError(reason)


class _Gate:
    """Makes the sockets, and makes none to where we must not go."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self.refused = False

    def __call__(self, info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, where = info
        if not (self._reach.private or self._reach.is_open(str(where[0]))):
            self.refused = True
            raise OSError("not a public address")
        return socket.socket(family, kind, protocol)


def _session(reach: Reach, gate: _Gate) -> aiohttp.ClientSession:
    """One for one fetch: no cookie, no credential, no connection and no resolved name outlives it."""
    connector = aiohttp.TCPConnector(
        resolver=reach.resolver or aiohttp.ThreadedResolver(),
        socket_factory=gate,
        use_dns_cache=False,
        force_close=True,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,  # a proxy would connect for us, past the gate
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None),
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
    )


async def _one(session: aiohttp.ClientSession, url: URL, headers: Mapping[str, str]) -> Answer | URL:
    """One call: its answer, or where it sends us."""
    async with session.get(url, headers=headers, allow_redirects=False) as response:
        if response.status in _REDIRECTED:
            if not (target := response.headers.get("Location")):
                raise FetchError("broken")
            return url.join(URL(target))
        found = {name.lower(): value for name, value in response.headers.items()}
        body = await _body(response) if response.status == 200 else b""
        return Answer(response.status, found, body)


async def _body(response: aiohttp.ClientResponse) -> bytes:
    unpack = _unpacking(response.headers.get("Content-Encoding", ""))
    body = bytearray()
    taken = 0
    async for piece in response.content.iter_chunked(_PIECE):
        taken += len(piece)
        # Never more than one byte beyond what is allowed: a bomb is not unpacked to be measured.
        body += unpack.decompress(piece, LARGEST + 1 - len(body)) if unpack else piece
        if taken > LARGEST or len(body) > LARGEST:
            raise FetchError("large")
    return bytes(body)


def _unpacking(encoding: str) -> zlib._Decompress | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        case "deflate":
            return zlib.decompressobj()
        case _:
            raise FetchError("encoding")
