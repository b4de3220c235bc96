"""Codes: what they are made of, how they are read, how often one may try."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from bot.audience import codes
from bot.audience.codes import LENGTH, NOBODY, SYMBOLS, Codes, Tries, read
from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from tests.fakes.time import MovedClock

LAN = Address("zalo-bot", "lan")


def test_a_code_has_at_least_forty_bits() -> None:
    assert LENGTH * math.log2(len(SYMBOLS)) >= 40
    assert len(set(SYMBOLS)) == len(SYMBOLS)


def test_no_symbol_is_mistaken_for_another_or_changed_by_a_vietnamese_keyboard(clock: MovedClock) -> None:
    assert not set(SYMBOLS) & set("AEIOUYDW01SZB")
    made = [Codes(b"k", clock).fresh() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(len(code) == 11 and read(code) == code.replace("-", "") for code in made)


@pytest.mark.parametrize(
    "typed", ["7KC-9MX-T4F", "7kc9mxt4f", " 7KC 9MX T4F. ", "7KC–9MX–T4F", "7kc_9mx_t4f"]
)
def test_however_it_is_typed_it_is_the_same_code(typed: str) -> None:
    assert read(typed) == "7KC9MXT4F"


@pytest.mark.parametrize(
    "typed", ["", "7KC-9MX-T4", "7KC-9MX-T4F-2", "7KC-9MX-TÂF", "ABCDEFGHI", "mật ong rừng", "٧KC9MXT4F"]
)
def test_what_is_no_code(typed: str) -> None:
    assert read(typed) == ""


async def test_the_same_code_for_another_purpose_or_under_another_key_is_unknown(
    db: SqliteDatabase, clock: MovedClock
) -> None:
    ours, theirs = Codes(b"one", clock), Codes(b"two", clock)
    code = ours.fresh()
    await db.run(ours.issue, "link", code, LAN, clock.now(), timedelta(minutes=10))
    found = await db.read(ours.find, "link", code)
    assert found is not None
    assert found.owner == LAN
    assert await db.read(ours.find, "claim", code) is None
    assert await db.read(theirs.find, "link", code) is None


async def test_spending_twice_is_refused(db: SqliteDatabase, clock: MovedClock) -> None:
    ours = Codes(b"one", clock)
    code = ours.fresh()
    await db.run(ours.issue, "claim", code, NOBODY, clock.now(), timedelta(hours=1))
    await db.run(ours.spend, "claim", code)
    with pytest.raises(LookupError):
        await db.run(ours.spend, "claim", code)


async def test_expired_codes_are_forgotten_in_the_end(db: SqliteDatabase, clock: MovedClock) -> None:
    ours = Codes(b"one", clock)
    code = ours.fresh()
    await db.run(ours.issue, "link", code, LAN, clock.now(), timedelta(minutes=10))
    clock.move(minutes=11)
    found = await db.read(ours.find, "link", code)
    assert found is not None
    assert found.expired(clock.now())
    await db.run(codes.forget_expired, clock.now())

    def count(tx: Tx) -> int:
        return len(tx.rows("SELECT * FROM codes"))

    assert await db.read(count) == 0


def test_tries_are_counted_for_each_person_and_each_channel_within_an_hour(clock: MovedClock) -> None:
    tries = Tries(clock, a_person=2, a_channel=4)
    a, b, c = (Address("net", name) for name in "abc")
    for person in (a, a, b):
        assert tries.allows(person)
        tries.count(person)
    assert not tries.allows(a)
    assert tries.allows(Address("other", "a"))
    tries.count(b)
    assert not tries.allows(c)
    clock.move(hours=1)
    assert all(tries.allows(person) for person in (a, b, c))
