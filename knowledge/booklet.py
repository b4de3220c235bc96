"""Which questions and documents a printed booklet holds, and in which order. What they look like: booklet_pages.py.

A period is about the days on which documents were issued: what cites no dated document belongs to none.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from bot.errors import InputError, UsageError
from bot.files.printing import Sheet
from bot.model import Tx
from bot.texts import booklet as texts
from knowledge import documents, entries
from knowledge.citations import Citations, all_citable, cited, day
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.normalise import clean, fold

FOLDER = "so-tay"  # below our address


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants printed; nothing named means everything.

    document     as people name it: "57-NQ/TW", "nghị quyết 18 ngày 25/10/2017"
    first, last  days, both included; None: open
    samples      also what nobody has approved yet, marked as such
    meeting      meeting material: the documents too, and room for the discussion
    """

    topic: str = ""
    document: str = ""
    first: date | None = None
    last: date | None = None
    samples: bool = False
    meeting: bool = False
    sheet: Sheet = "A4"

    @property
    def period(self) -> bool:
        return self.first is not None or self.last is not None

    def as_text(self) -> str:
        """Short: it becomes a part of an address. What is as it is by default is left out."""
        said = {name: value for name, value in asdict(self).items() if value != getattr(Order(), name)}
        return json.dumps(said, default=date.isoformat, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Order:
        """What `as_text` gave."""
        values = json.loads(text)
        return cls(**values | {name: day(values.get(name)) for name in ("first", "last")})


@dataclass(frozen=True, slots=True)
class Listed:
    """A document with what has superseded it."""

    document: Document
    newer: Document | None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with the document that may be named as its source."""

    entry: Entry
    listed: Listed | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    topic      as the knowledge base writes it
    document   the one that was asked for
    documents  those that meeting material presents, newest first
    """

    order: Order
    items: tuple[Item, ...]
    topic: str = ""
    document: Document | None = None
    documents: tuple[Listed, ...] = ()


def choose(tx: Tx, order: Order, how_to_add_samples: str) -> Chosen:
    """Raises UsageError: no such topic or document; InputError: nothing to print, with the reason.

    how_to_add_samples  is told to somebody who left out the samples where there is nothing else
    """
    if order.first and order.last and order.first > order.last:
        raise UsageError(
            texts.BACKWARDS.format(first=f"{order.first:%d/%m/%Y}", last=f"{order.last:%d/%m/%Y}")
        )
    shelf = _shelf(tx)
    items = [Item(entry, shelf.get(entry.document or 0)) for entry in entries.answerable(tx)]
    named = _named(tx, shelf, order.document) if order.document else None
    topic = _as_written(_topics(items, shelf.values()), order.topic) if order.topic else ""
    wanted = [item for item in items if _fits(item, order, named, topic)]
    printed = [item for item in wanted if order.samples or item.entry.status == "published"]
    presented = _presented(shelf.values(), order, named, topic) if order.meeting else ()
    if not printed and not presented:
        raise InputError(_why_nothing(order, len(wanted), how_to_add_samples))
    return Chosen(order, tuple(sorted(printed, key=_newest_first)), topic, named, presented)


def month(year: int, number: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def period_in_words(first: date | None, last: date | None) -> str:
    """ "tháng 11/2026", "quý 4/2026", "năm 2026", else "từ 01/11/2026 đến 15/11/2026"."""
    if first and last:
        if first == last:
            return texts.DAY.format(day=f"{first:%d/%m/%Y}")
        if (first, last) == month(first.year, first.month):
            return texts.MONTH.format(month=first.month, year=first.year)
        if first.month % 3 == 1 and (first, last) == (
            first.replace(day=1),
            month(first.year, first.month + 2)[1],
        ):
            return texts.QUARTER.format(quarter=last.month // 3, year=first.year)
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return texts.YEAR.format(year=first.year)
    days = {"first": f"{first:%d/%m/%Y}" if first else "", "last": f"{last:%d/%m/%Y}" if last else ""}
    form = texts.BETWEEN if first and last else texts.SINCE if first else texts.UNTIL
    return form.format(**days)


def about(chosen: Chosen) -> tuple[str, ...]:
    """What it is about, in lines for the title page."""
    order = chosen.order
    lines = [texts.ABOUT_TOPIC.format(topic=chosen.topic)] if chosen.topic else []
    if chosen.document:
        lines.append(texts.ABOUT_DOCUMENT.format(document=cited(chosen.document)))
        if chosen.document.number:
            lines.append(chosen.document.title)
    if order.period:
        period = period_in_words(order.first, order.last)
        if order.meeting:
            lines.append(period[0].upper() + period[1:])
        else:
            lines.append(texts.ABOUT_PERIOD.format(period=period))
    return tuple(lines) or (texts.ABOUT_ALL,)


def file_name(order: Order, form: str) -> str:
    """ "so-tay-57-nq-tw.docx": plain letters, which every phone and every stick takes."""
    days = [f"{each:%d-%m-%Y}" for each in (order.first, order.last) if each]
    parts = ("tai lieu sinh hoat" if order.meeting else "so tay", order.topic, order.document, *days)
    return "-".join(re.findall(r"[a-z0-9]+", _folded(" ".join(parts))))[:80] + f".{form}"


def topic_of(item: Item) -> str:
    """Its own topic, else the first one of its document; "" where there is neither."""
    return item.entry.topic or next(iter(item.listed.document.topics if item.listed else ()), "")


def _shelf(tx: Tx) -> dict[int, Listed]:
    """The documents that people may see, newest first."""
    shown = (document for document in documents.all_documents(tx) if document.status != "draft")
    return {document.key: Listed(document, documents.newest(tx, document)) for document in shown}


def _named(tx: Tx, shelf: dict[int, Listed], text: str) -> Document:
    """Numbers start again each term: one of several is never picked."""
    fitting = [shelf[key].document for key in Citations(all_citable(tx)).fitting(text) if key in shelf]
    if not fitting and text.strip().isdecimal():  # "57", as people say it
        fitting = [
            listed.document
            for listed in shelf.values()
            if re.match(rf"{text.strip()}[-/]", listed.document.number or "")
        ]
    if not fitting:
        raise UsageError(texts.NO_DOCUMENT.format(text=text))
    if len(fitting) > 1:
        raise UsageError(texts.SEVERAL_DOCUMENTS.format(text=text, names="; ".join(map(cited, fitting))))
    return fitting[0]


def _topics(items: Iterable[Item], shelf: Iterable[Listed]) -> list[str]:
    """Each once, whatever its accents and capitals."""
    written = [item.entry.topic for item in items]
    written += [topic for listed in shelf for topic in listed.document.topics]
    known: dict[str, str] = {}
    for topic in written:
        if topic:
            known.setdefault(_folded(topic), topic)
    return [known[key] for key in sorted(known)]


def _as_written(known: list[str], text: str) -> str:
    found = next((topic for topic in known if _folded(topic) == _folded(text)), None)
    if found is None:
        told = texts.NO_TOPIC.format(text=text, topics="; ".join(known)) if known else texts.NO_TOPICS
        raise UsageError(told)
    return found


def _fits(item: Item, order: Order, named: Document | None, topic: str) -> bool:
    document = item.listed.document if item.listed else None
    if topic and _folded(item.entry.topic) != _folded(topic) and not (document and _about(document, topic)):
        return False
    if named and (document is None or document.key != named.key):
        return False
    return not order.period or (document is not None and _issued_in(document, order))


def _presented(
    shelf: Iterable[Listed], order: Order, named: Document | None, topic: str
) -> tuple[Listed, ...]:
    return tuple(
        listed
        for listed in shelf
        if (order.samples or not listed.document.sample)
        and (named is None or listed.document.key == named.key)
        and (not topic or _about(listed.document, topic))
        and (not order.period or _issued_in(listed.document, order))
    )


def _about(document: Document, topic: str) -> bool:
    return any(_folded(each) == _folded(topic) for each in document.topics)


def _issued_in(document: Document, order: Order) -> bool:
    issued = document.issued_on
    return issued is not None and (order.first or date.min) <= issued <= (order.last or date.max)


def _newest_first(item: Item) -> tuple[int, int, int]:
    """By document, newest first, those of no dated document at the end; then as the entries came."""
    document = item.listed.document if item.listed else None
    issued = document.issued_on if document else None
    return -issued.toordinal() if issued else 0, document.key if document else 0, item.entry.key


def _why_nothing(order: Order, samples: int, how_to_add_samples: str) -> str:
    if order.meeting and order.period:
        why = texts.NO_NEW_DOCUMENTS.format(period=period_in_words(order.first, order.last))
    elif order.meeting:
        why = texts.NO_DOCUMENTS
    else:
        why = texts.NOTHING_CHOSEN if order.topic or order.document or order.period else texts.NOTHING
    if samples:
        why += f" {texts.ONLY_SAMPLES.format(count=samples, how=how_to_add_samples)}"
    return why


def _folded(text: str) -> str:
    return fold(clean(text))
