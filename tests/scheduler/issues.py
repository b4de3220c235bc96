"""Digests to look at, made of real documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

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
