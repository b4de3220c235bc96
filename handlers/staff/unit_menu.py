"""Choosing a unit by taps, from the top of the tree down. Pure."""

from __future__ import annotations

from bot.audience.units import Tree, Unit
from bot.model import Choice
from bot.texts import units as texts
from handlers.payloads import payload

A_PAGE = 8  # units: with the way up and on they fit a phone screen
SET = "set"


def inside(tree: Tree, at: int | None, page: int, word: str) -> list[Choice]:
    """What can be tapped at a unit (None: at the top): it, those inside, further ones, and the way up.

    A button's payload is "{word}/{unit}/{page}" to look inside, "{word}/{unit}/set" to choose.
    """
    roots = tree.children(None)
    if at is None and len(roots) == 1:
        at = roots[0].key
    units = tree.children(at)
    here = tree.units[at] if at is not None else None
    choices = [Choice(here.name, payload(word, here.key, SET))] if here else []
    choices += [_into(tree, unit, word) for unit in units[page * A_PAGE : (page + 1) * A_PAGE]]
    if len(units) > (page + 1) * A_PAGE:
        choices.append(Choice(texts.NEXT_PAGE, payload(word, at or 0, page + 1)))
    if here and (here.parent is not None or len(roots) > 1):
        choices.append(Choice(texts.HIGHER, payload(word, here.parent or 0, 0)))
    return choices


def these(tree: Tree, units: list[Unit], word: str) -> list[Choice]:
    """Of several units with one name, each with the place where it lies."""
    return [Choice(tree.path(unit.key), payload(word, unit.key, SET)) for unit in units[:A_PAGE]]


def _into(tree: Tree, unit: Unit, word: str) -> Choice:
    return Choice(unit.name, payload(word, unit.key, 0 if tree.children(unit.key) else SET))
