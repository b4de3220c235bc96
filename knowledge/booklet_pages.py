"""What was chosen, as a publication: title, chapters, answers with their sources. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.files.printing import Chapter, Paragraph, Publication, Question
from bot.texts import booklet as texts
from bot.texts import chat
from knowledge.booklet import Chosen, Item, Listed, about, topic_of
from knowledge.citations import cited
from knowledge.normalise import clean, fold

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LAST = "\uffff"  # after every letter: where what has no topic goes


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes it, where ("" when nobody has said) and when."""

    organisation: str
    place: str
    day: date

    @property
    def dated(self) -> str:
        day = f"{self.day:%d/%m/%Y}"
        form = texts.PLACE_AND_DATE if self.place else texts.DATE
        return form.format(place=self.place, date=day)


def compose(chosen: Chosen, imprint: Imprint) -> Publication:
    order = chosen.order
    samples = sum(item.entry.status == "sample" for item in chosen.items)
    note = texts.NOTE_ON_SAMPLES.format(count=samples, organisation=imprint.organisation)
    return Publication(
        organisation=imprint.organisation,
        title=texts.TITLE_OF_MEETING if order.meeting else texts.TITLE,
        about=about(chosen),
        dated=imprint.dated,
        chapters=tuple(_meeting(chosen) if order.meeting else _chapters(chosen)),
        notes=(note,) if samples else (),
        cover=not order.meeting,
    )


# A booklet


def _chapters(chosen: Chosen) -> Iterable[Chapter]:
    """By document where a part was chosen, by topic where everything was."""
    order = chosen.order
    if order.topic or order.document or order.period:
        groups = _grouped((_document_heading(item), item) for item in chosen.items)
    else:
        groups = _grouped((topic_of(item), item) for item in chosen.items)
        groups.sort(key=lambda group: fold(clean(group[0])) or _LAST)
        groups = [(heading.upper(), items) for heading, items in groups]
    number = 1
    for at, (heading, items) in enumerate(groups, 1):
        shown = "" if len(groups) == 1 else heading or texts.OTHER_TOPIC
        yield Chapter(roman(at), shown, (), _questions(items, number))
        number += len(items)


def _grouped(named: Iterable[tuple[str, Item]]) -> list[tuple[str, list[Item]]]:
    """In the order of their first items; a name written in several ways is one."""
    groups: dict[str, tuple[str, list[Item]]] = {}
    for name, item in named:
        groups.setdefault(fold(clean(name)), (name, []))[1].append(item)
    return list(groups.values())


def _document_heading(item: Item) -> str:
    return cited(item.listed.document) if item.listed else item.entry.cites


# Meeting material


def _meeting(chosen: Chosen) -> Iterable[Chapter]:
    parts: list[tuple[str, tuple[Paragraph, ...], tuple[Question, ...]]] = []
    if chosen.documents:
        presented = (line for at, listed in enumerate(chosen.documents, 1) for line in _presented(at, listed))
        parts.append((texts.NEW_DOCUMENTS, tuple(presented), ()))
    if chosen.items:
        parts.append((texts.QUESTIONS, (), _questions(chosen.items, 1)))
    lines = (Paragraph(f"{at}.", "blank") for at in range(1, texts.DISCUSSION_LINES + 1))
    parts.append((texts.DISCUSSION, (Paragraph(texts.DISCUSSION_HINT, "hint"), *lines), ()))
    for at, (heading, paragraphs, questions) in enumerate(parts, 1):
        yield Chapter(roman(at), heading, paragraphs, questions)


def _presented(at: int, listed: Listed) -> Iterable[Paragraph]:
    document = listed.document
    yield Paragraph(f"{at}. {cited(document)}", "item")
    if document.number:
        yield Paragraph(document.title)
    yield from _notice(listed)
    yield from (Paragraph(line) for line in _lines(document.summary))
    if document.address:
        yield Paragraph(texts.FULL_TEXT.format(address=document.address), "source")


# Questions


def _questions(items: Sequence[Item], first: int) -> tuple[Question, ...]:
    return tuple(
        Question(number, " ".join(item.entry.question.split()), tuple(_answer(item)))
        for number, item in enumerate(items, first)
    )


def _answer(item: Item) -> Iterable[Paragraph]:
    entry = item.entry
    if item.listed:
        yield from _notice(item.listed)
    yield from (Paragraph(line) for text in (entry.answer, entry.detail) for line in _lines(text))
    told = (_source(item), texts.SAMPLE if item.entry.status == "sample" else "")
    if source := " ".join(part for part in told if part):
        yield Paragraph(source, "source")


def _notice(listed: Listed) -> Iterable[Paragraph]:
    if listed.newer:
        yield Paragraph(texts.SUPERSEDED.format(new=cited(listed.newer)), "notice")
    elif listed.document.status == "expired":
        yield Paragraph(texts.EXPIRED, "notice")


def _source(item: Item) -> str:
    entry = item.entry
    source = cited(item.listed.document) if item.listed else (entry.source or entry.cites)
    if not source:
        return ""
    form = chat.SOURCE_ARTICLE if entry.article else chat.SOURCE
    return f"{form.format(article=entry.article, source=source)}."


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def roman(number: int) -> str:
    """ "IV"; chapters are fewer than fifty, or many X."""
    figures = ""
    for value, figure in _ROMAN:
        figures += figure * (number // value)
        number %= value
    return figures
