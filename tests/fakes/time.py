"""Time that passes when nothing else happens: an hour of waiting costs a test nothing, and every run is the same."""

from __future__ import annotations

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase

P = ParamSpec("P")
T = TypeVar("T")

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 on a Monday in Viet Nam
STUCK = 60.0  # real seconds without an answer of the database


class MovedClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move(self, **forward: float) -> None:
        """`clock.move(hours=3)`; the words are those of timedelta."""
        self._at += timedelta(**forward)


class Daytime:
    """Time passes as it does, beginning at ten in the morning in Viet Nam: no run meets the quiet hours."""

    _later = datetime.now(UTC).replace(hour=3, minute=0) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._later


class LoopClock:
    """The wall clock of a simulated loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def now(self) -> datetime:
        return START + timedelta(seconds=self._loop.time())


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Its time jumps to the next timer as soon as every task waits, and stands still while the database works."""

    def __init__(self) -> None:
        self.moment = 0.0
        self.at_work = 0  # calls to the database that are not back yet
        super().__init__(_JumpingSelector(self))

    def time(self) -> float:
        return self.moment


class _JumpingSelector(selectors.SelectSelector):
    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(0)
        if timeout is None or self._loop.at_work:
            ready = super().select(STUCK)
            assert ready, "everything waits, and nothing will ever happen"
            return ready
        ready = super().select(0)
        if not ready:
            self._loop.moment += timeout
        return ready


class WaitedFor:
    """A database that the simulated loop waits for; everything else is the real one's."""

    def __init__(self, db: SqliteDatabase) -> None:
        self.real = db

    async def run(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        with _at_work():
            return await self.real.run(fn, *args, **kwargs)

    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        with _at_work():
            return await self.real.read(fn, *args, **kwargs)


class _at_work:
    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        self._loop = loop
        loop.at_work += 1

    def __exit__(self, *error: object) -> None:
        self._loop.at_work -= 1


def simulated(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test on a loop of its own whose time is simulated."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


def skip(**time: float) -> None:
    """Time passes in which nothing is looked at, as when the machine sleeps."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SimulatedLoop)
    loop.moment += timedelta(**time).total_seconds()
