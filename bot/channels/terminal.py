"""The terminal as a network: `hoidap chat` goes the same way as a message from anywhere else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from bot.channels.base import Limits, Pace
from bot.model import JSON, Address, File, Inbound, Reply


class Terminal:
    """`show` prints a message. A raw update is {"id": …, "conversation": …, "text": …}.

    name  of this terminal alone: two of them on one database must not show each other's answers
    """

    limits = Limits(text=100_000)
    pace = Pace()

    def __init__(self, name: str, show: Callable[[str], None]) -> None:
        self.name = name
        self._show = show

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
        self._show(f"[{reply.name}] {reply.caption}" if isinstance(reply, File) else reply.plain)
        return key

    async def close(self) -> None:
        """Nothing to close."""
