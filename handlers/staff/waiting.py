"""Parts of /viec: what people wait for an answer to, the most asked first; and what waits to be approved."""

from __future__ import annotations

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Choice, Tx
from bot.texts import inquiries as texts
from bot.texts import proposals as proposal_texts
from handlers.context import Context
from handlers.payloads import INQUIRY, PROPOSAL, payload
from handlers.staff import cards
from handlers.staff.sections import Section
from handlers.wording import brief
from knowledge import inquiry_groups, proposals
from knowledge.inquiry_groups import Group
from knowledge.proposals import Proposal

SHOWN = 5
_LINE = 100  # characters of a question
_LABEL = 40


def open_inquiries(tx: Tx, context: Context, member: Member) -> Section | None:
    if not staff.at_least(member.role, "editor"):
        return None
    groups = inquiry_groups.open_ones(tx)
    if not groups:
        return None
    people = {group.key: cards.people_asking(tx, context, group) for group in groups}
    groups.sort(key=lambda group: (group.taken_by != member.key, -people[group.key], group.key))
    shown = groups[:SHOWN]
    lines = [_line(tx, context, group, people[group.key]) for group in shown]
    choices = [
        Choice(texts.SHOW.format(number=group.number), payload(INQUIRY, group.number, "show"))
        for group in shown
    ]
    heading = texts.SECTION.format(count=inquiry_groups.count_open(tx))
    return Section(heading, "\n".join(lines), tuple(choices))


def proposed(tx: Tx, context: Context, member: Member) -> Section | None:
    if not staff.at_least(member.role, "approver"):
        return None
    shown = proposals.waiting(tx, SHOWN)
    if not shown:
        return None
    choices = [Choice(_words(proposal), payload(PROPOSAL, proposal.key)) for proposal in shown]
    heading = proposal_texts.SECTION.format(count=proposals.count_waiting(tx))
    return Section(heading, "", tuple(choices))


def _line(tx: Tx, context: Context, group: Group, people: int) -> str:
    days = (context.clock.now() - group.inquiries[0].asked_in).days
    taker = staff.by_key(tx, context.admins, group.taken_by) if group.taken_by else None
    return texts.SECTION_LINE.format(
        number=group.number,
        question=brief(group.question, _LINE),
        people=people,
        days=texts.DAYS.format(count=days) if days else texts.TODAY,
        taken=texts.SECTION_TAKEN.format(name=taker.name) if taker else "",
    )


def _words(proposal: Proposal) -> str:
    lines = {"entry": proposal_texts.ENTRY_LINE, "phrasing": proposal_texts.PHRASING_LINE}
    return brief(lines[proposal.kind].format(text=proposal.text), _LABEL)
