"""The first thing that anybody reads from us says that this is an automatic service, who runs it and what is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.audience import people
from bot.model import Inbound, Outcome, Part, Reply, Text, Tx
from bot.texts import chat
from handlers.context import Context, Handler


def introduced(handle: Handler) -> Handler:
    """The handler, with the introduction before its reply when the person writes for the first time."""

    async def with_introduction(inbound: Inbound, context: Context) -> Outcome:
        outcome = await handle(inbound, context)
        if not (inbound.private and inbound.sender and outcome.sends):
            return outcome
        if await context.db.read(people.knows, inbound.address.channel, inbound.sender):
            return outcome
        today = context.today

        def meet(tx: Tx) -> None:
            people.meet(tx, inbound.address.channel, inbound.sender, today)

        # In one message with the answer: a second message would make a new reader wait for the network's pace.
        (to, first), *rest = outcome.sends
        return replace(
            outcome, sends=((to, _introduce(first, inbound, context)), *rest), writes=(*outcome.writes, meet)
        )

    return with_introduction


def _introduce(reply: Reply, inbound: Inbound, context: Context) -> Reply:
    words = f"{chat.INTRODUCTION.format(**context.words(inbound.address.channel))}\n\n"
    if isinstance(reply, Text):
        return replace(reply, parts=(Part(words), *reply.parts))
    return reply
