"""What a feed has brought, as a card to decide about, and the message that gathers what is new."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Choice, Part, Text, Tx
from bot.texts import feeds as texts
from handlers.payloads import payload
from handlers.staff.digest_cards import fingerprint
from handlers.staff.feeds import name_of
from handlers.wording import brief, cited, day, plain, short_name
from knowledge import document_twins, documents
from knowledge.documents import Document
from scheduler import feed_items, feeds
from scheduler.feed_items import FeedItem

ITEM = "found"
SHOWN = 8  # in the message that gathers
LONGEST = 120  # characters of a title in it
LONGEST_SUMMARY = 400
_LOOKED_AT = 1_000


def card(tx: Tx, item: FeedItem, said: str = "") -> Text:
    feed = feeds.by_key(tx, item.feed) if item.feed is not None else None
    lines = [
        texts.FIELD.format(name=name if item.is_document or field != "title" else texts.HEADLINE, value=value)
        for field, name in texts.FIELDS
        if (value := _shown(item, field)) and (field not in ("number", "kind") or item.is_document)
    ]
    lines += [texts.FROM.format(name=name_of(feed))] if feed else []
    notes = _notes(tx, item)
    parts = [Part(f"{said}\n\n")] if said else []
    parts += [Part(texts.CARD[item.is_document], "bold"), Part("\n" + "\n".join(lines))]
    parts += [Part("\n\n" + "\n".join(notes), "italic")] if notes else []
    choices = (
        Choice(texts.TAKE, payload(ITEM, item.key, "take", mark(item))),
        Choice(texts.EDIT, payload(ITEM, item.key, "edit")),
        Choice(texts.DROP, payload(ITEM, item.key, "drop")),
        Choice(texts.LATER, payload(ITEM, item.key, "later")),
    )
    return Text(tuple(parts), choices if item.state == "waiting" else ())


def mark(item: FeedItem) -> str:
    """Of all that is published with a yes: what the feed, or another member, has changed since wants another look."""
    return fingerprint(repr(feed_items.as_draft(item)))


def following(tx: Tx, said: str = "", after: FeedItem | None = None) -> Text:
    """The card of what waits next: behind the one that is put off, where that is given."""
    waiting = feed_items.waiting(tx, _LOOKED_AT)
    keys = [item.key for item in waiting]
    rest = waiting[keys.index(after.key) + 1 :] if after and after.key in keys else waiting
    if not rest:
        end = texts.ALL_SEEN.format(count=len(waiting)) if waiting else texts.NOTHING_WAITS
        return plain(f"{said}\n\n{end}".strip())
    return card(tx, rest[0], f"{said} {texts.LEFT.format(count=len(waiting))}".strip())


def gathered(found: Sequence[FeedItem]) -> Text:
    count = sum(item.is_document for item in found)
    news = len(found) - count
    heading = (texts.NEW_WITH_NEWS if news else texts.NEW) if count else texts.NEW_NEWS
    lines = [texts.ITEM_LINE.format(name=brief(_name(item), LONGEST)) for item in found[:SHOWN]]
    lines += [texts.AND_MORE.format(count=len(found) - SHOWN)] if len(found) > SHOWN else []
    said = Part("\n" + "\n".join(lines))
    choices = [Choice(texts.BEGIN, payload(ITEM))]
    if news > 1:
        newest = max(item.key for item in found)
        choices.append(Choice(texts.DROP_NEWS.format(count=news), payload(ITEM, newest, "dropnews")))
    return Text((Part(heading.format(documents=count, news=news), "bold"), said), tuple(choices))


def known(tx: Tx, item: FeedItem) -> Document | None:
    """The document that it would be taken for: where no date tells them apart, the first of several."""
    twins = document_twins.find(tx, feed_items.as_draft(item))
    if twins.several:
        return next(iter(documents.find(tx, item.number or "")), None)
    return twins.same


def missing_words(item: FeedItem) -> str:
    names = dict(texts.FIELDS)
    return ", ".join(names[field].lower() for field in feed_items.missing(item))


def _name(item: FeedItem) -> str:
    """The name, then what it is about."""
    name = " ".join(part for part in (item.kind, item.number or "") if part and item.is_document)
    return ": ".join(part for part in (name, item.title) if part)


def _shown(item: FeedItem, field: str) -> str:
    match field:
        case "issued_on":
            return day(item.issued_on) if item.issued_on else ""
        case "topics":
            return "; ".join(item.topics)
        case "summary":
            return brief(item.summary, LONGEST_SUMMARY)
        case _:
            return str(getattr(item, field) or "")


def _notes(tx: Tx, item: FeedItem) -> list[str]:
    if item.state != "waiting":
        return []
    notes = [texts.MENTIONS.format(number=item.number)] if item.number and not item.is_document else []
    twins = document_twins.find(tx, feed_items.as_draft(item))
    if same := known(tx, item):
        notes.append(texts.THERE_ALREADY.format(document=cited(same)))
    elif twins.same_number:
        notes.append(texts.SAME_NUMBER.format(documents=", ".join(map(short_name, twins.same_number))))
    notes += [texts.REPLACES.format(document=cited(old)) for old in twins.replaced]
    if feed_items.missing(item):
        notes.append(texts.INCOMPLETE.format(fields=missing_words(item)))
    elif item.is_document and item.issued_on is None:
        notes.append(texts.NO_DAY)
    return notes
