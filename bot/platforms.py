"""What can be asked of the networks about groups: who leads one, what we may do in it. Where a network tells."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.base import Channel, Described, Members
from bot.model import Address, GroupFacts


class Platforms:
    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

    @property
    def knowing_admins(self) -> frozenset[str]:
        """The channels that tell who leads a group."""
        return frozenset(name for name, channel in self._channels.items() if isinstance(channel, Members))

    async def is_admin(self, group: Address, person: str) -> bool:
        """Whether the network says so now; False where it never tells. Raises SendError."""
        channel = self._channels.get(group.channel)
        return isinstance(channel, Members) and await channel.is_admin(group.conversation, person)

    async def describe(self, group: Address) -> GroupFacts | None:
        """What the network tells about the group now; None where it never does. Raises SendError."""
        channel = self._channels.get(group.channel)
        return await channel.describe_group(group.conversation) if isinstance(channel, Described) else None
