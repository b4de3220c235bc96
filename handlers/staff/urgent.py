""" "tin khẩn 57-NQ/TW": one published document at once to everybody, as soon as an approver says yes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.audience import staff
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import Choice, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import digest_desk as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import digest_cards, digest_notices
from handlers.staff.deciding import who_decide
from handlers.wording import plain, short_name
from knowledge import documents
from knowledge.citations import Citations, all_citable
from knowledge.documents import Document
from knowledge.normalise import fold
from scheduler import composing, digests, selection
from scheduler.digests import Digest
from scheduler.selection import Numbers

URGENT = "urgent"
OFFERED = 6
LONGEST = 300  # characters

_WISH = re.compile(r"\W*/?tin\s*khan\b[\s:–-]*(?P<what>.*?)[\s.!]*", re.IGNORECASE | re.DOTALL)


def is_wish(inbound: Inbound) -> bool:
    """ "tin khẩn" alone says how; "tin khẩn là gì?" is a question."""
    if inbound.kind != "text" or not inbound.private or len(inbound.text) > LONGEST or "?" in inbound.text:
        return False
    found = _WISH.fullmatch(fold(inbound.text))
    return found is not None and (not found["what"] or any(map(str.isdigit, found["what"])))


async def wish(inbound: Inbound, context: Context, member: Member) -> Outcome:
    found = _WISH.fullmatch(fold(inbound.text))
    what = inbound.text[slice(*found.span("what"))].strip() if found else ""
    if not what:
        return say(inbound.address, plain(texts.URGENT_HOW))
    meant = await context.db.read(_meant, what)
    if not meant:
        return say(inbound.address, plain(texts.URGENT_UNKNOWN.format(text=what)))
    if len(meant) > 1:
        choices = (Choice(short_name(each), payload(URGENT, each.key)) for each in meant[:OFFERED])
        return say(inbound.address, plain(texts.URGENT_WHICH, *choices))
    return await _made(inbound, context, member, meant[0].key)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "urgent/12" """
    return await _made(inbound, context, member, number(inbound.payload.partition("/")[2]))


def _meant(tx: Tx, what: str) -> list[Document]:
    keys = Citations(all_citable(tx)).fitting(what)
    found = (documents.by_key(tx, key) for key in keys)
    return [each for each in found if each and each.status == "in force" and not each.sample]


async def _made(inbound: Inbound, context: Context, member: Member, document: int) -> Outcome:
    code = digests.code_of(context.token())
    outlook = await context.db.read(_outlook, context, document, code)

    def settle(tx: Tx) -> Sequence[Sending]:
        if there := _there(tx, document):
            said = texts.URGENT_ALREADY.format(state=texts.STATES[there.state])
            return [Sending(inbound.address, _card(tx, context, member, there, said))]
        try:
            made = composing.urgent(
                tx, document, member.key, context.clock.now(), override_quiet=False, code=code
            )
        except InputError as error:
            return [Sending(inbound.address, plain(str(error)))]
        said = texts.URGENT_MADE
        if not who_decide(tx, context, member.key):
            said = f"{said}\n{texts.NOBODY_TO_APPROVE}"
        exact, numbers = outlook or ((), None)
        told = digest_notices.drafted(tx, context, made, exact, numbers, but=member.key)
        own = (*exact, _card(tx, context, member, made, said, numbers))
        return [*(Sending(inbound.address, each) for each in own), *told]

    return Outcome(settle=settle)


def _outlook(tx: Tx, context: Context, document: int, code: str) -> tuple[tuple[Text, ...], Numbers] | None:
    """How it would look, and to how many it would go: counting takes its time, and must not hold up others' writing."""
    found, now = documents.by_key(tx, document), context.clock.now()
    if found is None:
        return None
    digest = composing.would_be_urgent(tx, found, now, code)
    exact = tuple(digest_cards.full(tx, context, digest))
    return exact, selection.numbers(tx, digest, context.media, now)


def _there(tx: Tx, document: int) -> Digest | None:
    """What was asked for a moment ago is not asked for twice."""
    return next(
        (
            each
            for each in digests.unfinished(tx)
            if each.urgent and document in (item.document for item in each.items)
        ),
        None,
    )


def _card(
    tx: Tx, context: Context, member: Member, digest: Digest, said: str, numbers: Numbers | None = None
) -> Text:
    """An editor sees it, and decides nothing."""
    card = digest_cards.card(tx, context, digest, said, numbers)
    return card if staff.at_least(member.role, "approver") else Text(card.parts)
