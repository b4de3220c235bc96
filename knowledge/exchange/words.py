"""Short forms and synonyms as the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.exchange.forms import EXAMPLE, Field, Form
from bot.exchange.kinds import Item, Kind
from bot.exchange.values import Parser, choice
from bot.files.tables import Value
from bot.model import Tx
from knowledge import own_words
from knowledge.exchange import word_plan
from knowledge.exchange.word_plan import PLACES
from knowledge.own_words import Word

STATUSES = {"on": "dùng", "off": "tắt"}
ORIGINS = {"shipped": "có sẵn", "changed": "có sẵn, đơn vị đã sửa", "own": "của đơn vị"}

FORM = Form(
    "words",
    "Từ viết tắt",
    (
        Field("written", "written", "Cách viết", ("viet tat", "tu viet tat", "chu viet tat", "cach go"), longest=60),
        Field("means", "means", "Nghĩa là", ("nghia", "duoc hieu la", "viet day du"), width=40, longest=120),
        Field("place", "place", "Khi nào", ("cho dung", "dung khi"), width=16, choices=tuple(PLACES.values())),
        Field("status", "status", "Trạng thái", width=12, choices=tuple(STATUSES.values())),
        Field("origin", "origin", "Nguồn", width=22),
    ),
    ("written", "means"),
    "written",
)  # fmt: skip
_PARSERS: Mapping[str, Parser] = {
    "place": choice(
        PLACES, {"luon luon": "anywhere", "co dau": "with accents", "truoc con so": "before number"}
    ),
    "status": choice(STATUSES, {"bat": "on", "co": "on", "bo": "off", "khong": "off", "khong dung": "off"}),
}
_WORDS_OF = {"place": PLACES, "status": STATUSES, "origin": ORIGINS}


def _items(tx: Tx, path: Path) -> list[Item]:  # noqa: ARG001 - words have no files
    """The shipped ones too: who is to switch one off must see it."""
    return [_item(word) for word in own_words.all_words(tx)]


def _item(word: Word) -> Item:
    return {
        "written": word.form.written,
        "means": word.form.means,
        "place": word.form.place,
        "status": "on" if word.active else "off",
        "origin": "shipped" if not word.is_own else "changed" if word.shipped else "own",
    }


def _cell(name: str, value: Any) -> Value:
    return _WORDS_OF[name][value] if name in _WORDS_OF else str(value)


def _example(written: str, means: str, status: str = "on", origin: str = "own") -> Item:
    return {
        "written": f"{EXAMPLE} {written}",
        "means": means,
        "place": "anywhere",
        "status": status,
        "origin": origin,
    }


WORDS = Kind(
    FORM,
    _PARSERS,
    lambda _: (),  # two rows that are one only after they are read alike: word_plan.py tells
    word_plan.plan,
    _items,
    _cell,
    (
        _example("nvhtt", "nhà văn hóa thôn"),
        _example("tổ tự quản", "tổ dân phố"),
        _example("đt", "điện thoại", status="off", origin="changed"),
    ),
)
