"""Digests in chat: approvers look at a draft, change it, postpone it, try it out, say yes or no; and watch it go out.

Every act looks again inside its transaction: an old button, or somebody else a moment earlier, is told how things stand.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.errors import InputError
from bot.files import secrecy
from bot.model import JSON, Inbound, Outcome, Sending, Text, Tx, say
from bot.texts import chat
from bot.texts import digest_desk as texts
from bot.texts import digests as digest_texts
from bot.texts.document_desk import MARKED
from handlers.context import Context
from handlers.payloads import number
from handlers.staff import asked, digest_cards, digest_progress, digest_times, digest_verdicts, rehearsing
from handlers.staff.deciding import is_own
from handlers.staff.digest_cards import DIGEST, at, card, mark
from handlers.wording import plain
from knowledge.wordings import same
from scheduler import digests, selection
from scheduler.digests import Digest

WORDS = (DIGEST,)
ASKED_TEXT, ASKED_TIME = "digest text", "digest time"

_KEEPING, _CLEARING = frozenset(("thoi", "giu nguyen", "huy")), frozenset(("xoa", "bo trong", "khong co"))
# Who did what left the digest in this state.
_BY = {
    "cancelled": ("digest.cancelled",),
    "paused": ("digest.paused",),
    "sending": ("digest.resumed", "digest.approved"),
    "approved": ("digest.approved",),
}

Act = Callable[[Inbound, Context, Member, Digest, str], Awaitable[Outcome]]


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "digest/7/approve/3f2a9c01", "digest/7/edit/12", "digest/7/later/morning", "digest/7/cancel/yes" …"""
    _, key, word, value, *_ = (*inbound.payload.split("/"), "", "", "")
    digest = await context.db.read(digests.by_key, number(key))
    if digest is None:
        return say(inbound.address, plain(digest_texts.GONE))
    if word not in _ACTS:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    return await _ACTS[word](inbound, context, member, digest, value)


async def answer_text(inbound: Inbound, context: Context, member: Member, about: JSON) -> Outcome | None:
    """The new greeting, or the new sentences of an item."""
    key, document = int(about["key"]), int(about["document"])
    text, said = inbound.text.strip(), same(inbound.text)
    if mark_found := secrecy.mark_among(text):
        return say(inbound.address, plain(MARKED.format(mark=mark_found)))
    keeping = said in _KEEPING

    def change(tx: Tx) -> str:
        if keeping:
            return _kept(tx, inbound, context)
        was = digests.by_key(tx, key)
        now = context.clock.now()
        new = "" if said in _CLEARING else text
        digests.edit_text(tx, key, document or None, new, member.key, now)
        asked.done(tx, context, inbound.address)
        if was and was.state == "approved" and context.department().four_eyes:
            digests.reopen(tx, key, member.key, now)
            return f"{texts.EDITED} {texts.BACK_TO_DRAFT}"
        return texts.EDITED

    return _done(inbound, context, key, change)


async def answer_time(inbound: Inbound, context: Context, member: Member, about: JSON) -> Outcome | None:
    if same(inbound.text) in _KEEPING:
        return _done(inbound, context, int(about["key"]), lambda tx: _kept(tx, inbound, context))
    try:
        until = digest_times.read(inbound.text, context.clock.now(), context.timezone)
    except InputError as error:
        return say(inbound.address, plain(str(error)))
    if until is None:
        if inbound.text.rstrip().endswith("?") or len(inbound.text) > digest_times.LONGEST:
            return None  # rather a question
        return say(inbound.address, plain(texts.NOT_A_TIME.format(text=inbound.text.strip())))
    return _postponed(inbound, context, member, int(about["key"]), until)


# Looking


async def _show(inbound: Inbound, context: Context, member: Member, digest: Digest, _: str) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        asked.done(tx, context, inbound.address)
        return _shown(tx, inbound, context, digest.key)

    return Outcome(settle=settle)


async def _full(inbound: Inbound, context: Context, member: Member, digest: Digest, _: str) -> Outcome:
    def read(tx: Tx) -> list[Text]:
        numbers = selection.numbers(tx, digest, context.media, context.clock.now())
        return [*digest_cards.full(tx, context, digest), card(tx, context, digest, numbers=numbers)]

    return say(inbound.address, *await context.db.read(read))


async def _failed(inbound: Inbound, context: Context, member: Member, digest: Digest, _: str) -> Outcome:
    return say(inbound.address, plain(await context.db.read(digest_progress.failed, digest)))


# Deciding


async def _approve(inbound: Inbound, context: Context, member: Member, digest: Digest, seen: str) -> Outcome:
    def change(tx: Tx) -> str:
        now, found = context.clock.now(), digests.by_key(tx, digest.key)
        if found and found.state == "draft" and mark(found) != seen:
            return texts.CHANGED_SINCE
        wrote = audit.last_actor(tx, f"digest:{digest.key}", digest_verdicts.WROTE)
        if found and found.state == "draft" and is_own(context, member, wrote):
            return texts.OWN_URGENT if found.urgent else texts.OWN
        approved = digests.approve(tx, digest.key, member.key, now)
        start = max(approved.send_at, now)
        if end := digest_cards.quiet_until(context, approved, start):
            return texts.APPROVED_QUIET.format(when=at(context, end))
        if approved.send_at <= now:
            return texts.APPROVED_NOW
        return texts.APPROVED.format(when=at(context, start))

    return _done(inbound, context, digest.key, change, member)


async def _quiet(inbound: Inbound, context: Context, member: Member, digest: Digest, value: str) -> Outcome:
    def change(tx: Tx) -> str:
        digests.override_quiet(tx, digest.key, override=value == "1", by=member.key, now=context.clock.now())
        return ""

    return _done(inbound, context, digest.key, change)


async def _cancel(inbound: Inbound, context: Context, member: Member, digest: Digest, sure: str) -> Outcome:
    if sure != "yes":
        if digest.state in ("sent", "skipped", "cancelled"):
            return _not_now(inbound, context, digest)
        return say(inbound.address, digest_cards.sure(digest))

    def change(tx: Tx) -> str:
        left = digest_progress.unfinished(tx, digest)
        before = digests.by_key(tx, digest.key)
        digests.cancel(tx, digest.key, member.key, context.clock.now())
        going = before is not None and before.state in ("sending", "paused")
        if not going:
            return texts.CANCELLED
        return texts.STOPPED.format(count=left) if left else texts.STOPPED_AT_END

    return _done(inbound, context, digest.key, change, member)


async def _pause(inbound: Inbound, context: Context, member: Member, digest: Digest, _: str) -> Outcome:
    def change(tx: Tx) -> str:
        digests.pause(tx, digest.key, member.key, context.clock.now())
        return texts.PAUSED

    return _done(inbound, context, digest.key, change)


async def _resume(inbound: Inbound, context: Context, member: Member, digest: Digest, _: str) -> Outcome:
    def change(tx: Tx) -> str:
        now = context.clock.now()
        end = digest_cards.quiet_until(context, digest, now)
        digests.resume(tx, digest.key, member.key, now)
        return texts.RESUMED_QUIET.format(when=at(context, end)) if end else texts.RESUMED

    return _done(inbound, context, digest.key, change)


# Changing


async def _edit(inbound: Inbound, context: Context, member: Member, digest: Digest, value: str) -> Outcome:
    if digest.state not in ("draft", "approved"):
        return _not_now(inbound, context, digest)
    if not value:
        return say(inbound.address, digest_cards.which_to_edit(digest))
    item = next((each for each in digest.items if each.document == number(value)), None)
    if item is None and value != "0":
        return say(inbound.address, plain(digest_texts.NO_SUCH_ITEM))
    now = (item.sentences if item else digest.greeting) or texts.EDIT_NONE

    def ask(tx: Tx) -> None:
        document = item.document if item else 0
        asked.ask(tx, context, inbound.address, ASKED_TEXT, key=digest.key, document=document)

    keep = digest_cards.act(digest, texts.BACK, "show")
    return say(inbound.address, plain(texts.EDIT_ASK.format(now=now), keep), writes=(ask,))


async def _drop(inbound: Inbound, context: Context, member: Member, digest: Digest, value: str) -> Outcome:
    if not value and digest.state in ("draft", "approved") and len(digest.items) > 1:
        return say(inbound.address, digest_cards.which_to_drop(digest))

    def change(tx: Tx) -> str:
        digests.drop_item(tx, digest.key, number(value), member.key, context.clock.now())
        item = next(each for each in digest.items if each.document == number(value))
        return texts.DROPPED.format(name=digest_cards.name_of(item))

    return _done(inbound, context, digest.key, change)


async def _later(inbound: Inbound, context: Context, member: Member, digest: Digest, value: str) -> Outcome:
    if value:
        until = digest_times.chosen(value, context.clock.now(), context.timezone)
        if until is None:
            return say(inbound.address, plain(chat.OLD_BUTTON))
        return _postponed(inbound, context, member, digest.key, until)
    if digest.state not in ("draft", "approved"):
        return _not_now(inbound, context, digest)

    def ask(tx: Tx) -> None:
        asked.ask(tx, context, inbound.address, ASKED_TIME, key=digest.key)

    return say(inbound.address, digest_cards.until_when(context, digest), writes=(ask,))


def _postponed(inbound: Inbound, context: Context, member: Member, key: int, until: datetime) -> Outcome:
    def change(tx: Tx) -> str:
        digests.postpone(tx, key, until, member.key, context.clock.now())
        asked.done(tx, context, inbound.address)
        return texts.POSTPONED.format(when=at(context, until))

    return _done(inbound, context, key, change)


def _kept(tx: Tx, inbound: Inbound, context: Context) -> str:
    asked.done(tx, context, inbound.address)
    return texts.UNCHANGED


def _not_now(inbound: Inbound, context: Context, digest: Digest) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        said = _with_name(tx, digest.key, digest_texts.NOT_NOW[digest.state])
        return _shown(tx, inbound, context, digest.key, said)

    return Outcome(settle=settle)


def _done(
    inbound: Inbound, context: Context, key: int, change: Callable[[Tx], str], decides: Member | None = None
) -> Outcome:
    """The digest as it stands after a change, or why there was none and who had been faster. Where the change may decide
    about it, whoever wrote it hears of that."""

    def settle(tx: Tx) -> Sequence[Sending]:
        before = digests.by_key(tx, key)
        try:
            said = change(tx)
        except InputError as error:
            said = _with_name(tx, key, str(error))
        told = digest_verdicts.to_authors(tx, context, decides, before) if decides and before else ()
        return (*_shown(tx, inbound, context, key, said), *told)

    return Outcome(settle=settle)


def _with_name(tx: Tx, key: int, what: str) -> str:
    digest = digests.by_key(tx, key)
    if digest is None or what != digest_texts.NOT_NOW[digest.state] or digest.state not in _BY:
        return what
    actor = audit.last_actor(tx, f"digest:{key}", _BY[digest.state])
    name = staff.name_of(tx, actor) if actor else ""
    return texts.DONE_BY.format(what=what, name=name) if name else what


def _shown(tx: Tx, inbound: Inbound, context: Context, key: int, said: str = "") -> Sequence[Sending]:
    digest = digests.by_key(tx, key)
    if digest is None:
        return (Sending(inbound.address, plain(digest_texts.GONE)),)
    more = digest_progress.lines(tx, digest)
    return (Sending(inbound.address, card(tx, context, digest, said, more=more)),)


_ACTS: dict[str, Act] = {
    "show": _show,
    "full": _full,
    "failed": _failed,
    "approve": _approve,
    "quiet": _quiet,
    "cancel": _cancel,
    "pause": _pause,
    "resume": _resume,
    "edit": _edit,
    "drop": _drop,
    "later": _later,
    "test": rehearsing.press,
}
