"""When Zalo lets an Official Account write to a person: a rule about the last interaction. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

FREE = timedelta(hours=48)
PAID = timedelta(days=7)  # from the end of FREE on each message costs money or quota

Window = Literal["free", "paid", "closed"]


def window(last_interaction: datetime, now: datetime) -> Window:
    """What a message sent now would be. An interaction "later" than now is a clock's difference, and recent."""
    passed = now - last_interaction
    if passed < FREE:
        return "free"
    return "paid" if passed < PAID else "closed"


def may_send(last_interaction: datetime | None, now: datetime, *, accept_price: bool) -> bool:
    """Whether to try at all. Of somebody unknown only the platform can tell: it refuses what is too late."""
    if last_interaction is None:
        return True
    return window(last_interaction, now) in (("free", "paid") if accept_price else ("free",))
