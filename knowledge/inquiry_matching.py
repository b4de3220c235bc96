"""Which inquiries ask the same. Precision before recall: who is put into the wrong group gets a wrong official answer.

The matcher must be sure both ways, and beyond it every telling word, number and "not" of one must be in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.analysis import analysed
from knowledge.answering import Finding, Thresholds, find
from knowledge.candidates import Indexed
from knowledge.inquiry_groups import Group
from knowledge.matcher import Index
from knowledge.normalise import words
from knowledge.wordings import same

_TELLING = 0.9  # weight of a word from which on it says what is asked
# The score from which on somebody should look whether it is the same; of two such hints one is right.
_NEAR = 0.5
_NOT = frozenset(("khong", "chua", "chang", "ngoai", "tru", "cam"))


@dataclass(frozen=True, slots=True)
class _Said:
    telling: frozenset[str]
    units: frozenset[str]
    exact: frozenset[str]  # numbers, and words that turn the meaning around


def alike(text: str, groups: Sequence[Group], background: Index) -> Group | None:
    """The group that asks what this text asks, if it is certain. `background`: what else is asked, so that rare words
    count as rare."""
    form = same(text)
    for group in groups:
        if any(form == inquiry.same for inquiry in group.inquiries):
            return group
    known = {-group.key: group for group in groups}
    among = [_indexed(key, group.wordings) for key, group in known.items()]
    found = _sure(text, among, background)
    if found is None:
        return None
    group = known[found]
    back = _sure(group.question, [_indexed(-1, (text,))], background)
    return group if back is not None and _says_the_same(text, group.question) else None


def near(text: str, groups: Sequence[Group], background: Index) -> Group | None:
    """The group that may ask the same, for somebody to look at."""
    known = {-group.key: group for group in groups}
    if not known:
        return None
    finding = _found(text, [_indexed(key, group.wordings) for key, group in known.items()], background)
    best = next((each for each in finding.ranked if each.key < 0), None)
    return known[best.key] if best and best.score >= _NEAR else None


def _sure(text: str, among: Sequence[Indexed], background: Index) -> int | None:
    """The key of the one that the matcher takes for what the text asks."""
    finding = _found(text, among, background)
    entry = finding.entry if finding.outcome == "answer" else None
    return entry.key if entry and entry.key < 0 else None


def _found(text: str, among: Sequence[Indexed], background: Index) -> Finding:
    shipped = Thresholds()
    return find(text, background.with_changes(among), replace(shipped, answer=shipped.group_answer))


def _indexed(key: int, wordings: Sequence[str]) -> Indexed:
    question, *phrasings = wordings
    return Indexed(key, str(key), question, tuple(phrasings), "", None)


def _says_the_same(one: str, other: str) -> bool:
    here, there = _said(one), _said(other)
    return here.telling <= there.units and there.telling <= here.units and here.exact == there.exact


def _said(text: str) -> _Said:
    known, folded = analysed(text), words(text).folded
    exact = {word for word in folded if word.isdigit()} | {word for word in folded[:-1] if word in _NOT}
    telling = (
        unit for unit, weight in zip(known.units, known.unit_weights, strict=True) if weight >= _TELLING
    )
    return _Said(frozenset(telling), frozenset(known.units), frozenset(exact))
