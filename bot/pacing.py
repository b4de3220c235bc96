"""When the next message may go out under a platform's limits. Pure: time is a number of seconds that the caller gives.

Windows slide: never more than N sends in any window, however they are spread, because platforms count that way.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence

from bot.channels.base import Pace

# The platform counts arrivals, we count departures: the network may bring two of them closer together.
SLACK = 1.05
REMEMBERED = 20_000  # conversations; the one idle longest is forgotten first


class Pacer:
    """Keeps the times of recent sends of one channel."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._all = _Window(pace.per_second, 1.0)
        self._conversations: OrderedDict[str, tuple[_Window, _Window]] = OrderedDict()
        self._held: OrderedDict[str, float] = OrderedDict()
        self._paused_until = self._bulk_paused_until = 0.0
        self._evenly = _Even(pace.per_second)

    def pause(self, until: float, *, bulk_only: bool = False) -> None:
        """Nothing of this channel goes out before `until`, or no bulk."""
        if bulk_only:
            self._bulk_paused_until = max(self._bulk_paused_until, until)
        else:
            self._paused_until = max(self._paused_until, until)

    def pause_conversation(self, conversation: str, until: float) -> None:
        """Nothing goes to this conversation before `until`; the others do not notice."""
        self._held[conversation] = max(self._held.pop(conversation, 0.0), until)
        if len(self._held) > REMEMBERED:
            self._held.popitem(last=False)

    def channel_free_at(self) -> float:
        """The earliest moment at which any message may go out."""
        return max(self._paused_until, self._all.free_at())

    def bulk_free_at(self) -> float:
        """The earliest moment at which more bulk may go out."""
        return max(self.channel_free_at(), self._bulk_paused_until, self._evenly.free_at())

    def free_at(self, conversation: str) -> float:
        """The earliest moment at which a message to this conversation may go out."""
        windows = self._conversations.get(conversation)
        own = max(window.free_at() for window in windows) if windows else 0.0
        return max(self.channel_free_at(), own, self._held.get(conversation, 0.0))

    def departed(self, conversations: Sequence[str], now: float) -> None:
        """Those last counted have left only now: what has been promised is counted from here."""
        self._all.amend(len(conversations), now)
        for conversation in conversations:
            for window in self._conversations.get(conversation, ()):
                window.amend(1, now)

    def sent(self, conversation: str, now: float, *, group: bool) -> None:
        """Count a send that departs now."""
        self._all.add(now)
        self._evenly.add(now)
        self._held.pop(conversation, None)
        second, minute = self._conversations.get(conversation) or (
            _Window(self._pace.conversation_per_second, 1.0),
            _Window(self._pace.group_per_minute if group else None, 60.0),
        )
        second.add(now)
        minute.add(now)
        self._conversations[conversation] = (second, minute)
        self._conversations.move_to_end(conversation)
        if len(self._conversations) > REMEMBERED:
            self._conversations.popitem(last=False)


class _Even:
    """As many events as a window allows, but evenly: bulk that keeps to it leaves room for a reply within a moment, and not
    after the whole second that a burst has used up. What comes late catches up; a pause is not caught up."""

    _LATE = 10  # events

    def __init__(self, per_second: float | None) -> None:
        self._interval = SLACK / per_second if per_second else 0.0
        self._next = 0.0

    def free_at(self) -> float:
        return self._next

    def add(self, now: float) -> None:
        late = now - self._next
        self._next = (self._next if late <= self._LATE * self._interval else now) + self._interval


class _Window:
    """At most `count` events in any `seconds`; a count below one becomes one event in a longer time."""

    def __init__(self, count: float | None, seconds: float) -> None:
        if count is not None and count < 1:
            count, seconds = 1, seconds / count
        self._seconds = seconds * SLACK
        self._times: deque[float] | None = deque(maxlen=int(count)) if count else None

    def free_at(self) -> float:
        if self._times is None or len(self._times) < (self._times.maxlen or 0):
            return 0.0
        return self._times[0] + self._seconds

    def add(self, now: float) -> None:
        if self._times is not None:
            self._times.append(now)

    def amend(self, count: int, now: float) -> None:
        """The latest `count` of them were now."""
        if self._times is not None:
            for _ in range(min(count, len(self._times))):
                self._times.pop()
            self._times.extend([now] * count)
