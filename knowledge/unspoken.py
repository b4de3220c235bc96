"""The last check before a direct answer: what of the question does the entry not speak about?

Likeness alone answers "khám răng miễn phí không" with the free health check and "tiếng Pháp" with English. A person would
notice the one word that makes the difference; so does this, and the entry becomes a suggestion.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from knowledge.analysis import Analysed, analysed
from knowledge.spoken import Spoken

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
_NARROWS = "mới"  # behind a thing it makes another one of it: "đảng viên mới"
_AGAIN = "lại"  # to do it once more is another thing: "kết nạp lại", "đăng ký lại"
_PERSON, _PEOPLE = "nguoi", ("moi", "nhieu", "dan", "viet")  # "mọi người", "người dân" are whoever reads it
_WHICH, _MOST, _NUMBERED = "nao", "nhat", "thu"  # "nào lớn nhất" asks which; "thứ nhất" is a number
# Of what tells in a short question, and in a longer one, where a thing that is not spoken about may be only its story.
_MUCH, _MUCH_OF_LONG = 0.12, 0.2
_SHORT = 12  # units
_OF_AMOUNTS = frozenset(("chiem", "top", "cm", "kg", "km", "gw", "mw"))  # they say how much, not of what
# What is asked stands at the end of a longer question, behind what is known already or told.
_END, _MUCH_OF_END = 0.4, 0.35
_FEW = 5  # telling units, at most: so short a question hangs on each of its words
_TELLS, _CARRIES, _NAMES_A_THING = 0.5, 0.6, 1.0  # least general weights of a unit (knowledge/analysis.py)


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
    return _share(query, lost) >= (_MUCH if is_short else _MUCH_OF_LONG) or (
        not is_short and _share(query, lost, int(len(query.units) * (1 - _END))) >= _MUCH_OF_END
    )


def _share(query: Analysed, lost: Sequence[int], start: int = 0) -> float:
    """The share that the units at the places `lost` have of what tells in the question from `start` on."""
    listed = filter(str.isdigit, query.units[:1])  # "1. …", "#1 …"; a year that is first is a fact
    besides, weights = _OF_AMOUNTS.union(_question_kinds(), listed), query.unit_weights
    telling = sum(weight for weight in weights[start:] if weight >= _TELLS)
    missing = sum(
        weights[at]
        for at in lost
        if at >= start and weights[at] >= _CARRIES and query.units[at] not in besides
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
    return typed == _again() or (typed == _narrowing() and at > 0 and query.unit_weights[at - 1] >= _CARRIES)


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
        spoken.has(query.words, one) and (one + 1 == end or spoken.has_together(query.words, one, one + 1))
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
        if spoken.has(query.words, at)
        or any(pair in spoken.answer_pairs for pair in pairs[max(0, at - 1) : at + 1])
    }


def _other_words(query: Analysed, spoken: Spoken, matched: str) -> set[int]:
    """The places of the units of a short question that are another word than in the entry, though it has the syllable."""
    weights, starts = query.unit_weights, query.unit_starts
    if sum(weight >= _TELLS for weight in weights) > _FEW:
        return set()
    telling = [
        at for at, unit in enumerate(query.units) if weights[at] >= _TELLS and not unit.startswith("#")
    ]
    alone = {at for at in telling if not spoken.has_company(query.words, starts[at])}
    said = matched.split()
    return {
        at
        for at in telling
        # "nội thất" is no "thất bại": two neighbours that stand side by side nowhere, nor with what else is beside them.
        if (at in alone and not alone.isdisjoint((at - 1, at + 1)))
        # "tiền điện" is no "tiền nước" for another phrasing that has "ví điện tử".
        or (at in alone and query.words.folded[starts[at]] not in said)
        # "nghi lễ" is no "nghỉ lễ".
        or spoken.has_otherwise_spelt(query.words, starts[at])
    }


@cache
def _meaning() -> str:
    return analysed(_MEANING).units[0]


@cache
def _narrowing() -> str:
    return analysed(_NARROWS).words.marked[0]


@cache
def _again() -> str:
    return analysed(_AGAIN).words.marked[0]


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
