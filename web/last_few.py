"""What takes the processor from everybody: made one at a time, and once for all who ask for the same."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class LastFew(Generic[Key, Made]):
    """Those asked for last are kept, in memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._one_at_a_time = asyncio.Lock()
        self._made: OrderedDict[Key, Made] = OrderedDict()

    async def made(self, key: Key, make: Callable[[], Awaitable[Made]]) -> Made:
        """Raises what `make` raises, and keeps nothing then."""
        async with self._one_at_a_time:
            if key not in self._made:
                self._made[key] = await make()
            self._made.move_to_end(key)
            if len(self._made) > self._most:
                self._made.popitem(last=False)
            return self._made[key]
