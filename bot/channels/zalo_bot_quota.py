"""How many messages the bot has sent this month: counted on disk, told to administrators before it is too late."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.channels.base import Memory, Notices
from bot.clock import Clock
from bot.errors import SealBroken, StorageError

MONTHLY = 3_000  # messages of the Basic plan. Whether Zalo counts received ones too is not known
WARNINGS = (80, 95)  # percent
BULK_UNTIL = 80  # percent; what is left is kept for answers
ZALOS_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_NAME = "quota"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Warnings:
    """What administrators read: `nearly` has {sent}, {quota} and {percent}, `used_up` has nothing."""

    nearly: str
    used_up: str


class Quota:
    """Counts by the month of Viet Nam. A count that cannot be stored is kept in memory and stored with the next."""

    def __init__(self, memory: Memory, notices: Notices, clock: Clock, warnings: Warnings) -> None:
        self._memory = memory
        self._notices = notices
        self._clock = clock
        self._warnings = warnings
        self._month, self._sent, self._warned = "", 0, 0
        self._stored = 0
        self._writing = asyncio.Lock()

    @property
    def percent(self) -> int:
        return 100 * self._sent_in(self._now()) // MONTHLY

    def __str__(self) -> str:
        return f"{self._sent_in(self._now())} of {MONTHLY} messages sent this month"

    async def load(self) -> None:
        """Raises StorageError."""
        try:
            kept = await self._memory.load(_NAME) or {}
        except SealBroken:
            kept = {}  # the key is gone; the count begins again
        if kept.get("month", "") >= self._month:
            self._month, self._warned = kept.get("month", ""), kept.get("warned", 0)
            self._sent = self._stored = max(kept.get("sent", 0), self._sent)

    async def count(self) -> None:
        """One more message; on disk when this returns, unless the disk refuses: the message has gone, that is no error."""
        now = self._now()
        self._sent = self._sent_in(now) + 1
        if self._month != now:
            self._month, self._warned, self._stored = now, 0, 0
        try:
            async with self._writing:  # those that wait here share one write
                if self._stored < self._sent:
                    await self._store()
        except StorageError as error:
            _log.warning("the month's count of messages cannot be stored yet: %s", error)

    async def used_up(self) -> None:
        """Zalo refuses as if nothing were left. Raises StorageError."""
        await self._notices.tell_administrators(
            self._warnings.used_up, f"zalo-bot quota {self._now()} used up"
        )

    async def _store(self) -> None:
        sent, warned = self._sent, self._warned
        for level in WARNINGS:
            if warned < level <= 100 * sent / MONTHLY:
                text = self._warnings.nearly.format(sent=sent, quota=MONTHLY, percent=level)
                await self._notices.tell_administrators(text, f"zalo-bot quota {self._month} {level}")
                warned = level
        await self._memory.keep(_NAME, {"month": self._month, "sent": sent, "warned": warned})
        self._stored, self._warned = sent, warned

    def _now(self) -> str:
        return self._clock.now().astimezone(ZALOS_ZONE).strftime("%Y-%m")

    def _sent_in(self, month: str) -> int:
        return self._sent if month == self._month else 0
