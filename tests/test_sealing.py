"""Sealed payloads open only where they were closed; keys are made once, for the owner only, and days end."""

from __future__ import annotations

import base64
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import SealBroken, StorageError
from bot.sealing import KeyFolder, Seal, Tickets, derive
from tests.fakes.disk import full_disk

DATA = "Nghị quyết 57".encode()
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize("data", [b"", b"x", DATA, os.urandom(100_000)])
def test_what_is_closed_can_be_opened_and_not_be_read(seal: Seal, data: bytes) -> None:
    sealed = seal.close(data, "inbox:1")
    assert seal.open(sealed, "inbox:1") == data
    assert len(data) < 4 or data not in sealed


def test_values_come_back_as_they_were_and_are_gone_with_their_key(seal: Seal) -> None:
    value = {"text": "đ\ud83d", "of": [57, None]}  # half of an emoji: an old program cut a message there
    sealed = seal.close_json(value, "draft:1")
    assert seal.open_json(sealed, "draft:1") == value
    assert Seal(b"q" * 32).open_json(sealed, "draft:1") is None


def test_the_same_words_never_look_the_same(seal: Seal) -> None:
    assert len({seal.close(DATA, "inbox:1") for _ in range(50)}) == 50


def test_it_opens_neither_elsewhere_nor_with_another_key(seal: Seal) -> None:
    sealed = seal.close(DATA, "inbox:1")
    with pytest.raises(SealBroken):
        seal.open(sealed, "inbox:2")
    with pytest.raises(SealBroken):
        Seal(b"q" * 32).open(sealed, "inbox:1")


def test_no_changed_byte_goes_unnoticed(seal: Seal) -> None:
    sealed = seal.close(DATA, "inbox:1")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(SealBroken):
            seal.open(bytes(changed), "inbox:1")


@pytest.mark.parametrize("length", [0, 1, 5, 13, 20])
def test_what_is_cut_off_is_broken(seal: Seal, length: int) -> None:
    with pytest.raises(SealBroken):
        seal.open(seal.close(DATA, "inbox:1")[:length], "inbox:1")


def test_keys_are_made_once_and_are_the_owners_only(keys: KeyFolder, tmp_path: Path) -> None:
    sealed = keys.seal().close(DATA, "x")
    assert keys.seal().open(sealed, "x") == DATA
    assert KeyFolder(tmp_path / "keys").seal().open(sealed, "x") == DATA
    assert keys.secret() == keys.secret()
    assert len(keys.secret()) == 32
    folder = tmp_path / "keys"
    assert folder.stat().st_mode & 0o077 == 0
    assert sorted(os.listdir(folder)) == ["secret.key", "transient.key"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_the_key_of_a_day_is_the_same_all_day_and_gone_the_next(keys: KeyFolder, tmp_path: Path) -> None:
    today = keys.of_the_day(TODAY)
    assert keys.of_the_day(TODAY) == KeyFolder(tmp_path / "keys").of_the_day(TODAY) == today
    tomorrow = keys.of_the_day(TOMORROW)
    assert tomorrow != today
    kept = b"".join(path.read_bytes() for path in (tmp_path / "keys").iterdir())
    assert today.hex().encode() not in kept
    assert keys.of_the_day(TODAY) != today, "nobody gets it back"


@pytest.mark.parametrize(
    "content", ["", "2026-11-23", "2026-11-23 ", "2026-11-23 xyz", "\x00", "2026-11-23 ab"]
)
def test_a_damaged_key_of_the_day_is_made_anew(keys: KeyFolder, tmp_path: Path, content: str) -> None:
    keys.of_the_day(TODAY)
    (tmp_path / "keys" / "day.key").write_text(content)
    assert len(keys.of_the_day(TODAY)) == 32


@pytest.mark.parametrize("content", ["", "xyz", "abcd"])
def test_a_damaged_key_file_is_a_sentence_that_names_it(
    keys: KeyFolder, tmp_path: Path, content: str
) -> None:
    keys.seal()
    (tmp_path / "keys" / "transient.key").write_text(content)
    with pytest.raises(SealBroken, match=r"transient\.key"):
        keys.seal()


def test_a_full_disk_is_a_storage_error(keys: KeyFolder, tmp_path: Path) -> None:
    """A handler that needs the new day's key waits, as for the database; it does not give up on the message."""
    with full_disk():
        for make in (keys.seal, keys.secret, lambda: keys.of_the_day(TODAY)):
            with pytest.raises(StorageError, match="key"):
                make()
    assert os.listdir(tmp_path / "keys") == []


def test_a_place_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()
    with pytest.raises(StorageError, match="keys"):
        KeyFolder(tmp_path / "keys").seal()


def test_each_purpose_has_its_own_secret() -> None:
    assert derive(b"s", "webhook telegram") == derive(b"s", "webhook telegram")
    assert len({derive(b"s", "a"), derive(b"s", "b"), derive(b"t", "a")}) == 3
    assert len(derive(b"s", "a")) == 64


# Tickets

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_a_ticket_tells_its_words_until_it_ends(seal: Seal) -> None:
    tickets = Tickets(seal)
    ticket = tickets.issue("so-tay", "Nghị quyết 57 – “sổ tay”", NOW)
    assert ticket.isascii()
    assert ticket.replace("-", "").replace("_", "").isalnum()
    assert tickets.read("so-tay", ticket, NOW) == "Nghị quyết 57 – “sổ tay”"
    assert tickets.read("so-tay", ticket, NOW + timedelta(seconds=1)) is None
    assert Tickets(Seal(b"o" * 32)).read("so-tay", ticket, NOW) is None
    assert tickets.read("bao-cao", ticket, NOW) is None
    assert ticket != tickets.issue("so-tay", "Nghị quyết 57 – “sổ tay”", NOW)


@pytest.mark.parametrize("ticket", ["", "x", "AAAA", "=", "é", "A" * 5000, "a-b_c"])
def test_what_is_no_ticket_is_none(seal: Seal, ticket: str) -> None:
    assert Tickets(seal).read("so-tay", ticket, NOW) is None


def test_a_sealed_payload_is_no_ticket(seal: Seal) -> None:
    stolen = base64.urlsafe_b64encode(seal.close(b"9999999999 x", "outbox:1:0")).decode()
    assert Tickets(seal).read("so-tay", stolen, NOW) is None
