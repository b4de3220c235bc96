""" "thay thế 18-NQ/TW bằng 57-NQ/TW", "bỏ thay thế 18-NQ/TW": an editor says what takes the place of what.

What people see changes at once, so it is asked first whether these two documents are meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from bot.audience import audit
from bot.audience.staff import Member
from bot.errors import InputError
from bot.model import Choice, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import superseding as texts
from handlers import questions
from handlers.context import Context
from handlers.payloads import MANAGE, number, payload
from handlers.staff.superseding import RELEASE, announce, card, local_now, told_of
from handlers.wording import cited, plain, sentence, short_name
from knowledge import documents, entries, superseding
from knowledge.citations import Citations, all_citable
from knowledge.documents import Document
from knowledge.normalise import fold

REPLACE, YES = "replace", "yes"
OFFERED = 6  # pairs to choose from
LONGEST = 400  # characters: the full names of two documents

_WISH = re.compile(r"\s*/?(?P<undo>bo\s+)?thay\s*the\s+(?P<rest>\S.*?)[\s.!]*", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\s(?:bang|boi)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be meant: a title can contain "bằng" too, so there are several pairs. `undo`: one document, no new one."""

    pairs: tuple[tuple[str, str], ...]
    undo: bool


def read(text: str) -> Wish | None:
    """None for a text that is no such wish."""
    found = _WISH.fullmatch(fold(text))
    if not found or "?" in text or len(text) > LONGEST:
        return None
    start, end = found.span("rest")
    rest = text[start:end]
    pairs = tuple(
        (rest[: each.start()].strip(), rest[each.end() :].strip()) for each in _BETWEEN.finditer(fold(rest))
    )
    undo = bool(found["undo"])
    return Wish(((rest, ""),) if undo or not pairs else pairs, undo)


def is_wish(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and read(inbound.text) is not None


async def wish(inbound: Inbound, context: Context, member: Member) -> Outcome:
    wanted = read(inbound.text)
    said = await context.db.read(_understood, context, wanted) if wanted else None
    return say(inbound.address, said) if said else await questions.ask(inbound, context)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "replace/12/57" asks, "replace/12/57/yes" does it."""
    _, *rest = inbound.payload.split("/")
    old, new = (number(rest[0]), number(rest[1])) if len(rest) in (2, 3) else (-1, -1)
    if rest[2:] != [YES]:
        return say(inbound.address, await context.db.read(_asked, old, new))
    now = local_now(context)

    def settle(tx: Tx) -> Sequence[Sending]:
        before, after = documents.by_key(tx, old), documents.by_key(tx, new)
        if before is None or after is None:
            return [Sending(inbound.address, plain(texts.GONE))]
        if before.superseded_by == new:
            said = texts.MARKED_BEFORE.format(old=cited(before), new=cited(after))
            return [Sending(inbound.address, card(tx, old, now, said))]
        try:
            superseding.supersede(tx, old, new, now)
        except InputError as error:
            return [Sending(inbound.address, plain(sentence(error)))]
        audit.record(tx, member.key, "document.superseded", f"document:{old}", now)
        others = announce(tx, context, but=member.key)
        return [Sending(inbound.address, _done(tx, before, after)), *others]

    return Outcome(settle=settle)


def _understood(tx: Tx, context: Context, wanted: Wish) -> Text | None:
    """None where no document is named at all: "thay thế sổ hộ khẩu bằng gì" is a question of a member's."""
    citations = Citations(all_citable(tx))
    found = [(citations.fitting(old), citations.fitting(new), old, new) for old, new in wanted.pairs]
    olds, news, old, new = next((each for each in found if each[0] and each[1]), found[0])
    if not (olds or news or any(character.isdigit() for character in old + new)):
        return None
    if not olds:
        return plain(texts.UNKNOWN.format(text=old))
    if not new:
        return _one(tx, context, wanted, olds)
    if not news:
        return plain(texts.UNKNOWN.format(text=new))
    pairs = [pair for pair in product(olds, news) if len(olds) * len(news) == 1 or pair[0] != pair[1]]
    if len(pairs) == 1:
        return _asked(tx, *pairs[0])
    named = {key: document for key in {*olds, *news} if (document := documents.by_key(tx, key))}
    choices = (
        Choice(
            texts.PAIR.format(old=short_name(named[before]), new=short_name(named[after])),
            payload(REPLACE, before, after),
        )
        for before, after in pairs[:OFFERED]
    )
    return plain(texts.WHICH, *choices)


def _one(tx: Tx, context: Context, wanted: Wish, keys: Sequence[int]) -> Text:
    """Only one document is named: how it stands, or that its mark is to be taken back."""
    if len(keys) == 1:
        return card(tx, keys[0], local_now(context))
    found = [document for key in keys[:OFFERED] if (document := documents.by_key(tx, key))]
    word = RELEASE if wanted.undo else MANAGE
    return plain(texts.WHICH_OLD, *(Choice(short_name(each), payload(word, each.key)) for each in found))


def _asked(tx: Tx, old: int, new: int) -> Text:
    """Whether these two are meant, with what will follow; or why it cannot be."""
    before, after = documents.by_key(tx, old), documents.by_key(tx, new)
    if before is None or after is None:
        return plain(texts.GONE)
    try:
        superseding.check(tx, before, after)
    except InputError as error:
        return plain(sentence(error))
    lines = [texts.SURE.format(old=_full(before), new=_full(after)), ""]
    if before.issued_on and after.issued_on and after.issued_on < before.issued_on:
        lines.append(texts.OLDER)
    if before.superseded_by not in (None, new) and (other := documents.by_key(tx, before.superseded_by or 0)):
        lines.append(texts.INSTEAD_OF.format(new=cited(other)))
    answering = len(entries.of_document(tx, old))
    lines.append(_what_follows(before, after) or _answers(answering))
    return plain("\n".join(lines), Choice(texts.YES, payload(REPLACE, old, new, YES)))


def _done(tx: Tx, old: Document, new: Document) -> Text:
    draft = _what_follows(old, new)
    if not draft:
        return told_of(tx, old.key)
    said = texts.MARKED.format(old=cited(old), new=cited(new))
    return plain(f"{said} {draft}", Choice(texts.MANAGE, payload(MANAGE, old.key)))


def _what_follows(old: Document, new: Document) -> str:
    """ "" where it takes effect at once."""
    if new.status == "draft":
        return texts.NEW_IS_DRAFT
    return texts.OLD_IS_DRAFT if old.status == "draft" else ""


def _answers(count: int) -> str:
    return texts.SURE_ANSWERS.format(count=count) if count else texts.NO_ANSWERS


def _full(document: Document) -> str:
    return texts.FULL.format(document=cited(document), title=document.title)
