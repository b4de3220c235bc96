"""What was a moment ago, in memory: it is nothing to keep, a restart forgets it, and that does no harm."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta

from bot.clock import Clock

REMEMBERED = 5_000


class Lately:
    def __init__(self, clock: Clock, lasts: timedelta) -> None:
        self._clock = clock
        self._lasts = lasts
        self._since: OrderedDict[Hashable, datetime] = OrderedDict()

    def holds(self, what: Hashable) -> bool:
        """Whether it was noted a moment ago."""
        since = self._since.get(what)
        return since is not None and timedelta(0) <= self._clock.now() - since < self._lasts

    def note(self, what: Hashable) -> None:
        self._since.pop(what, None)
        self._since[what] = self._clock.now()
        if len(self._since) > REMEMBERED:
            self._since.popitem(last=False)
