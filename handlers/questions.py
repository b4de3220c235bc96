"""A question in somebody's own words: an answer when sure, suggestions when not, or an honest "I do not know"."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.model import Address, Choice, Inbound, Outcome, Part, Text, Tx, say
from bot.texts import chat, officer, small_talk
from handlers import answers, counting, learning, topic
from handlers.answers import Page
from handlers.context import Context
from handlers.officer_offer import Offer, keepable, keeping, offered, staffed, with_offer
from handlers.payloads import ANSWER, DOCUMENT, NONE_OF_THESE, payload
from handlers.staff.ways import on_document
from handlers.wording import cited, plain, reply_to, where_to_turn
from knowledge import follow_up, question_log
from knowledge.answering import Finding
from knowledge.documents import Document
from knowledge.question_log import Asked
from knowledge.references import in_usual_case
from knowledge.wordings import question

LONGEST = 1_000  # characters: what is longer is a letter, not a question, and would be matched by chance
SHORT = 3  # digits: a longer number is somebody's, and nothing that we have shown


async def ask(inbound: Inbound, context: Context) -> Outcome:
    """Answers a text message that no other route has taken."""
    text = inbound.text.strip()
    if not any(character.isalnum() for character in text):
        return _once_in_private(inbound, plain(chat.EMPTY))
    about = await topic.of(inbound, context)
    finding = context.library.find(text, context.thresholds, group=not inbound.private, topic=about)
    if finding.sensitive:
        return await _to_people(inbound, context, finding)
    if len(text) > LONGEST:
        return await _too_long(inbound, context)
    if finding.small_talk:
        words = small_talk.SMALL_TALK.get(finding.small_talk, small_talk.OTHER)
        return say(inbound.address, plain(words.format(**context.words(inbound.address.channel)), to=inbound))
    return await _reply(inbound, context, finding)


async def _to_people(inbound: Inbound, context: Context, finding: Finding) -> Outcome:
    """Where to turn; below it what the knowledge base says to an emergency. Nothing is kept of what was written."""
    said = where_to_turn(finding.sensitive, context.department()) if finding.sensitive else ""
    if finding.entry and len(inbound.text) <= LONGEST:
        shown = await context.db.read(answers.find_entry, finding.entry.key, private=inbound.private)
        if shown:
            reply = answers.answer(shown, context.token(), context.organisation, inbound)
            parts = (Part(f"{said}\n\n{chat.BESIDES_EMERGENCY}\n\n"), *reply.parts)
            counted = counting.answered(shown.entry.key, context)
            return say(inbound.address, replace(reply, parts=parts), writes=(counted,))
    return say(inbound.address, plain(said, to=inbound))


async def _reply(inbound: Inbound, context: Context, finding: Finding) -> Outcome:
    if finding.documents:
        return await _documents(inbound, context, finding)
    if finding.outcome == "answer" and finding.entry:
        shown = await context.db.read(answers.find_entry, finding.entry.key, private=inbound.private)
        if shown:  # else it was withdrawn a moment ago, and the index does not know it yet
            name = context.token()
            reply = answers.answer(shown, name, context.organisation, inbound)
            kept = keeping(keepable(inbound, context, name, _whole(inbound, finding)))
            counted = counting.answered(shown.entry.key, context)
            asked = counting.asked_about(inbound, context, shown.entry, shown.document)
            writes = (*kept, counted, asked)
            return _logged(inbound, context, finding, "answer", reply, *writes, shows=shown.document)
    if finding.suggestions:
        offer = keepable(inbound, context, context.token(), _whole(inbound, finding))
        reply = _suggest(inbound, finding, offer)
        return _logged(inbound, context, finding, "suggest", reply, *keeping(offer))
    number = inbound.text.strip(" .)")
    if number.isdigit() and len(number) <= SHORT:  # of a list that is not there any more
        return say(inbound.address, plain(chat.ONLY_A_NUMBER.format(number=number), to=inbound))
    return await _no_answer(inbound, context, finding)


async def _documents(inbound: Inbound, context: Context, finding: Finding) -> Outcome:
    pages = [
        await context.db.read(answers.find_page, document.key, private=inbound.private)
        for document in finding.documents
    ]
    found = [page for page in pages if page]
    if not found:  # a sample, in a group
        return await _no_answer(inbound, context, finding)
    if len(found) == 1:
        own = await on_document(inbound, context, found[0].document.key)
        page = replace(
            answers.document_page(found[0], context.organisation, *own), reply_to=reply_to(inbound)
        )
        counted = counting.viewed(found[0].document.key, context)
        asked = counting.asked_about(inbound, context, None, found[0].document)
        return _logged(inbound, context, finding, "document", page, counted, asked, shows=found[0].document)
    # Numbers start again each term: never pick one of several.
    menu = (
        Choice(f"{cited(page.document)}: {page.document.title}", payload(DOCUMENT, page.document.key))
        for page in found
    )
    return _logged(inbound, context, finding, "document", plain(chat.WHICH_DOCUMENT, *menu, to=inbound))


def _suggest(inbound: Inbound, finding: Finding, offer: Offer | None) -> Text:
    heading = chat.SUGGEST
    if finding.unknown_document:
        heading = chat.UNKNOWN_DOCUMENT_SUGGEST.format(number=_quoted(inbound, finding.unknown_document))
    elif finding.about:
        heading = chat.SUGGEST_ABOUT.format(document=cited(finding.about))
    typed = [offer.token] if offer and learning.teaches(inbound.text, finding) else []
    buttons = [Choice(each.question, payload(ANSWER, each.key, *typed)) for each in finding.suggestions]
    none = payload(NONE_OF_THESE, offer.token if offer else "")
    return plain(heading, *buttons, Choice(chat.NONE_OF_THESE, none, leads=True), to=inbound)


def _quoted(inbound: Inbound, reference: str) -> str:
    """As it was typed, where it was: names of places keep their capitals."""
    typed = " ".join(inbound.text.split())
    at = typed.lower().find(reference)
    return in_usual_case(typed[at : at + len(reference)] if at >= 0 else reference)


async def _no_answer(inbound: Inbound, context: Context, finding: Finding) -> Outcome:
    offer = await offered(inbound, context, context.token(), _whole(inbound, finding))
    if finding.about and (page := await context.db.read(answers.find_page, finding.about.key)):
        reply = with_offer(_nothing_about(context, page), offer)
        return _logged(inbound, context, finding, "none", reply, *keeping(offer))
    if finding.unknown_document:
        said = [chat.UNKNOWN_DOCUMENT.format(number=_quoted(inbound, finding.unknown_document))]
    else:
        said = [chat.NO_ANSWER.format(organisation=context.organisation), chat.NO_ANSWER_HINT]
    if not inbound.private and await staffed(context):
        said.append(officer.OFFER_IN_GROUP)
    reply = plain("\n\n".join(said), to=inbound)
    return _logged(inbound, context, finding, "none", with_offer(reply, offer), *keeping(offer))


def _nothing_about(context: Context, page: Page) -> Text:
    """The document that the asker goes on about is all that there is: its page says when, by whom, and what else."""
    said = chat.NOTHING_ABOUT.format(document=cited(page.document), organisation=context.organisation)
    shown = answers.document_page(page, context.organisation)
    return replace(shown, parts=(Part(f"{said}\n\n"), *shown.parts))


async def _too_long(inbound: Inbound, context: Context) -> Outcome:
    """A letter cannot be matched; somebody may read it all the same."""
    offer = await offered(inbound, context, context.token(), inbound.text)
    reply = _once_in_private(inbound, with_offer(plain(chat.TOO_LONG), offer))
    return replace(reply, writes=keeping(offer))


def _once_in_private(inbound: Inbound, reply: Text) -> Outcome:
    """In a group, nonsense is met with silence."""
    return say(inbound.address, reply) if inbound.private else Outcome()


def _logged(
    inbound: Inbound,
    context: Context,
    finding: Finding,
    outcome: Literal["answer", "suggest", "none", "document"],
    reply: Text,
    *writes: counting.Write,
    shows: Document | None = None,
) -> Outcome:
    """The reply, which shows this document, with the question in the log, without its sender."""
    now, today = context.clock.now(), context.today
    entry = finding.entry.key if outcome == "answer" and finding.entry else None
    asked = Asked(question(_whole(inbound, finding)), outcome, finding.score, entry)
    sender = Address(inbound.address.channel, inbound.sender)
    mark = question_log.asker_mark(context.day_key(today), sender, asked.question)

    def log(tx: Tx) -> None:
        question_log.record(tx, asked, inbound.address.channel, mark, now, today)

    if outcome in ("suggest", "none"):
        writes = (*writes, counting.unanswered(inbound, context, asked.question))
    about = topic.after_question(inbound, context, outcome, shows, finding.unknown_document)
    return say(inbound.address, reply, writes=(log, *writes, *about))


def _whole(inbound: Inbound, finding: Finding) -> str:
    """What was asked, as somebody can understand it who has not followed the conversation."""
    said = inbound.text.strip()
    about = cited(finding.about) if finding.about else ""
    if finding.unknown_document and follow_up.read(said):
        about = in_usual_case(finding.unknown_document)
    return chat.ASKED_ABOUT.format(question=said, document=about) if about else said
