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

    def of(self, to: Address) -> Medium | None:
        """None where the network is off."""
        channel = self._channels.get(to.channel)
        if channel is None:
            return None
        start = channel.start_address if isinstance(channel, DeepLinked) else ""
        group = channel.is_group(to.conversation)
        return Medium(limits_in(channel, to.conversation), group, start, self._public_url)

    def pace(self, channel: str) -> Pace:
        return self._channels[channel].pace
