"""How often somebody may do something: token buckets in bounded memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

KEYS = 20_000  # remembered at most; about 4 MB


class Rate:
    """At most `per_minute` in a row, refilled evenly.

    Keys beyond `keys` push out the one that was used longest ago; it starts afresh, as after a minute's rest.
    """

    def __init__(
        self, per_minute: int, *, keys: int = KEYS, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._full = float(per_minute)
        self._refill = per_minute / 60  # tokens a second
        self._keys = keys
        self._seconds = seconds
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key → tokens, as of

    def wait(self, key: str) -> float:
        """Seconds until the next one is allowed: 0 when it is allowed now. Takes nothing."""
        return max(0.0, (1 - self._tokens(key)) / self._refill)

    def take(self, key: str) -> None:
        """One has been done."""
        self._buckets[key] = (max(0.0, self._tokens(key) - 1), self._seconds())
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)

    def __len__(self) -> int:
        return len(self._buckets)

    def _tokens(self, key: str) -> float:
        tokens, as_of = self._buckets.get(key, (self._full, self._seconds()))
        return min(self._full, tokens + (self._seconds() - as_of) * self._refill)
