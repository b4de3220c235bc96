"""Short forms and synonyms: what people write, what it is read as, and where in a text it is read so.

"nha" is "nhé" at the end of a question that was typed with accents, and "nhà" in one that was not: a short form that is
also a word, with accents or without, may only be read where it cannot be that word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from bot.files.syllables import is_syllable
from knowledge.beginnings import Beginnings
from knowledge.letters import both_forms, clean, tokens
from knowledge.tables import table

Place = Literal["anywhere", "before number", "at end", "with accents"]
Syllable = tuple[str, str]  # folded, marked
PLACES: tuple[Place, ...] = get_args(Place)

_ACCENTED = 0.5  # from this share of words with accents on, the keyboard had them
_DEEPEST = 8  # short forms that a written-out form may itself have, one in the other
_LONGEST = 8  # words of a short form that may stand in a meaning
_SURE = 3  # letters from which on "đcs" is also meant by "dcs"
_UNITS = frozenset(("kg", "m"))  # after a number, also with a space between
# One letter after these is a name, not "anh" or "chị": "hạng A", "điểm c", "châu Á", "chương V"; "bệnh viện K".
_LABELS = frozenset(
    both_forms(word)
    for word in (
        "hạng", "nhóm", "loại", "bảng", "mẫu", "máu", "khoản", "điểm", "mục", "khối", "gan", "vitamin", "lớp", "tổ",
        "phần", "khu", "lô", "số", "nhà", "điều", "chương", "tập", "quyển", "quý", "cúm", "viện", "châu", "nam", "độ",
    )
)  # fmt: skip
_PLAIN_LABELS = frozenset(
    ("hang", "nhom", "loai", "khoan", "diem", "muc", "khoi", "gan", "lop", "phan", "vien", "chau", "nam")
)
_FORMS = frozenset(
    ("mau", "khai", "bieu", "phieu", "bang", "hinh")
)  # after these "CT07" is a form, no chỉ thị
_NAMES = frozenset("abcdev")  # letters that are names; "k" is one after "viện" only
# What may still follow the end of a question: "… nhé ad", "… nha em cảm ơn".
_CLOSING = frozenset(
    (
        "a", "ad", "admin", "anh", "ban", "bot", "cam", "camon", "chi", "co", "chu", "bac", "e", "em", "minh", "moi",
        "mn", "nguoi", "nhe", "oi", "on", "shop", "tks", "thank", "thanks", "nhieu", "va", "xin",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShortForm:
    """`written`, as people type it, is read as `means` where it stands in `place`."""

    written: str
    means: str
    place: Place = "anywhere"


@dataclass(frozen=True, slots=True)
class _Compiled:
    written: tuple[Syllable, ...]
    means: tuple[str, ...]
    place: Place
    letter: bool  # one letter
    word: bool  # one word that may be something else where no accents were typed: "nhá", "đv" ("dv" is "dịch vụ")


class ShortForms:
    """Short forms ready to be found in texts. Immutable; safe to use from several threads. `words`: those of one word, in
    every spelling without accents."""

    def __init__(self, forms: Iterable[ShortForm] = ()) -> None:
        self.forms = tuple(forms)
        written = {}
        for form in self.forms:
            key = tuple(map(both_forms, tokens(clean(form.written))))
            if key:
                written[key, form.place] = form.means
        means = {key: text for (key, place), text in written.items() if place == "anywhere"}
        compiled = [
            _Compiled(
                key,
                tuple(_written_out(tokens(clean(text)), means, (key,))),
                place,
                len(key) == 1 and len(key[0][0]) == 1,
                len(key) == 1 and (is_syllable(key[0][0]) or len(key[0][0]) < _SURE),
            )
            for (key, place), text in written.items()
        ]
        compiled.sort(key=_most_special_first)
        self._beginnings = Beginnings(([bare for bare, _ in form.written], form) for form in compiled)
        self._single = frozenset(key[0][0] for key, _ in written if len(key) == 1)
        self._pairs = frozenset((key[0][0], key[1][0]) for key, _ in written if len(key) > 1)
        # "ki" is "ky" as well.
        with_y = (bare[:-1] + "y" for bare in self._single if bare.endswith("i"))
        self.words = self._single.union(word for word in with_y if both_forms(word)[0] in self._single)

    def are_in(self, folded: Sequence[str]) -> bool:
        """Whether words without accents may have a short form among them: most texts have none."""
        return not (self._single.isdisjoint(folded) and self._pairs.isdisjoint(pairwise(folded)))

    def accents_typed(self, folded: Sequence[str], marked: Sequence[str]) -> bool:
        """Whether the keyboard had accents, from the words that are no short forms and no numbers."""
        single = self._single
        marks = [
            mark
            for bare, mark in zip(folded, marked, strict=True)
            if bare not in single and not bare.isdigit()
        ]
        return len(marks) > 0 and len(marks) - marks.count("") >= _ACCENTED * len(marks)

    def found(
        self, cleaned: str, typed: Sequence[str], said: Sequence[Syllable], *, accents: bool
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """The short forms that are read in a clean text, from left to right: the first word, the word after the last, and
        what they mean. `typed` are its words, `said` their two forms."""
        until = 0  # the end of the last one
        for at, forms in self._beginnings.found([bare for bare, _ in said]):
            for form in forms if at >= until else ():
                if _stands(form, cleaned, typed, said, at, accents=accents):
                    until = at + len(form.written)
                    yield at, until, form.means
                    break


@cache
def defaults() -> tuple[ShortForm, ...]:
    """What comes with the program: knowledge/data/short_forms.json."""
    return tuple(
        ShortForm(written, means, place)
        for place in PLACES
        for written, means in table("short_forms")[place].items()
    )


@cache
def shipped_forms() -> ShortForms:
    return ShortForms(defaults())


def _written_out(
    means: Sequence[str], known: dict[tuple[Syllable, ...], str], seen: tuple[tuple[Syllable, ...], ...]
) -> Iterator[str]:
    """The meaning with the short forms in it written out too; one that leads back to itself stays as it is."""
    said = tuple(map(both_forms, means))
    at = 0
    while at < len(said):
        for size in range(min(_LONGEST, len(said) - at), 0, -1):
            part = said[at : at + size]
            if part in known and part not in seen and len(seen) < _DEEPEST:
                yield from _written_out(tokens(clean(known[part])), known, (*seen, part))
                at += size
                break
        else:
            yield means[at]
            at += 1


def _most_special_first(form: _Compiled) -> tuple[int, bool, bool]:
    """ "dv" is read as "dv", where there is such a short form, before it is read as "đv"."""
    return -len(form.written), form.place == "anywhere", any(mark for _, mark in form.written)


def _stands(
    form: _Compiled, cleaned: str, typed: Sequence[str], said: Sequence[Syllable], at: int, *, accents: bool
) -> bool:
    end = at + len(form.written)
    if end > len(said) or not all(map(_agree, said[at:end], form.written)):
        return False
    if form.word and form.written[0][1] and not said[at][1]:
        return False  # "nhá" is a short form, "nha" another word
    before = said[at - 1][0] if at else ""
    after = typed[end] if end < len(typed) else ""
    if form.letter and (_is_name(said, at) or _is_glued(cleaned, typed, at)):
        return False
    if before.isdigit() and form.written[0][0] in _UNITS:
        return False
    match form.place:
        case "before number":
            return before not in _FORMS and (after.isdigit() or _is_roman(after))
        case "at end":
            return (accents or not form.word) and all(bare in _CLOSING for bare, _ in said[end:])
        case "with accents":
            return accents
        case _:
            return True


def _agree(typed: Syllable, wanted: Syllable) -> bool:
    """Accents count where they were typed: "nhà" is not the short form "nha"."""
    return typed[0] == wanted[0] and (typed[1] == wanted[1] or not typed[1])


def _is_name(said: Sequence[Syllable], at: int) -> bool:
    """Whether a letter is a name: "hạng a"."""
    label = said[at - 1] if at else ("", "")
    if said[at][0] not in _NAMES:
        return said[at][0] == "k" and label[0] == "vien"
    return label in _LABELS or (not label[1] and label[0] in _PLAIN_LABELS)


def _is_glued(cleaned: str, typed: Sequence[str], at: int) -> bool:
    """Whether a letter and a number are one thing: "a1", "t7", "100k"."""
    return any(
        one.isdigit() != two.isdigit() and one + two in cleaned
        for one, two in pairwise(typed[max(0, at - 1) : at + 2])
    )


def _is_roman(word: str) -> bool:
    return bool(word) and not word.strip("ivxl") and len(word) > 1
