"""What every test may use; and the guard: no test reaches anything outside this machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("PTB_TIMEDELTA", "1")  # else python-telegram-bot warns, and warnings are errors

from bot.sealing import KeyFolder, Seal
from bot.storage.sqlite import SqliteDatabase
from surveys.ballots import Ballots
from tests.fakes.time import MovedClock

_outside: list[str] = []


def _is_local(sock: socket.socket, address: Any) -> bool:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return connect_ex(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    yield
    patch.undo()


def _check(sock: socket.socket, address: Any) -> None:
    if not _is_local(sock, address):
        _outside.append(str(address))
        raise ConnectionRefusedError(f"tests stay on this machine, not {address}")


@pytest.fixture(autouse=True)
def _nothing_went_outside() -> Iterator[None]:
    """Also when the code under test has swallowed the refusal."""
    _outside.clear()
    yield
    assert not _outside, f"a connection outside loopback was tried: {_outside}"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A real database in a file of its own."""
    database = SqliteDatabase.open(tmp_path / "hoidap.db")
    yield database
    await database.close()


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def seal() -> Seal:
    return Seal(b"k" * 32)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def box(keys: KeyFolder) -> Ballots:
    """The ballot box of an installation."""
    return Ballots(keys)
