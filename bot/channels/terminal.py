"""The terminal as a network: `hoidap chat` goes the same way as a message from anywhere else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from bot.channels.base import Limits, Pace, has_no_polls, never_edits
from bot.model import JSON, Address, Edit, File, Inbound, Picture, Poll, Reply, StopPoll, Text


class Terminal:
    """`show` prints a message. A raw update is {"id": …, "conversation": …, "text": …}.

    name        of this terminal alone: two of them on one database must not show each other's answers
    public_url  where pictures can be seen, if anywhere
    """

    limits = Limits(text=100_000, caption=100_000, reader="leaves")
    pace = Pace()

    def __init__(self, name: str, show: Callable[[str], None], public_url: str | None = None) -> None:
        self.name = name
        self._show = show
        self._at = f"{(public_url or '').rstrip('/')}/"

    def is_group(self, conversation: str) -> bool:  # noqa: ARG002
        return False

    def verify(self, headers: Mapping[str, str], body: bytes) -> bool:  # noqa: ARG002
        return False  # nobody comes here from outside

    def identify(self, raw: JSON) -> tuple[str, str]:
        return raw["id"], raw["conversation"]

    def decode(self, raw: JSON) -> Inbound | None:
        address = Address(self.name, raw["conversation"])
        text = unicodedata.normalize("NFC", raw["text"])
        return Inbound(address, "text", sender=address.conversation, text=text, message_id=raw["id"])

    async def start(self) -> None:
        """Nothing to set up."""

    async def send(self, to: Address, reply: Reply, key: str) -> str:  # noqa: ARG002
        match reply:
            case Edit():
                raise never_edits(self.name)
            case Poll() | StopPoll():
                raise has_no_polls(self.name)
            case File():
                self._show(f"[{reply.name}] {reply.caption}")
            case Picture():
                self._show(
                    f"[{reply.alt or reply.name}: {self._at}{reply.reference}]\n{reply.caption}".strip()
                )
            case Text():
                self._show(reply.plain)
        return key

    async def close(self) -> None:
        """Nothing to close."""
