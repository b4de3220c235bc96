"""Proposals for the knowledge base: shown to approvers, published or turned down; what people waited for is sent then."""

from __future__ import annotations

from collections.abc import Sequence

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.model import Address, Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import chat
from bot.texts import proposals as texts
from handlers.context import Context
from handlers.payloads import PROPOSAL, number, payload
from handlers.staff import answering
from handlers.staff.deciding import who_decide
from handlers.staff.reaching import others, reached
from handlers.wording import plain
from knowledge import entries, inquiry_groups, proposals
from knowledge.proposals import Proposal

WORDS = (PROPOSAL,)


def put_forward(tx: Tx, context: Context, at: Address, said: str, proposal: Proposal | None) -> list[Sending]:
    """What its author reads, and the card to every approver who may decide."""
    if proposal is None:
        return _told(at, said)
    deciding = who_decide(tx, context, proposal.author)
    outlook = texts.PASSED_ON if deciding else texts.NOBODY_TO_DECIDE
    to = reached(tx, context, deciding)
    return [*_told(at, f"{said} {outlook}"), *(Sending(each, card(tx, proposal)) for _, each in to)]


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "proposal/5", "proposal/5/accept", "proposal/5/reject" """
    _, key, act, *_ = (*inbound.payload.split("/"), "", "")
    proposal = await context.db.read(proposals.by_key, number(key))
    if proposal is None:
        return say(inbound.address, plain(texts.GONE))
    if act in ("accept", "reject"):
        return _decided(inbound, context, member, proposal.key, accept=act == "accept")
    if act:
        return say(inbound.address, plain(chat.OLD_BUTTON))

    def show(tx: Tx) -> Sequence[Sending]:
        return (Sending(inbound.address, card(tx, proposal)),)

    return Outcome(settle=show)


def card(tx: Tx, proposal: Proposal) -> Text:
    entry = entries.by_key(tx, proposal.entry)
    author = staff.name_of(tx, proposal.author) if proposal.author else ""
    source = texts.SOURCES[proposal.source].format(name=author, times=proposal.times)
    if entry is None:
        return plain(texts.GONE)
    if proposal.kind == "entry":
        said = texts.ENTRY.format(id=entry.id, question=entry.question, answer=entry.answer)
    else:
        said = texts.PHRASING.format(text=proposal.text, question=entry.question, id=entry.id)
    parts = (Part(texts.HEADINGS[proposal.kind], "bold"), Part(f"\n{said}\n\n"), Part(source, "italic"))
    choices = (
        Choice(texts.ACCEPT[proposal.kind], payload(PROPOSAL, proposal.key, "accept")),
        Choice(texts.REJECT, payload(PROPOSAL, proposal.key, "reject")),
    )
    return Text(parts, choices if proposal.state == "waiting" else ())


def _decided(inbound: Inbound, context: Context, member: Member, key: int, *, accept: bool) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        proposal = proposals.by_key(tx, key)
        if proposal is None:
            return _told(inbound.address, texts.GONE)
        four_eyes = context.department().four_eyes
        obstacle = proposals.obstacle(tx, proposal, member.key, four_eyes=four_eyes)
        if obstacle == "decided":
            name = staff.name_of(tx, proposal.decided_by) if proposal.decided_by else ""
            return _told(inbound.address, texts.DECIDED[proposal.state].format(name=name))
        if obstacle and accept:
            return _told(inbound.address, texts.OBSTACLES[obstacle])
        now = context.clock.now()
        (proposals.accept if accept else proposals.reject)(tx, key, member.key, now)
        act = f"{proposal.kind}.{'accepted' if accept else 'rejected'}"
        audit.record(tx, member.key, act, f"entry:{proposal.entry}", now)
        waiting = "" if accept else _still_waiting(tx, proposal)
        sent = answering.sent_to_who_waits(tx, context, member.key) if accept else []
        said = (texts.ACCEPTED if accept else texts.REJECTED)[proposal.kind]
        lines = [said, *([texts.ALSO_SENT.format(count=len(sent))] if sent else []), waiting]
        return (
            *_told(inbound.address, " ".join(lines).strip()),
            *sent,
            *_to_author(tx, context, member, proposal, waiting, accept=accept),
        )

    return Outcome(settle=settle)


def _still_waiting(tx: Tx, proposal: Proposal) -> str:
    """Who was to get the draft when it was published has no answer now: somebody has to write another one."""
    if proposal.kind != "entry":
        return ""
    groups = inquiry_groups.without(tx, proposal.entry)
    return " ".join(texts.STILL_WAITING.format(number=group.number) for group in groups)


def _to_author(
    tx: Tx, context: Context, member: Member, proposal: Proposal, waiting: str, *, accept: bool
) -> list[Sending]:
    words = texts.YOURS_ACCEPTED if accept else texts.YOURS_REJECTED
    said = plain(f"{words.format(name=member.name, text=proposal.text)} {waiting}".strip())
    return [Sending(at, said) for _, at in others(tx, context, [proposal.author], member)]


def _told(at: Address, said: str) -> list[Sending]:
    return [Sending(at, plain(said))]
