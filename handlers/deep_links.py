"""Links from outside that open a private chat with us and say what they are about: "/start d12" is document 12."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Inbound, Outcome
from handlers import buttons
from handlers.context import Context
from handlers.payloads import DOCUMENT, payload
from scheduler.rendering import START

_DOCUMENT = re.compile(rf"/start(?:@\w+)? {START}(\d{{1,15}})", re.ASCII)


def is_document(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and _DOCUMENT.fullmatch(inbound.text) is not None


async def document(inbound: Inbound, context: Context) -> Outcome:
    """Its page, with its questions as buttons."""
    found = _DOCUMENT.fullmatch(inbound.text)
    key = found[1] if found else ""
    return await buttons.press(replace(inbound, payload=payload(DOCUMENT, key)), context)
