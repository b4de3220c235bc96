"""A text as the matcher compares it: facts, syllables and units (concepts and syllables)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.normalise import Words, words
from knowledge.numbers import Facts, facts
from knowledge.short_forms import ShortForms
from knowledge.tables import table


@dataclass(frozen=True, slots=True)
class Analysed:
    """`units` are syllables with every known phrase replaced by its concept ("#7"), `unit_starts` the places of their
    first syllables; `weights` say how telling each syllable is in general, 0..1."""

    facts: Facts
    words: Words
    units: tuple[str, ...]
    unit_starts: tuple[int, ...]
    unit_weights: tuple[float, ...]
    weights: tuple[float, ...]


def analysed(
    text: str,
    short_forms: ShortForms | None = None,
    corrected: Callable[[Words], Words] | None = None,
) -> Analysed:
    """A raw text, analysed; a question is also freed of typing slips, by the speller of its index."""
    stated = facts(text)
    # `rest` writes "nq 57" out with accents, whatever the keyboard had.
    said = words(stated.rest, short_forms, typed=stated.without if stated.references else None)
    if corrected:
        said = corrected(said)
    weights = tuple(map(_telling, said.folded, said.marked))
    units, unit_starts, unit_weights = _units(said, weights)
    return Analysed(stated, said, units, unit_starts, unit_weights, weights)


def _telling(folded: str, marked: str) -> float:
    """0.1 for a function word, 0.5 for office boilerplate, 1 for the rest; unsure without accents."""
    if marked:
        return 0.1 if marked in _stopwords("function") else 0.5 if marked in _stopwords("generic") else 1.0
    if folded in _plain("function"):
        return 0.1 if folded in _stopwords("function") or folded in _SURE else 0.35
    return 0.6 if folded in _plain("generic") else 1.0


_SURE = frozenset(("duoc", "khong", "nhung"))  # bare forms that are hardly ever another word


@cache
def _stopwords(kind: str) -> frozenset[str]:
    """The words of a kind as they are marked; those without accents as they are."""
    return frozenset(mark or bare for bare, mark in _forms(kind))


@cache
def _plain(kind: str) -> frozenset[str]:
    return frozenset(bare for bare, _ in _forms(kind))


@cache
def _forms(kind: str) -> frozenset[tuple[str, str]]:
    said = [words(word) for word in table("stopwords")[kind]]
    return frozenset(form for each in said for form in zip(each.folded, each.marked, strict=True))


def _units(
    said: Words, weights: tuple[float, ...]
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[float, ...]]:
    units: list[str] = []
    starts: list[int] = []
    unit_weights: list[float] = []
    folded, concepts = said.folded, _concepts()
    until = 0  # the end of the last phrase
    for at, two in enumerate(pairwise((*folded, ""))):
        if at < until:
            continue
        starts.append(at)
        for phrase, marks, concept in (*concepts.get(two, ()), *concepts.get(two[0], ())):
            end = at + len(phrase)
            if folded[at:end] == phrase and _agree(said.marked[at:end], marks, phrase):
                units.append(concept)
                unit_weights.append(max(0.3, *weights[at:end]))
                until = end
                break
        else:
            units.append(folded[at])
            unit_weights.append(weights[at])
    return tuple(units), tuple(starts), tuple(unit_weights)


def _agree(typed: tuple[str, ...], marks: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """A phrase typed with accents must have the same ones; one syllable that needs them is too ambiguous without."""
    return all(
        mine == theirs or (not mine and (len(phrase) > 1 or theirs == bare))
        for mine, theirs, bare in zip(typed, marks, phrase, strict=True)
    )


@cache
def _concepts() -> dict[str | tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...], str]]]:
    """(folded phrase, marked phrase, concept), longest phrases first, by its first two folded syllables, or its only one."""
    found: dict[str | tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
    for number, group in enumerate(table("concepts")):
        for phrase in group:
            said = words(phrase)
            beginning = said.folded[:2] if len(said.folded) > 1 else said.folded[0]
            marks = tuple(mark or bare for bare, mark in zip(said.folded, said.marked, strict=True))
            found.setdefault(beginning, []).append((said.folded, marks, f"#{number}"))
    for phrases in found.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return found
