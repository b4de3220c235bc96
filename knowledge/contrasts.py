"""Small words that make another question of the same telling ones: "ai không phải nộp" and "ai phải nộp", "dưới 6 tuổi" and
"trên 6 tuổi". Likeness hardly sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, Protocol

from knowledge.normalise import words

_NOT = ("không", "chưa", "chẳng", "chả")
_ELSE = ("cấm", "miễn", "trừ", "thiếu")  # these deny by themselves
# Verbs, so that the "không" at the end of a question denies nothing, nor that of "không gian" or "không biết".
_DENIED = (
    "phải", "cần", "được", "bị", "thuộc", "đủ", "có", "còn", "nộp", "đóng", "tham", "làm", "cho", "nhận", "trả", "kịp",
    "muốn", "đăng", "thực", "chấp", "tính", "áp", "đúng", "công",
)  # fmt: skip
_SAME = {"can": "phai"}  # "không cần" and "không phải"

# Of two that stand for opposites the question may not have one where the text has the other.
_OPPOSITES = (("trước", "sau"), ("trong", "ngoài"), ("trên", "dưới"), ("đúng", "trái"))

Side = Literal["above", "from", "below", "to"]
# Before a number, the longest first; "from" and "to" have the number itself as well.
_BEFORE: tuple[tuple[str, Side], ...] = (
    ("không quá", "to"), ("chưa đủ", "below"), ("chưa tới", "below"), ("chưa đến", "below"), ("từ đủ", "from"),
    ("dưới", "below"), ("trên", "above"), ("hơn", "above"), ("quá", "above"), ("từ", "from"), ("đến", "to"), ("tới", "to"),
)  # fmt: skip
_BEHIND: tuple[tuple[str, Side], ...] = (("trở lên", "from"), ("trở xuống", "to"))
_UNIT = 1  # words between a number and what stands behind it: "18 tuổi trở lên"
_FITS: Mapping[Side | None, frozenset[Side | None]] = {
    "above": frozenset(("above", "from")),
    "from": frozenset(("above", "from", None)),
    "below": frozenset(("below", "to")),
    "to": frozenset(("below", "to", None)),
    None: frozenset(("from", "to", None)),
}


class Syllables(Protocol):
    """A text: its syllables without accents and, where they were typed, with them."""

    @property
    def folded(self) -> Sequence[str]: ...
    @property
    def marked(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Of an entry: by the folded text what each of its texts denies and which of `_OPPOSITES` it has, and the sides on which
    its numbers are bounds."""

    denied: Mapping[str, frozenset[str]]
    ends: Mapping[str, frozenset[str]]
    bounds: Mapping[str, frozenset[Side | None]]

    @classmethod
    def of(cls, texts: Iterable[Syllables]) -> "Contrasts":
        denials: dict[str, frozenset[str]] = {}
        ends: dict[str, frozenset[str]] = {}
        bounds: dict[str, frozenset[Side | None]] = {}
        for text in texts:
            if verbs := _denied(text):
                denials[" ".join(text.folded)] = verbs
            if found := _ends(text):
                ends[" ".join(text.folded)] = found
            for number, side in _bounds(text):
                bounds[number] = bounds.get(number, frozenset()) | {side}
        return cls(denials, ends, bounds)


def turns_round(query: Syllables, entry: Contrasts, matched: str) -> bool:
    """Whether the question denies what no text of the entry denies, asks plainly what the one that it was found by (folded)
    denies, means the other side of a number than all of them, or after what that one says before."""
    if any(
        number in entry.bounds and entry.bounds[number].isdisjoint(_FITS[side])
        for number, side in _bounds(query)
    ):
        return True
    if _is_opposite(_ends(query), entry, matched):
        return True
    if denied := _denied(query):
        return denied.isdisjoint(verb for verbs in entry.denied.values() for verb in verbs)
    return matched in entry.denied and not any(
        _is_one_of((*_NOT, *_ELSE), bare, mark) for bare, mark in zip(query.folded, query.marked, strict=True)
    )


def _is_opposite(asked: frozenset[str], entry: Contrasts, matched: str) -> bool:
    """Whether the question has one of two opposites, the text that it was found by the other, and no text of the entry has
    what the question has."""
    opposites, has = _opposites(), entry.ends.get(matched, frozenset())
    all_have = frozenset[str]().union(*entry.ends.values())
    return any(
        opposites[one][1] in has and opposites[one][1] not in asked and one not in all_have for one in asked
    )


def _ends(text: Syllables) -> frozenset[str]:
    """Which of `_OPPOSITES` a text has, without accents."""
    opposites = _opposites()
    return frozenset(
        bare
        for bare, mark in zip(text.folded, text.marked, strict=True)
        if bare in opposites and (not mark or mark == opposites[bare][0])
    )


@cache
def _opposites() -> dict[str, tuple[str, str]]:
    """By each of `_OPPOSITES` without accents: how it is spelt, and the other one without accents."""
    pairs = [(words(one), words(other)) for one, other in _OPPOSITES]
    return {
        mine.folded[0]: (mine.marked[0] or mine.folded[0], theirs.folded[0])
        for pair in pairs
        for mine, theirs in (pair, pair[::-1])
    }


def _denied(text: Syllables) -> frozenset[str]:
    """The verbs that a text denies, without accents. The last syllable is none: "có phải không được" still asks."""
    return frozenset(
        _SAME.get(verb, verb)
        for at, (_, verb) in enumerate(pairwise(text.folded[:-1]))
        if verb in _verbs() and _is_one_of(_NOT, text.folded[at], text.marked[at])
    )


def _bounds(text: Syllables) -> list[tuple[str, Side | None]]:
    """The numbers of a text, and of each the side on which it is a bound."""
    return [(word, _side(text, at)) for at, word in enumerate(text.folded) if word.isdigit()]


def _side(text: Syllables, at: int) -> Side | None:
    for said, side in _BEFORE:
        size = said.count(" ") + 1
        if at >= size and _stands(said, text, at - size):
            return side
    for said, side in _BEHIND:
        if any(_stands(said, text, at + 1 + gap) for gap in range(_UNIT + 1)):
            return side
    return None


def _stands(said: str, text: Syllables, at: int) -> bool:
    each = said.split()
    return at + len(each) <= len(text.folded) and all(
        _is_one_of((word,), text.folded[at + place], text.marked[at + place])
        for place, word in enumerate(each)
    )


def _is_one_of(spelt: tuple[str, ...], bare: str, mark: str) -> bool:
    """What was typed without accents may be the word."""
    bare_forms, marked_forms = _forms(spelt)
    return mark in marked_forms if mark else bare in bare_forms


@cache
def _forms(spelt: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The syllables without accents and with them; one that has none is itself."""
    each = [words(one) for one in spelt]
    return (
        frozenset(one.folded[0] for one in each),
        frozenset(one.marked[0] or one.folded[0] for one in each),
    )


@cache
def _verbs() -> frozenset[str]:
    return _forms(_DENIED)[0]
