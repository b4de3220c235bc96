"""A document that has been superseded, or is to be: what editors see of it, and what they do with its answers.

Every act looks again inside its transaction: a second press, or somebody else a moment earlier, is told how things stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Part, Sending, Text, Tx
from bot.texts import superseding as texts
from handlers.context import Context
from handlers.payloads import DOCUMENT, MANAGE, number, payload
from handlers.staff.reaching import reached
from handlers.staff.sections import Section
from handlers.wording import brief, cited, plain, short_name
from knowledge import documents, entries, review, superseding, usage
from knowledge.documents import Document

SUSPEND, REOPEN, KEEP, RELEASE = "suspend", "reopen", "keep", "release"
WORDS = (MANAGE, SUSPEND, REOPEN, KEEP, RELEASE)
LISTED = 8  # questions in a notice
WAITING = 5  # documents in /viec
COUNTED_FOR = timedelta(days=30)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "manage/12", "suspend/12", "reopen/12", "keep/12", "release/12" """
    word, *rest = inbound.payload.split("/")
    key = number(rest[0]) if len(rest) == 1 else -1
    now = local_now(context)

    def settle(tx: Tx) -> Sequence[Sending]:
        document = documents.by_key(tx, key)
        if document is None:
            return [Sending(inbound.address, plain(texts.GONE))]
        said = _ACTS[word](tx, document, member, now) if word in _ACTS else ""
        return [Sending(inbound.address, card(tx, key, now, said))]

    return Outcome(settle=settle)


def card(tx: Tx, key: int, now: datetime, said: str = "") -> Text:
    """The document as it stands now, below what has just been done."""
    document = documents.by_key(tx, key)
    if document is None:
        return plain(texts.GONE)
    parts = [
        *([Part(f"{said}\n\n", "bold")] if said else []),
        Part(f"{cited(document)}\n{document.title}\n\n"),
        Part("\n".join(_facts(tx, document, now))),
        Part("\n\n" + texts.HOW.format(old=short_name(document)), "italic"),
    ]
    return Text(tuple(parts), tuple(_choices(tx, document, now)))


def announce(tx: Tx, context: Context, but: int | None = None) -> list[Sending]:
    """What editors have not been told of, told to each of them once, `but` the member who knows."""
    told = [each for each in staff.members(tx, context.admins, "editor") if each.key != but]
    to = reached(tx, context, told)
    sendings: list[Sending] = []
    for each in review.untold(tx):
        notice = told_of(tx, each.document)
        if to or but is not None:
            review.mark_told(tx, each.document, context.clock.now())
        sendings += [
            Sending(at, notice, f"superseded:{each.document}:{each.since}:{one.key}") for one, at in to
        ]
    return sendings


def told_of(tx: Tx, key: int) -> Text:
    """What a superseding means: from when on, for which answers, and what to do about it."""
    old = documents.by_key(tx, key)
    new = documents.newest(tx, old) if old else None
    if old is None or new is None:
        return plain(texts.GONE)
    parts = [Part(texts.TOLD, "bold"), Part("\n" + texts.BY.format(old=cited(old), new=cited(new)))]
    answering = entries.of_document(tx, key)
    if not answering:
        return Text((*parts, Part(f"\n\n{texts.NO_ANSWERS}")))
    lines = [texts.LINE.format(question=brief(entry.question, 120)) for entry in answering[:LISTED]]
    if len(answering) > LISTED:
        lines.append(texts.AND_MORE.format(count=len(answering) - LISTED))
    parts.append(Part("\n\n" + "\n".join((texts.ANSWERS.format(count=len(answering)), *lines))))
    choices = (
        Choice(texts.SUSPEND.format(count=len(answering)), payload(SUSPEND, key)),
        Choice(texts.KEEP, payload(KEEP, key)),
        Choice(texts.SEE_OLD, payload(DOCUMENT, key)),
        Choice(texts.SEE_NEW, payload(DOCUMENT, new.key)),
    )
    return Text(tuple(parts), choices)


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: superseded documents whose answers nobody has looked at yet."""
    if not staff.at_least(member.role, "editor"):
        return None
    waiting = review.waiting(tx, context.today)
    found = [(documents.by_key(tx, key), count) for key, count in waiting[:WAITING]]
    choices = tuple(
        Choice(
            texts.WAITING_LINE.format(document=short_name(document), count=count),
            payload(MANAGE, document.key),
        )
        for document, count in found
        if document
    )
    return Section(texts.WAITING, choices=choices) if choices else None


def local_now(context: Context) -> datetime:
    """In the department's own zone: "today" is a day there."""
    return context.clock.now().astimezone(context.timezone)


# What is done; each says what became of it


def _suspend(tx: Tx, document: Document, member: Member, now: datetime) -> str:
    if documents.newest(tx, document) is None:
        return texts.NOT_SUPERSEDED.format(document=cited(document))
    stopped = superseding.suspend(tx, document.key, now)
    return _done(
        tx,
        document,
        member,
        now,
        "entries.suspended",
        len(stopped),
        texts.SUSPENDED,
        texts.NOTHING_TO_SUSPEND,
    )


def _reopen(tx: Tx, document: Document, member: Member, now: datetime) -> str:
    opened = superseding.reopen(tx, document.key, now)
    return _done(
        tx, document, member, now, "entries.reopened", len(opened), texts.REOPENED, texts.NOTHING_TO_REOPEN
    )


def _keep(tx: Tx, document: Document, member: Member, now: datetime) -> str:
    kept = superseding.keep(tx, document.key, now)
    return _done(tx, document, member, now, "entries.reviewed", len(kept), texts.KEPT, texts.NOTHING_TO_KEEP)


def _release(tx: Tx, document: Document, member: Member, now: datetime) -> str:
    marked = document.superseded_by is not None
    if marked:
        superseding.release(tx, document.key, now)
    return _done(
        tx, document, member, now, "document.released", int(marked), texts.RELEASED, texts.NOTHING_TO_RELEASE
    )


def _done(
    tx: Tx, document: Document, member: Member, now: datetime, act: str, count: int, said: str, nothing: str
) -> str:
    if not count:
        return nothing.format(document=cited(document))
    audit.record(tx, member.key, act, f"document:{document.key}", now)
    return said.format(document=cited(document), count=count)


_ACTS: dict[str, Callable[[Tx, Document, Member, datetime], str]] = {
    SUSPEND: _suspend,
    REOPEN: _reopen,
    KEEP: _keep,
    RELEASE: _release,
}


# What a card shows


def _facts(tx: Tx, document: Document, now: datetime) -> list[str]:
    views, downloads = usage.of_document(tx, document.key, now.date() - COUNTED_FOR)
    counts = (
        (texts.IN_USE, len(entries.of_document(tx, document.key))),
        (texts.TO_REVIEW, len(superseding.to_review(tx, document.key, now.date()))),
        (texts.SUSPENDED_COUNT, len(superseding.suspended(tx, document.key))),
    )
    return [
        *_superseded(tx, document),
        *(line.format(count=count) for line, count in counts if count or line is texts.IN_USE),
        texts.USAGE.format(views=views, downloads=downloads),
    ]


def _superseded(tx: Tx, document: Document) -> list[str]:
    if new := documents.newest(tx, document):
        if document.status != "draft":
            return [texts.SUPERSEDED.format(new=cited(new))]
    elif document.superseded_by is not None:
        new = documents.by_key(tx, document.superseded_by)
    return [texts.WILL_BE_SUPERSEDED.format(new=cited(new))] if new else []


def _choices(tx: Tx, document: Document, now: datetime) -> list[Choice]:
    key = document.key
    answering = len(entries.of_document(tx, key))
    stopped = len(superseding.suspended(tx, key))
    superseded = documents.newest(tx, document) is not None
    return [
        *(
            [Choice(texts.SUSPEND.format(count=answering), payload(SUSPEND, key))]
            if superseded and answering
            else []
        ),
        *([Choice(texts.KEEP, payload(KEEP, key))] if superseding.to_review(tx, key, now.date()) else []),
        *([Choice(texts.REOPEN.format(count=stopped), payload(REOPEN, key))] if stopped else []),
        *([Choice(texts.RELEASE, payload(RELEASE, key))] if document.superseded_by is not None else []),
    ]
