"""Groups as they come and go: greeted once, moved, removed; and questions that nobody asked us, answered only when sure."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set

from bot.audience import groups
from bot.errors import SendError
from bot.model import Address, Choice, GroupFacts, Inbound, Outcome, Sending, Text, Tx
from bot.texts import groups as texts
from handlers import questions
from handlers.context import Context
from handlers.payloads import GROUP
from handlers.wording import plain
from scheduler import calling_off, reached
from surveys import group_polls
from surveys import reach as poll_chats

log = logging.getLogger(__name__)


async def joined(inbound: Inbound, context: Context) -> Outcome:
    """Greeted once, however often the network tells; who removes us and adds us again later is greeted again."""
    if await context.db.read(groups.find, inbound.group):
        return Outcome()  # an Official Account hears of everybody who joins
    facts, now = await described(inbound, context), context.clock.now()

    def greet(tx: Tx) -> Sequence[Sending]:
        if not groups.add(tx, inbound.group, now, inbound.title):
            return ()
        if facts:
            groups.learn(tx, inbound.group, facts, now)
        return [Sending(inbound.address, _greeting(inbound, context))]

    return Outcome(settle=greet)


async def moved(inbound: Inbound, context: Context) -> Outcome:
    """What waits for it is sent on by dispatch; here goes what has been decided for it."""

    return Outcome(writes=(lambda tx: move(tx, inbound.group, inbound.moved_to),))


def move(tx: Tx, old: Address, conversation: str) -> None:
    """Everything that is kept of a group under its name, however we have learnt of the new one."""
    groups.move(tx, old, conversation)
    reached.move(tx, old, conversation)
    poll_chats.move(tx, old, conversation)
    group_polls.moved(tx, old, conversation)


def forbid(tx: Tx, at: Address, lost: Set[str], now: str) -> None:
    """A message was refused although we are in the group. What of these causes waited may come once we may write again."""
    groups.forbid(tx, at, now)
    calling_off.never_came(tx, at, lost)


async def rights(inbound: Inbound, context: Context) -> Outcome:
    """Somebody has changed what we may do there: whether we may write, whether we can read."""
    facts, now = await described(inbound, context), context.clock.now()

    def learn(tx: Tx) -> None:
        if facts:
            groups.learn(tx, inbound.group, facts, now)

    return Outcome(writes=(learn,))


async def overhear(inbound: Inbound, context: Context) -> Outcome:
    """What was said to others: answered where the group wants that and the answer is sure; else nothing of it is kept."""
    if inbound.kind != "text" or inbound.text.startswith("/") or len(inbound.text) > questions.LONGEST:
        return Outcome()
    group = await context.db.read(groups.find, inbound.group)
    if group is None or not group.answers or group.state == "off":
        return Outcome()
    finding = context.library.find(inbound.text.strip(), context.thresholds, group=True)
    if finding.outcome != "answer":
        return Outcome()
    return await questions.ask(inbound, context)


async def described(inbound: Inbound, context: Context) -> GroupFacts | None:
    """What the network tells about the group now; None where it cannot."""
    try:
        return await context.describe_group(inbound.group)
    except SendError as error:
        log.info("a group of %s could not be looked at: %s", inbound.address.channel, error)
        return None


def _greeting(inbound: Inbound, context: Context) -> Text:
    words = context.words(inbound.address.channel)
    said = texts.GREETING.format(**words)
    if inbound.address.channel in context.knowing_admins:
        return plain(f"{said}\n\n{texts.GREETING_ADMINS}", Choice(texts.SET_UP, GROUP))
    return plain(f"{said}\n\n{texts.GREETING_CODE.format(**words)}")
