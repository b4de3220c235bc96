"""What the page of a digest shows: its documents as they stand now, and the answers that are approved now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from bot.model import Tx
from bot.texts import chat
from bot.texts import digest_page as texts
from handlers import answers
from knowledge import documents, entries
from knowledge.citations import cited
from knowledge.documents import Document
from scheduler import forwarding, kits
from scheduler.digests import Digest, Item

CARD_LINES = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its approved answer; `ask` leads to the chat with the question written out."""

    question: str
    notice: str
    paragraphs: tuple[str, ...]
    source: str
    ask: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A document; `notice` says that another has taken its place (at `newer`, "" where that has no address)."""

    name: str
    facts: tuple[str, ...]
    title: str
    sentences: str
    address: str
    is_file: bool
    notice: str
    newer: str
    questions: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """
    told_by  its title in windows and in previews of a link
    day     on which it went out
    unit    slug of the unit that passed it on; "" for none
    link    the absolute address of this page for that unit; None where we have none
    text    to forward
    """

    digest: Digest
    heading: str
    told_by: str
    day: date
    unit: str
    link: str | None
    items: tuple[Shown, ...]
    most_asked: Answered | None
    text: str

    @property
    def description(self) -> str:
        """One line for previews of a link."""
        names, more = [item.name for item in self.items[:2]], len(self.items) - 2
        form = texts.SUMMARY_MORE if more > 0 else texts.SUMMARY
        return form.format(names="; ".join(names), count=more)


def compose(
    tx: Tx, code: str, slug: str, organisation: str, public_url: str | None, timezone: ZoneInfo
) -> Page | None:
    """None where there is nothing to show: no such digest, not public, or all its documents have been withdrawn."""
    digest = kits.find(tx, code)
    if digest is None:
        return None
    unit = kits.known(tx, slug)
    day = forwarding.day_of(digest, timezone)
    link = forwarding.link_to(public_url, digest, unit or None)
    return Page(
        digest=digest,
        heading=forwarding.heading(digest),
        told_by=forwarding.told_by(digest),
        day=day,
        unit=unit,
        link=link,
        items=tuple(_shown(tx, item) for item in digest.items),
        most_asked=_answered(tx, digest.most_asked[0]) if digest.most_asked else None,
        text=forwarding.kit_text(digest, organisation, day, link),
    )


def card_lines(digest: Digest) -> tuple[str, ...]:
    """Three lines for its picture; of one document its name, its title and what it says."""
    items = digest.items
    if len(items) == 1:
        one = items[0]
        return tuple(line for line in (forwarding.name(one), forwarding.about(one), one.sentences) if line)
    if len(items) <= CARD_LINES:
        return tuple(_card_line(item) for item in items)
    shown = CARD_LINES - 1
    more = texts.CARD_MORE.format(count=len(items) - shown)
    return (*(_card_line(item) for item in items[:shown]), more)


def _card_line(item: Item) -> str:
    if not item.number:
        return item.title
    if not forwarding.about(item):
        return chat.NUMBERED.format(kind=item.kind, number=item.number)
    return texts.CARD_ITEM.format(kind=item.kind, number=item.number, title=item.title)


def _shown(tx: Tx, item: Item) -> Shown:
    document = documents.by_key(tx, item.document)
    if document is None:
        raise LookupError(f"document {item.document} has gone within one transaction")
    newer = documents.newest(tx, document)
    notice = chat.DOCUMENT_EXPIRED if document.status == "expired" else ""
    if newer:
        notice = chat.DOCUMENT_SUPERSEDED.format(new=cited(newer))
    name = chat.NUMBERED.format(kind=item.kind, number=item.number) if item.number else item.title
    return Shown(
        name=name,
        facts=tuple(_facts(item)),
        title=item.title if forwarding.about(item) else "",
        sentences=item.sentences,
        address=_address(document),
        is_file=not _web_address(document.address),
        notice=notice,
        newer=_address(newer) if newer else "",
        questions=tuple(found for id, _ in item.questions if (found := _answered(tx, id))),
    )


def _facts(item: Item) -> Iterator[str]:
    if item.issued_on:
        yield texts.DATE.format(date=f"{item.issued_on:%d/%m/%Y}")
    if item.issuer:
        yield item.issuer


def _address(document: Document) -> str:
    return _web_address(document.address) or (f"/documents/{document.key}" if document.has_file else "")


def _web_address(address: str | None) -> str:
    """What somebody wrote as an address may be a script: only what leads to a page is made a link."""
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _answered(tx: Tx, id: str) -> Answered | None:
    """As a group may see it: approved answers only, no samples."""
    entry = entries.by_id(tx, id)
    shown = answers.find_entry(tx, entry.key, private=False) if entry else None
    if shown is None:
        return None
    return Answered(
        question=shown.entry.question,
        notice=answers.notice_of(shown),
        paragraphs=tuple(line for line in shown.entry.answer.splitlines() if line.strip()),
        source=answers.source_of(shown),
        ask=f"/#q={quote(shown.entry.question)}",  # a fragment: what is asked is in no address that a server sees
    )
