"""From an inquiry into the knowledge base: a draft entry, or one more way to ask an existing one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.audience import audit
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Sending, Tx, say
from bot.texts import chat
from bot.texts import inquiries as texts
from handlers.context import Context
from handlers.payloads import INQUIRY, number, payload
from handlers.staff import answering, approving, cards
from handlers.wording import plain
from knowledge import entries, inquiry_groups, proposals
from knowledge.inquiry_groups import Group


async def entry(inbound: Inbound, context: Context, member: Member, group: Group, _: str) -> Outcome:
    """The pair of question and answer becomes a draft, which waits for an approver."""

    def settle(tx: Tx) -> Sequence[Sending]:
        now = inquiry_groups.by_key(tx, group.key)
        if now is None or now.state != "answered" or not now.answer:
            return _told(inbound, texts.NOTHING_TO_KEEP.format(number=group.number))
        if now.entry is not None:
            return _told(inbound, texts.ALREADY_IN.format(number=group.number))
        return _proposed(tx, inbound, context, member, now, now.answer, by=now.closed_by)

    return Outcome(settle=settle)


async def mine(inbound: Inbound, context: Context, member: Member, group: Group, token: str) -> Outcome:
    """What somebody wrote who was not the first: kept as a draft of its own."""
    content = await context.db.read(context.drafts.find, inbound.address, token)
    if content is None:
        return say(inbound.address, plain(texts.DRAFT_GONE.format(number=group.number)))

    def settle(tx: Tx) -> Sequence[Sending]:
        context.drafts.drop(tx, inbound.address, token)
        return _proposed(tx, inbound, context, member, group, str(content["text"]), by=member.key)

    return Outcome(settle=settle)


async def later(inbound: Inbound, context: Context, member: Member, group: Group, token: str) -> Outcome:
    """The draft goes to the approver first; whoever asked gets it when it is published."""
    content = await context.db.read(context.drafts.find, inbound.address, token)
    if content is None:
        return say(inbound.address, plain(texts.DRAFT_GONE.format(number=group.number)))

    def settle(tx: Tx) -> Sequence[Sending]:
        now = inquiry_groups.by_key(tx, group.key)
        if now is None or now.state != "open":
            draft = answering.Draft(**content)
            return (
                Sending(inbound.address, answering.too_late(tx, context, now or group, member, token, draft)),
            )
        context.drafts.drop(tx, inbound.address, token)
        inquiry_groups.hand_on(tx, group.key, member.key)
        return _proposed(tx, inbound, context, member, now, str(content["text"]), by=member.key)

    return Outcome(settle=settle)


async def phrase(inbound: Inbound, context: Context, member: Member, group: Group, which: str) -> Outcome:
    """The question becomes one more way to ask what the knowledge base answers already."""
    if not which:
        close = context.library.find(group.question, context.thresholds).ranked
        choices = [
            Choice(each.question, payload(INQUIRY, group.number, "phrase", each.key))
            for each in cards.worth(close)
        ]
        heading = texts.WHICH_ENTRY if choices else texts.NO_ENTRY
        return say(inbound.address, plain(heading.format(number=group.number), *choices))
    target = await context.db.read(entries.by_key, number(which))
    if target is None or target.status == "archived":
        return say(inbound.address, plain(chat.GONE))

    def settle(tx: Tx) -> Sequence[Sending]:
        now = context.clock.now()
        proposed = [
            proposals.propose_phrasing(tx, target.key, wording, member.key, "inquiry", now)
            for wording in group.wordings
        ]
        audit.record(tx, member.key, "phrasing.proposed", f"entry:{target.key}", now)
        waiting = [each for each in proposed if each]
        said = (texts.PHRASING_PROPOSED if waiting else texts.PHRASING_KNOWN).format(question=target.question)
        return approving.put_forward(tx, context, inbound.address, said, waiting[0] if waiting else None)

    return Outcome(settle=settle)


def _proposed(
    tx: Tx, inbound: Inbound, context: Context, member: Member, group: Group, answer: str, *, by: int | None
) -> Sequence[Sending]:
    now = context.clock.now()
    proposal = proposals.propose_entry(tx, group.question, answer, by, "inquiry", now)
    inquiry_groups.becomes(tx, group.key, proposal.entry)
    audit.record(tx, member.key, "entry.proposed", f"entry:{proposal.entry}", now)
    said = texts.PROPOSED_THEN_SENT if group.state == "open" else texts.PROPOSED
    return approving.put_forward(tx, context, inbound.address, said.format(number=group.number), proposal)


def _told(inbound: Inbound, said: str) -> Sequence[Sending]:
    return (Sending(inbound.address, plain(said)),)
