"""How a document looks to staff before people see it: questions about it, the preview, what an approver decides on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from bot.audience import staff
from bot.model import Choice, Part, Text, Tx
from bot.texts import document_desk as texts
from handlers.payloads import DOCUMENT, payload
from handlers.wording import cited, day, plain, short_name
from knowledge import documents
from knowledge.document_proposals import DocumentProposal
from knowledge.document_sketch import NAMES, Name, Sketch, changes
from knowledge.document_twins import Twins
from knowledge.documents import Document, Level

NEW, STORED, DECIDE = "newdoc", "draftdoc", "docprop"
LEVELS: tuple[Level, ...] = get_args(Level)


def question(name: Name, known: Sketch, token: str, wrong: Sequence[str] = ()) -> Text:
    now = _shown(name, getattr(known, name))
    asked = texts.QUESTIONS[name]
    said = texts.ASK_AGAIN.format(question=asked, now=now) if now else asked
    choices: list[Choice] = []
    if name == "level":
        choices = [
            Choice(label, payload(NEW, token, "level", at))
            for at, label in enumerate(texts.LEVELS[level] for level in LEVELS)
        ]
    if name == "kind":
        choices = [Choice(label, payload(NEW, token, "kind", at)) for at, label in enumerate(texts.KINDS)]
    if name in texts.SKIPS:
        choices.append(Choice(texts.SKIPS[name], payload(NEW, token, "skip", name), leads=True))
    choices.append(Choice(texts.STOP, payload(NEW, token, "drop"), leads=True))
    return plain("\n\n".join((*wrong, said)), *choices)


def which_to_edit(token: str) -> Text:
    choices = (Choice(texts.NAMES[name], payload(NEW, token, "edit", name)) for name in NAMES)
    return plain(texts.EDIT_WHICH, *choices)


def preview(
    known: Sketch, twins: Twins, token: str, today: date, wrong: Sequence[str], *, publishes: bool
) -> Text:
    """What would be saved, and what to look at once more."""
    same = twins.same
    if same is None:
        lines = [_line(name, getattr(known, name)) for name in NAMES]
    else:
        lines = [_change(name, same, known) for name in changes(same, known)]
    parts = [*([Part("\n".join(wrong) + "\n\n")] if wrong else []), Part(_heading(same, lines), "bold")]
    parts += [Part("\n" + "\n".join(lines))] if lines else []
    if remarks := _remarks(known, twins, today):
        parts.append(Part("\n\n" + "\n".join(remarks), "italic"))
    return Text(tuple(parts), tuple(_choices(same, bool(lines), token, publishes=publishes)))


def stored(document: Document, *, publishes: bool, waits: bool) -> Text:
    """A draft that has been saved."""
    said = "\n".join(_line(name, getattr(document, name)) for name in NAMES)
    first = Choice(texts.PUBLISH if publishes else texts.PROPOSE, payload(STORED, document.key, "publish"))
    edit = Choice(texts.EDIT, payload(STORED, document.key, "edit"))
    note = texts.PROPOSED_BEFORE.format(document=short_name(document)) + "\n\n" if waits else ""
    return plain(note + said, *(() if waits and not publishes else (first,)), edit)


def proposal(tx: Tx, one: DocumentProposal) -> Text:
    """What an approver decides on."""
    document = documents.by_key(tx, one.document)
    if document is None:
        return plain(texts.GONE)
    if document.status == "draft":
        heading = texts.WAITS
        lines = [_line(name, getattr(document, name)) for name in NAMES]
    else:
        heading = texts.WAITS_CHANGE
        lines = [cited(document), *_proposed(one, document)]
    author = texts.FROM.format(name=staff.name_of(tx, one.author)) if one.author else ""
    parts = (Part(heading, "bold"), Part("\n" + "\n".join(lines)), Part(f"\n\n{author}", "italic"))
    choices = (
        Choice(texts.ACCEPT, payload(DECIDE, one.key, "accept")),
        Choice(texts.REJECT, payload(DECIDE, one.key, "reject")),
    )
    return Text(parts, choices if one.state == "waiting" else ())


def _proposed(one: DocumentProposal, document: Document) -> list[str]:
    return [
        texts.CHANGE.format(
            name=texts.NAMES[name],
            old=_shown(name, getattr(document, name)) or texts.NOTHING,
            new=_shown(name, date.fromisoformat(new) if name == "issued_on" else new),
        )
        for name in NAMES
        if (new := one.changes.get(name))
    ]


def _heading(same: Document | None, lines: Sequence[str]) -> str:
    if same is None:
        return texts.PREVIEW
    heading = texts.KNOWN if lines else texts.KNOWN_SAME
    return heading.format(status=texts.STATUSES[same.status])


def _remarks(known: Sketch, twins: Twins, today: date) -> list[str]:
    said = []
    if known.issued_on and known.issued_on > today:
        said.append(texts.IN_FUTURE)
    if twins.same_number:
        said.append(texts.SAME_NUMBER.format(others=", ".join(map(short_name, twins.same_number))))
    if not known.summary and not (twins.same and twins.same.summary):
        said.append(texts.NO_SUMMARY)
    said += [texts.REPLACES.format(old=cited(old), short=short_name(old)) for old in twins.replaced]
    return said


def _choices(same: Document | None, changed: bool, token: str, *, publishes: bool) -> list[Choice]:
    def act(label: str, word: str) -> Choice:
        return Choice(label, payload(NEW, token, word))

    if same and same.status != "draft":
        first = [act(texts.UPDATE if publishes else texts.PROPOSE, "publish")] if changed else []
        see = [Choice(texts.SEE, payload(DOCUMENT, same.key))]
        return [*first, *([act(texts.EDIT, "edit")] if changed else []), *see, act(texts.STOP, "drop")]
    return [
        act(texts.PUBLISH if publishes else texts.PROPOSE, "publish"),
        act(texts.KEEP_DRAFT, "draft"),
        act(texts.EDIT, "edit"),
        act(texts.STOP, "drop"),
    ]


def _line(name: Name, value: object) -> str:
    return texts.LINE.format(name=texts.NAMES[name], value=_shown(name, value) or texts.NOTHING)


def _change(name: str, same: Document, known: Sketch) -> str:
    field: Name = next(each for each in NAMES if each == name)
    return texts.CHANGE.format(
        name=texts.NAMES[field],
        old=_shown(field, getattr(same, field)) or texts.NOTHING,
        new=_shown(field, getattr(known, field)),
    )


def _shown(name: Name, value: object) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (tuple, list)):
        return "; ".join(value)
    return texts.LEVELS.get(str(value), str(value)) if name == "level" and value else str(value or "")
