"""A text as the matcher compares it: facts, syllables and units (concepts and syllables)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from knowledge.beginnings import Beginnings
from knowledge.letters import LONGEST_SYLLABLE
from knowledge.normalise import Words, words, words_of_clean
from knowledge.numbers import Facts, facts
from knowledge.short_forms import ShortForms
from knowledge.tables import table

_REMEMBERED = 50_000  # syllables


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
    said = words_of_clean(stated.rest, short_forms, typed=stated.without if stated.references else None)
    if corrected:
        said = corrected(said)
    weights = _telling(said)
    units, unit_starts, unit_weights = _units(said, weights)
    return Analysed(stated, said, units, unit_starts, unit_weights, weights)


def _telling(said: Words) -> tuple[float, ...]:
    """How telling each syllable is: 1 for most."""
    marked, bare = _little_telling(), _little_telling_bare()
    if "" not in said.marked:
        return tuple(map(marked.__getitem__, said.marked))
    return tuple(
        [
            marked[mark] if mark else bare.get(folded, 1.0)
            for folded, mark in zip(said.folded, said.marked, strict=True)
        ]
    )


class _Telling(dict[str, float]):
    """Syllable to weight, filled with the many that tell all as they are met: texts repeat them."""

    def __missing__(self, syllable: str) -> float:
        if len(self) < _REMEMBERED and len(syllable) <= LONGEST_SYLLABLE and not syllable.isdigit():
            self[syllable] = 1.0
        return 1.0


_SURE = frozenset(("duoc", "khong", "nhung"))  # bare forms that are hardly ever another word


@cache
def _little_telling() -> _Telling:
    """0.1 for a function word, 0.5 for office boilerplate, as they are typed with accents."""
    weights = _Telling((_marked(form), 0.5) for form in _forms("generic"))
    weights.update((_marked(form), 0.1) for form in _forms("function"))
    return weights


@cache
def _little_telling_bare() -> dict[str, float]:
    """The same without accents, which may be another word."""
    sure = _SURE.union(map(_marked, _forms("function")))
    return {bare: 0.6 for bare, _ in _forms("generic")} | {
        bare: 0.1 if bare in sure else 0.35 for bare, _ in _forms("function")
    }


def _marked(form: tuple[str, str]) -> str:
    """A syllable that has no accents is written as it is."""
    return form[1] or form[0]


@cache
def _forms(kind: str) -> frozenset[tuple[str, str]]:
    said = [words(word) for word in table("stopwords")[kind]]
    return frozenset(form for each in said for form in zip(each.folded, each.marked, strict=True))


def _units(
    said: Words, weights: tuple[float, ...]
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[float, ...]]:
    units, starts, unit_weights = list(said.folded), list(range(len(weights))), list(weights)
    for at, end, concept in reversed(_found(said)):
        units[at:end] = [concept]
        unit_weights[at:end] = [max(0.3, *weights[at:end])]
        del starts[at + 1 : end]
    return tuple(units), tuple(starts), tuple(unit_weights)


def _found(said: Words) -> list[tuple[int, int, str]]:
    """The phrases that stand for a concept, from left to right: first syllable, the one after the last, concept."""
    folded, marked = said.folded, said.marked
    found = []
    until = 0  # the end of the last phrase
    for at, phrases in _concepts().found(folded):
        for phrase, marks, concept, is_sure in phrases if at >= until else ():
            end = at + len(phrase)
            if folded[at:end] == phrase and (
                (typed := marked[at:end]) == marks
                or ("" in typed and not is_sure and _agree(typed, marks, phrase))
            ):
                until = end
                if concept:
                    found.append((at, end, concept))
                break
    return found


def _agree(typed: tuple[str, ...], marks: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether accents other than those of the phrase may stand for it: typed ones must be the same; one syllable that needs
    them is too ambiguous without."""
    if len(phrase) == 1:
        return marks == phrase
    return all(mine == theirs or not mine for mine, theirs in zip(typed, marks, strict=True))


@cache
def _concepts() -> Beginnings[tuple[tuple[str, ...], tuple[str, ...], str, bool]]:
    """(folded phrase, marked phrase, concept, whether its accents must be typed), longest phrases first. A compound has no
    concept: it only keeps its syllables from being read as one ("trường hợp" is no school); with ! after it, only where its
    accents were typed ("chó con!" is not "cho con")."""
    phrases: list[tuple[tuple[str, ...], tuple[str, ...], str, bool]] = []
    groups = [(f"#{number}", group) for number, group in enumerate(table("concepts"))]
    for concept, group in (*groups, ("", table("compounds"))):
        for each in group:
            said = words(each)
            marks = tuple(map(_marked, zip(said.folded, said.marked, strict=True)))
            phrases.append((said.folded, marks, concept, each.endswith("!")))
    phrases.sort(key=lambda phrase: -len(phrase[0]))
    return Beginnings((phrase[0], phrase) for phrase in phrases)
