"""How an entry and a document look as messages: the text, its source, what has superseded it, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Choice, Inbound, Part, Text, Tx
from bot.texts import chat
from handlers.payloads import ANSWER, DETAIL, DOCUMENT, DOWN, FILE, QUESTIONS, RELATED, UP, payload
from handlers.wording import cited, day, reply_to
from knowledge import documents, entries
from knowledge.documents import Document
from knowledge.entries import Entry

SHOWN_QUESTIONS = 6  # of a document at once: more would not fit one phone screen


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with what its answer has to mention. In a group (not `private`) no sample can be opened."""

    entry: Entry
    document: Document | None
    newer: Document | None
    private: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A document with what its page shows. In a group (not `private`) no sample can be opened."""

    document: Document
    newer: Document | None
    older: list[Document]
    questions: list[Entry]
    private: bool


def find_entry(tx: Tx, key: int, *, private: bool = True) -> Shown | None:
    """An entry that may be shown now; None when it is gone, withdrawn or archived, or a sample in a group."""
    entry = entries.by_key(tx, key)
    if entry is None or entry.status not in (entries.ANSWERABLE if private else ("published",)):
        return None
    document = documents.by_key(tx, entry.document) if entry.document is not None else None
    if document is None or document.status == "draft":
        return Shown(entry, None, None, private)
    return Shown(entry, document, documents.newest(tx, document), private)


def find_page(tx: Tx, key: int, *, private: bool = True) -> Page | None:
    """A document that may be shown now, with its questions; in a group nothing that is a sample."""
    document = documents.by_key(tx, key)
    if document is None or document.status == "draft" or (document.sample and not private):
        return None
    found = entries.of_document(tx, key)
    questions = [entry for entry in found if private or entry.status == "published"]
    older = [each for each in documents.replaced_by(tx, key) if private or not each.sample]
    return Page(document, documents.newest(tx, document), older, questions, private)


def answer(shown: Shown, answer_name: str, organisation: str, inbound: Inbound) -> Text:
    """The approved text with everything that belongs to it. `answer_name` is what feedback refers to."""
    entry = shown.entry
    parts = [Part(entry.question, "bold"), Part("\n\n")]
    if notice := notice_of(shown):
        parts += [Part(notice, "bold"), Part("\n\n")]
    parts += [Part(entry.answer), *_source(shown), *_sample(shown, organisation)]
    choices = [
        *([Choice(chat.DETAIL, payload(DETAIL, entry.key))] if entry.detail else []),
        *_opening(chat.SEE_NEWER, shown.newer, shown),
        Choice(chat.RELATED, payload(RELATED, entry.key)),
        Choice(chat.UP, payload(UP, entry.key, answer_name)),
        Choice(chat.DOWN, payload(DOWN, entry.key, answer_name)),
    ]
    return Text(tuple(parts), tuple(choices), reply_to(inbound))


def in_short(shown: Shown) -> str:
    """The approved text with its source and what has superseded it, for a letter that has a heading of its own."""
    parts = [
        *([notice_of(shown)] if notice_of(shown) else []),
        shown.entry.answer,
        *(part.text for part in _source(shown) if part.text.strip()),
    ]
    return "\n\n".join(parts)


def notice_of(shown: Shown) -> str:
    """That its document has been superseded, or has expired; "" where neither is so."""
    if shown.document and shown.newer:
        return chat.SUPERSEDED.format(old=cited(shown.document), new=cited(shown.newer))
    if shown.document and shown.document.status == "expired":
        return chat.EXPIRED.format(old=cited(shown.document))
    return ""


def source_of(shown: Shown) -> str:
    """ "Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (Mục I)"; "" where nothing is named."""
    source = cited(shown.document) if shown.document else (shown.entry.source or shown.entry.cites)
    if not source:
        return ""
    if shown.entry.article:
        return chat.SOURCE_ARTICLE.format(article=shown.entry.article, source=source)
    return chat.SOURCE.format(source=source)


def detail(shown: Shown, organisation: str) -> Text:
    entry = shown.entry
    parts = [Part(entry.question, "bold"), Part("\n\n")]
    if notice := notice_of(shown):
        parts += [Part(notice, "bold"), Part("\n\n")]
    parts += [Part(entry.detail or entry.answer), *_source(shown), *_sample(shown, organisation)]
    return Text(tuple(parts), tuple(_opening(chat.SEE_DOCUMENT, shown.document, shown)))


def document_page(page: Page, organisation: str, *ways: Choice) -> Text:
    """`ways` lead on from it, back to a list for example."""
    document = page.document
    heading = (
        chat.NUMBERED.format(kind=document.kind, number=document.number) if document.number else document.kind
    )
    parts = [Part(heading, "bold"), Part(f"\n{document.title}")]
    facts = [
        *([chat.ISSUED.format(date=day(document.issued_on))] if document.issued_on else []),
        *([chat.ISSUER.format(issuer=document.issuer)] if document.issuer else []),
    ]
    parts.append(Part("\n\n" + "\n".join(facts)))
    if page.newer:
        parts += [Part("\n\n"), Part(chat.DOCUMENT_SUPERSEDED.format(new=cited(page.newer)), "bold")]
    elif document.status == "expired":
        parts += [Part("\n\n"), Part(chat.DOCUMENT_EXPIRED, "bold")]
    if page.older:
        replaced = ", ".join(cited(each) for each in page.older)
        parts.append(Part(f"\n\n{chat.DOCUMENT_REPLACES.format(old=replaced)}"))
    if document.summary:
        parts.append(Part(f"\n\n{document.summary}"))
    if document.sample:
        parts += [Part("\n\n"), Part(chat.SAMPLE.format(organisation=organisation), "italic")]
    if page.questions:
        parts.append(Part(f"\n\n{chat.DOCUMENT_QUESTIONS}"))
    return Text(tuple(parts), (*_page_choices(page), *ways))


def questions(found: Sequence[Entry]) -> tuple[Choice, ...]:
    return tuple(Choice(entry.question, payload(ANSWER, entry.key)) for entry in found)


def _page_choices(page: Page) -> list[Choice]:
    document = page.document
    return [
        *_opening(chat.SEE_NEWER, page.newer, page),
        *questions(page.questions[:SHOWN_QUESTIONS]),
        *([_more(page)] if len(page.questions) > SHOWN_QUESTIONS else []),
        *([Choice(chat.OPEN_DOCUMENT, url=document.address)] if document.address else []),
        *([Choice(chat.GET_FILE, payload(FILE, document.key), leads=True)] if document.has_file else []),
    ]


def _opening(label: str, document: Document | None, of: Shown | Page) -> list[Choice]:
    """The way to another document, where it can be opened."""
    if document is None or (document.sample and not of.private):
        return []
    return [Choice(label, payload(DOCUMENT, document.key), leads=True)]


def _more(page: Page) -> Choice:
    left = len(page.questions) - SHOWN_QUESTIONS
    label = chat.MORE_QUESTIONS.format(count=left)
    return Choice(label, payload(QUESTIONS, page.document.key, 2), leads=True)


def _source(shown: Shown) -> list[Part]:
    source = source_of(shown)
    return [Part("\n\n"), Part(source, "italic")] if source else []


def _sample(shown: Shown, organisation: str) -> list[Part]:
    if shown.entry.status != "sample":
        return []
    return [Part("\n\n"), Part(chat.SAMPLE.format(organisation=organisation), "italic")]
