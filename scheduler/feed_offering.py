"""Which entries of a feed are new and wanted: those become items that staff decide about.

What is there already does not come again, from whatever feed: the same entry, the same number, the same title; nor does
what somebody has dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge import documents
from knowledge.citations import day
from knowledge.identities import folded
from knowledge.recognising import Recognised, recognise, topics_in
from scheduler.feed_items import update
from scheduler.feed_reading import Entry
from scheduler.feeds import Feed

NEWS = "Tin bài"  # the kind of what is no document
# A number without its year comes again each year, or each term: later than this it may be another document.
MAY_BE_ANOTHER = timedelta(days=60)
NEW_FOR = timedelta(
    days=60
)  # what a feed has shown for longer is no news, also of a feed that has just been added


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a feed, and what its words say."""

    entry: Entry
    said: Recognised


def look_at(entries: Iterable[Entry], today: date) -> list[Found]:
    return [Found(entry, recognise(entry.title, entry.summary, today=today)) for entry in entries]


def offer(tx: Tx, feed: Feed, found: Sequence[Found], now: datetime) -> int:
    """Keep what is new and wanted; how many that is."""
    there = _There(tx)
    before = {
        row["guid"]: row for row in tx.rows("SELECT * FROM feed_items WHERE feed = :feed", feed=feed.key)
    }
    new = 0
    for each in reversed(found):  # the oldest first: keys then tell the order
        values = _values(feed, each, there.topics)
        if old := before.get(each.entry.guid):
            _seen_again(tx, old, values, now)
        elif _is_wanted(feed, each, values, there, now):
            _insert(tx, feed, each, values, now)
            there.put(values)
            new += 1
    return new


class _There:
    """What is there: numbers with their days and issuers, titles with their kinds, and whole headlines."""

    def __init__(self, tx: Tx) -> None:
        self._numbers: dict[str, list[tuple[date | None, str]]] = defaultdict(list)
        self._titles: dict[str, set[str]] = defaultdict(set)
        self._headlines: set[str] = set()
        topics: dict[str, None] = {}
        for document in documents.all_documents(tx):
            self._add(document.number, document.issued_on, document.issuer, document.title, document.kind)
            topics |= dict.fromkeys(document.topics)
        self.topics = tuple(topics)
        for row in tx.rows("SELECT number, issued_on, issuer, title, kind, same FROM feed_items"):
            self.put(row)

    def put(self, item: Mapping[str, Any]) -> None:
        self._add(item["number"], day(item["issued_on"]), item["issuer"], item["title"], item["kind"])
        self._headlines.add(item["same"])

    def has_headline(self, same: str) -> bool:
        return same in self._headlines

    def has_title(self, title: str, kind: str) -> bool:
        """A title is no document's own: a plan may be called as the resolution that it carries out."""
        return bool(title) and folded(kind) in self._titles.get(folded(title), ())

    def has_number(self, number: str, issued_on: date | None, issuer: str, published: date | None) -> bool:
        return any(
            _may_agree(folded(issuer), folded(known_by))
            and _may_be_one(number, issued_on, known_on, published)
            for known_on, known_by in self._numbers.get(folded(number), ())
        )

    def _add(self, number: str | None, issued_on: date | None, issuer: str, title: str, kind: str) -> None:
        if number:
            self._numbers[folded(number)].append((issued_on, issuer))
        self._titles[folded(title)].add(folded(kind))


def _may_agree(one: str, other: str) -> bool:
    return one in other or other in one  # "" is in everything: not known


def _may_be_one(number: str, issued_on: date | None, known_on: date | None, published: date | None) -> bool:
    """Whether two of one number are one document, as far as their days tell."""
    if issued_on and known_on:
        return issued_on == known_on
    has_its_year = number.count("/") > 1  # "18/2025/NQ-HĐND"
    return has_its_year or not (known_on and published and published - known_on > MAY_BE_ANOTHER)


def _is_wanted(feed: Feed, each: Found, values: Mapping[str, Any], there: _There, now: datetime) -> bool:
    said = each.said
    published = datetime.fromisoformat(each.entry.published) if each.entry.published else None
    if there.has_headline(values["same"]) or (published and now - published > NEW_FOR):
        return False
    if not said.number:
        return not there.has_title(values["title"], values["kind"]) if said.itself else feed.wanted == "all"
    # What only mentions a document that we have is no news of it, whenever it was written.
    on = published.date() if published and said.itself else None
    known = there.has_number(said.number, said.issued_on, values["issuer"] if said.itself else "", on)
    return not known or (feed.wanted == "all" and not said.itself)


def _values(feed: Feed, each: Found, known_topics: tuple[str, ...]) -> dict[str, Any]:
    entry, said = each.entry, each.said
    topics = dict.fromkeys((*([feed.topic] if feed.topic else []), *topics_in(entry.title, known_topics)))
    return {
        "is_document": int(said.itself),
        "number": said.number,
        "kind": (said.kind or "") if said.itself else NEWS,
        "title": said.title,  # "" where the name is all that a feed says: staff are asked for it
        "issuer": (said.issuer if said.itself else None) or feed.issuer or ("" if said.itself else feed.name),
        "level": said.level or feed.level,
        "issued_on": said.issued_on.isoformat() if said.itself and said.issued_on else None,
        "address": entry.address,
        "summary": entry.summary,
        "topics": "; ".join(topics),
        "same": folded(entry.title),
    }


def _insert(tx: Tx, feed: Feed, each: Found, values: dict[str, Any], now: datetime) -> None:
    tx.run(
        """INSERT INTO feed_items (feed, guid, is_document, number, kind, title, issuer, level, issued_on, address,
                summary, topics, same, found_at, seen_at)
            VALUES (:feed, :guid, :is_document, :number, :kind, :title, :issuer, :level, :issued_on, :address,
                :summary, :topics, :same, :now, :now)""",
        feed=feed.key,
        guid=each.entry.guid,
        now=stamp(now),
        **values,
    )


def _seen_again(tx: Tx, old: Row, values: dict[str, Any], now: datetime) -> None:
    """The feed still shows it; what it corrects is taken over as long as nobody has touched it."""
    tx.run("UPDATE feed_items SET seen_at = :now WHERE key = :key", key=old["key"], now=stamp(now))
    if (
        old["state"] == "waiting"
        and old["author"] is None
        and any(old[name] != values[name] for name in values)
    ):
        update(tx, old["key"], values)
