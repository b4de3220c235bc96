"""The steps of a message's path at which the service is killed, and the collaborators through which it dies there.

Production code knows nothing of this: the victim gets a database and a channel that kill their own process.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.channels.base import Channel, Store
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import JSON, Address, Inbound, Poll, PollAnswer, Reply, StopPoll, Tx
from bot.storage.base import Database
from tests.fakes.unpaced import Unpaced

P = ParamSpec("P")
T = TypeVar("T")

_WRITES = {
    "bot.inbox._insert": "store",
    "bot.dispatch.Dispatch._commit": "outcome",
    "bot.sending.Sender._claim": "claim",
    "bot.sending.Sender._record.<locals>.<lambda>": "record",
    "bot.outbox.doubt": "recovery",
    "bot.mailbox._insert": "mail",
    "bot.mailbox._confirm": "collect",
    "bot.memory._keep": "count",  # of the quota; what else channels remember: see _write
}
# Polls are counted where an order says so: see tests/crash/ballots.py.
_ROUNDS = {
    "surveys.running.Running._count_or_close": "round",
    "surveys.running.open_poll": "opening",
}
_BATCHES = {"scheduler.distribution.Distribution._put": "batch"}  # some hundred chats of a digest
# What a poll sends where an order says so: see tests/crash/asking.py.
_ASKING = {
    "scheduler.polls.Invitations._put": "invitations",  # some hundred chats, and the polls of groups
    "scheduler.poll_reminders.Reminders._remind": "reminders",
    "bot.app.Bot.tell.<locals>.put": "stops",
}
_MEMORY = "memory"  # a token pair, the webhook that was set
_READS = {"bot.app._revisions": "start", "handlers.answers.find_entry": "handler"}

# before: asked for; inside: its statements have run, COMMIT has not; after: committed, the caller has not heard of it.
# "before" and "inside" last for a moment: whatever somebody acknowledges too early is then on its way.
OF_WRITES = tuple(
    f"{point} {write}" for write in (*_WRITES.values(), _MEMORY) for point in ("before", "inside", "after")
)
OF_ROUNDS = tuple(f"{point} {write}" for write in _ROUNDS.values() for point in ("before", "inside", "after"))
OF_BATCHES = tuple(
    f"{point} batch" for point in ("before", "inside", "after")
)  # only where a digest goes out
OF_ASKING = tuple(f"{point} {write}" for write in _ASKING.values() for point in ("before", "inside", "after"))
OF_READS = tuple(f"{point} {read}" for read in _READS.values() for point in ("before", "after"))
OF_CHANNEL = ("decoded", "before call", "call answered", "polled and stored")
# Seen from outside: the far side has the call and has not acted, has acted and not answered; a confirmation has come;
# the browser has its 202; has replies and has not confirmed them.
OUTSIDE = (
    *("call arrived", "call executed", "confirmation arrived", "acknowledged"),
    *("accepted", "replies read"),
    "rotated",  # Zalo has replaced the tokens of an Official Account, and not answered
)
ANY_TIME = "any time"
MOMENT = 0.03  # seconds
STEPS = (*OF_WRITES, *OF_READS, *OF_CHANNEL, *OUTSIDE, ANY_TIME)

ONLY_POLLING = frozenset(["polled and stored", "confirmation arrived"])
ONLY_WEBHOOK = frozenset(["rotated", *(step for step in STEPS if step.endswith(f" {_MEMORY}"))])
# How often a start passes these at least; the others go on and on.
PASSES = {"rotated": 1, **{step: 3 for step in STEPS if step.endswith(f" {_MEMORY}")}}
RECOVERY = frozenset(step for step in STEPS if step.endswith((" recovery", " start")))
# A kill at one of these leaves a send of which nobody knows whether it arrived: there is something to recover.
UNDER_WAY = frozenset(
    [
        *("after claim", "before call", "call arrived", "call executed", "call answered"),
        *("before count", "inside count", "after count"),
        *("before record", "inside record", "before mail", "inside mail", "after mail"),
    ]
)


class Doom:
    """Strikes at the n-th pass of one step."""

    def __init__(self, step: str, passes: int, strike: Callable[[], object]) -> None:
        self._step = step
        self._left = passes
        self._strike = strike

    def due(self, step: str) -> bool:
        """Counts a pass; whether it is the one."""
        self._left -= step == self._step
        return step == self._step and self._left == 0

    def strike(self) -> None:
        self._strike()

    def reach(self, step: str) -> None:
        if self.due(step):
            self.strike()


class DoomedDatabase:
    """A database whose process dies before, inside or after a transaction."""

    def __init__(self, database: Database, doom: Doom) -> None:
        self._database = database
        self._doom = doom

    async def run(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        write = _write(fn, args)

        def doomed(tx: Tx) -> T:
            done = fn(tx, *args, **kwargs)
            if self._doom.due(f"inside {write}"):
                time.sleep(MOMENT)
                self._doom.strike()
            return done

        if self._doom.due(f"before {write}"):
            await asyncio.sleep(MOMENT)
            self._doom.strike()
        done = await self._database.run(doomed)
        self._doom.reach(f"after {write}")
        return done

    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        read = _name(fn, _READS)
        self._doom.reach(f"before {read}")
        found = await self._database.read(fn, *args, **kwargs)
        self._doom.reach(f"after {read}")
        return found


class Doomed(Unpaced):
    """The real channel, whose process dies around decoding, sending and polling."""

    def __init__(self, channel: Telegram | ZaloBot | ZaloOA, doom: Doom) -> None:
        super().__init__(channel)
        self._doom = doom

    def decode(self, raw: JSON) -> Inbound | None:
        inbound = super().decode(raw)
        self._doom.reach("decoded")
        return inbound

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        self._doom.reach("before call")
        name = await super().send(to, reply, key)
        self._doom.reach("call answered")
        return name

    async def poll(self, store: Store) -> None:
        async def stored(raws: Sequence[JSON]) -> None:
            await store(raws)
            self._doom.reach("polled and stored")

        await super().poll(stored)


class _Asked(Doomed):
    """Its groups have polls of its own."""

    def __init__(self, channel: Telegram, doom: Doom) -> None:
        super().__init__(channel, doom)
        self._telegram = channel
        self.group_limits = channel.group_limits

    async def send_poll(self, to: Address, reply: Poll | StopPoll) -> PollAnswer:
        self._doom.reach("before call")
        said = await self._telegram.send_poll(to, reply)
        self._doom.reach("call answered")
        return said


class _Probed(Doomed):
    """Its webhook is looked at by an empty call."""

    def __init__(self, channel: ZaloBot | ZaloOA, doom: Doom) -> None:
        super().__init__(channel, doom)
        self.is_probe = channel.is_probe


def doomed_to(doom: Doom, channel: Channel) -> Doomed:
    if isinstance(channel, Telegram):
        return _Asked(channel, doom)
    assert isinstance(channel, ZaloBot | ZaloOA)
    return _Probed(channel, doom)


def _write(fn: Callable[..., Any], args: Sequence[Any]) -> str:
    write = _name(fn, _WRITES | _ROUNDS | _BATCHES | _ASKING)
    return _MEMORY if write == "count" and args[1] != "quota" else write


def _name(fn: Callable[..., Any], names: Mapping[str, str]) -> str:
    return names.get(f"{fn.__module__}.{fn.__qualname__}", "other")
