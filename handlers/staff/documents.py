""" "thêm văn bản …": an editor adds a document in one message, or is asked line by line; then looks at it and decides.

What is being written is kept as a draft of the conversation; nothing is in the knowledge base before a tap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.audience.staff import Member
from bot.files import secrecy
from bot.model import JSON, Choice, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import chat
from bot.texts import document_desk as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import asked, document_cards, document_publishing
from handlers.staff.document_cards import LEVELS, NEW
from handlers.wording import plain
from knowledge import document_lines, document_sketch, document_twins, documents
from knowledge.document_sketch import NAMES, NEEDED, Name, Sketch
from knowledge.normalise import fold
from knowledge.recognising import topics_in
from knowledge.wordings import same

WORDS = (NEW,)
ASKED = "document"
LONGEST = 3_500  # characters of a message

_WISH = re.compile(
    r"\W*/?(?:them|nhap|soan|dang)\s*(?:1\s+|mot\s+)?van\s*ban(?:\s+moi)?(?P<mark>\s*[:\n]|$)?\s*",
    re.IGNORECASE,
)
_STOPPING = frozenset(("thoi", "huy", "bo", "dung", "thoi khong them nua"))


def is_wish(inbound: Inbound) -> bool:
    """ "thêm văn bản", "thêm văn bản: …", "thêm văn bản 57-NQ/TW …"; "thêm văn bản ở đâu?" is a question."""
    if inbound.kind != "text" or not inbound.private or inbound.text.rstrip().endswith("?"):
        return False
    found = _WISH.match(fold(inbound.text))
    if not found:
        return False
    return found["mark"] is not None or any(map(str.isdigit, inbound.text.splitlines()[0]))


async def begin(inbound: Inbound, context: Context, member: Member) -> Outcome:
    found = _WISH.match(fold(inbound.text))
    text = inbound.text[found.end() :].strip() if found else ""
    if refusal := _refusal(text):
        return say(inbound.address, plain(refusal))
    known, wrong = document_lines.read(text, context.today)
    token = context.token()

    def settle(tx: Tx) -> Sequence[Sending]:
        if text:
            return (Sending(inbound.address, go_on(tx, inbound, context, member, token, known, wrong)),)
        _keep(tx, inbound, context, token, known, "number")
        return (Sending(inbound.address, plain(texts.HOW, _stop(token))),)

    return Outcome(settle=settle)


async def answer(inbound: Inbound, context: Context, member: Member, about: JSON) -> Outcome | None:
    """What follows a text that was asked for, or "thôi" at the preview (no name); None for one that is rather a question, or
    comes too late."""
    token, name, text = str(about["token"]), _name(about["name"]), inbound.text.strip()
    content = await context.db.read(context.drafts.find, inbound.address, token)
    if content is None or text.endswith("?"):
        return None
    so_far = document_sketch.sketch(content)
    if same(text) in _STOPPING:
        return _dropped(inbound, context, token, so_far)
    if name is None:
        return None
    if refusal := _refusal(text):
        return say(inbound.address, plain(refusal, _stop(token)))
    known, wrong = document_lines.given(so_far, name, text, context.today)
    if wrong and known == so_far:  # asked again, so that nothing is lost
        return say(inbound.address, document_cards.question(name, known, token, wrong))
    return _going_on(inbound, context, member, token, known, wrong)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "newdoc/<token>/level/0", "…/kind/2", "…/skip/address", "…/edit/title", "…/publish", "…/draft", "…/drop" """
    _, token, act, value, *_ = (*inbound.payload.split("/"), "", "", "")
    content = await context.db.read(context.drafts.find, inbound.address, token)
    if content is None:
        return say(inbound.address, plain(texts.EXPIRED))
    known = document_sketch.sketch(content)
    if act == "drop":
        return _dropped(inbound, context, token, known)
    if act in ("publish", "draft"):
        return _saved(inbound, context, member, token, publish=act == "publish")
    if act == "edit":
        return _edit(inbound, context, token, known, _name(value))
    given = _given(known, act, value)
    if given is None:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    return _going_on(inbound, context, member, token, given, ())


def go_on(
    tx: Tx,
    inbound: Inbound,
    context: Context,
    member: Member,
    token: str,
    known: Sketch,
    wrong: Sequence[str] = (),
) -> Text:
    """The next question; else what would be saved."""
    twins = document_twins.find(tx, known.as_draft())
    if known.document is not None:
        twins = replace(twins, same=documents.by_key(tx, known.document), several=0)
    elif twins.same:
        known = replace(known, document=twins.same.key, skipped=NAMES)
    elif not known.topics:
        every = (topic for document in documents.all_documents(tx) for topic in document.topics)
        topics = topics_in(f"{known.title}. {known.summary}", dict.fromkeys(every))
        known = replace(known, topics=topics)
    if twins.several and known.issued_on is None:
        _keep(tx, inbound, context, token, known, "issued_on")
        return document_cards.question(
            "issued_on", known, token, (texts.WHICH_DAY.format(count=twins.several),)
        )
    if lacking := known.lacking():
        _keep(tx, inbound, context, token, known, lacking)
        return document_cards.question(lacking, known, token, wrong)
    _keep(tx, inbound, context, token, known)
    publishes = document_publishing.publishes(context, member)
    return document_cards.preview(known, twins, token, context.today, wrong, publishes=publishes)


def _going_on(
    inbound: Inbound, context: Context, member: Member, token: str, known: Sketch, wrong: Sequence[str]
) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        return (Sending(inbound.address, go_on(tx, inbound, context, member, token, known, wrong)),)

    return Outcome(settle=settle)


def _keep(
    tx: Tx, inbound: Inbound, context: Context, token: str, known: Sketch, about: Name | None = None
) -> None:
    context.drafts.keep(tx, inbound.address, token, known.content())
    asked.ask(tx, context, inbound.address, ASKED, token=token, name=about or "")


def _dropped(inbound: Inbound, context: Context, token: str, known: Sketch) -> Outcome:
    def forget(tx: Tx) -> None:
        context.drafts.drop(tx, inbound.address, token)
        asked.done(tx, context, inbound.address)

    said = texts.STOPPED if known.document is None else texts.LEFT_AS_IT_WAS
    return say(inbound.address, plain(said), writes=(forget,))


def _saved(inbound: Inbound, context: Context, member: Member, token: str, *, publish: bool) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        content = context.drafts.find(tx, inbound.address, token)
        if content is None:  # the second of two presses
            return (Sending(inbound.address, plain(texts.EXPIRED)),)
        known = document_sketch.sketch(content)
        twin = document_twins.find(tx, known.as_draft())
        if known.lacking() in NEEDED or (known.document is None and (twin.same or twin.several)):
            # Somebody has added the same one since the preview.
            return (Sending(inbound.address, go_on(tx, inbound, context, member, token, known)),)
        context.drafts.drop(tx, inbound.address, token)
        asked.done(tx, context, inbound.address)
        return document_publishing.save(tx, inbound, context, member, known, publish=publish)

    return Outcome(settle=settle)


def _edit(inbound: Inbound, context: Context, token: str, known: Sketch, name: Name | None) -> Outcome:
    if name is None:
        return say(inbound.address, document_cards.which_to_edit(token))

    def keep(tx: Tx) -> None:
        _keep(tx, inbound, context, token, known, name)

    return say(inbound.address, document_cards.question(name, known, token), writes=(keep,))


def _given(known: Sketch, act: str, value: str) -> Sketch | None:
    """What a button says; None for one that is none of ours."""
    at = number(value)
    if act == "level" and 0 <= at < len(LEVELS):
        return replace(known, level=LEVELS[at])
    if act == "kind" and 0 <= at < len(texts.KINDS):
        return replace(known, kind=texts.KINDS[at])
    if act == "skip" and value in texts.SKIPS:
        return replace(known, skipped=tuple(dict.fromkeys((*known.skipped, value))))
    return None


def _name(value: object) -> Name | None:
    return next((name for name in NAMES if name == value), None)


def _refusal(text: str) -> str:
    if len(text) > LONGEST:
        return texts.MESSAGE_TOO_LONG.format(length=len(text), longest=LONGEST)
    mark = secrecy.mark_among(text)
    return texts.MARKED.format(mark=mark) if mark else ""


def _stop(token: str) -> Choice:
    return Choice(texts.STOP, payload(NEW, token, "drop"), leads=True)
