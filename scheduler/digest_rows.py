"""Digests as rows: what is in each, and which there are."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from bot.errors import InputError
from bot.model import Tx
from bot.storage.base import Row
from bot.texts import digests as texts
from surveys import polls

CAUSES = "digest:"  # what the causes of all messages of digests begin with

State = Literal["draft", "approved", "sending", "paused", "sent", "skipped", "cancelled"]
Audience = Literal["all", "groups", "private"]


@dataclass(frozen=True, slots=True)
class Item:
    """One document in a digest, as it was when the digest was put together.

    sentences  one or two plain sentences: the document's summary, or as staff have edited them here
    address    where the document itself stands
    questions  (id of an entry, question): at most 3, for "Hỏi thêm"
    """

    document: int
    number: str | None
    kind: str
    title: str
    issuer: str
    issued_on: date | None
    sentences: str
    address: str | None
    topics: tuple[str, ...]
    level: str
    questions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """code        8 characters, unguessable, of /d/<code>
    schedule    None: urgent news
    due_at      as the schedule said; it goes out at `send_at`, which staff may postpone, and not after `valid_until`
    items       without those that staff have dropped
    most_asked  (id of the entry, question)
    poll        (code, title) of the poll that goes along, while it is open
    reason      why it was skipped: "not approved", "missed", "nobody", "withdrawn"; "no picture": it went without one
    chats       for how many chats it has been queued
    """

    key: int
    code: str
    schedule: int | None
    urgent: bool
    overrides_quiet: bool
    state: State
    reason: str
    due_at: datetime
    send_at: datetime
    valid_until: datetime
    title: str
    greeting: str
    unit: int | None
    audience: Audience
    items: tuple[Item, ...]
    most_asked: tuple[str, str] | None
    poll: tuple[str, str] | None
    approved_by: int | None
    chats: int
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def cause(self) -> str:
        """What the causes of all its messages begin with."""
        return f"{CAUSES}{self.key}:"


def code_of(token: str) -> str:
    """The code of a new digest, out of at least ten random hexadecimal digits."""
    return base64.b32encode(bytes.fromhex(token[:10])).decode().lower()


def by_key(tx: Tx, key: int) -> Digest | None:
    return _one(tx, tx.rows("SELECT * FROM digests WHERE key = :key", key=key))


def by_code(tx: Tx, code: str) -> Digest | None:
    return _one(tx, tx.rows("SELECT * FROM digests WHERE code = :code", code=code.lower()))


def latest_sent(tx: Tx, limit: int) -> list[Digest]:
    """Those that have gone out or are going out, the newest first."""
    rows = tx.rows(
        """SELECT * FROM digests WHERE state IN ('sending', 'paused', 'sent')
            ORDER BY started_at DESC, key DESC LIMIT :limit""",
        limit=limit,
    )
    return [digest_of(tx, row) for row in rows]


def before(tx: Tx, digest: Digest) -> Digest | None:
    """The one of the same schedule that went out before it."""
    rows = tx.rows(
        """SELECT * FROM digests WHERE schedule = :schedule AND key < :key AND state = 'sent'
            ORDER BY key DESC LIMIT 1""",
        schedule=digest.schedule,
        key=digest.key,
    )
    return _one(tx, rows)


def unfinished(tx: Tx) -> list[Digest]:
    """Drafts and those that wait for their time or are being sent, the one that is due first at the front."""
    rows = tx.rows(
        """SELECT * FROM digests WHERE state IN ('draft', 'approved', 'sending', 'paused')
            ORDER BY send_at, key"""
    )
    return [digest_of(tx, row) for row in rows]


def write_item(tx: Tx, key: int, item: Item, position: int | None = None) -> None:
    """`position` for a new one."""
    values = {"key": key, "document": item.document, "content": _content(item)}
    if position is None:
        tx.run(
            "UPDATE digest_items SET content = :content WHERE digest = :key AND document = :document",
            **values,
        )
    else:
        tx.run(
            """INSERT INTO digest_items (digest, document, position, content)
                VALUES (:key, :document, :position, :content)""",
            position=position,
            **values,
        )


def require(tx: Tx, key: int) -> Digest:
    """Raises InputError where there is none."""
    digest = by_key(tx, key)
    if digest is None:
        raise InputError(texts.GONE)
    return digest


def _one(tx: Tx, rows: Sequence[Row]) -> Digest | None:
    return digest_of(tx, rows[0]) if rows else None


def _open_poll(tx: Tx, code: str | None) -> tuple[str, str] | None:
    """Nobody is sent to a poll that is over by the time the digest goes out."""
    poll = polls.by_code(tx, code) if code else None
    return (poll.code, poll.title) if poll and poll.state == "open" else None


def digest_of(tx: Tx, row: Row) -> Digest:
    return Digest(
        key=row["key"],
        code=row["code"],
        schedule=row["schedule"],
        urgent=bool(row["urgent"]),
        overrides_quiet=bool(row["overrides_quiet"]),
        state=row["state"],
        reason=row["reason"],
        due_at=datetime.fromisoformat(row["due_at"]),
        send_at=datetime.fromisoformat(row["send_at"]),
        valid_until=datetime.fromisoformat(row["valid_until"]),
        title=row["title"],
        greeting=row["greeting"],
        unit=row["unit"],
        audience=row["audience"],
        items=_items(tx, row["key"]),
        most_asked=(row["most_asked"], row["most_asked_question"]) if row["most_asked"] else None,
        poll=_open_poll(tx, row["poll"]),
        approved_by=row["approved_by"],
        chats=row["chats"],
        started_at=_moment(row["started_at"]),
        finished_at=_moment(row["finished_at"]),
    )


def _items(tx: Tx, key: int) -> tuple[Item, ...]:
    rows = tx.rows(
        "SELECT document, content FROM digest_items WHERE digest = :key AND dropped = 0 ORDER BY position",
        key=key,
    )
    return tuple(_item(row["document"], json.loads(row["content"])) for row in rows)


def _item(document: int, content: dict[str, Any]) -> Item:
    day = content["issued_on"]
    return Item(
        **content
        | {
            "document": document,
            "issued_on": date.fromisoformat(day) if day else None,
            "topics": tuple(content["topics"]),
            "questions": tuple((entry, question) for entry, question in content["questions"]),
        }
    )


def _content(item: Item) -> str:
    content = asdict(item) | {"issued_on": item.issued_on.isoformat() if item.issued_on else None}
    del content["document"]
    return json.dumps(content, ensure_ascii=False)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
