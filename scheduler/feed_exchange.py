"""Feeds as the rows of a file. A feed that the file does not name stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.audience import audit
from bot.exchange.forms import EXAMPLE, Field, Form
from bot.exchange.kinds import Item, Kind
from bot.exchange.plan import Given, Plan
from bot.exchange.values import Fault, Parser, Reading, choice, plain
from bot.files.tables import Notice, Value
from bot.model import Tx
from bot.texts import feeds as texts
from knowledge.exchange.forms import LEVELS
from scheduler import feeds
from scheduler.feeds import Feed, FeedDraft
from scheduler.safe_http import FetchError, check_address

_WANTED = texts.WANTED
_STATUSES = {"on": texts.RUNNING, "off": texts.PAUSED}
_LEVELS = {level: level for level in LEVELS}

FORM = Form(
    "feeds",
    "Nguồn tin",
    (
        # Not "Địa chỉ" alone: tables of documents have such a column too.
        Field("feed", "feed", "Địa chỉ nguồn tin", ("rss", "dia chi rss", "link rss", "url rss"), width=45, longest=1_000),
        Field("name", "name", "Tên nguồn", ("ten", "ten nguon tin"), width=28, longest=100),
        Field("topic", "topic", "Chủ đề", ("linh vuc",), width=22, longest=100),
        Field("level", "level", "Cấp", ("cap ban hanh",), width=13, choices=LEVELS),
        Field("issuer", "issuer", "Cơ quan ban hành", ("noi ban hanh", "co quan"), width=26, longest=300),
        Field("wanted", "wanted", "Lấy gì", width=16, choices=tuple(_WANTED.values())),
        Field("status", "status", "Trạng thái", width=14, choices=tuple(_STATUSES.values())),
    ),
    ("feed",),
    "feed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    draft: FeedDraft
    old: Feed | None

    @property
    def differs(self) -> bool:
        return self.old is None or feeds.draft_of(self.old) != self.draft


def _address(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:
    text = plain(cells, field, reading, folder)
    if not text:
        return ""  # "chưa có …" is said for every column that is needed
    try:
        check_address(text, ports=None)
    except FetchError:
        raise Fault(texts.BAD_ADDRESS) from None  # without the address: a password may stand in it
    return text


def repeated(rows: Sequence[Given]) -> list[Notice]:
    first: dict[str, Given] = {}
    notices: list[Notice] = []
    for row in rows:
        address = row.values.get("feed")
        if address and first.setdefault(address, row) is not row:
            text = texts.ADDRESS_TWICE.format(place=first[address].line.place("feed"))
            notices.append(Notice(row.line.place("feed"), text, serious=True))
    return notices


def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:  # noqa: ARG001 - nobody sees a feed
    there = {feed.address: feed for feed in feeds.all_feeds(tx)}
    planned = [_planned(row.values, there.get(row.values["feed"])) for row in rows]
    added = sum(row.old is None for row in planned)
    changed = sum(row.old is not None and row.differs for row in planned)
    return Plan(added, changed, len(planned) - added - changed, (), lambda tx, now: _write(tx, planned, now))


def _planned(given: Mapping[str, Any], old: Feed | None) -> _Row:
    base = feeds.draft_of(old) if old else FeedDraft(given["feed"])
    values = {name: given[name] for name in ("name", "topic", "level", "issuer") if name in given}
    if wanted := given.get("wanted"):
        values["wanted"] = wanted
    if status := given.get("status"):
        values["active"] = status == "on"
    return _Row(replace(base, **values), old)


def _write(tx: Tx, planned: Sequence[_Row], now: datetime) -> None:
    for row in planned:
        if row.differs:
            feeds.save(tx, row.draft, now)
    if changes := sum(row.differs for row in planned):
        audit.record(tx, None, "feeds.imported", f"feeds {changes}", now)


def _items(tx: Tx, path: Path) -> list[Item]:  # noqa: ARG001 - feeds have no files
    return [_item(feeds.draft_of(feed)) for feed in feeds.all_feeds(tx)]


def _item(draft: FeedDraft) -> Item:
    return {
        "feed": draft.address,
        "name": draft.name,
        "topic": draft.topic,
        "level": draft.level,
        "issuer": draft.issuer,
        "wanted": draft.wanted,
        "status": "on" if draft.active else "off",
    }


def _cell(name: str, value: Any) -> Value:
    words = {"wanted": _WANTED, "status": _STATUSES}.get(name)
    return words[value] if words else str(value or "")


_PARSERS: Mapping[str, Parser] = {
    "feed": _address,
    "level": choice(_LEVELS, {"tw": "Trung ương", "cap tinh": "tỉnh", "cap xa": "xã"}),
    "wanted": choice(_WANTED, {"van ban": "documents", "ca tin": "all", "tat ca": "all"}),
    "status": choice(_STATUSES, {"bat": "on", "tat": "off", "dung": "off", "dang chay": "on"}),
}

FEEDS = Kind(
    FORM,
    _PARSERS,
    repeated,
    plan,
    _items,
    _cell,
    (
        _item(
            FeedDraft(
                f"{EXAMPLE} https://example.vn/rss/van-ban.xml",
                "Cổng thông tin tỉnh Ví Dụ",
                "Văn bản mới",
                "tỉnh",
                "Tỉnh ủy Ví Dụ",
            )
        ),
    ),
)
