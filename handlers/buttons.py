"""Pressed buttons: a suggestion, the detail, related questions, documents, 👍 and 👎; old and unknown ones too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.model import Choice, File, Inbound, Outcome, Text, Tx, say
from bot.texts import chat, officer
from handlers import answers, asking_officer, browsing, counting, learning, payloads, topic
from handlers.context import Context
from handlers.officer_offer import offered_again
from handlers.payloads import fields, number, payload
from handlers.staff.ways import on_document
from handlers.wording import plain
from knowledge import documents, entries, feedback
from knowledge.documents import Document
from knowledge.entries import Entry

RELATED_SHOWN = 5
_NOT_WHAT_I_ASKED = "other question"  # of chat.REASONS

Fields = tuple[str, ...]


async def press(inbound: Inbound, context: Context) -> Outcome:
    """Does what the button says; a button that nobody knows says so."""
    for word, count, act in _ACTS:
        found = fields(inbound, word, count)
        if found is not None:
            return await act(inbound, context, found)
    return say(inbound.address, plain(chat.OLD_BUTTON))


async def _answer(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    """A question that was picked; of a suggestion, with the name of what had been typed."""
    shown = await context.db.read(answers.find_entry, number(of[0]), private=inbound.private)
    if shown is None:
        return say(inbound.address, plain(chat.GONE))
    reply = answers.answer(shown, context.token(), context.organisation, inbound)
    writes = (
        counting.answered(shown.entry.key, context),
        counting.asked_about(inbound, context, shown.entry, shown.document),
        *await learning.picked(inbound, context, shown.entry, shown.document, "".join(of[1:])),
        *_about(inbound, context, shown.document),
    )
    return say(inbound.address, reply, writes=writes)


async def _detail(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    shown = await context.db.read(answers.find_entry, number(of[0]), private=inbound.private)
    if shown is None:
        return say(inbound.address, plain(chat.GONE))
    reply = answers.detail(shown, context.organisation)
    return say(inbound.address, reply, writes=_about(inbound, context, shown.document))


async def _related(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    related = await context.db.read(_same_document, number(of[0]))
    if related is None:
        return say(inbound.address, plain(chat.GONE))
    entry, found = related
    if not found:
        group = not inbound.private
        alike = context.library.find(entry.question, context.thresholds, group=group).ranked
        keys = [each.key for each in alike if each.key != entry.key]
        found = await context.db.read(_those, keys[:RELATED_SHOWN])
    if not inbound.private:
        found = [each for each in found if each.status == "published"]
    if not found:
        return say(inbound.address, plain(chat.NO_RELATED))
    reply = plain(chat.RELATED_TO, *answers.questions(found[:RELATED_SHOWN]))
    return say(inbound.address, reply, writes=topic.now_about(inbound, context, entry.document))


async def _document(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    page = await context.db.read(answers.find_page, number(of[0]), private=inbound.private)
    if page is None:
        return say(inbound.address, plain(chat.GONE))
    own = await on_document(inbound, context, page.document.key)
    reply = answers.document_page(page, context.organisation, *own)
    writes = (counting.viewed(page.document.key, context), *_about(inbound, context, page.document))
    return say(inbound.address, reply, writes=writes)


async def _file(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    page = await context.db.read(answers.find_page, number(of[0]), private=inbound.private)
    file = await context.db.read(documents.file_of, number(of[0]))
    if page is None or file is None:
        return say(inbound.address, plain(chat.GONE))
    reply = File(file.name, file.media_type, f"documents/{page.document.key}", page.document.title)
    writes = (counting.downloaded(page.document.key, context), *_about(inbound, context, page.document))
    return say(inbound.address, reply, writes=writes)


def _about(inbound: Inbound, context: Context, document: Document | None) -> tuple[topic.Write, ...]:
    return topic.now_about(inbound, context, document.key if document else None)


async def _up(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    return await _verdict(inbound, context, of, "up", plain(chat.THANKS_UP))


async def _down(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    reasons = (Choice(label, payload(payloads.REASON, of[1], reason)) for reason, label in chat.REASONS)
    return await _verdict(inbound, context, of, "down", plain(chat.WHY_DOWN, *reasons))


async def _verdict(inbound: Inbound, context: Context, of: Fields, verdict: str, thanks: Text) -> Outcome:
    entry, answer, today = number(of[0]), of[1], context.today
    if await context.db.read(answers.find_entry, entry, private=inbound.private) is None:
        return say(inbound.address, plain(chat.GONE))

    def give(tx: Tx) -> None:
        feedback.give(tx, answer, entry, verdict, today)

    return say(inbound.address, thanks, writes=(give,))


async def _reason(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    answer, reason = of
    if reason not in feedback.REASONS:
        return say(inbound.address, plain(chat.OLD_BUTTON))

    def explain(tx: Tx) -> None:
        feedback.explain(tx, answer, reason)

    send = await offered_again(inbound, context, answer) if reason == _NOT_WHAT_I_ASKED else None
    thanks = _with_sending(chat.THANKS_REASON, send)
    return say(inbound.address, thanks, writes=(explain,))


async def _none_of_these(inbound: Inbound, context: Context, of: Fields) -> Outcome:
    said = f"{chat.NO_ANSWER.format(organisation=context.organisation)}\n\n{chat.NO_ANSWER_HINT}"
    return say(inbound.address, _with_sending(said, await offered_again(inbound, context, of[0])))


def _with_sending(said: str, send: Choice | None) -> Text:
    return plain(f"{said}\n\n{officer.OFFER}", send) if send else plain(said)


async def _cancel(inbound: Inbound, context: Context, _: Fields) -> Outcome:
    return await asking_officer.cancel(inbound, context)


_ACTS: tuple[tuple[str, int, Callable[[Inbound, Context, Fields], Awaitable[Outcome]]], ...] = (
    (payloads.ANSWER, 1, _answer),
    (payloads.ANSWER, 2, _answer),
    (payloads.DETAIL, 1, _detail),
    (payloads.RELATED, 1, _related),
    (payloads.DOCUMENT, 1, _document),
    (payloads.FILE, 1, _file),
    (payloads.UP, 2, _up),
    (payloads.DOWN, 2, _down),
    (payloads.REASON, 2, _reason),
    (payloads.NONE_OF_THESE, 1, _none_of_these),
    (payloads.OFFICER, 1, asking_officer.send),
    (payloads.OFFICER, 2, asking_officer.send),
    (payloads.CANCEL, 0, _cancel),
    (payloads.TAKE_BACK, 1, asking_officer.take_back),
    *((word, count, act) for word, (count, act) in browsing.ACTS.items()),
)


def _same_document(tx: Tx, key: int) -> tuple[Entry, list[Entry]] | None:
    entry = entries.by_key(tx, key)
    if entry is None:
        return None
    others = entries.of_document(tx, entry.document) if entry.document is not None else []
    return entry, [other for other in others if other.key != key]


def _those(tx: Tx, keys: list[int]) -> list[Entry]:
    found = (entries.by_key(tx, key) for key in keys)
    return [entry for entry in found if entry is not None and entry.status in entries.ANSWERABLE]
