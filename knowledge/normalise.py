"""A text as words: one per syllable or number, with and without accents, short forms and synonyms written out."""

from dataclasses import dataclass
from functools import lru_cache

from knowledge.letters import LONGEST, all_forms, clean, fold, tokens
from knowledge.short_forms import ShortForms, shipped_forms

__all__ = ["LONGEST", "Words", "clean", "fold", "words"]

_AT_HAND = 4  # texts: the matcher and triage read the same message one after the other


@dataclass(frozen=True, slots=True)
class Words:
    """A normalised text: one entry per syllable or number, the two tuples side by side.

    `folded` has no accents; `marked` keeps them in one spelling ("hoá" and "hóa" are equal). A syllable without
    accents is itself in a text that was typed with them, and empty text (unknown) in one that was not.
    """

    clean: str
    folded: tuple[str, ...]
    marked: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.folded)


def words(text: str, short_forms: ShortForms | None = None, typed: str | None = None) -> Words:
    """The words of a text, with the short forms that hold here (the shipped ones where none are given). `typed` is what of
    it was typed as it stands, and tells whether the keyboard had accents."""
    return words_of_clean(clean(text), short_forms, typed)


def words_of_clean(cleaned: str, short_forms: ShortForms | None = None, typed: str | None = None) -> Words:
    """`words` of a text that is clean already."""
    return _words(cleaned, short_forms or shipped_forms(), typed)


@lru_cache(maxsize=_AT_HAND)
def _words(cleaned: str, forms: ShortForms, typed: str | None) -> Words:
    each = tokens(cleaned)
    if not each:
        return Words(cleaned, (), ())
    said = all_forms(each)
    folded, marked = zip(*said, strict=True)
    accents = _accents_typed(forms, folded, marked, typed)
    if forms.are_in(folded):
        for start, end, means in reversed([*forms.found(cleaned, each, said, accents=accents)]):
            said[start:end] = all_forms(means)
        folded, marked = zip(*said, strict=True)
    if accents and "" in marked:
        marked = tuple([mark or bare for bare, mark in said])
    return Words(cleaned, folded, marked)


def written_out(
    text: str, short_forms: ShortForms, typed: str | None = None
) -> tuple[list[str], list[tuple[str, str]]]:
    """The words of `words` as people write them, and the short forms that were read: as they were typed, and what they
    mean. To explain."""
    cleaned = clean(text)
    each = tokens(cleaned)
    said = all_forms(each)
    folded, marked = zip(*said, strict=True) if said else ((), ())
    accents = _accents_typed(short_forms, folded, marked, typed)
    found = [*short_forms.found(cleaned, each, said, accents=accents)]
    read = [(" ".join(each[start:end]), " ".join(means)) for start, end, means in found]
    for start, end, means in reversed(found):
        each[start:end] = means
    return each, read


def _accents_typed(
    forms: ShortForms, folded: tuple[str, ...], marked: tuple[str, ...], typed: str | None
) -> bool:
    """Whether the keyboard had accents, from what was typed as it stands: all of it, where nothing else is given."""
    if typed is not None:
        said = all_forms(tokens(clean(typed)))
        folded, marked = zip(*said, strict=True) if said else ((), ())
    return forms.accents_typed(folded, marked)
