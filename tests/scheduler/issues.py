"""Digests to look at, made of real documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.clock import stamp
from bot.model import Tx
from knowledge import documents
from knowledge.documents import DocumentDraft
from scheduler.digest_rows import write_item
from scheduler.digests import Digest, Item

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
NQ57 = Item(
    document=1,
    number="57-NQ/TW",
    kind="Nghị quyết",
    title="Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
    issuer="Bộ Chính trị",
    issued_on=date(2024, 12, 22),
    sentences="Kinh tế số đạt tối thiểu 30% GDP vào năm 2030. UBND các cấp thực hiện.",
    address="https://tulieu.example.vn/57",
    topics=("Chuyển đổi số",),
    level="Trung ương",
)
NQ68 = replace(
    NQ57,
    document=2,
    number="68-NQ/TW",
    title="Phát triển kinh tế tư nhân",
    issued_on=date(2025, 5, 4),
    sentences="Đặt mục tiêu 2 triệu doanh nghiệp vào năm 2030.",
    address=None,
)


def digest(*items: Item, urgent: bool = False, title: str = "Văn bản mới đến ngày 23/11/2026") -> Digest:
    return Digest(
        key=1,
        code="abcd2345",
        schedule=None if urgent else 1,
        urgent=urgent,
        overrides_quiet=False,
        state="sent",
        reason="",
        due_at=NOW,
        send_at=NOW,
        valid_until=NOW,
        title=title,
        greeting="Kính gửi các đồng chí!",
        unit=None,
        audience="all",
        items=items or (NQ57, NQ68),
        most_asked=None,
        poll=None,
        approved_by=None,
        chats=0,
        started_at=NOW,
        finished_at=NOW,
    )


def many(count: int) -> Digest:
    return digest(
        *(replace(NQ57, document=number, number=f"{number}-NQ/TW") for number in range(1, count + 1))
    )


def put(tx: Tx, of: Digest) -> None:
    """The digest as a row, with its documents."""
    tx.run(
        """INSERT INTO digests (code, urgent, state, due_at, send_at, valid_until, title, audience, started_at)
            VALUES (:code, :urgent, :state, :at, :at, :at, :title, :audience, :started_at)""",
        code=of.code,
        urgent=int(of.urgent),
        state=of.state,
        at=stamp(of.due_at),
        title=of.title,
        audience=of.audience,
        started_at=stamp(of.started_at) if of.started_at else None,
    )
    row = tx.row("SELECT key FROM digests WHERE code = :code", code=of.code)
    assert row
    for position, item in enumerate(of.items):
        draft = DocumentDraft(
            item.number, item.kind, item.title, item.issuer, "Trung ương", item.issued_on, status="in force"
        )
        there = documents.find(tx, item.number, item.issued_on) if item.number else []
        key = there[0].key if there else documents.save(tx, draft, NOW)
        write_item(tx, row["key"], replace(item, document=key), position)
