"""What feeds bring, until somebody decides about it: documents as far as their titles tell, and news where it is wanted.

How it gets here is in feed_offering.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge import documents
from knowledge.citations import day
from knowledge.documents import DocumentDraft, Level
from knowledge.recognising import says_only_its_name

State = Literal["waiting", "taken", "dropped"]
KEPT_FOR = timedelta(days=180)  # after a feed has last shown it
NEWS_WAITS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """is_document  its title is a document's own name; else it is news
    number       of news: the document that it mentions
    author       the member who has last changed it
    """

    key: int
    feed: int | None
    state: State
    is_document: bool
    number: str | None
    kind: str
    title: str
    issuer: str
    level: Level | None
    issued_on: date | None
    address: str | None
    summary: str
    topics: tuple[str, ...]
    author: int | None
    document: int | None
    decided_by: int | None


def update(tx: Tx, key: int, values: dict[str, Any]) -> None:
    sets = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE feed_items SET {sets} WHERE key = :key", key=key, **values)  # noqa: S608


def by_key(tx: Tx, key: int) -> FeedItem | None:
    row = tx.row("SELECT * FROM feed_items WHERE key = :key", key=key)
    return _item(row) if row else None


def waiting(tx: Tx, limit: int) -> list[FeedItem]:
    """Documents before news, the oldest first."""
    rows = tx.rows(
        "SELECT * FROM feed_items WHERE state = 'waiting' ORDER BY is_document DESC, key LIMIT :limit",
        limit=limit,
    )
    return [_item(row) for row in rows]


def count_waiting(tx: Tx) -> int:
    row = tx.row("SELECT count(*) AS waiting FROM feed_items WHERE state = 'waiting'")
    return int(row["waiting"]) if row else 0


def untold(tx: Tx) -> list[FeedItem]:
    rows = tx.rows(
        "SELECT * FROM feed_items WHERE state = 'waiting' AND told = 0 ORDER BY is_document DESC, key"
    )
    return [_item(row) for row in rows]


def mark_told(tx: Tx) -> None:
    tx.run("UPDATE feed_items SET told = 1 WHERE told = 0")


def change(tx: Tx, item: FeedItem, by: int) -> None:
    """As a member has put it right."""
    update(
        tx,
        item.key,
        {
            "is_document": int(item.is_document),
            "number": item.number,
            "kind": item.kind,
            "title": item.title,
            "issuer": item.issuer,
            "level": item.level,
            "issued_on": item.issued_on.isoformat() if item.issued_on else None,
            "address": item.address,
            "summary": item.summary,
            "topics": "; ".join(item.topics),
            "author": by,
        },
    )


def missing(item: FeedItem) -> list[str]:
    """The fields without which it cannot be a document, by name; a title has to say more than the name."""
    unsaid = {"title"} if item.is_document and says_only_its_name(item.title, item.number) else set()
    return [
        name for name in ("kind", "title", "issuer", "level") if not getattr(item, name) or name in unsaid
    ]


def as_draft(item: FeedItem) -> DocumentDraft:
    """Published, with what is known of it."""
    return DocumentDraft(
        item.number if item.is_document else None,
        item.kind,
        item.title,
        item.issuer,
        item.level or "xã",
        item.issued_on,
        item.summary,
        item.address,
        item.topics,
        status="in force",
    )


def take(tx: Tx, item: FeedItem, by: int, now: datetime) -> int:
    """Published; the document's key. Whoever calls knows that nothing is missing, and that there is none like it."""
    key = documents.save(tx, as_draft(item), now)
    _decide(tx, item.key, "taken", by, now, key)
    return key


def drop(tx: Tx, key: int, by: int | None, now: datetime) -> bool:
    return _decide(tx, key, "dropped", by, now)


def drop_news(tx: Tx, newest: int, by: int, now: datetime) -> int:
    """All news up to this one."""
    return tx.run(
        """UPDATE feed_items SET state = 'dropped', decided_by = :by, decided_at = :now
            WHERE state = 'waiting' AND is_document = 0 AND key <= :newest""",
        newest=newest,
        by=by,
        now=stamp(now),
    )


def tidy(tx: Tx, now: datetime) -> None:
    """News that nobody wanted goes by itself; what is decided is forgotten long after its feed has stopped showing it."""
    tx.run(
        """UPDATE feed_items SET state = 'dropped', decided_at = :now
            WHERE state = 'waiting' AND is_document = 0 AND found_at <= :before""",
        now=stamp(now),
        before=stamp(now - NEWS_WAITS),
    )
    tx.run("UPDATE feed_items SET summary = '' WHERE state <> 'waiting' AND summary <> ''")
    tx.run(
        "DELETE FROM feed_items WHERE state <> 'waiting' AND seen_at <= :before", before=stamp(now - KEPT_FOR)
    )


def _decide(
    tx: Tx, key: int, state: State, by: int | None, now: datetime, document: int | None = None
) -> bool:
    return bool(
        tx.run(
            """UPDATE feed_items SET state = :state, decided_by = :by, decided_at = :now, document = :document
                WHERE key = :key AND state = 'waiting'""",
            key=key,
            state=state,
            by=by,
            now=stamp(now),
            document=document,
        )
    )


def _item(row: Row) -> FeedItem:
    names = FeedItem.__dataclass_fields__
    item = FeedItem(**{name: row[name] for name in names})
    topics = tuple(topic for topic in row["topics"].split("; ") if topic)
    return replace(item, is_document=bool(row["is_document"]), issued_on=day(row["issued_on"]), topics=topics)
