"""The first thing that anybody reads from us says that this is an automatic service, who runs it and what is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.audience import people
from bot.model import Inbound, Outcome, Part, Reply, Text, Tx
from bot.texts import chat
from handlers.context import Context, Handler


def introduced(handle: Handler, *, of_staff: bool = False) -> Handler:
    """The handler, with the introduction before its reply when the person writes for the first time.

    of_staff  its replies, all of them our own words, may be to a member of staff: who is spoken to then is told by them
    """

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
        words = chat.INTRODUCTION_STAFF if of_staff and _to_staff(first) else chat.INTRODUCTION
        shown = _introduce(first, words.format(**context.words(inbound.address.channel)))
        return replace(outcome, sends=((to, shown), *rest), writes=(*outcome.writes, meet))

    return with_introduction


def _introduce(reply: Reply, words: str) -> Reply:
    return replace(reply, parts=(Part(f"{words}\n\n"), *reply.parts)) if isinstance(reply, Text) else reply


def _to_staff(reply: Reply) -> bool:
    return isinstance(reply, Text) and chat.TO_STAFF in reply.plain.lower()
