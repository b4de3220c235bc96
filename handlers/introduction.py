"""The first thing that anybody reads from us says that this is an automatic service, who runs it and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.audience import people
from bot.model import Inbound, Outcome, Part, Reply, Sending, Text, Tx
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
        today = context.today

        def met(tx: Tx) -> Sequence[Sending]:
            """Whether it is the first time is asked here, where it is written down: not in a read of its own before
            each message."""
            (to, first), *rest = outcome.sends
            if people.meet(tx, inbound.address.channel, inbound.sender, today):
                # In one message with the answer: a second message would make a new reader wait for the network's pace.
                words = chat.INTRODUCTION_STAFF if of_staff and _to_staff(first) else chat.INTRODUCTION
                first = _introduce(first, words.format(**context.words(inbound.address.channel)))
            settled = outcome.settle(tx) if outcome.settle else ()
            return (Sending(to, first), *(Sending(*each) for each in rest), *settled)

        return replace(outcome, sends=(), settle=met)

    return with_introduction


def _introduce(reply: Reply, words: str) -> Reply:
    return replace(reply, parts=(Part(f"{words}\n\n"), *reply.parts)) if isinstance(reply, Text) else reply


def _to_staff(reply: Reply) -> bool:
    return isinstance(reply, Text) and chat.TO_STAFF in reply.plain.lower()
