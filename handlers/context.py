"""What every handler is given. It may read; what it wants written or said goes into its Outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.audience.department import Department
from bot.clock import Clock
from bot.model import Address, Tx
from bot.storage.base import Reader
from knowledge.answering import Thresholds
from knowledge.matcher import Index


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one person and one conversation."""

    person: bool
    messages: int
    choices: bool


@dataclass(frozen=True, slots=True)
class Context:
    """index, department  the newest at the moment of the call
    day_key          the key of a local day, thrown away when it ends
    token            a fresh random name, 12 letters and digits
    kept, erase      what is kept of a person (the conversation's address, the sender), and its deletion
    """

    db: Reader
    clock: Clock
    timezone: ZoneInfo
    organisation: str
    index: Callable[[], Index]
    department: Callable[[], Department]
    day_key: Callable[[date], bytes]
    token: Callable[[], str]
    kept: Callable[[Tx, Address, str], Kept]
    erase: Callable[[Tx, Address, str], object]

    @property
    def today(self) -> date:
        """The local day."""
        return self.clock.now().astimezone(self.timezone).date()

    @property
    def thresholds(self) -> Thresholds:
        return thresholds_of(self.department())


def thresholds_of(department: Department) -> Thresholds:
    """The shipped ones, where the department has not set its own."""
    shipped = Thresholds()
    return Thresholds(
        answer=department.answer_threshold or shipped.answer,
        suggest=department.suggest_threshold or shipped.suggest,
        group_answer=department.group_answer_threshold or shipped.group_answer,
    )
