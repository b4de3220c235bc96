"""A document becomes one that people see: at once where its author may, else when another approver has accepted it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import Address, Choice, Inbound, Outcome, Sending, Tx, say
from bot.texts import chat
from bot.texts import document_desk as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import document_cards
from handlers.staff.deciding import who_decide
from handlers.staff.document_cards import DECIDE
from handlers.staff.reaching import others, reached
from handlers.staff.replacing import REPLACE
from handlers.staff.sections import Section
from handlers.wording import brief, cited, plain, sentence, short_name
from knowledge import document_proposals, document_sketch, document_twins, documents
from knowledge.document_proposals import DocumentProposal
from knowledge.document_sketch import Sketch
from knowledge.documents import Document

_WROTE = ("document.added", "document.changed")
SHOWN = 5  # in /viec
_LABEL = 60  # characters


def publishes(context: Context, member: Member) -> bool:
    """Whether this member may publish what they have written themselves."""
    return staff.at_least(member.role, "approver") and not context.department().four_eyes


def publishes_stored(tx: Tx, context: Context, member: Member, document: int) -> bool:
    """The same of a draft: what another one has written, this one's eyes are the second pair for."""
    wrote = audit.last_actor(tx, f"document:{document}", _WROTE)
    return publishes(context, member) or (staff.at_least(member.role, "approver") and wrote != member.key)


def save(
    tx: Tx, inbound: Inbound, context: Context, member: Member, known: Sketch, *, publish: bool
) -> Sequence[Sending]:
    """What has been written, as a draft or published; what is public already changes only by an approver."""
    at, now = inbound.address, context.clock.now()
    old = documents.by_key(tx, known.document) if known.document is not None else None
    twins = document_twins.find(tx, known.as_draft(), known.document)
    try:
        if old is None:
            key = documents.save(tx, known.as_draft(), now)
            audit.record(tx, member.key, "document.added", f"document:{key}", now)
            return then(tx, context, member, at, key, {}, twins.replaced, publish=publish)
        changes = document_sketch.changes(old, known)
        if old.status == "draft":
            documents.rewrite(tx, old.key, document_proposals.changed(old, changes), now)
            audit.record(tx, member.key, "document.changed", f"document:{old.key}", now)
            changes = {}
        return then(
            tx, context, member, at, old.key, changes, twins.replaced, publish=publish or bool(changes)
        )
    except InputError as error:
        return _told(at, sentence(error))


async def decide(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "docprop/5" shows it, "docprop/5/accept", "docprop/5/reject" """
    _, key, act, *_ = (*inbound.payload.split("/"), "", "")
    if act not in ("", "accept", "reject"):
        return say(inbound.address, plain(chat.OLD_BUTTON))

    def settle(tx: Tx) -> Sequence[Sending]:
        one = document_proposals.by_key(tx, number(key))
        if one is None:
            return _told(inbound.address, texts.NO_PROPOSAL)
        if not act:
            return (Sending(inbound.address, document_cards.proposal(tx, one)),)
        return _decided(tx, context, member, inbound.address, one, accept=act == "accept")

    return Outcome(settle=settle)


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what waits for an approver."""
    if not staff.at_least(member.role, "approver"):
        return None
    found = [(one, documents.by_key(tx, one.document)) for one in document_proposals.waiting(tx, SHOWN)]
    choices = tuple(Choice(label(document), payload(DECIDE, one.key)) for one, document in found if document)
    count = document_proposals.count_waiting(tx)
    return Section(texts.SECTION.format(count=count), choices=choices) if choices else None


def then(
    tx: Tx,
    context: Context,
    member: Member,
    at: Address,
    key: int,
    changes: Mapping[str, object],
    replaced: Sequence[Document],
    *,
    publish: bool,
) -> Sequence[Sending]:
    now, document = context.clock.now(), documents.by_key(tx, key)
    if document is None:
        return _told(at, texts.GONE)
    marks = [
        Choice(texts.MARK_REPLACED.format(old=short_name(old)), payload(REPLACE, old.key, key))
        for old in replaced
    ]
    if not publish:
        words = context.words(at.channel)
        return _told(at, texts.KEPT.format(document=cited(document), **words), *marks)
    if publishes(context, member) or (not changes and publishes_stored(tx, context, member, key)):
        waiting = document_proposals.waiting_of(tx, key)
        if waiting and not changes:
            document_proposals.accept(tx, waiting.key, member.key, now)
        else:
            document_proposals.publish(tx, key, changes, now)
        audit.record(
            tx, member.key, "document.changed" if changes else "document.published", f"document:{key}", now
        )
        document = documents.by_key(tx, key) or document
        said = texts.UPDATED if changes else texts.PUBLISHED
        return _told(at, said.format(document=cited(document)), *marks)
    proposal = document_proposals.propose(tx, key, changes, member.key, now)
    audit.record(tx, member.key, "document.proposed", f"document:{key}", now)
    return [*_put_forward(tx, context, at, document, proposal, marks)]


def _put_forward(
    tx: Tx, context: Context, at: Address, document: Document, one: DocumentProposal, marks: Sequence[Choice]
) -> Sequence[Sending]:
    """What its author reads, and the card to every approver who may decide."""
    approvers = who_decide(tx, context, one.author)
    said = texts.PROPOSED.format(document=cited(document))
    said = said if approvers else f"{said} {texts.NOBODY_TO_DECIDE}"
    card = document_cards.proposal(tx, one)
    return [*_told(at, said, *marks), *(Sending(to, card) for _, to in reached(tx, context, approvers))]


def _decided(
    tx: Tx, context: Context, member: Member, at: Address, one: DocumentProposal, *, accept: bool
) -> Sequence[Sending]:
    four_eyes = context.department().four_eyes
    obstacle = document_proposals.obstacle(tx, one, member.key, four_eyes=four_eyes)
    if obstacle == "decided":
        name = staff.name_of(tx, one.decided_by) if one.decided_by else ""
        return _told(at, texts.DECIDED[one.state].format(name=name))
    document = documents.by_key(tx, one.document)
    if obstacle == "gone" or document is None:
        return _told(at, texts.GONE)
    if obstacle == "own" and accept:
        return _told(at, texts.OWN)
    now = context.clock.now()
    try:
        if accept:
            document_proposals.accept(tx, one.key, member.key, now)
        else:
            document_proposals.reject(tx, one.key, member.key, now)
    except InputError as error:
        return _told(at, sentence(error))
    act = "document.accepted" if accept else "document.rejected"
    audit.record(tx, member.key, act, f"document:{one.document}", now)
    document = documents.by_key(tx, one.document) or document
    said = (texts.ACCEPTED if accept else texts.REJECTED).format(document=cited(document))
    return [*_told(at, said), *_to_author(tx, context, member, one, document, accept=accept)]


def _to_author(
    tx: Tx, context: Context, member: Member, one: DocumentProposal, document: Document, *, accept: bool
) -> list[Sending]:
    words = texts.YOURS_ACCEPTED if accept else texts.YOURS_REJECTED
    said = plain(words.format(name=member.name, document=cited(document)))
    return [Sending(to, said) for _, to in others(tx, context, [one.author], member)]


def _told(at: Address, said: str, *choices: Choice) -> list[Sending]:
    return [Sending(at, plain(said, *choices))]


def label(document: Document) -> str:
    return brief(f"{document.number or document.kind}: {document.title}", _LABEL)
