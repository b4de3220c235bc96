"""The last check before a direct answer: what of the question does the entry not speak about?

Likeness alone answers "khám răng miễn phí không" with the free health check and "tiếng Pháp" with English. A person would
notice the one word that makes the difference; so does this, and the entry becomes a suggestion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from knowledge.analysis import Analysed, analysed
from knowledge.contrasts import Contrasts, Syllables

# Question words that some text of the entry must have; True: or a number in its answer may be what is asked for.
_QUESTION_WORDS = {
    "khi nào": False,
    "bao lâu": False,
    "bao nhiêu": True,
    "ở đâu": False,
    "vì sao": False,
    "ai": False,
}
# Words that nearly every entry could be asked about: alone they ask about none ("lệ phí", "thủ tục thế nào").
_GENERAL = (
    "phí", "giấy tờ", "thủ tục", "thời hạn", "điều kiện", "như thế nào", "là gì", "liên hệ", "mục tiêu", "giải pháp",
    "nội dung", "kết quả", "hỗ trợ", "thực hiện",
)  # fmt: skip
_MEANING = "là gì"
_WHAT = ("là gì", "gì", "nào", "như thế nào")  # an entry that asks so may well say what a thing is
_A_THING = 2  # telling units, at most: "thuế khoán", "trạm y tế là gì"
_NARROWS = ("mới", "lại")  # behind a thing they make another one of it: "đảng viên mới", "kết nạp lại"
_PERSON, _PEOPLE = "nguoi", ("moi", "nhieu", "dan", "viet")  # "mọi người", "người dân" are whoever reads it
_WHICH, _MOST, _NUMBERED = "nao", "nhat", "thu"  # "nào lớn nhất" asks which; "thứ nhất" is a number
# Of what tells in the question. Measured on the evaluation sets: one wrong answer in three fewer, one right one in seven.
_MUCH = 0.2
_SHORT = 12  # units: in a longer question a thing that is not spoken about may be only its story
# What is asked stands at the end of a longer question, behind what is known already or told.
_END, _MUCH_OF_END = 0.4, 0.35
_FEW = 5  # telling units, at most: so short a question hangs on each of its words
_NGA, _HOI = "3", "4"  # two tones, as knowledge/letters.py writes them
_TELLS, _CARRIES, _NAMES_A_THING = 0.5, 0.6, 1.0  # least general weights of a unit (knowledge/analysis.py)


class Said(NamedTuple):
    """A text as it is compared: its syllables without accents and with them, and its units."""

    folded: Sequence[str]
    marked: Sequence[str]
    units: Sequence[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an entry speaks about: the syllables and units of its question, phrasings and document, and which syllables
    stand side by side there and in its answer. What was typed without accents is read as the other texts spell it."""

    marked: frozenset[str]
    bare: frozenset[str]
    folded: frozenset[str]
    units: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    bare_pairs: frozenset[tuple[str, str]]
    answer_pairs: frozenset[tuple[str, str]]
    has_number: bool
    contrasts: Contrasts

    @classmethod
    def of(cls, texts: Iterable[Said], answer: Sequence[str]) -> "Spoken":
        """From its question, phrasings and document's title, and the syllables of its answer."""
        said = tuple(texts)
        accented = [text for text in said if any(text.marked)]
        plain = [text.folded for text in said if not any(text.marked)]
        spelt = frozenset(bare for text in accented for bare in text.folded)
        return cls(
            frozenset(form for text in accented for form in _forms(text)),
            frozenset(bare for text in plain for bare in text) - spelt,
            spelt.union(*plain),
            frozenset(unit for text in said for unit in text.units),
            frozenset(pair for text in accented for pair in _both(text)),
            frozenset(pair for text in plain for pair in pairwise(text)),
            frozenset(pairwise(answer)),
            any(word.isdigit() for word in answer),
            Contrasts.of(Syllables(text.folded, text.marked) for text in said),
        )


def _forms(text: Said) -> list[str]:
    return [_heard(mark) or bare for mark, bare in zip(text.marked, text.folded, strict=True)]


def _heard(mark: str) -> str:
    """A syllable with accents; ngã is hỏi, for many write one for the other ("xữ lý")."""
    return mark[:-1] + _HOI if mark.endswith(_NGA) and not mark.isdigit() else mark


def _both(text: Said) -> Iterable[tuple[str, str]]:
    """The neighbours in a text, with their accents and without."""
    return chain(pairwise(_forms(text)), pairwise(text.folded))


def said(text: Analysed) -> Said:
    return Said(text.words.folded, text.words.marked, text.units)


def says_nothing(query: Analysed) -> bool:
    """Whether the question has only words that nearly every entry could be asked about."""
    general = _general()
    return all(
        weight < _CARRIES or unit in general
        for unit, weight in zip(query.units, query.unit_weights, strict=True)
    )


def is_a_thing(query: Analysed) -> bool:
    """Whether the question is hardly more than the name of a thing."""
    return sum(weight >= _TELLS for weight in query.unit_weights) <= _A_THING


def leaves_out(query: Analysed, spoken: Spoken, matched: str) -> bool:
    """Whether the entry passes over something that the question is about. `matched`: the text of the entry that the question
    was found by, folded."""
    lost = left_out(query, spoken, matched)
    is_short = len(query.units) <= _SHORT
    if any(_asks_otherwise(query, at, spoken) or (is_short and _names_another(query, at)) for at in lost) or (
        _asks_for_meaning(query) and _what().isdisjoint(spoken.units)
    ):
        return True
    return _share(query, lost) >= _MUCH or (
        not is_short and _share(query, lost, int(len(query.units) * (1 - _END))) >= _MUCH_OF_END
    )


def _share(query: Analysed, lost: Sequence[int], start: int = 0) -> float:
    """The share that the units at the places `lost` have of what tells in the question from `start` on."""
    kinds, weights = _question_kinds(), query.unit_weights
    telling = sum(weight for weight in weights[start:] if weight >= _TELLS)
    missing = sum(
        weights[at] for at in lost if at >= start and weights[at] >= _CARRIES and query.units[at] not in kinds
    )
    return missing / telling if telling else 0.0


def _asks_otherwise(query: Analysed, at: int, spoken: Spoken) -> bool:
    """Whether the unit asks for something that no text of the entry asks for: when, where, which is the largest."""
    by_number = _question_kinds().get(query.units[at])
    if by_number is None:
        return _asks_which_is_most(query, at)
    return not (by_number and spoken.has_number)


def _names_another(query: Analysed, at: int) -> bool:
    """Whether the unit names a thing or a person, or makes another one of the thing before it."""
    unit = query.units[at]
    if unit.startswith("#"):
        return unit not in _question_kinds() and query.unit_weights[at] >= _NAMES_A_THING
    if unit == _PERSON:
        return not any(beside in _PEOPLE for beside in query.units[max(0, at - 1) : at + 2])
    typed = query.words.marked[query.unit_starts[at]]
    return typed in _narrowing() and at > 0 and query.unit_weights[at - 1] >= _CARRIES


def _asks_which_is_most(query: Analysed, at: int) -> bool:
    """Whether the unit is the "nào" of "nào lớn nhất": how many are among the largest does not say which it is."""
    unit, *after = query.units[at:]
    return unit == _WHICH and any(
        word == _MOST and before != _NUMBERED for before, word in pairwise((unit, *after))
    )


def _asks_for_meaning(query: Analysed) -> bool:
    """Whether the question is a thing and "là gì"; "mục tiêu 2030 là gì" asks for something of it."""
    *units, last = query.units
    return last == _meaning() and is_a_thing(query) and _general().isdisjoint(units)


def left_out(query: Analysed, spoken: Spoken, matched: str) -> tuple[int, ...]:
    """The places of the units of the question that the entry does not have."""
    found = _found(query, spoken)
    others = _other_words(query, spoken, matched)
    return tuple(
        at
        for at, unit in enumerate(query.units)
        if at in others
        or (unit not in spoken.units and unit not in found and not _has_as_words(query, at, spoken))
    )


def _has_as_words(query: Analysed, at: int, spoken: Spoken) -> bool:
    """Whether the entry has a concept of the question as a part of something longer: "nghĩa vụ" of "nghĩa vụ quân sự"."""
    start, end = [*query.unit_starts, len(query.words.folded)][at : at + 2]
    return query.units[at].startswith("#") and all(
        _has(query, one, spoken) and (one + 1 == end or _stand_together(query, one, one + 1, spoken))
        for one in range(start, end)
    )


def _found(query: Analysed, spoken: Spoken) -> set[str]:
    """The syllables of the question that the entry has: with the same accents where both were typed with them, in its
    answer only together with a neighbour ("pháp" of "giải pháp" is not French)."""
    folded = query.words.folded
    pairs = list(pairwise(folded))
    return {
        bare
        for at, bare in enumerate(folded)
        if _has(query, at, spoken)
        or any(pair in spoken.answer_pairs for pair in pairs[max(0, at - 1) : at + 1])
    }


def _has(query: Analysed, at: int, spoken: Spoken) -> bool:
    """Whether a text of the entry has the syllable."""
    mark, bare = _heard(query.words.marked[at]), query.words.folded[at]
    return (mark in spoken.marked or bare in spoken.bare) if mark else bare in spoken.folded


def _other_words(query: Analysed, spoken: Spoken, matched: str) -> set[int]:
    """The places of the units of a short question that are another word than in the entry, though it has the syllable."""
    weights, starts = query.unit_weights, query.unit_starts
    if sum(weight >= _TELLS for weight in weights) > _FEW:
        return set()
    telling = [
        at for at, unit in enumerate(query.units) if weights[at] >= _TELLS and not unit.startswith("#")
    ]
    alone = {at for at in telling if not _has_company(query, starts[at], spoken)}
    said = matched.split()
    return {
        at
        for at in telling
        # "nội thất" is no "thất bại": two neighbours that stand side by side nowhere, nor with what else is beside them.
        if (at in alone and not alone.isdisjoint((at - 1, at + 1)))
        # "tiền điện" is no "tiền nước" for another phrasing that has "ví điện tử".
        or (at in alone and query.words.folded[starts[at]] not in said)
        # "nghi lễ" is no "nghỉ lễ".
        or _has_other_accents(query, starts[at], spoken)
    }


def _has_other_accents(query: Analysed, at: int, spoken: Spoken) -> bool:
    """Whether the texts of the entry spell the syllable with other accents only."""
    return (
        bool(query.words.marked[at])
        and query.words.folded[at] in spoken.folded
        and not _has(query, at, spoken)
    )


def _has_company(query: Analysed, at: int, spoken: Spoken) -> bool:
    """Whether the syllable stands beside one of its neighbours somewhere in the entry, in either order."""
    return any(
        _stand_together(query, one, other, spoken)
        for first in (at - 1, at)
        if first >= 0 and first + 1 < len(query.words.folded)
        for one, other in ((first, first + 1), (first + 1, first))
    )


def _stand_together(query: Analysed, one: int, other: int, spoken: Spoken) -> bool:
    folded, marked = query.words.folded, query.words.marked
    bare = folded[one], folded[other]
    typed = _heard(marked[one]) or bare[0], _heard(marked[other]) or bare[1]
    if bare in spoken.answer_pairs or typed in spoken.pairs:
        return True
    is_half_typed = not (marked[one] and marked[other])
    return (is_half_typed and bare in spoken.pairs) or (
        bare in spoken.bare_pairs and _has(query, one, spoken) and _has(query, other, spoken)
    )


@cache
def _meaning() -> str:
    return analysed(_MEANING).units[0]


@cache
def _narrowing() -> frozenset[str]:
    return frozenset(analysed(word).words.marked[0] for word in _NARROWS)


@cache
def _what() -> frozenset[str]:
    return frozenset(analysed(word).units[0] for word in _WHAT)


@cache
def _general() -> frozenset[str]:
    return frozenset(unit for word in _GENERAL for unit in analysed(word).units).union(_question_kinds())


@cache
def _question_kinds() -> dict[str, bool]:
    """The unit of each question word, and whether a number may answer it."""
    return {analysed(word).units[0]: by_number for word, by_number in _QUESTION_WORDS.items()}
