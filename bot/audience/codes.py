"""Short-lived codes that somebody sends to the bot, once, to prove what they are: only a keyed hash is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import Clock, stamp
from bot.model import Address, Tx

Purpose = Literal["claim", "link", "role", "group"]

# Typed from a screen into a Vietnamese keyboard: without vowels, D and W nothing becomes an accented letter (Telex, VNI);
# without 0 1 O I, S Z B nothing is taken for something else. 23 symbols, 9 of them: 40.7 bits.
SYMBOLS = "23456789CFGHJKLMNPQRTVX"
LENGTH, GROUP = 9, 3
_MISREAD = str.maketrans("ZSB", "258")

NOBODY = Address("", "")  # whose code it is when nobody asked for it: the one that `serve` prints


@dataclass(frozen=True, slots=True)
class Issued:
    owner: Address
    expires_at: str

    def expired(self, now: datetime) -> bool:
        return self.expires_at <= stamp(now)


class Codes:
    """`key` keeps whoever reads the database from trying codes against the hashes."""

    def __init__(self, key: bytes, clock: Clock, choose: Callable[[str], str] = secrets.choice) -> None:
        self._key = key
        self._choose = choose
        # Apart, so that many people's slips with their links never shut out the administrator.
        self.wrong: dict[Purpose, Tries] = {
            "claim": Tries(clock, a_person=5, a_channel=50),
            "link": Tries(clock, a_person=5, a_channel=500),
            "role": Tries(clock, a_person=5, a_channel=50),
            "group": Tries(clock, a_person=5, a_channel=50),
        }
        self.asked = Tries(clock, a_person=5, a_channel=500)

    def fresh(self) -> str:
        """ "7KC-9MX-T4F" """
        symbols = "".join(self._choose(SYMBOLS) for _ in range(LENGTH))
        return "-".join(symbols[at : at + GROUP] for at in range(0, LENGTH, GROUP))

    def issue(
        self, tx: Tx, purpose: Purpose, code: str, owner: Address, now: datetime, lasts: timedelta
    ) -> None:
        """Keep a fresh code; an earlier one of the same owner stops working."""
        withdraw(tx, purpose, owner)
        tx.run(
            """INSERT INTO codes (hash, purpose, channel, person, expires_at)
                VALUES (:hash, :purpose, :channel, :person, :expires_at)""",
            hash=self._hash(purpose, code),
            purpose=purpose,
            channel=owner.channel,
            person=owner.conversation,
            expires_at=stamp(now + lasts),
        )

    def find(self, tx: Tx, purpose: Purpose, code: str) -> Issued | None:
        """The code as it was issued, also for a while after it has expired; None for one that nobody has, or had."""
        row = tx.row(
            "SELECT channel, person, expires_at FROM codes WHERE hash = :hash",
            hash=self._hash(purpose, code),
        )
        return Issued(Address(row["channel"], row["person"]), row["expires_at"]) if row else None

    def spend(self, tx: Tx, purpose: Purpose, code: str) -> None:
        """Raises LookupError when somebody else has just used it: then nothing of that message may happen."""
        if not tx.run("DELETE FROM codes WHERE hash = :hash", hash=self._hash(purpose, code)):
            raise LookupError("the code has been used in the meantime")

    def _hash(self, purpose: Purpose, code: str) -> bytes:
        return hmac.new(self._key, f"{purpose}:{read(code)}".encode(), hashlib.sha256).digest()


class Tries:
    """How often somebody tried within the last hour.

    In memory: who sent wrong codes is nothing to keep, and a restart, which no outsider can cause, gives an attacker a few
    tries more out of 2^40. Counted for each channel apart, so that invented visitors of the web page cannot shut
    out whoever writes from a network.
    """

    def __init__(self, clock: Clock, *, a_person: int, a_channel: int) -> None:
        self._clock = clock
        self._a_person = a_person
        self._a_channel = a_channel
        self._latest: dict[str, deque[tuple[datetime, str]]] = defaultdict(lambda: deque(maxlen=a_channel))

    def allows(self, person: Address) -> bool:
        since = self._clock.now() - timedelta(hours=1)
        recent = [who for when, who in self._latest[person.channel] if when > since]
        return len(recent) < self._a_channel and recent.count(person.conversation) < self._a_person

    def count(self, person: Address) -> None:
        self._latest[person.channel].append((self._clock.now(), person.conversation))


def read(typed: str) -> str:
    """The symbols of a code however it was typed (case, spaces, hyphens, look-alikes); "" for what is none."""
    symbols = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_MISREAD)
    return symbols if len(symbols) == LENGTH and set(symbols) <= set(SYMBOLS) else ""


def withdraw(tx: Tx, purpose: Purpose, owner: Address) -> int:
    return tx.run(
        "DELETE FROM codes WHERE purpose = :purpose AND channel = :channel AND person = :person",
        purpose=purpose,
        channel=owner.channel,
        person=owner.conversation,
    )


def forget_expired(tx: Tx, before: datetime) -> int:
    return tx.run("DELETE FROM codes WHERE expires_at < :moment", moment=stamp(before))
