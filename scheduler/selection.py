"""Which chats a digest is for, what of it each gets, and the numbers that approvers see before they say yes."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.audience import interactions, recipients, units
from bot.audience.recipients import Recipient
from bot.channels.layout import fit
from bot.model import Text, Tx
from bot.zalo_oa_window import window
from knowledge.catalogue import topic_key
from scheduler import reached
from scheduler.digest_rows import Audience, Digest, Item
from scheduler.media import Media
from scheduler.rendering import Medium, render

OA = "zalo-oa"

_KINDS = {"groups": ("group",), "private": ("private",), "all": ("group", "private")}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What sending a digest now would mean.

    chats       that get something of it; of these `groups` are groups
    messages    calls to the platforms; `minutes` is how long they take at the pace that these allow
    oa_…        people on Zalo OA who wrote within 48 hours, within 7 days, longer ago: these last get it when they write
    by_channel  chats of each network
    """

    chats: int = 0
    groups: int = 0
    messages: int = 0
    minutes: int = 0
    oa_open_48h: int = 0
    oa_open_7d: int = 0
    oa_closed: int = 0
    by_channel: Mapping[str, int] | None = None


def chosen(tx: Tx, unit: int | None, audience: Audience) -> list[Recipient]:
    """Of a unit with everything below it now. Groups first."""
    found = [each for each in recipients.all_recipients(tx) if each.kind in _KINDS[audience]]
    if unit is not None:
        within = units.load(tx).within([unit])
        found = [each for each in found if each.unit in within]
    return sorted(found, key=place)


def place(recipient: Recipient) -> str:
    """Where it stands in the order in which chats get a digest."""
    kind = "0" if recipient.kind == "group" else "1"
    return f"{kind} {recipient.to.channel} {recipient.to.conversation}"


def items_for(recipient: Recipient, digest: Digest) -> tuple[Item, ...]:
    """What this chat wants to know about; urgent news is for all, whatever topics and levels they have chosen."""
    if digest.urgent:
        return digest.items
    return tuple(
        item for item in digest.items if fits(item.level, item.topics, recipient.levels, recipient.topics)
    )


def fits(level: str, topics: Collection[str], levels: Collection[str], wanted: Collection[str]) -> bool:
    """Whether a document is for who wants these levels and topics; none of them: everything."""
    if levels and level not in levels:
        return False
    return not wanted or not {topic_key(each) for each in wanted}.isdisjoint(
        topic_key(each) for each in topics
    )


def still_new(tx: Tx, items: Sequence[Item], to: Sequence[Recipient]) -> tuple[Item, ...]:
    """Without what every one of these chats has had already."""
    had = reached.pairs(tx, [item.document for item in items])
    times = Counter(document for _, _, document in had)
    return tuple(
        item
        for item in items
        if times[item.document] < len(to)
        or any((each.to.channel, reached.chat(each.to), item.document) not in had for each in to)
    )


def numbers(tx: Tx, digest: Digest, media: Media, now: datetime) -> Numbers:
    """For whom it would go out now, with what has gone to them before left out."""
    had = reached.pairs(tx, [item.document for item in digest.items])
    wrote = interactions.of_channel(tx, OA)
    calls: dict[tuple[str, bool], int] = defaultdict(int)
    sizes: dict[tuple[Medium, tuple[Item, ...]], int] = {}
    chats: Counter[str] = Counter()
    windows: Counter[str] = Counter()
    groups = 0
    for each in chosen(tx, digest.unit, digest.audience):
        medium = media.of(each.to)
        wanted = tuple(
            item
            for item in items_for(each, digest)
            if (each.to.channel, reached.chat(each.to), item.document) not in had
        )
        if medium is None or not wanted:
            continue
        if (medium, wanted) not in sizes:
            sizes[medium, wanted] = _messages(replace(digest, items=wanted), medium)
        calls[each.to.channel, medium.group] += sizes[medium, wanted]
        chats[each.to.channel] += 1
        groups += each.kind == "group"
        if each.to.channel == OA and each.kind == "private":
            last = wrote.get(each.to.conversation)
            windows[window(last, now) if last else "closed"] += 1
    return Numbers(
        chats.total(),
        groups,
        sum(calls.values()),
        _minutes(calls, chats, media),
        windows["free"],
        windows["paid"],
        windows["closed"],
        dict(chats),
    )


def _messages(digest: Digest, medium: Medium) -> int:
    return sum(
        len(fit(reply, medium.limits)) if isinstance(reply, Text) else 1 for reply in render(digest, medium)
    )


def _minutes(calls: Mapping[tuple[str, bool], int], chats: Mapping[str, int], media: Media) -> int:
    """Of the slowest network; each conversation's own pace does not matter, they go side by side."""
    longest = 0.0
    for channel in chats:
        per_second = media.pace(channel).per_second
        if per_second:
            count = sum(number for (name, _), number in calls.items() if name == channel)
            longest = max(longest, count / per_second / 60)
    return math.ceil(longest)
