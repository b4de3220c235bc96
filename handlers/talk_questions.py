"""What a talk still lacks, how it is asked for, and how a noted one reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.audience import unit_names
from bot.audience.talks import Talk
from bot.audience.unit_names import Names
from bot.audience.units import Tree, Unit
from bot.model import Choice, Part, Text, Tx
from bot.texts import chat
from bot.texts import talks as texts
from handlers.payloads import payload
from handlers.staff import unit_menu
from handlers.wording import cited, counted, day, plain
from knowledge import documents
from knowledge.documents import Document
from knowledge.numbers import facts

TALK = "talk"
LISTENERS, UNIT, CONTENT, DAY = "n", "u", "d", "t"  # what a button gives, or asks for
EDIT, WITHDRAW, ANOTHER = "edit", "withdraw", "another"
NUMBERS = (10, 20, 30, 50, 100, 200)
NEWEST = 5  # documents offered


@dataclass(frozen=True, slots=True)
class Known:
    """The units with their names, and the documents that are out, newest first."""

    names: Names
    documents: list[Document]

    @property
    def tree(self) -> Tree:
        return self.names.tree


def load(tx: Tx) -> Known:
    published = [each for each in documents.all_documents(tx) if each.status != "draft"]
    return Known(unit_names.load(tx), published)


def lacking(talk: Talk, known: Known) -> str:
    """What has to be asked next; "" when nothing has."""
    if talk.listeners is None:
        return LISTENERS
    if talk.held_on is None:
        return DAY
    if talk.unit is None and known.tree.units:
        return UNIT
    if talk.content is None:
        return CONTENT
    if talk.state == "draft" and not talk.documents and meant(talk.content, known)[1]:
        return CONTENT
    return ""


def meant(content: str, known: Known) -> tuple[tuple[int, ...], list[Document]]:
    """The documents that the words name: those that are clear, and those of a number that several have."""
    clear: list[int] = []
    for reference in facts(content).references:
        fitting = [
            each
            for each in known.documents
            if each.number and reference.fits(each.number, each.kind, each.issued_on, each.issuer)
        ]
        current = [each for each in fitting if each.superseded_by is None] or fitting
        if len(current) > 1:
            return (), current
        clear += [each.key for each in current]
    return tuple(dict.fromkeys(clear)), []


def question(about: str, talk: Talk, known: Known, near: int | None, today: date) -> Text:
    return {LISTENERS: _how_many, DAY: _which_day, UNIT: _which_unit, CONTENT: _about_what}[about](
        talk, known, near, today
    )


def which_of(found: list[Unit], talk: Talk, known: Known) -> Text:
    """Several units with the name that was given."""
    return plain(texts.WHICH_OF_THESE, *unit_menu.these(known.tree, found, payload(TALK, talk.name, UNIT)))


def twin(talk: Talk) -> Text:
    return plain(
        texts.TWIN,
        Choice(texts.ANOTHER, payload(TALK, talk.name, ANOTHER)),
        Choice(texts.THE_SAME, payload(TALK, talk.name, WITHDRAW)),
    )


def what_to_edit(talk: Talk, known: Known) -> Text:
    choices = [
        Choice(label, payload(TALK, talk.name, EDIT, about))
        for about, label in texts.EDITS.items()
        if about != UNIT or known.tree.units
    ]
    return plain(texts.WHAT_TO_EDIT, *choices, Choice(texts.WITHDRAW, payload(TALK, talk.name, WITHDRAW)))


def confirmation(talk: Talk, known: Known, heading: str) -> Text:
    by_key = {each.key: each for each in known.documents}
    about = "; ".join(cited(by_key[key]) for key in talk.documents if key in by_key) or talk.content
    lines = [
        *([texts.DAY.format(day=day(talk.held_on))] if talk.held_on else []),
        *([texts.UNIT.format(unit=known.tree.path(talk.unit))] if talk.unit is not None else []),
        texts.LISTENERS.format(count=counted(talk.listeners or 0)),
        *([texts.CONTENT.format(content=about)] if about else []),
        *([texts.PLACE.format(place=talk.place)] if talk.place else []),
    ]
    said = "\n".join(("", *lines, "", texts.FOR_A_DAY))
    return Text(
        (Part(heading, "bold"), Part(said)),
        (
            Choice(texts.EDIT, payload(TALK, talk.name, EDIT)),
            Choice(texts.WITHDRAW, payload(TALK, talk.name, WITHDRAW)),
        ),
    )


def _how_many(talk: Talk, known: Known, near: int | None, today: date) -> Text:
    choices = (
        Choice(texts.PEOPLE.format(count=count), payload(TALK, talk.name, LISTENERS, count))
        for count in NUMBERS
    )
    return plain(texts.HOW_MANY, *choices)


def _which_day(talk: Talk, known: Known, near: int | None, today: date) -> Text:
    choices = (
        Choice(label, payload(TALK, talk.name, DAY, (today - timedelta(days=ago)).isoformat()))
        for ago, label in enumerate(texts.DAYS)
    )
    return plain(texts.WHICH_DAY, *choices)


def _which_unit(talk: Talk, known: Known, near: int | None, today: date) -> Text:
    word = payload(TALK, talk.name, UNIT)
    return plain(texts.WHICH_UNIT, *unit_menu.inside(known.tree, near, 0, word))


def _about_what(talk: Talk, known: Known, near: int | None, today: date) -> Text:
    unclear = meant(talk.content, known)[1] if talk.content and not talk.documents else []
    offered = unclear or [each for each in known.documents if each.superseded_by is None][:NEWEST]
    named = cited if unclear else _short
    choices = (Choice(named(each), payload(TALK, talk.name, CONTENT, each.key)) for each in offered)
    none = Choice(texts.NO_DOCUMENT, payload(TALK, talk.name, CONTENT, 0))
    return plain(texts.WHICH_DOCUMENT if unclear else texts.ABOUT_WHAT, *choices, none)


def _short(document: Document) -> str:
    """ "Nghị quyết số 57-NQ/TW": fits a button."""
    if document.number:
        return chat.NUMBERED.format(kind=document.kind, number=document.number)
    return document.title
