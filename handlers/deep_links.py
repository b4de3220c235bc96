"""Links from outside that open a private chat with us and say what they are about: "/start d12" is document 12, "/start
kitabcd2345" the digest of that code, to be passed on."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Inbound, Outcome
from handlers import buttons, forwarding
from handlers.context import Context
from handlers.payloads import DOCUMENT, KIT, payload
from scheduler.rendering import START, START_KIT

_DOCUMENT = re.compile(rf"/start(?:@\w+)? {START}(\d{{1,15}})", re.ASCII)

_KIT = re.compile(rf"/start(?:@\w+)? {START_KIT}([a-z0-9]{{4,16}})", re.ASCII)


def is_document(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and _DOCUMENT.fullmatch(inbound.text) is not None


async def document(inbound: Inbound, context: Context) -> Outcome:
    """Its page, with its questions as buttons."""
    found = _DOCUMENT.fullmatch(inbound.text)
    key = found[1] if found else ""
    return await buttons.press(replace(inbound, payload=payload(DOCUMENT, key)), context)


def is_kit(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and _KIT.fullmatch(inbound.text) is not None


async def kit(inbound: Inbound, context: Context) -> Outcome:
    found = _KIT.fullmatch(inbound.text)
    code = found[1] if found else ""
    return await forwarding.press(replace(inbound, payload=payload(KIT, code)), context)
