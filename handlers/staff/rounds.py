"""What happens to inquiries by itself: cards in the morning, addresses that go after 30 days, answers that got lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.audience import audit, duty, staff
from bot.model import Sending, Tx
from bot.texts import inquiries as texts
from bot.texts import officer
from handlers.context import Context
from handlers.staff import answering, cards
from handlers.staff.reaching import reached
from handlers.wording import brief, plain
from knowledge import inquiries, inquiry_groups
from knowledge.candidates import Candidate

ONE_BY_ONE = 3  # cards; more at once become a list
_WATCHED_FOR = timedelta(days=9)  # a send is tried for a day, and may be held for a week
_DAY = (8, 20)  # o'clock: citizens are not woken
_LINE = 150  # characters of a question in a list

Close = Mapping[int, Sequence[Candidate]]


async def nearest(context: Context) -> Close:
    """What is close to each group that nobody has been told of; looked for before the transaction."""
    groups = await context.db.read(inquiry_groups.unannounced)
    return {
        group.key: context.library.find(group.question, context.thresholds).ranked
        for group in groups[:ONE_BY_ONE]
    }


def make(tx: Tx, context: Context, close: Close) -> list[Sending]:
    """One round; everything in it happens once, however often rounds are made."""
    return [
        *_prepared(tx, context),
        *answering.sent_to_who_waits(tx, context, None),  # published by a file
        *_cards(tx, context, close),
        *_farewells(tx, context),
        *_undelivered(tx, context),
    ]


def _prepared(tx: Tx, context: Context) -> list[Sending]:
    """Answers that came by a file."""
    sent: list[Sending] = []
    for group in inquiry_groups.prepared(tx):
        now = context.clock.now()
        told = inquiry_groups.close(tx, group.key, "answered", None, now, answer=group.ready)
        audit.record(tx, None, "inquiry.answered", f"inquiry:{group.number}", now)
        sent += answering.letters(context, told or (), group.ready)
    return sent


def _cards(tx: Tx, context: Context, close: Close) -> list[Sending]:
    """What came while nobody was on duty."""
    groups = inquiry_groups.unannounced(tx)
    now = context.clock.now().astimezone(context.timezone)
    if not groups or not duty.on_duty(context.department().working_hours, now):
        return []
    members = reached(tx, context, staff.members(tx, context.admins, "editor"))
    if not members:
        return []
    for group in groups:
        inquiry_groups.announce(tx, group.key)
    if len(groups) <= ONE_BY_ONE:
        return [
            Sending(
                at,
                cards.card(tx, context, group, close.get(group.key, ()), at.channel),
                f"card:{group.key}:{member.key}",
            )
            for group in groups
            for member, at in members
        ]
    lines = [
        texts.SEVERAL.format(count=len(groups)),
        *(
            texts.SEVERAL_LINE.format(number=group.number, question=brief(group.question, _LINE))
            for group in groups
        ),
        "",
        texts.SEVERAL_HOW.format(number=groups[0].number),
    ]
    notice = plain("\n".join(lines))
    return [Sending(at, notice, f"cards:{groups[-1].key}:{member.key}") for member, at in members]


def _farewells(tx: Tx, context: Context) -> list[Sending]:
    """Who has waited for 30 days is told that their address has gone, and that nobody has answered."""
    if not _DAY[0] <= context.clock.now().astimezone(context.timezone).hour < _DAY[1]:
        return []
    return [
        Sending(
            asker.address,
            plain(
                officer.EXPIRED.format(
                    number=asker.number,
                    question=brief(asker.text, _LINE),
                    organisation=context.organisation,
                )
            ),
            f"expired:{asker.number}",
        )
        for asker in inquiries.expire(tx, context.clock.now())
        if asker.address.channel in context.networks
    ]


def _undelivered(tx: Tx, context: Context) -> list[Sending]:
    """Whoever answered hears that it did not arrive."""
    told: list[Sending] = []
    for group in inquiry_groups.closed_since(tx, context.clock.now() - _WATCHED_FOR):
        closer = staff.by_key(tx, context.admins, group.closed_by) if group.closed_by else None
        for number in group.numbers:
            if closer and context.delivery(tx, cards.cause(number)) == "lost":
                said = plain(texts.UNDELIVERED.format(number=number))
                told += [
                    Sending(at, said, f"undelivered:{number}") for _, at in reached(tx, context, [closer])
                ]
    return told
