""" "nguồn tin": how each feed is doing, and what members do about it; "thêm nguồn tin https://…" adds one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, get_args

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import chat
from bot.texts import feeds as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff.reaching import reached
from handlers.wording import brief, counted, moment, plain
from knowledge.documents import Level
from knowledge.normalise import fold
from scheduler import feeds
from scheduler.feed_reading import NEWEST
from scheduler.feeds import Feed, FeedDraft, Wanted
from scheduler.safe_http import FetchError, check_address, is_plainly_private

FEED, FEEDS = "feed", "feeds"
SHOWN = 20
LONGEST_NAME = 60  # characters of a name in a list
LONGEST = 1_500  # characters of an order

_ORDER = re.compile(r"\s*/?them\s*nguon(?:\s*tin)?\b[\s:]*", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+://\S+")
_TEXTS: dict[str, Literal["name", "topic", "issuer"]] = {
    "ten": "name",
    "chu de": "topic",
    "linh vuc": "topic",
    "co quan": "issuer",
    "co quan ban hanh": "issuer",
}
_LEVELS: tuple[Level, ...] = get_args(Level)
_WANTED: tuple[Wanted, ...] = get_args(Wanted)
_LONGEST_FIELD = 300


def is_order(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and bool(_ORDER.match(fold(inbound.text)))


async def show(inbound: Inbound, context: Context, _: Member) -> Outcome:
    return say(inbound.address, _listed(context, await context.db.read(feeds.all_feeds)))


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "feeds"; "feed/3", "feed/3/pause" …"""
    word, key, act, *_ = (*inbound.payload.split("/"), "", "")
    if word == FEEDS:
        return await show(inbound, context, member)
    feed = await context.db.read(feeds.by_key, number(key))
    if feed is None:
        return say(inbound.address, plain(texts.GONE))
    if act == "remove":
        sure = Choice(texts.YES_REMOVE, payload(FEED, feed.key, "removed"))
        return say(inbound.address, plain(texts.SURE_TO_REMOVE.format(name=name_of(feed)), sure))
    if act == "removed":
        return _removed(inbound, context, member, feed)
    if not act:
        return say(inbound.address, card(context, feed))
    change = _ACTS.get(act)
    return (
        _changed(inbound, context, member, feed, change)
        if change
        else say(inbound.address, plain(chat.OLD_BUTTON))
    )


async def add(inbound: Inbound, context: Context, member: Member) -> Outcome:
    draft = read(inbound.text[:LONGEST])
    if isinstance(draft, str):
        return say(inbound.address, plain(draft))
    if not context.private_feeds and is_plainly_private(check_address(draft.address, ports=None)):
        return say(inbound.address, plain(texts.PRIVATE))

    def settle(tx: Tx) -> Sequence[Sending]:
        now = context.clock.now()
        old = feeds.by_address(tx, draft.address)
        again = read(inbound.text[:LONGEST], feeds.draft_of(old)) if old else draft
        key = feeds.save(tx, replace(again, active=True) if isinstance(again, FeedDraft) else draft, now)
        audit.record(tx, member.key, "feed.changed" if old else "feed.added", f"feed:{key}", now)
        feed = feeds.by_key(tx, key)
        said = texts.CHANGED if old else texts.ADDED
        name = name_of(feed) if feed else ""
        return [Sending(inbound.address, plain(said.format(name=name), _back()))]

    return Outcome(settle=settle)


def read(text: str, before: FeedDraft | None = None) -> FeedDraft | str:
    """What somebody has typed: a feed, or what is wrong with it. What is not said stays as `before`."""
    start = _ORDER.match(fold(text))
    rest = text[start.end() if start else 0 :]
    found = _ADDRESS.search(rest)
    if not found:
        return texts.ADDRESS_NEEDED
    address = found[0].rstrip(";,.")
    if "@" in address.partition("://")[2].partition("/")[0]:
        return texts.CREDENTIALS
    try:
        check_address(address, ports=None)  # whether we may go there is seen when it is fetched
    except FetchError:
        return texts.ADDRESS_NEEDED
    draft = before or FeedDraft(address)
    for part in re.split(r"[;\n]", rest[: found.start()] + ";" + rest[found.end() :]):
        if part := " ".join(part.split()).strip(" ,."):
            changed = _with_field(draft, part[:_LONGEST_FIELD])
            if isinstance(changed, str):
                return changed
            draft = changed
    return draft


def announce(tx: Tx, context: Context) -> list[Sending]:
    """What has failed for a day or is gone, once, to every editor."""
    found = feeds.to_tell(tx, context.clock.now())
    to = reached(tx, context, staff.members(tx, context.admins, "editor"))
    if not (found and to):
        return []
    lines = [
        texts.FAILED_LINE.format(name=name_of(feed), reason=_health(context, feed)) for feed in found[:SHOWN]
    ]
    said = "\n".join(("", *lines, "", texts.WHAT_TO_DO))
    choices = tuple(
        Choice(brief(name_of(feed), LONGEST_NAME), payload(FEED, feed.key)) for feed in found[:SHOWN]
    )
    for feed in found:
        feeds.mark_told(tx, feed.key)
    notice = Text((Part(texts.FAILED_FOR_A_DAY, "bold"), Part(said)), choices)
    mark = f"{found[0].key}:{context.clock.now().isoformat()}"
    return [Sending(at, notice, f"feeds failed:{mark}:{member.key}") for member, at in to]


def name_of(feed: Feed) -> str:
    """Its name, else the machine that it comes from: an address may be long, and hold a key."""
    if feed.name:
        return feed.name
    try:
        return check_address(feed.address, ports=None).host or ""
    except FetchError:
        return f"{feed.key}"


def card(context: Context, feed: Feed) -> Text:
    lines = [texts.ADDRESS.format(address=feed.address)]
    lines += [texts.TOPIC.format(topic=feed.topic)] if feed.topic else []
    lines += [texts.LEVEL.format(level=feed.level)] if feed.level else []
    lines += [texts.ISSUER.format(issuer=feed.issuer)] if feed.issuer else []
    lines += [texts.TAKES.format(wanted=texts.WANTED[feed.wanted])]
    lines += [texts.HEALTH.format(health=_health(context, feed))]
    if feed.failing_since:
        lines.append(texts.SINCE.format(when=_when(context, feed.failing_since), count=feed.failures))
    if feed.active:
        lines.append(texts.NEXT.format(when=_when(context, feed.next_fetch_at)))
    if feed.left_out:
        lines.append(texts.LEFT_OUT.format(newest=NEWEST, count=counted(feed.left_out)))
    other = ("documents", texts.TO_DOCUMENTS) if feed.wanted == "all" else ("all", texts.TO_ALL)
    turn = ("pause", texts.PAUSE) if feed.active else ("resume", texts.RESUME)
    acts = (turn, *([("fetch", texts.FETCH)] if feed.active else []), other, ("remove", texts.REMOVE))
    choices = (Choice(label, payload(FEED, feed.key, act)) for act, label in acts)
    return Text((Part(name_of(feed), "bold"), Part("\n" + "\n".join(lines))), (*choices, _back()))


def _listed(context: Context, found: Sequence[Feed]) -> Text:
    if not found:
        return plain(f"{texts.NONE}\n\n{texts.HOW_TO_ADD}")
    lines = [
        texts.LINE.format(at=at, name=brief(name_of(feed), LONGEST_NAME), health=_health(context, feed))
        for at, feed in enumerate(found[:SHOWN], 1)
    ]
    lines += [texts.MORE.format(count=len(found) - SHOWN)] if len(found) > SHOWN else []
    said = "\n".join(("", *lines, "", texts.HOW_TO_ADD))
    choices = (Choice(brief(name_of(feed), LONGEST_NAME), payload(FEED, feed.key)) for feed in found[:SHOWN])
    return Text((Part(texts.HEADING.format(count=len(found)), "bold"), Part(said)), tuple(choices))


def _health(context: Context, feed: Feed) -> str:
    reason = _reason(feed.error) if feed.error else ""
    if not feed.active:
        return texts.PAUSED_BY_ITSELF.format(reason=reason) if reason else texts.IS_PAUSED
    if reason:
        return texts.FAILING.format(reason=reason)
    if feed.last_success_at is None:
        return texts.WAITING_FOR_FIRST
    return texts.WELL.format(when=_when(context, feed.last_success_at))


def _reason(error: str) -> str:
    return texts.REASONS.get(error) or texts.STATUS.format(status=error.rpartition(" ")[2])


def _when(context: Context, value: datetime) -> str:
    return moment(value, context.timezone)


def _with_field(draft: FeedDraft, part: str) -> FeedDraft | str:
    name, colon, value = part.partition(":")
    field, value = _bare(name), value.strip()
    if not colon:
        return replace(draft, name=part)
    if field == "cap":
        level = next((each for each in _LEVELS if _bare(each) == _bare(value)), None)
        return replace(draft, level=level) if level else texts.NOT_A_LEVEL
    if field == "lay":
        wanted = next((each for each in _WANTED if _bare(texts.WANTED[each]) == _bare(value)), None)
        return replace(draft, wanted=wanted) if wanted else texts.NOT_WANTED
    match _TEXTS.get(field):
        case "name":
            return replace(draft, name=value)
        case "topic":
            return replace(draft, topic=value)
        case "issuer":
            return replace(draft, issuer=value)
    return _unknown(part)


def _bare(text: str) -> str:
    return fold(text).strip().lower()


def _unknown(part: str) -> str:
    return texts.FIELD_UNKNOWN.format(text=brief(part, 60), how=texts.HOW_TO_ADD)


_ACTS: dict[str, Callable[[FeedDraft], FeedDraft]] = {
    "pause": lambda draft: replace(draft, active=False),
    "resume": lambda draft: replace(draft, active=True),
    "documents": lambda draft: replace(draft, wanted="documents"),
    "all": lambda draft: replace(draft, wanted="all"),
    "fetch": lambda draft: draft,
}


def _changed(
    inbound: Inbound, context: Context, member: Member, feed: Feed, change: Callable[[FeedDraft], FeedDraft]
) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        now = context.clock.now()
        present = feeds.by_key(tx, feed.key)
        if present is None:
            return [Sending(inbound.address, plain(texts.GONE))]
        draft = feeds.draft_of(present)
        feeds.save(tx, change(draft), now)
        if change(draft) == draft:
            feeds.fetch_now(tx, feed.key, now)
        else:
            audit.record(tx, member.key, "feed.changed", f"feed:{feed.key}", now)
        after = feeds.by_key(tx, feed.key)
        return [Sending(inbound.address, card(context, after or present))]

    return Outcome(settle=settle)


def _removed(inbound: Inbound, context: Context, member: Member, feed: Feed) -> Outcome:
    def write(tx: Tx) -> None:
        feeds.remove(tx, feed.key)
        audit.record(tx, member.key, "feed.removed", f"feed:{feed.key}", context.clock.now())

    return say(inbound.address, plain(texts.REMOVED.format(name=name_of(feed)), _back()), writes=(write,))


def _back() -> Choice:
    return Choice(texts.LIST, payload(FEEDS), leads=True)
