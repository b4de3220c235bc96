"""/viec, "việc của tôi": what waits for a member. Each subject adds its section to SECTIONS, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Inbound, Outcome, Part, Text, Tx, say
from bot.texts import desk as texts
from bot.texts.roles import ROLES
from handlers.context import Context
from handlers.staff import (
    digest_lists,
    document_drafts,
    document_publishing,
    feed_items,
    poll_follow_ups,
    poll_lists,
    superseding,
    waiting,
    weekly,
)
from handlers.staff.sections import Section

# What waits for this member; None when nothing does, or it is not theirs to do.
SECTIONS: tuple[Callable[[Tx, Context, Member], Section | None], ...] = (
    waiting.open_inquiries,
    waiting.proposed,
    digest_lists.section,
    digest_lists.going,
    poll_lists.waiting,
    poll_lists.drafts,
    poll_lists.going,
    document_publishing.section,
    document_drafts.section,
    poll_follow_ups.section,
    feed_items.section,
    superseding.section,
    weekly.section,
)


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    sections = await context.db.read(_waiting, context, member)
    heading = texts.HEADING if sections else texts.NOTHING
    parts = [Part(heading.format(role=ROLES[member.role]))]
    for section in sections:
        parts += [Part("\n\n"), Part(section.heading, "bold")]
        parts += [Part(f"\n{section.text}")] if section.text else []
    if menu := [line for needed, line in texts.MENU if staff.at_least(member.role, needed)]:
        named = (line.format(**context.words(inbound.address.channel)) for line in menu)
        parts.append(Part("\n".join((f"\n\n{texts.ALSO}", *named))))
    choices = tuple(choice for section in sections for choice in section.choices)
    return say(inbound.address, Text(tuple(parts), choices))


def _waiting(tx: Tx, context: Context, member: Member) -> list[Section]:
    return [found for section in SECTIONS if (found := section(tx, context, member))]
