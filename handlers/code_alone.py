"""A code that comes without its word, as people copy it: whose it is, the codes know."""

from __future__ import annotations

from dataclasses import replace

from bot.audience.codes import Purpose
from bot.model import Address, Inbound, Outcome, Tx, say
from bot.texts import linking as texts
from handlers import claiming, group_codes, linking
from handlers.commands import code_alone
from handlers.context import Context, Handler
from handlers.staff import inviting
from handlers.wording import plain

_HANDLERS: dict[Purpose, tuple[str, Handler]] = {
    "claim": (claiming.WORD, claiming.claim),
    "link": (linking.WORD, linking.join),
    "role": (inviting.WORD, inviting.accept),
    "group": (group_codes.WORD, group_codes.take),
}


async def take(inbound: Inbound, context: Context) -> Outcome:
    """The same as with its word; one that nobody has counts as a wrong link, of which people make most."""
    me = Address(inbound.address.channel, inbound.sender)
    if not inbound.private and await context.db.read(_purpose, context, code_alone(inbound)) == "group":
        return await group_codes.take(inbound, context)
    if not (inbound.private and inbound.sender):
        return say(inbound.address, plain(texts.ONLY_IN_PRIVATE, to=inbound))
    if not all(context.codes.wrong[purpose].allows(me) for purpose in _HANDLERS):
        return say(inbound.address, plain(texts.TOO_MANY_TRIES))
    code = code_alone(inbound)
    purpose = await context.db.read(_purpose, context, code)
    if purpose is None:
        context.codes.wrong["link"].count(me)
        return say(inbound.address, plain(texts.CODE_WRONG))
    word, handle = _HANDLERS[purpose]
    return await handle(replace(inbound, text=f"{word} {code}"), context)


def _purpose(tx: Tx, context: Context, code: str) -> Purpose | None:
    return next((purpose for purpose in _HANDLERS if context.codes.find(tx, purpose, code)), None)
