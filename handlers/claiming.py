"""Becoming administrator with the code that `serve` printed: nobody knows their own Zalo id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.audience import codes, staff
from bot.audience.codes import Codes
from bot.model import Address, Inbound, Outcome, Tx, say
from bot.texts import linking as texts
from handlers.commands import code_after
from handlers.context import Context
from handlers.wording import plain

WORD = "quantri"
LASTS = timedelta(hours=24)


def offer(tx: Tx, of: Codes, admins: Sequence[Address], code: str, now: datetime) -> bool:
    """Make the code the one that works, when there is no administrator; else no code works. Returns which."""
    codes.withdraw(tx, "claim", codes.NOBODY)
    if staff.administrators(tx, admins):
        return False
    of.issue(tx, "claim", code, codes.NOBODY, now, LASTS)
    return True


async def explain(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(texts.HOW_TO_CLAIM)) if inbound.private else Outcome()


async def claim(inbound: Inbound, context: Context) -> Outcome:
    """Whoever sends the code becomes administrator, once, in a private chat."""
    me = Address(inbound.address.channel, inbound.sender)
    if not (inbound.private and inbound.sender):
        return say(inbound.address, plain(texts.ONLY_IN_PRIVATE, to=inbound))
    if me.channel in context.keeps_nobody:  # the role would be lost, and the code with it
        return say(inbound.address, plain(texts.CLAIM_ELSEWHERE))
    member = await context.db.read(staff.member, context.admins, me)
    if member and member.role == "administrator":
        return say(inbound.address, plain(texts.CLAIMED_BEFORE))
    if not context.codes.wrong["claim"].allows(me):
        return say(inbound.address, plain(texts.TOO_MANY_TRIES))
    code, now = code_after(inbound, WORD) or "", context.clock.now()
    issued = await context.db.read(context.codes.find, "claim", code)
    if issued is None:
        context.codes.wrong["claim"].count(me)
        return say(inbound.address, plain(texts.CLAIM_WRONG))
    if issued.expired(now):
        return say(inbound.address, plain(texts.CLAIM_EXPIRED))

    def promote(tx: Tx) -> None:
        context.codes.spend(tx, "claim", code)
        staff.give_role(tx, context.admins, me, "administrator", "", None, now)

    return say(inbound.address, plain(texts.CLAIMED), writes=(promote,))
