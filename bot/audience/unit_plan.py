"""An import of units against those that are there: which is which, where each lies, what is renamed and merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.audience import audit, units
from bot.audience.unit_names import Names, kind_in, words_of
from bot.audience.units import Tree, Unit
from bot.exchange.plan import Given, Plan
from bot.files.tables import Notice
from bot.model import Tx
from bot.texts import units as texts


@dataclass(frozen=True, slots=True)
class _Row:
    """A row and the unit that it makes; `old` is None for a new one, whose key is negative until it is written."""

    given: Given
    unit: Unit
    old: Unit | None
    merged_into: int | None = None

    @property
    def differs(self) -> bool:
        if self.old is None:
            return True
        same = replace(self.unit, former=self.old.former, merged=self.old.merged) == self.old
        merging = self.merged_into is not None and not self.old.merged
        return not same or merging or not {*self.unit.former} <= {*self.old.former}


def repeated(rows: Sequence[Given]) -> list[Notice]:
    """Codes that stand in the file twice."""
    first: dict[str, Given] = {}
    notices: list[Notice] = []
    for row in rows:
        code = row.values.get("code")
        if code and first.setdefault(code, row) is not row:
            text = texts.CODE_TWICE.format(code=code, place=first[code].line.place("code"))
            notices.append(_error(row, "code", text))
    return notices


def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:  # noqa: ARG001 - a unit is there or is not
    tree = units.load(tx)
    matching = _Matching(tree, rows)
    planned, notices = matching.done, matching.notices
    if not notices:
        planned, notices = _merged(planned, tree)
    after = _after(planned, tree)
    notices = notices or [*_circles(planned, after)] or [*_doubles(planned, after)]
    added = sum(row.old is None for row in planned)
    changed = sum(row.old is not None and row.differs for row in planned)
    return Plan(
        added,
        changed,
        len(planned) - added - changed,
        tuple(notices),
        lambda tx, now: _write(tx, planned, now),
    )


class _Matching:
    """Which unit each row means, and where it lies: from the top down, since a name counts only within its parent.

    done  in an order in which everything stands after what it lies in
    """

    def __init__(self, tree: Tree, rows: Sequence[Given]) -> None:
        self.done: list[_Row] = []
        self.notices: list[Notice] = []
        self._tree = tree
        self._units = dict(tree.units)  # as they will be, as far as it is known
        self._by_code = {unit.code: unit for unit in tree.units.values() if unit.code}
        self._taken = {
            self._by_code[code].key for row in rows if (code := row.values.get("code")) in self._by_code
        }
        for row in rows:  # what is renamed by its code is known to the others by its new name
            if old := self._by_code.get(row.values.get("code") or ""):
                self._units[old.key] = replace(old, name=row.values["name"])
        waiting = list(enumerate(rows, 1))
        while waiting:
            names = Names(Tree(self._units.values()))
            left = [(at, row) for at, row in waiting if not self._settle(at, row, names)]
            if len(left) == len(waiting):
                self.notices += self._lost([row for _, row in left])
                return
            waiting = left

    def _settle(self, at: int, row: Given, names: Names) -> bool:
        """Whether it is settled, well or with an error; a parent that is not there yet may still come."""
        text = row.values.get("parent")
        above = [unit.key for unit in names.exactly(text)] if text else [None]
        if not above:
            return False
        if len(above) > 1:
            self.notices.append(
                _error(row, "parent", texts.SEVERAL_PARENTS.format(text=text, count=len(above)))
            )
            return True
        old = self._old(row, above[0])
        parent = above[0] if "parent" in row.values or old is None else old.parent
        kind = row.values.get("kind") or (old.kind if old else kind_in(row.values["name"]))
        if not kind:
            self.notices.append(_error(row, "kind", texts.KIND_UNKNOWN))
            return True
        code = row.values.get("code") or (old.code if old else "")
        former = tuple(row.values.get("former", ()))
        unit = Unit(
            old.key if old else -at, row.values["name"], kind, parent, code, bool(old and old.merged), former
        )
        self._units[unit.key] = unit
        self._taken.add(unit.key)
        self.done.append(_Row(row, unit, old))
        return True

    def _old(self, row: Given, parent: int | None) -> Unit | None:
        """The unit of this code; else the one of this name, or of the former one that the row tells, in this place."""
        code = row.values.get("code") or ""
        if code in self._by_code:
            return self._by_code[code]
        called = {words_of(name) for name in (row.values["name"], *row.values.get("former", ()))}
        found = [
            unit
            for unit in self._tree.units.values()
            if words_of(unit.name) in called
            and unit.key not in self._taken
            and (unit.parent == parent or "parent" not in row.values)
            and not (code and unit.code)
        ]
        return found[0] if len(found) == 1 else None

    def _lost(self, rows: Sequence[Given]) -> Iterator[Notice]:
        """Rows whose parent never came: nobody has heard of it, or they wait for each other."""
        called = {words_of(row.values["name"]) for row in rows}
        for row in rows:
            text = row.values["parent"]
            circle = words_of(text.partition(",")[0]) in called
            yield _error(row, "parent", texts.CIRCLE if circle else texts.UNKNOWN_PARENT.format(text=text))


def _merged(planned: Sequence[_Row], tree: Tree) -> tuple[list[_Row], list[Notice]]:
    """The rows, with what each is merged into."""
    names = Names(_after(planned, tree))
    found: list[_Row] = []
    notices: list[Notice] = []
    for row in planned:
        text = row.given.values.get("merged_into")
        if not text or row.unit.merged:
            found.append(row)
            continue
        into = [unit.key for unit in names.exactly(text) if unit.key != row.unit.key]
        if len(into) == 1:
            found.append(replace(row, unit=replace(row.unit, parent=into[0]), merged_into=into[0]))
        else:
            sentence = texts.MERGED_INTO_SEVERAL if into else texts.MERGED_INTO_NOTHING
            notices.append(_error(row.given, "merged_into", sentence.format(text=text, count=len(into))))
    return found, notices


def _after(planned: Sequence[_Row], tree: Tree) -> Tree:
    """The units as they will be."""
    return Tree({**tree.units, **{row.unit.key: row.unit for row in planned}}.values())


def _circles(planned: Sequence[_Row], after: Tree) -> Iterator[Notice]:
    for row in planned:
        *_, top = (row.unit, *after.above(row.unit.key))
        if top.parent == row.unit.key:  # the way up ends where it began
            yield _error(row.given, "merged_into" if row.merged_into else "parent", texts.CIRCLE)


def _doubles(planned: Sequence[_Row], after: Tree) -> Iterator[Notice]:
    """Two of one name in one place: nobody could tell them apart."""
    for row in planned:
        if row.merged_into or row.unit.merged:
            continue
        for other in after.children(row.unit.parent):
            if other.key != row.unit.key and words_of(other.name) == words_of(row.unit.name):
                yield _error(row.given, "name", texts.NAME_TWICE.format(name=row.unit.name))


def _write(tx: Tx, planned: Sequence[_Row], now: datetime) -> None:
    keys: dict[int, int] = {}
    for row in planned:
        parent = row.unit.parent
        unit = replace(row.unit, parent=keys.get(parent, parent) if parent is not None else None)
        if row.old is None:
            keys[row.unit.key] = units.add(tx, unit, now)
        elif row.differs:
            units.change(tx, row.old, unit, now)
    for row in planned:
        if row.merged_into is not None:
            key, into = row.unit.key, row.merged_into
            units.merge(tx, keys.get(key, key), keys.get(into, into), now)
    if changes := sum(row.differs for row in planned):
        audit.record(tx, None, "units.imported", f"units {changes}", now)


def _error(row: Given, field: str, text: str) -> Notice:
    return Notice(row.line.place(field), text, serious=True)
