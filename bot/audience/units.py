"""Where the department works: a tree of units (tỉnh, xã or phường, thôn or tổ dân phố).

A unit is renamed and merged, never deleted: what was counted for it stays counted, and its former names are understood.
"""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.clock import stamp
from bot.model import Tx

KINDS = (
    "tỉnh", "thành phố", "xã", "phường", "đặc khu", "thôn", "tổ dân phố", "khu phố", "ấp", "bản", "buôn", "làng", "xóm",
    "khác",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """`parent` is the key of the unit above; a `merged` one has become part of it, and is chosen no longer."""

    key: int
    name: str
    kind: str
    parent: int | None = None
    code: str = ""
    merged: bool = False
    former: tuple[str, ...] = ()


class Tree:
    """The units at one moment."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {unit.key: unit for unit in units}
        self._children: dict[int | None, list[Unit]] = defaultdict(list)
        for unit in sorted(self.units.values(), key=_in_order):
            self._children[unit.parent].append(unit)

    def children(self, key: int | None) -> list[Unit]:
        """Those right below, by name and number; below None: the roots. Without merged ones."""
        return [unit for unit in self._children[key] if not unit.merged]

    def above(self, key: int) -> Iterator[Unit]:
        """The unit's parent, its parent, and so on up; a circle, which a file may ask for, comes to an end."""
        seen = {key}
        following = self.units[key].parent
        while following is not None and following not in seen:
            seen.add(following)
            yield self.units[following]
            following = self.units[following].parent

    def below(self, key: int) -> list[int]:
        """The unit itself and everything below it, merged ones too: all that is counted for it."""
        found = [key]
        for each in found:
            found += [unit.key for unit in self._children[each]]
        return found

    def survivor(self, unit: Unit) -> Unit:
        """What the unit has been merged into; itself, where it has not."""
        while unit.merged and unit.parent is not None:
            unit = self.units[unit.parent]
        return unit

    def within(self, keys: Iterable[int]) -> set[int]:
        """What belongs to these units now: one that was merged counts as what it is part of, unknown ones as nothing."""
        there = [self.survivor(self.units[key]) for key in keys if key in self.units]
        return {below for unit in there for below in self.below(unit.key)}

    def path(self, key: int) -> str:
        """ "Tổ dân phố 3, Phường Bình Minh": without the root, which everybody knows."""
        above = [unit.name for unit in self.above(key) if unit.parent is not None]
        return ", ".join((self.units[key].name, *above))


def load(tx: Tx) -> Tree:
    former: dict[int, list[str]] = defaultdict(list)
    for row in tx.rows("SELECT unit, name FROM unit_former_names ORDER BY until, name"):
        former[row["unit"]].append(row["name"])
    rows = tx.rows("SELECT key, name, kind, parent, code, merged FROM units ORDER BY key")
    return Tree(
        Unit(
            row["key"],
            row["name"],
            row["kind"],
            row["parent"],
            row["code"] or "",
            bool(row["merged"]),
            tuple(former[row["key"]]),
        )
        for row in rows
    )


def are_known(tx: Tx) -> bool:
    """Whether the department has told its units at all."""
    return tx.row("SELECT 1 FROM units LIMIT 1") is not None


def add(tx: Tx, unit: Unit, now: datetime) -> int:
    """The key that it gets; its own is not looked at."""
    row = tx.row(
        """INSERT INTO units (name, kind, parent, code, slug, changed_at)
            VALUES (:name, :kind, :parent, :code, :slug, :now) RETURNING key""",
        slug=secrets.token_hex(5),
        **_columns(unit, now),
    )
    assert row is not None  # noqa: S101  # RETURNING gives one row for one inserted
    _keep_names(tx, row["key"], unit.former, now)
    return int(row["key"])


def change(tx: Tx, old: Unit, unit: Unit, now: datetime) -> None:
    """A former name is kept for good."""
    tx.run(
        """UPDATE units SET name = :name, kind = :kind, parent = :parent, code = :code, changed_at = :now
            WHERE key = :key""",
        key=old.key,
        **_columns(unit, now),
    )
    _keep_names(tx, old.key, (*unit.former, *((old.name,) if old.name != unit.name else ())), now)


def merge(tx: Tx, key: int, into: int, now: datetime) -> None:
    """It becomes part of the other: what is below it moves there, with its members and groups; what was counted stays."""
    values = {"key": key, "into": into}
    tx.run("UPDATE units SET parent = :into WHERE parent = :key AND key <> :into", **values)
    tx.run(
        "UPDATE units SET parent = :into, merged = 1, changed_at = :now WHERE key = :key",
        now=stamp(now),
        **values,
    )
    tx.run("UPDATE staff SET unit = :into WHERE unit = :key", **values)
    tx.run("UPDATE invitations SET unit = :into WHERE unit = :key", **values)
    tx.run("UPDATE groups SET unit = :into WHERE unit = :key", **values)


def slug_of(tx: Tx, key: int) -> str | None:
    """What stands for the unit in public links, for good: short, and tells nothing about it."""
    row = tx.row("SELECT slug FROM units WHERE key = :key", key=key)
    return row["slug"] if row else None


def by_slug(tx: Tx, slug: str) -> int | None:
    """The key of the unit, also of one that has been merged."""
    row = tx.row("SELECT key FROM units WHERE slug = :slug", slug=slug)
    return int(row["key"]) if row else None


def _columns(unit: Unit, now: datetime) -> dict[str, object]:
    return {
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent,
        "code": unit.code or None,
        "now": stamp(now),
    }


def _keep_names(tx: Tx, key: int, names: Iterable[str], now: datetime) -> None:
    for name in names:
        tx.run(
            """INSERT INTO unit_former_names (unit, name, until) VALUES (:key, :name, :now)
                ON CONFLICT (unit, name) DO NOTHING""",
            key=key,
            name=name,
            now=stamp(now),
        )


def _in_order(unit: Unit) -> tuple[object, ...]:
    """Tổ dân phố 2 comes before Tổ dân phố 10."""
    parts = re.split(r"(\d+)", unit.name.lower())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
