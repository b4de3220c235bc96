"""One channel while the service runs: started (again and again while the platform is down), polled, sending."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.channels.base import Channel, Polling
from bot.errors import ChannelOff, SendError, StorageError
from bot.inbox import Inbox
from bot.sending import Sender

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries while a platform is down
# Seconds between tries while it refuses us: a token can be put right on the platform's side too.
OFF_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Status:
    """ "starting", "on", "waiting" (the platform cannot be reached, we go on trying) or "off" (it refuses our settings;
    asked again now and then)."""

    state: Literal["starting", "on", "waiting", "off"]
    reason: str = ""


class Connection:
    """Keeps one channel going; the others do not notice its troubles."""

    def __init__(
        self,
        channel: Channel,
        inbox: Inbox,
        sender: Sender,
        *,
        polled: bool,
        started: Callable[[Channel], None],
    ) -> None:
        self.channel = channel
        self.sender = sender
        self.status = Status("starting")
        self._inbox = inbox
        self._polled = polled
        self._started = started  # its stored messages may be handled from now on

    async def run(self) -> None:
        """Until cancelled."""
        await self._start()
        self._started(self.channel)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.sender.run())
            if self._polled and isinstance(self.channel, Polling):
                tasks.create_task(self._poll(self.channel))

    async def _start(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                await self.channel.start()
            except Exception as error:
                await asyncio.sleep(self._trouble(error, wait))
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                self._tell(Status("on"))
                return

    async def _poll(self, channel: Polling) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                await channel.poll(lambda raws: self._inbox.add(self.channel, raws))
            except Exception as error:
                await asyncio.sleep(self._trouble(error, wait))
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                self._tell(Status("on"))
                wait = FIRST_WAIT

    def _trouble(self, error: Exception, wait: float) -> float:
        """Say how the channel is; returns for how many seconds to wait. A fault of ours is no reason to give up either."""
        if isinstance(error, ChannelOff):
            self._tell(Status("off", str(error)))
            return OFF_WAIT
        if isinstance(error, (SendError, StorageError)):
            self._tell(Status("waiting", str(error)))
        else:
            log.error("%s: %s", self.channel.name, type(error).__name__, exc_info=error)
            self._tell(Status("waiting", type(error).__name__))
        return max(wait, getattr(error, "retry_after", None) or 0.0)

    def _tell(self, status: Status) -> None:
        if status == self.status:
            return
        self.status = status
        level = logging.INFO if status.state == "on" else logging.WARNING
        log.log(level, "%s: %s%s", self.channel.name, status.state, status.reason and f" ({status.reason})")
