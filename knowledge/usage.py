"""How often documents are looked at and entries used: counted by the day, never by person."""

from __future__ import annotations

from datetime import date

from bot.model import Tx


def count_view(tx: Tx, document: int, today: date) -> None:
    _count(tx, document, today, views=1, downloads=0)


def count_download(tx: Tx, document: int, today: date) -> None:
    _count(tx, document, today, views=0, downloads=1)


def count_answer(tx: Tx, entry: int, today: date) -> None:
    tx.run(
        """INSERT INTO entry_usage (entry, day, times) SELECT key, :day, 1 FROM entries WHERE key = :entry
            ON CONFLICT (entry, day) DO UPDATE SET times = entry_usage.times + 1""",
        entry=entry,
        day=today.isoformat(),
    )


def of_document(tx: Tx, document: int, since: date) -> tuple[int, int]:
    """Views and downloads from this day on."""
    row = tx.row(
        """SELECT coalesce(sum(views), 0) AS views, coalesce(sum(downloads), 0) AS downloads
            FROM document_usage WHERE document = :document AND day >= :since""",
        document=document,
        since=since.isoformat(),
    )
    return (int(row["views"]), int(row["downloads"])) if row else (0, 0)


def most_used_of_topic(tx: Tx, topic: str, since: date, limit: int) -> list[str]:
    """The questions of a topic that were answered most from this day on."""
    rows = tx.rows(
        """SELECT e.question FROM entry_usage u JOIN entries e ON e.key = u.entry
            WHERE u.day >= :since AND e.topic = :topic
            GROUP BY e.key ORDER BY sum(u.times) DESC, e.key LIMIT :limit""",
        since=since.isoformat(),
        topic=topic,
        limit=limit,
    )
    return [row["question"] for row in rows]


def most_used(tx: Tx, since: date) -> tuple[str, str] | None:
    """(id, question) of the published entry that was used most from this day on."""
    row = tx.row(
        """SELECT e.id, e.question FROM entry_usage u JOIN entries e ON e.key = u.entry
            WHERE u.day >= :since AND e.status = 'published'
            GROUP BY e.key ORDER BY sum(u.times) DESC, e.key LIMIT 1""",
        since=since.isoformat(),
    )
    return (row["id"], row["question"]) if row else None


def forget_before(tx: Tx, day: date) -> None:
    """Retention, as long as that of the question log."""
    for table in ("document_usage", "entry_usage"):
        tx.run(f"DELETE FROM {table} WHERE day < :day", day=day.isoformat())  # noqa: S608


def _count(tx: Tx, document: int, today: date, *, views: int, downloads: int) -> None:
    # From the table itself: a document that has gone since the handler looked fails no reply.
    tx.run(
        """INSERT INTO document_usage (document, day, views, downloads)
            SELECT key, :day, :views, :downloads FROM documents WHERE key = :document
            ON CONFLICT (document, day) DO UPDATE
            SET views = document_usage.views + excluded.views,
                downloads = document_usage.downloads + excluded.downloads""",
        document=document,
        day=today.isoformat(),
        views=views,
        downloads=downloads,
    )
