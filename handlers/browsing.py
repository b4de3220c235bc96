"""/tracuu: documents by level, topic and page, newest first; with words it goes straight to what they find.

A page fits every network: at most 6 documents and 3 ways on, as buttons or as numbers that somebody can type.
Nothing is remembered between pages: each button says where it leads, and what it leads to is looked up when it is pressed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.model import Choice, Inbound, Outcome, Text, say
from bot.texts import browsing as texts
from bot.texts import chat
from handlers import answers, counting, questions, topic
from handlers.commands import asked
from handlers.context import Context
from handlers.payloads import BROWSE, DOCUMENT, LIST, LISTED, QUESTIONS, SEARCH, TOPICS, number, payload
from handlers.staff.ways import on_document
from handlers.wording import brief, cited, day, plain, reply_to
from knowledge.catalogue import LEVELS, Catalogue
from knowledge.documents import Document, Level
from knowledge.titles import says_something

COMMAND = "tracuu"
PAGE = answers.SHOWN_QUESTIONS  # documents, topics or questions at once
TITLE, NAME = 100, 60  # characters of a title, of a topic in a list
LONGEST_NUMBER = 4  # digits of a document's number
LONGEST_WORDS = 48  # bytes of a payload for the words of a search

EVERY, ANY = "all", "-"  # in payloads: all levels, any topic
_CODES: dict[str, Level] = dict(zip(("tw", "t", "x"), LEVELS, strict=True))

T = TypeVar("T")
Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of many; a page that does not exist (any more) is the nearest one that does."""

    items: Sequence[T]
    page: int
    pages: int

    @classmethod
    def of(cls, everything: Sequence[T], page: int) -> Slice[T]:
        pages = max(-(-len(everything) // PAGE), 1)
        page = min(max(page, 1), pages)
        return cls(everything[(page - 1) * PAGE : page * PAGE], page, pages)

    def heading(self, text: str) -> str:
        here = texts.PAGE.format(page=self.page, pages=self.pages)
        return f"{text}\n{here}" if self.pages > 1 else text

    def ways(self, to: Callable[[int], str]) -> list[Choice]:
        return [
            *([Choice(texts.NEXT, to(self.page + 1), leads=True)] if self.page < self.pages else []),
            *([Choice(texts.PREVIOUS, to(self.page - 1), leads=True)] if self.page > 1 else []),
        ]


async def browse(inbound: Inbound, context: Context) -> Outcome:
    """The command, alone or with words."""
    wanted = asked(inbound, COMMAND) or ""
    if not says_something(wanted):
        return _moved_on(inbound, context, replace(_root(inbound, context), reply_to=reply_to(inbound)))
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_NUMBER:
        return await _by_number(inbound, context, int(wanted))
    finding = context.library.find(wanted, context.thresholds, group=not inbound.private)
    found = [] if finding.sensitive else _searched(inbound, context, wanted)
    if not found or finding.documents:  # somebody's trouble, a number, or no words of any title: a question
        return await questions.ask(replace(inbound, text=wanted), context)
    if len(found) == 1:
        return await _page(inbound, context, found[0].key)
    shown = _results(inbound, context, wanted, 1)
    return _moved_on(inbound, context, replace(shown, reply_to=reply_to(inbound)))


async def root(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    return say(inbound.address, _root(inbound, context))


async def topics(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    scope, page = of
    if scope not in (EVERY, *_CODES):
        return say(inbound.address, plain(chat.OLD_BUTTON))
    return say(inbound.address, _topics(inbound, context, scope, number(page)))


async def list_(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    scope, topic, page = of
    if scope not in (EVERY, *_CODES):
        return say(inbound.address, plain(chat.OLD_BUTTON))
    return say(inbound.address, _list(inbound, context, scope, topic, number(page)))


async def listed(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    """A document, with the way back to the list in which it stood."""
    key, *place = of
    back = Choice(texts.TO_LIST, payload(LIST, *place), leads=True)
    return await _page(inbound, context, number(key), back)


async def more_questions(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    key = number(of[0])
    found = await context.db.read(answers.find_page, key, private=inbound.private)
    if found is None:
        return say(inbound.address, plain(texts.DOCUMENT_GONE, _to_root()))
    shown = Slice.of(found.questions, number(of[1]))
    choices = (
        *answers.questions(shown.items),
        *shown.ways(lambda page: payload(QUESTIONS, key, page)),
        Choice(texts.TO_DOCUMENT, payload(DOCUMENT, key), leads=True),
    )
    heading = shown.heading(texts.QUESTIONS_OF.format(document=cited(found.document)))
    return say(inbound.address, plain(heading, *choices), writes=topic.now_about(inbound, context, key))


async def results(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    try:
        wanted = base64.b64decode(of[0], b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return say(inbound.address, plain(chat.OLD_BUTTON))
    return say(inbound.address, _results(inbound, context, wanted, number(of[1])))


async def _page(inbound: Inbound, context: Context, key: int, *ways: Choice) -> Outcome:
    found = await context.db.read(answers.find_page, key, private=inbound.private)
    if found is None:
        return say(inbound.address, plain(texts.DOCUMENT_GONE, *ways or (_to_root(),)))
    own = await on_document(inbound, context, key)
    page = answers.document_page(found, context.organisation, *ways, *own)
    return say(
        inbound.address,
        replace(page, reply_to=reply_to(inbound)),
        writes=(counting.viewed(key, context), *topic.now_about(inbound, context, key)),
    )


def _moved_on(inbound: Inbound, context: Context, shown: Text) -> Outcome:
    """A list: the document that was open before is not the one that is talked about any more."""
    return say(inbound.address, shown, writes=topic.now_about(inbound, context, None))


async def _by_number(inbound: Inbound, context: Context, wanted: int) -> Outcome:
    found = context.library.catalogue.numbered(wanted, samples=inbound.private)
    if len(found) == 1:
        return await _page(inbound, context, found[0].key)
    if not found:
        said = chat.UNKNOWN_DOCUMENT.format(number=wanted)
        return _moved_on(inbound, context, plain(said, _to_root(), to=inbound))
    heading = texts.FOUND_NUMBER.format(count=len(found), number=wanted)
    choices = [_choice(context, document, payload(DOCUMENT, document.key)) for document in found[:PAGE]]
    return _moved_on(inbound, context, plain(heading, *choices, to=inbound))


def _root(inbound: Inbound, context: Context) -> Text:
    catalogue, samples = context.library.catalogue, inbound.private
    count = len(catalogue.documents(samples=samples))
    if not count:
        return plain(texts.NOTHING_YET)
    codes = {level: code for code, level in _CODES.items()}
    levels = [
        Choice(
            texts.COUNTED.format(name=texts.LEVELS[level], count=of_level), payload(TOPICS, codes[level], 1)
        )
        for level, of_level in catalogue.levels(samples=samples)
    ]
    known = len(catalogue.topics(samples=samples))
    by_topic = [Choice(texts.BY_TOPIC.format(count=known), payload(TOPICS, EVERY, 1))] if known > 1 else []
    newest = Choice(texts.NEWEST, payload(LIST, EVERY, ANY, 1))
    return plain(texts.ROOT.format(count=count), newest, *levels, *by_topic)


def _topics(inbound: Inbound, context: Context, scope: str, page: int) -> Text:
    """The topics of a level; where there is little to choose from, its documents themselves."""
    catalogue, samples = context.library.catalogue, inbound.private
    if not _has_topics(catalogue, scope, samples=samples):
        return _list(inbound, context, scope, ANY, page)
    count = len(catalogue.documents(_CODES.get(scope), samples=samples))
    shown = Slice.of(catalogue.topics(_CODES.get(scope), samples=samples), page)
    everything = Choice(texts.ALL.format(count=count), payload(LIST, scope, ANY, 1))
    choices = [
        *([everything] if shown.page == 1 else []),
        *(
            Choice(
                texts.COUNTED.format(name=brief(topic.name, NAME), count=topic.count),
                payload(LIST, scope, topic.key, 1),
            )
            for topic in shown.items
        ),
        *shown.ways(lambda to: payload(TOPICS, scope, to)),
        _to_root(),
    ]
    return plain(shown.heading(texts.CHOOSE_TOPIC.format(scope=_scope(scope))), *choices)


def _list(inbound: Inbound, context: Context, scope: str, topic: str, page: int) -> Text:
    catalogue, samples = context.library.catalogue, inbound.private
    found = catalogue.documents(_CODES.get(scope), None if topic == ANY else topic, samples=samples)
    if not found:
        return plain(texts.TOPIC_GONE, *_root(inbound, context).choices)
    shown = Slice.of(found, page)
    heading = _scope(scope)
    if topic != ANY:
        names = {each.key: each.name for each in catalogue.topics(_CODES.get(scope), samples=samples)}
        heading = texts.ON_TOPIC.format(scope=heading, topic=brief(names[topic], NAME))
    choices = [
        *(
            _choice(context, document, payload(LISTED, document.key, scope, topic, shown.page))
            for document in shown.items
        ),
        *shown.ways(lambda to: payload(LIST, scope, topic, to)),
        Choice(texts.TO_TOPICS, payload(TOPICS, scope, 1), leads=True)
        if topic != ANY and _has_topics(catalogue, scope, samples=samples)
        else _to_root(),
    ]
    return plain(shown.heading(texts.COUNT.format(heading=heading, count=len(found))), *choices)


def _results(inbound: Inbound, context: Context, wanted: str, page: int) -> Text:
    found = _searched(inbound, context, wanted)
    if not found:
        return plain(texts.TOPIC_GONE, *_root(inbound, context).choices)
    packed = base64.urlsafe_b64encode(wanted.encode("utf-8", "replace")).decode()
    heading = texts.FOUND.format(count=len(found), words=brief(wanted, NAME))
    shown = Slice.of(found, page)
    ways = shown.ways(lambda to: payload(SEARCH, packed, to))
    if len(packed) > LONGEST_WORDS and shown.pages > 1:  # too long for a button that leads on
        heading, ways = f"{heading} {texts.NARROW.format(shown=len(shown.items))}", []
    else:
        heading = shown.heading(heading)
    choices = (_choice(context, document, payload(DOCUMENT, document.key)) for document in shown.items)
    return plain(heading, *choices, *ways, _to_root())


def _searched(inbound: Inbound, context: Context, wanted: str) -> list[Document]:
    return context.library.catalogue.search(wanted, samples=inbound.private)


def _has_topics(catalogue: Catalogue, scope: str, *, samples: bool) -> bool:
    level = _CODES.get(scope)
    many = scope == EVERY or len(catalogue.documents(level, samples=samples)) > PAGE
    return many and len(catalogue.topics(level, samples=samples)) > 1


def _scope(scope: str) -> str:
    level = _CODES.get(scope)
    return texts.OF_LEVEL.format(level=texts.LEVELS_IN_A_SENTENCE[level]) if level else texts.ALL_DOCUMENTS


def _choice(context: Context, document: Document, leading: str) -> Choice:
    title = brief(document.title, TITLE)
    name = document.number or title
    if document.issued_on:
        name = texts.DATED.format(name=name, date=day(document.issued_on))
    label = texts.TITLED.format(name=name, title=title) if document.number else name
    if context.library.catalogue.is_superseded(document):
        label = texts.SUPERSEDED.format(label=label)
    elif document.status == "expired":
        label = texts.EXPIRED.format(label=label)
    return Choice(label, leading)


def _to_root() -> Choice:
    return Choice(texts.TO_ROOT, BROWSE, leads=True)


ACTS = {
    BROWSE: (0, root),
    TOPICS: (2, topics),
    LIST: (3, list_),
    LISTED: (4, listed),
    QUESTIONS: (2, more_questions),
    SEARCH: (2, results),
}
