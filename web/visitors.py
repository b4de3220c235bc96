"""Who is on the other end: the signed cookie of a visitor, and the address that a request really came from."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
_Address = IPv4Address | IPv6Address

_LENGTH = 32  # hexadecimal digits of a visitor's name


class Visitors:
    """Names of visitors, and the cookie values that prove them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def named_from(self, start: str) -> str:
        """A new visitor's name, made from random characters that the page chose.

        The same `start` gives the same visitor: when the answer to a first message is lost on the way, the browser
        sends it again without a cookie, and is still the same person with the same message.
        """
        return self._sign(f"visitor {start}")[:_LENGTH]

    def cookie(self, visitor: str) -> str:
        return f"{visitor}.{self._sign(f'cookie {visitor}')}"

    def of_cookie(self, value: str | None) -> str | None:
        """The visitor whom we gave this cookie; None for no cookie or one that is not ours."""
        visitor, _, signature = (value or "").partition(".")
        right = self._sign(f"cookie {visitor}")
        if len(visitor) == _LENGTH and hmac.compare_digest(
            signature.encode("utf-8", "replace"), right.encode()
        ):
            return visitor
        return None

    def _sign(self, text: str) -> str:
        return hmac.new(self._secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def is_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    """Whether a proxy of ours stands at this end of the connection."""
    address = _parse(peer)
    return address is not None and any(address in network for network in trusted)


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The address to hold responsible: the nearest hop that is not a proxy of ours.

    peer       the other end of the TCP connection ("" for a Unix socket)
    forwarded  the X-Forwarded-For headers as received; believed only as far as trusted proxies wrote them,
               because everything to the left of that anybody may have made up
    """
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    nearest = peer
    while hops and is_trusted(nearest, trusted):
        further = _parse(hops.pop())
        if further is None:
            break
        nearest = str(further)
    return nearest


def rate_key(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 that one IPv6 line has all to itself."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed) if parsed else address


def _parse(hop: str) -> _Address | None:
    """An address with or without brackets, port and zone; an IPv4 address in IPv6 clothes is an IPv4 address."""
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        address = ip_address(hop.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
