"""A text as words: one per syllable or number, with and without accents, short forms and synonyms written out."""

from dataclasses import dataclass

from knowledge.letters import LONGEST, both_forms, clean, fold, tokens
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


def words(text: str, short_forms: ShortForms | None = None) -> Words:
    """The words of a text, with the short forms that hold here (the shipped ones where none are given)."""
    forms = short_forms or shipped_forms()
    cleaned = clean(text)
    typed = tokens(cleaned)
    said = [both_forms(word) for word in typed]
    if not said:
        return Words(cleaned, (), ())
    accents = forms.accents_typed(said)
    for start, end, means in reversed([*forms.found(cleaned, typed, said, accents=accents)]):
        said[start:end] = means
    if accents:
        said = [(bare, mark or bare) for bare, mark in said]
    folded, marked = zip(*said, strict=True)
    return Words(cleaned, folded, marked)
