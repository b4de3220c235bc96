"""The networks that are on, as far as a digest must know them: how it looks there, and how fast it goes out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.base import Channel, DeepLinked, Pace, limits_in
from bot.model import Address
from scheduler.rendering import Medium


class Media:
    """`channels` may still be filled later, like that of the outbox."""

    def __init__(self, channels: Mapping[str, Channel], public_url: str | None) -> None:
        self._channels = channels
        self._public_url = public_url
        self._known: dict[tuple[str, bool], Medium] = {}  # thousands of chats are of a few kinds

    def of(self, to: Address) -> Medium | None:
        """None where the network is off."""
        channel = self._channels.get(to.channel)
        if channel is None:
            return None
        kind = to.channel, channel.is_group(to.conversation)
        if kind not in self._known:
            linked = channel if isinstance(channel, DeepLinked) else None
            start = linked.start_address if linked else ""
            medium = Medium(limits_in(channel, to.conversation), kind[1], start, self._public_url)
            if linked and not start:  # its own name is not known yet
                return medium
            self._known[kind] = medium
        return self._known[kind]

    @property
    def networks(self) -> frozenset[str]:
        """Those that are on."""
        return frozenset(self._channels)

    def pace(self, channel: str) -> Pace:
        return self._channels[channel].pace
