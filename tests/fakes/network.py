"""A network in memory: what it delivers and refuses is programmed, what it is sent is kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.channels.base import Limits, Pace, Store, has_no_polls
from bot.model import JSON, Address, Edit, File, Inbound, Picture, Poll, Reply, StopPoll


@dataclass(frozen=True, slots=True)
class Hanging:
    """No answer until `answer()`, then this one."""

    then: Exception


Fault = Exception | Hanging | Literal["hang"]  # "hang": no answer until `answer()`


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that arrived, and when (seconds of the loop)."""

    conversation: str
    text: str
    at: float
    key: str
    reply: Reply


class FakeNetwork:
    """A Channel. A raw update is {"id", "conversation", "text" or "payload", …}; see `typed` and `pressed`."""

    def __init__(self, name: str = "net", *, limits: Limits | None = None, pace: Pace | None = None) -> None:
        self.name = name
        self.limits = limits or Limits(text=200, buttons=8)
        self.pace = pace or Pace()
        self.secret = "right"
        self.start_faults: deque[Exception] = deque()
        self.starts: list[float] = []
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, str]] = []  # (conversation, key) of every call, also of refused ones
        self.signals: list[tuple[str, str]] = []
        self.most_at_once = 0
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._under_way = 0
        self._answering = asyncio.Event()

    def refuse(self, conversation: str, *faults: Fault) -> None:
        """The next calls for this conversation (for any: "*") end like this, then they succeed."""
        self._faults[conversation].extend(faults)

    def answer(self) -> None:
        """Let the hanging calls go on."""
        self._answering.set()

    def texts(self, conversation: str | None = None) -> list[str]:
        return [sent.text for sent in self.sent if conversation in (None, sent.conversation)]

    # The channel

    def is_group(self, conversation: str) -> bool:
        return conversation.startswith("group")

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:
        return headers.get("X-Secret") == self.secret

    def identify(self, raw: JSON) -> tuple[str, str]:
        return raw["id"], raw["conversation"]

    def decode(self, raw: JSON) -> Inbound | None:
        if raw.get("nothing"):
            return None
        if "bad" in raw:
            raise ValueError("cannot be read")
        kind: Any = raw.get("kind") or ("choice" if "payload" in raw else "text")
        address = Address(self.name, raw["conversation"])
        words = {
            key: raw[key]
            for key in ("text", "payload", "message_id", "quoted", "press", "moved_to")
            if key in raw
        }
        return Inbound(address, kind, sender=str(raw.get("sender", raw["conversation"])), **words)

    async def start(self) -> None:
        self.starts.append(asyncio.get_running_loop().time())
        if self.start_faults:
            raise self.start_faults.popleft()

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        self.calls.append((to.conversation, key))
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            await asyncio.sleep(0)
            await self._meet_faults(to.conversation)
        finally:
            self._under_way -= 1
        now = asyncio.get_running_loop().time()
        self.sent.append(Sent(to.conversation, _words(reply), now, key, reply))
        return f"message-{len(self.sent)}"

    async def signal(self, to: Address, kind: Literal["typing", "pressed"], press: str = "") -> None:
        self.signals.append((to.conversation, kind))

    async def close(self) -> None:
        """Nothing to close."""

    async def _meet_faults(self, conversation: str) -> None:
        waiting = self._faults[conversation] or self._faults["*"]
        if not waiting:
            return
        fault = waiting.popleft()
        if isinstance(fault, Exception):
            raise fault
        await self._answering.wait()
        if isinstance(fault, Hanging):
            raise fault.then


def _words(reply: Reply) -> str:
    if isinstance(reply, Edit):
        return reply.text.plain
    if isinstance(reply, Poll | StopPoll):
        raise has_no_polls("net")
    if isinstance(reply, Picture):
        return reply.caption or reply.name
    return reply.name if isinstance(reply, File) else reply.plain


class PolledNetwork(FakeNetwork):
    """Delivers by long polling, and again until it is confirmed."""

    def __init__(self, name: str = "polled") -> None:
        super().__init__(name)
        self.updates: list[JSON] = []
        self.confirmed = 0
        self.poll_faults: deque[Exception] = deque()
        self.polls: list[float] = []
        self._news = asyncio.Event()

    def deliver(self, *raws: JSON) -> None:
        self.updates.extend(raws)
        self._news.set()

    async def poll(self, store: Store) -> None:
        self.polls.append(asyncio.get_running_loop().time())
        if self.poll_faults:
            raise self.poll_faults.popleft()
        if self.confirmed == len(self.updates):
            self._news.clear()
            await self._news.wait()
        batch = self.updates[self.confirmed :]
        await store(batch)
        self.confirmed += len(batch)


def typed(id: str, conversation: str, text: str) -> JSON:
    return {"id": id, "conversation": conversation, "text": text}


def pressed(id: str, conversation: str, payload: str, message: str = "m1", sender: str = "") -> JSON:
    return {
        "id": id,
        "conversation": conversation,
        "sender": sender or conversation,
        "payload": payload,
        "message_id": message,
        "press": f"press-{id}",
    }
