"""A menu that follows a tap takes the place of the one that was tapped, where a network can change what it has shown."""

from __future__ import annotations

from bot.model import Edit, Inbound, Reply, Text
from handlers.context import Context


def in_place(inbound: Inbound, context: Context, menu: Text) -> Reply:
    """A few taps leave one message, not one each: a group reads every one of them."""
    medium = context.media.of(inbound.address)
    tapped = inbound.kind == "choice" and bool(inbound.press) and bool(inbound.message_id)
    return Edit("", menu, inbound.message_id) if tapped and medium and medium.limits.edits else menu
