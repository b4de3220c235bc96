"""Which questions are one: staff take apart what was put together, and put together what is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.audience import audit
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Sending, Tx, say
from bot.texts import inquiries as texts
from handlers.context import Context
from handlers.payloads import INQUIRY, number, payload
from handlers.staff import cards
from handlers.wording import plain
from knowledge import inquiry_groups
from knowledge.inquiry_groups import Group


async def split(inbound: Inbound, context: Context, member: Member, group: Group, which: str) -> Outcome:
    if len(group.inquiries) == 1:
        return say(inbound.address, plain(texts.ALONE.format(number=group.number)))
    if not which:
        choices = [
            Choice(f"#{each.number} {each.text}", payload(INQUIRY, group.number, "split", each.number))
            for each in group.inquiries
        ]
        return say(inbound.address, plain(texts.WHICH_APART.format(number=group.number), *choices))
    return _changed(
        inbound,
        context,
        member,
        number(which),
        lambda tx: inquiry_groups.split(tx, number(which), context.clock.now()),
        ("inquiry.split", texts.APART.format(number=which), texts.ALONE.format(number=which)),
    )


def join(inbound: Inbound, context: Context, member: Member, which: int, to: int) -> Outcome:
    said = {"number": which, "to": to}
    return _changed(
        inbound,
        context,
        member,
        which,
        lambda tx: inquiry_groups.move(tx, which, to),
        ("inquiry.moved", texts.JOINED.format(**said), texts.NOT_JOINED.format(**said)),
    )


def _changed(
    inbound: Inbound,
    context: Context,
    member: Member,
    which: int,
    change: Callable[[Tx], bool],
    words: tuple[str, str, str],
) -> Outcome:
    """`words`: the act for the audit log, what is said when it worked, and when not."""
    act, worked, failed = words

    def settle(tx: Tx) -> Sequence[Sending]:
        if not change(tx):
            return (Sending(inbound.address, plain(failed)),)
        audit.record(tx, member.key, act, f"inquiry:{which}", context.clock.now())
        group = inquiry_groups.by_number(tx, which)
        card = [cards.card(tx, context, group, (), inbound.address.channel)] if group else []
        return [Sending(inbound.address, each) for each in (plain(worked), *card)]

    return Outcome(settle=settle)
