"""Documents that have been saved and that nobody has published yet: shown again, published, written on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Sending, Tx, say
from bot.texts import chat
from bot.texts import document_desk as texts
from handlers.context import Context
from handlers.payloads import DOCUMENT, number, payload
from handlers.staff import document_cards, document_publishing, documents
from handlers.staff.document_cards import STORED
from handlers.staff.sections import Section
from handlers.wording import cited, plain
from knowledge import document_proposals, document_sketch
from knowledge import documents as all_documents


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "draftdoc/12" shows a draft, "draftdoc/12/publish" publishes or proposes it, "draftdoc/12/edit" opens it again."""
    _, key, act, *_ = (*inbound.payload.split("/"), "", "")
    if act not in ("", "publish", "edit"):
        return say(inbound.address, plain(chat.OLD_BUTTON))

    def settle(tx: Tx) -> Sequence[Sending]:
        document = all_documents.by_key(tx, number(key))
        if document is None:
            return [Sending(inbound.address, plain(texts.GONE))]
        if document.status != "draft":
            see = Choice(texts.SEE, payload(DOCUMENT, document.key))
            return [Sending(inbound.address, plain(texts.NOT_DRAFT.format(document=cited(document)), see))]
        if act == "publish":
            return document_publishing.then(
                tx, context, member, inbound.address, document.key, {}, (), publish=True
            )
        if act == "edit":
            known = document_sketch.of_document(document)
            shown = documents.go_on(tx, inbound, context, member, context.token(), known)
            return (Sending(inbound.address, shown),)
        waits = document_proposals.waiting_of(tx, document.key) is not None
        publishes = document_publishing.publishes_stored(tx, context, member, document.key)
        card = document_cards.stored(document, publishes=publishes, waits=waits)
        return (Sending(inbound.address, card),)

    return Outcome(settle=settle)


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what nobody has published yet."""
    if not staff.at_least(member.role, "editor"):
        return None
    waiting = {one.document for one in document_proposals.waiting(tx)}
    found = [
        each for each in all_documents.all_documents(tx) if each.status == "draft" and each.key not in waiting
    ]
    choices = tuple(
        Choice(document_publishing.label(each), payload(STORED, each.key))
        for each in found[: document_publishing.SHOWN]
    )
    return Section(texts.DRAFTS.format(count=len(found)), choices=choices) if choices else None
