"""What feeds bring, as editors see it: gathered in one message, then one card after the other: take, correct, drop.

Taken is published. That is an approver's to do, and where four eyes are on, not of who has changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.model import Address, Choice, Inbound, Outcome, Sending, Tx, say
from bot.texts import chat
from bot.texts import feeds as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import feed_cards
from handlers.staff.deciding import is_own, who_decide
from handlers.staff.feed_cards import ITEM
from handlers.staff.reaching import reached
from handlers.staff.replacing import REPLACE
from handlers.staff.sections import Section
from handlers.wording import cited, plain, short_name
from knowledge import document_twins, documents
from scheduler import feed_items
from scheduler.feed_items import FeedItem

Decide = Callable[[Tx, Context, Address, Member, FeedItem], Sequence[Sending]]


def announce(tx: Tx, context: Context) -> list[Sending]:
    """What has come since the last time, in one message to every editor; what reaches nobody stays untold."""
    found = feed_items.untold(tx)
    to = reached(tx, context, staff.members(tx, context.admins, "editor"))
    if not (found and to):
        return []
    feed_items.mark_told(tx)
    notice = feed_cards.gathered(found)
    newest = max(item.key for item in found)
    return [Sending(at, notice, f"feed items:{newest}:{member.key}") for member, at in to]


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec."""
    count = feed_items.count_waiting(tx) if staff.at_least(member.role, "editor") else 0
    return (
        Section(texts.SECTION.format(count=count), "", (Choice(texts.BEGIN, payload(ITEM)),))
        if count
        else None
    )


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "found": the first that waits; "found/12" the one; "found/12/take/3f2a9c01" and so on decide."""
    at = inbound.address
    _, key, act, seen, *_ = (*inbound.payload.split("/"), "", "", "")
    if not key:
        return Outcome(settle=lambda tx: [Sending(at, feed_cards.following(tx))])
    item = await context.db.read(feed_items.by_key, number(key))
    if item is None:
        return say(at, plain(texts.NOT_THERE))
    match act:
        case "":
            return Outcome(settle=lambda tx: [Sending(at, feed_cards.card(tx, item))])
        case "edit":
            return say(at, plain(texts.EDIT_HOW.format(key=item.key)))
        case "later":
            return Outcome(settle=lambda tx: [Sending(at, feed_cards.following(tx, after=item))])
        case "take":
            return _decided(inbound, context, member, item.key, partial(_take, seen))
        case "dropnews":
            return _without_news(inbound, context, member, item.key)
        case "drop":
            return _decided(inbound, context, member, item.key, _drop)
    return say(at, plain(chat.OLD_BUTTON))


def _decided(inbound: Inbound, context: Context, member: Member, key: int, decide: Decide) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        item = feed_items.by_key(tx, key)
        if item is None:
            return [Sending(inbound.address, plain(texts.NOT_THERE))]
        if item.state == "waiting":
            return decide(tx, context, inbound.address, member, item)
        name = staff.name_of(tx, item.decided_by) if item.decided_by else ""
        said = texts.TAKEN_BEFORE.format(name=name) if item.state == "taken" else texts.DROPPED_BEFORE
        return [Sending(inbound.address, feed_cards.following(tx, said))]

    return Outcome(settle=settle)


def _drop(tx: Tx, context: Context, at: Address, member: Member, item: FeedItem) -> Sequence[Sending]:
    now = context.clock.now()
    feed_items.drop(tx, item.key, member.key, now)
    audit.record(tx, member.key, "found.dropped", f"found:{item.key}", now)
    return [Sending(at, feed_cards.following(tx, texts.DROPPED))]


def _without_news(inbound: Inbound, context: Context, member: Member, newest: int) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        now = context.clock.now()
        count = feed_items.drop_news(tx, newest, member.key, now)
        audit.record(tx, member.key, "news.dropped", f"news {count}", now)
        return [Sending(inbound.address, feed_cards.following(tx, texts.NEWS_DROPPED.format(count=count)))]

    return Outcome(settle=settle)


def _take(
    seen: str, tx: Tx, context: Context, at: Address, member: Member, item: FeedItem
) -> Sequence[Sending]:
    if seen != feed_cards.mark(item):
        return [Sending(at, feed_cards.card(tx, item, texts.CHANGED_SINCE))]
    if feed_items.missing(item):
        said = texts.INCOMPLETE.format(fields=feed_cards.missing_words(item))
        return [Sending(at, plain(said, *feed_cards.card(tx, item).choices))]
    if same := feed_cards.known(tx, item):
        said = texts.THERE_ALREADY.format(document=cited(same))
        return [Sending(at, plain(said, *feed_cards.card(tx, item).choices))]
    own = is_own(context, member, item.author)
    if own or not staff.at_least(member.role, "approver"):
        return _passed_on(tx, context, at, member, item, texts.OWN_WORK if own else texts.PASSED_ON)
    now = context.clock.now()
    replaced = document_twins.find(tx, feed_items.as_draft(item)).replaced
    key = feed_items.take(tx, item, member.key, now)
    audit.record(tx, member.key, "document.taken", f"document:{key}", now)
    document = documents.by_key(tx, key)
    said = texts.TAKEN.format(document=cited(document) if document else "")
    if not replaced:
        return [Sending(at, feed_cards.following(tx, said))]
    marks = (
        Choice(texts.SUPERSEDE.format(old=short_name(old)), payload(REPLACE, old.key, key))
        for old in replaced
    )
    return [Sending(at, plain(said, *marks)), Sending(at, feed_cards.following(tx))]


def _passed_on(
    tx: Tx, context: Context, at: Address, member: Member, item: FeedItem, said: str
) -> Sequence[Sending]:
    """To the approvers who may decide; each gets it once from the same member."""
    approvers = [each for each in who_decide(tx, context, item.author) if each.key != member.key]
    if not approvers:
        return [Sending(at, plain(texts.NOBODY_TO_DECIDE))]
    shown = feed_cards.card(tx, item, texts.FORWARDED.format(name=member.name))
    cause = f"feed item:{item.key}:{member.key}:{context.clock.now():%Y-%m-%d}"
    to = reached(tx, context, approvers)
    return [Sending(at, plain(said)), *(Sending(each, shown, f"{cause}:{one.key}") for one, each in to)]
