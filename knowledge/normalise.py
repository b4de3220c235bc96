"""A text as words: one per syllable or number, with and without accents, short forms and synonyms written out."""

from dataclasses import dataclass

from knowledge.letters import LONGEST, all_forms, clean, fold, tokens
from knowledge.short_forms import ShortForms, shipped_forms

__all__ = ["LONGEST", "Words", "clean", "fold", "words"]


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
    each = tokens(cleaned)
    if not each:
        return Words(cleaned, (), ())
    said = all_forms(each)
    found, accents = _read(cleaned, each, said, short_forms or shipped_forms(), typed)
    for start, end, means in reversed(found):
        said[start:end] = all_forms(means)
    folded, marked = zip(*said, strict=True)
    return Words(cleaned, folded, tuple([mark or bare for bare, mark in said]) if accents else marked)


def written_out(
    text: str, short_forms: ShortForms, typed: str | None = None
) -> tuple[list[str], list[tuple[str, str]]]:
    """The words of `words` as people write them, and the short forms that were read: as they were typed, and what they
    mean. To explain."""
    cleaned = clean(text)
    each = tokens(cleaned)
    found, _ = _read(cleaned, each, all_forms(each), short_forms, typed)
    read = [(" ".join(each[start:end]), " ".join(means)) for start, end, means in found]
    for start, end, means in reversed(found):
        each[start:end] = means
    return each, read


def _read(
    cleaned: str, each: list[str], said: list[tuple[str, str]], forms: ShortForms, typed: str | None
) -> tuple[list[tuple[int, int, tuple[str, ...]]], bool]:
    """The short forms in the words of a clean text, and whether the keyboard had accents."""
    accents = forms.accents_typed(said if typed is None else all_forms(tokens(clean(typed))))
    return [*forms.found(cleaned, each, said, accents=accents)], accents
