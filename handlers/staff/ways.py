"""What a member finds on the pages that everybody sees, and nobody else does."""

from __future__ import annotations

from bot.model import Choice, Inbound
from bot.texts import superseding as texts
from handlers.context import Context
from handlers.payloads import MANAGE, payload
from handlers.staff.membership import member


async def on_document(inbound: Inbound, context: Context, key: int) -> tuple[Choice, ...]:
    if await member(inbound, context, "editor") is None:
        return ()
    return (Choice(texts.MANAGE, payload(MANAGE, key), leads=True),)
