"""Those who ask meanwhile: chats on the loopback networks, and browsers that behave as web/static does.

Each asks its questions in a circle, some of them in flight at a time, and notes what it asked and what it got.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

import aiohttp

from bot.channels.webchat import WebChat
from bot.model import JSON
from tests.crash.questions import QUESTIONS, introduces, part_of
from tests.crash.steps import Doom

IN_FLIGHT = 3
_PAUSE = 0.03  # seconds between two messages at most
_COME_BACK = 0.02  # seconds after a lost connection


@dataclass(slots=True)
class Asked:
    """A message. `external_id` is its name in the inbox; `given_up`: its sender stopped before it was acknowledged."""

    question: str
    external_id: str
    acknowledged: bool = False
    given_up: bool = False


@dataclass(slots=True)
class Conversation:
    channel: str
    name: str
    asked: list[Asked] = field(default_factory=list)
    received: list[str] = field(default_factory=list)  # message names of questions.parts
    introductions: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)  # one waiter: it clears the event

    def receive(self, text: str) -> None:
        name = part_of(text, self.channel)
        # The introduction opens the first answer: said again with it, it is not said twice.
        if introduces(text) and name not in self.received:
            self.introductions += 1
        self.received.append(name)
        self.changed.set()

    @property
    def in_flight(self) -> int:
        open_ = [message for message in self.asked if not message.given_up]
        answered = sum(1 for name, _ in itertools.groupby(self.received) if name in QUESTIONS)
        return len(open_) - answered


class Network(Protocol):
    """A far side on which one can write: see tests/crash/sides.py."""

    channel: str

    def write(self, chat: str, question: str) -> tuple[JSON, str]:
        """(the raw update, its name in the inbox); it is delivered until it is acknowledged."""

    def write_again(self, update: JSON) -> None:
        """Delivered once more, where the network does such a thing."""


class Chat:
    """A private chat. The platform delivers again what is not acknowledged, and now and then what is."""

    def __init__(self, network: Network, name: str, random: Random) -> None:
        self.conversation = Conversation(network.channel, name)
        self._network = network
        self._random = random
        self._updates: list[JSON] = []

    async def ask(self, question: str) -> None:
        update, external_id = self._network.write(self.conversation.name, question)
        self.conversation.asked.append(Asked(question, external_id))
        self._updates.append(update)
        if self._random.random() < 0.3:
            self._network.write_again(self._random.choice(self._updates[-5:]))


class Browser:
    """A page of the web chat: sends until 202, keeps what it gets, confirms it with the next request.

    A reply counts as received when the page has it; the same key is one message.
    """

    def __init__(self, url: str, random: Random) -> None:
        self.conversation = Conversation("web", "")
        self.doom = Doom("", 0, lambda: None)
        self._url = url
        self._random = random
        self._start = f"{random.getrandbits(128):032x}"
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._named = asyncio.Event()  # the first 202 brings the cookie
        self._seen = 0
        self._keys: set[str] = set()
        self._channel = WebChat(_NoMail())

    async def ask(self, question: str) -> None:
        message = Asked(question, "")
        self.conversation.asked.append(message)
        name = f"{self._random.getrandbits(64):016x}"
        body = {"id": name, "text": question, "start": self._start, "seen": self._seen}
        patience = self._random.choice([2, 1000, 1000, 1000]) if self._named.is_set() else 1000
        for _ in range(patience):
            if visitor := await self._post(body):
                self.conversation.name = visitor
                message.external_id = self._channel.identify({"visitor": visitor, "id": name})[0]
                message.acknowledged = True
                self._named.set()
                self.doom.reach("accepted")
                if self._random.random() < 0.2:
                    await self._post(body)  # as after an answer that was lost
                return
            await asyncio.sleep(_COME_BACK)
        message.given_up = True

    async def listen(self) -> None:
        """Until cancelled."""
        await self._named.wait()
        while True:
            query = {"after": str(self._seen), "wait": "25"}
            try:
                async with self._session.get(f"{self._url}/chat/replies", params=query) as answer:
                    replies = (await answer.json())["replies"] if answer.ok else []
            except (aiohttp.ClientError, OSError):
                replies = []
            if not replies:
                await asyncio.sleep(_COME_BACK)
                continue
            for reply in replies:
                self._keep(reply)
            self.doom.reach("replies read")

    async def close(self) -> None:
        await self._session.close()

    async def _post(self, body: JSON) -> str | None:
        """The visitor's name once the message is accepted."""
        try:
            async with self._session.post(f"{self._url}/chat/messages", json=body) as answer:
                if answer.status != 202:
                    return None
                return str(answer.cookies["hoidap_visitor"].value).partition(".")[0]
        except (aiohttp.ClientError, OSError):
            return None

    def _keep(self, reply: JSON) -> None:
        self._seen = max(self._seen, reply["sequence"])
        if reply["key"] not in self._keys:
            self._keys.add(reply["key"])
            self.conversation.receive("".join(text for text, _ in reply["parts"]))


class _NoMail:
    """For a channel that only tells what the inbox calls a message."""

    async def put(self, visitor: str, payload: JSON, key: str) -> int:
        raise NotImplementedError


async def ask_on(person: Chat | Browser, random: Random, enough: asyncio.Event) -> None:
    """Ask until there is `enough` (and the conversation wakes); never with more than a few questions in flight."""
    for question in _in_a_circle(random):
        while person.conversation.in_flight >= IN_FLIGHT and not enough.is_set():
            person.conversation.changed.clear()
            await person.conversation.changed.wait()
        if enough.is_set():
            return
        await person.ask(question)
        await asyncio.sleep(random.random() * _PAUSE)


def _in_a_circle(random: Random) -> Iterator[str]:
    questions = list(QUESTIONS)
    random.shuffle(questions)
    return itertools.cycle(questions)
