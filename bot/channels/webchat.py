"""The web page as a channel: what a browser posts comes in, replies go into a mailbox that the browser empties.

Raw form of an update, as web/chat.py hands it to the inbox (`visitor` comes from the signed cookie, the rest from the page):

    {"visitor": "9f…", "id": "c1b2…", "text": "…"}
    {"visitor": "9f…", "id": "c1b2…", "payload": "entry:12"}      a button was pressed
"""

from __future__ import annotations

import asyncio
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, Protocol
from urllib.parse import quote

from bot.channels.base import Limits, Pace, has_no_polls, never_edits
from bot.errors import SendError, StorageError
from bot.model import JSON, Address, Choice, Edit, File, Inbound, Picture, Poll, Reply, StopPoll, Text

TEXT_LIMIT = 4000  # code points, in both directions


class Mail(Protocol):
    """Where replies wait for the browser (bot/mailbox.py)."""

    async def put(self, visitor: str, payload: JSON, key: str) -> int: ...


class Stream:
    """One open connection of a browser: wakes when there is mail, or to show that an answer is being written."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._typing = False
        self.closed = False

    @property
    def woken(self) -> bool:
        return self._woken.is_set()

    def wake(self, *, typing: bool = False) -> None:
        self._typing = self._typing or typing
        self._woken.set()

    def close(self) -> None:
        self.closed = True
        self._woken.set()

    async def wait(self, seconds: float) -> bool:
        """Until woken, or the time is over. True when a typing sign has been asked for meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass
        self._woken.clear()
        typing, self._typing = self._typing, False
        return typing


class WebChat:
    name = "web"
    limits = Limits(
        text=TEXT_LIMIT,
        buttons=12,
        label=400,
        file=5 * 1024 * 1024,
        knows_keys=True,
        caption=TEXT_LIMIT,
        picture_buttons=True,
        reader="comes back",
    )
    pace = Pace()

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._streams: dict[str, set[Stream]] = {}
        self._closed = False

    def is_group(self, conversation: str) -> bool:  # noqa: ARG002
        return False

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:  # noqa: ARG002
        return False  # the page has its own route, with its own checks: there is no webhook

    def identify(self, raw: JSON) -> tuple[str, str]:
        visitor, message = raw["visitor"], raw["id"]
        if not (isinstance(visitor, str) and isinstance(message, str) and visitor and message):
            raise ValueError("an update of the web chat without visitor or id")
        # A hash, because the inbox keeps this for ever, and who wrote is not to be kept.
        return hashlib.sha256(f"{visitor} {message}".encode()).hexdigest()[:32], visitor

    def decode(self, raw: JSON) -> Inbound | None:
        visitor, message = str(raw["visitor"]), str(raw["id"])
        address = Address(self.name, visitor)
        if "payload" in raw:
            payload = str(raw["payload"])
            return Inbound(address, "choice", sender=visitor, payload=payload, message_id=message)
        text = _readable(raw["text"])
        return Inbound(address, "text", sender=visitor, text=text, message_id=message)

    async def start(self) -> None:
        """Nothing to set up: the page is part of this program."""

    async def send(self, to: Address, reply: Reply, key: str) -> str:
        if isinstance(reply, Edit):
            raise never_edits(self.name)
        if isinstance(reply, Poll | StopPoll):
            raise has_no_polls(self.name)
        try:
            sequence = await self._mail.put(to.conversation, _for_page(reply, key), key)
        except StorageError as error:
            raise SendError(str(error), retryable=True) from error
        self._wake(to.conversation)
        return str(sequence)

    async def signal(self, to: Address, kind: Literal["typing", "pressed"], press: str = "") -> None:  # noqa: ARG002
        if kind == "typing":
            self._wake(to.conversation, typing=True)

    async def close(self) -> None:
        """End the open connections: the browsers come back to whoever serves next."""
        self._closed = True
        for streams in self._streams.values():
            for stream in streams:
                stream.close()

    # For web/chat.py

    @property
    def open_streams(self) -> int:
        return sum(len(streams) for streams in self._streams.values())

    def streams_of(self, visitor: str) -> int:
        return len(self._streams.get(visitor, ()))

    @contextmanager
    def listen(self, visitor: str) -> Iterator[Stream]:
        """A stream that is woken for this visitor as long as the context lasts."""
        stream = Stream()
        if self._closed:
            stream.close()
        streams = self._streams.setdefault(visitor, set())
        streams.add(stream)
        try:
            yield stream
        finally:
            streams.discard(stream)
            if not streams:
                self._streams.pop(visitor, None)

    def _wake(self, visitor: str, *, typing: bool = False) -> None:
        for stream in self._streams.get(visitor, ()):
            stream.wake(typing=typing)


def _readable(text: str) -> str:
    """NFC; halves of characters that a broken client sent cannot be stored, and become a replacement sign."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole)


def _for_page(reply: Text | File | Picture, key: str) -> JSON:
    """What web/static/chat-view.js shows. `key` lets it tell a reply that was delivered twice."""
    if isinstance(reply, File):
        address = f"/{quote(reply.reference)}"
        return {"key": key, "file": reply.name, "url": address, "caption": reply.caption}
    if isinstance(reply, Picture):
        return {
            "key": key,
            "picture": f"/{quote(reply.reference)}",
            "alt": reply.alt or reply.name,
            "parts": [[reply.caption, "plain"]] if reply.caption else [],
            "choices": [_button(choice) for choice in reply.choices],
        }
    return {
        "key": key,
        "parts": [[part.text, part.style] for part in reply.parts],
        "choices": [_button(choice) for choice in reply.choices],
        "reply_to": reply.reply_to,
    }


def _button(choice: Choice) -> JSON:
    return {"label": choice.label, **({"url": choice.url} if choice.url else {"payload": choice.payload})}
