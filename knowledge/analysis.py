"""A text as the matcher compares it: facts, syllables and units (concepts and syllables)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.normalise import Words, fold, words
from knowledge.numbers import Facts, facts
from knowledge.slips import Speller
from knowledge.tables import table


@dataclass(frozen=True, slots=True)
class Analysed:
    """`units` are syllables with every known phrase replaced by its concept ("#7"); `weights` say how telling each syllable is in general, 0..1."""

    facts: Facts
    words: Words
    units: tuple[str, ...]
    unit_weights: tuple[float, ...]
    weights: tuple[float, ...]


def analysed(
    text: str, synonyms: Mapping[str, str] | None = None, speller: Speller | None = None
) -> Analysed:
    """A raw text, analysed; a question is also freed of typing slips by the speller of its index."""
    stated = facts(text)
    said = words(stated.rest, synonyms)
    if speller:
        said = speller.corrected(said)
    weights = tuple(map(_telling, said.folded, said.marked))
    units, unit_weights = _units(said, weights)
    return Analysed(stated, said, units, unit_weights, weights)


def _telling(folded: str, marked: str) -> float:
    """0.1 for a function word, 0.5 for office boilerplate, 1 for the rest; unsure without accents."""
    function, generic = _stopwords()
    if marked:
        return 0.1 if marked in function else 0.5 if marked in generic else 1.0
    if folded in function:
        return 0.1 if folded in _plain_function() else 0.35
    return 0.6 if folded in generic else 1.0


@cache
def _stopwords() -> tuple[frozenset[str], frozenset[str]]:
    both = []
    for name in ("function", "generic"):
        forms: set[str] = set()
        for word in table("stopwords")[name]:
            said = words(word)
            forms.update(said.folded)
            forms.update(mark for mark in said.marked if mark)
        both.append(frozenset(forms))
    return both[0], both[1]


@cache
def _plain_function() -> frozenset[str]:
    """Function words that are written without accents anyway, or whose bare form is no other common word."""
    return frozenset(word for word in table("stopwords")["function"] if word == fold(word)) | {
        "duoc",
        "khong",
        "nhung",
    }


def _units(said: Words, weights: tuple[float, ...]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    units: list[str] = []
    unit_weights: list[float] = []
    at = 0
    concepts = _concepts()
    while at < len(said.folded):
        for phrase, marks, concept in concepts.get(said.folded[at], ()):
            end = at + len(phrase)
            if said.folded[at:end] == phrase and _agree(said.marked[at:end], marks, len(phrase) > 1):
                units.append(concept)
                unit_weights.append(max(0.3, *weights[at:end]))
                at = end
                break
        else:
            units.append(said.folded[at])
            unit_weights.append(weights[at])
            at += 1
    return tuple(units), tuple(unit_weights)


def _agree(typed: tuple[str, ...], marks: tuple[str, ...], several: bool) -> bool:
    """A phrase typed with accents must have the same ones; one short syllable without any is too ambiguous."""
    return all(mine == theirs or (several and not mine) for mine, theirs in zip(typed, marks, strict=True))


@cache
def _concepts() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]]:
    """First folded syllable to (folded phrase, marked phrase, concept), longest phrases first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
    for number, group in enumerate(table("concepts")):
        for phrase in group:
            said = words(phrase)
            found.setdefault(said.folded[0], []).append((said.folded, said.marked, f"#{number}"))
    for phrases in found.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return found
