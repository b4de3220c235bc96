"""Which entries of a feed are new and wanted: those become items that staff decide about.

What is there already does not come again, from whatever feed: the same entry, the same number, the same title; nor does
what somebody has dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    topics = [topic for document in there.documents for topic in document.topics]
    known = tuple(dict.fromkeys(topics))
    before = {
        row["guid"]: row for row in tx.rows("SELECT * FROM feed_items WHERE feed = :feed", feed=feed.key)
    }
    new = 0
    for each in reversed(found):  # the oldest first: keys then tell the order
        values = _values(feed, each, known)
        if old := before.get(each.entry.guid):
            _seen_again(tx, old, values, now)
        elif _is_wanted(feed, each, there):
            _insert(tx, feed, each, values, now)
            there.add(each.said, values["same"])
            new += 1
    return new


class _There:
    """Documents and items that are there: by number, and by title."""

    def __init__(self, tx: Tx) -> None:
        self.documents = documents.all_documents(tx)
        self._numbered: dict[str, list[tuple[date | None, str]]] = {}
        self._titles: set[str] = set()
        for document in self.documents:
            self._put(document.number, document.issued_on, document.issuer, folded(document.title))
        for row in tx.rows("SELECT number, issued_on, issuer, same FROM feed_items"):
            self._put(row["number"], day(row["issued_on"]), row["issuer"], row["same"])

    def add(self, said: Recognised, same: str) -> None:
        self._put(said.number, said.issued_on, said.issuer or "", same)

    def has_title(self, title: str) -> bool:
        return folded(title) in self._titles

    def has_number(self, number: str, issued_on: date | None, issuer: str, published: date | None) -> bool:
        for known_on, known_by in self._numbered.get(folded(number), ()):
            if not _may_agree(folded(issuer), folded(known_by)):
                continue
            if issued_on and known_on:
                if issued_on == known_on:
                    return True
            elif (
                not (known_on and published and published - known_on > MAY_BE_ANOTHER)
                or number.count("/") > 1
            ):
                return True
        return False

    def _put(self, number: str | None, issued_on: date | None, issuer: str, title: str) -> None:
        if number:
            self._numbered.setdefault(folded(number), []).append((issued_on, issuer))
        self._titles.add(title)


def _may_agree(one: str, other: str) -> bool:
    return one in other or other in one  # "" is in everything: not known


def _is_wanted(feed: Feed, each: Found, there: _There) -> bool:
    said = each.said
    if there.has_title(each.entry.title) or (said.itself and said.title and there.has_title(said.title)):
        return False
    published = datetime.fromisoformat(each.entry.published).date() if each.entry.published else None
    known = bool(said.number) and there.has_number(
        said.number or "", said.issued_on, said.issuer or "", published if said.itself else None
    )
    if said.itself:
        return not known
    return feed.wanted == "all" or (bool(said.number) and not known)


def _values(feed: Feed, each: Found, known_topics: tuple[str, ...]) -> dict[str, Any]:
    entry, said = each.entry, each.said
    topics = dict.fromkeys((*([feed.topic] if feed.topic else []), *topics_in(entry.title, known_topics)))
    title = said.title or entry.title
    return {
        "is_document": int(said.itself),
        "number": said.number,
        "kind": (said.kind or "") if said.itself else NEWS,
        "title": title,
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
