from __future__ import annotations

from ipaddress import ip_network

import pytest

from web.visitors import Visitors, client_address, is_trusted, rate_key

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))
START = "0123456789abcdef" * 2


def test_a_cookie_proves_the_visitor_whom_it_was_given_to() -> None:
    visitors = Visitors(b"secret")
    visitor = visitors.named_from(START)
    assert visitors.of_cookie(visitors.cookie(visitor)) == visitor


def test_the_same_start_is_the_same_visitor_and_another_secret_is_another() -> None:
    assert Visitors(b"secret").named_from(START) == Visitors(b"secret").named_from(START)
    assert Visitors(b"secret").named_from(START) != Visitors(b"other").named_from(START)


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "",
        ".",
        "admin",
        "0" * 32,
        f"{'0' * 32}.",
        f"{'0' * 32}.{'0' * 64}",
        Visitors(b"other secret").cookie("0" * 32),
        Visitors(b"secret").cookie("0" * 32).replace("0", "1", 1),
        Visitors(b"secret").cookie("too short"),
        f"{'0' * 32}.ký tự lạ \udc80",
    ],
)
def test_a_forged_cookie_proves_nothing(forged: str | None) -> None:
    assert Visitors(b"secret").of_cookie(forged) is None


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        # nobody we know says so: made up
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        # what stands left of the first stranger was written by the stranger
        ("10.0.0.1", ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.7, 10.2.3.4"], "203.0.113.7"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.7, 10.2.3.4"], "203.0.113.7"),
        ("10.0.0.1", ["10.9.9.9"], "10.9.9.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.7, , 10.2.3.4"], "10.2.3.4"),
        ("10.0.0.1", ["203.0.113.7:4711"], "203.0.113.7"),
        ("::1", ["[2001:db8::5]:4711"], "2001:db8::5"),
        ("::ffff:10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("", ["203.0.113.7"], ""),
    ],
)
def test_the_nearest_hop_that_is_no_proxy_of_ours_counts(
    peer: str, forwarded: list[str], address: str
) -> None:
    assert client_address(peer, forwarded, PROXIES) == address


def test_without_trusted_proxies_only_the_connection_counts() -> None:
    assert client_address("127.0.0.1", ["203.0.113.7"], ()) == "127.0.0.1"


def test_a_unix_socket_or_nonsense_is_not_trusted() -> None:
    assert not is_trusted("", PROXIES)
    assert not is_trusted("not an address", PROXIES)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_line_counts_as_one_place(address: str, key: str) -> None:
    assert rate_key(address) == key
